"""Reading of a TOML file that collects everything that is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from untisopt.errors import Defect, PolicyError
from untisopt.i18n import _
from untisopt.io.policy.toml_lines import KeyPath, TomlLines
from untisopt.io.policy.values import BadValueError, written
from untisopt.io.side_text import read_text, shown
from untisopt.io.spelling import you_mean

T = TypeVar("T")


class TomlReader:
    """The content of a TOML file and what is wrong with it, each thing with its line.

    Parameters
    ----------
    path : Path
        The file.

    Attributes
    ----------
    data : dict
        The top-level tables.
    defects : list of Defect
        What has been found so far.

    Raises
    ------
    PolicyError
        If the file cannot be read or is no valid TOML.
    """

    def __init__(self, path: Path) -> None:
        text = read_text(path, error=PolicyError)
        self.file = str(path)
        self.defects: list[Defect] = []
        self._lines = TomlLines(text)
        try:
            self.data = tomllib.loads(text)
        except (ValueError, RecursionError) as cause:
            raise PolicyError([self._syntax(text, str(cause))]) from cause

    def bad(self, where: KeyPath, expected: str, found: str, advice: str = "", value: object = None) -> None:
        """Note a defect of the table or key `where`, or of one `value` of its list."""
        line = self._lines.line(where, value)
        self.defects.append(Defect(file=self.file, line=line, expected=expected, found=found, advice=advice))

    def place(self, where: KeyPath, value: object = None) -> tuple[str, int | None]:
        """File and line of a key, or of one `value` of its list."""
        return self.file, self._lines.line(where, value)

    def value(self, where: KeyPath, raw: object, read: Callable[[object], T], element: object = None) -> T | None:
        """Return what `read` makes of a raw value; None, and a defect is noted, if it cannot be taken."""
        try:
            return read(raw)
        except BadValueError as bad:
            expected = _("{key} in {table} to be {value}").format(
                value=bad.expected, key=where[-1], table=header(where[:-1])
            )
            self.bad(where, expected, bad.found, bad.advice, value=element)
            return None

    def each(self, where: KeyPath, raw: object, read: Callable[[object], T]) -> tuple[T, ...]:
        """Return what `read` makes of every element of a list, each once; a single value is a list of one."""
        elements = raw if isinstance(raw, list) else [raw]
        values = (self.value(where, element, read, element=element) for element in elements)
        return tuple(dict.fromkeys(value for value in values if value is not None))

    def table(self, where: KeyPath, raw: object, keys: Iterable[str] | None = None) -> dict[str, object]:
        """Return a table without the keys that it must not have; each of them is a defect.

        Parameters
        ----------
        where : tuple of str and int
            Its name.
        raw : object
            What stands there; anything but a table is a defect and gives an empty one.
        keys : iterable of str, optional
            The keys that exist; None: any.
        """
        label = header(where)
        if not isinstance(raw, dict):
            self.bad(where, _("a table {table}").format(table=label), written(raw))
            return {}
        if keys is None:
            return dict(raw)
        known = list(keys)
        for key in raw:
            if key not in known:
                self.bad((*where, key), _("a key of {table}").format(table=label), shown(key), you_mean(key, known))
        return {key: value for key, value in raw.items() if key in known}

    def _syntax(self, text: str, message: str) -> Defect:
        found = re.search(r"\(at line (\d+), column (\d+)\)$", message)
        # Without a place, the parser stopped at the end of the document.
        line, column = (int(found[1]), int(found[2])) if found else (text.rstrip("\n").count("\n") + 1, None)
        reason = re.sub(r"\s*\(at .*\)$", "", message) or _("tables nested too deeply")
        there = self._lines.text(line).strip()
        place = shown(there) if there else _("the end of the text")
        advice = self._twice(line) or _syntax_advice(message)
        # The parser speaks English only: its words are told where there are none of our own.
        found_text = place if advice else f"{place} ({reason})"
        return Defect(
            file=self.file, line=line, column=column, expected=_("valid TOML"), found=found_text, advice=advice
        )

    def _twice(self, line: int) -> str:
        """Advice where a table has two headings, as after pasting one into a file that has it already."""
        first = self._lines.first_heading(line)
        if first is None:
            return ""
        text = _("{table} stands in line {first} already: put the lines below it there, and leave out this heading")
        return text.format(table=self._lines.text(line).strip(), first=first)


def header(where: KeyPath) -> str:
    """A table as its heading is written: `[rules.grade-gaps]`; `[[blocked]]` for an element of a list of tables."""
    names = ".".join(str(part) for part in where if isinstance(part, str))
    return f"[[{names}]]" if any(isinstance(part, int) for part in where) else f"[{names}]"


def _syntax_advice(message: str) -> str:
    if "Unescaped" in message:
        return _("the path has backslashes: put it in single quotes or write / instead")
    if "Cannot" in message or "twice" in message:
        return _("the table or key stands there twice")
    if "Invalid value" in message:
        return _("a text lacks its quotes or a list its bracket")
    return next((advice() for words, advice in _UNFINISHED.items() if words in message), "")


# By words of the parser's message; called when needed, because the language may change.
_UNFINISHED: dict[str, Callable[[], str]] = {
    "Unclosed array": lambda: _("a list lacks the bracket ] at its end, or a comma between two of its elements"),
    "Unclosed inline table": lambda: _("a table in braces lacks its closing brace, or stands in several lines"),
    "end of a table declaration": lambda: _("the heading of a table lacks the bracket ] at its end"),
    "end of an array declaration": lambda: _("the heading of a table lacks a bracket ] at its end"),
    "Expected '=' after a key": lambda: _("a key lacks its = and value"),
    "Illegal character": lambda: _("a text lacks the quotes at its end"),
    'Expected "\'"': lambda: _("a text lacks the quotes at its end"),
    "Unterminated string": lambda: _("a text lacks the quotes at its end"),
    "Expected newline": lambda: _(
        "something stands behind the value; every key needs a line of its own, and a number has no zeros in front"
    ),
    "Invalid statement": lambda: _("a key lacks its name, or a comment its #"),
}
