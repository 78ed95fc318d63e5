"""Pseudonyms instead of names."""

from __future__ import annotations

from pathlib import Path

import pytest

from untisopt.domain.school import School
from untisopt.io.untis import Export, Role, anonymise, read_export
from untisopt.io.untis.pseudonyms import Category, make_pseudonyms
from untisopt.policy import Policy

NAMES = ["ab-weeks", "excerpt-tabs", "excerpt-blanks", "gpu-quoted", "gpu-plain", "utf8-bom"]


def written(export: Export, folder: Path) -> Export:
    for name, data in anonymise(export).items():
        (folder / name).write_bytes(data)
    return read_export(folder)


def layout(export: Export) -> list[object]:
    """How the files are written; a file may lose its last umlaut, or the last text in its last column."""
    files = export.files.values()
    return [(r.name, r.dialect.delimiter, r.dialect.newline, r.dialect.bom, len(r.rows)) for r in files]


def shape(school: School) -> object:
    """All of a school but the names, which are numbered as the lectures use them."""
    numbers: dict[tuple[str, str], int] = {}

    def number(kind: str, name: str | None) -> int:
        return -1 if name is None else numbers.setdefault((kind, name), len(numbers))

    lectures = []
    for id_, lecture in school.lectures.items():
        rooms = school.as_is[id_].rooms
        courses = [
            (
                number("t", c.teacher),
                [number("g", g) for g in c.grades],
                c.weeks,
                [number("r", r) for r in rs],
            )
            for c, rs in zip(lecture.courses, rooms, strict=True)
        ]
        lectures.append((id_, lecture.rows, school.as_is[id_].period, courses))
    return (
        lectures,
        [block.lectures for block in school.blocks],
        school.week_classes,
        school.grid.slots,
        dict(school.pinned),
        sorted((kind, sorted(periods)) for (kind, _name), periods in school.blocked.items()),
        sorted((room.site or "", len(room.group), room.capacity or 0) for room in school.rooms.values()),
        (len(school.teachers), len(school.grades), len(school.rooms)),
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_result_reads_as_the_same_school(fixtures: Path, tmp_path: Path, name: str) -> None:
    export = read_export(fixtures / name)

    again = written(export, tmp_path)

    assert shape(again.school) == shape(export.school)
    assert layout(again) == layout(export)


@pytest.mark.parametrize("name", NAMES)
def test_no_name_remains(fixtures: Path, tmp_path: Path, name: str) -> None:
    export = read_export(fixtures / name)
    people = {
        t for teacher in export.school.teachers.values() for t in (teacher.name, teacher.surname, teacher.first_name)
    }
    if Role.STUDENT in export.files:
        people |= {field for row in export.files[Role.STUDENT].rows for field in row.fields[:3]}
    names = {name for name in people if len(name) >= 3}
    assert names

    again = written(export, tmp_path)

    left = {field for raw in again.files.values() for row in raw.rows for field in row.fields}
    assert not names & left
    text = "".join(sorted(left))
    assert not [name for name in names if len(name) >= 5 and name in text]


def test_texts_about_people_go(fixtures: Path) -> None:
    files = anonymise(read_export(fixtures / "gpu-quoted"))

    teacher = files["GPU004.TXT"].split(b"\r\n")[0].split(b",")
    # 1 short name, 2 surname, 4 personnel number, 5 home room; 8 to 11 limits; 29 first name ... 41 birth date.
    assert teacher[:11] == [b'"T01"', b'"T01"', b"", b"", b"", b"", b"", b"1", b"6", b"0", b"3"]
    assert not any(teacher[11:])
    assert b"schule.example" not in files["GPU004.TXT"]
    assert "Ärmel".encode("cp1252") not in files["GPU002.TXT"]


def test_site_patterns_still_work(fixtures: Path, tmp_path: Path) -> None:
    policy = Policy(sites={"Filiale": ("B*",)})
    before = read_export(fixtures / "ab-weeks", policy)
    written(before, tmp_path)

    after = read_export(tmp_path, policy)

    assert sorted(room.site or "" for room in after.school.rooms.values()) == sorted(
        room.site or "" for room in before.school.rooms.values()
    )


def test_pseudonyms_by_kind() -> None:
    found = make_pseudonyms(
        {
            Category.TEACHER: ["Sport", "Arn"],
            Category.GRADE: ["10.3", "9b", "10.1", "9a", "EF"],
            Category.ROOM: ["F13", "F2", "101", "3.12", "3.2", "Aula", "?"],
            Category.SUBJECT: ["Ma", "Sport"],
        }
    )

    assert found.names[Category.TEACHER] == {"Sport": "T01", "Arn": "T02"}
    assert found.names[Category.GRADE] == {"9a": "9.a", "9b": "9.b", "10.1": "10.a", "10.3": "10.b", "EF": "x.a"}
    assert found.names[Category.ROOM] == {
        "F2": "F01",
        "F13": "F02",
        "101": "101",
        "3.2": "3.01",
        "3.12": "3.02",
        "Aula": "Aul01",
        "?": "R01",
    }
    # A dummy teacher may be named like a subject; then the subject would give the name away.
    assert found.names[Category.SUBJECT] == {"Ma": "Ma", "Sport": "Sub01"}


def test_pseudonyms_are_never_shared() -> None:
    rooms = [f"{letter}{number}" for letter in ("", "1", "F", "R", "?") for number in range(120)]
    grades = [f"{year}{letter}" for year in range(5, 14) for letter in "abcdefghijklmnopqrstuvwxyzäöü"]
    found = make_pseudonyms({Category.ROOM: rooms, Category.GRADE: grades})

    for category, names in ((Category.ROOM, rooms), (Category.GRADE, grades)):
        assert len(set(found.names[category].values())) == len(set(names))
    assert sorted(found.names[Category.GRADE][f"5{c}"] for c in "abz") == [
        found.of(Category.GRADE, f"5{c}") for c in "abz"
    ]
