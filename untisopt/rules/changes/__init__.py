"""Rules about what changes for people: the price of a repair."""
