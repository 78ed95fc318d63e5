"""The CP-SAT vocabulary in which rules speak about a timetable."""
