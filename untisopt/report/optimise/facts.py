"""A plan that was repaired by the rules, for the tables of reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from untisopt.report.compared.facts import Facts
from untisopt.report.compared.sheets import Told
from untisopt.report.words.moves import rooms
from untisopt.report.words.reasons import reason_line
from untisopt.results.ladder import SITE_CHANGES
from untisopt.results.optimise import RepairDocument
from untisopt.wording import place


@dataclass(frozen=True)
class RepairFacts(Facts):
    """A plan that was repaired by the rules, in packages.

    Parameters
    ----------
    document : RepairDocument
    """

    document: RepairDocument

    @property
    def site_changes_before(self) -> int:
        """Site changes of teachers and grades today, over all week classes."""
        return sum(self.document.before.amount(rule) for rule in SITE_CHANGES)

    @cached_property
    def told(self) -> list[Told]:
        """Every change with the number of its package."""
        return list(self._told())

    def _told(self) -> Iterator[Told]:
        for move in self.document.moves:
            package, _part = self.document.part_of.get(move.lecture, (None, None))
            yield Told(
                label=None if package is None else package.number,
                move=move,
                before=place(move.before.period),
                after=place(move.after.period),
                rooms=(", ".join(rooms(move.before)), ", ".join(rooms(move.after))),
                reason=reason_line(self.document, move),
            )
