"""Reading the folder of a result, and refusing what is none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.unit.service.exports import solver_that_moves, use_solver, write_export
from untisopt.engines.session import SolveOptions
from untisopt.errors import InputError
from untisopt.service.demo import demo
from untisopt.service.optimise.run import OptimiseResult, optimise
from untisopt.service.reading.result_folder import default_chosen, input_names, is_result, read_result

GOOD = {"178@1.2": (1, 3), "179@1.3": (1, 2), "181@1.3": (1, 2)}
OPTIONS = SolveOptions(time_limit=2, workers=1, deterministic=True)


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> tuple[OptimiseResult, Path]:
    """A result and its folder; the export it came from is gone."""
    folder = tmp_path_factory.mktemp("written")
    with pytest.MonkeyPatch.context() as patch:
        use_solver(patch, solver_that_moves(GOOD))
        result = optimise(write_export(folder / "export"), options=OPTIONS)
    result.write(folder / "result")
    shutil.rmtree(folder / "export")
    return result, folder / "result"


@pytest.fixture
def folder(written, tmp_path) -> Path:
    """A copy of the result that may be spoilt."""
    return Path(shutil.copytree(written[1], tmp_path / "result"))


def test_read_as_it_was(written):
    result, path = written
    stored = read_result(path)
    assert stored.path == path
    assert stored.timetable == result.timetable
    assert stored.packages == result.packages
    assert stored.plan.school.as_is == result.school.as_is
    assert stored.plan.policy == result.policy


def test_a_file_of_the_folder_will_do(written):
    result, path = written
    assert read_result(path / "report.html").timetable == result.timetable


@pytest.mark.parametrize("name", ["lesson.txt", "gpu/GPU001.TXT"])
def test_demo_with_breaks_and_policy(name, tmp_path):
    demo(tmp_path / "school", size="small", seed=1)
    result = optimise(tmp_path / "school" / name, options=SolveOptions(time_limit=1, workers=1, deterministic=True))
    result.write(tmp_path / "result")
    shutil.rmtree(tmp_path / "school")
    stored = read_result(tmp_path / "result")
    assert stored.timetable == result.timetable
    assert stored.packages == result.packages
    assert stored.plan.school.grid == result.school.grid
    assert stored.plan.school.travel == result.school.travel
    assert stored.plan.policy.with_(breaks_file=None) == result.policy.with_(breaks_file=None)


def test_is_result(written, tmp_path):
    assert is_result(written[1])
    assert not is_result(tmp_path)
    assert not is_result(written[1] / "result.json")


def test_copies_of_the_input(written):
    result, path = written
    names = sorted(f"input/{file.name}" for file in (path / "input").iterdir())
    assert sorted(input_names(result.plan)) == names == ["input/lesson.txt", "input/time.txt", "input/untisopt.toml"]


def test_choice_goes_beside_the_result(tmp_path):
    assert default_chosen(tmp_path / "result") == tmp_path.resolve() / "untisopt-chosen"


def _message(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_result(path)
    return str(caught.value)


def test_no_result_folder(tmp_path):
    message = _message(tmp_path)
    assert str(tmp_path) in message
    assert "a folder without result.json" in message
    assert "you mean the folder that untisopt optimise has written" in message


def test_edited_plan(folder):
    path = folder / "lesson.txt"
    path.write_bytes(path.read_bytes().replace(b"Carl", b"Karl"))
    message = _message(folder)
    assert "lesson.txt" in message
    assert "another one" in message


def test_missing_plan(folder):
    (folder / "lesson.txt").unlink()
    assert "no such file" in _message(folder)


@pytest.mark.parametrize("name", ["result.json", "changes.json", "packages.json"])
@pytest.mark.parametrize("content", ["{", "", "[1]", "{}", "null"])
def test_broken_json(folder, name, content):
    (folder / name).write_text(content, encoding="utf-8")
    message = _message(folder)
    assert name in message
    assert "optimise the plan anew" in message


@pytest.mark.parametrize("name", ["changes.json", "packages.json"])
def test_missing_json(folder, name):
    (folder / name).unlink()
    assert "no such file" in _message(folder)


def test_bytes_that_are_no_text(folder):
    (folder / "changes.json").write_bytes(b"\xff\xfe\xff")
    assert "changes.json" in _message(folder)


def test_other_format(folder):
    path = folder / "packages.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**data, "format": 99}), encoding="utf-8")
    assert "packages in the format 99" in _message(folder)


def test_strange_lecture(folder):
    path = folder / "changes.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["moves"][0]["lecture"] = "999@1.1"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert "999@1.1" in _message(folder)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("to", None),
        ("courses", None),
        ("courses", 3),
        ("to", {"day": "x", "period": 1}),
    ],
)
def test_changes_of_another_shape(folder, key, value):
    path = folder / "changes.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["moves"][0][key] = value
    path.write_text(json.dumps(data), encoding="utf-8")
    assert "changes.json" in _message(folder)
