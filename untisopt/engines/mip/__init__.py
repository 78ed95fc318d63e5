"""Proof by linear programming: a model as rows, and the solvers that take it."""
