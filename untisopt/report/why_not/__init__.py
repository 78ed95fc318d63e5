"""What the answer to a wish reports."""
