"""Limits of searches in tests: units that every machine counts alike, never the clock."""

from __future__ import annotations

CEILING = 600.0
"""Seconds for what ends by itself, be it a search that proves its plan or a command: no machine is so slow."""
