"""What packages of changes report."""
