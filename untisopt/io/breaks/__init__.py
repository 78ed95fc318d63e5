"""The break table: clock times of the periods."""
