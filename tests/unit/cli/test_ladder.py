"""`untisopt ladder` and `untisopt optimise --ladder`: output, files, exit codes."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from typing import NoReturn

import pytest

from tests.builders import school
from tests.result_files import RESULT, without_input
from tests.unit.cli.conftest import Run
from tests.unit.service.exports import lesson_txt
from tests.unit.service.ladder.ladders import ROWS, RUNGS, search_that_finds, use_search, write_school
from untisopt.cli._progress import LadderLine
from untisopt.domain.score import RuleScore, Score, Tier
from untisopt.solve.ladder.climb import Rung

LADDER = {"ladder.csv", "ladder.svg", "ladder.json", "ladder.txt"}


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    use_search(monkeypatch, search_that_finds(*RUNGS))
    return write_school(tmp_path / "export")


def _names(folder) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _never(*_args: object, **_options: object) -> NoReturn:
    raise ZeroDivisionError("must not be reached")


def test_writes_beside_the_input(run: Run, lesson):
    done = run("ladder", lesson)
    assert (done.exit_code, done.stderr) == (0, "")
    out = lesson.parent / "untisopt-ladder"
    assert _names(out) == LADDER
    assert "Recommended: at most 2 lectures may move" in done.stdout
    assert str(out) in done.stdout
    assert lesson.read_bytes() == lesson_txt(ROWS)


@pytest.mark.parametrize(
    ("options", "written"),
    [
        (("--write", "minimum"), ["minimum"]),
        (("--write", "best", "--write", "recommended"), ["recommended", "best"]),
        (("--write", "all"), ["minimum", "recommended", "best"]),
    ],
)
def test_options_as_complete_results(run: Run, lesson, tmp_path, options, written):
    done = run("ladder", lesson, "--out", tmp_path / "out", *options)
    assert done.exit_code == 0
    assert without_input(_names(tmp_path / "out")) == LADDER | {
        f"{option}/{name}" for option in written for name in RESULT
    }
    assert ", ".join(f"{option}/" for option in written) in done.stdout
    assert run("verify", lesson, tmp_path / "out" / written[0]).exit_code == 0


def test_refused_before_the_search(run: Run, lesson, tmp_path, monkeypatch):
    use_search(monkeypatch, _never)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    for command in (("ladder",), ("optimise", "--ladder")):
        done = run(*command, lesson, "--out", tmp_path / "out")
        assert done.exit_code == 1
        assert "--force" in done.stderr
    assert run("ladder", lesson, "--write", "middle").exit_code == 2
    use_search(monkeypatch, search_that_finds(*RUNGS))
    assert run("ladder", lesson, "--out", tmp_path / "out", "--force").exit_code == 0
    assert (tmp_path / "out" / "mine.txt").read_text() == "mine"


def test_json_is_pure(run: Run, lesson):
    done = run("ladder", lesson, "--json", "--verbose", "--write", "best")
    data = json.loads(done.stdout)
    assert done.stderr == ""
    assert set(data["files"]) == _names(lesson.parent / "untisopt-ladder")
    stored = json.loads((lesson.parent / "untisopt-ladder" / "ladder.json").read_text(encoding="utf-8"))
    assert {key: value for key, value in data.items() if key not in {"out", "files"}} == stored


def test_quiet(run: Run, lesson):
    done = run("ladder", lesson, "--quiet", "--verbose")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


def test_verbose_tells_every_better_step(run: Run, lesson):
    lines = run("ladder", lesson, "--verbose").stderr.splitlines()
    assert lines == [
        "1 s  at most 1: moved 1  site changes 2  too short 0",
        "2 s  at most 2: moved 2  site changes 1  too short 0",
        "3 s  at most 3: moved 2  site changes 1  too short 0",
        "4 s  at most any number: moved 5  site changes 0  too short 0",
    ]


def test_takes_the_options(run: Run, lesson):
    options = ("--time-limit", "7", "--workers", "1", "--seed", "3", "--worth", "9", "--max-changes", "2")
    data = json.loads(run("ladder", lesson, "--json", "--deterministic", *options).stdout)
    assert data["options"] == {"time_limit": 7.0, "workers": 1, "seed": 3, "deterministic": True}
    assert (data["policy"]["worth"], data["policy"]["max_changes"]) == (9, 2)
    assert [step["budget"] for step in data["steps"]] == [0, 1, 2]


def test_bad_input(run: Run, tmp_path):
    done = run("ladder", tmp_path / "lesson.txt")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "Maybe the path is misspelt" in done.stderr


def test_optimise_with_a_ladder(run: Run, lesson):
    done = run("optimise", lesson, "--ladder")
    assert done.exit_code == 0
    out = lesson.parent / "untisopt-result"
    assert without_input(_names(out)) == LADDER | RESULT
    assert "The plan that is written is the recommended one:" in done.stdout
    assert "Site changes of teachers: 1 a week instead of 3" in done.stdout
    assert run("verify", lesson, out).exit_code == 0


def test_optimise_with_a_ladder_as_json(run: Run, lesson):
    data = json.loads(run("optimise", lesson, "--ladder", "--json").stdout)
    assert data["changes"]["moved_lectures"] == 2
    assert data["ladder"]["named"] == {"minimum": 1, "recommended": 2, "best": 4}
    assert without_input(data["files"]) == LADDER | RESULT


def test_optimise_never_writes_over_the_input(run: Run, lesson, monkeypatch):
    use_search(monkeypatch, _never)
    done = run("optimise", lesson, "--ladder", "--out", lesson.parent, "--force")
    assert done.exit_code == 1
    assert "a file of the input" in done.stderr


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_line_on_a_terminal(monkeypatch):
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "200")
    of = school("1 Arnd 10.3 H1 Mon1 A\n2 Arnd 10.3 H1 Mon1 B")
    line = LadderLine(of, quiet=False, verbose=False)
    line.update(0.5, ())
    line.draw()
    assert "preparing" in terminal.getvalue()
    amounts = {"teacher-site-changes": 6, "grade-site-changes": 1, "teacher-travel": 2}
    score = Score({rule: RuleScore(Tier.RULES, 1, amount) for rule, amount in amounts.items()})
    first = Rung(budget=5, timetable=of.as_is, score=score, moved=5, points=80, bound=80)
    line.update(1.0, (first, replace(first, budget=None, moved=9, points=70, bound=10)))
    line.draw()
    line.close()
    # The last step, over two kinds of weeks; the first one is proved.
    assert "2 steps, 1 of them proved  best: moved 9  site changes 3.5  too short 1" in terminal.getvalue()


def test_no_line_repeats_what_is_known(monkeypatch):
    errors = io.StringIO()
    monkeypatch.setattr(sys, "stderr", errors)
    of = school("1 Arnd 10.3 H1 Mon1")
    today = Rung(budget=None, timetable=of.as_is, score=Score({}), moved=0, points=80, bound=0)
    line = LadderLine(of, quiet=False, verbose=True)
    # The plan of today, a plan, a better bound, a better plan.
    for rung in (today, replace(today, moved=3, points=70), replace(today, moved=3, points=70, bound=5)):
        line.update(1.0, (rung,))
    line.update(2.0, (replace(today, moved=2, points=70),))
    line.close()
    assert [text.split(":")[1].split()[1] for text in errors.getvalue().splitlines()] == ["3", "2"]
