"""A lesson whose teacher or room is still open carries a placeholder, which is nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from untisopt.io.untis import read_export
from untisopt.io.untis.files.writer import revised
from untisopt.io.untis.rows.placeholders import is_nobody


@pytest.mark.parametrize("name", ["?", "???", "-", "---", "..", "*", "_", " ? "])
def test_nobody(name: str) -> None:
    assert is_nobody(name)


@pytest.mark.parametrize("name", ["Arn", "7", "Ä", "?1", "N.N.", "4.11"])
def test_somebody(name: str) -> None:
    assert not is_nobody(name)


def test_open_lessons_meet_nobody_and_are_written_as_they_were(tmp_path: Path) -> None:
    rows = '1,"5a","?","Fr","---",1,1,,\n2,"5b","?","Fr","---",1,1,,\n3,"-","Ada","De","R1~?",1,1,,\n'
    (tmp_path / "GPU001.TXT").write_text(rows, encoding="cp1252")
    export = read_export(tmp_path)
    school = export.school
    assert set(school.teachers) == {"Ada"}
    assert set(school.grades) == {"5a", "5b"}
    assert set(school.rooms) == {"R1"}
    # Nobody is declared compatible with anybody: the placeholders do not overlap.
    assert not school.compatible
    assert [note.text for note in export.notes if "nobody" in note.text] == [
        "3 rows have a placeholder (-, ---, ?) as teacher, class or room; it is taken for nobody"
    ]
    assert revised(export, school.as_is) == {"GPU001.TXT": rows.encode("cp1252")}
