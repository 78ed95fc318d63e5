"""Choosing among the packages of a result."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move, changes
from untisopt.domain.timetable import Placement
from untisopt.engines.session import SolveOptions
from untisopt.errors import InputError, UsageError
from untisopt.results.optimise import Origin
from untisopt.results.packages import Package, PackagePart
from untisopt.service.apply import Choice, choose, document_of_result, only, reject, result_at, without
from untisopt.service.demo import demo
from untisopt.service.optimise.run import OptimiseResult, optimise
from untisopt.service.reading.result_folder import StoredResult, read_result

OPTIONS = SolveOptions(time_limit=2, workers=1, deterministic=True)


def _package(number: int, *needs: tuple[int, ...]) -> Package:
    """A package with a part per tuple: a lecture that moves, and what it needs."""
    moves = [
        Move(f"{number}{i}@1.1", Placement(Period(number, i), ()), Placement(Period(number, i + 1), ()))
        for i in range(1, len(needs) + 1)
    ]
    parts = tuple(
        PackagePart(name=f"{number}.{i}", moves=(own,), needs=needed)
        for i, (own, needed) in enumerate(zip(moves, needs, strict=True), 1)
    )
    return Package(number=number, moves=tuple(moves), parts=parts, gain={}, alone={}, points=0, reasons={})


# 1.2 needs 1.1; 1.3 needs 1.2 and so 1.1; 1.4 needs nothing. Package 2 has one part.
PACKAGES = (_package(1, (), (0,), (0, 1), ()), _package(2, ()))


def _names(choice: Choice) -> tuple[str, str, str]:
    groups = (choice.made, choice.left_out, choice.along)
    made, left_out, along = (" ".join(part.name for part in group) for group in groups)
    return made, left_out, along


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ("", "1.1 1.2 1.3 1.4 2.1", "")),
        (["2"], ("2.1", "1.1 1.2 1.3 1.4", "")),
        (["1"], ("1.1 1.2 1.3 1.4", "2.1", "")),
        (["1.3"], ("1.1 1.2 1.3", "1.4 2.1", "1.1 1.2")),
        (["2.1", "1.2", "1.2"], ("1.1 1.2 2.1", "1.3 1.4", "1.1")),
        (["1.1"], ("1.1", "1.2 1.3 1.4 2.1", "")),
    ],
)
def test_only(names, expected):
    assert _names(only(PACKAGES, names)) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ("1.1 1.2 1.3 1.4 2.1", "", "")),
        (["2"], ("1.1 1.2 1.3 1.4", "2.1", "")),
        (["1.1"], ("1.4 2.1", "1.1 1.2 1.3", "1.2 1.3")),
        (["1.2"], ("1.1 1.4 2.1", "1.2 1.3", "1.3")),
        (["1.3", "1.2"], ("1.1 1.4 2.1", "1.2 1.3", "")),
        (["1", "2"], ("", "1.1 1.2 1.3 1.4 2.1", "")),
    ],
)
def test_without(names, expected):
    assert _names(without(PACKAGES, names)) == expected


def test_moves_of_a_choice():
    assert [move.lecture for move in only(PACKAGES, ["1.2"]).moves] == ["11@1.1", "12@1.1"]


@pytest.mark.parametrize("name", ["3", "1.5", "0", "", "x", "01"])
@pytest.mark.parametrize("pick", [only, without])
def test_unknown_package(pick, name):
    with pytest.raises(UsageError, match=f"there is no package {name}; there are 2, 1 to 2"):
        pick(PACKAGES, ["1", name])


@pytest.fixture(scope="module")
def repaired(tmp_path_factory) -> tuple[OptimiseResult, StoredResult]:
    """The demo school, repaired, written and read again."""
    folder: Path = tmp_path_factory.mktemp("demo")
    demo(folder / "school", size="small", seed=1)
    result = optimise(folder / "school" / "lesson.txt", options=OPTIONS)
    result.write(folder / "result")
    return result, read_result(folder / "result")


def test_document_of_a_result(repaired):
    result, stored = repaired
    document = document_of_result(stored)
    assert document.moves == result.moves
    assert document.packages == result.packages
    assert document.before == result.before
    assert document.after == result.after
    assert document.run.status == "chosen"
    assert (document.run.objective, document.run.objective_before) == (
        result.run.objective,
        result.run.objective_before,
    )
    assert document.run.bound == result.run.bound
    options = (document.run.time_limit, document.run.workers, document.run.seed, document.run.deterministic)
    assert options == (2, 1, OPTIONS.seed, True)


def test_gain_of_a_package_is_what_it_brings(repaired):
    result, stored = repaired
    for package in stored.packages:
        gone = choose(stored, without(stored.packages, [str(package.number)]))
        for rule in result.after.rules:
            if rule not in ("moved-lectures", "changed-rooms"):
                assert gone.after.amount(rule) - result.after.amount(rule) == package.gain.get(rule, 0)


def test_choose_some(repaired):
    result, stored = repaired
    part = stored.packages[0].parts[-1]
    choice = without(stored.packages, [part.name])
    chosen = choose(stored, choice)
    expected = {move.lecture for move in result.moves} - {move.lecture for move in part.moves}
    # No other part may need the last one: those that need nothing come first.
    assert [left.name for left in choice.left_out] == [part.name]
    assert {move.lecture for move in chosen.moves} == expected
    assert chosen.after.newly_broken(result.before) == ()


def test_choose_none_is_the_plan_of_today(repaired):
    result, stored = repaired
    chosen = choose(stored, only(stored.packages, []))
    assert chosen.moves == ()
    assert chosen.packages == ()
    assert chosen.files["lesson.txt"] == result.files["input/lesson.txt"]


def test_choose_all_is_the_result(repaired):
    result, stored = repaired
    chosen = choose(stored, without(stored.packages, []))
    assert chosen.timetable == result.timetable
    assert chosen.files["lesson.txt"] == result.files["lesson.txt"]


def test_reject_a_lecture(repaired):
    result, stored = repaired
    refused = next(m for m in stored.packages[0].parts[-1].moves).lecture
    again = reject(stored, [refused, refused], replace(OPTIONS, time_limit=1), lambda: False)
    assert again.timetable[refused] == result.school.as_is[refused]
    assert again.after.newly_broken(again.before) == ()
    assert any(pin.name == refused for pin in again.policy.pins)
    # It is no worse than the result without the part of that lecture: there the search begins.
    left = choose(stored, without(stored.packages, [stored.packages[0].parts[-1].name]))
    assert again.run.objective <= left.run.objective


def test_reject_a_lesson(repaired):
    result, stored = repaired
    lectures = result.school.lectures
    lesson = lectures[result.moves[0].lecture].lesson
    own = {move.lecture for move in result.moves if lectures[move.lecture].lesson == lesson}
    again = reject(stored, [str(lesson)], replace(OPTIONS, time_limit=1), lambda: True)
    moved = {move.lecture for move in changes(again.school.as_is, again.timetable)}
    assert not own & moved


@pytest.mark.parametrize("name", ["99999", "nothing", "1@9.9"])
def test_reject_what_does_not_move(repaired, name):
    with pytest.raises(UsageError, match=f"lesson {name} has no changes in this result"):
        reject(repaired[1], [name], OPTIONS, lambda: False)


# -- results of other versions or rules --


def _spoilt(stored: StoredResult, **changes: object) -> StoredResult:
    data = json.loads(json.dumps(stored.data))
    for path, value in changes.items():
        *keys, last = path.split("__")
        place = data
        for key in keys:
            place = place[key]
        place[last] = value
    return replace(stored, data=data)


def test_bound_holds_for_the_same_version_and_rules(repaired):
    _result, stored = repaired
    known = stored.data["objective"]
    assert choose(stored, without(stored.packages, [])).run.bound == min(known["bound"], known["after"])
    assert document_of_result(stored).origin == Origin(after=document_of_result(stored).after)


@pytest.mark.parametrize(
    "changes",
    [
        {"versions__untisopt": "0.0.1"},
        {"objective__before": 1},
        {"policy__rules": {"teacher-clash": 1}},
    ],
    ids=["version", "points", "rules"],
)
def test_what_was_proved_under_other_rules_is_dropped(repaired, changes):
    _result, stored = repaired
    spoilt = _spoilt(stored, objective__bound=7, objective__least_site_changes={"teacher-site-changes": 1}, **changes)
    chosen = choose(spoilt, without(stored.packages, []))
    assert (chosen.run.bound, chosen.run.least_site_changes) == (0, {})
    assert "or under other rules than those of today" in chosen.files["report.txt"].decode().replace("\n  ", " ")
    assert document_of_result(spoilt).origin is not None


def test_choice_that_breaks_a_rule_of_today_is_refused(repaired, monkeypatch):
    _result, stored = repaired
    spoilt = _spoilt(stored, versions__untisopt="0.0.1")
    monkeypatch.setattr("untisopt.domain.score.Score.newly_broken", lambda _self, _before: ("grade-gaps",))
    with pytest.raises(
        InputError, match=r"found one of untisopt 0\.0\.1 or of other rules, which breaks newly: new gaps"
    ):
        choose(spoilt, without(stored.packages, []))


def test_result_at_a_path_that_does_not_exist(tmp_path):
    with pytest.raises(InputError, match="nosuch: expected a result of untisopt, found no such file or folder"):
        result_at(tmp_path / "nosuch")
    with pytest.raises(InputError, match=r"found a folder without result\.json"):
        result_at(tmp_path)
