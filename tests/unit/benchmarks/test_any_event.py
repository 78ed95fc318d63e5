"""The benchmark of events of every kind: what it draws, that it sees crashes and wrong plans, and its figures."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

import untisopt
from benchmarks import any_event
from benchmarks.any_event import COLUMNS, main, measure, summary, table
from benchmarks.event_lines import LINES, SINGLE, drawn
from untisopt.io.events.text import VERBS, parse_events
from untisopt.service.demo import demo
from untisopt.service.reading.plan import Plan
from untisopt.service.verify.events import verify_repair


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    folder = tmp_path_factory.mktemp("school")
    demo(folder, size="small", seed=1)
    return untisopt.read(folder)


@pytest.mark.parametrize("kind", LINES)
def test_a_seed_draws_the_same_events_that_can_be_read(kind: str, plan: Plan):
    one, other, third = ([drawn(kind, rng, plan.school) for _ in range(8)] for rng in map(Random, (1, 1, 2)))
    assert one == other
    assert one != third
    for texts in one:
        assert len(parse_events(texts, plan.school)) == (1 if kind in SINGLE else len(texts))


def test_every_verb_is_drawn(plan: Plan):
    rng = Random(1)
    verbs = {text.split()[0] for kind in LINES for text in drawn(kind, rng, plan.school)}
    assert verbs == set(VERBS)


def test_a_result_is_verified(plan: Plan, tmp_path: Path):
    found = measure(plan, ["away Dör Mon 1-2"], 20.0, tmp_path / "result")
    assert (found["outcome"] in ("proved", "impossible"), found["explained"], found["wrong"]) == (True, True, [])
    assert (tmp_path / "result" / "lesson.txt").is_file()


def test_a_crash_is_a_figure(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def bad(*_args: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(any_event, "repair", bad)
    found = measure(plan, ["remove 87"], 20.0, tmp_path / "result")
    assert found["outcome"] == "crash"
    assert "on purpose" in found["crash"]


def test_a_wrong_plan_is_seen(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    # The plan as it was, given out as the repaired one, still holds lesson 87.
    def cheat(before: Plan, _after: Path, events: object) -> object:
        return verify(before, before, events)  # type: ignore[arg-type]

    verify = verify_repair
    monkeypatch.setattr(any_event, "verify_repair", cheat)
    found = measure(plan, ["remove 87"], 20.0, tmp_path / "result")
    assert found["wrong"]
    assert all(text.startswith("added: ") for text in found["wrong"])


def test_figures_and_table():
    def found(outcome: str, seconds: float, **more: object) -> dict[str, object]:
        return {"kind": "away", "outcome": outcome, "seconds": seconds, "explained": True, "wrong": [], **more}

    data = summary(
        [
            found("proved", 1.0),
            found("proved", 3.0, wrong=["lost: x"]),
            found("impossible", 2.0, explained=False),
            {"kind": "drop", "outcome": "crash", "seconds": 9.0, "crash": "x"},
        ]
    )
    # All in order: 1, 2, 3, 9: the middle is 2.5; nine tenths of four are four.
    every = data["all"]
    assert (every["median_seconds"], every["seconds_of_90_percent"], every["most_seconds"]) == (2.5, 9.0, 9.0)
    head, line, away, drop, whole = table(data).splitlines()
    assert {text.count("|") for text in (head, line, away, drop, whole)} == {len(COLUMNS) + 1}
    assert away == "| away | 3 | 2 | 0 | 0 | 1 | 0 | 0 | 0 | 1 | 1 | 2.0 s | 3.0 s | 3.0 s |"
    assert drop == "| drop | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 9.0 s | 9.0 s | 9.0 s |"


def test_command(capsys: pytest.CaptureFixture[str]):
    assert main(["--size", "small", "--seeds", "1", "--events", "2", "--seconds", "10"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 5
