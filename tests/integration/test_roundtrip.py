"""Reading and writing without a change gives the same bytes: for our fixtures, and for data that lies beside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from untisopt.io.untis import read_export, revised
from untisopt.io.untis.files.records import load
from untisopt.io.untis.files.siblings import TIMETABLES, role_of

REPOSITORY = Path(__file__).parents[2]
ENDINGS = (".txt", ".csv")


def _shared() -> Path:
    """The folder with data of others: UNTISOPT_SHARED_DATA, else the usual place beside the repository."""
    named = os.environ.get("UNTISOPT_SHARED_DATA")
    return Path(named) if named else REPOSITORY.parent / "shared" / "data"


def _files(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(p for p in folder.rglob("*") if p.suffix.lower() in ENDINGS and role_of(p) is not None)


FILES = list(_files(REPOSITORY / "fixtures", _shared()))
PLANS = [path for path in FILES if role_of(path) in TIMETABLES]


def test_there_are_fixtures() -> None:
    assert len([path for path in PLANS if path.is_relative_to(REPOSITORY)]) >= 6


def test_a_folder_that_was_named_is_there() -> None:
    named = os.environ.get("UNTISOPT_SHARED_DATA")

    assert named is None or Path(named).is_dir()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_records_give_every_byte_back(path: Path) -> None:
    raw = load(path)

    assert raw.written([row.content for row in raw.rows]) == path.read_bytes()
    same = [row.with_fields(dict(enumerate(row.fields))) for row in raw.rows]
    assert raw.written(same) == path.read_bytes()


@pytest.mark.parametrize("path", PLANS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_unchanged_plan_is_written_as_it_was_read(path: Path) -> None:
    export = read_export(path)

    assert revised(export, export.school.as_is) == {path.name: path.read_bytes()}
