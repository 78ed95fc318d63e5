"""Sites, stand-in rooms, travel; and the master files they come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from untisopt.domain.resources import Grade, Teacher
from untisopt.errors import PolicyError
from untisopt.io.untis import Export, NoteKind, read_export
from untisopt.io.untis.master.names import RoomData
from untisopt.io.untis.master.places import _large_enough
from untisopt.policy import Policy, RoomChanges

ROWS = ("Arn 1 1 Ma 101 7 9a", "Arn 1 2 Ge F11 8 9b", "Bau 2 1 Sp TH 9 10a")


def groups(export: Export) -> dict[str, set[str]]:
    return {name: set(room.group) for name, room in export.school.rooms.items() if room.group}


def test_sites_by_pattern(read_lesson) -> None:
    policy = Policy(main_site="Haupthaus", sites={"Filiale": ("F*",)}, travel_minutes=25)

    school = read_lesson(*ROWS, policy=policy).school

    assert {room.name: room.site for room in school.rooms.values()} == {
        "101": "Haupthaus",
        "F11": "Filiale",
        "TH": "Haupthaus",
    }
    assert list(school.sites) == ["Haupthaus", "Filiale"]
    assert school.travel.between("Filiale", "Haupthaus") == 25


def test_travel_per_direction(read_lesson) -> None:
    travel = {("Filiale", "main"): 30}
    policy = Policy(sites={"Filiale": ("F*",)}, travel_minutes=25, travel=travel)

    found = read_lesson(*ROWS, policy=policy).school.travel

    assert (found.between("Filiale", "main"), found.between("main", "Filiale")) == (30, 25)


def test_sites_and_travel_that_cannot_be_meant(read_lesson) -> None:
    policy = Policy(sites={"Filiale": ("F*",), "Halle": ("TX*",)}, travel={("Filliale", "main"): 30})

    with pytest.raises(PolicyError) as caught:
        read_lesson(*ROWS, policy=policy)

    assert [(defect.found, defect.advice) for defect in caught.value.defects] == [
        ("site Halle (TX*) without a room", "you mean one of these: 101, F11, TH"),
        ("site 'Filliale'", "you mean Filiale"),
    ]


def test_sites_by_off_site_code(fixtures: Path) -> None:
    export = read_export(fixtures / "gpu-quoted")

    assert {name for name, room in export.school.rooms.items() if room.site == "1"} == {"F11", "F12"}
    assert list(export.school.sites) == ["main", "1"]
    assert any(note.kind is NoteKind.GUESSED and "off-site codes of GPU005: 1" in note.text for note in export.notes)


def test_the_policy_knows_better_than_the_code(fixtures: Path) -> None:
    school = read_export(fixtures / "gpu-quoted", Policy(sites={"Halle": ("TH?",)})).school

    assert {name for name, room in school.rooms.items() if room.site == "Halle"} == {"TH1", "TH2"}
    assert school.rooms["F11"].site == "main"


def test_without_sites_nothing_is_known(read_lesson) -> None:
    school = read_lesson(*ROWS).school

    assert not school.sites
    assert all(room.site is None for room in school.rooms.values())


def test_stated_stand_ins(fixtures: Path) -> None:
    export = read_export(fixtures / "gpu-quoted")

    # The ring 101, 102, 103 and the pair F11, F12 of GPU005; the list TH1~TH2 of GPU002.
    assert groups(export) == {
        "101": {"102", "103"},
        "102": {"101", "103"},
        "103": {"101", "102"},
        "F11": {"F12"},
        "F12": {"F11"},
        "TH1": {"TH2"},
        "TH2": {"TH1"},
    }
    assert export.school.rooms["101"].capacity == 30
    assert export.school.rooms["103"].capacity is None


def test_inferred_stand_ins(read_lesson) -> None:
    export = read_lesson(
        "Arn 1 1 Ma 101 1 9a",
        "Arn 1 2 De 101 2 9a",
        "Bau 1 1 Ma 102 3 9b",
        "Cas 1 1 Sp TH 4 9c",
        "Dom 1 1 Ma F11 5 9d",
        policy=Policy(sites={"Filiale": ("F*",)}, room_changes=RoomChanges.SAME_KIND),
    )

    # 101 hosts the mathematics of 102, and 102 not the German of 101; F11 stands elsewhere.
    assert groups(export) == {"102": {"101"}}
    assert any("may stand in" in note.text for note in export.notes)


def test_general_classrooms_stand_in_for_one_another(read_lesson) -> None:
    # Six subjects each, five of them common.
    rows = [f"Arn {1 + i // 6} {1 + i % 6} S{i} 101 {i + 1} 9a" for i in range(6)]
    rows += [f"Bau {1 + i // 6} {1 + i % 6} S{i} 102 {i + 11} 9b" for i in range(1, 7)]

    assert groups(read_lesson(*rows)) == {"101": {"102"}, "102": {"101"}}


def test_a_guessed_stand_in_is_not_smaller() -> None:
    # 101 holds 30 and 102 holds 24; how many 103 holds is not known.
    data = {"101": RoomData(capacity=30), "102": RoomData(capacity=24), "103": RoomData()}
    guessed = {"101": {"102", "103"}, "102": {"101", "103"}, "103": {"101", "102"}}

    assert _large_enough(guessed, data) == {"101": {"103"}, "102": {"101", "103"}, "103": {"101", "102"}}


def test_names_of_master_files(fixtures: Path) -> None:
    lesson = read_export(fixtures / "ab-weeks").school
    gpu = read_export(fixtures / "gpu-quoted").school

    assert lesson.teachers["De W"] == Teacher("De W", "De Wulf", "Joost")
    assert lesson.grades["5a"] == Grade("5a", "Klasse 5a")
    assert lesson.rooms["B11"].long_name == "Filiale 11"
    assert gpu.teachers["Ärm"] == Teacher("Ärm", "Ärmelkanal", "Jule")


def test_master_files_add_what_does_not_teach(read_lesson) -> None:
    school = read_lesson(*ROWS, teacher="Arn\tArnold\tA\r\nBau\tBauer\tB\r\nZul\tZuletzt\tZ\r\n").school

    assert list(school.teachers) == ["Arn", "Bau", "Zul"]


def test_a_master_file_with_gaps_proves_nothing(read_lesson) -> None:
    # It knows two of the three rooms in use.
    export = read_lesson(*ROWS, room="101\tRaum 101\r\nF11\tFiliale\r\n")

    assert any(note.text == "room.txt knows only 2 of 3 names in lesson.txt; it lacks TH" for note in export.notes)


def test_a_name_that_only_the_master_file_has_is_proposed(read_lesson) -> None:
    # Of 101 and 102, the plan uses both; TH1 stands in the file alone, and is the nearest to TH.
    export = read_lesson(*ROWS, room="101\tRaum 101\r\nF11\tFiliale\r\nTH1\tHalle\r\n")

    text = "room.txt knows only 2 of 3 names in lesson.txt; it lacks TH (TH1?)"
    assert text in [note.text for note in export.notes]


def test_subjects_that_are_written_otherwise_are_noted(read_gpu) -> None:
    export = read_gpu(
        "7,9a,Arn,Ma,101,1,1\n8,9a,Arn,Ge,101,1,2\n9,9a,Arn,,101,1,3\n", GPU006="MA,Mathe\nGe,Geschichte\n"
    )

    text = "GPU006.TXT lacks the subject Ma (MA?) of the timetable, of which it therefore states nothing"
    assert text in [note.text for note in export.notes]


def test_capacities_may_be_decimals_and_0_is_unknown(read_gpu) -> None:
    rooms = "101,,,,,,,30.00\n102,,,,,,,0\n"
    export = read_gpu("7,9a,Arn,Ma,101,1,1\n8,9a,Arn,Ge,102,1,2\n", GPU005=rooms)

    assert [export.school.rooms[name].capacity for name in ("101", "102")] == [30, None]
