"""What the comparison of two plans reports."""
