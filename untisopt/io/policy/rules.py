"""The rules of a policy file: switched off, weighted or given other parameters."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, cast, get_origin

from untisopt.domain.score import Tier
from untisopt.i18n import _
from untisopt.io.policy.toml_lines import KeyPath
from untisopt.io.policy.toml_reader import TomlReader
from untisopt.io.policy.values import BadValueError, adjacent_periods, name, number_meant, truth, whole_number, written
from untisopt.io.side_text import shown
from untisopt.io.spelling import you_mean
from untisopt.rules import SETTABLE_TIERS, Rule
from untisopt.rules.bases.refers import Refers

MAX_WEIGHT = 1000
# Parameters of rules count minutes, periods or changes; none of them is larger than the minutes of a year.
_MAX_PARAMETER = 527_040
_MAX_PERIOD = 99
_EXAMPLE = "{ Arnd = 2 }"


def field_name(key: str) -> str:
    """The parameter of a rule that a key of its table sets; `except` is no name in Python, and `enabled` a weight."""
    return {"enabled": "weight", "except": "except_"}.get(key, key)


def key_of(parameter: str) -> str:
    """The key of a policy file that sets a parameter of a rule."""
    return parameter.removesuffix("_")


def read_rules(reader: TomlReader, raw: object, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Apply the table `[rules]` of a policy file.

    Parameters
    ----------
    reader : TomlReader
        Collects the defects.
    raw : object
        What stands under `rules`.
    rules : tuple of Rule
        All rules with their defaults.

    Returns
    -------
    tuple of Rule
        The same rules in the same order; one that is switched off has the weight 0 (or is left out if it cannot).
    """
    tables = reader.table(("rules",), raw)
    ids = [str(rule.id) for rule in rules]
    for key in tables:
        if key not in ids:
            reader.bad(("rules", key), _("the id of a rule"), shown(key), you_mean(key, ids))
    changed = (_changed(reader, rule, tables[rule.id]) if rule.id in tables else rule for rule in rules)
    return tuple(rule for rule in changed if rule is not None)


def _changed(reader: TomlReader, rule: Rule, raw: object) -> Rule | None:
    """The rule with the parameters of its table; None if it is off and has no weight that says so."""
    where = ("rules", str(rule.id))
    readers = _parameters(rule)
    if "tier" not in readers and isinstance(raw, dict) and "tier" in raw:
        _refuse_tier(reader, rule)
        raw = {key: value for key, value in raw.items() if key != "tier"}
    table = reader.table(where, raw, ["enabled", *readers])
    values = {key: readers[key](reader, (*where, key), value) for key, value in table.items() if key in readers}
    values = {field_name(key): value for key, value in values.items() if value is not None}
    enabled = reader.value((*where, "enabled"), table["enabled"], truth) if "enabled" in table else None
    if enabled and values.get("weight") == 0:
        reader.bad((*where, "weight"), _("a weight of at least 1 for a rule that is enabled"), "0")
    if enabled is False:
        if "weight" not in readers:
            return None
        values["weight"] = 0
    elif enabled and rule.weight == 0:
        values.setdefault("weight", 1)
    return _replaced(reader, rule, values)


def _refuse_tier(reader: TomlReader, rule: Rule) -> None:
    """Some rules are what plans are made of, or what a repair is about; all others may be rules or wishes."""
    reader.bad(
        ("rules", str(rule.id), "tier"),
        _("a rule that may count as something else"),
        shown(rule.id),
        _("keep what it counts as, and change its weight, or name exceptions where it takes them"),
    )


def _replaced(reader: TomlReader, rule: Rule, values: dict[str, object]) -> Rule:
    if not values:
        return rule
    try:
        return cast("Rule", replace(cast("Any", rule), **values))
    except ValueError as cause:  # the rule's own check of its parameters
        guilty = next((parameter for parameter in values if not _takes(rule, parameter, values[parameter])), None)
        where = ("rules", str(rule.id)) if guilty is None else ("rules", str(rule.id), key_of(guilty))
        reader.bad(where, _("parameters that the rule can take"), str(cause))
        return rule


def _takes(rule: Rule, parameter: str, value: object) -> bool:
    """Whether a rule takes one parameter alone."""
    try:
        replace(cast("Any", rule), **{parameter: value})
    except ValueError:
        return False
    return True


