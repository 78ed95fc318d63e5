"""The policy file `untisopt.toml`: what a school wants of a repair.

::

    [sites]
    main = "Haupthaus"          # the site of all rooms that match no pattern
    Filiale = ["F*"]            # further sites: shell patterns on the names of rooms

    [travel]
    minutes = 25                # between any two sites
    unusable_breaks = ["2-3"]   # nobody may travel in these breaks, whatever their length
    "Haupthaus > Filiale" = 30  # one direction

    [breaks]
    file = "breaks.txt"         # relative to the policy file

    [goal]
    worth = 5                   # a site change saved may cost up to so many moved lectures
    max_changes = 100           # most lectures that may move

    [weeks]
    week = 41

    [rooms]
    change = "none"             # or "same-kind"

    [pins]                      # also lectures, grades, rooms, subjects
    lessons = [177, 180]
    teachers = ["Arnd"]
    days = ["Fr"]

    [[blocked]]
    teacher = "Arnd"            # or grade, or room
    periods = ["5", "Mo.1"]     # a whole day, or a period of it

    [rules.grade-gaps]
    enabled = false             # or weight = 2, or a parameter of the rule
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from untisopt.domain.resources import Kind
from untisopt.errors import PolicyError
from untisopt.i18n import _
from untisopt.io import _policy_values as values
from untisopt.io._policy_options import (
    MAX_CHANGES,
    MAX_TRAVEL_MINUTES,
    MAX_WEEK,
    MAX_WORTH,
    PolicyOptions,
    existing_file,
    override,
    parse_pin,
    parse_site,
    room_changes,
)
from untisopt.io._policy_rules import read_rules
from untisopt.io._side_text import shown
from untisopt.io._toml_reader import TomlReader, header
from untisopt.io.suggest import you_mean
from untisopt.policy import DEFAULT_MAIN_SITE, BlockedTimes, Pin, PinKind, Policy
from untisopt.rules import ALL_RULES

__all__ = ["PolicyOptions", "override", "parse_pin", "parse_site", "read_policy"]

_PINS = {f"{kind.value}s": kind for kind in PinKind}
_KEYS: dict[str, tuple[str, ...]] = {
    "sites": ("main",),
    "travel": ("minutes", "unusable_breaks"),
    "breaks": ("file",),
    "goal": ("worth", "max_changes"),
    "weeks": ("week",),
    "rooms": ("change",),
    "pins": tuple(_PINS),
    "blocked": (*(kind.value for kind in Kind), "periods"),
    "rules": (),
}


def read_policy(path: Path) -> Policy:
    """Read a policy file.

    Parameters
    ----------
    path : Path
        A TOML file. What it does not mention stays as in the default policy; an empty file is the default policy.

    Returns
    -------
    Policy
        `breaks_file` is an existing file; rules that are switched off have the weight 0.

    Raises
    ------
    PolicyError
        If the file cannot be read, is no TOML, or holds tables, keys or values that do not exist; it holds all defects,
        in the order of the lines.
    """
    reader = TomlReader(path)
    fields: dict[str, object] = {}
    for name, raw in reader.data.items():
        if name in _TABLES:
            fields.update(_TABLES[name](reader, raw))
        else:
            _unknown_table(reader, name)
    if reader.defects:
        raise PolicyError(sorted(reader.defects, key=lambda defect: defect.line or 0))
    return Policy().with_(**{name: value for name, value in fields.items() if value is not None})


def _unknown_table(reader: TomlReader, name: str) -> None:
    homes = [table for table, keys in _KEYS.items() if name in keys]
    if homes and not isinstance(reader.data[name], dict):
        advice = _("it belongs below {table}").format(table=header((homes[0],)))
    else:
        advice = you_mean(name, _KEYS)
    reader.bad((name,), _("a table of the policy"), shown(name), advice)


def _sites(reader: TomlReader, raw: object) -> dict[str, object]:
    table = reader.table(("sites",), raw)
    main = reader.value(("sites", "main"), table.pop("main", DEFAULT_MAIN_SITE), values.name)
    sites: dict[str, tuple[str, ...]] = {}
    for site, patterns in table.items():
        where = ("sites", site)
        if site == main:
            reader.bad(where, _("another name than that of the main site"), shown(site))
        sites[site] = reader.each(where, patterns, values.name)
        if patterns == []:
            reader.bad(where, _("at least one pattern on the rooms of {site}").format(site=site), "[]")
        for pattern in sites[site]:
            rival = next(other for other, taken in sites.items() if pattern in taken)
            if rival != site:
                found = _("{pattern}, which belongs to {site}").format(pattern=shown(pattern), site=rival)
                reader.bad(where, _("a pattern of one site only"), found, value=pattern)
    return {"main_site": main, "sites": sites}


def _travel(reader: TomlReader, raw: object) -> dict[str, object]:
    table = reader.table(("travel",), raw)
    minutes = values.whole_number(0, MAX_TRAVEL_MINUTES)
    fields: dict[str, object] = {}
    directions: dict[tuple[str, str], int] = {}
    for key, value in table.items():
        where = ("travel", key)
        if key == "minutes":
            fields["travel_minutes"] = reader.value(where, value, minutes)
        elif key == "unusable_breaks":
            fields["unusable_breaks"] = frozenset(reader.each(where, value, values.adjacent_periods))
        elif ">" in key:
            pair = _direction(reader, key)
            length = reader.value(where, value, minutes)
            if pair is not None and length is not None:
                directions[pair] = length
        else:
            reader.bad(
                where, _("a key of {table}").format(table="[travel]"), shown(key), you_mean(key, _KEYS["travel"])
            )
    return {**fields, "travel": directions}


def _direction(reader: TomlReader, key: str) -> tuple[str, str] | None:
    """The two sites of a direction. Where the file names no sites, they come from the export: any name will do."""
    where = ("travel", key)
    try:
        pair = values.direction(key)
    except values.BadValueError as bad:
        reader.bad(where, bad.expected, bad.found, bad.advice)
        return None
    table = reader.data.get("sites")
    if isinstance(table, dict):
        sites = [str(table.get("main", DEFAULT_MAIN_SITE)), *(site for site in table if site != "main")]
        for site in pair:
            if site not in sites:
                reader.bad(where, _("a site that [sites] names"), shown(site), you_mean(site, sites))
    return pair


def _fields(name: str, readers: dict[str, tuple[str, Callable[[object], object]]]) -> _Table:
    """Make a reader of a table whose keys are fields of the policy: key to field and reader of its value."""

    def read(reader: TomlReader, raw: object) -> dict[str, object]:
        table = reader.table((name,), raw, readers)
        return {readers[key][0]: reader.value((name, key), value, readers[key][1]) for key, value in table.items()}

    return read


def _breaks(reader: TomlReader, raw: object) -> dict[str, object]:
    folder = Path(reader.file).parent
    return _fields("breaks", {"file": ("breaks_file", existing_file(folder))})(reader, raw)


def _pins(reader: TomlReader, raw: object) -> dict[str, object]:
    table = reader.table(("pins",), raw, _PINS)
    pins: list[Pin] = []
    for key, names in table.items():
        pins.extend(reader.each(("pins", key), names, values.pin_of(_PINS[key])))
    return {"pins": tuple(pins)}


def _blocked(reader: TomlReader, raw: object) -> dict[str, object]:
    if not isinstance(raw, list):
        reader.bad(("blocked",), _("tables {table}").format(table="[[blocked]]"), values.written(raw))
        return {}
    entries = (_blocked_times(reader, index, element) for index, element in enumerate(raw))
    return {"blocked": tuple(entry for entry in entries if entry is not None)}


def _blocked_times(reader: TomlReader, index: int, raw: object) -> BlockedTimes | None:
    where = ("blocked", index)
    before = len(reader.defects)
    table = reader.table(where, raw, _KEYS["blocked"])
    kinds = [kind for kind in Kind if kind.value in table]
    if len(kinds) != 1 and len(reader.defects) == before:
        found = ", ".join(kind.value for kind in kinds) or _("none of them")
        reader.bad(where, _("one of teacher, grade, room in {table}").format(table="[[blocked]]"), found)
    names = [reader.value((*where, kind.value), table[kind.value], values.name) for kind in kinds]
    periods = reader.each((*where, "periods"), table.get("periods", []), values.period)
    if not periods and len(reader.defects) == before:
        reader.bad(where, _("periods in {table}").format(table="[[blocked]]"), _("none"))
    if len(reader.defects) > before or names[0] is None:
        return None
    return BlockedTimes(kinds[0], names[0], periods)


def _rules(reader: TomlReader, raw: object) -> dict[str, object]:
    return {"rules": read_rules(reader, raw, ALL_RULES)}


_Table = Callable[[TomlReader, object], dict[str, object]]
_TABLES: dict[str, _Table] = {
    "sites": _sites,
    "travel": _travel,
    "breaks": _breaks,
    "goal": _fields(
        "goal",
        {
            "worth": ("worth", values.whole_number(0, MAX_WORTH)),
            "max_changes": ("max_changes", values.whole_number(0, MAX_CHANGES)),
        },
    ),
    "weeks": _fields("weeks", {"week": ("week", values.whole_number(1, MAX_WEEK))}),
    "rooms": _fields("rooms", {"change": ("room_changes", room_changes)}),
    "pins": _pins,
    "blocked": _blocked,
    "rules": _rules,
}
