"""What several events ask for together: no two of them may contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from untisopt.domain._event import Cut, EventError, Requirements
from untisopt.domain._happenings import (
    Away,
    BreakChanged,
    GroupGrown,
    KeptFrom,
    PeriodsDropped,
    PutAt,
    TravelChanged,
)
from untisopt.domain._happenings_lessons import (
    Coupled,
    GradeMoved,
    HoursLimited,
    Lengthened,
    Removed,
    Replaced,
    Shortened,
    sums_of,
)
from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.standing import shared
from untisopt.i18n import _

_KEEPING = (Away, KeptFrom, PeriodsDropped, PutAt)
"""What keeps lectures from places."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event that has happened, what it is called, and what it asks for."""

    name: str
    happening: object
    required: Requirements


@dataclass(slots=True)
class Agreement:
    """The events so far; refuses what contradicts them.

    Parameters
    ----------
    original : School
        Before the first event.
    """

    original: School
    events: list[Happened] = field(default_factory=list)
    _gone: dict[str, str] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    def before(self, happening: object, school: School) -> None:
        """See whether an event can still happen.

        Raises
        ------
        EventError
            An earlier event has settled the same thing, or has removed what this one is about.
        """
        self._known = self._known or set(self.original.lectures)
        for earlier in self.events:
            known = settled(earlier.happening)
            same = [what for key, what in settled(happening).items() if key in known]
            if same:
                found = _("{what}, settled by {event}").format(what=same[0], event=earlier.name)
                raise EventError(_("something that no other event settles"), found)
        self._still_there(happening, school, _("{what}, which is removed by {event} already"))

    def after(self, name: str, happening: object, required: Requirements, school: School) -> None:
        """Note an event that has happened; `school` is the one that it leaves."""
        self.events.append(Happened(name, happening, required))
        self._gone |= {id_: name for id_ in self._known - school.lectures.keys() if id_ not in self._gone}
        self._known |= school.lectures.keys()

    def contradictions(self, school: School) -> Iterator[tuple[str, EventError]]:
        """What events ask for that the ones after them have made impossible, each with the name of its event."""
        for index, event in enumerate(self.events):
            try:
                # What is gone is not where it must not be, so KeptFrom is as it should be.
                if not isinstance(event.happening, Removed | KeptFrom):
                    self._still_there(event.happening, school, _("{what}, which is removed by {event}"))
                if isinstance(event.happening, PutAt):
                    self._is_allowed(index, school)
                    self._has_its_teachers(index, school)
                if isinstance(event.happening, HoursLimited | Shortened):
                    self._leaves_enough(event, school)
            except EventError as bad:
                yield event.name, bad

    def _still_there(self, happening: object, school: School, text: str) -> None:
        """Everything that an event is about is still taught; of several lectures some."""
        lessons, lectures = _subject(happening)
        for lesson in lessons:
            own = [id_ for id_ in self._gone if id_.startswith(f"{lesson}@")]
            if own and lesson not in school.blocks_of_lesson:
                # It may have gone bit by bit; the last event has finished it.
                what = _("lesson {number}").format(number=lesson)
                raise EventError(_("something that is still taught"), text.format(what=what, event=self._gone[own[-1]]))
        gone = sorted(lectures & self._gone.keys())
        if gone and lectures.isdisjoint(school.lectures):
            what = _("lecture {lecture}").format(lecture=gone[0])
            raise EventError(_("something that is still taught"), text.format(what=what, event=self._gone[gone[0]]))

    def _is_allowed(self, index: int, school: School) -> None:
        """No other event keeps a lecture from the place where one wants it."""
        wanted = places_of(self.events[index].happening, school)
        # Two that put a lecture somewhere are told once, at the later one.
        others = [e for i, e in enumerate(self.events) if i < index or not isinstance(e.happening, PutAt)]
        for other in others:
            for id_, period in wanted.items():
                if isinstance(other.happening, _KEEPING) and _keeps_from(other.required, school, id_, period):
                    self._refuse(other.name, id_, _("{event}, which keeps lecture {lecture} from there"))

    def _has_its_teachers(self, index: int, school: School) -> None:
        """No earlier event puts another lecture of one of its teachers into the same period."""
        for other in self.events[:index]:
            for one, period in places_of(other.happening, school).items():
                for two, wanted in places_of(self.events[index].happening, school).items():
                    teacher = _shared_teacher(school, one, two) if period == wanted else ""
                    if teacher:
                        text = _("{event}, which puts lecture {lecture} there, and {teacher} teaches both")
                        found = text.format(event=other.name, lecture=one, teacher=teacher)
                        raise EventError(_("no other event that speaks against this one"), found)

    def _leaves_enough(self, event: Happened, school: School) -> None:
        """What other events put somewhere can keep its place, and enough is left that can lose it."""
        kept = set(self._put(school))
        for cut in event.required.cuts:
            if cut.fewer is not None:
                blocks = (
                    b for b in school.blocks if cut.lectures.issuperset(b.lectures) and kept.isdisjoint(b.lectures)
                )
                if cut.fewer not in sums_of(blocks):
                    self._refuse_cut(event, school, cut.lectures)
            elif cut.most is not None and min(_each_week(school, kept & cut.lectures)) > cut.most:
                self._refuse_cut(event, school, cut.lectures)

    def _put(self, school: School) -> dict[str, str]:
        """The lectures that events put somewhere, with the name of the event."""
        return {id_: event.name for event in self.events for id_ in places_of(event.happening, school)}

    def _refuse_cut(self, event: Happened, school: School, lectures: frozenset[str]) -> None:
        kept = [(name, id_) for id_, name in self._put(school).items() if id_ in lectures]
        if kept:
            self._refuse(*kept[0], _("{event}, which wants a place for lecture {lecture}"))
        gone = [(self._gone[id_], id_) for id_ in sorted(lectures & self._gone.keys())]
        if gone:
            self._refuse(*gone[0], _("{event}, which removes lecture {lecture}"))

    @staticmethod
    def _refuse(event: str, lecture: str, text: str) -> None:
        found = text.format(event=event, lecture=lecture)
        raise EventError(_("no other event that speaks against this one"), found)

    def spared(self, required: Requirements, school: School) -> Requirements:
        """The same, but what an event puts somewhere does not lose its place by another one."""
        kept = frozenset(self._put(school))
        return replace(required, cuts=tuple(_spared(cut, school, kept) for cut in required.cuts))


