"""Conditions: what one rule demands for one person, room, lesson or block; the smallest thing a planner can give up."""

from __future__ import annotations

from dataclasses import dataclass

from untisopt.domain.resources import Kind


@dataclass(frozen=True, slots=True)
class Condition:
    """What one rule demands for one subject.

    Parameters
    ----------
    rule : str
        Id of the rule; :data:`MOST_CHANGES` for the limit of moved lectures.
    kind : Kind or None
        Kind of the person or room; None for a lesson, a block, or the rule as a whole.
    name : str
        The person or room; a lesson number; the id of a block; empty for the rule as a whole.
    day : int or None
        Weekday, where the rule demands something for single days.
    """

    rule: str
    kind: Kind | None = None
    name: str = ""
    day: int | None = None

    @property
    def sort_key(self) -> tuple[str, str, str, int]:
        """A key for sorting."""
        return (self.rule, self.kind or "", self.name, self.day or 0)


MOST_CHANGES = "max-changes"
"""In the place of a rule id: no more lectures move than the policy allows."""
