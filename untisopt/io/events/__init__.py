"""Events, lectures and wishes as people write them, and events in a file."""
