"""What no plan can undercut."""
