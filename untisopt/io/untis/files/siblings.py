"""Which files belong to an export: the timetable that was named and what lies beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from untisopt.errors import Defect, InputError
from untisopt.i18n import _
from untisopt.io.untis.files.notes import Findings, NoteKind, listed
from untisopt.io.untis.files.records import RawFile, Row, load, load_bytes
from untisopt.io.untis.xml.document import XmlDocument, looks_like_untis

WEEK_FLAGS = 53
FLAG_CHARACTERS = frozenset("-01x")


class Role(StrEnum):
    """What a file of an export is; the value is its name without ending in lower case, but for XML its ending."""

    XML = "xml"
    LESSON = "lesson"
    TIME = "time"
    DATE = "date"
    TEACHER = "teacher"
    CLASS = "class"
    ROOM = "room"
    STUDENT = "student"
    GPU001 = "gpu001"
    GPU002 = "gpu002"
    GPU003 = "gpu003"
    GPU004 = "gpu004"
    GPU005 = "gpu005"
    GPU006 = "gpu006"
    GPU009 = "gpu009"
    GPU016 = "gpu016"
    GPU019 = "gpu019"


# The first one that is there is taken: GPU001 is the only one that knows no weeks.
TIMETABLES = (Role.LESSON, Role.XML, Role.GPU001)
_ROLES = {role.value: role for role in Role if role is not Role.XML}
_GPU_ENDINGS = (".txt", ".csv")
_XML_ENDING = ".xml"
_XML_NAME = "untis.xml"


class ExportFile(Protocol):
    """What all files of an export have in common."""

    @property
    def name(self) -> str:
        """Name without folders."""

    @property
    def data(self) -> bytes:
        """The bytes that were read."""


@dataclass(frozen=True)
class ExportFiles:
    """The files of one export.

    Parameters
    ----------
    timetable : Role
        Which of them holds the plan.
    texts : mapping of Role to RawFile
        The text files by their role; the timetable first if it is one.
    xml : XmlDocument or None
        The XML export if it holds the plan.
    """

    timetable: Role
    texts: Mapping[Role, RawFile]
    xml: XmlDocument | None = None

    @property
    def all(self) -> tuple[ExportFile, ...]:
        """All files, the timetable first."""
        return (*([] if self.xml is None else [self.xml]), *self.texts.values())


def role_of(path: Path) -> Role | None:
    """What a file is according to its name, whatever the case; None for any other name."""
    if path.suffix.lower() == _XML_ENDING:
        return Role.XML
    role = _ROLES.get(path.stem.lower())
    endings = _GPU_ENDINGS if role is not None and role.startswith("gpu") else (".txt",)
    return role if path.suffix.lower() in endings else None


def find_files(path: Path, findings: Findings) -> ExportFiles:
    """Read the timetable at `path`, or that of the folder `path`, with everything that lies beside it.

    Raises
    ------
    InputError
        There is no timetable, or a file cannot be read; all such defects at once.
    """
    if path.is_dir():
        siblings = {**_siblings(path, findings), **_xml_export(path)}
        timetable = _of_folder(path, siblings, findings)
        return _load({**_beside(siblings, timetable, findings), timetable: siblings[timetable]}, timetable, {})
    timetable_role = role_of(path)
    loaded: dict[Role, RawFile] = {}
    if timetable_role not in TIMETABLES:
        timetable_role, raw = _recognised(path, timetable_role, findings)
        if raw is not None:
            loaded[timetable_role] = raw
    siblings = _beside(_siblings(path.parent, findings), timetable_role, findings)
    return _load({**siblings, timetable_role: path}, timetable_role, loaded)


def is_xml(path: Path) -> bool:
    """Whether the timetable at `path`, a file or a folder, is an XML export, which states the times of the periods.

    Raises
    ------
    InputError
        The folder holds several XML exports, and nothing says which one is meant.
    """
    if not path.is_dir():
        return role_of(path) is Role.XML or (role_of(path) is None and looks_like_untis(path))
    lessons = any(role_of(file) is Role.LESSON for file in path.iterdir())
    return not lessons and bool(_xml_export(path))


def _beside(siblings: Mapping[Role, Path], timetable: Role, findings: Findings) -> dict[Role, Path]:
    """What is read beside a timetable: no other timetable, and no times and dates beside an XML that has its own."""
    found = {role: path for role, path in siblings.items() if role not in TIMETABLES}
    if timetable is Role.XML:
        for role in (Role.TIME, Role.DATE):
            path = found.pop(role, None)
            if path is not None:
                text = _("{name} is not used, because the XML says the same").format(name=path.name)
                findings.note(NoteKind.READ, text)
    return found


def _missing(path: Path, found: str, advice: str) -> InputError:
    return InputError([Defect(file=str(path), expected=_("a timetable"), found=found, advice=advice)])


def _siblings(folder: Path, findings: Findings) -> dict[Role, Path]:
    found: defaultdict[Role, list[Path]] = defaultdict(list)
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return {}
    for path in paths:
        role = role_of(path)
        if role is not None and role is not Role.XML and path.is_file():
            found[role].append(path)
    for several in found.values():
        if len(several) > 1:
            names = listed([path.name for path in several])
            text = _("{names} are the same file of an export; only {name} is read").format(
                names=names, name=several[0].name
            )
            findings.note(NoteKind.ODD, text)
    return {role: several[0] for role, several in found.items()}


def _xml_export(folder: Path) -> dict[Role, Path]:
    """The XML export of a folder: the only one, or the one with the usual name.

    Raises
    ------
    InputError
        There are several and none has the usual name, so that nothing says which one is meant.
    """
    paths = sorted(path for path in folder.iterdir() if role_of(path) is Role.XML and looks_like_untis(path))
    usual = [path for path in paths if path.name.lower() == _XML_NAME]
    if len(paths) > 1 and not usual and not any(role_of(path) is Role.LESSON for path in folder.iterdir()):
        names = listed([path.name for path in paths])
        advice = _("you can name the file itself instead of the folder")
        raise InputError([Defect(file=str(folder), expected=_("one XML export"), found=names, advice=advice)])
    return {Role.XML: (usual or paths)[0]} if paths else {}


def _of_folder(folder: Path, siblings: Mapping[Role, Path], findings: Findings) -> Role:
    present = [role for role in TIMETABLES if role in siblings]
    if not present:
        names = listed([path.name for path in siblings.values()])
        found = _("only {names}").format(names=names) if names else _("a folder without a timetable")
        advice = _("another folder is meant, or the export of the timetable is missing")
        expected = _("lesson.txt, GPU001.TXT or an XML export of Untis")
        raise InputError([Defect(file=str(folder), expected=expected, found=found, advice=advice)])
    if len(present) > 1:
        text = _("{taken} is read as the timetable, because it knows the weeks; {other} is not used").format(
            taken=siblings[present[0]].name, other=listed([siblings[role].name for role in present[1:]])
        )
        findings.note(NoteKind.READ, text)
    return present[0]


def _load(paths: Mapping[Role, Path], timetable: Role, loaded: Mapping[Role, RawFile]) -> ExportFiles:
    """Read all files; the timetable stands first."""
    texts: dict[Role, RawFile] = {}
    xml: XmlDocument | None = None
    defects: list[Defect] = []
    for role in sorted(paths, key=lambda role: (role is not timetable, list(Role).index(role))):
        try:
            if role is Role.XML:
                xml = XmlDocument.parse(paths[role].name, load_bytes(paths[role]))
            else:
                texts[role] = loaded[role] if role in loaded else load(paths[role])
        except InputError as error:
            defects += error.defects
    if defects:
        raise InputError(defects)
    return ExportFiles(timetable, texts, xml)


def _recognised(path: Path, named: Role | None, findings: Findings) -> tuple[Role, RawFile | None]:
    """The role of a file whose name says nothing, or something else, by its content; None as file where it is XML."""
    if named is None and looks_like_untis(path):
        _note_guess(path, "XML", findings)
        return Role.XML, None
    raw = load(path)
    if named is None:
        for role, fits in ((Role.LESSON, _like_lesson), (Role.GPU001, _like_gpu001)):
            if raw.rows and sum(map(fits, raw.rows)) * 2 > len(raw.rows):
                _note_guess(path, "lesson.txt" if role is Role.LESSON else "GPU001", findings)
                return role, raw
    found = _("neither 9 columns with the week flags of lesson.txt nor the 7 columns of GPU001")
    if named is not None:
        found = _("{name}, which holds no timetable").format(name=path.name)
    raise _missing(
        path, found if raw.rows else _("an empty file"), _("lesson.txt or GPU001.TXT of the export is meant")
    )


def _note_guess(path: Path, kind: str, findings: Findings) -> None:
    if kind == "XML":
        text = _("{name} is read as XML, judged by its content").format(name=path.name)
    else:
        text = _("{name} is read as {kind}, judged by its columns").format(name=path.name, kind=kind)
    findings.note(NoteKind.GUESSED, text)


def are_flags(text: str) -> bool:
    """Whether a field is the week string of lesson.txt: 53 characters of ``-01x``."""
    return len(text) == WEEK_FLAGS and set(text) <= FLAG_CHARACTERS


def _numeric(row: Row, columns: tuple[int, ...]) -> bool:
    return len(row.fields) > max(columns) and all(row.fields[c].isascii() and row.fields[c].isdigit() for c in columns)


def _like_lesson(row: Row) -> bool:
    return len(row.fields) >= 9 and are_flags(row.fields[8]) and _numeric(row, (1, 2, 5))


def _like_gpu001(row: Row) -> bool:
    return _numeric(row, (0, 5, 6))
