"""Writing a policy file: what a result was made by, so that everybody can make it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any, cast

import tomlkit

from untisopt.domain.pins import Hold
from untisopt.domain.score import Tier
from untisopt.io.policy.rules import key_of
from untisopt.policy import DEFAULT_MAIN_SITE, BlockedTimes, PinKind, Policy, RoomChanges, Selector
from untisopt.rules import ALL_RULES, Rule, tier_name

Table = dict[str, object]


def policy_toml(policy: Policy, breaks_file: str | None = None) -> str:
    """Write a policy as the text of a policy file; what is as the defaults have it is left out.

    Parameters
    ----------
    policy : Policy
    breaks_file : str or None
        Name of the break table beside the policy file; None: the policy names none.

    Returns
    -------
    str
        :func:`~untisopt.io.policy.file.read_policy` reads it as an equal policy.
    """
    document: dict[str, object] = {
        "sites": _sites(policy),
        "travel": _travel(policy),
        "breaks": {} if breaks_file is None else {"file": breaks_file},
        "files": _known({"trust": list(policy.trusted) or None}),
        "goal": _known({"worth": policy.worth, "max_changes": policy.max_changes}),
        "weeks": _known({"week": policy.week}),
        "times": _known({"open": [_period(day, number) for day, number in policy.opened] or None}),
        "rooms": {} if policy.room_changes is RoomChanges.NONE else {"change": policy.room_changes.value},
        "pins": _pins(policy),
        "scope": _by_kind(policy.scope),
        "blocked": [_times(times) for times in policy.blocked],
        "wishes": [{**_times(wish), "value": wish.value} for wish in policy.wishes],
        "rules": _rules(policy.rules),
    }
    return tomlkit.dumps({name: table for name, table in document.items() if table})


def _known(values: Mapping[str, object]) -> Table:
    return {key: value for key, value in values.items() if value is not None}


def _sites(policy: Policy) -> Table:
    if not policy.sites and policy.main_site == DEFAULT_MAIN_SITE:
        return {}
    return {"main": policy.main_site, **{site: list(patterns) for site, patterns in policy.sites.items()}}


def _travel(policy: Policy) -> Table:
    table: Table = _known({"minutes": policy.travel_minutes})
    if policy.unusable_breaks:
        table["unusable_breaks"] = [f"{before}-{after}" for before, after in sorted(policy.unusable_breaks)]
    for (origin, target), minutes in sorted(policy.travel.items()):
        table[f"{origin} > {target}"] = minutes
    return table


def _pins(policy: Policy) -> Table | list[Table]:
    """A list per kind; one by one where some hold the period or the rooms only."""
    if all(pin.hold is Hold.BOTH for pin in policy.pins):
        return _by_kind(policy.pins)
    return [{pin.kind.value: _pinned(pin.kind, pin.name), "hold": pin.hold.value} for pin in policy.pins]


def _by_kind(selectors: Iterable[Selector]) -> Table:
    found: dict[PinKind, list[str | int]] = {kind: [] for kind in PinKind}
    for selector in selectors:
        found[selector.kind].append(_pinned(selector.kind, selector.name))
    return {f"{kind.value}s": names for kind, names in found.items() if names}


def _pinned(kind: PinKind, name: str) -> str | int:
    return int(name) if kind is PinKind.LESSON else name


def _times(times: BlockedTimes) -> Table:
    return {times.kind.value: times.name, "periods": [_period(day, number) for day, number in times.periods]}


def _period(day: int, number: int | None) -> str:
    return str(day) if number is None else f"{day}.{number}"


def _rules(rules: Iterable[Rule]) -> Table:
    """Rules that differ from their defaults, and those that are off."""
    in_force = {rule.id: rule for rule in rules}
    tables: Table = {}
    for default in ALL_RULES:
        rule = in_force.get(default.id)
        if rule == default or (rule is None and not default.weight):
            continue
        if rule is None or not rule.weight:
            tables[default.id] = {"enabled": False}
        else:
            tables[default.id] = _parameters(rule)
    return tables


def _parameters(rule: Rule) -> Table:
    """The parameters that differ from those of the rule as it comes."""
    table: Table = {}
    for field in fields(cast("Any", rule)):
        value = getattr(rule, field.name)
        if field.init and (field.default is MISSING or value != field.default):
            table[key_of(field.name)] = _plain(value)
    return table


def _plain(value: object) -> object:
    """A parameter as TOML knows it."""
    if isinstance(value, Tier):
        return tier_name(value)
    return list(value) if isinstance(value, tuple) else value
