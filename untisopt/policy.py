"""The policy: what the school wants from a repair: sites, travel, rules, weights, what may move, the trade-off.

A preset is a choice of goals and rules for one situation; what a policy file states beside it goes before the preset.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, cast

from untisopt.domain.pins import Hold
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.rules import ALL_RULES, NOBODY_WORSE, Rule

DEFAULT_WORTH = 10
DEFAULT_MAIN_SITE = "main"
RATHER_NOT = -2
"""The value of a wish that states none."""


class RoomChanges(StrEnum):
    """Whether a lecture may get another room."""

    NONE = "none"
    SAME_KIND = "same-kind"


class Preset(StrEnum):
    """Goals and rules for one situation.

    `DRAFT` is a plan that is still being made: nearly everything may move, and what it shows is no evidence yet.
    `PUBLISHED` is a plan that people live by: few changes, and what it shows is kept.
    """

    DRAFT = "draft"
    PUBLISHED = "published"


PRESET_GOALS: Mapping[Preset, Mapping[str, object]] = {
    Preset.DRAFT: {"worth": 100, "room_changes": RoomChanges.SAME_KIND},
    Preset.PUBLISHED: {"worth": 3},
}
"""Fields of the policy by preset; a goal that is not here has its default."""

PRESET_RULES: Mapping[Preset, Mapping[str, Mapping[str, object]]] = {
    Preset.DRAFT: {"teacher-free-day": {"weight": 0}, "grade-day": {"weight": 0}},
    Preset.PUBLISHED: {rule: {"weight": 1} for rule in NOBODY_WORSE},
}
"""Parameters by preset and rule; a rule that is not here has its defaults."""

_GOALS: Mapping[str, object] = {"worth": None, "max_changes": None, "room_changes": RoomChanges.NONE}


class PinKind(StrEnum):
    """What a pin or a scope names."""

    LESSON = "lesson"
    LECTURE = "lecture"
    COURSE = "course"
    TEACHER = "teacher"
    GRADE = "grade"
    ROOM = "room"
    SUBJECT = "subject"
    DAY = "day"


Place = tuple[str, int | None]
"""File and line (None if unknown) at which something stands."""


@dataclass(frozen=True, slots=True)
class Selector:
    """Lectures by what they have in common.

    Parameters
    ----------
    kind : PinKind
    name : str
        A lesson number, a lecture id (`177@5.5`), a course (`177/Ma/Arnd`: lesson, subject, teacher), a short name
        (shell pattern allowed) or a weekday number 1..7.
    place : (str, int or None) or None
        Where it stands in the policy file, for messages; None: nowhere.
    written : str
        The name as somebody wrote it, for messages (``So`` for the weekday 7); empty: as `name`.
    """

    kind: PinKind
    name: str
    place: Place | None = field(default=None, compare=False, repr=False, kw_only=True)
    written: str = field(default="", compare=False, repr=False, kw_only=True)

    @property
    def label(self) -> str:
        """What :meth:`__str__` says, in the words of the person who wrote it."""
        return str(replace(self, name=self.written or self.name))

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.name}"


@dataclass(frozen=True, slots=True)
class Pin(Selector):
    """Lectures that must stay where they are.

    Parameters
    ----------
    hold : Hold
        What of them stays: the period, the rooms or both.
    """

    hold: Hold = Hold.BOTH

    def __str__(self) -> str:
        what = f"{self.kind.value}:{self.name}"
        return what if self.hold is Hold.BOTH else f"{what}@{self.hold.value}"


@dataclass(frozen=True, slots=True)
class BlockedTimes:
    """Periods in which a person or room must not be used.

    Parameters
    ----------
    kind : Kind
    name : str
    periods : tuple of (int, int or None)
        Weekday and period number; None for the whole day.
    place : (str, int or None) or None
        Where the name stands in the policy file, for messages; None: nowhere.
    written : mapping of (int, int or None) to (str, Place)
        For messages: the periods as somebody wrote them, and where each stands.
    """

    kind: Kind
    name: str
    periods: tuple[tuple[int, int | None], ...]
    place: Place | None = field(default=None, compare=False, repr=False)
    written: Mapping[tuple[int, int | None], tuple[str, Place]] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TimeWish(BlockedTimes):
    """Periods in which somebody would rather be used, or rather not.

    Parameters
    ----------
    value : int
        As in Untis: -2 or -1, rather not; 1 to 3, welcome.
    """

    value: int = RATHER_NOT


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What is wanted of a repair; every field has the default that a school without a policy file gets.

    Parameters
    ----------
    main_site : str
        Name of the site of all rooms that match no pattern.
    sites : mapping of str to tuple of str
        Site name to shell patterns on room names, case-sensitive; the first site that matches wins.
    travel_minutes : int or None
        Minutes between any two sites; None: unknown.
    travel : mapping of (str, str) to int
        Minutes from one site to another; overrides `travel_minutes`.
    unusable_breaks : frozenset of (int, int)
        Pairs of adjacent period numbers between which nobody may travel.
    breaks_file : Path or None
        A break table beside the export.
    trusted : tuple of str
        Names of files beside the export that are used though their people are not those of the plan.
    opened : tuple of (int, int or None)
        Weekdays, or periods of them, that are open for lessons though nobody is taught then today.
    week : int or None
        The calendar week whose plan is taken.
    worth : int or None
        A site change saved may cost up to so many moved lectures. None: :data:`DEFAULT_WORTH`, or, where `max_changes`
        is given, as many as that allows.
    max_changes : int or None
        Most lectures that may move; None: no limit.
    room_changes : RoomChanges
    pins : tuple of Pin
    scope : tuple of Selector
        Only lectures that match may move: for every kind named, one of its names. Empty: all may.
    blocked : tuple of BlockedTimes
    wishes : tuple of TimeWish
        They go before those of the export; the rule ``wishes`` gives them a price.
    rules : tuple of Rule
        The rules in force with their parameters, in the order of ALL_RULES.
    stated : frozenset of str
        What a file states and no preset may change: goals (`worth`) and parameters of rules (`grade-gaps.weight`).
    """

    main_site: str = DEFAULT_MAIN_SITE
    sites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    travel_minutes: int | None = None
    travel: Mapping[tuple[str, str], int] = field(default_factory=dict)
    unusable_breaks: frozenset[tuple[int, int]] = frozenset()
    breaks_file: Path | None = None
    trusted: tuple[str, ...] = ()
    opened: tuple[tuple[int, int | None], ...] = ()
    week: int | None = None
    worth: int | None = None
    max_changes: int | None = None
    room_changes: RoomChanges = RoomChanges.NONE
    pins: tuple[Pin, ...] = ()
    scope: tuple[Selector, ...] = ()
    blocked: tuple[BlockedTimes, ...] = ()
    wishes: tuple[TimeWish, ...] = ()
    rules: tuple[Rule, ...] = ALL_RULES
    stated: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    def site_of(self, room: str) -> str | None:
        """Site of a room by the patterns; the main site if none matches; None where the policy names no sites."""
        if not self.sites:
            return None
        for site, patterns in self.sites.items():
            if any(fnmatchcase(room, pattern) for pattern in patterns):
                return site
        return self.main_site

    @property
    def effective_worth(self) -> int:
        """The worth in force."""
        if self.worth is not None:
            return self.worth
        return DEFAULT_WORTH if self.max_changes is None else max(1, self.max_changes)

    def rule(self, rule_id: str) -> Rule | None:
        """The rule in force with this id; None if it is off."""
        return next((rule for rule in self.rules if rule.id == rule_id and rule.weight), None)

    def judged(self, school: School) -> tuple[Rule, ...]:
        """The rules in force that can be judged for a school."""
        return tuple(rule for rule in self.rules if rule.weight and not rule.missing(school))

    def with_(self, **changes: object) -> Policy:
        """A copy with some fields replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def for_another_plan(self) -> Policy:
        """A copy without what names places and people of one plan: pins, scope, blocked times and wishes."""
        return self.with_(pins=(), scope=(), blocked=(), wishes=())

    def under(self, preset: Preset) -> Policy:
        """A copy with the goals and rules of a preset, apart from what is stated."""
        goals = {**_GOALS, **PRESET_GOALS[preset]}
        goals = {name: value for name, value in goals.items() if name not in self.stated}
        rules = tuple(_rule_under(rule, preset, self.stated) for rule in self.rules)
        return self.with_(**goals, rules=rules)


def rules_under(
    preset: Preset | None, nobody_worse: bool | None = None, rules: tuple[Rule, ...] = ALL_RULES
) -> tuple[Rule, ...]:
    """Rules as a preset wants them, then with those that let nobody get worse all on or all off; None: as they are."""
    if preset is not None:
        rules = tuple(_rule_under(rule, preset, frozenset()) for rule in rules)
    if nobody_worse is None:
        return rules
    weights = {rule.id: (rule.weight or 1) if nobody_worse else 0 for rule in rules if rule.id in NOBODY_WORSE}
    return tuple(
        cast("Rule", replace(cast("Any", rule), weight=weights[rule.id])) if rule.id in weights else rule
        for rule in rules
    )


def _rule_under(rule: Rule, preset: Preset, stated: frozenset[str]) -> Rule:
    """A rule with the parameters that are stated, then those of the preset, then its defaults."""
    if not is_dataclass(cast("Any", rule)):
        return rule
    default = next((found for found in ALL_RULES if type(found) is type(rule)), rule)
    kept = {
        parameter.name: getattr(rule, parameter.name)
        for parameter in fields(cast("Any", rule))
        if parameter.init and f"{rule.id}.{parameter.name}" in stated
    }
    return cast("Rule", replace(cast("Any", default), **{**PRESET_RULES[preset].get(rule.id, {}), **kept}))
