"""Paths in messages: the current folder has a name."""

from __future__ import annotations

from pathlib import Path

import pytest

from untisopt.errors import Defect, path_name


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (".", "Müllers Plan"),
        ("./", "Müllers Plan"),
        ("..", "above"),
        ("lesson.txt", "lesson.txt"),
        ("../other", "../other"),
        ("--lecture", "--lecture"),
        ("", ""),
    ],
)
def test_path_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, shown: str):
    folder = tmp_path / "above" / "Müllers Plan"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    assert path_name(given) == shown
    assert Defect(file=given, expected="this", found="that").where == shown
