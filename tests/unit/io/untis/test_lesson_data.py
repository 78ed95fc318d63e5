"""GPU002: lesson groups, flags, room lists."""

from __future__ import annotations

import pytest

from untisopt.domain.calendar import WeekSet
from untisopt.io.untis.lesson_data import LessonData, group_weeks, read_lesson_data
from untisopt.io.untis.notes import Findings
from untisopt.io.untis.records import RawFile


def gpu002(*rows: dict[int, str]) -> LessonData:
    """Rows by 1-based column."""
    lines = [";".join(row.get(column, "") for column in range(1, 47)) for row in rows]
    return read_lesson_data(RawFile.parse("GPU002.TXT", "\n".join(lines).encode()))


def weeks(**groups: str) -> dict[str, list[int]]:
    """Pseudo weeks by lesson; lesson `n7` has the group that is given."""
    data = gpu002(*({1: name[1:], 12: group} for name, group in groups.items()))
    found = group_weeks(data, [int(name[1:]) for name in groups], Findings())
    return {f"n{lesson}": list(own) for lesson, own in found.items()}


def test_letters_alternate() -> None:
    assert weeks(n1="WA", n2="WB", n3="", n4="WB~WA") == {"n1": [1], "n2": [2], "n3": [1, 2], "n4": [1, 2]}


def test_numbers_alternate() -> None:
    assert weeks(n1="Wo 1", n2="Wo 2", n3="Wo 3") == {"n1": [1], "n2": [2], "n3": [3]}


def test_two_families_share_the_weeks() -> None:
    # Cycles of 2 and 3 meet every 6 weeks.
    found = weeks(n1="A", n2="B", n3="X1", n4="X2", n5="X3")

    assert found == {"n1": [1, 3, 5], "n2": [2, 4, 6], "n3": [1, 4], "n4": [2, 5], "n5": [3, 6]}


@pytest.mark.parametrize("group", ["WA", "2SEM", "WB"])
def test_a_group_alone_does_not_alternate(group: str) -> None:
    assert weeks(n1=group, n2="") == {}


def test_groups_without_their_first_member_do_not_alternate() -> None:
    assert weeks(n1="WB", n2="WC") == {}


def test_a_lesson_is_held_when_any_line_is() -> None:
    data = gpu002({1: "1", 12: "WA"}, {1: "1", 12: ""}, {1: "2", 12: "WB"}, {1: "3", 12: "WA"})

    found = group_weeks(data, [1, 2, 3, 4], Findings())

    # Lesson 1 has a line without a group, lesson 4 no row.
    assert found == {1: WeekSet.of([1, 2]), 2: WeekSet.of([2]), 3: WeekSet.of([1]), 4: WeekSet.of([1, 2])}


def test_guesses_are_noted() -> None:
    data = gpu002({1: "1", 12: "WA"}, {1: "2", 12: "WB"}, {1: "3", 12: "1SEM"})
    findings = Findings()
    group_weeks(data, [1, 2, 3], findings)

    assert [note.text for note in findings.notes] == [
        "the lesson groups WA, WB of GPU002 are taken as weeks that alternate",
        "lesson group 1SEM of GPU002 is taken as held in every week",
    ]


def test_flags_and_room_lists() -> None:
    data = gpu002({1: "1", 8: "~101~102", 24: "nX"}, {1: "2", 8: "103", 20: "104~105", 24: "i"}, {1: "junk", 24: "X"})

    assert data.with_flag("X") == {1}
    assert data.with_flag("i") == {2}
    assert data.room_lists == (("101", "102"), ("104", "105"))
