"""What a ladder reports."""
