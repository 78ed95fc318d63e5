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
    assert f'untisopt why-not "{lesson}" --wish "177@1.1 Mon 5"' in done.stdout.splitlines()[-1]


def test_no_way_anywhere(run: Run, tmp_path):
    """What is in the way everywhere is told once; then the nearest places, then how often which rule is in the way.

    10.3 has Ma between Ph and En on Monday: on any other day it leaves a gap. Who could follow has a lecture there.
    At Monday 1 and 3 only 10.3 is needed twice.
    """
    rows = "Beck 1 1 Ph 101 177 10.3\nArnd 1 2 Ma 102 178 10.3\nCarl 1 3 En 103 179 10.3\nCarl 1 2 En 103 180 9.1"
    rows += "\nBeck 1 2 Ph 101 181 9.2"
    lesson = write_export(tmp_path / "stuck", rows, policy="")
    done = run("suggest", lesson, "--lecture", "178")
    assert done.exit_code == 4
    lines = [line.strip() for line in done.stdout.splitlines()]
    text = " ".join(lines)
    assert text.count("on any other day: 10.3 gets 1 more free period between lectures on Mon") == 1
    assert "- Mon 1: 10.3 is needed twice at Mon 1: Ph 10.3 (lesson 177) + Ma 10.3 (lesson 178)" in lines
    assert "other places: " in text
    assert lines[-2] == "What would have to give way for the nearest place:"


def test_not_alone(run: Run, tmp_path):
    """Arnd meets 10.3, so the answer says why he can only change places with Beck."""
    rows = "Arnd 1 1 Ph 101 177 10.3\nBeck 1 2 Ma 102 178 10.3"
    lesson = write_export(tmp_path / "pair", rows, policy="")
    done = run("suggest", lesson, "--lecture", "177", "--to", "Mon 2")
    assert done.exit_code == 0
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert "1 way. It breaks no rule newly." in lines
    assert "Alone it cannot go anywhere. What stands in the way:" in lines
    assert "- Mon 2: 10.3 is needed twice at Mon 2: Ph 10.3 (lesson 177) + Ma 10.3 (lesson 178)" in lines
    assert "1. To Mon 2: swap of 2" in lines


def test_same_lectures_are_told_once(run: Run, tmp_path):
    """10.3 is taught in periods 1 and 2 of Monday and Tuesday; Monday 2 and Tuesday 2 are free for Arnd's lecture.

    On Monday he would have as many free periods as today, and so would 10.3.
    """
    rows = "Arnd 1 1 Ph 101 177 10.3\nArnd 2 1 Ph 101 178 10.3\nBeck 1 2 Ma 102 179 10.3 A\nBeck 2 2 Ma 102 180 10.3 A"
    rows = rows.replace("177 10.3", "177 10.3 B")
    lesson = write_export(tmp_path / "free", rows, policy="")
    text = run("suggest", lesson, "--lecture", "177").stdout
    assert "alike" in text
    assert "- 1 more with the same lectures: to " in text
    (way, *_others) = json.loads(run("suggest", lesson, "--lecture", "177", "--json").stdout)["ways"]
    places = {(to["day"], to["period"]) for to in (way["to"], *(alike["to"] for alike in way["alike"]))}
    assert (way["blocks"], places) == (1, {(1, 2), (2, 2)})


def test_pinned_everywhere(run: Run, lesson):
    """What forbids every place is told once."""
    done = run("suggest", lesson, "--lecture", "177@1.1", "--pin", "lesson:177")
    assert done.exit_code == 4
    assert done.stdout.count("is pinned to Mon 1") == 1
    assert "wherever it goes: " in done.stdout


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


def test_current_folder_has_a_name(run: Run, lesson, monkeypatch):
    monkeypatch.chdir(lesson.parent)
    assert run("slack", ".", "--absences", "0").stdout.startswith("Room in the timetable: export\n")
    assert run("score", ".").stdout.startswith("Score: export\n")
    assert "export: expected a result of untisopt" in run("explain", ".", "--lecture", "177").stderr


def test_no_path_is_not_the_current_folder(run: Run, lesson, monkeypatch):
    """As where a script has found nothing: `untisopt suggest "$EXPORT"`."""
    monkeypatch.chdir(lesson.parent)
    done = run("suggest", "", "--lecture", "177")
    assert done.exit_code == 2
    assert "an empty text is no path" in done.stderr
