"""Sentences and names that several reports share."""
