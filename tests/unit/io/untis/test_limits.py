"""Pins, locks, time requests, blocked times."""

from __future__ import annotations

from pathlib import Path

import pytest

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.errors import PolicyError
from untisopt.io.untis import read_export
from untisopt.policy import BlockedTimes, Pin, PinKind, Policy

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
    assert "GPU016.TXT: 1 blocked time of a subject is not used" in texts
    assert "GPU016.TXT blocks times of 1 name that this plan does not know: Weg" in texts


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
