"""What a repair of site changes reports."""
