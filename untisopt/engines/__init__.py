"""The machines that find and prove: chains, CP-SAT, MIP, bounds; they know no use case."""
