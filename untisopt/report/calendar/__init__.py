"""Calendars of teachers and grades."""
