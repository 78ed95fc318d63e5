"""The fewest changes after an event, proved; and the best plan where not everything can have a place."""
