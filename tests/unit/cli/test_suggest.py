"""`untisopt suggest` and `untisopt slack`: output and exit codes."""

from __future__ import annotations

import json

import pytest

from tests.unit.cli.conftest import Run
from tests.unit.service.exports import write_export

# Arnd's Monday goes from the main building to the branch. 10.3 and Arnd are free on Tuesday in period 3. One subject
# has a name that means something to browsers and spreadsheets.
ROWS = """
Arnd 1 1 Ma 101 177 10.3
Arnd 1 2 Ph F13 178 9.1
Arnd 2 1 Ma 102 179 10.4
Beck 2 1 =De<b> 103 180 10.3
Beck 2 2 =De<b> 103 180 10.3
Carl 1 3 En 103 181 10.3
"""


@pytest.fixture
def lesson(tmp_path):
    return write_export(tmp_path / "export", ROWS)


def test_text(run: Run, lesson):
    """Without his lecture on Monday 1, Arnd has no site change; 10.3 has one gap less on Monday and none on Tuesday."""
    done = run("suggest", lesson, "--lecture", "Ma 10.3", "--to", "Di 3", "--time-limit", "60")
    assert (done.exit_code, done.stderr) == (0, "")
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[0] == "Ways to move Ma 10.3 (lesson 177) with Arnd, Mon 1"
    assert "1. To Tue 3: alone" in lines
    assert "Mon 1 -> Tue 3  Ma 10.3 (lesson 177) with Arnd in 101" in lines
    assert any(line.startswith("- Better:") and "site changes of teachers" in line for line in lines)
    assert any(line.startswith("- Hit worst is") for line in lines)


def test_names_as_they_are(run: Run, lesson):
    done = run("suggest", lesson, "--lecture", "=De<b> Di 1", "--most", "1")
    assert "=De<b> 10.3 (lesson 180) with Beck, Tue 1-2" in done.stdout


def test_json(run: Run, lesson):
    done = run("suggest", lesson, "--lecture", "177@1.1", "--json", "--time-limit", "60", "--most", "2")
    found = json.loads(done.stdout)
    assert found["lectures"] == ["177@1.1"]
    assert found["complete"]
    assert 1 <= len(found["ways"]) <= 2
    points = [way["points"] for way in found["ways"]]
    assert points == sorted(points)
    assert {"lecture", "from", "to"} <= found["ways"][0]["moves"][0].keys()


def test_no_way(run: Run, lesson):
    """10.3 is taught in periods 1 to 3 so far."""
    done = run("suggest", lesson, "--lecture", "177@1.1", "--to", "Mo 5")
    assert done.exit_code == 4
    assert "No way was found" in done.stdout
    assert "Mon 5: everybody is free, but" in done.stdout
    assert "untisopt why-not" in done.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--lecture", "Mathe"), "Maybe you mean"),
        (("--lecture", "10.3"), "expected one lecture, found 3 of them: '10.3'"),
        (("--lecture", "177", "--to", "Sa 1"), "--to: expected a place in the time grid"),
        (("--lecture", "177", "--to", "bald"), "--to: expected a weekday"),
    ],
)
def test_bad_input(run: Run, lesson, options, message):
    done = run("suggest", lesson, *options)
    assert done.exit_code == 3
    assert message in done.stderr


def test_lecture_is_needed(run: Run, lesson):
    assert run("suggest", lesson).exit_code == 2


def test_slack(run: Run, lesson):
    done = run("slack", lesson, "--absences", "0")
    assert done.exit_code == 0
    assert "Bottlenecks" in done.stdout
    assert "Single absences" not in done.stdout


def test_slack_with_absences(run: Run, lesson):
    """Four teachers and days; a limit of no change is proved to be too little by counting."""
    done = run("slack", lesson, "--absences", "9", "--changes", "0", "--json")
    found = json.loads(done.stdout)
    assert sorted((a["teacher"], a["day"], a["answer"]) for a in found["absences"]) == [
        ("Arnd", 1, "no"),
        ("Arnd", 2, "no"),
        ("Beck", 2, "no"),
        ("Carl", 1, "no"),
    ]
    text = run("slack", lesson, "--absences", "9", "--changes", "0").stdout
    assert "4 absences of a teacher for a day, drawn at random (seed 1); at most 0 lectures may move." in text
    # Ma 10.3, Ph 9.1, Ma 10.4, the double of De, and En may move.
    assert len(found["lectures"]) == 5
