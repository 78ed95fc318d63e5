"""Names that stand for nobody: a lesson whose teacher or room is still open carries `?` or `---`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from untisopt.i18n import ngettext
from untisopt.io.untis.files.notes import Findings, NoteKind, listed
from untisopt.io.untis.rows.typed import TimetableRow


def is_nobody(name: str) -> bool:
    """Whether a name holds neither a letter nor a digit: then it names nobody, and two lessons may carry it at once."""
    return not any(character.isalnum() for character in name)


def without_placeholders(rows: Iterable[TimetableRow], findings: Findings) -> tuple[TimetableRow, ...]:
    """The rows with nobody where a placeholder stands; what the file says is written back as it is."""
    met: set[str] = set()
    found, count = [], 0
    for row in rows:
        names = [row.teacher or "", *row.rooms, *(row.grade or "").split("~")]
        open_ = dict.fromkeys(name for name in names if name and is_nobody(name))
        met.update(open_)
        count += bool(open_)
        found.append(_named(row) if open_ else row)
    if met:
        text = ngettext(
            "{count} row has a placeholder ({names}) as teacher, class or room; it is taken for nobody",
            "{count} rows have a placeholder ({names}) as teacher, class or room; it is taken for nobody",
            count,
        )
        findings.note(NoteKind.GUESSED, text.format(names=listed(sorted(met)), count=count))
    return tuple(found)


def _named(row: TimetableRow) -> TimetableRow:
    """A row with those alone who are somebody."""
    grades = [grade for grade in (row.grade or "").split("~") if not is_nobody(grade)]
    return replace(
        row,
        teacher=None if row.teacher is None or is_nobody(row.teacher) else row.teacher,
        grade="~".join(grades) or None,
        rooms=tuple(room for room in row.rooms if not is_nobody(room)),
    )
