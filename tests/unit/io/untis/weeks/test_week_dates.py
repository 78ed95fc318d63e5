"""Dates of the calendar weeks."""

from __future__ import annotations

from datetime import date

import pytest

from untisopt.errors import InputError
from untisopt.io.untis.weeks.week_dates import school_year, week_dates, weeks_between

ROW = "Arn 1 1 Ma 101 7 9a 41,42"


def read(read_lesson, text: str):
    return read_lesson(ROW, date=text)


def test_date_txt(read_lesson):
    text = "51\t15.12.\t20251215\t2\r\n41\t6.10.\t20251006\t1\r\n2\t5.1.\t20260105\t3\r\n"
    found = week_dates(read(read_lesson, text))
    assert list(found.items()) == [(41, date(2025, 10, 6)), (51, date(2025, 12, 15)), (2, date(2026, 1, 5))]


def test_week_that_begins_on_sunday(read_lesson):
    assert week_dates(read(read_lesson, "41\t4.10.\t20261004\t1\r\n")) == {41: date(2026, 10, 4)}


def test_without_date_txt(read_lesson):
    assert week_dates(read_lesson(ROW)) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        # February has no 30th; 7 October 2026 is a Wednesday.
        (
            "41\t30.2.\t20260230\t1\r\n",
            r"line 1, column 3: expected the Monday of the week as YYYYMMDD, found '20260230'",
        ),
        ("41\t5.10.\t20261005\t1\r\n42\t7.10.\t20261007\t1\r\n", r"line 2, column 3: expected the Monday"),
    ],
)
def test_defects(read_lesson, text, message):
    export = read(read_lesson, text)
    with pytest.raises(InputError, match=message):
        week_dates(export)


def test_all_defects_at_once(read_lesson):
    export = read(read_lesson, "41\t30.2.\t20260230\t1\r\n42\t7.10.\t20261007\t1\r\n")
    with pytest.raises(InputError, match="2 defects"):
        week_dates(export)


def test_school_year():
    weeks = school_year(2026)
    # 2026 is a year of 53 weeks; the school year runs from week 32 (3 August) to week 31 of 2027 (2 to 8 August).
    assert list(weeks) == [*range(32, 54), *range(1, 32)]
    assert weeks[32] == date(2026, 8, 3)
    assert weeks[41] == date(2026, 10, 5)
    assert weeks[53] == date(2026, 12, 28)
    assert weeks[1] == date(2027, 1, 4)
    assert weeks[31] == date(2027, 8, 2)
    assert 53 not in school_year(2025)


def test_weeks_between():
    # Saturday 1 August 2026 is in week 31 with 2 of its days, Saturday 31 July 2027 ends 6 days of week 30.
    weeks = weeks_between(date(2026, 8, 1), date(2027, 7, 31))
    assert (next(iter(weeks.items())), list(weeks.items())[-1]) == (
        (31, date(2026, 7, 27)),
        (30, date(2027, 7, 26)),
    )
    # Week 31 of 2025 has 3 days of the school year (1 to 3 August), week 31 of 2026 has 5 (27 to 31 July).
    assert weeks_between(date(2025, 8, 1), date(2026, 7, 31))[31] == date(2026, 7, 27)


@pytest.mark.parametrize("end", [date(2026, 7, 31), date(2028, 8, 1)])
def test_no_school_year(end):
    with pytest.raises(ValueError, match="is no school year"):
        weeks_between(date(2026, 8, 1), end)
