"""The ways to move a lecture agree with `untisopt score`, whoever carries them out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.service.exports import ROWS, write_export
from untisopt.domain.ways import Way
from untisopt.errors import InputError
from untisopt.report.suggest.text import suggest_text
from untisopt.service.reading.plan import read
from untisopt.service.score.run import score
from untisopt.service.suggest import suggest

# The school of exports.py, with a second week; names that mean something to a regular expression, and a room list.
WEEKS = """
Arnd 1 1 Ma 101 177 10.3
Arnd 1 2 Ph F13 178 9.1
Arnd 1 3 Ma 102 179 10.4 A
Beck 1 1 D(e)* F13 180 9.1
Beck 1 3 En F13 181 9.1
Beck 2 1 D(e)* F14 180 9.1
Beck 2 2 D(e)* F14 180 9.1
Carl 1 1 Sp 103 182 10.4
Carl 1 2 Ch 101 183 10.3 B
Carl 1 3 Bi 101 184 10.3
Carl 2 1 Ch 101 183 10.3
Dörr 2 2 - - 185 10.4
Dörr 2 3 En 4.11 186 10.4
"""


def _carried_out(rows: str, way: Way) -> str:
    """The rows as somebody would type them who follows a way."""
    to = {}
    for move in way.moves:
        lesson, before, after = move.lecture.split("@")[0], move.before.period, move.after.period
        to[str(before.day), str(before.number), lesson] = (str(after.day), str(after.number))
    lines = []
    for line in rows.strip().splitlines():
        teacher, day, period, subject, room, lesson, *rest = line.split()
        day, period = to.pop((day, period, lesson), (day, period))
        lines.append(" ".join((teacher, day, period, subject, room, lesson, *rest)))
    assert not to, "every lecture has one row here"
    return "\n".join(lines)


@pytest.mark.parametrize("rows", [ROWS, WEEKS])
def test_points_are_those_of_score(tmp_path: Path, rows: str):
    """Way by way, and rule by rule: what a way is said to bring is what `score` finds once it has been carried out."""
    before = read(write_export(tmp_path / "before", rows))
    tried = 0
    for block in before.school.blocks:
        for way in suggest(before, block.id, time_limit=60).found.ways:
            tried += 1
            changed = write_export(tmp_path / f"after{tried}", _carried_out(rows, way))
            found = score(before, read(changed))
            assert found.objective_after is not None
            assert found.objective_after - found.objective_before == way.points
            more = {line.rule: line.after.amount - line.before.amount for line in found.lines if line.after}
            assert {rule: amount for rule, amount in more.items() if amount} == way.more
    assert tried >= 10


def test_words_are_those_of_score(tmp_path: Path):
    """Arnd's Ma on Monday 1 goes to Tuesday 1: his way to the branch, too short, is gone, and a site change with it.

    There is one kind of weeks; with 11 lectures a site change has its worth of 10 points, a moved lecture 1.
    """
    rows = "Arnd 1 1 Ma 101 177 10.3\nArnd 1 2 Ph F13 178 9.1\nArnd 2 2 Ma 102 179 10.3\nCarl 1 2 Ch 101 183 10.3"
    found = suggest(read(write_export(tmp_path / "export", rows)), "177@1.1", to="Tue 1", time_limit=60)
    text = " ".join(suggest_text(found).split())
    assert "Better: travel time of teachers too short: 1 fewer; site changes of teachers: 1 fewer" in text
    assert "Worse: moved lectures: 1 more" in text
    assert "The total of `untisopt score` falls by" in text


def test_several_blocks_have_the_name(tmp_path: Path):
    plan = read(write_export(tmp_path / "export", WEEKS))
    with pytest.raises(InputError, match=r"found 2 of them: '180'"):
        suggest(plan, "180")


def test_points_say_that_they_leave_out_rules_that_are_mended(tmp_path: Path):
    """Arnd's way to the branch is too short (see above), which a way mends; the others never change sites."""
    broken = "Arnd 1 1 Ma 101 177 10.3\nArnd 1 2 Ph F13 178 9.1\nArnd 2 2 Ma 102 179 10.3\nCarl 1 2 Ch 101 183 10.3"
    sound = "Carl 1 1 Sp 103 182 10.4\nCarl 2 1 Sp 103 184 10.4\nDörr 1 2 En 101 183 10.3\nBeck 3 1 De F13 185 9.1"
    said = "Rules that are mended weigh more than all points: they are counted apart, not among them."
    for rows, lecture, is_said in ((broken, "177@1.1", True), (sound, "182@1.1", False)):
        plan = read(write_export(tmp_path / lecture[:3], rows))
        found = suggest(plan, lecture, time_limit=60)
        assert found.found.ways
        assert (said in " ".join(suggest_text(found).split())) is is_said
