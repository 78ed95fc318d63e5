"""The benchmark of events: what it draws, that it sees a wrong answer, and its figures."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest

from benchmarks.events import COLUMNS, DRAWS, Drawn, main, measure, summary, table, wrong
from tests.builders import at, move, school
from untisopt.domain.events import away
from untisopt.domain.resources import Kind
from untisopt.engines.session import SolveOptions
from untisopt.policy import Policy
from untisopt.rules import judge
from untisopt.solve.events.search import ExactRepair, fewest_changes

# Grade 7 is taught in periods 1 and 2 of Monday and Tuesday, all of them taken: whoever leaves needs an exchange.
OF = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H1 Mon2\n3 Arnd 7 H1 Tue1\n4 Beck 7 H1 Tue2", groups=["H1 H2"])
AWAY = Drawn("Arnd, Monday 1", away(OF, (Kind.TEACHER, "Arnd"), [at("Mon1")]), Policy())


def answer() -> ExactRepair:
    before = judge(AWAY.event.school, OF.as_is, AWAY.policy.rules)
    options = SolveOptions(time_limit=20.0, workers=1, deterministic=True)
    return fewest_changes(AWAY.event.school, AWAY.policy, options, before=before, required=AWAY.event.required)


@pytest.mark.parametrize("kind", DRAWS)
def test_a_seed_draws_the_same_events(kind: str):
    names = [[DRAWS[kind](rng, OF, Policy()).name for _ in range(5)] for rng in (Random(1), Random(1), Random(2))]
    assert names[0] == names[1]
    assert names[0] != names[2]


@pytest.mark.parametrize("kind", DRAWS)
def test_every_kind_of_event_is_measured(kind: str):
    found = measure(OF, DRAWS[kind](Random(3), OF, Policy()), 20.0)
    assert found["status"] in ("minimum", "impossible")
    assert found["hit"] > 0
    assert found["wrong"] == []
    assert found["seconds"] <= found["wall_seconds"]


def test_right_answer_is_right():
    assert wrong(OF, AWAY, answer()) == []


@pytest.mark.parametrize(
    ("moves", "what"),
    [
        ({}, "1@1.1 is still there"),
        # Lesson 1 on lesson 2: one clash of grade 7, one of the room, in one week class.
        ({"1@1.1": "Mon2"}, "grade-clash broken 1 times, before 0"),
        ({"1@1.1": "Mon2", "2@1.2": "Mon1", "3@2.1": "Tue2", "4@2.2": "Tue1"}, "4 lectures moved, not 2"),
    ],
)
def test_wrong_answer_is_seen(moves: dict[str, str], what: str):
    assert what in wrong(OF, AWAY, replace(answer(), timetable=move(OF, moves)))


def run_(status: str, seconds: float, changes: int | None = None, hit: int = 1) -> dict[str, Any]:
    return {"status": status, "seconds": seconds, "changes": changes, "hit": hit, "wrong": []}


def test_figures():
    found = summary(
        [
            run_("minimum", 1.0, 1),
            run_("minimum", 3.0, 4),
            run_("minimum", 70.0, 6),
            run_("impossible", 2.0),
            run_("undecided", 60.0),
        ]
    )
    # In order: 1, 2, 3, 70, never. Proved within 60 s: three of five. Nine tenths of five are five: never.
    assert found["median_seconds"] == 3.0
    assert found["seconds_of_90_percent"] is None
    assert found["proved_in_time"] == 3 / 5
    assert found["impossible_confirmed"] == 1
    assert found["changes_beyond_hit"] == {0: 1, 3: 1, 5: 1}
    assert (found["median_changes"], found["most_changes"]) == (4, 6)


def test_table_has_a_row_per_type():
    runs = [run_("minimum", 1.0, 1), run_("undecided", 60.0), run_("impossible-unconfirmed", 9.0)]
    data = {"types": {"teacher away": summary(runs)}}
    head, line, row = table(data).splitlines()
    assert head.count("|") == line.count("|") == row.count("|") == len(COLUMNS) + 1
    # Two of three are not proved, so the median is never; one is open, one impossible without a second opinion.
    assert row == "| teacher away | 3 | – | – | 33% | 1 | 1 | 0 | 1 | 1 | 0 |"


def test_command(capsys: pytest.CaptureFixture[str]):
    assert main(["--size", "small", "--seeds", "1", "--events", "1", "--seconds", "20"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2 + len(DRAWS)
