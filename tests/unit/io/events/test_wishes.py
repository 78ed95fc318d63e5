"""Wishes as text."""

from __future__ import annotations

import pytest

from tests.builders import at, grid, school
from untisopt.errors import InputError
from untisopt.io.events.wishes import parse_wish

# Subjects are S and the lesson number; the subject of a real school may be spelt like a weekday.
OF = school(
    """
177 Arnd 7.1 H1 Mon1
177 Arnd 7.1 H1 Tue2-3
178 Beck 7.1 4.11 Wed1
""",
    on=grid(3, (0, 0, 0)),
)


@pytest.mark.parametrize(
    "text", ["177 Tue 1", "177 Di 1", "S177 7.1 Dienstag 1", "  s177   7.1 tuesday 1", "177 Tue.1"]
)
def test_all_lectures_of_a_lesson(text):
    wish = parse_wish(text, OF)
    assert wish.lectures == ("177@1.1", "177@2.2", "177@2.3")
    # The second lecture of the double cannot stand in period 1: then its first would stand in period 0.
    assert wish.places == (("177@1.1", at("Tue1")), ("177@2.2", at("Tue1")))


def test_one_lecture():
    assert parse_wish("177@1.1 Mi 3", OF).places == (("177@1.1", at("Wed3")),)
    assert parse_wish("S177 7.1 Mon 1 Mi 3", OF).places == (("177@1.1", at("Wed3")),)


def test_room_with_a_dot():
    assert parse_wish("4.11 Mon 2", OF).places == (("178@3.1", at("Mon2")),)


def test_periods_of_a_block():
    # Only the double can fill two periods.
    assert parse_wish("177 Mi 3-4", OF).places == (("177@2.2", at("Wed3")),)
    # Lesson 178 has no double: one of the two periods will do.
    assert parse_wish("178 Tue 3-4", OF).places == (("178@3.1", at("Tue3")), ("178@3.1", at("Tue4")))


def test_whole_day():
    assert [place for _lecture, place in parse_wish("178 Di", OF).places] == [at(f"Tue{i}") for i in range(1, 5)]


@pytest.mark.parametrize(
    ("text", "expected", "found", "advice"),
    [
        ("", "a lesson and where it should stand", "nothing", "the weekday and the period are missing"),
        ("S177 7.1", "a lesson and where it should stand", "S177 7.1", "the weekday and the period are missing"),
        ("Di 3", "a lesson and where it should stand", "Di 3", "the lesson is missing"),
        ("S1777 7.1 Di 3", "names of a subject", "S1777", "you mean S177"),
        ("177@1.2 Di 3", "a lecture such as", "177@1.2", "177@1.1"),
        ("177 Do 3", "a weekday of the timetable", "Thu", "Mon, Tue, Wed"),
        ("177 Di 5", "a period from 1 to 4 on Tue", "5", ""),
        ("177 Di 3-9", "a period from 1 to 4 on Tue", "3-9", ""),
        ("177@2.2 Di 4", "a place where a block of 2 periods fits", "Tue 4", "its periods stay together"),
    ],
)
def test_what_is_wrong(text, expected, found, advice):
    with pytest.raises(InputError) as raised:
        parse_wish(text, OF)
    (defect,) = raised.value.defects
    assert defect.file == "--wish"
    assert expected in defect.expected
    assert found in defect.found
    assert advice in defect.advice
