"""Short ways to ask a rule in tests."""

from __future__ import annotations

from tests.builders import DAYS
from untisopt.domain.school import School
from untisopt.domain.score import Violation, total
from untisopt.domain.timetable import Timetable
from untisopt.rules import Rule

_DAY_NAMES = {number: name for name, number in DAYS.items()}


def violations(rule: Rule, of: School, timetable: Timetable | None = None) -> list[Violation]:
    """What `check` finds; in the plan of today if no other is given."""
    return list(rule.check(of, of.as_is if timetable is None else timetable))


def amount(rule: Rule, of: School, timetable: Timetable | None = None) -> int:
    """The raw amount."""
    return total(violations(rule, of, timetable))


def where(rule: Rule, of: School, timetable: Timetable | None = None) -> list[str]:
    """Name, place and week class of every violation, such as `Arnd Mon5-6` or `Arnd Mon5-6 B`, sorted."""
    found = []
    for violation in violations(rule, of, timetable):
        facts = violation.facts
        day = _DAY_NAMES.get(facts.day or 0, "")
        week = of.week_classes[facts.week_class].name if facts.week_class is not None else ""
        found.append(" ".join(part for part in (facts.name, day + "-".join(map(str, facts.periods)), week) if part))
    return sorted(found)


def sentence(rule: Rule, of: School, timetable: Timetable | None = None) -> str:
    """What the rule says about its only violation."""
    (violation,) = violations(rule, of, timetable)
    return rule.explain(violation, of)


def evidence(rule: Rule, of: School) -> dict[str, str]:
    """What the rule infers: evidence by subject."""
    return {inference.subject: inference.evidence for inference in rule.infer(of)}
