"""Lesson sequences (GPU019): lessons that follow one another, are held at the same time, or in an order in the week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from untisopt.domain.limits import LessonSequence, SequenceKind
from untisopt.i18n import ngettext
from untisopt.io.untis.files.notes import Findings, NoteKind, listed
from untisopt.io.untis.files.records import RawFile
from untisopt.io.untis.master.cells import Cells, Sheet, written_number

_KINDS = {1: SequenceKind.FIXED, 2: SequenceKind.SIMULTANEOUS, 3: SequenceKind.WEEKLY}

_DEFECTIVE, _UNNAMED, _STRANGE = "defective", "unnamed", "strange"
_Key = tuple[str, SequenceKind]


def read_sequences(raw: RawFile | None, lessons: Collection[int], findings: Findings) -> tuple[LessonSequence, ...]:
    """Read GPU019: one row per lesson, in the order of the sequence.

    Rows with the same name and kind are one sequence. A lesson that several rows name stands where the first of them
    does. Lessons that the plan does not know are left out, and so are sequences of which one lesson is left at most.

    Parameters
    ----------
    raw : RawFile or None
        GPU019; None: there are no sequences.
    lessons : collection of int
        The lesson numbers of the plan.
    findings : Findings
        Takes a defect per cell that cannot be understood, and notes.
    """
    if raw is None:
        return ()
    sheet = Sheet(raw, findings)
    numbers: dict[_Key, dict[int, None]] = {}
    lost: Counter[str] = Counter()
    for cells in sheet.cells():
        key, number = _key(cells), _lesson(cells)
        if isinstance(key, str) or isinstance(number, str):
            lost[key if isinstance(key, str) else str(number)] += 1
        else:
            numbers.setdefault(key, {})[number] = None
    found, strangers, short = _sequences(numbers, lessons)
    _tell(sheet, found, lost, strangers, short)
    return found


def _key(cells: Cells) -> _Key | str:
    """Name and kind of the sequence of a row; or why the row is not used."""
    name, kind = cells.text(1), _KINDS.get(written_number(cells.text(2)) or 0)
    if not name:
        return _UNNAMED
    return _STRANGE if kind is None else (name, kind)


def _lesson(cells: Cells) -> int | str:
    """Lesson number of a row; or why the row is not used."""
    cells.whole(3)
    number = cells.positive(4)
    if number is not None:
        return number
    return _UNNAMED if not cells.text(4).strip("0") else _DEFECTIVE


def _sequences(
    numbers: Mapping[_Key, Collection[int]], lessons: Collection[int]
) -> tuple[tuple[LessonSequence, ...], list[int], list[str]]:
    """The sequences; lessons that the plan does not know; names of sequences that have too few others."""
    known = {key: tuple(number for number in own if number in lessons) for key, own in numbers.items()}
    found = tuple(
        LessonSequence(name=name, kind=kind, lessons=own) for (name, kind), own in known.items() if len(own) > 1
    )
    strangers = sorted({number for own in numbers.values() for number in own if number not in lessons})
    return found, strangers, [name for (name, _kind), own in known.items() if len(own) < 2]


def _tell(
    sheet: Sheet, found: Collection[LessonSequence], lost: Mapping[str, int], strangers: list[int], short: list[str]
) -> None:
    name = sheet.raw.name
    if found:
        text = ngettext("{name}: {count} lesson sequence", "{name}: {count} lesson sequences", len(found))
        sheet.note(NoteKind.READ, text.format(name=name, count=len(found)))
    if lost.get(_UNNAMED):
        text = ngettext(
            "{name}: {count} row without the name of a sequence or a lesson number is not used",
            "{name}: {count} rows without the name of a sequence or a lesson number are not used",
            lost[_UNNAMED],
        )
        sheet.note(NoteKind.LEFT_OUT, text.format(name=name, count=lost[_UNNAMED]))
    if lost.get(_STRANGE):
        text = ngettext(
            "{name}: {count} row is not used, because its kind of sequence is none of 1, 2 and 3",
            "{name}: {count} rows are not used, because their kind of sequence is none of 1, 2 and 3",
            lost[_STRANGE],
        )
        sheet.note(NoteKind.LEFT_OUT, text.format(name=name, count=lost[_STRANGE]))
    if strangers:
        text = ngettext(
            "{name}: the plan does not know lesson {numbers}, so no sequence has it",
            "{name}: the plan does not know the lessons {numbers}, so no sequence has them",
            len(strangers),
        )
        sheet.note(NoteKind.LEFT_OUT, text.format(name=name, numbers=listed(list(map(str, strangers)))))
    if short:
        text = ngettext(
            "{name}: the sequence {names} has fewer than two lessons of this plan and is not used",
            "{name}: the sequences {names} have fewer than two lessons of this plan and are not used",
            len(short),
        )
        sheet.note(NoteKind.LEFT_OUT, text.format(name=name, names=listed(short)))
    sheet.tell()
