"""Rules about the days and weeks of teachers and grades."""
