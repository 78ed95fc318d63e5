"""The time grid and the weeks of the school year."""

from __future__ import annotations

from pathlib import Path

import pytest

from untisopt.domain.calendar import Period, Timeslot
from untisopt.errors import InputError
from untisopt.io.untis import read_export
from untisopt.io.untis.weeks.grid import minutes
from untisopt.policy import Policy


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("745", 465),
        ("0745", 465),
        ("7:45", 465),
        ("2400", 1440),
        ("760", None),
        ("2401", None),
        ("", None),
        ("7.45", None),
    ],
)
def test_times(text: str, expected: int | None) -> None:
    assert minutes(text) == expected


def test_time_txt_is_the_grid(fixtures: Path) -> None:
    grid = read_export(fixtures / "ab-weeks").school.grid

    assert grid.days == (1, 2, 3, 4, 5)
    assert grid.numbers(1) == (0, 1, 2, 3, 4, 5, 6, 7)
    assert grid.slots[Period(3, 0)] == Timeslot(7 * 60 + 10, 7 * 60 + 55)
    assert grid.has_times


def test_without_a_file_the_plan_shows_the_periods(fixtures: Path) -> None:
    grid = read_export(fixtures / "excerpt-tabs").school.grid

    # The excerpt is one Friday whose last period is the 6th.
    assert grid.periods == tuple(Period(5, number) for number in range(1, 7))
    assert not grid.has_times


def test_a_plan_with_period_0_keeps_it(fixtures: Path) -> None:
    assert read_export(fixtures / "gpu-plain").school.grid.numbers(2) == (0, 1, 2)


def test_a_break_table_holds_on_the_days_of_the_plan(fixtures: Path) -> None:
    policy = Policy(breaks_file=fixtures / "excerpt-tabs" / "breaks.txt")

    grid = read_export(fixtures / "excerpt-tabs", policy).school.grid

    assert grid.periods == tuple(Period(5, number) for number in range(1, 11))
    assert grid.break_after(5, 6) == 30


def test_a_break_table_replaces_time_txt(fixtures: Path, tmp_path: Path) -> None:
    table = tmp_path / "times.csv"
    table.write_text("".join(f"{n},{6 + n}:00,{6 + n}:45\n" for n in range(8)))

    export = read_export(fixtures / "ab-weeks", Policy(breaks_file=table))

    assert export.school.grid.slots[Period(1, 2)] == Timeslot(8 * 60, 8 * 60 + 45)
    assert any("time.txt is not used" in note.text for note in export.notes)


def test_a_period_that_the_break_table_lacks(fixtures: Path, tmp_path: Path) -> None:
    table = tmp_path / "times.csv"
    table.write_text("1,8:00,8:45\n2,8:45,9:30\n3,9:50,10:35\n4,10:35,11:20\n5,11:30,12:15\n")

    with pytest.raises(InputError, match="1 to 5 on weekday 5, found '6'"):
        read_export(fixtures / "excerpt-tabs", Policy(breaks_file=table))


def test_a_missing_break_table_is_reported_with_the_rest(tmp_path: Path) -> None:
    (tmp_path / "lesson.txt").write_text("Arn\t9\t1\tMa\t101\t7\t1\t9a\r\n")

    with pytest.raises(InputError) as caught:
        read_export(tmp_path, Policy(breaks_file=tmp_path / "none.txt"))

    assert len(caught.value.defects) == 2
