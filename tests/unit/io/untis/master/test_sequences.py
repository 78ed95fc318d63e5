"""GPU019: lesson sequences; sequence codes of GPU002 and GPU006."""

from __future__ import annotations

from pathlib import Path

import pytest

from untisopt.domain.limits import LessonSequence, LessonTraits, SequenceKind, SubjectTraits
from untisopt.io.untis import NoteKind, read_export
from untisopt.io.untis.anonymise import anonymise
from untisopt.io.untis.files.notes import Findings
from untisopt.io.untis.files.records import RawFile
from untisopt.io.untis.files.siblings import Role
from untisopt.io.untis.master.sequences import read_sequences
from untisopt.io.untis.master.traits import read_traits

LESSONS = {7, 8, 9, 10}


def read(*lines: str) -> tuple[tuple[LessonSequence, ...], Findings]:
    findings = Findings()
    raw = RawFile.parse("GPU019.TXT", "".join(line + "\r\n" for line in lines).encode("cp1252"))
    return read_sequences(raw, LESSONS, findings), findings


def notes(findings: Findings) -> list[tuple[NoteKind, str]]:
    assert findings.defects == []
    return [(note.kind, note.text) for note in findings.notes]


def test_no_file() -> None:
    findings = Findings()
    assert read_sequences(None, LESSONS, findings) == ()
    assert findings.notes == []


def test_the_order_of_the_rows_is_that_of_the_sequence() -> None:
    found, findings = read(
        '"Schiene Übung",2,3.00000,9,"","M-GK2","EF~Q1",',
        '"Folge",1,,8,,"Ph","7.1",',
        '"Folge",1,,7,,"Ph","7.1",',
        '"Schiene Übung",2,3,10,,"M-GK3","EF",',
        '"Woche",3,1,7,,,,',
        '"Woche",3,1,10,,,,',
    )

    assert found == (
        LessonSequence(name="Schiene Übung", kind=SequenceKind.SIMULTANEOUS, lessons=(9, 10)),
        LessonSequence(name="Folge", kind=SequenceKind.FIXED, lessons=(8, 7)),
        LessonSequence(name="Woche", kind=SequenceKind.WEEKLY, lessons=(7, 10)),
    )
    assert notes(findings) == [(NoteKind.READ, "GPU019.TXT: 3 lesson sequences")]


def test_a_row_per_class_is_one_lesson_and_a_name_of_two_kinds_two_sequences() -> None:
    found, _findings = read('"A",1,,7', '"A",1,,7', '"A",2,,8', '"A",1,,8', '"A",2,,9')

    assert found == (
        LessonSequence(name="A", kind=SequenceKind.FIXED, lessons=(7, 8)),
        LessonSequence(name="A", kind=SequenceKind.SIMULTANEOUS, lessons=(8, 9)),
    )


def test_what_is_left_out_is_told() -> None:
    found, findings = read(
        '"A",1,,7',
        '"A",1,,8',
        '"A",1',  # too short for a lesson number
        '"",1,,9',
        '"A",1,,0',
        '"A",4,,9',
        '"A",fix,,9',
        '"B",2,,9',
        '"B",2,,77',
        '"C",2,,78',
        '"C",2,,77',
    )

    assert found == (LessonSequence(name="A", kind=SequenceKind.FIXED, lessons=(7, 8)),)
    assert notes(findings) == [
        (NoteKind.READ, "GPU019.TXT: 1 lesson sequence"),
        (NoteKind.LEFT_OUT, "GPU019.TXT: 3 rows without the name of a sequence or a lesson number are not used"),
        (NoteKind.LEFT_OUT, "GPU019.TXT: 2 rows are not used, because their kind of sequence is none of 1, 2 and 3"),
        (NoteKind.LEFT_OUT, "GPU019.TXT: the plan does not know the lessons 77, 78, so no sequence has them"),
        (NoteKind.LEFT_OUT, "GPU019.TXT: the sequences B, C have fewer than two lessons of this plan and are not used"),
    ]


def test_what_is_no_number_is_a_defect() -> None:
    found, findings = read('"A",1,viel,7', '"A",1,,8', '"A",1,,x9')

    assert found == (LessonSequence(name="A", kind=SequenceKind.FIXED, lessons=(7, 8)),)
    assert [(d.line, d.column, d.expected, d.found) for d in findings.defects] == [
        (1, 3, "a whole number or nothing", "'viel'"),
        (3, 4, "a whole number or nothing", "'x9'"),
    ]


def write(folder: Path) -> None:
    """A plan of three lessons, and a sequence that is called like a teacher."""
    rows = ('7,"7.1","Ärm","Ph","101",1,3,,', '8,"7.1","Ärm","Ph","101",1,4,,', '9,"7.1","Bau","De","102",1,5,,')
    (folder / "GPU001.TXT").write_bytes("".join(row + "\r\n" for row in rows).encode("cp1252"))
    sequence = ('"Ärm Ph",1,,7,"Ärms Versuche","Ph","7.1",', '"Ärm Ph",1,,8,,"Ph","7.1",')
    (folder / "GPU019.TXT").write_bytes("".join(row + "\r\n" for row in sequence).encode("cp1252"))


def test_it_is_found_beside_the_timetable(tmp_path: Path) -> None:
    write(tmp_path)
    export = read_export(tmp_path)

    assert Role.GPU019 in export.files
    (found,) = export.school.limits.sequences
    assert (found.kind, found.lessons) == (SequenceKind.FIXED, (7, 8))
    assert export.school.tied_lessons(8) == (7, 8)


def test_anonymous_sequences_are_the_same_ones(tmp_path: Path) -> None:
    write(tmp_path)
    files = anonymise(read_export(tmp_path))
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    assert "Ärm".encode("cp1252") not in files["GPU019.TXT"]
    (found,) = read_export(tmp_path).school.limits.sequences
    assert (found.kind, found.lessons) == (SequenceKind.FIXED, (7, 8))
    assert found.name


def traits(role: Role, *lines: str) -> tuple[object, Findings]:
    findings = Findings()
    raw = RawFile.parse(f"{role.value.upper()}.TXT", "".join(line + "\r\n" for line in lines).encode("cp1252"))
    limits = read_traits({role: raw}, findings)
    return (limits.subjects if role is Role.GPU006 else limits.lessons), findings


def test_codes_of_subjects() -> None:
    found, findings = traits(Role.GPU006, '"De",,,,,,,,,,"5","",', '"La",,,,,,,,,,a,3,', '"Ku",,,,,,,,,,"0",,')

    assert found == {
        "De": SubjectTraits(grade_sequence="5"),
        "La": SubjectTraits(grade_sequence="A", teacher_sequence="3"),
    }
    assert notes(findings) == [(NoteKind.READ, "GPU006.TXT: flags, afternoons or sequence codes of 2 subjects")]


@pytest.mark.parametrize("code", ["G", "12", "ß", "*"])
def test_other_codes_are_not_used(code: str) -> None:
    found, findings = traits(Role.GPU002, f"7{';' * 24}{code};1", f"8{';' * 24};{code}")

    assert found == {7: LessonTraits(teacher_sequence="1")}
    text = f"GPU002.TXT: the sequence code '{code}' is not used, because codes are 1 to 9 or A to F"
    assert (NoteKind.LEFT_OUT, text) in notes(findings)
