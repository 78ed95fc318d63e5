"""What reading an export found: notes for people, defects, and the collector of both."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from untisopt.errors import Defect, InputError, PolicyError
from untisopt.i18n import _


class NoteKind(StrEnum):
    """What a note is about."""

    READ = "read"
    GUESSED = "guessed"
    WEEKS = "weeks"
    LEFT_OUT = "left-out"
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth knowing about an export that does not stop it from being used; `text` is one sentence."""

    kind: NoteKind
    text: str


@dataclass
class Findings:
    """Collects everything that is found, so that all defects are reported at once."""

    defects: list[Defect] = field(default_factory=list)
    policy_defects: list[Defect] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def defect(
        self, file: str, line: int | None, column: int | None, expected: str, found: str, advice: str = ""
    ) -> None:
        """Add a defect of a file."""
        self.defects.append(Defect(file=file, line=line, column=column, expected=expected, found=found, advice=advice))

    def policy(self, expected: str, found: str, advice: str = "") -> None:
        """Add a defect of what the policy asks of this export."""
        self.policy_defects.append(
            Defect(file=_("policy file or option"), expected=expected, found=found, advice=advice)
        )

    def note(self, kind: NoteKind, text: str) -> None:
        """Add a note."""
        self.notes.append(Note(kind, text))

    def stop_if_defective(self) -> None:
        """Raise all defects so far as one error; those of the policy alone as a PolicyError."""
        if self.defects:
            raise InputError([*self.defects, *self.policy_defects])
        if self.policy_defects:
            raise PolicyError(self.policy_defects)


def shown(text: str) -> str:
    """Write what was found in a message: in quotes, control characters escaped, long texts cut."""
    if not text:
        return _("nothing")
    visible = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
    return f"'{visible if len(visible) <= 60 else visible[:57] + '...'}'"


def listed(names: list[str] | tuple[str, ...], most: int = 8) -> str:
    """Join names with commas; beyond `most` they are cut."""
    return ", ".join(names if len(names) <= most else [*names[: most - 1], "..."])
