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

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from untisopt.domain.events import Happening
from untisopt.domain.school import School
from untisopt.errors import Defect, InputError, PolicyError
from untisopt.i18n import _
from untisopt.io._policy_values import BadValueError, written
from untisopt.io._side_text import shown
from untisopt.io._toml_reader import TomlReader
from untisopt.io.event_text import VERBS, defect_of, read_event
from untisopt.io.suggest import you_mean

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


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSource:
    """An event with the words it came from."""

    text: str
    happening: Happening


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
    sources += [(_("event {text}").format(text=shown(text)), None, text) for text in texts]
    for file, line, text in sources:
        try:
            found.append(EventSource(text=text, happening=read_event(text, school)))
        except BadValueError as bad:
            defects.append(defect_of(bad, file=file, line=line))
    if defects:
        raise InputError(defects)
    return tuple(found)


def events_toml(texts: Sequence[str]) -> str:
    """The events as a file that can be read again."""
    blocks = [f"[[{TABLE}]]\n{TEXT} = {_quoted(text)}\n" for text in texts]
    return "\n".join(blocks)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _texts_of(path: Path, defects: list[Defect]) -> list[tuple[str, int | None, str]]:
    """File, line and words of every event of a file; what is wrong is added to `defects`."""
    try:
        reader = TomlReader(path)
    except PolicyError as error:
        raise InputError(error.defects) from error
    tables = reader.data.get(TABLE, [])
    for name in reader.data:
        if name != TABLE:
            reader.bad((name,), _("tables {table}").format(table=f"[[{TABLE}]]"), shown(name), you_mean(name, [TABLE]))
    if not isinstance(tables, list):
        reader.bad((TABLE,), _("tables {table}").format(table=f"[[{TABLE}]]"), written(tables))
        tables = []
    found = []
    for index, table in enumerate(tables):
        text = _text_of(reader, index, table)
        if text is not None:
            found.append((*reader.place((TABLE, index)), text))
    defects += reader.defects
    return found


def _text_of(reader: TomlReader, index: int, raw: object) -> str | None:
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
    if len(reader.defects) > before:
        return None
    if verb == TEXT:
        return str(table[TEXT])
    words = [verb, _word_of(verb, table[verb])]
    for key, word in (*parts, (_FROM, "from")):
        value = table.get(key)
        if value is True:
            words.append(word)
        elif value not in (None, False):
            words += [word, _word_of(key, value)]
    return " ".join(filter(None, words))


def _word_of(key: str, value: object) -> str:
    """A value as the words of an event; names with blanks in quotes."""
    if isinstance(value, list):
        return ",".join(str(part) for part in value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f'"{text}"' if " " in text and key not in _FREE and key != "drop" else text