def _spared(cut: Cut, school: School, kept: frozenset[str]) -> Cut:
    if cut.most is None:
        return replace(cut, lectures=cut.lectures - kept)
    each = _each_week(school, kept & cut.lectures)
    # Where they are not held in all kinds of weeks alike, one number cannot say what is left for the others.
    return cut if len(set(each)) > 1 else replace(cut, lectures=cut.lectures - kept, most=cut.most - each[0])


def _each_week(school: School, lectures: Iterable[str]) -> list[int]:
    """How many of these lectures are held in each kind of week."""
    weeks = [school.lectures[id_].weeks for id_ in lectures if id_ in school.lectures]
    return [sum(bool(found & week_class.weeks) for found in weeks) for week_class in school.week_classes]


def places_of(happening: object, school: School) -> Mapping[str, Period]:
    """Where an event puts the lectures of a block; empty where it puts none."""
    if not isinstance(happening, PutAt) or happening.lecture not in school.lectures:
        return {}
    block: Block = school.block_of[happening.lecture]
    day, number = happening.period
    first = number - block.lectures.index(happening.lecture)
    return {id_: Period(day, first + i) for i, id_ in enumerate(block.lectures)}


def _shared_teacher(school: School, one: str, other: str) -> str:
    """Who teaches both lectures in the same kind of week and cannot do so at once; empty if nobody does."""
    if school.block_of[one] is school.block_of[other]:
        return ""
    both = shared(school, (one, school.as_is[one]), (other, school.as_is[other]))
    return next((name for kind, name in both if kind is Kind.TEACHER), "")


def _keeps_from(required: Requirements, school: School, lecture: str, period: Period) -> bool:
    """Whether a lecture must not stand in a period."""
    people = school.people[lecture]
    vacated = any(period in required.vacated.get(person, ()) for person in people)
    return vacated or period in required.dropped or period in required.forbidden.get(lecture, ())


def _subject(happening: object) -> tuple[Sequence[int], frozenset[str]]:
    """The lessons, or else the lectures, that an event is about."""
    if isinstance(happening, PutAt):
        return (), frozenset((happening.lecture,))
    if isinstance(happening, KeptFrom):
        return (), frozenset(happening.lectures)
    if isinstance(happening, Removed) and happening.lectures:
        return (), frozenset(happening.lectures)
    if isinstance(happening, Removed | Lengthened | Shortened | GroupGrown):
        return (happening.lesson,), frozenset()
    if isinstance(happening, Coupled):
        return (happening.one, happening.other), frozenset()
    return (), frozenset()


def settled(happening: object) -> dict[tuple[object, ...], str]:
    """What an event settles once and for all, each with its words; no other one can settle the same."""
    if isinstance(happening, Replaced):
        return {(Replaced, happening.old): _("who takes over from {name}").format(name=happening.old)}
    if isinstance(happening, GradeMoved):
        return {(GradeMoved, happening.grade): _("the site of {grade}").format(grade=happening.grade)}
    if isinstance(happening, Shortened):
        text = _("by how much lesson {number} is shortened").format(number=happening.lesson)
        return {(Shortened, happening.lesson): text}
    if isinstance(happening, TravelChanged):
        ways = [(happening.origin, happening.target), (happening.target, happening.origin)]
        text = _("the way from {origin} to {target}")
        return {way: text.format(origin=way[0], target=way[1]) for way in ways[: 1 + happening.both_ways]}
    if isinstance(happening, BreakChanged):
        text = _("the break after period {number}").format(number=happening.after)
        return {(BreakChanged, happening.after, day): text for day in happening.days or range(1, 8)}
    return {}
