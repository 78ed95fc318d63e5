"""Findings of rules in words: one line per finding, equal findings of several week classes taken together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from untisopt.domain.school import School
from untisopt.domain.score import Facts, Score, Violation
from untisopt.i18n import _, ngettext
from untisopt.policy import Policy
from untisopt.rules import Rule
from untisopt.wording import decimal

SHOWN = 10
"""How many lines of a long list are shown unless all are asked for."""


@dataclass(slots=True)
class Finding:
    """One line of a list of findings.

    Parameters
    ----------
    violations : list of Violation
        Those of different week classes that differ in the week class and the lectures only.
    text : str
        The sentence.
    """

    violations: list[Violation]
    text: str

    @property
    def facts(self) -> Facts:
        """Facts of the first violation."""
        return self.violations[0].facts

    @property
    def week_classes(self) -> tuple[int, ...]:
        """Week classes in which it is found; empty where weeks do not matter."""
        return tuple(v.facts.week_class for v in self.violations if v.facts.week_class is not None)

    @property
    def lectures(self) -> tuple[str, ...]:
        """All lectures concerned, each once."""
        return tuple(dict.fromkeys(lecture for v in self.violations for lecture in v.facts.lectures))


def findings(school: School, rule: Rule, violations: Iterable[Violation]) -> list[Finding]:
    """Put the violations of a rule into words; what sounds the same in several week classes becomes one finding."""
    found: dict[tuple[str, int], list[Finding]] = {}
    for violation in violations:
        anonymous = replace(violation, facts=replace(violation.facts, week_class=None))
        text = rule.explain(anonymous, school)
        alike = found.setdefault((text, violation.amount), [])
        week_class = violation.facts.week_class
        fitting = next((f for f in alike if week_class is not None and week_class not in f.week_classes), None)
        if fitting is None:
            alike.append(Finding([violation], text))
        else:
            fitting.violations.append(violation)
    result = [finding for alike in found.values() for finding in alike]
    for finding in result:
        _name_weeks(school, rule, finding)
    return result


def _name_weeks(school: School, rule: Rule, finding: Finding) -> None:
    """Say in which weeks, unless it is every week."""
    classes = finding.week_classes
    if len(classes) == 1:
        finding.text = rule.explain(finding.violations[0], school)
    else:
        finding.text += weeks_suffix(school, classes)


def weeks_suffix(school: School, classes: Sequence[int]) -> str:
    """` (weeks A, B)`, or nothing where it is every week or weeks do not matter."""
    if not classes or len(classes) == len(school.week_classes):
        return ""
    names = ", ".join(school.week_classes[index].name for index in classes)
    return " " + _("(weeks {names})").format(names=names)


def lessons_of(school: School, lectures: Iterable[str]) -> list[int]:
    """The lesson numbers of lectures, ascending; 0 left out."""
    numbers = {school.lectures[lecture].lesson for lecture in lectures if lecture in school.lectures}
    return sorted(numbers - {0})


def per_week(school: School, amount: int) -> str:
    """The mean of an amount over the week classes, with one decimal where it is no whole number."""
    return decimal(amount / len(school.week_classes))


def limited(lines: Sequence[str], show_all: bool, most: int = SHOWN) -> list[str]:
    """The first lines and how many more there are."""
    if show_all or len(lines) <= most + 1:
        return list(lines)
    more = len(lines) - most
    return [*lines[:most], ngettext("and {count} more", "and {count} more", more).format(count=more)]


def score_rows(policy: Policy, before: Score, after: Score | None = None) -> list[dict[str, object]]:
    """One record per judged rule, for machines: raw amounts and weighted points."""
    titles: Mapping[str, str] = {rule.id: rule.title for rule in policy.rules}
    rows: list[dict[str, object]] = []
    for rule_id, score in before.rules.items():
        row: dict[str, object] = {
            "rule": rule_id,
            "title": titles.get(rule_id, rule_id),
            "tier": int(score.tier),
            "weight": score.weight,
        }
        if after is None:
            rows.append({**row, "amount": score.amount, "points": score.points})
            continue
        changed = after.rules[rule_id]
        amounts = {"before": score.amount, "after": changed.amount}
        rows.append({**row, **amounts, "points_before": score.points, "points_after": changed.points})
    return rows
