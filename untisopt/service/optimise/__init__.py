"""Repair a plan: read, judge, repair, judge again, verify, and only then write."""
