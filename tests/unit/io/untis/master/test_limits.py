"""Pins, locks, time requests, blocked times."""

from __future__ import annotations

from pathlib import Path

import pytest

from untisopt.domain.calendar import Period
from untisopt.domain.pins import Hold, hold_of
from untisopt.domain.resources import Kind
from untisopt.errors import PolicyError
from untisopt.io.untis import read_export
from untisopt.policy import BlockedTimes, Pin, PinKind, Policy, Selector, TimeWish
from untisopt.rules.days.grade_gaps import GradeGaps
from untisopt.rules.days.teacher_free_day import TeacherFreeDay
from untisopt.rules.lessons.block_kept import BlockKept
from untisopt.rules.lessons.lesson_once_a_day import LessonOnceADay
from untisopt.rules.lessons.subject_not_late import SubjectNotLate
from untisopt.rules.sites.half_day_site import TeacherHalfDaySite

ROWS = ("Arn 1 1 Ma 101 7 9a", "Arn 1 2 Ge F11 8 9b", "Bau 2 1 Sp TH 9 10a")


@pytest.mark.parametrize(
    ("pin", "hit"),
    [
        (Pin(PinKind.LESSON, "7"), {"7@1.1"}),
        (Pin(PinKind.LECTURE, "8@1.2"), {"8@1.2"}),
        (Pin(PinKind.TEACHER, "A*"), {"7@1.1", "8@1.2"}),
        (Pin(PinKind.GRADE, "9?"), {"7@1.1", "8@1.2"}),
        (Pin(PinKind.ROOM, "F*"), {"8@1.2"}),
        (Pin(PinKind.SUBJECT, "Sp"), {"9@2.1"}),
        (Pin(PinKind.DAY, "1"), {"7@1.1", "8@1.2"}),
    ],
)
def test_pins_of_the_policy(read_lesson, pin: Pin, hit: set[str]) -> None:
    pinned = read_lesson(*ROWS, policy=Policy(pins=(pin,))).school.pinned

    assert set(pinned) == hit
    assert set(pinned.values()) == {f"pinned by the policy ({pin})"}


def test_a_name_that_looks_like_a_pattern_is_found(read_lesson) -> None:
    export = read_lesson("A[1] 1 1 Ma 101 7 9a", policy=Policy(pins=(Pin(PinKind.TEACHER, "A[1]"),)))

    assert set(export.school.pinned) == {"7@1.1"}


def test_pins_that_match_nothing(read_lesson) -> None:
    pins = (Pin(PinKind.TEACHER, "Barn"), Pin(PinKind.LECTURE, "7@1.3"))

    with pytest.raises(PolicyError) as caught:
        read_lesson(*ROWS, policy=Policy(pins=pins))

    assert [(defect.file, defect.found, defect.advice) for defect in caught.value.defects] == [
        ("policy file or option", "pin 'teacher:Barn', which nothing matches", "you mean Arn"),
        ("policy file or option", "pin 'lecture:7@1.3', which nothing matches", "you mean 7@1.1"),
    ]


def test_lesson_number_0_and_locked_lessons_stay(fixtures: Path) -> None:
    irregular = read_export(fixtures / "ab-weeks").school.pinned
    assert irregular == dict.fromkeys(("0@4.5", "0@5.4"), "lesson number 0 is no regular lesson")
    locked = read_export(fixtures / "gpu-quoted").school.pinned
    assert locked == dict.fromkeys(("1@1.1", "1@1.2", "1@3.4"), "locked in Untis (flag X of GPU002)")


def test_time_requests_of_minus_3_block(fixtures: Path) -> None:
    export = read_export(fixtures / "gpu-quoted")

    # Saturday, period 8, a positive value, a subject and an unknown teacher forbid nothing.
    assert export.school.blocked == {
        (Kind.TEACHER, "Ärm"): {Period(5, 1), Period(5, 2)},
        (Kind.ROOM, "TH1"): {Period(1, 1)},
    }
    texts = [note.text for note in export.notes]
    # SP is a subject; period 8 and Saturday are outside the grid.
    assert "GPU016.TXT: time requests: blocked 3, wishes 1, of subjects 1" in texts
    assert "GPU016.TXT: 2 time requests lie outside the time grid and mean nothing" in texts
    assert "GPU016.TXT holds time requests of 1 name that this plan does not know: Weg" in texts


