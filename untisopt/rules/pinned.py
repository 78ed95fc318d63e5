"""Pins: what must not move stays.

What it checks
    A pinned lecture stands in another period or other rooms than in the present plan.
Why it matters
    Some lectures hang on agreements outside the plan: an external teacher, a pool, another school.
How it is counted
    One per pinned lecture that stands elsewhere, or has other rooms.
Example
    Lesson 177 has the flag X in GPU002; its lecture on Friday in period 5 stands in 6 instead: one.
Parameters
    None of its own; pins come from GPU002 (flag X), the policy (``[pins]``), ``--pin``, and lesson number 0.
In Untis
    Fixierung X of the lesson; locks of single periods are in no export.
Model
    The block has no other start and no other room.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.lessons import Block
from untisopt.domain.school import Inference, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _, ngettext
from untisopt.wording import lecture_names, place

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """Pinned lectures stay."""

    id: ClassVar[str] = "pinned"
    tier: ClassVar[Tier] = Tier.RULES
    weight: int = 1

    @property
    def title(self) -> str:
        """Name of the rule."""
        return _("pinned lectures moved")

    def missing(self, school: School) -> str:
        """Nothing is needed."""
        return ""

    def infer(self, school: School) -> Iterator[Inference]:
        """What is pinned, and why."""
        reasons: dict[str, int] = {}
        for reason in school.pinned.values():
            reasons[reason] = reasons.get(reason, 0) + 1
        for reason, count in sorted(reasons.items()):
            text = ngettext("{count} lecture stays", "{count} lectures stay", count)
            yield Inference(self.id, reason, text.format(count=count))

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Pinned lectures whose placement differs."""
        for lecture in school.pinned:
            if timetable[lecture] != school.as_is[lecture]:
                period = timetable[lecture].period
                facts = Facts(day=period.day, periods=(period.number,), lectures=(lecture,))
                yield Violation(self.id, facts)

    def encode(self, model: TimetableModel) -> None:
        """Price every start but today's, and every room but today's at today's start."""
        for block in model.school.blocks:
            count = sum(lecture in model.school.pinned for lecture in block.lectures)
            if not count:
                continue
            home = model.decisions.home(block)
            for start in list(model.decisions.starts(block)):
                if start != home:
                    model.price_start(self.id, block, start, count)
            self._encode_rooms(model, block)

    def _encode_rooms(self, model: TimetableModel, block: Block) -> None:
        """A lecture counts once, however many of its rooms differ."""
        home = model.decisions.home(block)
        for id_ in block.lectures:
            if id_ not in model.school.pinned:
                continue
            others = [
                model.decisions.room_literal(block, home, slot.room, chosen)
                for slot in model.school.room_slots[block.id]
                if any(lecture == id_ for lecture, _course, _i in slot.positions)
                for chosen in model.decisions.room_choices(block, slot.room)
                if chosen != slot.room
            ]
            model.price_literal(self.id, model.any_of(others, f"{id_} has another room"))

    def explain(self, violation: Violation, school: School) -> str:
        """What is pinned and where it stands now."""
        lecture = violation.facts.lectures[0]
        return _("{lecture} is pinned to {place} ({reason})").format(
            lecture=lecture_names(school, (lecture,)),
            place=place(school.as_is[lecture].period),
            reason=school.pinned[lecture],
        )
