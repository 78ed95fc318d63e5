"""All exceptions of untisopt, and the exit codes of the command line.

::

    UntisoptError                 1   something went wrong; the message says what and what to do
    |-- UsageError                2   options or arguments that cannot be meant together
    |-- InputError                3   the export, break table or a file beside it has defects (all of them at once)
    |   `-- PolicyError           3   the policy file or a policy option has defects
    |-- OutputError               1   the result cannot be written (folder not empty, no space, no permission)
    |-- NoPlanError               4   no plan satisfies what was asked
    |-- Aborted                 130   the user broke off; nothing was written
    `-- InternalError            70   an invariant of untisopt itself is broken; carries a dump to reproduce it
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from untisopt.i18n import _, ngettext


def advised(text: str, advice: str) -> str:
    """A message with a second line of advice, if there is any."""
    return "{text}\n  {advice}".format(text=text, advice=_("Maybe {advice}").format(advice=advice)) if advice else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """One thing that is wrong in an input: where, what was expected, what was found, what to do.

    Parameters
    ----------
    file : str
        Name of the file as the user gave it.
    line : int or None
        1-based line; None if the defect concerns the whole file.
    column : int or None
        1-based column (field) within the line, not a character position; None if it concerns the whole line.
    expected, found, advice : str
        One sentence each, without a full stop, in the user's language.
    """

    file: str
    line: int | None = None
    column: int | None = None
    expected: str
    found: str
    advice: str = ""

    def __str__(self) -> str:
        text = _("{where}: expected {expected}, found {found}").format(
            where=self.where, expected=self.expected, found=self.found
        )
        return advised(text, self.advice)

    @property
    def where(self) -> str:
        """File, line and column in one phrase."""
        parts = [path_name(self.file)]
        if self.line is not None:
            parts.append(_("line {line}").format(line=self.line))
        if self.column is not None:
            parts.append(_("column {column}").format(column=self.column))
        return ", ".join(parts)


def path_name(path: str) -> str:
    """A path as people name it: as it was given, but the name of the folder for `.` and `..`."""
    given = Path(path)
    return given.resolve().name or path if path and set(given.parts) <= {".."} else path


class UntisoptError(Exception):
    """Base of all errors that untisopt raises on purpose."""

    exit_code = 1


class UsageError(UntisoptError):
    """Options or arguments cannot be meant together."""

    exit_code = 2


class InputError(UntisoptError):
    """The input has defects; all that were found are in :attr:`defects`."""

    exit_code = 3

    def __init__(self, defects: Iterable[Defect]) -> None:
        self.defects = tuple(defects)
        if not self.defects:
            raise ValueError("an InputError needs at least one defect")
        super().__init__("\n".join([self.headline, *map(str, self.defects)]))

    @property
    def headline(self) -> str:
        """How many defects there are."""
        count = len(self.defects)
        return ngettext("{count} defect in the input:", "{count} defects in the input:", count).format(count=count)


class PolicyError(InputError):
    """The policy file or a policy option has defects."""

    @property
    def headline(self) -> str:
        """How many defects there are."""
        count = len(self.defects)
        return ngettext("{count} defect in the policy:", "{count} defects in the policy:", count).format(count=count)


class OutputError(UntisoptError):
    """The result cannot be written; nothing was changed."""


class NoPlanError(UntisoptError):
    """No plan satisfies what was asked."""

    exit_code = 4


class Aborted(UntisoptError):
    """The user broke off; nothing was written."""

    exit_code = 130


class InternalError(UntisoptError):
    """An invariant of untisopt itself is broken: a defect of the program, not of the input.

    Parameters
    ----------
    message : str
        Which invariant, with the values that break it.
    dump : str
        What is needed to reproduce it (options, seed, changed lectures), as text.
    """

    exit_code = 70

    def __init__(self, message: str, dump: str = "") -> None:
        super().__init__(message)
        self.dump = dump
