"""Explaining single lectures of a repair after events, and reading its folder again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.service.events.repairs import QUICK, ROWS
from tests.unit.service.exports import write_export
from untisopt.errors import InputError
from untisopt.report.events.explain_text import repair_explain_json, repair_explain_text
from untisopt.results.event_report import Fate
from untisopt.service.apply import result_at
from untisopt.service.events.run import RepairResult, repair
from untisopt.service.explain.events import explain_repair
from untisopt.service.reading.repair_folder import is_repair, read_repair
from untisopt.service.score.run import score_of_result

SWAP = "at 2@2.1 Mon 1"
"""Ph has to go where Ma stands, which is taught by the same teacher to the same grade."""


def written(folder: Path, *texts: str, rows: str = ROWS) -> tuple[RepairResult, Path]:
    result = repair(write_export(folder / "export", rows, policy=""), texts, QUICK)
    result.write(folder / "result")
    return result, folder / "result"


def flat(text: str) -> str:
    return " ".join(text.split())


# -- reading the folder again --


@pytest.mark.parametrize(
    "texts",
    [
        (SWAP,),
        ("replace Arnd by new Neumann", "remove 5", "add Ku - 8 1 in 102"),
        ("away Arnd Mon-Fri",),
        ("hours Arnd 2", "lengthen 7 by 1"),
        ("shorten 3 by 2",),
        ("closed 101 Mon 1",),
    ],
)
def test_a_repair_read_again_is_the_one_that_was_written(tmp_path, texts):
    result, folder = written(tmp_path, *texts)
    stored = read_repair(folder)
    read, wanted = stored.outcome.answer.timetable, result.timetable
    assert read.keys() == wanted.keys()
    for id_, place in wanted.items():
        assert read[id_] == place or (read[id_].period.day < 1 and place.period.day < 1)
    document = stored.document
    for name in (
        "moves",
        "placed",
        "unplaced",
        "cut",
        "removed",
        "remaining",
        "status",
        "points",
        "bound",
        "is_best",
        "left",
        "least_left",
        "least_moved",
    ):
        assert getattr(document, name) == getattr(result, name), name
    assert document.before == result.before
    assert document.after == result.after


def test_is_repair(tmp_path):
    _result, folder = written(tmp_path, SWAP)
    assert is_repair(folder)
    assert is_repair(folder / "report.html")
    assert not is_repair(tmp_path / "export")
    assert not is_repair(folder / "input")


def test_a_plan_that_was_changed_is_refused(tmp_path):
    _result, folder = written(tmp_path, SWAP)
    path = folder / "lesson.txt"
    path.write_bytes(path.read_bytes().replace(b"Cohn\t2\t3", b"Cohn\t2\t4"))
    with pytest.raises(InputError, match="expected the plan that untisopt has written, found another one"):
        read_repair(folder)


def test_a_list_of_another_version_is_refused(tmp_path):
    _result, folder = written(tmp_path, "add Ku - 8 1 in 102")
    path = folder / "repair.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    del data["placed"][0]["courses"]
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InputError, match="repair the plan anew"):
        read_repair(folder)


def test_there_is_nothing_to_choose_from(tmp_path):
    _result, folder = written(tmp_path, SWAP)
    with pytest.raises(InputError, match="a result of untisopt repair, which has no packages"):
        result_at(folder)


def test_score_of_a_repair(tmp_path):
    result, folder = written(tmp_path, SWAP)
    document = score_of_result(folder)
    amounts = {line.rule: (line.before.amount, line.after and line.after.amount) for line in document.lines}
    assert amounts["moved-lectures"] == (0, result.moved)


# -- explaining --


def test_what_an_event_rules_out_cannot_stay(tmp_path):
    _result, folder = written(tmp_path, SWAP)
    (one,) = explain_repair(folder, "Ph 7 Tue 1", seconds=5).moved
    assert one.ruled_out == ("Ph 7 (lesson 2) of Tue 1 must be held at Mon 1",)
    assert one.kept is None


def test_what_makes_room_is_impossible_to_keep(tmp_path):
    # Ph has to be where Ma is: with Ma in place, Ph is the one lecture without a place, and nothing else moves.
    result, folder = written(tmp_path, SWAP)
    found = explain_repair(folder, "1@1.1", seconds=10)
    (one,) = found.moved
    assert [move.lecture for move in one.moves] == ["1@1.1", "1@1.2"]
    assert ["2@2.1"] in [[move.lecture for move in moves] for moves in one.chain]
    assert one.kept is not None
    assert (one.kept.status, one.kept.moved, one.kept.is_best) == ("impossible", 0, True)
    assert [lost.lecture for lost in one.kept.unplaced] == ["2@2.1"]
    text = flat(repair_explain_text(found))
    assert "Why: It makes room for Ph 7 (lesson 2) on Mon 1" in text
    assert "Without a place then: Ph 7 (lesson 2)." in text
    assert f"As it is: {result.moved} lectures move." in text
    assert "Ph 7 (lesson 2) of Tue 1 must be held at Mon 1." in text


def test_keeping_may_cost_more_moves(tmp_path):
    # Cohn takes over Ma of Monday 1-2 and Ph of Tuesday 1 and teaches 8 in all three periods: one lecture of each pair
    # has to leave, and three moves are the fewest.
    result, folder = written(tmp_path, "replace Arnd by Cohn")
    assert result.moved == 3
    moved = sorted(move.lecture for move in result.moves)
    (one,) = explain_repair(folder, moved[0], seconds=10).moved
    assert not one.ruled_out
    assert one.kept is not None
    assert one.kept.status == "minimum"
    assert one.kept.moved >= 3
    assert moved[0] not in {move.lecture for move in one.kept.moves}


def test_no_search_without_time(tmp_path):
    _result, folder = written(tmp_path, SWAP)
    found = explain_repair(folder, "1@1.1", seconds=0)
    assert found.moved[0].kept is None
    assert "To keep it: not searched for (--time-limit)" in flat(repair_explain_text(found))


def test_lectures_that_come_go_change_hands_and_stay(tmp_path):
    _result, folder = written(tmp_path, "replace Arnd by new Neumann", "remove 5", "add Ku - 8 1")
    fates = {lesson: explain_repair(folder, lesson, seconds=0).others for lesson in ("1", "5", "Ku 8")}
    assert fates["1"] == (("1@1.1", Fate.TAKEN), ("1@1.2", Fate.TAKEN))
    assert [fate for _lecture, fate in fates["5"]] == [Fate.REMOVED]
    assert [fate for _lecture, fate in fates["Ku 8"]] == [Fate.ADDED]
    text = repair_explain_text(explain_repair(folder, "1", seconds=0))
    assert text == "Ma 7 (lesson 1), Mon 1-2: With another teacher only\n  - Arnd is replaced by Neumann.\n"
    text = repair_explain_text(explain_repair(folder, "Sp 8", seconds=0))
    assert text == "Sp 8 (lesson 7) stays on Tue 3: the result changes nothing about it.\n"


def test_what_has_no_place_is_explained(tmp_path):
    _result, folder = written(tmp_path, "away Arnd Mon-Fri")
    text = repair_explain_text(explain_repair(folder, "2", seconds=0))
    head, advice = text.split("\n\n", maxsplit=1)
    assert head == "Ph 7 (lesson 2), Tue 1: Without a place\n  - Arnd is away all week"
    assert advice.startswith("What you can do\n")
    assert '"replace Arnd by new Neumann"' in advice


def test_only_a_room_changes(tmp_path):
    # 101 and 102 host the same subjects; 101 is closed, and keeping the lecture in it is what the event rules out.
    rows = "Arnd 1 1 Ma 101 1 7\nArnd 2 1 Ma 102 1 7\nBeck 1 2 Ma 101 2 8\nBeck 2 2 Ma 102 2 8"
    result, folder = written(tmp_path, "closed 101 Mon 1", rows=rows)
    assert (result.moved, result.changed_rooms) == (0, 1)
    found = explain_repair(folder, result.moves[0].lecture, seconds=5)
    (one,) = found.moved
    assert "101 is closed at Mon 1." in repair_explain_text(found)
    assert one.kept is not None
    # In 101 there is no place for it on Monday 1, so it has none at all then.
    assert one.kept.status.startswith("impossible")
    assert [lost.lecture for lost in one.kept.unplaced] == ["1@1.1"]


def test_json(tmp_path):
    result, folder = written(tmp_path, SWAP)
    data = json.loads(repair_explain_json(explain_repair(folder, "Ma 7", seconds=10)))
    (moved,) = data["moved"]
    assert [move["lecture"] for move in moved["moves"]] == ["1@1.1", "1@1.2"]
    assert moved["keep"]["status"] == "impossible"
    assert moved["keep"]["unplaced"] == ["2@2.1"]
    assert moved["touched"] == {"teachers": ["Arnd"], "grades": ["7"]}
    assert "2@2.1" in moved["makes_room_for"]
    assert data["others"] == data["staying"] == []
    ruled = json.loads(repair_explain_json(explain_repair(folder, "2", seconds=0)))["moved"][0]["keep"]
    assert ruled["status"] == "ruled-out"
    assert result.status == "minimum"


def test_an_unknown_lecture(tmp_path):
    _result, folder = written(tmp_path, SWAP)
    with pytest.raises(InputError, match="99"):
        explain_repair(folder, "99", seconds=0)


@pytest.mark.parametrize("key", ["status", "proof", "options", "remaining"])
def test_an_incomplete_list_is_refused(tmp_path, key):
    _result, folder = written(tmp_path, SWAP)
    path = folder / "repair.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    del data[key]
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InputError, match=f"no '{key}'"):
        explain_repair(folder, "1", seconds=0)


def test_a_search_that_finds_nothing_in_time_says_so(tmp_path):
    _result, folder = written(tmp_path, SWAP)
    found = explain_repair(folder, "1@1.1", seconds=5)
    unknown = replace(found, moved=tuple(replace(one, kept=None) for one in found.moved))
    text = flat(repair_explain_text(unknown))
    assert "no plan in which it stays and everything has a place was found in 5 s (--time-limit)." in text


def test_an_added_lecture_without_a_place(tmp_path):
    # 7 is full: 4 lectures on Monday, 3 on Tuesday and Tuesday 4 free for one of two new ones at best.
    result, folder = written(tmp_path, "add Ku - 7 2x1 in 102")
    assert len(result.unplaced) == 1
    (lost,) = result.unplaced
    found = explain_repair(folder, "Ku 7", seconds=0)
    assert dict(found.others)[lost.lecture] is Fate.UNPLACED
    text = flat(repair_explain_text(found))
    assert "Ku 7 (lesson 8), new: Without a place - No place is free for it." in text
    # What the repair has advised is advised here as well; grade 7 would have to have lessons at other times.
    assert 'under [rules.grade-day] the line except = ["7"]' in text
    assert " ".join(result.ask[:2]) == "untisopt why-not"
    assert "untisopt why-not" in text
