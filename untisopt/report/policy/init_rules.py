"""The rules in a policy file to begin with: what each does, its parameters, and what the present plan shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, cast

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Tier
from untisopt.i18n import _
from untisopt.report.policy.comments import comment, example
from untisopt.rules import Rule, tier_name
from untisopt.rules.bases.refers import SUBJECT


def rule_lines(rule: Rule, school: School) -> Iterator[str]:
    """The table of a rule, every key of it as a comment."""
    yield f"[rules.{rule.id}]"
    yield from comment(_(rule.promise) if rule.promise else _("It counts: {title}.").format(title=rule.title))
    missing = rule.missing(school)
    if missing:
        yield from comment(_("Cannot be judged here: {reason}").format(reason=missing))
    yield example("enabled", bool(rule.weight))
    yield from _parameters(rule, school)
    shown = [f"{found.subject}: {found.evidence}" for found in rule.infer(school)]
    if shown:
        yield from comment(_("What the present plan shows:"))
        for line in shown:
            yield from comment(f"- {line}")


def _parameters(rule: Rule, school: School) -> Iterator[str]:
    if not is_dataclass(cast("Any", rule)):
        return
    for field in sorted(fields(cast("Any", rule)), key=lambda field: field.name != "weight"):
        if not field.init:
            continue
        content = getattr(rule, field.name)
        if field.name == "except_":
            yield from comment(_("To make exceptions, name them (* stands for anything):"))
            yield example("except", content or (_somebody(rule, school),))
        elif isinstance(content, Tier):
            yield example(field.name, tier_name(content))
        elif content is None:
            yield from comment(_("{name}: not set").format(name=field.name))
        elif isinstance(content, Mapping) and not content and field.default is MISSING:
            yield example(field.name, {_person(rule, school): 3})
        else:
            yield example(field.name, content)


def _somebody(rule: Rule, school: School) -> str:
    """Somebody for whom an exception could be made."""
    if rule.exempts == SUBJECT:
        return _subject(school)
    if rule.exempts == "lesson":
        several = [lesson for lesson, blocks in school.blocks_of_lesson.items() if len(blocks) > 1]
        return str(min(several, default=1))
    shown = [found.subject for found in rule.infer(school)]
    return shown[0] if shown else _person(rule, school)


def _person(rule: Rule, school: School) -> str:
    """Somebody, or a subject, for whom a rule could have a limit of their own."""
    if rule.kind is None:
        return _subject(school)
    return min(school.grades if rule.kind is Kind.GRADE else school.teachers, default="Arnd")


def _subject(school: School) -> str:
    """The subject with the most lectures."""
    counts = Counter(s for lecture in school.lectures.values() if lecture.lesson for s in lecture.subjects)
    return min(counts, key=lambda subject: (-counts[subject], subject), default="Ma")
