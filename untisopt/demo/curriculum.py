"""What is taught: subjects, couplings, bands and A/B lessons of all years, as activities.

An activity is everything that runs at the same time by design: one lesson as a rule, all courses of a band, or the
lessons of an A/B exchange between two grades.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from untisopt.demo.draws import pick
from untisopt.demo.model import BRANCH, MAIN
from untisopt.demo.plans import SizePlan, YearPlan
from untisopt.demo.subjects import qualification, room_kind

__all__ = ["DUMMY", "EXTERNAL", "Activity", "LessonPlan", "Post", "activities_of"]

EXTERNAL = "Psy"
DUMMY = "Spo"


@dataclass(slots=True)
class Post:
    """A person wanted: qualification, kinds of rooms (`none` for no room), and the teacher once found."""

    need: str
    kinds: tuple[str, ...]
    site: str
    periods: int
    teacher: int = -1
    dummy: bool = False


@dataclass(slots=True)
class LessonPlan:
    """A lesson number to be: lines (post, subject, grades) and the weeks in which it is held."""

    lines: list[tuple[int, str, tuple[str, ...]]]
    weeks: str = "AB"
    locked: bool = False


@dataclass(slots=True)
class Activity:
    """Lessons that run at the same time by design; `afternoon` ties them to the double in periods 7 and 8."""

    grades: tuple[str, ...]
    posts: list[Post]
    lessons: list[LessonPlan]
    blocks: tuple[int, ...]
    band: str = ""
    afternoon: bool = False


#: name -> (block patterns, lines as (subject, which grades: all / first half / second half)).
COUPLINGS: dict[str, tuple[tuple[tuple[int, ...], ...], tuple[tuple[str, str], ...]]] = {
    "language4": (((2, 2),), (("Fr", "all"), ("La", "all"), ("Spa", "second"))),
    "language3": (((2, 1),), (("Fr", "all"), ("La", "all"), ("Spa", "second"))),
    "language2": (((1, 1),), (("Fr", "all"), ("La", "all"))),
    "ethics": (((1, 1),), (("Eth", "first"), ("Eth", "second"), ("ERe", "all"), ("KRe", "all"))),
    "ethics-small": (((1, 1),), (("Eth", "all"), ("ERe", "all"))),
    "electives": (((2,),), (("Inf", "all"), ("Nw", "all"), ("DS", "all"), ("Ku", "first"), ("PW", "second"))),
    "sport-main": (((2,),), (("SpM", "all"), ("SpJ", "all"))),
    "sport-branch": (((1,),), (("SpM", "all"), ("SpJ", "all"))),
}

_PATTERNS: dict[int, tuple[tuple[int, ...], ...]] = {
    1: ((1,),),
    2: ((2,), (2,), (1, 1)),
    3: ((2, 1),),
    4: ((2, 2), (2, 1, 1)),
    5: ((2, 2, 1),),
}
_LABS = ("Bio", "Ch", "Ph", "Nw", "Ku", "Mu", "Schw")


def activities_of(plan: SizePlan, rng: Random) -> list[Activity]:
    """Return all activities of a school in a fixed order, posts still without teachers."""
    result: list[Activity] = []
    for grades, name in plan.extra_couplings:
        result.append(_coupling(name, grades, MAIN, rng))
    for year in plan.years:
        for grade in year.grades:
            result += [_single(subject, periods, grade, year.site, rng) for subject, periods in year.classes]
        for name in year.couplings:
            result += [_coupling(name, grades, year.site, rng) for grades in _groups(name, year.grades)]
        if year.exchange:
            result += [_exchange(pair, year.site) for pair in _groups("sport", year.grades)]
        result += [_band(f"{year.year}-{index}", *band, year) for index, band in enumerate(year.bands, start=1)]
    return result


def _groups(name: str, grades: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the groups of grades a coupling joins: sport pairs, everything else the whole year."""
    if not name.startswith("sport"):
        return [grades]
    return [grades[start : start + 2] for start in range(0, len(grades), 2)]


def _single(subject: str, periods: int, grade: str, site: str, rng: Random) -> Activity:
    """One subject of one grade. Laboratory subjects with two periods are doubles: an experiment needs the time."""
    blocks = (2,) * (periods // 2) if subject in _LABS and periods % 2 == 0 else pick(rng, _PATTERNS[periods])
    post = Post(qualification(subject), (room_kind(subject, "home"),), site, periods)
    if subject == "Inf":
        post.kinds = ("inf", "inf")
    return Activity((grade,), [post], [LessonPlan([(0, subject, (grade,))], locked=subject == "Schw")], blocks)


def _coupling(name: str, grades: tuple[str, ...], site: str, rng: Random) -> Activity:
    patterns, lines = COUPLINGS[name]
    blocks = pick(rng, patterns)
    half = (len(grades) + 1) // 2
    cover = {"all": grades, "first": grades[:half], "second": grades[half:]}
    place = MAIN if name == "sport-main" else site
    posts = [Post(qualification(subject), (room_kind(subject, "home"),), place, sum(blocks)) for subject, _ in lines]
    homes = [post for post in posts if post.kinds == ("home",)]
    for post in homes[len(grades) :]:
        post.kinds = ("course",)
    plan = LessonPlan([(index, subject, cover[which]) for index, (subject, which) in enumerate(lines)])
    return Activity(grades, posts, [plan], blocks, afternoon=name == "sport-main" and site == BRANCH)


def _exchange(pair: tuple[str, ...], site: str) -> Activity:
    """Music and art in alternating weeks: one grade has music in A weeks while the other has art, then they change."""
    posts = [Post("Mu", ("mu",), site, 2), Post("Ku", ("ku",), site, 2)]
    lessons = [
        LessonPlan([(0, "Mu", pair[:1])], "A"),
        LessonPlan([(1, "Ku", pair[:1])], "B"),
        LessonPlan([(1, "Ku", pair[1:])], "A"),
        LessonPlan([(0, "Mu", pair[1:])], "B"),
    ]
    return Activity(pair, posts, lessons, (2,))


def _band(name: str, blocks: tuple[int, ...], courses: str, year: YearPlan) -> Activity:
    """All courses of a band. The last two sport courses are given by the dummy teacher, one of them without a room."""
    posts = []
    lessons = []
    for index, course in enumerate(courses.split()):
        post = Post(qualification(course), (room_kind(course, "course"),), MAIN, sum(blocks))
        if course in ("sp4", "sp5"):
            post.dummy = True
            post.kinds = ("none",) if course == "sp4" else ("course",)
        if course == "inf1" and year.year == 11:
            post.kinds = ("inf", "inf")
        posts.append(post)
        lessons.append(LessonPlan([(index, course, year.grades)], locked=post.need == EXTERNAL))
    return Activity(year.grades, posts, lessons, blocks, band=name)
