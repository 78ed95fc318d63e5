"""`untisopt score` with another export: of the same lectures, of other ones, and of another school."""

from __future__ import annotations

import json

import pytest

from tests.unit.service.exports import POLICY, ROWS, write_export

OTHER_SCHOOL = """
Xaver 1 1 Geo A1 11 12.1
Xaver 1 2 Geo A1 11 12.1
Yves 2 4 Mus A2 177 12.2
Zora 3 4 Wir A3 178 12.2
"""


@pytest.fixture
def lesson(tmp_path):
    return write_export(tmp_path / "export")


def scored(run, lesson, other):
    done = run("score", lesson, other, "--json")
    assert done.exit_code == 0, done.stderr
    data = json.loads(done.stdout)
    assert sum(rule["after"]["points"] for rule in data["rules"]) == data["objective"]["after"]
    return data


def after(data):
    return {rule["rule"]: rule["after"]["amount"] for rule in data["rules"]}


def other_plan(tmp_path, rows, **options):
    return write_export(tmp_path / "other", rows, **options)


def test_the_same_lectures(run, lesson, tmp_path):
    data = scored(run, lesson, other_plan(tmp_path, ROWS.replace("Carl 2 1", "Carl 2 4")))
    assert after(data)["moved-lectures"] == 1
    assert data["differences"] == {"lost": [], "added": [], "altered": [], "notes": []}


def test_a_lecture_that_was_added(run, lesson, tmp_path):
    # Beck has period 1 of Monday twice then; the Monday of Arnd is as before. Nobody moves for the new lesson.
    data = scored(run, lesson, other_plan(tmp_path, ROWS + "Beck 1 1 Ku F14 190 9.2\n"))
    assert data["differences"]["added"] == ["Mon 1 Ku 9.2 (lesson 190) Beck"]
    amounts = after(data)
    assert (amounts["teacher-clash"], amounts["moved-lectures"], amounts["teacher-site-changes"]) == (1, 0, 2)


def test_a_lecture_on_a_free_day(run, lesson, tmp_path):
    # Carl has no Wednesday in the plan before, so the new lecture breaks that, though it is the only plan that has it.
    data = scored(run, lesson, other_plan(tmp_path, ROWS + "Carl 3 1 Ku 103 190 9.2\n"))
    assert after(data)["teacher-free-day"] == 1


def test_another_teacher(run, lesson, tmp_path):
    # Dora takes Arnd's lesson at the branch: no journey is left for him, and she has none.
    rows = ROWS.replace("Arnd 1 2 Ph", "Dora 1 2 Ph")
    data = scored(run, lesson, other_plan(tmp_path, rows))
    told = "Mon 2 Ph 9.1 (lesson 178) Arnd -> Mon 2 Ph 9.1 (lesson 178) Dora"
    assert data["differences"]["altered"] == [told]
    amounts = after(data)
    assert (amounts["teacher-site-changes"], amounts["teacher-travel"], amounts["moved-lectures"]) == (0, 0, 0)
    text = run("score", lesson, tmp_path / "other" / "lesson.txt").stdout
    assert "The two plans do not have the same lectures." in text
    assert f"Altered (1)\n  - {told}\n" in text


def test_the_new_teacher_is_there_twice(run, lesson, tmp_path):
    # Beck has De of 9.1 in period 1 of Monday, and now Ma of 10.3 as well; the file itself is no excuse for that.
    data = scored(run, lesson, other_plan(tmp_path, ROWS.replace("Arnd 1 1 Ma", "Beck 1 1 Ma")))
    assert after(data)["teacher-clash"] == 1


def test_a_lecture_that_is_gone(run, lesson, tmp_path):
    data = scored(run, lesson, other_plan(tmp_path, ROWS.replace("Arnd 1 2 Ph F13 178 9.1\n", "")))
    assert data["differences"]["lost"] == ["Mon 2 Ph 9.1 (lesson 178) Arnd"]
    assert after(data)["teacher-site-changes"] == 0


def test_a_room_that_is_new(run, lesson, tmp_path):
    # F99 is a room of the branch by the pattern of the policy; the plan before knows it not.
    data = scored(run, lesson, other_plan(tmp_path, ROWS.replace("Arnd 1 1 Ma 101", "Arnd 1 1 Ma F99")))
    amounts = after(data)
    # Main building from period 3 on only: one site change left.
    assert (amounts["teacher-site-changes"], amounts["changed-rooms"]) == (1, 1)


def test_without_the_times_of_the_periods(run, lesson, tmp_path):
    # The folder of a repair holds no time.txt; the bells of the plan before ring for it, too.
    rows = ROWS + "Carl 2 2 Ku 103 190 10.3\n"
    data = scored(run, lesson, other_plan(tmp_path, rows, times=False, policy=""))
    assert after(data)["teacher-travel"] == 2
    assert data["not_compared"] == []


def test_a_double_of_which_half_was_added(run, lesson, tmp_path):
    # Ch on Tuesday 1 becomes a double; its first half stays where it is, the second is new.
    data = scored(run, lesson, other_plan(tmp_path, ROWS + "Carl 2 2 Ch 101 183 10.3\n"))
    assert data["differences"]["added"] == ["Tue 2 Ch 10.3 (lesson 183) Carl"]
    assert after(data)["moved-lectures"] == 0


@pytest.mark.parametrize("turned", [False, True])
def test_another_school(run, tmp_path, turned):
    lesson = write_export(tmp_path / "export", policy="")
    other = other_plan(tmp_path, OTHER_SCHOOL, policy="")
    done = run("score", *((other, lesson) if turned else (lesson, other)))
    assert done.exit_code == 3
    assert done.stdout == ""
    assert "do not look like exports of one school" in done.stderr


def test_a_pin_of_the_policy(run, tmp_path):
    # Lesson 182 is pinned to Monday 1 and stands on Monday 4 afterwards; a lesson was added besides.
    policy = f"{POLICY}[[pins]]\nlesson = 182\n"
    rows = ROWS.replace("Carl 1 1 Sp", "Carl 1 4 Sp") + "Beck 2 3 Ku F14 190 9.1\n"
    data = scored(run, write_export(tmp_path / "export", ROWS + "\n", policy=""), other_plan(tmp_path, rows, policy=""))
    assert after(data)["pinned"] == 0
    (tmp_path / "export" / "untisopt.toml").write_text(policy, encoding="utf-8")
    done = run("score", tmp_path / "export" / "lesson.txt", tmp_path / "other" / "lesson.txt", "--json")
    assert done.exit_code == 0, done.stderr
    assert after(json.loads(done.stdout))["pinned"] == 1


def test_two_kinds_of_weeks(run, tmp_path):
    # Arnd's journeys are in A and B weeks: two in each, four together. Lesson 185 makes the kinds of weeks differ.
    lesson = write_export(tmp_path / "export", ROWS + "Beck 2 5 Ku F14 185 9.1 A\n")
    done = run("score", lesson)
    assert "take all 2 kinds of weeks together" in " ".join(done.stdout.split())
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "rule weight factor count per week points lectures" in lines
    assert "teacher-site-changes: site changes of teachers 1 10 4 2 40 3" in lines
