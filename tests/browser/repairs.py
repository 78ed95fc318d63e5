"""Repaired plans for the page of head teachers, made by hand: no search, no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.builders import A_AND_B, ALL_WEEKS, Row, build, grid, move
from untisopt.domain.calendar import Period, TimeGrid, WeekClass
from untisopt.domain.changes import changes
from untisopt.domain.school import School
from untisopt.domain.timetable import Timetable
from untisopt.policy import Policy
from untisopt.results.optimise import RepairDocument, Run
from untisopt.results.packages import Package, PackagePart, Reason, Stay
from untisopt.results.source import Counts, Source
from untisopt.rules import judge

# Arnd: main building, branch, main building on Monday, so two site changes, both in breaks that are too short
# (0 and 20 minutes, the journey takes 25). Beck stays in the main building. `{…}` are filled in with names.
LESSONS: tuple[tuple[int, str, tuple[str, ...], tuple[str, ...], int, int], ...] = (
    (1, "{arnd}", ("{a}",), ("H1",), 1, 1),
    (2, "{arnd}", ("{b}",), ("F1",), 1, 2),
    (3, "{arnd}", ("{a}",), ("H{room}",), 1, 3),
    (4, "Beck", ("{b}",), ("H3",), 1, 3),
    (5, "Beck", ("{a}", "{b}"), ("H3", "H4"), 2, 1),
)
PLAIN = {"arnd": "Arnd", "a": "10.1", "b": "10.2", "room": "2"}
# Markup, quotes, a formula, blanks, a bar, an umlaut, the end of a script and the begin of a comment.
NASTY = {
    "arnd": "</script><script>alert(1)</script>",
    "a": "<b>10&1 \"x'",
    "b": '=SUM(A1:A2)|"<!--<script>',
    "room": "ä 'ö' <img src=x onerror=alert(1)>",
}
AWAY = {"2@1.2": "Mon4"}
"""Lesson 2 after all others: Arnd changes sites once, with 1 free period and so time enough."""


def small_school(names: Mapping[str, str] = PLAIN, *, on: TimeGrid | None = None, sites: str = "HF") -> School:
    """Arnd and Beck, two grades, four rooms in the main building and one at the branch."""
    rows = [
        Row(
            lesson,
            teacher.format(**names),
            tuple(sorted(grade.format(**names) for grade in grades)),
            tuple(room.format(**names) for room in rooms),
            Period(day, number),
        )
        for lesson, teacher, grades, rooms, day, number in LESSONS
    ]
    return build(
        rows,
        on=on or grid(days=2, breaks=(0, 20, 0, 10)),
        week_classes=(WeekClass("", ALL_WEEKS),),
        sites=sites,
        travel={("H", "F"): 25, ("F", "H"): 25} if len(sites) > 1 else {},
    )


def repair_of(
    school: School,
    moves: Mapping[str, str] = AWAY,
    *,
    rooms: Mapping[str, str] | None = None,
    packages: Sequence[Sequence[str]] = (),
    least: int = 1,
) -> RepairDocument:
    """A repair that makes `moves` (see `builders.move`); `packages` lists lectures, each a part of its own."""
    policy = Policy()
    plan = move(school, moves, rooms)
    before, after = (judge(school, timetable, policy.rules) for timetable in (school.as_is, plan))
    return RepairDocument(
        source=Source(path="lesson.txt", kind="lesson", files=("lesson.txt",), counts=_counts(school)),
        school=school,
        policy=policy,
        before=before,
        after=after,
        moves=changes(school.as_is, plan),
        not_judged={rule.id: rule.missing(school) for rule in policy.rules if rule.missing(school)},
        suggestions=(),
        run=_run(least),
        packages=tuple(_package(school, plan, number, lectures) for number, lectures in enumerate(packages, 1)),
    )


def _counts(school: School) -> Counts:
    return Counts(
        rows=len(school.lectures),
        lessons=len(school.blocks_of_lesson),
        lectures=len(school.lectures),
        blocks=len(school.blocks),
        teachers=len(school.teachers),
        grades=len(school.grades),
        rooms=len(school.rooms),
    )


def _run(least: int) -> Run:
    return Run(
        time_limit=1,
        workers=1,
        seed=0,
        deterministic=True,
        status="feasible",
        objective_before=20,
        objective=11,
        bound=10,
        rules_before=0,
        rules_after=0,
        move_points=1,
        seconds={},
        versions={"untisopt": "0"},
        least_site_changes={"teacher-site-changes": least},
    )


def _package(school: School, plan: Timetable, number: int, lectures: Sequence[str]) -> Package:
    stay = Stay(amounts={"teacher-site-changes": 1}, points=10, searched=True)
    moves = tuple(one for one in changes(school.as_is, plan) if one.lecture in lectures)
    reason = Reason(relieves=(), makes_room_for=(), stay=stay)
    return Package(
        number=number,
        moves=moves,
        parts=tuple(
            PackagePart(name=f"{number}.{i}", moves=(one,), needs=(0,) if i > 1 else ())
            for i, one in enumerate(moves, 1)
        ),
        gain={"teacher-site-changes": 1},
        alone={"teacher-site-changes": 1},
        points=9,
        reasons={one.lecture: reason for one in moves},
    )


def two_weeks() -> School:
    """Arnd at the branch in A weeks and in the main building in B weeks, each in the same period."""
    on = grid(days=2, breaks=(0, 20, 0, 10))
    rows = [
        Row(1, "Arnd", ("10.1",), ("H1",), Period(1, 1), A_AND_B[0].weeks | A_AND_B[1].weeks),
        Row(2, "Arnd", ("10.1",), ("F1",), Period(1, 2), A_AND_B[0].weeks),
        Row(3, "Arnd", ("10.1",), ("H2",), Period(1, 2), A_AND_B[1].weeks),
    ]
    return build(rows, on=on, week_classes=A_AND_B, sites="HF", travel={("H", "F"): 25, ("F", "H"): 25})
