"""Times at which somebody, or a room, is not available."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import RoomSlot, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.protocol import Chains, Group, Phase, Rule
from untisopt.wording import lecture_names, place

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability(Rule):
    """Availability: nobody is used where they are blocked.

    What it checks
        A lecture in a period that is blocked for one of its teachers, grades or rooms.
    Why it matters
        A part-time teacher is not there; a room belongs to somebody else.
    How it is counted
        One per teacher, grade or room and lecture.
    Example
        GPU016 holds ``L,"Arnd",5,1,-3``; a lecture of Arnd on Friday in period 1 counts one.
    Parameters
        None of its own; blocked times stand in GPU016 (-3) and in the policy (``[[blocked]]``).
    In Untis
        Zeitwunsch -3.
    Model
        Candidate starts, and rooms at a start, are left out.
    """

    id: ClassVar[str] = "availability"
    called = N_("used where blocked")
    promise = N_("Nobody is used at times that are blocked in Untis or in this file.")
    group = Group.STAYS
    source = "GPU016, policy"
    phase = Phase.STARTS
    firmness = 40
    demands_days = True
    chains = Chains.STARTS
    day_by_day: ClassVar[bool] = True
    tier: ClassVar[Tier] = Tier.RULES
    weight: int = 1

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Lectures in blocked periods of their people and rooms."""
        for id_, placement in timetable.items():
            rooms = [(Kind.ROOM, room) for room in school.rooms_used(id_, placement)]
            for kind, name in sorted([*school.people[id_], *rooms]):
                if placement.period in school.blocked.get((kind, name), ()):
                    facts = Facts(
                        kind=kind,
                        name=name,
                        day=placement.period.day,
                        periods=(placement.period.number,),
                        lectures=(id_,),
                    )
                    yield Violation(self.id, facts)

    def encode(self, model: TimetableModel) -> None:
        """Price starts by the people blocked there, and rooms at a start by themselves."""
        if not model.school.blocked:
            return
        for block in model.school.blocks:
            slots = model.school.room_slots[block.id]
            choices = [(slot, model.decisions.room_choices(block, slot.room)) for slot in slots]
            fixed = [(slot, rooms[0]) for slot, rooms in choices if len(rooms) == 1]
            for start in list(model.decisions.starts(block)):
                blocked = [(self._room_blocked(model, block, start, *one), one[0].room != one[1]) for one in fixed]
                amount = self._people_blocked(model.school, block, start) + sum(amount for amount, _other in blocked)
                as_today = not any(amount and other for amount, other in blocked)
                model.price_start(self.id, block, start, amount, as_today=as_today)
        for block in model.school.blocks:
            self._encode_rooms(model, block)

    @staticmethod
    def _people_blocked(school: School, block: Block, start: Period) -> int:
        return sum(
            Period(start.day, start.number + i) in school.blocked.get(resource, ())
            for i, id_ in enumerate(block.lectures)
            for resource in school.people[id_]
        )

    @staticmethod
    def _room_blocked(model: TimetableModel, block: Block, start: Period, slot: RoomSlot, chosen: str) -> int:
        blocked = model.school.blocked.get((Kind.ROOM, chosen), frozenset())
        lectures = {lecture for lecture, _course, _i in slot.positions}
        offsets = (i for i, lecture in enumerate(block.lectures) if lecture in lectures)
        return sum(Period(start.day, start.number + i) in blocked for i in offsets)

    def _encode_rooms(self, model: TimetableModel, block: Block) -> None:
        for slot in model.school.room_slots[block.id]:
            choices = model.decisions.room_choices(block, slot.room)
            for chosen in choices if len(choices) > 1 else ():
                if (Kind.ROOM, chosen) in model.school.blocked:
                    for start in model.decisions.starts(block):
                        amount = self._room_blocked(model, block, start, slot, chosen)
                        model.price_room(self.id, block, start, slot.room, chosen, amount)

    def explain(self, violation: Violation, school: School) -> str:
        """Who is blocked where."""
        facts = violation.facts
        return _("{name} is blocked at {place} but has {lecture}").format(
            name=facts.name,
            place=place(Period(facts.day or 0, facts.periods[0])),
            lecture=lecture_names(school, facts.lectures),
        )
