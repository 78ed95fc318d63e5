"""Staff of the made-up school: who exists, with which subjects, and who teaches what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from untisopt.demo.curriculum import EXTERNAL, Activity, Post
from untisopt.demo.draws import below, chance, pick, shuffled
from untisopt.demo.frames import slot_of
from untisopt.demo.grid import DAYS, PERIODS
from untisopt.demo.model import BRANCH, MAIN, Teacher
from untisopt.demo.names import invent_people
from untisopt.demo.plans import SizePlan
from untisopt.demo.subjects import COMPANIONS

__all__ = ["assign", "fix_absences", "hire"]

_PART_TIME_SHARE = 0.25
_MOST_PERIODS = 26
_LEAST_PERIODS = 10


@dataclass(slots=True)
class _Profile:
    needs: tuple[str, ...]
    target: int
    part_time: bool
    external: bool = False


def hire(plan: SizePlan, activities: list[Activity], rng: Random, dummy: str, taken: set[str]) -> list[Teacher]:
    """Return the teachers in master-data order; the dummy comes last.

    Parameters
    ----------
    plan, activities
        The school and what it teaches; the posts say how many periods of which subject are wanted.
    rng
        Source of all draws.
    dummy
        Short name of the dummy teacher.
    taken
        Lower-case short names that are not free any more; extended.
    """
    taken.add(dummy.lower())
    demand = _demand(activities)
    profiles = _profiles(plan.teachers - 1, demand, rng)
    _fill_gaps(profiles, activities, demand)
    people = invent_people(rng, len(profiles), taken)
    teachers = []
    for person, profile in zip(people, shuffled(rng, profiles), strict=True):
        short, surname, first_name, gender = person
        days_off = (2 if profile.target <= 7 else 1) if profile.part_time else 0
        teachers.append(
            Teacher(
                short, surname, first_name, gender, profile.needs, profile.target, days_off, external=profile.external
            )
        )
    return [*teachers, Teacher(dummy, "Sport (Platzhalter)", "", 0, ("Sp",), 0, dummy=True)]


def _demand(activities: list[Activity]) -> dict[str, float]:
    demand: dict[str, float] = {}
    for activity in activities:
        for post in activity.posts:
            if not post.dummy:
                demand[post.need] = demand.get(post.need, 0) + post.periods
    return demand


def _profiles(count: int, demand: dict[str, float], rng: Random) -> list[_Profile]:
    """Cut the demand into `count` people with one or two subjects; one of them is the external teacher."""
    left = dict(demand)
    external = _Profile((EXTERNAL,), int(left.pop(EXTERNAL)), False, True)
    part_time = round(count * _PART_TIME_SHARE)
    part_targets = [6 + below(rng, 4) for _ in range(part_time)]
    full = count - 1 - part_time
    average = (sum(left.values()) - sum(part_targets)) / full
    full_targets = [max(_LEAST_PERIODS + 1, round(average + below(rng, 13) - 6)) for _ in range(full)]
    targets = [(target, False) for target in full_targets] + [(target, True) for target in part_targets]
    return [external] + [_profile(target, part, left, rng) for target, part in targets]


def _fill_gaps(profiles: list[_Profile], activities: list[Activity], demand: dict[str, float]) -> None:
    """Let further teachers qualify until every subject has enough of them for one activity and for its periods."""
    wanted = {need: 1 + int(periods // _MOST_PERIODS) for need, periods in demand.items() if need != EXTERNAL}
    for activity in activities:
        needs = [post.need for post in activity.posts if not post.dummy]
        wanted = {need: max(number, needs.count(need)) for need, number in wanted.items()}
    for need, number in wanted.items():
        while sum(need in profile.needs for profile in profiles) < number:
            candidates = [profile for profile in profiles if not profile.external and need not in profile.needs]
            related = [profile for profile in candidates if profile.needs[0] in COMPANIONS[need]]
            chosen = min(related or candidates, key=lambda profile: (len(profile.needs), profile.part_time))
            chosen.needs = (*chosen.needs, need)


def _profile(target: int, part_time: bool, left: dict[str, float], rng: Random) -> _Profile:
    """Give the next person the subject that is wanted most and a second one that goes with it."""
    first = max(sorted(left), key=lambda need: left[need])
    seconds = sorted((need for need in COMPANIONS[first] if need in left), key=lambda need: -left[need])
    second = pick(rng, seconds[:2])
    left[first] -= 0.6 * target
    left[second] -= 0.4 * target
    return _Profile((first, second), target, part_time)


def fix_absences(teachers: list[Teacher], busy: dict[int, set[int]], rng: Random) -> list[Teacher]:
    """Fix days off and obligations elsewhere, away from the couplings and bands that are already placed.

    Parameters
    ----------
    teachers
        The staff, in the order of the indices used in `busy`.
    busy
        Teacher -> slots taken by couplings and bands.
    rng
        Source of all draws.
    """
    result = []
    for index, teacher in enumerate(teachers):
        slots = busy.get(index, set())
        days = shuffled(rng, [day for day in range(1, DAYS + 1) if all(slot // PERIODS != day - 1 for slot in slots)])
        free = tuple(sorted(days[: teacher.days_off]))
        blocked = () if teacher.days_off or teacher.external or teacher.dummy else _obligations(rng)
        blocked = tuple(place for place in blocked if slot_of(*place) not in slots)
        result.append(replace(teacher, free_days=free, blocked=blocked))
    return result


def _obligations(rng: Random) -> tuple[tuple[int, int], ...]:
    """Fixed duties elsewhere for some of the full-time staff: a seminar afternoon or one late start."""
    if not chance(rng, 0.2):
        return ()
    day = 1 + below(rng, DAYS)
    return tuple((day, period) for period in ((7, 8, 9, 10) if chance(rng, 0.5) else (1, 2)))


class _Staffing:
    """Assignment of posts to teachers with its cost, improved by moving one post at a time."""

    def __init__(self, plan: SizePlan, activities: list[Activity], teachers: list[Teacher], rng: Random) -> None:
        self.teachers = teachers
        self.load = [0] * len(teachers)
        self.at_branch = [0] * len(teachers)
        self.without_room = [0] * len(teachers)
        self.posts = [(activity, post) for activity in activities for post in activity.posts]
        self.able: dict[str, list[int]] = {}
        for index, teacher in enumerate(teachers):
            for need in () if teacher.dummy else teacher.qualifications:
                self.able.setdefault(need, []).append(index)
        self.home = _home_sites(plan, self.posts, teachers, self.able, rng)
        # Bands of the two upper years would all clash if they shared their staff; every teacher prefers one year.
        self.parity = [below(rng, 2) for _ in teachers]

    def cost(self, teacher: int, activity: Activity, post: Post) -> int:
        """What it costs if `teacher` takes the post, in points; the load is counted without the post."""
        person = self.teachers[teacher]
        before = self.load[teacher] - person.target
        points = 2 * ((before + post.periods) ** 2 - before**2)
        if self.load[teacher] + post.periods > _MOST_PERIODS:
            points += 10_000
        if any(other.teacher == teacher for other in activity.posts if other is not post):
            points += 100_000
        # A lecture without a room has no site; nobody who goes to the branch gets one: site changes stay countable.
        if self.without_room[teacher] if post.site == BRANCH else "none" in post.kinds and self.at_branch[teacher]:
            points += 5_000
        if self.home[teacher] not in ("both", post.site):
            points += 40
        if person.days_off and len(activity.posts) > 1:
            points += 60
        # One block a day: with few days at school there is no room for a lesson in many pieces.
        if person.days_off + len(activity.blocks) > DAYS - 1:
            points += 300
        if activity.band and int(activity.band.split("-")[0]) % 2 != self.parity[teacher]:
            points += 30
        return points

    def fill(self, rng: Random) -> None:
        """Give every post to the cheapest teacher, long and rare ones first, then move posts while that pays."""
        order = shuffled(rng, self.posts)
        order.sort(key=lambda item: (-len(item[0].posts), -item[1].periods))
        for activity, post in order:
            if post.dummy:
                post.teacher = len(self.teachers) - 1
                continue
            self._settle(activity, post)
        for _ in range(6):
            for activity, post in order:
                if not post.dummy:
                    self._book(post, -post.periods)
                    self._settle(activity, post)

    def _settle(self, activity: Activity, post: Post) -> None:
        post.teacher = min(self.able[post.need], key=lambda teacher: (self.cost(teacher, activity, post), teacher))
        self._book(post, post.periods)

    def _book(self, post: Post, periods: int) -> None:
        self.load[post.teacher] += periods
        self.at_branch[post.teacher] += periods if post.site == BRANCH else 0
        self.without_room[post.teacher] += periods if "none" in post.kinds else 0


def _home_sites(
    plan: SizePlan,
    posts: list[tuple[Activity, Post]],
    teachers: list[Teacher],
    able: dict[str, list[int]],
    rng: Random,
) -> list[str]:
    """Say for every teacher whether they teach in the main building, at the branch, or at both.

    Branch staff covers half of what the branch needs; the others go both ways, `plan.both_sites` of them.
    """
    home = [MAIN] * len(teachers)
    needs: dict[str, int] = {}
    for _, post in posts:
        if post.site == BRANCH:
            needs[post.need] = needs.get(post.need, 0) + post.periods
    order = sorted(needs, key=lambda need: -needs[need])
    movers = 0
    for wanted in (BRANCH, "both", "both", "both"):
        for need in order:
            free = [index for index in able.get(need, []) if home[index] == MAIN and not teachers[index].external]
            if not free or (wanted == BRANCH and needs[need] < 16) or (wanted == "both" and movers == plan.both_sites):
                continue
            home[pick(rng, free)] = wanted
            movers += wanted == "both"
    return home


def assign(plan: SizePlan, activities: list[Activity], teachers: list[Teacher], rng: Random) -> bool:
    """Fill every post of `activities` with the index of a teacher, balancing loads, sites and upper years.

    Returns False if somebody has nothing or far too much to teach; the school is then better drawn anew.
    """
    staffing = _Staffing(plan, activities, teachers, rng)
    staffing.fill(rng)
    real = [load for load, teacher in zip(staffing.load, teachers, strict=True) if not teacher.dummy]
    return all(0 < load <= _MOST_PERIODS for load in real)
