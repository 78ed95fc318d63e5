"""Reading, rewriting, comparing and anonymising the text exports of Untis."""

from __future__ import annotations

from untisopt.io.untis.anonymise import anonymise
from untisopt.io.untis.export import Counts, Export, read_export
from untisopt.io.untis.files import Role
from untisopt.io.untis.gpu001 import as_gpu001
from untisopt.io.untis.match import Altered, Match, Mismatch, match
from untisopt.io.untis.notes import Note, NoteKind
from untisopt.io.untis.writer import revised

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
