"""The policy: what the school wants from a repair: sites, travel, rules, weights, what may move, the trade-off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.rules import ALL_RULES, Rule

DEFAULT_WORTH = 10
DEFAULT_MAIN_SITE = "main"


class RoomChanges(StrEnum):
    """Whether a lecture may get another room."""

    NONE = "none"
    SAME_KIND = "same-kind"


class PinKind(StrEnum):
    """What a pin names."""

    LESSON = "lesson"
    LECTURE = "lecture"
    TEACHER = "teacher"
    GRADE = "grade"
    ROOM = "room"
    SUBJECT = "subject"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Pin:
    """Lectures that must stay where they are.

    Parameters
    ----------
    kind : PinKind
    name : str
        A lesson number, a lecture id (`177@5.5`), a short name (shell pattern allowed) or a weekday number 1..7.
    """

    kind: PinKind
    name: str

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.name}"


@dataclass(frozen=True, slots=True)
class BlockedTimes:
    """Periods in which a person or room must not be used.

    Parameters
    ----------
    kind : Kind
    name : str
    periods : tuple of (int, int or None)
        Weekday and period number; None for the whole day.
    """

    kind: Kind
    name: str
    periods: tuple[tuple[int, int | None], ...]


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
    week : int or None
        The calendar week whose plan is taken.
    worth : int or None
        A site change saved may cost up to so many moved lectures. None: :data:`DEFAULT_WORTH`, or, where `max_changes`
        is given, as many as that allows.
    max_changes : int or None
        Most lectures that may move; None: no limit.
    room_changes : RoomChanges
    pins : tuple of Pin
    blocked : tuple of BlockedTimes
    rules : tuple of Rule
        The rules in force with their parameters, in the order of ALL_RULES.
    """

    main_site: str = DEFAULT_MAIN_SITE
    sites: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    travel_minutes: int | None = None
    travel: Mapping[tuple[str, str], int] = field(default_factory=dict)
    unusable_breaks: frozenset[tuple[int, int]] = frozenset()
    breaks_file: Path | None = None
    week: int | None = None
    worth: int | None = None
    max_changes: int | None = None
    room_changes: RoomChanges = RoomChanges.NONE
    pins: tuple[Pin, ...] = ()
    blocked: tuple[BlockedTimes, ...] = ()
    rules: tuple[Rule, ...] = ALL_RULES

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
