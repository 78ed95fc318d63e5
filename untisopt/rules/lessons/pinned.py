"""Lectures that do not move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.pins import Hold, hold_of
from untisopt.domain.school import Inference, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _, ngettext
from untisopt.rules.protocol import Chains, Group, Phase, Rule
from untisopt.wording import lecture_names, place

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned(Rule):
    """Pins: what must not move stays.

    What it checks
        A pinned lecture stands in another period or other rooms than in the present plan. A pin may hold the period
        alone or the rooms alone.
    Why it matters
        Some lectures hang on agreements outside the plan: an external teacher, a pool, another school.
    How it is counted
        One per pinned lecture that stands elsewhere, or has other rooms.
    Example
        Lesson 177 has the flag X in GPU002; its lecture on Friday in period 5 stands in 6 instead: one.
    Parameters
        None of its own; pins come from GPU002 (flag X), the policy (``[[pins]]``, ``[scope]``), ``--pin``, ``--scope``,
        and lesson number 0.
    In Untis
        Fixierung X of the lesson; locks of single periods are in no export.
    Model
        The block has no other start, and no other room; whichever of them the pin holds.
    """

    id: ClassVar[str] = "pinned"
    called = N_("pinned lectures moved")
    promise = N_("Lectures that are pinned or locked stay where they are.")
    habit = N_("Pinned lectures")
    group = Group.STAYS
    source = "GPU002, policy"
    phase = Phase.STARTS
    lesson_by_lesson = True
    firmness = 20
    chains = Chains.STARTS
    kind: ClassVar[None] = None
    day_by_day: ClassVar[bool] = True
    tier: ClassVar[Tier] = Tier.RULES
    weight: int = 1

    def infer(self, school: School) -> Iterator[Inference]:
        """What is pinned, and why."""
        found = Counter((str(reason), hold_of(reason)) for reason in school.pinned.values())
        for (reason, hold), count in sorted(found.items()):
            yield Inference(self.id, reason, _held(hold, count))

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Pinned lectures whose placement differs."""
        for lecture, reason in school.pinned.items():
            hold, now, today = hold_of(reason), timetable[lecture], school.as_is[lecture]
            moved = hold.keeps_time and now.period != today.period
            if moved or (hold.keeps_rooms and now.rooms != today.rooms):
                period = timetable[lecture].period
                facts = Facts(day=period.day, periods=(period.number,), lectures=(lecture,))
                yield Violation(self.id, facts)

    def encode(self, model: TimetableModel) -> None:
        """Price every start but today's, and every room but today's where no start is priced already."""
        for block in model.school.blocks:
            holds = {id_: hold_of(model.school.pinned[id_]) for id_ in block.lectures if id_ in model.school.pinned}
            home = model.decisions.home(block)
            count = sum(hold.keeps_time for hold in holds.values())
            for start in list(model.decisions.starts(block)) if count else ():
                if start != home:
                    model.price_start(self.id, block, start, count)
            keeping = [id_ for id_, hold in holds.items() if hold.keeps_rooms]
            if model.strict:
                self._keep_rooms(model, block, keeping)
                continue
            for id_ in keeping:
                starts = [home] if holds[id_].keeps_time else list(model.decisions.starts(block))
                self._encode_rooms(model, block, id_, starts)

    @staticmethod
    def _keep_rooms(model: TimetableModel, block: Block, lectures: Collection[str]) -> None:
        """Leave no other rooms; literals that are forbidden would come too early, for rules still leave out starts."""
        for slot in model.school.room_slots[block.id]:
            if any(lecture in lectures for lecture, _course, _i in slot.positions):
                model.decisions.keep_room(block, slot.room)

    def _encode_rooms(self, model: TimetableModel, block: Block, id_: str, starts: Iterable[Period]) -> None:
        """A lecture counts once, however many of its rooms differ."""
        others = [
            model.decisions.room_literal(block, start, slot.room, chosen)
            for slot in model.school.room_slots[block.id]
            if any(lecture == id_ for lecture, _course, _i in slot.positions)
            for chosen in model.decisions.room_choices(block, slot.room)
            if chosen != slot.room
            for start in starts
        ]
        model.price_literal(self.id, model.any_of(others, f"{id_} has another room"))

    def explain(self, violation: Violation, school: School) -> str:
        """What is pinned and where it stands now."""
        lecture = violation.facts.lectures[0]
        reason = school.pinned[lecture]
        if hold_of(reason) is Hold.ROOM:
            text = _("{lecture} is to keep its rooms ({reason})")
        else:
            text = _("{lecture} is pinned to {place} ({reason})")
        return text.format(
            lecture=lecture_names(school, (lecture,)), place=place(school.as_is[lecture].period), reason=reason
        )


def _held(hold: Hold, count: int) -> str:
    """How many lectures keep what."""
    if hold is Hold.TIME:
        text = ngettext("{count} lecture keeps its period", "{count} lectures keep their periods", count)
    elif hold is Hold.ROOM:
        text = ngettext("{count} lecture keeps its rooms", "{count} lectures keep their rooms", count)
    else:
        text = ngettext("{count} lecture stays", "{count} lectures stay", count)
    return text.format(count=count)
