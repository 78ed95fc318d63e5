"""What all parts of a report ask about a plan before and after, worked out once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from untisopt.domain.changes import Move
from untisopt.domain.resources import Kind
from untisopt.domain.runs import MovedRun, moved_runs
from untisopt.domain.school import School
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _
from untisopt.report.words.moves import move_line
from untisopt.results.optimise import Compared
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

    @property
    def off_plan(self) -> Mapping[str, str]:
        """By lecture that one of the plans does not hold: where it is then, in a word or two."""
        return {}

    def former_teachers(self, lecture: str) -> tuple[str | None, ...]:
        """Who taught the courses of a lecture before, one by one; empty where nobody else did."""
        del lecture
        return ()

    def teachers(self, lecture: str) -> str:
        """Who teaches a lecture, in words."""
        return ", ".join(self.school.lectures[lecture].teachers)

    def people(self, kind: Kind, lecture: str) -> Sequence[str]:
        """The grades of a lecture, or its teachers and those that it had before."""
        found = self.school.lectures[lecture]
        return found.grades if kind is Kind.GRADE else found.teachers

    def lines(self) -> Iterator[tuple[MovedRun, str]]:
        """All that changes, a line for each run of lectures."""
        for run in moved_runs(self.school, self.document.moves):
            yield run, move_line(self.school, run)

    def by_person(self, kind: Kind) -> Iterator[tuple[str, list[str]]]:
        """The lines of every teacher or grade, sorted by name; those of nobody come last."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for run, line in self.lines():
            for name in self.people(kind, run.first.lecture) or ("",):
                groups[name].append(line)
        nobody = _("without a grade") if kind is Kind.GRADE else _("without a teacher")
        for name in sorted(groups, key=lambda name: (not name, name)):
            yield name or nobody, groups[name]

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


def signed(amount: str, after_is_less: bool) -> str:
    """A difference with its sign; `amount` is written without one."""
    return f"{MINUS if after_is_less else '+'}{amount}"
