"""What the check of a repaired export is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from untisopt.domain.score import Score
from untisopt.policy import Policy
from untisopt.results.diff import DiffDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRule:
    """A rule that the plan after breaks more often than the plan before.

    `new` holds a sentence for every finding that the plan before does not have.
    """

    rule: str
    before: int
    after: int
    new: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class VerifyDocument(DiffDocument):
    """Whether an export is a sound repair of another.

    Parameters
    ----------
    altered : tuple of str
        Rows, in words, that differ in more than day, period and room, or exist in one export only.
    broken : tuple of BrokenRule
        Rules of the first tier with more points than before.
    score_before, score_after : Score
        Lost lectures are judged where they were.
    policy : Policy
    not_judged : mapping of str to str
    """

    altered: tuple[str, ...]
    broken: tuple[BrokenRule, ...]
    score_before: Score
    score_after: Score
    policy: Policy = field(repr=False)
    not_judged: Mapping[str, str]

    @property
    def ok(self) -> bool:
        """Whether nothing is lost, added, altered or newly broken."""
        return not (self.lost or self.added or self.altered or self.broken)


@dataclass(frozen=True, kw_only=True)
class RepairVerifyDocument(VerifyDocument):
    """Whether an export is what another becomes by events.

    Parameters
    ----------
    unplaced : tuple of str
        Lectures, in words, that have no place, as the repair itself says: they are not lost.
    remaining : tuple of BrokenRule
        Rules that are broken more often than before, as the repair itself says.
    """

    unplaced: tuple[str, ...] = ()
    remaining: tuple[BrokenRule, ...] = ()
