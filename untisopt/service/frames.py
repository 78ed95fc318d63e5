"""The results as pandas tables, to filter, pivot and plot.

Columns that hold several names (teachers, grades, rooms, subjects, lectures) hold tuples, which ``DataFrame.explode``
takes apart.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from untisopt.domain.changes import Move
from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.policy import Policy
from untisopt.service.reading.plan import Plan

_SCORE = ("rule", "title", "tier", "weight")


def rows(plan: Plan) -> pd.DataFrame:
    """One row per row of the timetable file; `lecture` is missing where a row belongs to no planned lecture."""
    courses = plan.export.courses
    records = [
        {
            "line": row.line,
            "lesson": row.lesson,
            "teacher": row.teacher,
            "grade": row.grade,
            "subject": row.subject,
            "rooms": row.rooms,
            "day": row.period.day,
            "period": row.period.number,
            "weeks": str(row.weeks),
            "lecture": courses[row.index][0] if row.index in courses else None,
        }
        for row in plan.export.rows
    ]
    return pd.DataFrame.from_records(records)


def lectures(school: School, timetable: Timetable) -> pd.DataFrame:
    """One row per lecture, indexed by its id."""
    records = [_lecture(school, timetable, id_) for id_ in school.lectures]
    return pd.DataFrame.from_records(records, index="lecture")


def _lecture(school: School, timetable: Timetable, id_: str) -> dict[str, object]:
    lecture, placement = school.lectures[id_], timetable[id_]
    rooms = tuple(dict.fromkeys(room for course in placement.rooms for room in course))
    sites = (school.rooms[room].site for room in rooms)
    return {
        "lecture": id_,
        "lesson": lecture.lesson,
        "block": school.block_of[id_].id,
        "subjects": lecture.subjects,
        "teachers": lecture.teachers,
        "grades": lecture.grades,
        "rooms": rooms,
        "sites": tuple(dict.fromkeys(site for site in sites if site is not None)),
        "day": placement.period.day,
        "period": placement.period.number,
        "weeks": str(lecture.weeks),
    }


def changes(school: School, moves: Sequence[Move]) -> pd.DataFrame:
    """One row per moved lecture, indexed by its id."""
    columns = ("lesson", "subjects", "teachers", "grades")
    places = ("rooms", "day", "period")
    before = lectures(school, school.as_is)
    records = [
        {
            "lecture": move.lecture,
            **{column: before.at[move.lecture, column] for column in columns},
            **dict(zip((f"{place}_from" for place in places), _place(move, 0), strict=True)),
            **dict(zip((f"{place}_to" for place in places), _place(move, 1), strict=True)),
        }
        for move in moves
    ]
    names = ["lecture", *columns, *(f"{p}_from" for p in places), *(f"{p}_to" for p in places)]
    return pd.DataFrame.from_records(records, columns=names).set_index("lecture")


def _place(move: Move, side: int) -> tuple[tuple[str, ...], int, int]:
    placement = (move.before, move.after)[side]
    rooms = tuple(dict.fromkeys(room for course in placement.rooms for room in course))
    return rooms, placement.period.day, placement.period.number


def score(policy: Policy, before: Score, after: Score | None = None) -> pd.DataFrame:
    """One row per judged rule, indexed by its id; with `after` both plans side by side, and the difference."""
    from untisopt.report.words.findings import score_rows

    frame = pd.DataFrame.from_records(score_rows(policy, before, after)).set_index("rule")
    if after is not None:
        frame["change"] = frame["after"] - frame["before"]
    return frame


def violations(school: School, policy: Policy, judged: Score) -> pd.DataFrame:
    """One row per finding; `text` is its sentence in the language in force."""
    rules = {rule.id: rule for rule in policy.rules}
    records = [
        {
            "rule": violation.rule,
            "amount": violation.amount,
            "kind": None if violation.facts.kind is None else violation.facts.kind.value,
            "name": violation.facts.name,
            "day": violation.facts.day,
            "periods": violation.facts.periods,
            "lectures": violation.facts.lectures,
            "sites": violation.facts.sites,
            "weeks": _week_class(school, violation.facts.week_class),
            "text": rules[violation.rule].explain(violation, school),
        }
        for violation in judged.violations
    ]
    names = ["rule", "amount", "kind", "name", "day", "periods", "lectures", "sites", "weeks", "text"]
    return pd.DataFrame.from_records(records, columns=names)


def _week_class(school: School, index: int | None) -> str:
    return "" if index is None else school.week_classes[index].name
