"""Which changes need which others, and what it costs if one is not made."""
