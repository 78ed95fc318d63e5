"""What a repair after events reports."""
