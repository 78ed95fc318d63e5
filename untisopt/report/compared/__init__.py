"""A plan before and after: what the reports on both kinds of repair have in common."""
