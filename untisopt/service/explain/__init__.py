"""Why single lectures of a result move."""
