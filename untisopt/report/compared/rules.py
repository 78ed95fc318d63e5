"""The rules before and after: what remains, what is new and what is gone, finding by finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from untisopt.domain.score import Violation
from untisopt.i18n import _
from untisopt.report.compared.facts import Facts, signed
from untisopt.report.words.findings import findings
from untisopt.rules import Rule
from untisopt.wording import capitalised, enumerated, lecture_name

_OF_THE_CHANGES = ("moved-lectures", "changed-rooms")
"""Rules whose findings are the changes themselves, which the page lists anyway."""


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A sentence, and the lectures it is about; empty where the sentence names them."""

    text: str
    lectures: str


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that remain, are new, or are gone: `kind` is `remains`, `new` or `gone`."""

    kind: str
    title: str
    rows: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with its counts over all week classes; `change` is empty where nothing changes."""

    id: str
    title: str
    before: int
    after: int
    change: str
    groups: tuple[Group, ...]


def rule_rows(facts: Facts) -> list[RuleRow]:
    """Every rule that was judged, in the order of the policy."""
    judged = facts.document.before.rules
    return [_row(facts, rule) for rule in facts.document.policy.rules if rule.id in judged]


def _row(facts: Facts, rule: Rule) -> RuleRow:
    before, after = facts.document.before.amount(rule.id), facts.document.after.amount(rule.id)
    change = signed(str(abs(after - before)), after < before) if after != before else ""
    groups = () if rule.id in _OF_THE_CHANGES else tuple(_groups(facts, rule))
    return RuleRow(rule.id, capitalised(rule.title), before, after, change, groups)


def _groups(facts: Facts, rule: Rule) -> Iterable[Group]:
    before, after = facts.document.before.of(rule.id), facts.document.after.of(rule.id)
    kinds = (
        ("remains", _("Remains"), _common(after, before)),
        ("new", _("New"), _without(after, before)),
        ("gone", _("Gone"), _without(before, after)),
    )
    for kind, title, violations in kinds:
        if violations:
            yield Group(kind, title, tuple(_finding_rows(facts, rule, violations)))


def _common(violations: Iterable[Violation], others: Iterable[Violation]) -> list[Violation]:
    known = set(others)
    return [violation for violation in violations if violation in known]


def _without(violations: Iterable[Violation], others: Iterable[Violation]) -> list[Violation]:
    known = set(others)
    return [violation for violation in violations if violation not in known]


def _finding_rows(facts: Facts, rule: Rule, violations: Iterable[Violation]) -> Iterable[FindingRow]:
    school = facts.school
    for finding in findings(school, rule, violations):
        names = dict.fromkeys(
            lecture_name(school, lecture) for lecture in finding.lectures if lecture in school.lectures
        )
        missing = [name for name in names if name not in finding.text]
        yield FindingRow(capitalised(finding.text), enumerated(missing))
