"""Moved lectures of a teacher."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.changes import changes
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, ngettext
from untisopt.rules.protocol import Group, Rule

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class FairBurden(Rule):
    """Fair burden: nobody has to move more lectures than others are asked to.

    What it checks
        The lectures of every teacher that stand in another period than in the present plan.
    Why it matters
        A repair is borne more easily if many change a little than if one person's week is turned upside down.
    How it is counted
        One per moved lecture of a teacher beyond as many as are asked of everybody; a double that moves counts two, and
        a lecture with two teachers counts for both.
    Example
        4 are asked of everybody. 6 lectures of Arnd move: two.
    Parameters
        ``weight`` (0): points per lecture; 0: off. ``most_moves`` (4): moved lectures that are asked of everybody.
    In Untis
        Untis has no such rule.
    Model
        Per teacher the negations of the literals of the present starts, summed.
    """

    id: ClassVar[str] = "fair-burden"
    called = N_("moved lectures of a teacher beyond a fair share")
    promise = N_("Nobody has to move many more lectures than others; weight is the price of each.")
    group = Group.PRICE
    source = "today's plan"
    tier: ClassVar[Tier] = Tier.COMFORT
    weight: int = 0
    most_moves: int = 4

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Teachers with too many moved lectures."""
        moved = Counter(
            resource
            for move in changes(school.as_is, timetable)
            if move.changes_period
            for resource in school.people[move.lecture]
            if resource[0] is Kind.TEACHER
        )
        for (kind, name), amount in sorted(moved.items()):
            if amount > self.most_moves:
                yield Violation(self.id, Facts(kind=kind, name=name), amount - self.most_moves)

    def encode(self, model: TimetableModel) -> None:
        """Sum up the moved lectures of every teacher."""
        for resource in model.resources(Kind.TEACHER):
            lectures = model.school.lectures_of[resource]
            moved: list[Literal] = [model.moved(model.school.block_of[lecture]) for lecture in lectures]
            name = f"{self.id} {resource[1]}"
            model.add_points(self.id, model.surplus(moved, self.most_moves, name))

    def explain(self, violation: Violation, school: School) -> str:
        """Who has how many too many."""
        text = ngettext(
            "{count} more lecture of {name} moves than the {limit} asked of everybody",
            "{count} more lectures of {name} move than the {limit} asked of everybody",
            violation.amount,
        )
        return text.format(count=violation.amount, name=violation.facts.name, limit=self.most_moves)