def test_gpu016_counts_from_1_where_the_grid_starts_at_0(fixtures: Path) -> None:
    blocked = read_export(fixtures / "gpu-plain").school.blocked

    assert blocked == {
        (Kind.TEACHER, "Pi"): {Period(1, 0), Period(1, 1)},
        (Kind.GRADE, "7b"): {Period(5, 2)},
    }


def test_blocked_times_of_the_policy(read_lesson) -> None:
    times = BlockedTimes(Kind.TEACHER, "Arn", ((1, None), (2, 1)))

    blocked = read_lesson(*ROWS, policy=Policy(blocked=(times,))).school.blocked

    # The plan shows periods 1 and 2.
    assert blocked == {(Kind.TEACHER, "Arn"): {Period(1, 1), Period(1, 2), Period(2, 1)}}


def test_blocked_times_that_cannot_be_meant(read_lesson) -> None:
    times = (BlockedTimes(Kind.ROOM, "F12", ((1, 1),)), BlockedTimes(Kind.GRADE, "9a", ((6, None), (1, 9))))

    with pytest.raises(PolicyError) as caught:
        read_lesson(*ROWS, policy=Policy(blocked=times))

    assert [defect.found for defect in caught.value.defects] == ["room 'F12'", "period 6", "period 1.9"]
    assert caught.value.defects[0].advice == "you mean F11"


def test_wishes_of_the_policy(read_lesson) -> None:
    wishes = (
        TimeWish(Kind.TEACHER, "Arn", ((1, None),), value=-1),
        TimeWish(Kind.TEACHER, "Arn", ((1, 2), (2, 1)), value=3),
    )

    found = read_lesson(*ROWS, policy=Policy(wishes=wishes)).school.limits.wishes

    # The plan shows periods 1 and 2; of two wishes for one period the later one counts.
    assert found == {(Kind.TEACHER, "Arn"): {Period(1, 1): -1, Period(1, 2): 3, Period(2, 1): 3}}


def test_wishes_go_before_gpu016(fixtures: Path) -> None:
    before = read_export(fixtures / "gpu-quoted").school.limits.wishes
    (resource, cells), *_rest = before.items()
    (period, value), *_others = cells.items()
    wish = TimeWish(*resource, ((period.day, period.number),), value=1 if value != 1 else 2)

    after = read_export(fixtures / "gpu-quoted", Policy(wishes=(wish,))).school.limits.wishes

    assert after == {**before, resource: {**cells, period: wish.value}}
    assert after != before


def test_wishes_that_cannot_be_meant(read_lesson) -> None:
    wishes = (TimeWish(Kind.ROOM, "F12", ((1, 1),)), TimeWish(Kind.GRADE, "9a", ((6, None),)))

    with pytest.raises(PolicyError) as caught:
        read_lesson(*ROWS, policy=Policy(wishes=wishes))

    assert [defect.found for defect in caught.value.defects] == ["room 'F12'", "period 6"]
    assert caught.value.defects[0].advice == "you mean F11"


@pytest.mark.parametrize(
    ("course", "hit"),
    [("7/Ma/Arn", {"7@1.1"}), ("*/Sp/*", {"9@2.1"}), ("7/Ma/Bau", None), ("9/Sp/Bau", {"9@2.1"})],
)
def test_pins_of_courses(read_lesson, course: str, hit: set[str] | None) -> None:
    policy = Policy(pins=(Pin(PinKind.COURSE, course),))
    if hit is None:
        with pytest.raises(PolicyError, match="pin 'course:7/Ma/Bau', which nothing matches"):
            read_lesson(*ROWS, policy=policy)
    else:
        assert set(read_lesson(*ROWS, policy=policy).school.pinned) == hit


def test_course_without_a_teacher(read_lesson) -> None:
    export = read_lesson(". 1 1 Ma 101 7 9a", policy=Policy(pins=(Pin(PinKind.COURSE, "7/Ma/"),)))

    assert set(export.school.pinned) == {"7@1.1"}


