"""What rules of the policy refer to although the plan does not have it: people, subjects, lessons and periods."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Any, cast

from untisopt.domain.calendar import TimeGrid
from untisopt.domain.lessons import Lecture
from untisopt.domain.resources import Kind
from untisopt.i18n import _
from untisopt.io.spelling import nearest, you_mean
from untisopt.io.untis.files.notes import shown
from untisopt.policy import Policy
from untisopt.rules import Rule
from untisopt.rules.bases.refers import SUBJECT, Refers, period_pair

# Whom rules can name: the names of a lecture by kind.
_BY_KIND: dict[str, Callable[[Lecture], Collection[str]]] = {
    Kind.TEACHER: lambda lecture: lecture.teachers,
    Kind.GRADE: lambda lecture: lecture.grades,
    "lesson": lambda lecture: (str(lecture.lesson),),
    SUBJECT: lambda lecture: lecture.subjects,
}


@dataclass(frozen=True, slots=True)
class Vain:
    """What a parameter of a rule refers to in vain.

    Parameters
    ----------
    rule, key : str
        Id of the rule, and the key of its table.
    found : str
        What stands there, in quotes where it is a text.
    note : str
        A sentence without its full stop.
    advice : str
        The nearest name; empty if there is nothing to say.
    """

    rule: str
    key: str
    found: str
    note: str
    advice: str = ""


def unknown_names(policy: Policy, lectures: Iterable[Lecture], *, off: bool = False) -> Iterator[Vain]:
    """Everybody and everything that a rule names although no lecture of a plan has the name.

    Parameters
    ----------
    policy : Policy
    lectures : iterable of Lecture
        All of the plan; where there are none, nothing is found.
    off : bool
        Whether rules that are off are looked at as well.
    """
    taught = list(lectures)
    for rule, parameter, value, refers in _references(policy, off=off) if taught else ():
        if refers.names not in _BY_KIND or not isinstance(value, Iterable):
            continue
        known = sorted({one for lecture in taught for one in _BY_KIND[refers.names](lecture)})
        for name in value:
            if name in known or (refers.patterns and any(fnmatchcase(one, name) for one in known)):
                continue
            text = _("the policy names {name} for the rule {rule}, but no lecture has that name")
            note = text.format(name=shown(name), rule=rule.id)
            yield Vain(rule.id, parameter.removesuffix("_"), shown(name), note, _advice(name, known))


def _advice(name: str, known: list[str]) -> str:
    """What a name could mean: a similar one, else the longest that it begins with, as the Ma of Mathe."""
    begins = [one for one in known if one and name.casefold().startswith(one.casefold())]
    if nearest(name, known) is None and begins:
        longest = max(begins, key=len)
        return you_mean(longest, [longest])
    return you_mean(name, known)


def unknown_periods(policy: Policy, grid: TimeGrid, *, off: bool = False) -> Iterator[Vain]:
    """Periods and breaks that a rule names although the time grid does not have them.

    Parameters
    ----------
    policy : Policy
    grid : TimeGrid
        Where it is empty, nothing is found.
    off : bool
        Whether rules that are off are looked at as well.
    """
    numbers = {number for day in grid.days for number in grid.numbers(day)}
    breaks = {pair for day in grid.days for pair in pairwise(grid.numbers(day))}
    for rule, parameter, value, refers in _references(policy, off=off) if numbers else ():
        if refers.periods:
            for found, stated in _stated_numbers(value):
                if not numbers.issuperset(stated):
                    text = _("the policy says {found} for the rule {rule}, but the time grid has no such period")
                    yield Vain(rule.id, parameter, found, text.format(found=found, rule=rule.id))
        for pair in value if refers.breaks else ():
            if period_pair(pair) not in breaks:
                text = _("the policy names the break {name} for the rule {rule}, but no day has these two periods")
                yield Vain(rule.id, parameter, shown(pair), text.format(name=shown(pair), rule=rule.id))


def _references(policy: Policy, *, off: bool) -> Iterator[tuple[Rule, str, Any, Refers]]:
    """Rule, parameter, value, and what it refers to; of parameters that are not as they are by default."""
    for rule in policy.rules:
        if not is_dataclass(cast("Any", rule)) or not (rule.weight or off):
            continue
        for field in fields(cast("Any", rule)):
            value = getattr(rule, field.name)
            refers = rule.refers.get(field.name) or _usual(rule, field.name, value)
            if refers is not None and value != _default(field):
                yield rule, field.name, value, refers


def _usual(rule: Rule, parameter: str, value: object) -> Refers | None:
    """What a parameter refers to of which the rule does not say so: exceptions, and limits of single people."""
    if parameter == "except_":
        return Refers(names=rule.exempts, patterns=True)
    if isinstance(value, Mapping):
        return Refers(names=rule.kind or "", patterns=True)
    return None


def _default(field: Field[Any]) -> object:
    return field.default if field.default is not MISSING else None


def _stated_numbers(value: object) -> Iterator[tuple[str, list[int]]]:
    """Period numbers of a number, a text such as 5-7 or the values of a table, each as it is written."""
    if isinstance(value, Mapping):
        yield from ((f"{shown(name)} = {number}", [number]) for name, number in value.items())
    elif isinstance(value, str):
        yield shown(value), [int(number) for number in re.findall(r"\d+", value)]
    elif isinstance(value, int):
        yield str(value), [value]
