"""Week classes, odd weeks, cancelled rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from untisopt.domain.calendar import WeekSet
from untisopt.errors import InputError, PolicyError
from untisopt.io.untis import Export, NoteKind, read_export
from untisopt.io.untis.weeks.classes import in_school_year
from untisopt.policy import Policy

ALL = "36,37,38,39"


def classes(export: Export) -> list[tuple[str, list[int]]]:
    return [(c.name, list(c.weeks)) for c in export.school.week_classes]


def test_one_plan_is_one_class_without_a_name(read_lesson) -> None:
    export = read_lesson(f"Arn 1 1 Ma 101 7 9a {ALL}", f"Arn 1 2 Ma 101 7 9a {ALL}")

    assert classes(export) == [("", [36, 37, 38, 39])]


def test_a_and_b_weeks(read_lesson) -> None:
    export = read_lesson(f"Arn 1 1 Ma 101 7 9a {ALL}", "Arn 1 2 Ge 101 8 9a 36,38", "Arn 1 2 Ek 101 9 9a 37,39")

    assert classes(export) == [("A", [36, 38]), ("B", [37, 39])]
    assert export.school.lectures["8@1.2"].weeks == WeekSet.of([36, 38])


def test_weeks_without_teaching_drop_out(read_lesson) -> None:
    # Week 40 was exported, and every row is cancelled there.
    export = read_lesson(f"Arn 1 1 Ma 101 7 9a {ALL},40x", f"Arn 1 2 Ge 101 8 9a {ALL},40x")

    assert classes(export) == [("", [36, 37, 38, 39])]


def test_a_cancelled_row_makes_no_class(read_lesson) -> None:
    # Week 38 is an A week in which Monday is a holiday: the row of Tuesday says so.
    export = read_lesson(
        "Arn 1 1 Ma 101 7 9a 36,37,38x,39",
        "Arn 1 2 Ge 101 8 9a 36,38x",
        "Arn 2 2 Ek 101 9 9a 36,38",
        "Arn 2 3 Ek 101 9 9a 37,39",
    )

    assert classes(export) == [("A", [36, 38]), ("B", [37, 39])]
    assert export.school.lectures["7@1.1"].weeks == WeekSet.of([36, 37, 38, 39])
    assert export.school.lectures["8@1.2"].weeks == WeekSet.of([36, 38])
    assert any("2 rows are flagged x" in note.text for note in export.notes)


def test_lesson_number_0_makes_no_class(read_lesson) -> None:
    # Held in one of four weeks: cover. Held in two of four: a duty that belongs to the plan.
    export = read_lesson(f"Arn 1 1 Ma 101 7 9a {ALL}", "Arn 1 2 Vtr 101 0 9a 37", "Arn 1 3 Auf . 0 . 36,38")

    assert classes(export) == [("", [36, 37, 38, 39])]
    assert set(export.school.lectures) == {"7@1.1", "0@1.3"}
    assert any(note.kind is NoteKind.LEFT_OUT and "1 row of 3" in note.text for note in export.notes)


def test_odd_weeks_are_left_out_and_named(fixtures: Path) -> None:
    export = read_export(fixtures / "ab-weeks")

    assert classes(export) == [("A", [36, 38, 40, 44]), ("B", [37, 39, 45])]
    # In week 41 lesson 8 stands on Tuesday 4 instead of Tuesday 1: two rows.
    assert any(
        note.text == "week 41 differs from the pattern in 2 rows and is left out; --week 41 takes its plan"
        for note in export.notes
    )
    assert "8@2.4" not in export.school.lectures


def test_week_lets_only_the_lectures_of_one_week_move(fixtures: Path) -> None:
    export = read_export(fixtures / "ab-weeks", Policy(week=41))

    # The other weeks stay in sight, because what moves does so in all its weeks.
    assert classes(export) == [("A", [36, 38, 40, 44]), ("B", [37, 39, 45]), ("C", [41])]
    assert {"8@2.4", "6@3.1", "8@2.1", "4@3.1"} <= set(export.school.lectures)
    assert all(export.school.pinned[id_] == "not held in week 41" for id_ in ("8@2.1", "4@3.1"))
    assert not {"8@2.4", "6@3.1"} & set(export.school.pinned)
    assert any("stays and is protected" in note.text for note in export.notes)


def test_a_cancelled_row_counts_in_its_week(read_lesson) -> None:
    export = read_lesson("Arn 1 1 Ma 101 7 9a 36,37x,38", "Arn 1 2 Ma 101 7 9a 36,37,38", policy=Policy(week=37))

    assert set(export.school.lectures) == {"7@1.1", "7@1.2"}


@pytest.mark.parametrize(("week", "found"), [(35, "was not exported"), (42, "was not exported")])
def test_a_week_that_is_not_there(fixtures: Path, week: int, found: str) -> None:
    with pytest.raises(PolicyError, match=f"week {week}, which {found}"):
        read_export(fixtures / "ab-weeks", Policy(week=week))


def test_a_week_without_teaching(read_lesson) -> None:
    with pytest.raises(PolicyError, match="week 37, in which nothing is held"):
        read_lesson("Arn 1 1 Ma 101 7 9a 36,37x", policy=Policy(week=37))


def test_an_eighth_of_the_weeks_makes_a_class(read_lesson) -> None:
    # 2 of 17 weeks are less than an eighth.
    weeks = list(range(1, 18))
    always = ",".join(map(str, weeks))
    export = read_lesson(f"Arn 1 1 Ma 101 7 9a {always}", "Arn 1 2 Ma 101 7 9a 4,5")

    assert classes(export) == [("", [w for w in weeks if w not in (4, 5)])]


def test_two_different_weeks_are_no_pattern(read_lesson) -> None:
    with pytest.raises(InputError, match="found 2 different weeks"):
        read_lesson("Arn 1 1 Ma 101 7 9a 36", "Arn 1 2 Ma 101 7 9a 37")


@pytest.mark.parametrize(
    ("weeks", "school_year", "expected"),
    [
        ([1, 2, 52, 36, 37], (), [36, 37, 52, 1, 2]),
        ([5, 4, 3], (), [3, 4, 5]),
        ([41], (), [41]),
        ([1, 2, 40], (40, 1, 2, 3), [40, 1, 2]),
        # A date.txt that lacks a week cannot order the weeks.
        ([1, 2, 40], (2, 1), [40, 1, 2]),
        ([], (), []),
    ],
)
def test_order_of_the_school_year(weeks: list[int], school_year: tuple[int, ...], expected: list[int]) -> None:
    assert in_school_year(weeks, school_year) == expected


def test_classes_are_named_in_the_order_of_the_school_year(read_lesson) -> None:
    # Weeks 36 and 1 come first in this school year, whatever their numbers.
    export = read_lesson("Arn 1 1 Ma 101 7 9a 36,1", "Arn 1 2 Ma 101 8 9a 37,2")

    assert [(name, sorted(weeks)) for name, weeks in classes(export)] == [("A", [1, 36]), ("B", [2, 37])]
