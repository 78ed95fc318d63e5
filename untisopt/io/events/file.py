"""Events in a TOML file, and the ones of the command line with them.

::

    [[event]]
    text = "away Arnd Mon 3-4"     # the same words as on the command line

    [[event]]
    away = "Arnd"                  # or word by word: the verb, then the other parts by their names
    when = "Mon 3-4"
    from = 2026-01-11

    [[event]]
    add = "Ma"
    teacher = "Arnd"
    grades = ["10.1", "10.2"]
    lengths = "3x1 1x2"
    in = "H12"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from untisopt.domain.events import Happening
from untisopt.domain.school import School
from untisopt.errors import Defect, InputError, PolicyError
from untisopt.i18n import _
from untisopt.io.events.text import VERBS, defect_of, read_event
from untisopt.io.events.words import WordError
from untisopt.io.policy.toml_reader import TomlReader
from untisopt.io.policy.values import BadValueError, truth, written
from untisopt.io.side_text import shown
from untisopt.io.spelling import you_mean

TABLE = "event"
TEXT = "text"
_WHEN, _FROM = "when", "from"

# Per verb: the other keys in the order of the words, with the word in front of each.
_PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "away": ((_WHEN, ""),),
    "replace": (("by", "by"), ("any_day", "any day")),
    "hours": (("most", ""),),
    "closed": ((_WHEN, ""),),
    "not": ((_WHEN, ""),),
    "at": ((_WHEN, ""),),
    "add": (("teacher", ""), ("grades", ""), ("lengths", ""), ("in", "in"), ("like", "like")),
    "remove": (),
    "lengthen": (("by", "by"),),
    "shorten": (("by", "by"),),
    "couple": (("with", "with"),),
    "site": (("to", "to"),),
    "drop": ((_WHEN, ""),),
    "travel": (("to", "to"), ("minutes", "")),
    "break": (("minutes", ""), (_WHEN, "")),
    "students": (("count", ""), ("teacher", "")),
}
_FREE = frozenset((_WHEN, "lengths", "by", TEXT))
"""Keys whose texts hold several words."""


_NUMBERS = frozenset(("not", "at", "remove", "lengthen", "shorten", "couple", "with", "students", "drop", "break"))
_COUNTS = frozenset(("most", "minutes", "count"))
_CLASSES = frozenset(("grades", "site"))
"""Keys of names that are often numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSource:
    """An event with the words it came from."""

    text: str
    happening: Happening


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of an event and where they come from.

    Parameters
    ----------
    file, text : str
    lines : tuple of (int, int or None)
        Where a part of the words begins (1-based), and its line; empty for the command line.
    is_joined : bool
        Whether the words were put together, so that nobody has seen their characters.
    """

    file: str
    text: str
    lines: tuple[tuple[int, int | None], ...] = ()
    is_joined: bool = False

    def defect(self, bad: BadValueError) -> Defect:
        """What is wrong with it."""
        position = bad.position if isinstance(bad, WordError) else 1
        line = next((line for start, line in reversed(self.lines) if start <= position), None)
        if not self.is_joined:
            return defect_of(bad, file=self.file, line=line)
        return Defect(file=self.file, line=line, expected=bad.expected, found=bad.found, advice=bad.advice)


def read_events(school: School, texts: Iterable[str], path: Path | None) -> tuple[EventSource, ...]:
    """Read the events of a file and then those of the command line.

    Parameters
    ----------
    school : School
        Whose names they use.
    texts : iterable of str
    path : Path or None

    Returns
    -------
    tuple of EventSource

    Raises
    ------
    InputError
        With all defects, those of the file with their lines.
    """
    found: list[EventSource] = []
    defects: list[Defect] = []
    sources = [] if path is None else _texts_of(path, defects)
    sources += [_Text(_("event {text}").format(text=shown(text)), text) for text in texts]
    for source in sources:
        try:
            found.append(EventSource(text=source.text, happening=read_event(source.text, school)))
        except BadValueError as bad:
            defects.append(source.defect(bad))
    if defects:
        raise InputError(defects)
    return tuple(found)


def events_toml(texts: Sequence[str]) -> str:
    """The events as a file that can be read again."""
    blocks = [f"[[{TABLE}]]\n{TEXT} = {_quoted(text)}\n" for text in texts]
    return "\n".join(blocks)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _texts_of(path: Path, defects: list[Defect]) -> list[_Text]:
    """The words of every event of a file; what is wrong is added to `defects`."""
    reader = _read(path)
    tables = reader.data.get(TABLE, [])
    for name in reader.data:
        if name != TABLE:
            reader.bad((name,), _("tables {table}").format(table=f"[[{TABLE}]]"), shown(name), you_mean(name, [TABLE]))
    if not isinstance(tables, list):
        reader.bad((TABLE,), _("tables {table}").format(table=f"[[{TABLE}]]"), written(tables))
    elif not tables and not reader.defects:
        expected = _("tables {table}").format(table=f"[[{TABLE}]]")
        found = _("none: {name} holds no {table}").format(name=path.name, table=f"[[{TABLE}]]")
        defects.append(Defect(file=reader.file, expected=expected, found=found))
    several = enumerate(tables) if isinstance(tables, list) else ()
    found_texts = [text for index, table in several if (text := _text_of(reader, index, table)) is not None]
    defects += reader.defects
    return found_texts


def _read(path: Path) -> TomlReader:
    try:
        return TomlReader(path)
    except PolicyError as error:
        raise InputError(error.defects) from error


def _text_of(reader: TomlReader, index: int, raw: object) -> _Text | None:
    """The words of one table."""
    where = (TABLE, index)
    table = reader.table(where, raw)
    verbs = [verb for verb in (*VERBS, TEXT) if verb in table]
    if len(verbs) != 1:
        near = next((you_mean(key, VERBS) for key in table if key not in (_WHEN, _FROM)), "")
        expected = _("one of these keys: {names}").format(names=", ".join((TEXT, *VERBS)))
        reader.bad(where, expected, ", ".join(verbs) or _("none of them"), near)
        return None
    verb = verbs[0]
    parts = () if verb == TEXT else _PARTS[verb]
    known = [verb, *(key for key, _word in parts), *([] if verb == TEXT else [_FROM])]
    before = len(reader.defects)
    reader.table(where, raw, known)
    for key in known:
        if key in table:
            reader.value((*where, key), table[key], _checked(key))
    if len(reader.defects) > before:
        return None
    if verb == TEXT:
        return _Text(reader.file, str(table[TEXT]), ((1, reader.place((*where, TEXT))[1]),))
    return _joined(reader, where, table, [(verb, verb), *parts, (_FROM, "from")])


def _joined(
    reader: TomlReader, where: tuple[str, int], table: dict[str, object], parts: list[tuple[str, str]]
) -> _Text:
    """The values of a table as the words of an event, each with its word in front."""
    text, lines = "", []
    for key, word in parts:
        value = table.get(key)
        if value is None or value is False:
            continue
        lines.append((len(text) + 2 if text else 1, reader.place((*where, key))[1]))
        said = word if value is True else f"{word} {_word_of(key, value)}"
        text = f"{text} {said.strip()}".strip()
    return _Text(reader.file, text, tuple(lines), is_joined=True)


def _checked(key: str) -> Callable[[object], object]:
    """Make a reader of the values that a key can have."""
    if key == "any_day":
        return truth

    def read(value: object) -> object:
        if isinstance(value, str) and value.strip() and key not in _COUNTS:
            return value
        if key == _FROM:
            return _day(value)
        if key == "grades" and isinstance(value, list) and value:
            return [read(part) for part in value]
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if is_number and key in (*_NUMBERS, *_COUNTS, *_CLASSES, "by", "lengths", _WHEN):
            return value
        if key in _COUNTS:
            raise BadValueError(_("a whole number"), written(value))
        advice = _('you mean "{value}"').format(value=value) if isinstance(value, int | float) else ""
        raise BadValueError(_("a text in quotes"), written(value), advice)

    return read


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise BadValueError(_("a date such as 2026-01-11"), written(value))


def _word_of(key: str, value: object) -> str:
    """A value as the words of an event; names with blanks in quotes."""
    if isinstance(value, list):
        return ",".join(str(part) for part in value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f'"{text}"' if " " in text and key not in _FREE and key != "drop" else text
