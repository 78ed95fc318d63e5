"""Solvers side by side on one problem: untisopt, Timefold, plain CP-SAT and plain HiGHS, judged by one plain judge."""
