"""The policy file `untisopt.toml`: what a school wants of a repair.

::

    preset = "published"        # or "draft": goals and rules for one situation; all below goes before it

    [sites]
    main = "Haupthaus"          # the site of all rooms that match no pattern
    Filiale = ["F*"]            # further sites: shell patterns on the names of rooms

    [travel]
    minutes = 25                # between any two sites
    unusable_breaks = ["2-3"]   # nobody may travel in these breaks, whatever their length
    "Haupthaus > Filiale" = 30  # one direction

    [breaks]
    file = "breaks.txt"         # relative to the policy file

    [files]
    trust = ["GPU002.TXT"]      # used although its people are not those of the plan

    [goal]
    worth = 5                   # a site change saved may cost up to so many moved lectures
    max_changes = 100           # most lectures that may move
    nobody_worse = true         # all rules that let nobody's week get worse

    [weeks]
    week = 41

    [times]
    open = ["Wed.7", "Sat"]     # open for lessons though nobody is taught then today

    [rooms]
    change = "none"             # or "same-kind"

    [pins]                      # also lectures, courses, grades, rooms, subjects
    lessons = [177, 180]
    teachers = ["Arnd"]
    days = ["Fr"]

    [[pins]]                    # or pins one by one, each of one kind
    course = "177/Ma/Arnd"      # lesson, subject, teacher
    hold = "time"               # or "room", or "both"

    [scope]                     # only lectures that match may move
    grades = ["10.*"]

    [[blocked]]
    teacher = "Arnd"            # or grade, or room
    periods = ["5", "Mo.1"]     # a whole day, or a period of it

    [[wishes]]
    teacher = "Beck"            # or grade, or room
    periods = ["Fr"]
    value = -2                  # -2 or -1: rather not; 1 to 3: welcome

    [rules.grade-gaps]
    enabled = false             # or weight = 2, or a parameter of the rule
    except = ["10.3"]           # whom the rule does not protect
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from untisopt.domain.pins import Hold
from untisopt.domain.resources import Kind
from untisopt.errors import PolicyError
from untisopt.i18n import _
from untisopt.io.policy import values
from untisopt.io.policy.options import (
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
from untisopt.io.policy.rules import field_name, read_rules
from untisopt.io.policy.toml_lines import KeyPath
from untisopt.io.policy.toml_reader import TomlReader, header
from untisopt.io.side_text import shown
from untisopt.io.spelling import you_mean
from untisopt.policy import (
    DEFAULT_MAIN_SITE,
    PRESET_GOALS,
    RATHER_NOT,
    BlockedTimes,
    Pin,
    PinKind,
    Place,
    Policy,
    Preset,
    Selector,
    TimeWish,
    rules_under,
)
from untisopt.rules import ALL_RULES, NOBODY_WORSE, Rule

__all__ = ["PolicyOptions", "override", "parse_pin", "parse_site", "read_policy"]

_PRESET = "preset"
_NOBODY_WORSE = "nobody_worse"
_PINS = {f"{kind.value}s": kind for kind in PinKind}
_KEYS: dict[str, tuple[str, ...]] = {
    "sites": ("main",),
    "travel": ("minutes", "unusable_breaks"),
    "breaks": ("file",),
    "files": ("trust",),
    "goal": ("worth", "max_changes", _NOBODY_WORSE),
    "weeks": ("week",),
    "times": ("open",),
    "rooms": ("change",),
    "pins": (*_PINS, *(kind.value for kind in PinKind), "hold"),
    "scope": tuple(_PINS),
    "blocked": (*(kind.value for kind in Kind), "periods"),
    "wishes": (*(kind.value for kind in Kind), "periods", "value"),
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
    preset = _preset(reader)
    fields: dict[str, object] = {"rules": _rules_to_begin_with(reader, preset)}
    for name, raw in reader.data.items():
        if name == _PRESET:
            continue
        if name in _TABLES:
            fields.update(_TABLES[name](reader, raw))
        else:
            _unknown_table(reader, name)
    if reader.defects:
        raise PolicyError(sorted(reader.defects, key=lambda defect: defect.line or 0))
    goals = {} if preset is None else dict(PRESET_GOALS[preset])
    fields.pop(_NOBODY_WORSE, None)
    given = {name: value for name, value in fields.items() if value is not None}
    return Policy().with_(**{**goals, **given}, stated=_stated(reader, given))


def _preset(reader: TomlReader) -> Preset | None:
    raw = reader.data.get(_PRESET)
    if raw is None:
        return None
    try:
        return values.preset(raw)
    except values.BadValueError as bad:
        reader.bad((_PRESET,), _("the preset to be {value}").format(value=bad.expected), bad.found, bad.advice)
        return None


def _stated(reader: TomlReader, given: dict[str, object]) -> frozenset[str]:
    """What the file says of goals and rules, which no preset may change."""
    tables = reader.data.get("rules", {})
    stated = {f"{rule}.{field_name(key)}" for rule, table in tables.items() for key in table}
    if _NOBODY_WORSE in reader.data.get("goal", {}):
        stated |= {f"{rule}.weight" for rule in NOBODY_WORSE}
    return frozenset({*stated, *given})


def _rules_to_begin_with(reader: TomlReader, preset: Preset | None) -> tuple[Rule, ...]:
    """The rules before their own tables are read; wrong values are reported where the tables are read."""
    goal = reader.data.get("goal")
    wanted = goal.get(_NOBODY_WORSE) if isinstance(goal, dict) else None
    return rules_under(preset, wanted if isinstance(wanted, bool) else None, ALL_RULES)


def _unknown_table(reader: TomlReader, name: str) -> None:
    homes = [table for table, keys in _KEYS.items() if name in keys]
    if homes and not isinstance(reader.data[name], dict):
        advice = _("it belongs below {table}").format(table=header((homes[0],)))
    else:
        advice = you_mean(name, (_PRESET, *_KEYS))
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


def _files(reader: TomlReader, raw: object) -> dict[str, object]:
    where = ("files", "trust")
    trusted = reader.table(where[:1], raw, _KEYS["files"]).get("trust", [])
    return {"trusted": reader.each(where, trusted, values.name)}


def _opened(reader: TomlReader, raw: object) -> dict[str, object]:
    where = ("times", "open")
    opened = reader.table(where[:1], raw, _KEYS["times"]).get("open", [])
    return {"opened": reader.each(where, opened, values.period)}


def _pins(reader: TomlReader, raw: object) -> dict[str, object]:
    if isinstance(raw, list):
        pins = [pin for index, element in enumerate(raw) for pin in _pins_one_by_one(reader, index, element)]
        return {"pins": tuple(dict.fromkeys(pins))}
    return {
        "pins": tuple(Pin(s.kind, s.name, place=s.place, written=s.written) for s in _selectors(reader, "pins", raw))
    }


def _scope(reader: TomlReader, raw: object) -> dict[str, object]:
    selectors = tuple(_selectors(reader, "scope", raw))
    for key, names in raw.items() if isinstance(raw, dict) else ():
        _not_empty(reader, ("scope", key), names)
    return {"scope": selectors}


def _not_empty(reader: TomlReader, where: KeyPath, names: object) -> None:
    """A list without a name selects nothing, which is never meant."""
    if names == []:
        expected = _("at least one name for {key} in {table}").format(key=where[-1], table=header(where[:-1]))
        reader.bad(where, expected, "[]")


def _selectors(reader: TomlReader, name: str, raw: object) -> Iterator[Selector]:
    """What a table says whose keys are the kinds of pins, each with a list of names."""
    for key, names in reader.table((name,), raw, _PINS).items():
        yield from _selected(reader, (name, key), names, _PINS[key])


def _selected(reader: TomlReader, where: KeyPath, names: object, kind: PinKind) -> list[Selector]:
    """The selectors of one kind, each with its place."""
    found: dict[Selector, None] = {}
    for raw in names if isinstance(names, list) else [names]:
        name = reader.value(where, raw, values.selected(kind), element=raw)
        if name is not None:
            as_written = raw.strip() if isinstance(raw, str) else ""
            found.setdefault(Selector(kind, name, place=reader.place(where, raw), written=as_written))
    return list(found)


def _pins_one_by_one(reader: TomlReader, index: int, raw: object) -> list[Pin]:
    """What one table `[[pins]]` says."""
    where = ("pins", index)
    table = reader.table(where, raw, (*(kind.value for kind in PinKind), "hold"))
    kinds = [kind for kind in PinKind if kind.value in table]
    hold = reader.value((*where, "hold"), table["hold"], values.hold) if "hold" in table else Hold.BOTH
    if len(kinds) != 1:
        expected = _("one of {names} in {table}").format(names=", ".join(PinKind), table="[[pins]]")
        reader.bad(where, expected, ", ".join(kinds) or _("none of them"))
        return []
    key = (*where, kinds[0].value)
    _not_empty(reader, key, table[kinds[0].value])
    found = _selected(reader, key, table[kinds[0].value], kinds[0])
    return [Pin(s.kind, s.name, hold or Hold.BOTH, place=s.place, written=s.written) for s in found]


def _blocked(reader: TomlReader, raw: object) -> dict[str, object]:
    entries = (_times(reader, "blocked", index, element) for index, element in _tables(reader, "blocked", raw))
    return {"blocked": tuple(entry for entry in entries if entry is not None)}


def _wishes(reader: TomlReader, raw: object) -> dict[str, object]:
    entries = (_wish(reader, index, element) for index, element in _tables(reader, "wishes", raw))
    return {"wishes": tuple(entry for entry in entries if entry is not None)}


def _tables(reader: TomlReader, name: str, raw: object) -> Iterator[tuple[int, object]]:
    """The tables of a list of tables, numbered."""
    if isinstance(raw, list):
        yield from enumerate(raw)
    else:
        reader.bad((name,), _("tables {table}").format(table=f"[[{name}]]"), values.written(raw))


def _wish(reader: TomlReader, index: int, raw: object) -> TimeWish | None:
    times = _times(reader, "wishes", index, raw)
    where = ("wishes", index, "value")
    stated = raw.get("value", RATHER_NOT) if isinstance(raw, dict) else RATHER_NOT
    value = reader.value(where, stated, values.wish)
    if times is None or value is None:
        return None
    return TimeWish(times.kind, times.name, times.periods, place=times.place, written=times.written, value=value)


def _times(reader: TomlReader, name: str, index: int, raw: object) -> BlockedTimes | None:
    """Somebody, and periods."""
    where = (name, index)
    before = len(reader.defects)
    table = reader.table(where, raw, _KEYS[name])
    kinds = [kind for kind in Kind if kind.value in table]
    if len(kinds) != 1 and len(reader.defects) == before:
        found = ", ".join(kind.value for kind in kinds) or _("none of them")
        reader.bad(where, _("one of teacher, grade, room in {table}").format(table=f"[[{name}]]"), found)
    names = [reader.value((*where, kind.value), table[kind.value], values.name) for kind in kinds]
    periods = _periods(reader, (*where, "periods"), table.get("periods", []))
    if not periods and len(reader.defects) == before:
        reader.bad(where, _("periods in {table}").format(table=f"[[{name}]]"), _("none"))
    if len(reader.defects) > before or names[0] is None:
        return None
    place = reader.place((*where, kinds[0].value))
    return BlockedTimes(kinds[0], names[0], tuple(periods), place=place, written=periods)


def _periods(reader: TomlReader, where: KeyPath, raw: object) -> dict[tuple[int, int | None], tuple[str, Place]]:
    """Days and periods, each as it is written and with its place."""
    found: dict[tuple[int, int | None], tuple[str, Place]] = {}
    for element in raw if isinstance(raw, list) else [raw]:
        period = reader.value(where, element, values.period, element=element)
        if period is not None:
            found.setdefault(period, (str(element).strip(), reader.place(where, element)))
    return found


def _rules(reader: TomlReader, raw: object) -> dict[str, object]:
    known = reader.data.get(_PRESET)
    preset = Preset(known) if known in list(Preset) else None
    return {"rules": read_rules(reader, raw, _rules_to_begin_with(reader, preset))}


_Table = Callable[[TomlReader, object], dict[str, object]]
_TABLES: dict[str, _Table] = {
    "sites": _sites,
    "travel": _travel,
    "breaks": _breaks,
    "files": _files,
    "times": _opened,
    "goal": _fields(
        "goal",
        {
            "worth": ("worth", values.whole_number(0, MAX_WORTH)),
            "max_changes": ("max_changes", values.whole_number(0, MAX_CHANGES)),
            _NOBODY_WORSE: (_NOBODY_WORSE, values.truth),
        },
    ),
    "weeks": _fields("weeks", {"week": ("week", values.whole_number(1, MAX_WEEK))}),
    "rooms": _fields("rooms", {"change": ("room_changes", room_changes)}),
    "pins": _pins,
    "scope": _scope,
    "blocked": _blocked,
    "wishes": _wishes,
    "rules": _rules,
}
