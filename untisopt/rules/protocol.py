"""What a rule is: parameters, check, CP-SAT encoding, a sentence for people, documentation, and what it says of itself.

What other packages need to know of a rule they ask the rule; none of them knows rules by the form of their ids.
"""

from __future__ import annotations

import inspect
import re
from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator, Mapping
from enum import Enum
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.resources import Kind
from untisopt.domain.school import Inference, School
from untisopt.domain.score import Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _
from untisopt.rules.bases.refers import References

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


PHYSICAL = 1000
"""From this firmness on nobody can give up what a rule demands: one person is in one place at a time."""


class Phase(Enum):
    """When a rule is put into a model."""

    STARTS = "starts"
    """First: it leaves out candidate starts, block by block, and what it finds of a block depends on that one alone."""
    REST = "rest"
    """Afterwards: it speaks of the starts that are left."""


class Chains(Enum):
    """How the chains respect a rule; a plan of theirs that breaks a rule which they do not know is mended."""

    STARTS = "starts"
    """They know only the starts that it leaves."""
    KEPT = "kept"
    """They never exceed what it allows."""
    COUNTED = "counted"
    """They never exceed what it allows, and count what it finds."""
    MEASURED = "measured"
    """The same by a table of its measures; days of more periods than a table has places for are mended."""


class Group(Enum):
    """What a rule is about: a chapter of the reference of the rules."""

    STAYS = "stays"
    CLASHES = "clashes"
    SITES = "sites"
    TEACHERS = "teachers"
    GRADES = "grades"
    LESSONS = "lessons"
    ROOMS = "rooms"
    NOBODY_WORSE = "nobody worse"
    PRICE = "price"
    OTHER = "other"


class Rule(ABC):
    """A rule of a good timetable; its docstring, or that of a base, is its page in the reference.

    `check` is the specification: plain Python over the domain. `encode` says the same to CP-SAT through the queries of
    :class:`~untisopt.model.timetable_model.TimetableModel`; the two share parameters, never an algorithm. A subclass is
    a frozen dataclass whose fields are the parameters that a policy file can set.
    """

    id: ClassVar[str]
    """How policy files, results and other rules call it; never translated."""
    called: ClassVar[str]
    """Short name of what it finds, marked by `N_` for translation; see `title`."""
    promise: ClassVar[str] = ""
    """One sentence, marked by `N_`: what a plan is like that respects it. It stands in policy files to begin with."""
    habit: ClassVar[str] = ""
    """What its inferences are about, marked by `N_`, where `called` does not say so."""
    group: ClassVar[Group] = Group.OTHER
    """Its chapter in the reference."""
    source: ClassVar[str] = ""
    """Where its limits or its evidence come from, for the reference, in English."""
    words: ClassVar[Mapping[str, str]] = {}
    """What stands for `{key}` in a docstring that it shares with other rules."""

    kind: ClassVar[Kind | None] = None
    """Whom, or what rooms, each of its findings names; None: it does not name anybody, or several kinds."""
    lesson_by_lesson: ClassVar[bool] = False
    """Whether each finding is about the lectures of one lesson, and names nobody."""
    day_by_day: ClassVar[bool] = False
    """Whether what it finds on a day depends on that day alone; else days cannot be judged one by one."""
    demands_days: ClassVar[bool] = False
    """Whether somebody can be let off what it demands on one day, and be held to it on the others."""
    demands_ties: ClassVar[bool] = False
    """Whether it demands something of all lessons together that sequences tie, not of each."""
    firmness: ClassVar[int] = 15
    """What it costs, next to other rules, to give up what it demands of somebody: a guess may simply be wrong."""
    phase: ClassVar[Phase] = Phase.REST
    chains: ClassVar[Chains | None] = None
    """How the chains respect it; None: they do not know it, and plans are mended after them."""

    exempts: ClassVar[str] = ""
    """Whose names its parameter `except_` takes: a kind, ``lesson`` or ``subject``; empty: it has no such parameter."""
    except_: tuple[str, ...]
    refers: ClassVar[References] = {}
    """What its parameters refer to, by parameter, where that does not follow from `exempts` or `kind`."""

    @property
    @abstractmethod
    def tier(self) -> Tier:
        """What it counts as: a field, which the policy can set, where a rule may be a rule or a wish; else fixed."""

    @property
    @abstractmethod
    def weight(self) -> int:
        """Points per unit of amount; 0 means: neither checked nor built."""

    @property
    def title(self) -> str:
        """Short name in the language in force."""
        return _(self.called)

    @property
    def about(self) -> str:
        """What its inferences are about, in the language in force."""
        return _(self.habit) if self.habit else self.title

    @property
    def exceptions(self) -> tuple[str, ...] | None:
        """Names and shell patterns that it makes exceptions for; None: it knows none, and can only be switched off."""
        return self.except_ if self.exempts else None

    def missing(self, school: School) -> str:
        """What the school would have to know for this rule to be judged; empty if it can be judged."""
        return ""

    def infer(self, school: School) -> Iterator[Inference]:
        """What this rule takes as given because the plan of today shows it."""
        return iter(())

    @abstractmethod
    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Find what breaks this rule."""

    @abstractmethod
    def encode(self, model: TimetableModel) -> None:
        """Put this rule into the model."""

    @abstractmethod
    def explain(self, violation: Violation, school: School) -> str:
        """One sentence a head teacher understands, in the language in force."""

    def key(self, violation: Violation, school: School) -> Hashable:
        """What of a finding a plan may not have more of than today: findings with equal keys make up for one another.

        It says how finely `encode` keeps what is broken today from growing; by default, all that a finding is about.
        """
        return violation.facts

    def can_concern(self, kind: Kind | None) -> bool:
        """Whether it can find anything about somebody, or a room, of a kind; None: about a lesson."""
        return not (self.kind or self.lesson_by_lesson) or self.kind is kind


SETTABLE_TIERS: Mapping[str, Tier] = {"must-hold": Tier.RULES, "comfort": Tier.COMFORT}
"""What a policy can let a rule count as; as few as possible, and the price of a change, are what a repair is about."""


def tier_name(tier: Tier) -> str:
    """How a policy file writes what a rule counts as."""
    return next(name for name, settable in SETTABLE_TIERS.items() if settable is tier)


def documentation(rule: Rule) -> str:
    """The page of a rule: the first docstring with sections, of its class or a base, with its own words filled in."""
    texts = (inspect.cleandoc(base.__doc__ or "") for base in type(rule).__mro__)
    text = next((text for text in texts if "\nWhat it checks\n" in text), "")
    return re.sub(r"\{(\w+)\}", lambda found: rule.words.get(found[1], found[0]), text)


def encode(rule: Rule, model: TimetableModel) -> None:
    """Put a rule into a model; one that need not hold forbids nothing there."""
    strict = model.strict
    model.strict = strict and rule.tier is Tier.RULES
    try:
        rule.encode(model)
    finally:
        model.strict = strict
