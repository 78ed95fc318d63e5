"""What a school and its timetable are: pure data."""
