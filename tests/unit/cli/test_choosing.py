"""`untisopt packages` and `untisopt apply`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.unit.service.exports import solver_that_moves, use_solver, write_export
from untisopt.cli.apply import command as apply
from untisopt.cli.packages import command as packages
from untisopt.domain.timetable import Timetable
from untisopt.errors import InputError
from untisopt.report.packages.apply_text import apply_text
from untisopt.results.apply import Choosing
from untisopt.results.packages import PackagePart
from untisopt.service.optimise.run import OptimiseResult, optimise

# 178 and 179 of Arnd exchange their places, 181 of Beck makes room: one package; Arnd changes sites once, not twice.
GOOD = {"178@1.2": (1, 3), "179@1.3": (1, 2), "181@1.3": (1, 2)}


@pytest.fixture
def result(tmp_path, monkeypatch) -> OptimiseResult:
    use_solver(monkeypatch, solver_that_moves(GOOD))
    made = optimise(write_export(tmp_path / "school"))
    made.write(tmp_path / "result")
    return made


@pytest.mark.parametrize(("command", "options"), [(packages, []), (apply, ["--only", "1"])])
def test_path_that_does_not_exist_is_named(command, options, tmp_path):
    with pytest.raises(
        InputError, match=re.escape(f"{tmp_path / 'nosuch'}: expected a result of untisopt, found no such")
    ):
        command.main([str(tmp_path / "nosuch"), *options], standalone_mode=False)


def _parts(*names: str) -> tuple[PackagePart, ...]:
    return tuple(PackagePart(name=name, moves=(), needs=()) for name in names)


@pytest.mark.parametrize(
    ("names", "left_out", "expected"),
    [
        (("2.4",), False, "- Part 2.4 is made as well, because"),
        (("2.4", "2.5"), False, "- Parts 2.4, 2.5 are made as well, because"),
        (("2.4",), True, "- Part 2.4 is left out as well, because"),
        (("2.4", "2.5"), True, "- Parts 2.4, 2.5 are left out as well, because"),
    ],
)
def test_what_goes_along_is_made_or_left_out(result, names, left_out, expected):
    before: Timetable = result.timetable
    choosing = Choosing(before=before, along=_parts(*names), left_out=left_out)
    assert apply_text(result, choosing, folder="out", files=["lesson.txt"]).startswith(expected)
    bare = Choosing(before=before)
    assert "as well" not in apply_text(result, bare, folder="out", files=["lesson.txt"])


def test_nothing_chosen_tells_what_the_full_repair_mends(result, tmp_path, capsys):
    out = tmp_path / "chosen"
    apply.main([str(tmp_path / "result"), "--without", "1", "--out", str(out)], standalone_mode=False)
    # Arnd has two short journeys today, 1>2 and 2>3; the full repair leaves one.
    expected = "2 breaches of rules remain; the full repair leaves 1."
    assert expected in " ".join(capsys.readouterr().out.split())
    assert expected in (out / "report.txt").read_text(encoding="utf-8")
    assert expected in (out / "report.html").read_text(encoding="utf-8")


def _spoil(folder: Path, version: str) -> None:
    path = folder / "result.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["versions"]["untisopt"] = version
    path.write_text(json.dumps(data), encoding="utf-8")


def test_result_of_another_version_is_said_to_be_one(result, tmp_path, capsys):
    packages.main([str(tmp_path / "result")], standalone_mode=False)
    assert "was made with" not in capsys.readouterr().out
    _spoil(tmp_path / "result", "0.0.1")
    packages.main([str(tmp_path / "result")], standalone_mode=False)
    assert "The repair was made with untisopt 0.0.1 or under other rules" in " ".join(capsys.readouterr().out.split())
