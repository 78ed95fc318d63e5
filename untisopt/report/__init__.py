"""What people and machines read about a plan: one renderer per file, no computing."""
