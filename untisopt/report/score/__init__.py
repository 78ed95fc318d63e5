"""What the analysis of a score reports."""
