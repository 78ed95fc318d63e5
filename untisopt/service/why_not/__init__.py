"""Whether a wish or an event can be met, and why not."""
