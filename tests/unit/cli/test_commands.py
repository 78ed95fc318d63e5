"""Every command: output, exit code, what stays untouched."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

from tests.result_files import RESULT, without_input
from tests.unit.service.exports import ROWS, lesson_txt, solver_that_moves, use_solver, write_export
from untisopt.errors import NoPlanError
from untisopt.rules import ALL_RULES

GOOD = {"178@1.2": (1, 3), "179@1.3": (1, 2), "181@1.3": (1, 2)}


@pytest.fixture
def lesson(tmp_path):
    return write_export(tmp_path / "export")


def _refuse(*_args: object, **_options: object) -> NoReturn:
    raise NoPlanError("no plan satisfies this")


def _break(*_args: object, **_options: object) -> NoReturn:
    raise ZeroDivisionError("out of luck")


# -- help and usage --------------------------------------------------------------------------------------------------


def test_help_lists_all_commands(run):
    done = run("--help")
    assert done.exit_code == 0
    for command in ("check", "optimise", "diff", "verify", "rules", "anonymise", "demo"):
        assert f"  {command}" in done.stdout


@pytest.mark.parametrize(
    "command", ["check", "optimise", "optimize", "diff", "verify", "rules", "anonymise", "anonymize", "demo"]
)
def test_help_of_a_command(run, command):
    done = run(command, "--help")
    assert done.exit_code == 0
    assert "Usage: untisopt" in done.stdout


def test_version(run):
    assert run("--version").stdout.startswith("untisopt 0.")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["check"],
        ["check", "x", "--nope"],
        ["optimise", "x", "--time-limit", "0"],
        ["--lang", "fr", "rules"],
    ],
)
def test_usage_errors(run, arguments):
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Error" in done.stderr


# -- check -----------------------------------------------------------------------------------------------------------


def test_check(run, lesson):
    done = run("check", lesson)
    assert done.exit_code == 0
    assert "site changes of teachers" in done.stdout
    assert done.stderr == ""


def test_check_strict(run, lesson):
    # Two journeys that are too short are two broken rules of the first tier.
    assert run("check", lesson, "--strict").exit_code == 4
    assert run("check", lesson, "--strict", "--travel", "0").exit_code == 0


def test_check_options_override_the_policy(run, lesson):
    data = json.loads(run("check", lesson, "--json", "--travel", "10", "--site", "Halle=103").stdout)
    assert data["policy"]["travel_minutes"] == 10
    assert data["sites"] == ["Haupthaus", "Filiale", "Halle"]


def test_check_all(run, tmp_path):
    rows = "".join(f"T{t} 1 {p} S{t} {r} {t * 2 + p} {t}\n" for t in range(15) for p, r in ((1, "1"), (2, "F")))
    lesson = write_export(tmp_path, rows)
    assert "and 5 more" in run("check", lesson).stdout
    assert "and 5 more" not in run("check", lesson, "--all").stdout


def test_check_suggests_nothing_written(run, lesson):
    before = {path: path.read_bytes() for path in lesson.parent.iterdir()}
    run("check", lesson)
    assert {path: path.read_bytes() for path in lesson.parent.iterdir()} == before


# -- errors ----------------------------------------------------------------------------------------------------------


def test_missing_input(run, tmp_path):
    done = run("check", tmp_path / "lesson.txt")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "Maybe the path is misspelt" in done.stderr


def test_defective_policy_option(run, lesson):
    done = run("check", lesson, "--site", "Filiale")
    assert done.exit_code == 3
    assert "--site" in done.stderr


def test_errors_as_json(run, tmp_path):
    done = run("check", tmp_path, "--json")
    assert (done.exit_code, done.stdout) == (3, "")
    error = json.loads(done.stderr)["error"]
    assert (error["type"], error["exit_code"]) == ("InputError", 3)
    assert error["defects"][0]["file"] == str(tmp_path)


def test_no_plan(run, lesson, monkeypatch):
    use_solver(monkeypatch, _refuse)
    done = run("optimise", lesson)
    assert done.exit_code == 4
    assert done.stderr == "Error: no plan satisfies this\n"
    assert not (lesson.parent / "untisopt-result").exists()


@pytest.mark.parametrize("solver", [_break, solver_that_moves({"177@1.1": (1, 2)})], ids=["exception", "invariant"])
def test_internal_error_leaves_a_dump(run, lesson, tmp_path, monkeypatch, solver):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    use_solver(monkeypatch, solver)
    done = run("optimise", lesson)
    assert done.exit_code == 70
    assert "a defect of untisopt and not of your data" in done.stderr
    assert not (lesson.parent / "untisopt-result").exists()
    (dump,) = tmp_path.glob("untisopt-*.txt")
    assert str(dump) in done.stderr
    assert "Traceback" in dump.read_text(encoding="utf-8")


# -- optimise --------------------------------------------------------------------------------------------------------


def test_optimise_writes_beside_the_input(run, lesson, monkeypatch):
    use_solver(monkeypatch, solver_that_moves(GOOD))
    done = run("optimise", lesson)
    assert done.exit_code == 0
    out = lesson.parent / "untisopt-result"
    names = (path.relative_to(out) for path in out.rglob("*") if path.is_file())
    assert without_input(names) == RESULT
    assert "Site changes of teachers: 1 a week instead of 2" in done.stdout
    assert str(out) in done.stdout
    assert lesson.read_bytes() == lesson_txt()


def test_optimise_refuses_a_folder_with_content(run, lesson, tmp_path, monkeypatch):
    use_solver(monkeypatch, _break)  # never reached: refused before the search
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    done = run("optimise", lesson, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "--force" in done.stderr
    use_solver(monkeypatch, solver_that_moves({}))
    assert run("optimise", lesson, "--out", tmp_path / "out", "--force").exit_code == 0
    assert (tmp_path / "out" / "mine.txt").read_text() == "mine"


def test_optimise_quiet(run, lesson, monkeypatch):
    use_solver(monkeypatch, solver_that_moves(GOOD))
    done = run("optimise", lesson, "--quiet", "--verbose")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


def test_optimise_json_is_pure(run, lesson, monkeypatch):
    use_solver(monkeypatch, solver_that_moves(GOOD))
    done = run("optimise", lesson, "--json", "--verbose")
    data = json.loads(done.stdout)
    assert done.stderr == ""
    assert without_input(data["files"]) == RESULT
    stored = json.loads((lesson.parent / "untisopt-result" / "result.json").read_text(encoding="utf-8"))
    assert {key: value for key, value in data.items() if key not in {"out", "files"}} == stored


def test_optimise_verbose_tells_every_better_plan(run, lesson, monkeypatch):
    use_solver(monkeypatch, solver_that_moves(GOOD))
    lines = run("optimise", lesson, "--verbose").stderr.splitlines()
    assert len(lines) == 2  # the plan that came in, and the better one
    assert "site changes 1 " in lines[1]
    assert "moved 3 " in lines[1]


def test_optimise_without_sites_says_how_to_name_them(run, tmp_path, monkeypatch):
    use_solver(monkeypatch, solver_that_moves({}))
    done = run("optimise", write_export(tmp_path, policy=""))
    assert done.exit_code == 0
    assert "no second site is known (--site NAME=PATTERN)" in done.stdout


def test_optimise_takes_the_options(run, lesson, monkeypatch):
    use_solver(monkeypatch, solver_that_moves({}))
    options = ("--time-limit", "7", "--workers", "1", "--seed", "3", "--worth", "9", "--max-changes", "4")
    data = json.loads(run("optimise", lesson, "--json", "--pin", "teacher:Beck", *options).stdout)
    assert data["options"] == {"time_limit": 7.0, "workers": 1, "seed": 3, "deterministic": False}
    assert (data["policy"]["worth"], data["policy"]["max_changes"], data["policy"]["pins"]) == (9, 4, ["teacher:Beck"])


# -- diff, verify, rules, demo, anonymise ----------------------------------------------------------------------------


def test_diff_and_verify(run, lesson, tmp_path):
    after = write_export(tmp_path / "after", ROWS.replace("Carl 2 1 Ch", "Carl 2 3 Ch"))
    diff = run("diff", lesson, after)
    assert "Tue 1 -> Tue 3  Ch 10.3 (lesson 183) with Carl in 101" in diff.stdout
    assert json.loads(run("diff", lesson, after, "--json").stdout)["moved_lectures"] == 1
    assert run("verify", lesson, after).exit_code == 0
    assert json.loads(run("verify", lesson, after, "--json").stdout)["ok"] is True


def test_verify_of_a_plan_that_lost_a_row(run, lesson, tmp_path):
    after = write_export(tmp_path / "after", ROWS.replace("Carl 2 1 Ch 101 183 10.3\n", ""))
    done = run("verify", lesson, after)
    assert done.exit_code == 4
    assert "Not sound" in done.stdout


def test_rules(run):
    assert "teacher-clash" in run("rules").stdout
    assert "Kollision Lehrer" in run("rules", "teacher-clash").stdout
    assert run("rules", "teacher-clsh").exit_code == 2
    assert {rule["id"] for rule in json.loads(run("rules", "--json").stdout)} == {rule.id for rule in ALL_RULES}


def test_demo_and_anonymise(run, tmp_path):
    done = run("demo", tmp_path / "demo", "--size", "small", "--seed", "2")
    assert done.exit_code == 0
    assert "made-up" in done.stdout
    assert run("demo", tmp_path / "demo", "--size", "small").exit_code == 1
    done = run("anonymise", tmp_path / "demo", "--out", tmp_path / "anonymous")
    assert done.exit_code == 0
    assert run("check", tmp_path / "anonymous").exit_code == 0
    names = {row.split("\t")[0] for row in (tmp_path / "demo" / "teacher.txt").read_text("cp1252").splitlines()}
    kept = {row.split("\t")[0] for row in (tmp_path / "anonymous" / "teacher.txt").read_text("cp1252").splitlines()}
    assert not names & kept


def test_input_folder_is_never_written_to(run, lesson, monkeypatch):
    use_solver(monkeypatch, solver_that_moves(GOOD))
    for arguments in (("optimise", lesson), ("anonymise", lesson)):
        done = run(*arguments, "--out", lesson.parent, "--force")
        assert done.exit_code == 1
        assert "a file of the input" in done.stderr
    assert lesson.read_bytes() == lesson_txt()
    assert {path.name for path in Path(lesson.parent).iterdir()} == {"lesson.txt", "time.txt", "untisopt.toml"}
