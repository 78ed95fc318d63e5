"""`untisopt calendar`."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from tests.unit.service.exports import ROWS, write_export
from untisopt.cli.calendar import command
from untisopt.errors import UsageError
from untisopt.i18n import use_language

Run = Callable[..., Result]


@pytest.fixture
def calendar() -> Run:
    """The command alone, so that errors come out as they are raised."""
    use_language("en")
    return lambda *arguments: CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.fixture
def lesson(tmp_path):
    return write_export(tmp_path / "export")


def test_one_plan(calendar, lesson):
    done = calendar(lesson, "--weeks", "41-43", "--school-year", "2026/27")
    assert done.exit_code == 0
    folder = lesson.parent / "untisopt-calendars"
    assert done.stdout == f"6 calendars for calendar weeks 41-43 (from 2026-10-05) are written to {folder}.\n"
    assert sorted(path.name for path in folder.iterdir()) == ["grades", "teachers"]


def test_weeks_over_the_turn_of_the_school_year_are_listed(calendar, lesson, tmp_path):
    where = ["--school-year", "2026", "--out", tmp_path / "out"]
    # 41 and 42 follow one another; 43-40 goes on to the end of the year and from its begin: 36-40 come first in the
    # school year. The export has the weeks 36 to 43.
    assert "calendar weeks 36-37 (from 2026-08-31), 41-42 (from 2026-10-05) are" in calendar(
        lesson, "--weeks", "41-42,36,37", *where
    ).stdout.replace("6 calendars for ", "")
    told = calendar(lesson, "--weeks", "43-38", *where, "--force").stdout
    assert "calendar weeks 36-38 (from 2026-08-31), 43 (from 2026-10-19) are written" in told
    assert "for calendar week 41 (from 2026-10-05) are" in calendar(lesson, "--weeks", "41", *where, "--force").stdout


def test_options_that_mean_nothing_here_are_not_offered(calendar):
    told = calendar("--help").stdout
    assert "--travel" in told
    assert "--week " not in told
    assert "--pin" not in told


def test_two_plans_of_one_teacher(calendar, lesson, tmp_path):
    after = write_export(tmp_path / "after", ROWS.replace("Carl 2 1 Ch", "Carl 2 3 Ch"))
    where = ["--weeks", "41,50", "--school-year", "2026", "--teacher", "Carl", "--out", tmp_path / "out"]
    done = calendar(lesson, after, *where)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "Calendar week 50 is left out: its date or its plan is not known"
    files = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.ics"))
    assert files == ["after/teachers/Carl.ics", "before/teachers/Carl.ics"]


def test_json(calendar, lesson, tmp_path):
    where = ["--weeks", "41", "--school-year", "2026", "--grade", "10.3", "--out", tmp_path / "out", "--json"]
    assert json.loads(calendar(lesson, *where).stdout) == {
        "out": str(tmp_path / "out"),
        "files": ["grades/10.3.ics"],
        "weeks": [{"week": 41, "monday": "2026-10-05"}],
        "notes": [],
    }


def test_weeks_are_needed(calendar, lesson):
    done = calendar(lesson)
    assert done.exit_code == 2
    assert "--weeks" in done.stderr


def test_errors_come_before_anything_is_read(calendar, tmp_path):
    done = calendar(tmp_path / "nothing", "--weeks", "60")
    assert isinstance(done.exception, UsageError)


def test_folder_with_content(calendar, lesson, tmp_path):
    where = ["--weeks", "41", "--school-year", "2026", "--out", tmp_path / "out"]
    assert calendar(lesson, *where).exit_code == 0
    assert calendar(lesson, *where).exit_code == 1
    assert calendar(lesson, *where, "--force").exit_code == 0
