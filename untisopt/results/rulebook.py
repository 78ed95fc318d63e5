"""A rule in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDocument:
    """A rule in words.

    Parameters
    ----------
    id, title : str
    tier : int
        0 rules, 1 site changes, 2 changes, 3 comfort.
    weight : int
        Points per finding; 0: off.
    summary : str
        First sentence.
    sections : mapping of str to str
        Heading to text, in the order of the documentation.
    """

    id: str
    title: str
    tier: int
    weight: int
    summary: str
    sections: Mapping[str, str]
