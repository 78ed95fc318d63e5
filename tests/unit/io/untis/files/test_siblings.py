"""Finding the files of an export."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from untisopt.errors import InputError
from untisopt.io.untis import NoteKind, Role, read_export
from untisopt.io.untis.files.siblings import are_flags, role_of


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("lesson.txt", Role.LESSON),
        ("LESSON.TXT", Role.LESSON),
        ("Gpu001.Txt", Role.GPU001),
        ("GPU016.csv", Role.GPU016),
        ("gpu019.txt", Role.GPU019),
        ("lesson.csv", None),
        ("GPU007.TXT", None),
        ("plan.txt", None),
    ],
)
def test_roles_by_name(name: str, role: Role | None) -> None:
    assert role_of(Path(name)) is role


def test_a_folder_and_its_timetable_give_the_same(fixtures: Path) -> None:
    by_folder = read_export(fixtures / "gpu-quoted")
    by_file = read_export(fixtures / "gpu-quoted" / "GPU001.TXT")

    assert list(by_folder.files) == list(by_file.files)
    assert by_folder.school.as_is == by_file.school.as_is
    assert next(iter(by_folder.files)) is Role.GPU001
    assert by_folder.kind == "gpu"


def test_lesson_txt_wins_where_both_sets_lie(tmp_path: Path, fixtures: Path) -> None:
    for source in ("excerpt-tabs/lesson.txt", "gpu-plain/gpu001.txt", "gpu-plain/gpu016.txt"):
        shutil.copy(fixtures / source, tmp_path)

    export = read_export(tmp_path)

    assert export.timetable is Role.LESSON
    assert Role.GPU001 not in export.files
    assert Role.GPU016 in export.files
    assert any(note.kind is NoteKind.READ and "gpu001.txt is not used" in note.text for note in export.notes)


@pytest.mark.parametrize(
    ("source", "role"),
    [
        ("excerpt-tabs/lesson.txt", Role.LESSON),
        ("excerpt-blanks/lesson.txt", Role.LESSON),
        ("gpu-quoted/GPU001.TXT", Role.GPU001),
        ("gpu-plain/gpu001.txt", Role.GPU001),
    ],
)
def test_a_timetable_under_another_name_is_recognised(tmp_path: Path, fixtures: Path, source: str, role: Role) -> None:
    shutil.copy(fixtures / source, tmp_path / "plan.txt")

    export = read_export(tmp_path / "plan.txt")

    assert export.timetable is role
    assert any(note.kind is NoteKind.GUESSED and "plan.txt is read as" in note.text for note in export.notes)


def test_two_spellings_of_one_name(tmp_path: Path, fixtures: Path) -> None:
    shutil.copy(fixtures / "excerpt-tabs/lesson.txt", tmp_path / "LESSON.TXT")
    shutil.copy(fixtures / "excerpt-tabs/lesson.txt", tmp_path / "lesson.txt")
    if len(list(tmp_path.iterdir())) == 1:
        return  # this file system does not tell them apart

    export = read_export(tmp_path)

    assert any("only LESSON.TXT is read" in note.text for note in export.notes)


def test_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a folder without a timetable"):
        read_export(tmp_path)


def test_a_missing_path(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing with this name"):
        read_export(tmp_path / "plan.txt")


def test_week_flags() -> None:
    assert are_flags("-01x" * 13 + "-")
    assert not are_flags("-01x" * 13)
    assert not are_flags("-01X" * 13 + "-")
