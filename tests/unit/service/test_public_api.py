"""The public API: few names, loaded late, documented with an example that runs."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import untisopt
from tests.unit.service.exports import solver_that_moves, use_solver, write_export

ROOT = Path(untisopt.__file__).parents[1]


def test_names():
    assert len(untisopt.__all__) <= 15
    assert all(hasattr(untisopt, name) for name in untisopt.__all__)
    assert set(untisopt.__all__) <= set(dir(untisopt))


def test_unknown_name():
    assert not hasattr(untisopt, "nothing_of_the_kind")


def test_version_is_that_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert untisopt.__version__ == project["version"]


def test_example_of_the_docstring(tmp_path, monkeypatch):
    write_export(tmp_path / "demo-school")
    use_solver(monkeypatch, solver_that_moves({"178@1.2": (1, 3), "179@1.3": (1, 2), "181@1.3": (1, 2)}))
    monkeypatch.chdir(tmp_path)
    lines = [line[4:] for line in (untisopt.__doc__ or "").splitlines() if line.startswith(">>> ")]
    assert len(lines) >= 8
    scope: dict[str, object] = {}
    for line in lines:
        exec(line, scope)
    assert (tmp_path / "result" / "lesson.txt").is_file()


def _modules_after(code: str) -> set[str]:
    script = f"{code}\nimport sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return {name.split(".")[0] for name in done.stdout.split()} | set(done.stdout.split())


def test_import_is_light():
    modules = _modules_after("import untisopt")
    assert not modules & {"ortools", "pandas", "numpy", "click", "rich", "numba"}


def test_verify_loads_neither_model_nor_solver(tmp_path):
    before, after = write_export(tmp_path / "before"), write_export(tmp_path / "after")
    modules = _modules_after(f"import untisopt; assert untisopt.verify({str(before)!r}, {str(after)!r}).ok")
    assert not [name for name in modules if name.startswith(("untisopt.model", "untisopt.solve"))]
    assert not modules & {"ortools", "pandas", "numpy", "numba"}
