"""Lectures that move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.changes import changes
from untisopt.domain.school import School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.protocol import Chains, Group, Rule
from untisopt.wording import lecture_names, place

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedLectures(Rule):
    """Moved lectures: as few as possible.

    What it checks
        Lectures that stand in another period than in the present plan.
    Why it matters
        Every moved lecture touches teachers and pupils who had arranged themselves, and must be entered again.
    How it is counted
        One per moved lecture: a double that moves counts two. Room changes alone do not count here.
    Example
        A double of lesson 177 moves from Monday 1-2 to Monday 3-4: two.
    Parameters
        ``weight`` (1): points per moved lecture. ``--worth`` says how many of them a site change saved may cost,
        ``--max-changes`` how many there may be at all.
    In Untis
        The difference of two periods (Perioden).
    Model
        The negation of the literal of the present start, times the length of the block.
    """

    id: ClassVar[str] = "moved-lectures"
    called = N_("moved lectures")
    promise = N_("As few moved lectures as possible; weight is the price of one.")
    group = Group.PRICE
    source = "today's plan"
    chains = Chains.COUNTED
    tier: ClassVar[Tier] = Tier.CHANGES
    weight: int = 1

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Lectures in another period than today."""
        for move in changes(school.as_is, timetable):
            if move.changes_period:
                facts = Facts(day=move.after.period.day, periods=(move.after.period.number,), lectures=(move.lecture,))
                yield Violation(self.id, facts)

    def encode(self, model: TimetableModel) -> None:
        """A block that does not start where it does today moves all its lectures."""
        for block in model.school.blocks:
            model.add_points(self.id, model.moved(block), block.length)

    def explain(self, violation: Violation, school: School) -> str:
        """What moves from where to where."""
        facts = violation.facts
        lecture = facts.lectures[0]
        before, after = school.as_is[lecture].period, (facts.day or 0, facts.periods[0])
        return _("{lecture} moves from {before} to {after}").format(
            lecture=lecture_names(school, facts.lectures), before=place(before), after=place(type(before)(*after))
        )
