"""Why a demand cannot be met, and what would have to be given up for it."""
