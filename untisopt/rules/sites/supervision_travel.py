"""Travel times of teachers between a lecture and a break supervision."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from untisopt.domain.calendar import EVERY_WEEK, Period
from untisopt.domain.limits import Supervision
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.bases.not_stated import NotStated
from untisopt.rules.protocol import Group, Rule
from untisopt.wording import day_name, in_weeks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


class _Side(NamedTuple):
    """One end of a supervision.

    Parameters
    ----------
    site : str
        Where the supervision is.
    numbers : tuple of int
        Periods of the day on this side, the nearest one first.
    after : int
        The period that the break lies before, whether or not the day has it.
    is_way_there : bool
        Whether this is the side before the break.
    """

    supervision: Supervision
    site: str
    numbers: tuple[int, ...]
    after: int
    is_way_there: bool

    @property
    def day(self) -> int:
        """Weekday."""
        return self.supervision.before.day


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionTravel(Rule):
    """Break supervisions: whoever supervises a break can be there from its beginning to its end.

    What it checks
        The last lecture of a teacher before a supervision and the first one after it, where they are at another site
        than the supervision and there is no time to travel outside the break. A supervision fills its break.
    Why it matters
        Nobody can watch the yard of one site and teach at the other one a minute later.
    How it is counted
        One per supervision, side and week class. Lectures and supervisions whose site is unknown are passed over. What
        is so today may remain, but not more often per teacher and day.
    Example
        25 minutes of travel. Arnd supervises the yard of the main building before period 3 on Monday. A lecture of Arnd
        at the branch in period 2: one. In period 1, with period 2 free for the way: none.
    Parameters
        ``before`` (true): GPU009 names the period that the break lies before; false: the one it lies after. No source
        says which it is, so look at one supervision of your school.
    In Untis
        Pausenaufsichten (GPU009); the site is that of the corridor.
    Model
        A literal per lecture at another site that is too near in time and has no other one between it and the break.
    """

    id: ClassVar[str] = "supervision-travel"
    called = N_("break supervisions that cannot be reached")
    promise = N_("Whoever supervises a break can be there in time.")
    group = Group.SITES
    source = "GPU009; sites, travel times"
    kind: ClassVar[Kind] = Kind.TEACHER
    tier: Tier = Tier.RULES
    weight: int = 1
    before: bool = True

    def missing(self, school: School) -> str:
        """Supervisions at known sites, sites, travel times and clock times are needed."""
        if not any(supervision.site for supervision in school.limits.supervisions):
            return NotStated(_("no break supervision with a known site is stated (GPU009)"))
        if len(school.sites) < 2:
            return _("no second site is known (--site NAME=PATTERN)")
        if not school.travel.minutes:
            return _("no travel time is known (--travel MINUTES)")
        if not school.grid.has_times:
            return _("no break table is known (time.txt or --breaks FILE)")
        return ""

    def _sides(self, school: School) -> Iterator[_Side]:
        """Both ends of all supervisions whose place and break are known."""
        for supervision in school.limits.supervisions:
            day, number = supervision.before
            numbers = school.grid.numbers(day)
            first_after = number if self.before else number + 1
            earlier = tuple(n for n in reversed(numbers) if n < first_after)
            later = tuple(n for n in numbers if n >= first_after)
            if supervision.site is None or number not in numbers:
                continue
            if earlier:
                yield _Side(supervision, supervision.site, earlier, first_after, is_way_there=True)
            if later:
                yield _Side(supervision, supervision.site, later, first_after, is_way_there=False)

    @staticmethod
    def _is_possible(school: School, side: _Side, number: int, site: str) -> bool:
        """Whether the journey between a lecture and the break fits into the periods between them."""
        origin, target = (site, side.site) if side.is_way_there else (side.site, site)
        minutes = school.travel.between(origin, target)
        if not minutes:
            return True
        near, far = side.numbers[0], number
        if near == far:
            return False
        slots = school.grid.slots
        if side.is_way_there:
            start, end = slots[Period(side.day, far)].end, slots[Period(side.day, near)].end
        else:
            start, end = slots[Period(side.day, near)].start, slots[Period(side.day, far)].start
        return start is None or end is None or end - start >= minutes

    def _weeks(self, school: School, supervision: Supervision) -> tuple[int, ...]:
        """Week classes of a supervision; all where one side knows no weeks."""
        if EVERY_WEEK in (supervision.weeks, *(week_class.weeks for week_class in school.week_classes)):
            return tuple(range(len(school.week_classes)))
        return school.classes(supervision.weeks)

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Supervisions whose nearest lecture on a side is too far away."""
        occupancy = school.occupancy(timetable)
        for side in self._sides(school):
            supervision = side.supervision
            for week_class in self._weeks(school, supervision):
                day = occupancy.day((Kind.TEACHER, supervision.teacher), week_class, side.day)
                taught = {occupied.number: occupied for occupied in day if occupied.sites}
                number = next((number for number in side.numbers if number in taught), None)
                if number is None:
                    continue
                nearest = taught[number]
                if any(self._is_possible(school, side, number, site) for site in nearest.sites):
                    continue
                facts = Facts(
                    kind=Kind.TEACHER,
                    name=supervision.teacher,
                    day=side.day,
                    periods=(number, side.after),
                    lectures=(nearest.lectures[0],),
                    sites=(min(nearest.sites), side.site),
                    week_class=week_class,
                    detail=(supervision.corridor,),
                )
                yield Violation(self.id, facts)

    def encode(self, model: TimetableModel) -> None:
        """No lecture that is too far away, beyond those of today."""
        before = Counter[tuple[str, int]]()
        for violation in model.before(self.id):
            before[violation.facts.name, violation.facts.day or 0] += violation.amount
        teachers = set(model.resources(Kind.TEACHER))
        together: defaultdict[tuple[str, int], list[Literal]] = defaultdict(list)
        for i, side in enumerate(self._sides(model.school)):
            resource = (Kind.TEACHER, side.supervision.teacher)
            if resource in teachers:
                key = (side.supervision.teacher, side.day)
                together[key] += self._encode(model, side, resource, f"supervision {i}", hard=not before[key])
        for key, literals in together.items():
            model.cap(literals, [1] * len(literals), before[key])

    def _encode(
        self, model: TimetableModel, side: _Side, resource: Resource, name: str, *, hard: bool
    ) -> list[Literal]:
        found: list[Literal] = []
        for week_class in self._weeks(model.school, side.supervision):
            between: list[Literal] = []
            for number in side.numbers:
                there = model.at_site(resource, week_class, Period(side.day, number))
                far = [s for s in sorted(there) if not self._is_possible(model.school, side, number, s)]
                result = model.forbid_site_pairs(
                    there,
                    {side.site: [True]},
                    [(site, side.site) for site in far],
                    between,
                    hard=model.strict and hard,
                    exclusive=False,
                    name=f"{name} {resource[1]} {side.day}.{number} {week_class}",
                )
                if result is not False:
                    model.add_points(self.id, result)
                    found.append(result)
                between = [*between, *_all(list(there.values()))]
        return found

    def explain(self, violation: Violation, school: School) -> str:
        """Who supervises where and teaches where."""
        facts = violation.facts
        number, after = facts.periods
        text = _(
            "{name} supervises {corridor} ({site}) on {day} in the break before period {after}, "
            "but teaches at {other} in period {number} without time for the way{weeks}"
        )
        return text.format(
            name=facts.name,
            corridor=facts.detail[0],
            site=facts.sites[1],
            day=day_name(facts.day or 0),
            after=after,
            other=facts.sites[0],
            number=number,
            weeks=in_weeks(school, facts.week_class),
        )


def _all(lists: Sequence[Sequence[Literal]]) -> list[Literal]:
    return [literal for literals in lists for literal in literals]
