"""Weeks that follow from the dates of lessons in GPU002, where GPU001 shows none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from untisopt.domain.calendar import EVERY_WEEK, WeekSet
from untisopt.domain.resources import Kind
from untisopt.errors import InputError, PolicyError
from untisopt.io.untis import Export, NoteKind, read_export
from untisopt.policy import Policy
from untisopt.rules.clashes.clash import GradeClash

YEAR = "20260907 20270716"  # Monday of week 37 to Friday of week 28: 17 + 28 = 45 weeks, for 2026 has 53
FIRST = "20260907 20270129"  # to Friday of week 4: 17 + 4 = 21 weeks
SECOND = "20270201 20270716"  # from Monday of week 5: 24 weeks

WEEKS_1 = WeekSet.of([*range(37, 54), *range(1, 5)])
WEEKS_2 = WeekSet.of(range(5, 29))


def lesson(number: int, dates: str = "", group: str = "", teacher: str = "") -> str:
    """A row of GPU002: first and last day such as `20260907 20270129`, `.` for nothing."""
    first, last = ("" if part == "." else part for part in (dates or ". .").split())
    fields = {1: str(number), 6: teacher, 12: group, 15: first, 16: last}
    return ";".join(fields.get(column, "") for column in range(1, 25)) + "\r\n"


def held(number: int, place: str, grade: str = "9a", teacher: str = "Arn") -> str:
    """A row of GPU001 at a place such as `1.2`."""
    return f"{number};{grade};{teacher};Ma;;{place.replace('.', ';')};\r\n"


@pytest.fixture
def dated(tmp_path: Path):
    """Read rows of GPU001 with rows of GPU002."""

    def read(plan: list[str], lessons: list[str], policy: Policy | None = None, **beside: str) -> Export:
        for name, text in {"GPU001": "".join(plan), "GPU002": "".join(lessons), **beside}.items():
            suffix = "txt" if name.islower() else "TXT"
            (tmp_path / f"{name}.{suffix}").write_text(text, encoding="utf-8", newline="")
        return read_export(tmp_path / "GPU001.TXT", policy)

    return read


def classes(export: Export) -> dict[str, WeekSet]:
    return {found.name: found.weeks for found in export.school.week_classes}


def notes(export: Export, kind: NoteKind) -> list[str]:
    return [note.text for note in export.notes if note.kind is kind]


HALVES = [held(1, "1.1"), held(2, "1.1"), held(3, "1.2")]


def test_halves_of_the_year_never_meet(dated) -> None:
    export = dated(HALVES, [lesson(1, FIRST), lesson(2, SECOND), lesson(3)])

    assert classes(export) == {"A": WEEKS_1, "B": WEEKS_2}
    school = export.school
    assert [school.lectures[id_].weeks for id_ in ("1@1.1", "2@1.1", "3@1.2")] == [WEEKS_1, WEEKS_2, WEEKS_1 | WEEKS_2]
    assert not list(GradeClash().check(school, school.as_is))
    assert not school.may_overlap((Kind.GRADE, "9a"), "1@1.1", "2@1.1"), "they do not meet, so nothing is declared"
    assert notes(export, NoteKind.WEEKS) == [
        "the dates of lessons in GPU002 make 2 kinds of weeks: A (37-53, 1-4), B (5-28)"
    ]
    assert notes(export, NoteKind.GUESSED) == [
        "without date.txt, the dates of GPU002 say when the school year is: week 37 to week 28"
    ]
    assert export.mondays[37] == date(2026, 9, 7)
    assert list(export.mondays)[-1] == 28


def test_without_dates_they_meet(dated) -> None:
    export = dated(HALVES, [lesson(1), lesson(2), lesson(3)])

    assert classes(export) == {"": EVERY_WEEK}
    assert export.school.may_overlap((Kind.GRADE, "9a"), "1@1.1", "2@1.1")


@pytest.mark.parametrize("other", [YEAR, "", "20260907 .", ". 20270716"])
def test_dates_that_all_share_change_nothing(dated, other: str) -> None:
    export = dated(HALVES, [lesson(1, YEAR), lesson(2, other), lesson(3, YEAR)])

    assert classes(export) == {"": EVERY_WEEK}
    assert not notes(export, NoteKind.WEEKS) + notes(export, NoteKind.GUESSED)
    assert export.mondays == {}


def test_lessons_that_all_share_a_week_are_the_plan_of_that_week(dated) -> None:
    # What Untis exports at a date in the first half: lessons of the second half are not among them.
    export = dated(HALVES, [lesson(1, FIRST), lesson(2), lesson(3, "20261102 20270331")])

    assert classes(export) == {"": EVERY_WEEK}
    # The first week in which all three are held is that of 2 November, week 45.
    (note,) = notes(export, NoteKind.WEEKS)
    assert note == (
        "the dates of GPU002 limit 2 lessons to a part of the year; all lessons are held in week 45, so the timetable "
        "is taken as the plan of that week, and as such for all weeks"
    )


def test_turns_within_halves(dated) -> None:
    # Week 37 is at place 1 of the turn, so is week 53, the 17th; weeks 2, 4 and 6 follow, and week 5 is at place 2.
    plan = [held(n, "1.1") for n in (1, 2, 3, 4)]
    rows = [lesson(1, FIRST, "WA"), lesson(2, FIRST, "WB"), lesson(3, SECOND, "WA"), lesson(4, SECOND, "WB")]
    export = dated(plan, rows)

    assert classes(export) == {
        "A": WeekSet.of([*range(37, 54, 2), 2, 4]),
        "B": WeekSet.of([*range(38, 54, 2), 1, 3]),
        "C": WeekSet.of(range(5, 29, 2)),
        "D": WeekSet.of(range(6, 29, 2)),
    }
    assert not export.school.compatible
    assert "no file says which calendar weeks are A weeks: the turns are taken to begin in week 37" in notes(
        export, NoteKind.GUESSED
    )


def test_dates_in_the_middle_of_a_week_share_no_week(dated) -> None:
    # 27 January 2027 is the Wednesday of week 4: Monday to Wednesday are 3 of 5 days, the other lesson has 2.
    export = dated(HALVES, [lesson(1, "20260907 20270127"), lesson(2, "20270128 20270716"), lesson(3, YEAR)])

    assert classes(export) == {"A": WEEKS_1, "B": WEEKS_2}


def test_a_line_without_dates_makes_the_lesson_valid_all_year(dated) -> None:
    rows = [lesson(1, FIRST, teacher="Arn"), lesson(1, teacher="Beh"), lesson(2, SECOND), lesson(3, FIRST)]
    export = dated(HALVES, rows)

    assert export.school.lectures["1@1.1"].weeks == WEEKS_1 | WEEKS_2


def test_rare_dates_keep_their_place_in_the_kinds_that_they_touch(dated) -> None:
    # A project in weeks 10 and 11 is too short for a kind of its own, and lies in the second half.
    plan = [*HALVES, held(4, "1.3")]
    export = dated(plan, [lesson(1, FIRST), lesson(2, SECOND), lesson(3, YEAR), lesson(4, "20270308 20270319")])

    assert classes(export) == {"A": WEEKS_1, "B": WEEKS_2}
    assert export.school.lectures["4@1.3"].weeks == WEEKS_2
    assert notes(export, NoteKind.WEEKS)[0] == (
        "the dates of lesson 4 in GPU002 are too rare for a kind of weeks of their own: it keeps its place in all "
        "weeks of every kind in which it is held"
    )


def test_rare_dates_alone_make_no_kinds(dated) -> None:
    # Weeks 10 and 12 are apart, but 2 of 45 weeks are too few: both keep their places all year.
    export = dated(HALVES, [lesson(1, "20270308 20270312"), lesson(2, "20270322 20270326"), lesson(3, YEAR)])

    assert classes(export) == {"": EVERY_WEEK}
    assert "lessons 1, 2 in GPU002 are too rare" in notes(export, NoteKind.WEEKS)[0]


def test_many_odd_dates_make_few_kinds(dated) -> None:
    # 60 lessons, each of three weeks more than the one before, beside those of the two halves.
    first = date(2026, 9, 7).toordinal()
    odd = [
        (10 + i, date.fromordinal(first + 5 * i), date.fromordinal(min(first + 5 * i + 40, first + 312)))
        for i in range(60)
    ]
    plan = [*HALVES, *(held(n, f"{1 + n % 5}.{2 + n % 7}", grade=f"g{n}", teacher=f"T{n}") for n, _a, _b in odd)]
    rows = [lesson(1, FIRST), lesson(2, SECOND), lesson(3, YEAR)]
    rows += [lesson(n, f"{a:%Y%m%d} {b:%Y%m%d}") for n, a, b in odd]
    export = dated(plan, rows)

    assert 2 <= len(export.school.week_classes) <= 4
    assert all(len(found.weeks) >= 45 / 8 for found in export.school.week_classes)
    assert len(export.school.lectures) == 63, "nothing is left out"


def test_lesson_outside_the_school_year(dated) -> None:
    plan = [*HALVES, held(4, "1.3")]
    export = dated(plan, [lesson(1, FIRST), lesson(2, SECOND), lesson(3, YEAR), lesson(4, "20240901 20250731")])

    assert export.school.lectures["4@1.3"].weeks == WEEKS_1 | WEEKS_2
    (note,) = notes(export, NoteKind.ODD)
    assert note == (
        "the dates of lesson 4 in GPU002 lie outside the school year (weeks 37-53, 1-28), so it is taken as held all "
        "year"
    )


def test_dates_beyond_the_school_year_are_open(dated) -> None:
    # 1900 to 2099 is no limit; the first day of the other half says when the year begins, and it ends in summer.
    export = dated(HALVES, [lesson(1, FIRST), lesson(2, "20270201 20991231"), lesson(3, "19000101 20991231")])

    # Only one of three lessons has a last day in this year, so the year lasts to 15 June, the Tuesday of week 24, of
    # which most days are beyond: weeks 5 to 23 are the second half.
    assert classes(export) == {"A": WEEKS_1, "B": WeekSet.of(range(5, 24))}


def test_first_day_after_the_last_is_noted_and_not_used(dated) -> None:
    export = dated(HALVES, [lesson(1, "20270129 20260907"), lesson(2, SECOND), lesson(3, FIRST)])

    assert export.school.lectures["1@1.1"].weeks == WEEKS_1 | WEEKS_2
    assert "the first day is after the last day" in notes(export, NoteKind.ODD)[0]


def test_what_is_no_date_is_a_defect(dated) -> None:
    with pytest.raises(InputError) as error:
        dated(HALVES, [lesson(1, "20260931 20270129"), lesson(2, SECOND), lesson(3)])

    (defect,) = error.value.defects
    assert (defect.file, defect.line, defect.column) == ("GPU002.TXT", 1, 15)


def test_date_txt_says_which_weeks_there_are(dated) -> None:
    # Week 40 is not taught.
    weeks = [*range(37, 40), *range(41, 54), *range(1, 29)]
    mondays = [date.fromisocalendar(2026 if week > 30 else 2027, week, 1) for week in weeks]
    dates = "".join(f"{w}\t{m:%Y%m%d}\t{m:%Y%m%d}\t1\r\n" for w, m in zip(weeks, mondays, strict=True))
    export = dated(HALVES, [lesson(1, FIRST), lesson(2, SECOND), lesson(3)], date=dates)

    assert classes(export) == {"A": WeekSet(WEEKS_1.mask & ~(1 << 40)), "B": WEEKS_2}
    assert not notes(export, NoteKind.GUESSED)


def test_week_lets_only_the_lectures_of_its_half_move(dated) -> None:
    rows = [lesson(1, FIRST), lesson(2, SECOND), lesson(3)]
    export = dated(HALVES, rows, Policy(week=20))

    assert set(export.school.pinned) == {"1@1.1"}
    with pytest.raises(PolicyError) as error:
        dated(HALVES, rows, Policy(week=33))
    assert error.value.defects[0].expected == "a week with teaching: 37-53, 1-28"


def test_rows_stay_as_they_were_read(dated) -> None:
    export = dated(HALVES, [lesson(1, FIRST), lesson(2, SECOND), lesson(3)])

    assert {row.weeks for row in export.rows} == {EVERY_WEEK}
    assert export.timetable_file.rewritten(export.rows, {}) == export.timetable_file.data


@pytest.mark.parametrize("dates", ["20260907 99991231", "99990907 99991231", "00010101 00010201"])
def test_years_that_have_no_next_or_no_last_one_are_no_school_years(dated, dates: str) -> None:
    export = dated(HALVES, [lesson(1, dates), lesson(2, dates), lesson(3, dates)])

    assert classes(export) == {"": EVERY_WEEK}


def test_year_goes_on_where_something_begins_after_most_lessons_end(dated) -> None:
    # Two of three lessons end on 29 January, but one begins on 1 February: so the year does not end in January. One of
    # three says when it begins, so it is in force from 15 September, a Tuesday (week 38), to 15 June, a Tuesday: of
    # week 24 only two days are left.
    export = dated(HALVES, [lesson(1, ". 20270129"), lesson(2, "20270201 ."), lesson(3, ". 20270129")])

    assert classes(export) == {"A": WeekSet.of([*range(38, 54), *range(1, 5)]), "B": WeekSet.of(range(5, 24))}


def test_year_begins_before_something_ends(dated) -> None:
    # Two of three lessons begin on 1 February, but one ends on 29 January; the dates are those of the test above.
    export = dated(HALVES, [lesson(1, ". 20270129"), lesson(2, "20270201 ."), lesson(3, "20270201 .")])

    assert classes(export) == {"A": WeekSet.of([*range(38, 54), *range(1, 5)]), "B": WeekSet.of(range(5, 24))}


def test_dates_outside_are_told_even_where_nothing_else_follows(dated) -> None:
    # Lesson 2 is left over from the year before; with the others, which are held all year, there is one kind of weeks.
    export = dated(HALVES, [lesson(1, YEAR), lesson(2, "20250908 20260130"), lesson(3, YEAR)])

    assert classes(export) == {"": EVERY_WEEK}
    (note,) = notes(export, NoteKind.ODD)
    assert note.startswith("the dates of lesson 2 in GPU002 lie outside the school year (weeks 37-53, 1-28), so it is ")
