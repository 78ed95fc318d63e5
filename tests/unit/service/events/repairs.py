"""A small school with one site for repairs after events, and how they are made."""

from __future__ import annotations

from untisopt.engines.session import SolveOptions
from untisopt.service.events.run import RepairOptions

QUICK = RepairOptions(solve=SolveOptions(time_limit=20, workers=1, deterministic=True))
# Grade 7 has Ma, Ma, De, De in periods 1 to 4 of Monday and Ph, En, En in 1 to 3 of Tuesday; grade 8 has lectures of
# Cohn alone, in 1 and 2 of Monday, 1 and 3 of Tuesday.
ROWS = """
Arnd 1 1 Ma 101 1 7
Arnd 1 2 Ma 101 1 7
Arnd 2 1 Ph 102 2 7
Beck 1 3 De 101 3 7
Beck 1 4 De 101 3 7
Beck 2 2 En 101 4 7
Beck 2 3 En 101 4 7
Cohn 1 1 Bi 103 5 8
Cohn 1 2 Ch 103 6 8
Cohn 2 1 Ch 103 6 8
Cohn 2 3 Sp TH 7 8
"""
