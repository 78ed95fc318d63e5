"""Read an export with its policy, and result folders again."""
