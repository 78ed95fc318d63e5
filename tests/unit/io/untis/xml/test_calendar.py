"""In which weeks a lesson is held, and what its marks become when it moves."""

from __future__ import annotations

from datetime import date

import pytest

from untisopt.domain.calendar import WeekSet
from untisopt.io.untis.xml.calendar import Occurrence, SchoolYear, school_year_is_possible, to_date

# Monday 1 September 2025 to Sunday 28 September: calendar weeks 36 to 39.
YEAR = SchoolYear(date(2025, 9, 1), date(2025, 9, 28), date(2025, 9, 1), date(2025, 9, 28))
HOLIDAY = "F"


def held(marks: str, *days: int, begin: date | None = None, end: date | None = None) -> tuple[list[int], list[int]]:
    found = Occurrence.of(YEAR, marks, begin, end).held(days)
    return list(found.weeks), list(found.unknown)


def test_weeks_of_the_school_year() -> None:
    # Wednesday 17 December 2025 is in week 51; 1 January 2026 is the Thursday of week 1.
    year = SchoolYear(date(2025, 12, 17), date(2026, 1, 1), date(2025, 12, 17), date(2026, 1, 1))

    assert {week: len(days) for week, days in year.days_of_week.items()} == {51: 5, 52: 7, 1: 4}
    assert list(year.mondays.values()) == [date(2025, 12, 15), date(2025, 12, 22), date(2025, 12, 29)]
    assert [year.weekday(position) for position in (0, 4, 5, 15)] == [3, 7, 1, 4]


def test_only_the_term_counts() -> None:
    year = SchoolYear(date(2025, 9, 1), date(2025, 9, 28), date(2025, 9, 8), date(2025, 9, 21))

    assert list(year.weeks) == [37, 38]
    assert list(Occurrence.of(year, "11111FF" * 4, None, None).held([1]).weeks) == [37, 38]


def test_every_other_week() -> None:
    assert held("11111FF00000FF" * 2, 1) == ([36, 38], [])


def test_a_holiday_of_the_own_day_does_not_matter_where_all_days_are_marked() -> None:
    # Week 37: no school on Monday and Tuesday. Week 38: no school at all.
    marks = "11111FF" + "FF111FF" + "FFFFFFF" + "11111FF"

    assert held(marks, 1) == ([36, 37, 39], [38])


def test_own_days_decide_where_only_they_are_marked() -> None:
    # Held on Tuesdays; Tuesday of week 38 is a holiday, which says nothing.
    marks = "0100000" + "0100000" + "0F00000" + "0100000"
    found = Occurrence.of(YEAR, marks, None, None).held([2])

    assert (list(found.weeks), list(found.unknown), found.by_day, found.split) == ([36, 37, 39], [38], True, False)


def test_days_that_contradict_each_other() -> None:
    found = Occurrence.of(YEAR, "1100000" * 2 + "1000000" + "1100000", None, None).held([1, 2])

    assert found.split


def test_a_start_in_the_middle_of_a_week_is_no_contradiction() -> None:
    # From Wednesday 10 September on, by the marks and by the date.
    marks = "0000000" + "0011100" + "1111100" * 2
    found = Occurrence.of(YEAR, marks, None, None).held([1, 4])

    assert (list(found.weeks), found.by_day, found.split) == ([37, 38, 39], False, False)
    assert held("1111100" * 4, 1, begin=date(2025, 9, 10)) == ([37, 38, 39], [])
    assert held("1111100" * 4, 1, end=date(2025, 9, 10)) == ([36, 37], [])


def test_marks_of_all_days_stay() -> None:
    marks = "11111FF00000FF" * 2

    assert Occurrence.of(YEAR, marks, None, None).moved([1], [4], WeekSet.of([36, 38])) == marks


def test_marks_of_own_days_move_within_their_week() -> None:
    marks = "0100000" * 4

    moved = Occurrence.of(YEAR, marks, None, None).moved([2], [5], WeekSet.of([36, 37, 38, 39]))

    assert moved == "0000100" * 4
    assert held(moved, 5) == ([36, 37, 38, 39], [])


def test_a_day_on_which_another_time_stays_keeps_its_mark() -> None:
    # Two times on Tuesday, one of which moves to Friday; a holiday on Friday of week 37 cannot carry a mark.
    marks = "0100000" + "0100F00" + "0100000" * 2

    moved = Occurrence.of(YEAR, marks, None, None).moved([2, 2], [2, 5], WeekSet.of([36, 37, 38, 39]))

    assert moved == "0100100" + "0100F00" + "0100100" * 2


def test_the_plan_decides_where_the_own_day_is_a_holiday() -> None:
    # Tuesday of week 37 is a holiday, so nothing says whether it is held then; the plan has it in all weeks.
    marks = "0100000" + "0F00000" + "0100000" * 2

    moved = Occurrence.of(YEAR, marks, None, None).moved([2], [3], WeekSet.of([36, 37, 38, 39]))

    assert moved == "0010000" + "0F10000" + "0010000" * 2


def test_days_outside_the_validity_keep_their_mark() -> None:
    # Valid until Wednesday 24 September; Friday of that week cannot be marked.
    marks = "0100000" * 4

    moved = Occurrence.of(YEAR, marks, None, date(2025, 9, 24)).moved([2], [5], WeekSet.of([36, 37, 38, 39]))

    assert moved == "0000100" * 3 + "0100000"


def test_marks_without_an_own_one() -> None:
    year = SchoolYear(
        YEAR.begin, YEAR.end, YEAR.first, YEAR.last, ((date(2025, 8, 1), date(2025, 9, 1)), (date(2025, 9, 9),) * 2)
    )

    # Monday 1 and Tuesday 9 September are free.
    assert year.every_day == "F111111" + "1F11111" + "1" * 14
    assert year.in_turn([1], 2) == "F000000" + "1F11111" + "0" * 7 + "1" * 7


@pytest.mark.parametrize(
    ("text", "expected"),
    [("20250901", date(2025, 9, 1)), ("20250931", None), ("2025901", None), ("1.9.2025", None), ("", None)],
)
def test_dates(text: str, expected: date | None) -> None:
    assert to_date(text) == expected


def test_lengths_of_a_school_year() -> None:
    assert school_year_is_possible(date(2025, 8, 1), date(2026, 7, 31))
    assert not school_year_is_possible(date(2025, 8, 1), date(2025, 8, 1))
    assert not school_year_is_possible(date(2025, 8, 1), date(2026, 9, 30))
