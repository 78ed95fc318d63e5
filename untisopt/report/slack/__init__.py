"""What the room in a plan reports."""
