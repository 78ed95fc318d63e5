"""Moves as people and machines read them: lines, CSV, JSON."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.builders import school
from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move
from untisopt.domain.timetable import Placement
from untisopt.report.optimise.changes_csv import changes_csv
from untisopt.report.optimise.changes_json import changes_json
from untisopt.report.words.moves import move_line, moved_runs


@pytest.fixture
def plan():
    """A double, a single lecture of A weeks, and one without people."""
    return school("177 Arnd 10.3 F13 Mon3-4 AB\n180 Beck 9.1 H1+H2 Tue1 A\n190 - - H3 Wed1 AB")


def _to(plan, lecture, day, period, rooms=None):
    before = plan.as_is[lecture]
    return Move(lecture, before, Placement(Period(day, period), before.rooms if rooms is None else (rooms,)))


def _lines(plan, *moves):
    return [move_line(plan, run) for run in moved_runs(plan, moves)]


def test_block_that_moves_as_one_is_one_line(plan):
    moves = [_to(plan, "177@1.4", 2, 6), _to(plan, "177@1.3", 2, 5)]
    assert _lines(plan, *moves) == ["Mon 3-4 -> Tue 5-6  S177 10.3 (lesson 177) with Arnd in F13"]


def test_torn_block_is_two_lines(plan):
    moves = [_to(plan, "177@1.3", 2, 5), _to(plan, "177@1.4", 3, 6)]
    assert [line.split("  ")[0] for line in _lines(plan, *moves)] == ["Mon 3 -> Tue 5", "Mon 4 -> Wed 6"]


def test_weeks_are_named_where_they_matter(plan):
    (line,) = _lines(plan, _to(plan, "180@2.1", 2, 3))
    assert line == "Tue 1 -> Tue 3  S180 9.1 (lesson 180) with Beck in H1, H2 (weeks A)"


def test_other_room(plan):
    (line,) = _lines(plan, _to(plan, "180@2.1", 2, 1, ("H1", "H3")))
    assert line.startswith("Tue 1 -> stays  S180")
    assert "in H1, H3 instead of H1, H2" in line


def test_lecture_without_people(plan):
    (line,) = _lines(plan, _to(plan, "190@3.1", 3, 2))
    assert line == "Wed 1 -> Wed 2  S190 (lesson 190) in H3"


def test_csv_opens_in_a_german_excel(plan):
    data = changes_csv(plan, [_to(plan, "177@1.3", 2, 5), _to(plan, "180@2.1", 2, 3)])
    assert data.startswith(b"\xef\xbb\xbflecture;lesson;")
    assert data.endswith(b"\r\n")
    header, first, second = csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")
    assert dict(zip(header, first, strict=True)) == {
        "lecture": "S177 10.3 (lesson 177)",
        "lesson": "177",
        "subjects": "S177",
        "courses": "S177 10.3 Arnd",
        "grades": "10.3",
        "teachers": "Arnd",
        "rooms from": "F13",
        "rooms to": "F13",
        "day from": "Mon",
        "period from": "3",
        "day to": "Tue",
        "period to": "5",
        "weeks": "all",
    }
    assert second[-1] == "A"


@pytest.mark.parametrize("name", ["=1+1", "+49", "-", "@SUM(A1)", "\tx", "\rx"])
def test_formulas_are_defused(name):
    plan = school("177 Arnd 10.3 F13 Mon3", rooms=[name])
    data = changes_csv(plan, [_to(plan, "177@1.3", 1, 4, (name,))]).decode("utf-8-sig")
    _header, row = csv.reader(io.StringIO(data, newline=""), delimiter=";")
    assert row[7] == f"'{name}"


def test_delimiters_and_quotes_in_names():
    plan = school("177 Arnd 10.3 F13 Mon3", rooms=['a;"b"'])
    data = changes_csv(plan, [_to(plan, "177@1.3", 1, 4, ('a;"b"',))]).decode("utf-8-sig")
    _header, row = csv.reader(io.StringIO(data), delimiter=";")
    assert row[7] == 'a;"b"'


def test_json(plan):
    data = json.loads(changes_json(plan, [_to(plan, "177@1.3", 2, 5), _to(plan, "180@2.1", 2, 1, ("H1", "H3"))]))
    assert (data["moved_lectures"], data["changed_rooms_only"]) == (1, 1)
    assert (data["teachers"], data["grades"]) == (["Arnd", "Beck"], ["10.3", "9.1"])
    move = data["moves"][0]
    assert (move["lesson"], move["from"], move["to"]) == (177, {"day": 1, "period": 3}, {"day": 2, "period": 5})
    assert move["week_classes"] == ["A", "B"]
    assert data["moves"][1]["courses"][0]["rooms_to"] == ["H1", "H3"]


def test_no_moves(plan):
    assert changes_csv(plan, []).count(b"\r\n") == 1
    assert json.loads(changes_json(plan, []))["moves"] == []
