"""What all parts of the page for head teachers ask about a repaired plan, worked out once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from untisopt.domain.changes import Move
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.timetable import Timetable
from untisopt.results.ladder import SITE_CHANGES
from untisopt.results.optimise import Compared, RepairDocument
from untisopt.wording import decimal

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Facts:
    """A plan before and after with what is counted on it.

    Parameters
    ----------
    document : Compared
    """

    document: Compared

    @property
    def school(self) -> School:
        """The school with its plan of today."""
        return self.document.school

    @property
    def planned(self) -> Timetable:
        """The plan after."""
        return self.document.planned

    @cached_property
    def moved(self) -> tuple[Move, ...]:
        """The changes of a period; what only gets another room is not among them."""
        return tuple(move for move in self.document.moves if move.changes_period)

    @cached_property
    def has_sites(self) -> bool:
        """Whether the school teaches at more than one site."""
        return len(self.school.sites) > 1

    @property
    def off_plan(self) -> Mapping[str, str]:
        """By lecture that one of the plans does not hold: where it is then, in a word or two."""
        return {}

    def former_teachers(self, lecture: str) -> tuple[str | None, ...]:
        """Who taught the courses of a lecture before, one by one; empty where nobody else did."""
        del lecture
        return ()

    @property
    def site_changes_before(self) -> int:
        """Site changes of teachers and grades today, over all week classes."""
        return sum(self.document.before.amount(rule) for rule in SITE_CHANGES)

    def weekly(self, amount: float) -> str:
        """A count over all week classes as the mean of a week."""
        return decimal(amount / len(self.school.week_classes))

    @cached_property
    def moved_of(self) -> Mapping[Kind, Counter[str]]:
        """Moved lectures of every teacher and grade that has lectures, those with none among them."""
        found = {Kind.TEACHER: Counter[str](), Kind.GRADE: Counter[str]()}
        for kind, name in self.school.lectures_of:
            found[kind][name] = 0
        for move in self.moved:
            for kind, name in self.school.people[move.lecture]:
                found[kind][name] += 1
        return found


@dataclass(frozen=True)
class RepairFacts(Facts):
    """A plan that was repaired by the rules, in packages.

    Parameters
    ----------
    document : RepairDocument
    """

    document: RepairDocument


def signed(amount: str, after_is_less: bool) -> str:
    """A difference with its sign; `amount` is written without one."""
    return f"{MINUS if after_is_less else '+'}{amount}"
