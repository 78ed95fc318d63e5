"""A first policy file, and whether one is sound."""
