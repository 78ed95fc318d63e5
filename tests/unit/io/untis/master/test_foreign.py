"""Files beside a timetable that belong to another plan are told and not used."""

from __future__ import annotations

from pathlib import Path

import pytest

from untisopt.io.untis import read_export
from untisopt.policy import Policy

# Five lessons, each with a teacher and a class of its own.
PLAN = "".join(f'{n},"{n}a","T{n}","De","R{n}",1,{n},,\n' for n in range(1, 6))


def _lines(people: list[tuple[str, str]]) -> str:
    """GPU002 of the lessons 1 to 5: column 5 is the class, 6 the teacher, 24 the flags (X: locked)."""
    return "".join(f'{n},1,,1,"{grade}","{teacher}","De"{"," * 17}X,\n' for n, (grade, teacher) in enumerate(people, 1))


def _write(folder: Path, **files: str) -> Path:
    for name, text in {"GPU001": PLAN, **files}.items():
        (folder / f"{name}.TXT").write_text(text, encoding="cp1252")
    return folder


def _told(path: Path, policy: Policy | None = None) -> list[str]:
    return [note.text for note in read_export(path, policy).notes if "belongs to another plan" in note.text]


@pytest.mark.parametrize(
    ("agreeing", "foreign"),
    # Three of five are 60 %, two are 40 %: half has to agree.
    [(5, False), (3, False), (2, True), (0, True)],
)
def test_lessons_with_other_people(tmp_path: Path, agreeing: int, foreign: bool) -> None:
    people = [(f"{n}a", "Zed") if n <= agreeing else ("9x", "Zed") for n in range(1, 6)]
    path = _write(tmp_path, GPU002=_lines(people))
    told = _told(path)
    assert bool(told) == foreign
    assert len(read_export(path).school.pinned) == (0 if foreign else 5)
    if foreign:
        assert f"of 5 lessons whose numbers agree, {agreeing} ({agreeing * 20} %)" in told[0]


def test_a_foreign_file_is_used_where_the_policy_trusts_it(tmp_path: Path) -> None:
    path = _write(tmp_path, GPU002=_lines([("9x", "Zed")] * 5))
    trusting = Policy(trusted=("gpu002.txt",))
    assert not _told(path, trusting)
    assert len(read_export(path, trusting).school.pinned) == 5


def test_two_lessons_prove_nothing(tmp_path: Path) -> None:
    assert not _told(_write(tmp_path, GPU002=_lines([("9x", "Zed")] * 2)))


def test_lines_without_people_say_nothing(tmp_path: Path) -> None:
    assert not _told(_write(tmp_path, GPU002=_lines([("", "")] * 5)))


def test_sequences_go_with_the_lessons_of_the_same_plan(tmp_path: Path) -> None:
    sequence = "S1,2,1,1,,,\nS1,2,1,2,,,\n"
    path = _write(tmp_path, GPU002=_lines([("9x", "Zed")] * 5), GPU019=sequence)
    assert [text.split()[0] for text in _told(path)] == ["GPU002.TXT", "GPU019.TXT"]
    assert not read_export(path).school.limits.sequences
    (tmp_path / "GPU002.TXT").unlink()
    assert len(read_export(path).school.limits.sequences) == 1


def test_requests_and_supervisions_of_other_people(tmp_path: Path) -> None:
    requests = "".join(f'L,"{name}",1,2,-3\n' for name in ("T1", "Zed", "Yak", "Xan"))
    supervisions = "".join(f"C{n},{name},1,2,10,\n" for n, name in enumerate(("Zed", "Yak", "T2")))
    path = _write(tmp_path, GPU016=requests, GPU009=supervisions)
    share = "belongs to another plan and is not used: of the {} names in it, this plan knows 1 ({} %)"
    told = [text.partition("; to use it")[0] for text in _told(path)]
    assert told == [f"GPU009.TXT {share.format(3, 33)}", f"GPU016.TXT {share.format(4, 25)}"]
    school = read_export(path).school
    assert not school.blocked
    assert not school.limits.supervisions
