"""Repair a plan after events with the fewest changes."""
