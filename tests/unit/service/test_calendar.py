"""Which weeks, dates and people calendars are made for."""

from __future__ import annotations

from datetime import date

import pytest

from tests.unit.service.exports import POLICY, ROWS, moved, write_export
from untisopt.domain.resources import Kind
from untisopt.errors import InputError, OutputError, UsageError
from untisopt.report.calendar.calendars import SchoolWeek
from untisopt.service.calendar import (
    calendar_files,
    default_calendar_out,
    parse_school_year,
    parse_weeks,
    repaired_timetable,
)
from untisopt.service.reading.plan import Plan, read

# Weeks 36 to 43 are exported; 43 has no row here, and 44 no lectures.
DATES = "".join(
    f"{week}\t{monday.day}.{monday.month}.\t{monday:%Y%m%d}\t{i}\r\n"
    for i, week in enumerate([*range(36, 43), 44], 1)
    for monday in [date.fromisocalendar(2026, week, 1)]
)


@pytest.fixture
def plan(tmp_path) -> Plan:
    path = write_export(tmp_path / "export")
    (path.parent / "date.txt").write_text(DATES, encoding="utf-8", newline="")
    return read(path)


def test_everybody(plan):
    result = calendar_files(plan, [41])
    assert list(result.files) == [
        "teachers/Arnd.ics",
        "teachers/Beck.ics",
        "teachers/Carl.ics",
        "grades/10.3.ics",
        "grades/10.4.ics",
        "grades/9.1.ics",
    ]
    assert result.weeks == (SchoolWeek(41, date(2026, 10, 5)),)
    assert result.notes == ()


def test_some_people(plan):
    result = calendar_files(plan, [41], people=[(Kind.GRADE, "10.3"), (Kind.TEACHER, "Beck")])
    assert list(result.files) == ["teachers/Beck.ics", "grades/10.3.ics"]


def test_two_plans(plan):
    after = moved(plan.timetable, {"183@2.1": (2, 3)})
    result = calendar_files(plan, [41], after, people=[(Kind.TEACHER, "Carl")])
    assert list(result.files) == ["before/teachers/Carl.ics", "after/teachers/Carl.ics"]
    assert b"SUMMARY:Ch 10.3 (moved)" in result.files["after/teachers/Carl.ics"]


def test_weeks_in_order_and_what_is_not_known_is_said(plan):
    result = calendar_files(plan, [44, 42, 43, 41, 42])
    assert [week.number for week in result.weeks] == [41, 42]
    # 44 has a date and no plan, 43 a plan and no date.
    assert result.notes == ("calendar weeks 43-44 are left out: their dates or their plan are not known",)
    assert calendar_files(plan, [42, 44]).notes == ("calendar week 44 is left out: its date or its plan is not known",)


def test_school_year_takes_the_place_of_date_txt(plan):
    result = calendar_files(plan, [43], year=2025)
    assert result.weeks == (SchoolWeek(43, date(2025, 10, 20)),)


def test_write(plan, tmp_path):
    result = calendar_files(plan, [41], people=[(Kind.TEACHER, "Carl")])
    result.write(tmp_path / "out")
    assert (tmp_path / "out" / "teachers" / "Carl.ics").read_bytes() == result.files["teachers/Carl.ics"]
    with pytest.raises(OutputError, match="expected an empty folder"):
        result.write(tmp_path / "out")
    result.write(tmp_path / "out", force=True)


def test_default_folder(tmp_path):
    assert default_calendar_out(tmp_path / "lesson.txt") == tmp_path / "untisopt-calendars"


# -- what is missing -------------------------------------------------------------------------------------------------


def test_no_dates(tmp_path):
    plan = read(write_export(tmp_path))
    with pytest.raises(InputError, match=r"an export without date\.txt\n  Maybe date\.txt .*--school-year YYYY"):
        calendar_files(plan, [41])
    assert len(calendar_files(plan, [41], year=2026).files) == 6


def test_no_times(tmp_path):
    plan = read(write_export(tmp_path, times=False, policy=POLICY))
    with pytest.raises(InputError, match=r"(?s)the clock times of the periods, found none for Mon 1, .*--breaks"):
        calendar_files(plan, [41], year=2026)


def test_no_times_where_a_lecture_moves_to(plan):
    """The grid has eight periods a day."""
    after = moved(plan.timetable, {"183@2.1": (2, 9)})
    with pytest.raises(InputError, match=r"found none for Tue 9\n"):
        calendar_files(plan, [41], after)


def test_no_week(plan):
    with pytest.raises(UsageError, match=r"no plan is known for calendar weeks 1-2, 44\n  Maybe .*: 36-42"):
        calendar_files(plan, [1, 2, 44])


@pytest.mark.parametrize(
    ("person", "message"),
    [
        ((Kind.TEACHER, "Arndt"), "no teacher 'Arndt' has lectures\n  Maybe you mean Arnd"),
        ((Kind.GRADE, "10"), "no grade '10' has lectures\n  Maybe you mean"),
    ],
)
def test_nobody(plan, person, message):
    with pytest.raises(UsageError, match=message):
        calendar_files(plan, [41], people=[person])


@pytest.mark.parametrize("name", ["Europe/Nowhere", "Europe", "../x", "", "/etc/passwd"])
def test_no_time_zone(plan, name):
    with pytest.raises(UsageError, match="is no time zone"):
        calendar_files(plan, [41], timezone=name)


def test_two_exports(tmp_path):
    before = read(write_export(tmp_path / "before"))
    after = read(write_export(tmp_path / "after", ROWS.replace("Carl 2 1 Ch 101", "Carl 2 3 Ch 102")))
    found = repaired_timetable(before, after)
    assert found["183@2.1"].period == (2, 3)
    assert found["183@2.1"].rooms == (("102",),)


def test_two_exports_of_different_lessons(tmp_path):
    before = read(write_export(tmp_path / "before"))
    after = read(write_export(tmp_path / "after", ROWS.replace("Carl 2 1 Ch 101 183 10.3", "Carl 2 1 Ch 101 185 10.3")))
    with pytest.raises(InputError, match=r"others: Tue 1 Ch 10\.3 \(lesson 183\) Carl, Tue 1 Ch 10\.3 \(lesson 185\)"):
        repaired_timetable(before, after)


# -- what the user writes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("41", (41,)),
        ("40-43", (40, 41, 42, 43)),
        ("40\N{EN DASH}41", (40, 41)),
        ("45, 36 - 37,45", (45, 36, 37)),
        # Over the turn of the year; whether there is a week 53 shows in its date.
        ("51-2", (51, 52, 53, 1, 2)),
        ("7-7", (7,)),
    ],
)
def test_weeks(text, expected):
    assert parse_weeks(text) == expected


@pytest.mark.parametrize(
    "text", ["", "0", "54", "40-", "-3", "40-60", "a", "40;41", "1,,2", "141", "4\N{ARABIC-INDIC DIGIT ONE}"]
)
def test_no_weeks(text):
    with pytest.raises(UsageError, match="expected calendar weeks from 1 to 53"):
        parse_weeks(text)


@pytest.mark.parametrize("text", ["2026", "2026/27", "2026/2027", "2026-27", " 2026 "])
def test_school_year(text):
    assert parse_school_year(text) == 2026


def test_turn_of_the_century():
    assert parse_school_year("2099/00") == 2099


@pytest.mark.parametrize("text", ["26", "2026/28", "2026/26", "1926", "next", "", "2026/"])
def test_no_school_year(text):
    with pytest.raises(UsageError, match="expected a year such as 2026"):
        parse_school_year(text)
