"""Independent checks of a result; they know neither the model nor the solver."""
