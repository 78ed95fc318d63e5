"""A made-up school on disk, and the command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import untisopt
from untisopt.service.demo import demo

ROOT = Path(untisopt.__file__).parents[1]
Process = subprocess.CompletedProcess[str]
Untisopt = Callable[..., Process]


def environment() -> dict[str, str]:
    """English texts, UTF-8, and the package of this checkout."""
    return {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="session")
def small_school(tmp_path_factory) -> Path:
    """The folder of the small demo school; tests must leave it alone."""
    folder: Path = tmp_path_factory.mktemp("small") / "school"
    demo(folder, size="small", seed=1)
    return folder


@pytest.fixture
def run(tmp_path) -> Untisopt:
    """Run `untisopt` as users do, in an empty working folder."""

    def start(*arguments: object) -> Process:
        command = [sys.executable, "-m", "untisopt", *map(str, arguments)]
        return subprocess.run(
            command, capture_output=True, encoding="utf-8", cwd=tmp_path, env=environment(), timeout=120, check=False
        )

    return start
