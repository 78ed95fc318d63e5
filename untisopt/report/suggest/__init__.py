"""What the ways to move a lecture report."""
