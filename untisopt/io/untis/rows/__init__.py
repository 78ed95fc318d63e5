"""The rows of a timetable: read, put together to lectures, compared."""
