"""The best ways to move one lecture."""
