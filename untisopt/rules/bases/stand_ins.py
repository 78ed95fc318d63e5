"""Shared by the rules about which room may stand in for another one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.rules.protocol import Rule

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIns(Rule):
    """Base of these rules; a subclass says which room may not stand in.

    Parameters
    ----------
    weight : int
        Points per lecture and room that may not stand in.
    """

    id: ClassVar[str]
    kind: ClassVar[Kind] = Kind.ROOM
    tier: Tier = Tier.RULES
    weight: int = 1

    @abstractmethod
    def refuses(self, school: School, lesson: int, before: str, after: str) -> bool:
        """Whether a lesson that has one room today must not have another one in its place."""

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Rooms that differ from today's and may not stand in for them."""
        for id_ in sorted(timetable.differing(school.as_is)):
            placement, lesson = timetable[id_], school.lectures[id_].lesson
            for course_before, course_after in zip(school.as_is[id_].rooms, placement.rooms, strict=True):
                for i, (before, after) in enumerate(zip(course_before, course_after, strict=False)):
                    if before != after and self.refuses(school, lesson, before, after):
                        facts = Facts(
                            kind=Kind.ROOM,
                            name=after,
                            day=placement.period.day,
                            periods=(placement.period.number,),
                            lectures=(id_,),
                            detail=(before, str(i)),
                        )
                        yield Violation(self.id, facts)

    def encode(self, model: TimetableModel) -> None:
        """Price rooms that may not stand in, wherever the block starts."""
        school = model.school
        for block in school.blocks:
            for slot in school.room_slots[block.id]:
                for chosen in model.decisions.room_choices(block, slot.room):
                    if chosen != slot.room and self.refuses(school, block.lesson, slot.room, chosen):
                        for start in model.decisions.starts(block):
                            model.price_room(self.id, block, start, slot.room, chosen, len(slot.positions))
