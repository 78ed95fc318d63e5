"""The rules in words, from the documentation of their classes."""

from __future__ import annotations

from collections.abc import Sequence

from untisopt.errors import UsageError, advised
from untisopt.i18n import _
from untisopt.io.spelling import you_mean
from untisopt.policy import Policy
from untisopt.results.rulebook import RuleDocument
from untisopt.rules import ALL_RULES, Rule, documentation


def list_rules(policy: Policy | None = None) -> tuple[RuleDocument, ...]:
    """All rules in the order in which they are judged, with the weights of `policy`."""
    rules: Sequence[Rule] = ALL_RULES if policy is None else policy.rules
    return tuple(_document(rule) for rule in rules)


def explain_rule(rule_id: str, policy: Policy | None = None) -> RuleDocument:
    """One rule by its id.

    Raises
    ------
    UsageError
        There is no such rule.
    """
    documents = {document.id: document for document in list_rules(policy)}
    if rule_id not in documents:
        advice = you_mean(rule_id, documents)
        text = _("there is no rule {rule}").format(rule=rule_id)
        raise UsageError(advised(text, advice))
    return documents[rule_id]


def _document(rule: Rule) -> RuleDocument:
    summary, sections = _sections(documentation(rule))
    return RuleDocument(
        id=rule.id,
        title=rule.title,
        tier=int(rule.tier),
        weight=rule.weight,
        summary=summary,
        sections=sections,
    )


def _sections(text: str) -> tuple[str, dict[str, str]]:
    """What stands before the first empty line, and the indented text below every line that is not indented."""
    summary, _empty, rest = text.partition("\n\n")
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in rest.splitlines():
        if not line.strip("-"):
            continue  # empty, or the line under a heading
        if not line.startswith(" "):
            current = sections.setdefault(line, [])
        else:
            current.append(line.strip())
    joined = {name: " ".join(filter(None, body)) for name, body in sections.items()}
    return summary.replace("\n", " "), {name: body.replace("``", "") for name, body in joined.items()}
