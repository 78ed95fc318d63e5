"""The check of a repair after events: what the result itself says is left over is no loss, anything else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import untisopt
from tests.unit.service.exports import write_export
from untisopt.engines.session import SolveOptions
from untisopt.errors import InputError, UsageError
from untisopt.report.events.verify_text import repair_verify_json, repair_verify_text
from untisopt.service.events.run import RepairOptions, read_all, repair
from untisopt.service.verify.events import RepairVerifyResult, verify_repair

QUICK = RepairOptions(solve=SolveOptions(time_limit=20, workers=1, deterministic=True))
# 7 has a double of Ma on Monday and on Tuesday, both of Arnd, and nothing else; 8 has Beck on Monday 1-2.
ROWS = """
Arnd 1 1 Ma 101 1 7
Arnd 1 2 Ma 101 1 7
Arnd 2 1 Ma 101 1 7
Arnd 2 2 Ma 101 1 7
Beck 1 1 "B"&<e 102 2 8
Beck 1 2 De 102 3 8
"""
AWAY = "away Arnd Mon-Fri"


@pytest.fixture
def lesson(tmp_path) -> Path:
    return write_export(tmp_path / "export", ROWS, policy="")


def checked(lesson: Path, after: Path, *texts: str) -> RepairVerifyResult:
    plan = untisopt.read(lesson)
    return verify_repair(plan, after, read_all(plan, texts))


def written(lesson: Path, folder: Path, *texts: str) -> Path:
    repair(lesson, texts, QUICK).write(folder)
    return folder / "lesson.txt"


def test_what_the_repair_lists_is_not_lost(lesson, tmp_path):
    found = checked(lesson, written(lesson, tmp_path / "result", AWAY), AWAY)
    assert (found.ok, found.lost, found.unplaced) == (
        *(True, ()),
        tuple(f"{place} Ma 7 (lesson 1) Arnd" for place in ("Mon 1", "Mon 2", "Tue 1", "Tue 2")),
    )
    text = " ".join(repair_verify_text(found).split())
    assert "Sound, but not complete: 4 lectures are without a place, as the repair says." in text
    assert "Without a place, as the repair says (4)" in text
    data = json.loads(repair_verify_json(found))
    assert (data["ok"], len(data["unplaced"]), data["remaining"]) == (True, 4, [])


def test_what_it_does_not_list_is_lost(lesson, tmp_path):
    after = written(lesson, tmp_path / "result", AWAY)
    after.write_bytes(b"".join(line for line in after.read_bytes().splitlines(keepends=True) if b"\tDe\t" not in line))
    found = checked(lesson, after, AWAY)
    assert (found.ok, found.lost, len(found.unplaced)) == (False, ("Mon 2 De 8 (lesson 3) Beck",), 4)
    assert "Not sound: 1 thing is wrong." in repair_verify_text(found)


def test_without_a_list_all_is_lost(lesson, tmp_path):
    after = written(lesson, tmp_path / "result", AWAY)
    (after.parent / "repair.json").unlink()
    found = checked(lesson, after, AWAY)
    assert (found.ok, len(found.lost), found.unplaced) == (False, 4, ())


@pytest.mark.parametrize("content", [b"", b"[]", b'{"unplaced": 3}', b'{"unplaced": [{}], "rules": []}', b"\xff"])
def test_a_list_that_is_none(lesson, tmp_path, content):
    after = written(lesson, tmp_path / "result", AWAY)
    (after.parent / "repair.json").write_bytes(content)
    with pytest.raises(InputError, match=r"repair\.json: expected the list of a repair"):
        checked(lesson, after, AWAY)


def test_lectures_that_are_alike_may_stand_for_one_another(lesson, tmp_path):
    # The result lists the double of Monday; a plan that has that one and not Tuesday's leaves as much without a place.
    after = written(lesson, tmp_path / "result", AWAY)
    path = after.parent / "repair.json"
    data = json.loads(path.read_bytes())
    data["unplaced"] = [row for row in data["unplaced"] if row["lecture"].startswith("1@1")]
    path.write_text(json.dumps(data), encoding="utf-8")
    rows = lesson.read_bytes().splitlines(keepends=True)
    after.write_bytes(b"".join(row for row in rows if not row.startswith(b"Arnd\t2")))
    found = checked(lesson, after, "away Arnd Tue-Fri")
    assert (len(found.unplaced), found.lost) == (2, ())


def test_a_lecture_that_is_alike_in_the_forbidden_place_is_seen(lesson, tmp_path):
    # The plan as it was keeps lesson 1 on Tuesday.
    after = tmp_path / "after" / "lesson.txt"
    after.parent.mkdir()
    after.write_bytes(lesson.read_bytes())
    found = checked(lesson, after, "not 1@2.1 Tue")
    assert len(found.altered) == 1
    # Moved to Wednesday it is right, whichever of the lectures is taken for which.
    after.write_bytes(lesson.read_bytes().replace(b"Arnd\t2\t", b"Arnd\t3\t"))
    assert checked(lesson, after, "not 1@2.1 Tue").altered == ()


def test_coupled_lessons_without_a_place(lesson, tmp_path):
    # De of 8 (lesson 3) is to be held with Sp of 9 (lesson 4), but Dahl is never there: both have no place, or one.
    rows = ROWS + "Dahl 2 1 Sp TH 4 9\nCohn 1 1 Ku 103 5 9"
    source = write_export(tmp_path / "more", rows, policy="")
    texts = ["couple 3 4", "away Dahl Mon-Fri"]
    result = repair(source, texts, QUICK)
    assert result.unplaced
    assert all(found.everywhere or any(why for _place, why in found.reasons) for found in result.unplaced)
    after = written(source, tmp_path / "result", *texts)
    assert checked(source, after, *texts).ok
    # Placed apart it is seen.
    (after.parent / "repair.json").unlink()
    after.write_bytes(source.read_bytes())
    assert any("not held at the same time" in text for text in checked(source, after, "couple 3 4").altered)


def test_xml_of_the_demo_school(tmp_path):
    from untisopt.service.demo import demo

    demo(tmp_path / "school", size="small", seed=1)
    source = next((tmp_path / "school").rglob("*.xml"))
    plan = untisopt.read(source)
    # A lecture of one teacher on Monday 1: the plan as it was does not do.
    (teacher,) = next(
        lecture.teachers
        for id_, lecture in plan.school.lectures.items()
        if lecture.lesson and len(lecture.teachers) == 1 and plan.school.as_is[id_].period == (1, 1)
    )
    events = read_all(plan, [f"away {teacher} Mon 1"])
    assert verify_repair(plan, source, events).altered
    result = repair(plan, events, QUICK)
    result.write(tmp_path / "result")
    name = source.name if source.name in result.files else "GPU001.TXT"
    found = verify_repair(plan, tmp_path / "result" / name, events)
    assert (found.ok, found.lost, found.altered, found.added) == (True, (), (), ())
    with pytest.raises(UsageError, match="an XML cannot be compared"):
        verify_repair(plan, tmp_path / "result" / name, read_all(plan, [f"replace {teacher} by new Neu"]))