def test_what_several_pins_hold_adds_up(read_lesson) -> None:
    # Lesson 7: time and room, so both. Lesson 8: the room alone. Lesson 9: the time twice.
    pins = (
        Pin(PinKind.TEACHER, "Arn", Hold.ROOM),
        Pin(PinKind.LESSON, "7", Hold.TIME),
        Pin(PinKind.LESSON, "9", Hold.TIME),
        Pin(PinKind.SUBJECT, "Sp", Hold.TIME),
    )

    pinned = read_lesson(*ROWS, policy=Policy(pins=pins)).school.pinned

    assert {id_: hold_of(reason) for id_, reason in pinned.items()} == {
        "7@1.1": Hold.BOTH,
        "8@1.2": Hold.ROOM,
        "9@2.1": Hold.TIME,
    }
    # The first reason is told.
    assert pinned["7@1.1"] == "pinned by the policy (teacher:Arn@room)"


@pytest.mark.parametrize(
    ("scope", "free"),
    [
        ([(PinKind.GRADE, "9*")], {"7@1.1", "8@1.2"}),
        ([(PinKind.GRADE, "9a"), (PinKind.GRADE, "10a")], {"7@1.1", "9@2.1"}),
        # Of the grades 9 on Monday, those of Arn in room F11.
        ([(PinKind.GRADE, "9*"), (PinKind.DAY, "1"), (PinKind.ROOM, "F*")], {"8@1.2"}),
        ([], {"7@1.1", "8@1.2", "9@2.1"}),
    ],
)
def test_only_lectures_within_the_scope_may_move(read_lesson, scope: list[tuple[PinKind, str]], free: set[str]) -> None:
    policy = Policy(scope=tuple(Selector(kind, name) for kind, name in scope))

    school = read_lesson(*ROWS, policy=policy).school

    assert school.lectures.keys() - school.pinned.keys() == free
    assert set(school.pinned.values()) <= {"outside the scope of the policy"}


def test_scope_holds_what_a_pin_lets_change(read_lesson) -> None:
    policy = Policy(pins=(Pin(PinKind.LESSON, "9", Hold.TIME),), scope=(Selector(PinKind.TEACHER, "Arn"),))

    pinned = read_lesson(*ROWS, policy=policy).school.pinned

    assert hold_of(pinned["9@2.1"]) is Hold.BOTH


def test_scope_that_matches_nothing(read_lesson) -> None:
    scope = (Selector(PinKind.GRADE, "9c", place=("my.toml", 7)), Selector(PinKind.TEACHER, "Arn"))

    with pytest.raises(PolicyError) as caught:
        read_lesson(*ROWS, policy=Policy(scope=scope))

    (defect,) = caught.value.defects
    assert (defect.file, defect.line) == ("my.toml", 7)
    assert (defect.found, defect.advice) == ("'grade:9c', which nothing matches", "you mean one of these: 10a, 9a, 9b")


def test_exceptions_for_nobody_are_noted(read_lesson) -> None:
    rules = (
        TeacherFreeDay(except_=("Arm", "B*")),
        GradeGaps(except_=("9x",), weight=0),
        LessonOnceADay(except_=("70",)),
    )

    export = read_lesson(*ROWS, policy=Policy(rules=rules))

    # Bau matches, and a rule that is off names nobody.
    assert [note.text for note in export.notes if "the policy names" in note.text] == [
        "the policy names 'Arm' for the rule teacher-free-day, but no lecture has that name (you mean Arn)",
        "the policy names '70' for the rule lesson-once-a-day, but no lecture has that name (you mean 7)",
    ]


def test_subjects_and_periods_that_rules_name_in_vain_are_noted(read_lesson) -> None:
    rules = (
        SubjectNotLate(subjects={"Mat": 2, "Ge": 9}),
        TeacherHalfDaySite(afternoon=99),
        BlockKept(never_across=("1-2", "7-8")),
    )

    export = read_lesson(*ROWS, policy=Policy(rules=rules))

    # The rows have two periods; the half-day rule is off.
    assert [note.text for note in export.notes if "the policy" in note.text] == [
        "the policy says 'Ge' = 9 for the rule subject-not-late, but the time grid has no such period",
        "the policy names the break '7-8' for the rule block-kept, but no day has these two periods",
        "the policy names 'Mat' for the rule subject-not-late, but no lecture has that name (you mean Ma)",
    ]
