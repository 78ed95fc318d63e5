"""Rules about who or what is needed twice at a time."""