_Reader = Callable[[TomlReader, KeyPath, object], object]
"""Reads what stands at a place; None, and defects are noted, if it cannot be taken."""


def _parameters(rule: Rule) -> dict[str, _Reader]:
    """Every parameter that a file can set, with what reads its value."""
    known = fields(cast("Any", rule)) if is_dataclass(cast("Any", rule)) else ()
    readers = {key_of(field.name): _reader_of(field.type, rule.refers.get(field.name)) for field in known if field.init}
    if "weight" in readers:
        readers["weight"] = _alone(whole_number(0, MAX_WEIGHT))
    if "except" in readers:
        readers["except"] = _list_of(name, _("a list of names"))
    return {key: read for key, read in readers.items() if read is not None}


def _reader_of(annotation: object, refers: Refers | None) -> _Reader | None:
    """The reader of a field by its annotation, which is text in modules with postponed annotations."""
    is_class = isinstance(annotation, type) and get_origin(annotation) is None
    text = annotation.__name__ if isinstance(annotation, type) and is_class else str(annotation)
    number = whole_number(0, _MAX_PERIOD) if refers is not None and refers.periods else _count
    readers: dict[str, _Reader] = {
        "int": _alone(number),
        "float": _alone(_decimal),
        "bool": _alone(truth),
        "str": _alone(_text),
        "Tier": _alone(_tier),
        "tuple[str, ...]": _texts(refers),
        "tuple[int, ...]": _list_of(number, _("a list of whole numbers")),
        "Mapping[str, int]": _table_of(number),
        "Mapping[str, str]": _table_of(_text),
    }
    return readers.get(text.removesuffix(" | None"))


def _texts(refers: Refers | None) -> _Reader:
    if refers is not None and refers.breaks:
        return _list_of(_break, _("a list of breaks (such as {example})").format(example='["2-3"]'))
    if refers is not None and refers.names:
        return _list_of(name, _("a list of names"))
    return _list_of(_text, _("a list of texts in quotes"))


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MAX_PARAMETER:
        expected = _("a whole number that is not negative")
        if isinstance(value, int) and value > _MAX_PARAMETER:
            expected = _("a whole number from {low} to {high}").format(low=0, high=_MAX_PARAMETER)
        raise BadValueError(expected, written(value), number_meant(value, 0, _MAX_PARAMETER))
    return value


def _break(value: object) -> str:
    before, after = adjacent_periods(value)
    return f"{before}-{after}"


def _text(value: object) -> str:
    if not isinstance(value, str):
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        raise BadValueError(
            _("a text in quotes"), written(value), _("you mean '{value}'").format(value=value) if is_number else ""
        )
    return value


def _tier(value: object) -> Tier:
    if not isinstance(value, str) or value not in SETTABLE_TIERS:
        advice = you_mean(value, SETTABLE_TIERS) if isinstance(value, str) else ""
        raise BadValueError(_("one of ({names})").format(names=", ".join(SETTABLE_TIERS)), written(value), advice)
    return SETTABLE_TIERS[value]


def _decimal(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MAX_PARAMETER:
        raise BadValueError(_("a number that is not negative"), written(value))
    return float(value)


def _alone(read: Callable[[object], object]) -> _Reader:
    return lambda reader, where, raw: reader.value(where, raw, read)


def _table_of(read: Callable[[object], object]) -> _Reader:
    def read_all(reader: TomlReader, where: KeyPath, raw: object) -> Mapping[str, object] | None:
        if not isinstance(raw, dict):
            expected = _("a table of names and values (such as {example})").format(example=_EXAMPLE)
            return reader.value(where, raw, _refuse(expected))
        return {key: reader.value((*where, key), element, read) for key, element in raw.items()}

    return read_all


def _list_of(read: Callable[[object], object], expected: str) -> _Reader:
    def read_all(reader: TomlReader, where: KeyPath, raw: object) -> tuple[object, ...] | None:
        if not isinstance(raw, list):
            # One thing alone is written like a list of one.
            advice = _("you mean [{value}]").format(value=_as_toml(raw)) if isinstance(raw, str | int) else ""
            return reader.value(where, raw, _refuse(expected, advice))
        return reader.each(where, raw, read)

    return read_all


def _as_toml(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False)


def _refuse(expected: str, advice: str = "") -> Callable[[object], None]:
    def read(value: object) -> None:
        raise BadValueError(expected, written(value), advice)

    return read
