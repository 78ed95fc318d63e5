"""Lectures as people name them."""

from __future__ import annotations

from typing import ClassVar

import pytest

from tests.builders import Row, at, build, grid
from untisopt.domain.calendar import EVERY_WEEK, WeekClass
from untisopt.domain.lessons import Course
from untisopt.domain.school import School
from untisopt.errors import InputError
from untisopt.io.events.lectures import Place, find_lectures, read_place, split_place


class _Named(Row):
    """A row whose subject is given, not made up from the lesson number."""

    SUBJECTS: ClassVar = {177: "Ma", 178: "So", 179: "Ma", 180: "Deutsch als Zweitsprache", 5: "Ma", 0: "Auf"}

    @property
    def course(self) -> Course:
        return Course(self.lesson, self.SUBJECTS[self.lesson], self.teacher, self.grades, self.weeks)


@pytest.fixture(scope="module")
def plan() -> School:
    rows = [
        (177, "Arnd", "7.1", "4.11", "Tue3"),
        (177, "Arnd", "7.1", "4.11", "Tue4"),
        (177, "Arnd", "7.1", "4.11", "Fri5"),
        (178, "Süß", "7.1", "4.11", "Sun1"),
        (179, "Beck", "7.2", "4.12", "Tue3"),
        (180, "Bär <b>", "Kurs 1", "Aula Nord", "Mon1"),
        (5, "Beck", "5", "4.12", "Mon5"),
        (0, "Beck", "7.2", "4.12", "Mon6"),
    ]
    return build(
        [_Named(lesson, teacher, (grade,), (room,), at(place)) for lesson, teacher, grade, room, place in rows],
        on=grid(7),
        week_classes=(WeekClass("", EVERY_WEEK),),
        sites="",
        travel={},
    )


@pytest.mark.parametrize(
    ("text", "lectures"),
    [
        ("177@5.5", ["177@5.5"]),
        (" 177@5.5 ", ["177@5.5"]),
        ("177", ["177@2.3", "177@2.4", "177@5.5"]),
        ("177 Tue 3", ["177@2.3"]),
        ("177 Di", ["177@2.3", "177@2.4"]),
        ("177 Di 3-4", ["177@2.3", "177@2.4"]),
        ("Ma 7.1 Di 3", ["177@2.3"]),
        ("ma  7.1 Dienstag 3.", ["177@2.3"]),
        ("7.1 Ma Di3", ["177@2.3"]),
        ("Ma Arnd Fr.5", ["177@5.5"]),
        ("4.11 Ma Di 3", ["177@2.3"]),
        ("Ma Di 3", ["177@2.3", "179@2.3"]),
        # Names that hold blanks or markup.
        ("Deutsch als Zweitsprache Kurs 1", ["180@1.1"]),
        ("Bär <b> Aula Nord Mo 1", ["180@1.1"]),
        ("süß", ["178@7.1"]),
        # A subject and a weekday may be spelt alike, a grade and a lesson number, too.
        ("So", ["178@7.1"]),
        ("So 7.1 So 1", ["178@7.1"]),
        ("Ma 5 Mo 5", ["5@1.5"]),
        ("5", ["5@1.5"]),
        # What has no lesson number is named by its id only.
        ("0@1.6", ["0@1.6"]),
    ],
)
def test_found(plan, text, lectures):
    assert list(find_lectures(text, plan)) == lectures


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "--lecture: expected a lecture such as .*, found ''"),
        ("177@1.1", "found '177@1.1'\n  Maybe you mean one of these: 177@2.3, 177@2.4, 177@5.5"),
        ("9@1.1", "expected a lecture such as"),
        ("Ma 7.11 Di 3", "found '7.11'\n  Maybe you mean 7.1"),
        ("Mathe 7.1", "expected names of a subject, grade, teacher, room or lesson, found 'Mathe'"),
        ("So 7.2", "expected a lecture that has all these names, found 'So 7.2'"),
        ("Ma 7.1 Di 5", r"found 'Ma 7.1 Di 5'\n  Maybe you mean one of these: Tue 3 \(177@2.3\), Tue 4 \(177@2.4\)"),
        ("Auf", "expected a lecture that has all these names"),
    ],
)
def test_not_found(plan, text, message):
    with pytest.raises(InputError, match=message):
        find_lectures(text, plan)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Do 2", Place(4, 2, 2)),
        ("Thu.2", Place(4, 2, 2)),
        ("Donnerstag 2\N{EN DASH}4", Place(4, 2, 4)),
        ("Thursday", Place(4)),
        ("Do 0", Place(4, 0, 0)),
    ],
)
def test_places(text, place):
    assert read_place(text, where="--to") == place


@pytest.mark.parametrize("text", ["", "2", "Do 4-2", "Ma Do 2", "Donnerstach 2", "Do 2 3"])
def test_no_places(text):
    with pytest.raises(InputError, match="--to: expected a weekday or a period of it"):
        read_place(text, where="--to")


def test_split():
    assert split_place("Ma 7.1 Di 3") == ("Ma 7.1", Place(2, 3, 3))
    assert split_place("Ma 7.1") == ("Ma 7.1", None)
    assert split_place("") == ("", None)


def test_what_a_place_holds():
    assert [Place(2).holds(2, 9), Place(2, 3, 4).holds(2, 4), Place(2, 3, 4).holds(2, 5), Place(2).holds(3, 1)] == [
        True,
        True,
        False,
        False,
    ]
