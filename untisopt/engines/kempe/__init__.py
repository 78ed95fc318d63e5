"""Kempe-chain annealing: exchanges of two windows of the week along the chain of clashing blocks, compiled."""
