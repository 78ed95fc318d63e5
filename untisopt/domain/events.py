"""What happens to a school: somebody is away, a room is closed, a lecture must stand elsewhere, a lesson is added.

An event gives the school as it is afterwards, its plan still that of today, and what a plan must then satisfy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from untisopt.domain._event import Cut, Event, EventError, Requirements, with_compatible
from untisopt.domain._happenings import (
    Away,
    BreakChanged,
    GroupGrown,
    KeptFrom,
    PeriodsDropped,
    PutAt,
    TravelChanged,
    twins_of,
)
from untisopt.domain._happenings_lessons import (
    Added,
    Coupled,
    GradeMoved,
    HoursLimited,
    Lengthened,
    Removed,
    Replaced,
    Shortened,
    with_blocks,
)
from untisopt.domain._happenings_together import Agreement
from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Course
from untisopt.domain.school import Resource, School
from untisopt.errors import Defect, InputError
from untisopt.i18n import _

__all__ = [
    "Added",
    "Away",
    "BreakChanged",
    "Coupled",
    "Cut",
    "Event",
    "EventError",
    "GradeMoved",
    "GroupGrown",
    "Happening",
    "HoursLimited",
    "KeptFrom",
    "Lengthened",
    "PeriodsDropped",
    "PutAt",
    "Removed",
    "Replaced",
    "Requirements",
    "Shortened",
    "TravelChanged",
    "away",
    "combined",
    "kept_from",
    "lesson_added",
    "put_at",
    "twins_of",
    "with_compatible",
]


class Happening(Protocol):
    """Something that happens to a school."""

    @property
    def since(self) -> date | None:
        """From which day on; None: nobody has said."""

    def happen(self, school: School) -> Event:
        """The school afterwards, and what its plan must satisfy.

        Raises
        ------
        EventError
            It cannot happen to this school.
        """


def combined(school: School, happenings: Iterable[Happening], texts: Sequence[str] = ()) -> Event:
    """Let several things happen one after the other.

    Parameters
    ----------
    school : School
    happenings : iterable of Happening
        In the order in which they happen: each finds the school as those before leave it.
    texts : sequence of str
        The words of each of them, for messages; empty: not known.

    Raises
    ------
    InputError
        Some of them cannot happen to the school that those before leave, or contradict each other.
    """
    required = Requirements()
    agreement = Agreement(school)
    defects: list[Defect] = []
    for number, happening in enumerate(happenings, 1):
        name = _event_name(number, texts)
        try:
            agreement.before(happening, school)
            event = happening.happen(school)
        except EventError as bad:
            defects.append(_defect(name, bad))
            continue
        school, required = event.school, required.also(event.required)
        agreement.after(name, happening, event.required, school)
    defects += [_defect(name, bad) for name, bad in agreement.contradictions(school)]
    if defects:
        raise InputError(defects)
    return Event(school, agreement.spared(_of_known(school, required), school))


def _event_name(number: int, texts: Sequence[str]) -> str:
    if number > len(texts):
        return _("event {number}").format(number=number)
    return _("event {number} ('{text}')").format(number=number, text=texts[number - 1])


def _defect(name: str, bad: EventError) -> Defect:
    return Defect(file=name, expected=bad.expected, found=bad.found, advice=bad.advice)


def _of_known(school: School, required: Requirements) -> Requirements:
    """Without what concerns lectures that are gone."""
    known = school.lectures
    return replace(
        required,
        forbidden={id_: periods for id_, periods in required.forbidden.items() if id_ in known},
        unfit={key: rooms for key, rooms in required.unfit.items() if key[0] in known},
        cuts=tuple(replace(cut, lectures=cut.lectures & known.keys()) for cut in required.cuts),
    )


def away(school: School, resource: Resource, periods: Collection[Period]) -> Event:
    """A teacher or grade is away, or a room is closed, in these periods."""
    kind, name = resource
    return Away(kind=kind, name=name, periods=frozenset(periods)).happen(school)


def kept_from(school: School, lecture: str, periods: Collection[Period]) -> Event:
    """A lecture must not stand in these periods."""
    return KeptFrom(lectures=(lecture,), periods=frozenset(periods)).happen(school)


def put_at(school: School, lecture: str, period: Period) -> Event:
    """A lecture must stand in this period."""
    return PutAt(lecture=lecture, period=period).happen(school)


def lesson_added(school: School, lines: Sequence[tuple[Course, tuple[str, ...]]], lengths: Sequence[int]) -> Event:
    """A lesson is added, without a place so far.

    Parameters
    ----------
    school : School
    lines : sequence of (Course, tuple of str)
        Its coupling lines, all with one lesson number that is new in the school, and their rooms.
    lengths : sequence of int
        Periods of each of its blocks, at least 1.

    Raises
    ------
    ValueError
        The school and the lesson do not fit together.
    """
    numbers = {course.lesson for course, _rooms in lines}
    if len(numbers) != 1 or numbers & {0, *school.blocks_of_lesson}:
        raise ValueError(f"an added lesson needs one new lesson number, not {sorted(numbers)}")
    return Event(with_blocks(school, lines, lengths), Requirements())
