"""Clashes of teachers, grades and rooms: two lectures need the same one at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.school import Inference, Parties, Resource, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _, ngettext
from untisopt.rules.protocol import PHYSICAL, Chains, Group, Rule
from untisopt.wording import enumerated, in_weeks, lecture_names, place

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlaps(Rule):
    """Base of the clash rules; a subclass names the kind of resource.

    Parameters
    ----------
    weight : int
        Points per pair of lectures, period and week class.
    allow_existing : bool
        Whether pairs of lessons that overlap today are taken as meant (declared compatible) or count as clashes.
    """

    id: ClassVar[str]
    kind: ClassVar[Kind]
    day_by_day: ClassVar[bool] = True
    tier: ClassVar[Tier] = Tier.RULES
    weight: int = 1
    allow_existing: bool = True

    def _pairs_of_today(self, school: School) -> Iterator[tuple[Resource, frozenset[Parties]]]:
        for resource, pairs in sorted(school.compatible.items()):
            if resource[0] is self.kind:
                # Pairs that the export states to be apart need no evidence.
                seen = pairs - school.stated_parallel.get(resource, frozenset())
                if seen:
                    yield resource, seen

    def infer(self, school: School) -> Iterator[Inference]:
        """Pairs of lessons that run in parallel today."""
        if not self.allow_existing:
            return
        for resource, pairs in self._pairs_of_today(school):
            lessons = sorted({party for pair in pairs for party in pair}, key=lambda party: (len(party), party))
            text = ngettext(
                "{count} pair of lessons runs in parallel so far: {lessons}",
                "{count} pairs of lessons run in parallel so far: {lessons}",
                len(pairs),
            )
            yield Inference(self.id, resource[1], text.format(count=len(pairs), lessons=enumerated(lessons)))

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Every pair of lectures that need the resource in the same period of a week class and are not compatible."""
        for resource, week_class, day, number, lectures in school.occupancy(timetable).shared:
            if resource[0] is not self.kind:
                continue
            stated = school.stated_parallel.get(resource, ())
            for pair in combinations(lectures, 2):
                if stated and frozenset(map(school.party, pair)) in stated:
                    continue
                if self.allow_existing and school.may_overlap(resource, *pair):
                    continue
                facts = Facts(
                    kind=self.kind,
                    name=resource[1],
                    day=day,
                    periods=(number,),
                    lectures=pair,
                    week_class=week_class,
                )
                yield Violation(self.id, facts)

    def encode(self, model: TimetableModel) -> None:
        """At most one lecture of every clique of mutually incompatible lessons per period."""
        priced = {} if self.allow_existing else dict(self._pairs_of_today(model.school))
        for resource in model.resources(self.kind):
            model.exclude_overlaps(self.id, resource, priced.get(resource, frozenset()))

    def explain(self, violation: Violation, school: School) -> str:
        """Who is needed twice, when, and by what."""
        facts = violation.facts
        text = _("{name} is needed twice at {place}{weeks}: {lectures}")
        return text.format(
            name=facts.name,
            place=place(Period(facts.day or 0, facts.periods[0])),
            weeks=in_weeks(school, facts.week_class),
            lectures=lecture_names(school, facts.lectures),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherClash(Overlaps):
    """Teacher clash: no teacher is needed by two lectures at once.

    What it checks
        Two lectures of a teacher in the same period of the same week.
    Why it matters
        One of the two would be without a teacher.
    How it is counted
        One per pair of lectures, period and week class.
    Example
        Arnd teaches Ma in 10.3 and Ph in 9.1, both on Monday in period 3: one clash.
    Parameters
        ``allow_existing`` (true): pairs of lessons that share a teacher and run in parallel so far are taken as meant;
        dummy teachers such as "Sport" stand in many plans. Set it to false where that is a mistake to be repaired.
    In Untis
        Kollision Lehrer, shown in the planning dialog.
    Model
        One at-most-one row per period over the lessons that must not meet.
    """

    id: ClassVar[str] = "teacher-clash"
    called = N_("teacher clash")
    promise = N_("No teacher has two lessons at once, unless they are parallel today.")
    habit = N_("Parallel lessons of a teacher")
    group = Group.CLASHES
    source = "always; today's plan shows exceptions"
    firmness = PHYSICAL
    chains = Chains.KEPT
    kind: ClassVar[Kind] = Kind.TEACHER


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeClash(Overlaps):
    """Grade clash: no grade has two lectures at once, unless it does so already.

    What it checks
        Two lectures of a grade in the same period of the same week, whose lessons do not run in parallel so far.
    Why it matters
        Pupils cannot sit in two lessons. Without the pupils' choices nobody can tell which courses of an upper year
        share pupils; but two that run in parallel already certainly do not.
    How it is counted
        One per grade, pair of lectures, period and week class.
    Example
        In year 12, lessons 801 and 802 stand in one band so far. Both on Tuesday in period 4 is no clash. Lesson 810
        beside 801 would be one.
    Parameters
        ``allow_existing`` (true): pairs of lessons that run in parallel so far may do so in any period.
    In Untis
        Kollision Klasse; the collision letters and student groups of the lessons say more than the plan does.
    Model
        A cover of the conflicts by cliques; one at-most-one row per clique and period.
    """

    id: ClassVar[str] = "grade-clash"
    called = N_("grade clash")
    promise = N_("No grade has two lessons at once, unless they are parallel today.")
    habit = N_("Parallel lessons of a grade")
    group = Group.CLASHES
    source = "always; GPU002, XML or today's plan show exceptions"
    firmness = PHYSICAL
    chains = Chains.KEPT
    kind: ClassVar[Kind] = Kind.GRADE


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomClash(Overlaps):
    """Room clash: no room is used by two lectures at once, unless it is so already.

    What it checks
        Two lectures in one room in the same period of the same week, whose lessons do not share it so far.
    Why it matters
        One of the two would stand in the corridor.
    How it is counted
        One per room, pair of lectures, period and week class.
    Example
        Lessons 12 and 40 both in F13 on Friday in period 5: one clash.
    Parameters
        ``allow_existing`` (true): lessons that share a room so far (a gym, a hall) may go on doing so.
    In Untis
        Kollision Raum.
    Model
        One at-most-one row per period over the lessons that must not meet; where rooms may change, over the joint
        choices of start and room.
    """

    id: ClassVar[str] = "room-clash"
    called = N_("room clash")
    promise = N_("No room has two lessons at once, unless they are parallel today.")
    habit = N_("Parallel lessons in a room")
    group = Group.CLASHES
    source = "always; today's plan shows exceptions"
    firmness = 300
    chains = Chains.KEPT
    kind: ClassVar[Kind] = Kind.ROOM
