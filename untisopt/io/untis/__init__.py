"""Reading, rewriting, comparing and anonymising the text exports of Untis."""

from __future__ import annotations

from untisopt.io.untis.anonymise import anonymise
from untisopt.io.untis.export import Counts, Export, read_export
from untisopt.io.untis.files.gpu001 import as_gpu001
from untisopt.io.untis.files.notes import Note, NoteKind
from untisopt.io.untis.files.siblings import Role
from untisopt.io.untis.files.writer import revised
from untisopt.io.untis.rows.match import Altered, Match, Mismatch, match

__all__ = [
    "Altered",
    "Counts",
    "Export",
    "Match",
    "Mismatch",
    "Note",
    "NoteKind",
    "Role",
    "anonymise",
    "as_gpu001",
    "match",
    "read_export",
    "revised",
]
