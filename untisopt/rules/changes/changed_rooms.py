"""Rooms that change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.changes import changes
from untisopt.domain.school import School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.protocol import Group, Rule
from untisopt.wording import lecture_names

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRooms(Rule):
    """Changed rooms: as few as possible.

    What it checks
        Rooms of lectures that differ from those of the present plan.
    Why it matters
        People walk to the wrong door, and material stands elsewhere.
    How it is counted
        One per lecture and room that differs.
    Example
        A lecture with two rooms gets one other room: one.
    Parameters
        ``weight`` (1): points per changed room.
    In Untis
        The difference of two periods (Perioden).
    Model
        The joint literals of start and stand-in room.
    """

    id: ClassVar[str] = "changed-rooms"
    called = N_("changed rooms")
    promise = N_("As few changed rooms as possible.")
    group = Group.PRICE
    source = "today's plan"
    tier: ClassVar[Tier] = Tier.CHANGES
    weight: int = 1

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Rooms that differ, position by position."""
        for move in changes(school.as_is, timetable):
            pairs = [
                (before, after)
                for course_before, course_after in zip(move.before.rooms, move.after.rooms, strict=True)
                for before, after in _paired(course_before, course_after)
                if before != after
            ]
            if pairs:
                detail = tuple(f"{before} > {after}" for before, after in pairs)
                facts = Facts(
                    day=move.after.period.day,
                    periods=(move.after.period.number,),
                    lectures=(move.lecture,),
                    detail=detail,
                )
                yield Violation(self.id, facts, len(pairs))

    def encode(self, model: TimetableModel) -> None:
        """Every stand-in room costs its number of lectures."""
        for block in model.school.blocks:
            for slot in model.school.room_slots[block.id]:
                for chosen in model.decisions.room_choices(block, slot.room):
                    if chosen == slot.room:
                        continue
                    for start in model.decisions.starts(block):
                        literal = model.decisions.room_literal(block, start, slot.room, chosen)
                        model.add_points(self.id, literal, len(slot.positions))

    def explain(self, violation: Violation, school: School) -> str:
        """Which lecture gets which room."""
        facts = violation.facts
        return _("{lecture} changes rooms: {rooms}").format(
            lecture=lecture_names(school, facts.lectures), rooms=", ".join(facts.detail)
        )


def _paired(before: tuple[str, ...], after: tuple[str, ...]) -> list[tuple[str, str]]:
    """Rooms position by position; a plan from elsewhere may have more or fewer."""
    length = max(len(before), len(after))
    return list(zip(before + ("",) * (length - len(before)), after + ("",) * (length - len(after)), strict=True))
