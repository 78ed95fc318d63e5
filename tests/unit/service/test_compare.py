"""diff and verify: what moved, what is lost, added, altered or newly broken."""

from __future__ import annotations

import re

import pytest

from tests.unit.service.exports import ROWS, write_export
from untisopt.report.diff.text import diff_text, verify_text
from untisopt.service.diff import diff
from untisopt.service.verify.plans import verify


def _pair(tmp_path, *changes, drop="", add=""):
    rows = ROWS
    for old, new in changes:
        assert old in rows
        rows = rows.replace(old, new)
    rows = rows.replace(drop, "") + add if drop else rows + add
    return write_export(tmp_path / "before"), write_export(tmp_path / "after", rows)


MOVE = ("Carl 2 1 Ch 101 183 10.3", "Carl 2 3 Ch 101 183 10.3")


def test_nothing_changed(tmp_path):
    before, after = _pair(tmp_path)
    result = verify(before, after)
    assert result.ok
    assert result.moves == ()


def test_moved_lecture(tmp_path):
    before, after = _pair(tmp_path, MOVE)
    (move,) = diff(before, after).moves
    assert (move.lecture, tuple(move.after.period)) == ("183@2.1", (2, 3))
    assert verify(before, after).ok
    assert list(diff(before, after).changes.index) == ["183@2.1"]


def test_lost_lecture(tmp_path):
    before, after = _pair(tmp_path, drop="Carl 2 1 Ch 101 183 10.3\n")
    result = verify(before, after)
    assert not result.ok
    assert result.lost == ("Tue 1 Ch 10.3 (lesson 183) Carl",)
    assert len(result.altered) == 1
    assert result.altered[0].startswith("missing once: Carl Ch 183")


def test_added_lecture(tmp_path):
    before, after = _pair(tmp_path, add="Carl 5 1 Ch 101 190 10.3\n")
    result = verify(before, after)
    assert not result.ok
    assert result.added == ("Fri 1 Ch 10.3 (lesson 190) Carl",)


@pytest.mark.parametrize(
    "altered",
    ["Beck 2 1 Ch 101 183 10.3", "Carl 2 1 Ph 101 183 10.3", "Carl 2 1 Ch 101 183 10.4", "Carl 2 1 Ch 101 183 10.3 A"],
    ids=["teacher", "subject", "grade", "weeks"],
)
def test_altered_row(tmp_path, altered):
    before, after = _pair(tmp_path, ("Carl 2 1 Ch 101 183 10.3", altered))
    result = verify(before, after)
    assert not result.ok
    assert len(result.altered) >= 2  # one row less, another one more


def test_new_clash(tmp_path):
    # Carl stands at Monday 1 (lesson 182) and now also with lesson 183 of Tuesday 1.
    before, after = _pair(tmp_path, ("Carl 2 1 Ch 101 183 10.3", "Carl 1 1 Ch 102 183 10.3"))
    result = verify(before, after)
    assert not result.ok
    broken = {item.rule: item for item in result.broken}
    assert (broken["teacher-clash"].before, broken["teacher-clash"].after) == (0, 1)
    assert broken["teacher-clash"].new[0].startswith("Carl is needed twice at Mon 1")


def test_changed_room_is_no_alteration(tmp_path):
    before, after = _pair(tmp_path, ("Carl 2 1 Ch 101 183 10.3", "Carl 2 1 Ch 102 183 10.3"))
    result = verify(before, after)
    assert result.ok
    assert result.score.loc["changed-rooms", "after"] == 1


def test_pins_of_the_plan_before_hold(tmp_path):
    before, after = _pair(tmp_path, MOVE)
    (before.parent / "untisopt.toml").write_text('[pins]\nlectures = ["183@2.1"]\n')
    (after.parent / "untisopt.toml").unlink()
    result = verify(before, after)
    assert [item.rule for item in result.broken if item.rule == "pinned"] == ["pinned"]


def test_altered_lecture_is_not_told_as_moved_as_well(tmp_path):
    # 183 gets another teacher and another period: it is lost and added; 178 moves.
    before, after = _pair(tmp_path, ("Carl 2 1 Ch 101 183 10.3", "Beck 2 3 Ch 101 183 10.3"))
    found = diff(before, after)
    assert found.lost == ("Tue 1 Ch 10.3 (lesson 183) Carl",)
    assert found.added == ("Tue 3 Ch 10.3 (lesson 183) Beck",)
    assert found.moves == ()
    assert found.after.limits == ()


def test_strangers_are_told_from_versions_of_one_plan(tmp_path):
    # All 11 lectures of the plan before have lesson numbers that the other does not have.
    rows = re.sub(r" (1[78][0-9]) ", lambda found: f" {int(found[1]) + 500} ", ROWS)
    before, after = write_export(tmp_path / "before"), write_export(tmp_path / "after", rows)
    found = diff(before, after)
    assert (len(found.lost), len(found.added), found.moves) == (11, 11, ())
    assert found.after.limits == ("these do not look like exports of one school: of 11 lectures, 0 are in both",)
    text = diff_text(found)
    assert text.index("- These do not look like exports of one school") < text.index("Only before (11)")
    assert "- These do not look like" in verify_text(verify(before, after))


def test_part_of_a_plan_is_no_stranger(tmp_path):
    # The lectures of lesson 183 and 178 only, which the other plan has as well: 2 of 2, though 2 of 11.
    some = "\n".join(line for line in ROWS.splitlines() if " 183 " in line or " 178 " in line)
    before, after = write_export(tmp_path / "before"), write_export(tmp_path / "after", f"{some}\n")
    assert diff(before, after).after.limits == ()
    assert diff(after, before).after.limits == ()
