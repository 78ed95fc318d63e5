"""Repairing with a solver that does what the test says: invariants, files, tables."""

from __future__ import annotations

import json

import pytest

from tests.result_files import RESULT, without_input
from tests.unit.service.exports import POLICY, ROWS, lesson_txt, solver_that_moves, use_solver, write_export
from untisopt.engines.session import SolveOptions
from untisopt.errors import InternalError, OutputError
from untisopt.service.optimise.run import optimise
from untisopt.service.reading.plan import read
from untisopt.service.writing import check_target

# Arnd's Monday becomes main building, main building, branch: one change instead of two. Beck's lesson makes room.
GOOD = {"178@1.2": (1, 3), "179@1.3": (1, 2), "181@1.3": (1, 2)}


@pytest.fixture
def lesson(tmp_path):
    return write_export(tmp_path / "export")


def test_result(lesson, monkeypatch):
    use_solver(monkeypatch, solver_that_moves(GOOD))
    result = optimise(lesson)
    assert {move.lecture for move in result.moves} == set(GOOD)
    assert (result.before.amount("teacher-site-changes"), result.after.amount("teacher-site-changes")) == (2, 1)
    assert without_input(result.files) == RESULT
    assert result.changes.loc["178@1.2", "period_to"] == 3
    assert result.score.loc["teacher-site-changes", "change"] == -1
    assert result.lectures.loc["181@1.3", "period"] == 2


def test_unchanged_plan_is_written_byte_for_byte(lesson, monkeypatch):
    use_solver(monkeypatch, solver_that_moves({}))
    assert optimise(lesson).files["lesson.txt"] == lesson_txt()


def test_rows_that_stay_keep_their_bytes(lesson, monkeypatch):
    use_solver(monkeypatch, solver_that_moves(GOOD))
    lines = optimise(lesson).files["lesson.txt"].splitlines()
    before = lesson_txt().splitlines()
    assert len(set(before) - set(lines)) == len(set(lines) - set(before)) == 3


def test_gpu001_in_gpu001_out(tmp_path, monkeypatch):
    use_solver(monkeypatch, solver_that_moves({}))
    (tmp_path / "GPU001.TXT").write_bytes(b'177,"10.3","Arnd","Ma","101",1,1,,\r\n')
    assert without_input(optimise(tmp_path / "GPU001.TXT").files) == RESULT - {"lesson.txt"}


def test_same_plan_is_told_with_fewest_moves(tmp_path, monkeypatch):
    # Lesson 177 at Mon 1 and Tue 1. Mon 1 -> Tue 1 and Tue 1 -> Wed 1 is the same plan as Mon 1 -> Wed 1.
    path = write_export(tmp_path, "Arnd 1 1 Ma 101 177 10.3\nArnd 2 1 Ma 101 177 10.3\nArnd 3 8 De F13 178 10.3\n")
    loose = "".join(f"[rules.{rule}]\nenabled = false\n" for rule in ("grade-gaps", "grade-day"))
    (tmp_path / "untisopt.toml").write_text(
        POLICY + loose + '[[blocked]]\nteacher = "Arnd"\nperiods = ["Mo.1"]\n', encoding="utf-8"
    )
    use_solver(monkeypatch, solver_that_moves({"177@1.1": (2, 1), "177@2.1": (3, 1)}))
    assert [move.lecture for move in optimise(path).moves] == ["177@1.1"]


def test_wishes_may_pay_for_moves(tmp_path, monkeypatch):
    # Carl would rather not come on Tuesday 1, at 5 points for each of the two; a moved lecture costs one.
    off = "[rules.grade-day]\nenabled = false\n"
    wishes = '[rules.wishes]\nweight = 5\n[[wishes]]\nteacher = "Carl"\nperiods = ["Tu.1"]\n'
    use_solver(monkeypatch, solver_that_moves({"183@2.1": (2, 2)}))
    result = optimise(write_export(tmp_path, policy=POLICY + off + wishes))
    assert (result.before.amount("wishes"), result.after.amount("wishes")) == (2, 0)
    assert result.after.tiers > result.before.tiers


@pytest.mark.parametrize(
    ("moves", "policy", "message"),
    [
        # Two lectures of Arnd on Monday 2.
        ({"177@1.1": (1, 2)}, "", "the rule .* is newly broken"),
        # Nothing gained, one lecture moved; grade 10.3 keeps its periods and gets no gap.
        ({"183@1.2": (1, 3), "184@1.3": (1, 2)}, "", "the result is worse than the plan before"),
        (GOOD, "[pins]\nlessons = [178]\n", "lectures that must stay were moved: 178@1.2"),
        (GOOD, "[goal]\nmax_changes = 2\n", "3 lectures were moved, 2 are allowed"),
    ],
)
def test_breach_of_an_invariant(tmp_path, monkeypatch, moves, policy, message):
    use_solver(monkeypatch, solver_that_moves(moves))
    with pytest.raises(InternalError, match=message) as caught:
        optimise(write_export(tmp_path, policy=POLICY + policy))
    dump = json.loads(caught.value.dump)
    assert set(dump["moved"]) == set(moves)
    assert dump["options"]["seed"] == 0


def test_miscounted_points(lesson, monkeypatch):
    use_solver(monkeypatch, solver_that_moves(GOOD, points_off=-1))
    with pytest.raises(InternalError, match="the solver counts"):
        optimise(lesson)


def test_bound_above_the_result(lesson, monkeypatch):
    use_solver(monkeypatch, solver_that_moves(GOOD, bound=10**9))
    with pytest.raises(InternalError, match="out of order"):
        optimise(lesson)


def test_lesson_number_0_stays(tmp_path, monkeypatch):
    rows = ROWS + "Arnd 3 1 Auf - 0 -\n"
    use_solver(monkeypatch, solver_that_moves({**GOOD, "0@3.1": (1, 8)}))
    with pytest.raises(InternalError, match="lectures that must stay"):
        optimise(write_export(tmp_path, rows))


def test_written_folder(lesson, tmp_path, monkeypatch):
    use_solver(monkeypatch, solver_that_moves(GOOD))
    result = optimise(lesson)
    result.write(tmp_path / "out")
    out = tmp_path / "out"
    names = (path.relative_to(out) for path in out.rglob("*") if path.is_file())
    assert without_input(names) == RESULT
    with pytest.raises(OutputError, match="expected an empty folder"):
        result.write(tmp_path / "out")
    with pytest.raises(OutputError, match="file of the input"):
        result.write(lesson.parent, force=True)
    assert lesson.read_bytes() == lesson_txt()


def test_target_is_refused_before_the_search(lesson):
    plan = read(lesson)
    with pytest.raises(OutputError, match="expected an empty folder"):
        check_target(plan, lesson.parent, force=False)
    with pytest.raises(OutputError, match="file of the input"):
        check_target(plan, lesson.parent, force=True)


def test_deterministic_result_holds_no_times(lesson, monkeypatch):
    use_solver(monkeypatch, solver_that_moves(GOOD))
    plain, fixed = (
        json.loads(optimise(lesson, options=SolveOptions(deterministic=on)).files["result.json"])
        for on in (False, True)
    )
    assert "seconds" in plain
    assert "seconds" not in fixed
    assert str(lesson.parent) not in json.dumps(fixed)
