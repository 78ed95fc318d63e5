"""Shared by the rules that take the plan of today as evidence: who is exempt from what it shows."""

from __future__ import annotations

from collections.abc import Collection
from fnmatch import fnmatchcase


def is_exempt(name: str, patterns: Collection[str]) -> bool:
    """Whether a name is one of those that a rule makes an exception for, or matches one of their shell patterns."""
    return name in patterns or any(fnmatchcase(name, pattern) for pattern in patterns)
