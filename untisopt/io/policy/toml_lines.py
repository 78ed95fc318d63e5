"""Lines of the tables and keys of a TOML file: the parser of the standard library does not tell them."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter

KeyPath = tuple[str | int, ...]

_KEY = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\]|\\.)*\"|'[^']*')"
_DOTTED = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"\s*(?P<open>\[\[?)\s*(?P<path>{_DOTTED})\s*\]\]?\s*(?:#.*)?")
_ASSIGNMENT = re.compile(rf"\s*(?P<path>{_DOTTED})\s*=")


class TomlLines:
    """Where tables, keys and values stand in a TOML text.

    A search of the text, not a parser: keys inside inline tables are found by the key that holds them, and a line of a
    text over several lines may be mistaken for a key. A line that is not known is None, never wrong on purpose.

    Parameters
    ----------
    text : str
        A valid TOML text with line feeds as line ends.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._places: dict[KeyPath, int] = {}
        self._elements: Counter[KeyPath] = Counter()
        table: KeyPath = ()
        for number, line in enumerate(self._lines, start=1):
            if header := _HEADER.fullmatch(line):
                table = self._table(header)
                self._note(table, number)
            elif assignment := _ASSIGNMENT.match(line):
                self._note(table + _split(assignment["path"]), number)
        self._starts = sorted(set(self._places.values()))

    def line(self, path: KeyPath, value: object = None) -> int | None:
        """Line of a table or key, or of one value in it.

        Parameters
        ----------
        path : tuple of str and int
            Names of the tables and the key, with the index of the element behind the name of a list of tables.
        value : object
            An element of a list over several lines; None for the key itself.

        Returns
        -------
        int or None
            1-based line; of the table that holds the key if the key was not found; None if neither was found.
        """
        for length in range(len(path), 0, -1):
            start = self._places.get(path[:length])
            if start is not None:
                return self._line_of_value(start, value) if length == len(path) and value is not None else start
        return None

    def text(self, line: int) -> str:
        """One line, 1-based; empty beyond the end."""
        return self._lines[line - 1] if 0 < line <= len(self._lines) else ""

    def first_heading(self, line: int) -> int | None:
        """The line above in which the table of a heading begins as well; None: it does not, or this is no heading."""
        header = _HEADER.fullmatch(self.text(line))
        if header is None or header["open"] == "[[":
            return None
        path = _split(header["path"])
        headings = ((number, _HEADER.fullmatch(self.text(number))) for number in range(1, line))
        return next((number for number, found in headings if found and _split(found["path"]) == path), None)

    def _table(self, header: re.Match[str]) -> KeyPath:
        path: KeyPath = _split(header["path"])
        if header["open"] == "[[":
            path = (*path, self._elements[path])
            self._elements[path[:-1]] += 1
        return path

    def _note(self, path: KeyPath, number: int) -> None:
        for length in range(1, len(path) + 1):
            self._places.setdefault(path[:length], number)

    def _line_of_value(self, start: int, value: object) -> int:
        """The first line from the key up to the next one that holds the value as it is written in TOML."""
        following = bisect_right(self._starts, start)
        end = self._starts[following] if following < len(self._starts) else len(self._lines) + 1
        written = {str(value)} if not isinstance(value, str) else {json.dumps(value, ensure_ascii=False), f"'{value}'"}
        for number in range(start, end):
            code = self.text(number).split("=", 1)[-1] if number == start else self.text(number)
            if any(re.search(rf"(?<![\w.]){re.escape(form)}(?![\w.])", code) for form in written):
                return number
        return start


def _split(dotted: str) -> tuple[str, ...]:
    """Names of a dotted key, without quotes."""
    return tuple(_unquoted(key) for key in re.findall(_KEY, dotted))


def _unquoted(key: str) -> str:
    if key.startswith('"'):
        try:
            return str(json.loads(key))
        except ValueError:
            return key[1:-1]
    return key.strip("'")
