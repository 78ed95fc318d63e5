"""What every rule contributes to the score of a plan, or of two."""
