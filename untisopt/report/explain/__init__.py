"""What the explanation of single lectures reports."""
