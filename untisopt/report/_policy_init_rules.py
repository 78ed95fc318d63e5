"""The rules in a policy file to begin with: what each does, its parameters, and what the present plan shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, cast

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.i18n import _
from untisopt.report._policy_comments import comment, example
from untisopt.rules import Rule


def rule_lines(rule: Rule, school: School) -> Iterator[str]:
    """The table of a rule, every key of it as a comment."""
    yield f"[rules.{rule.id}]"
    yield from comment(_about().get(rule.id) or _("It counts: {title}.").format(title=rule.title))
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
    for field in fields(cast("Any", rule)):
        if not field.init:
            continue
        content = getattr(rule, field.name)
        if field.name == "except_":
            yield from comment(_("To make exceptions, name them (* stands for anything):"))
            yield example("except", content or (_somebody(rule, school),))
        elif content is None:
            yield from comment(_("{name}: not set").format(name=field.name))
        elif isinstance(content, Mapping) and not content and field.default is MISSING:
            yield example(field.name, {_person(rule, school): 3})
        else:
            yield example(field.name, content)


def _somebody(rule: Rule, school: School) -> str:
    """Somebody for whom an exception could be made."""
    exempts = getattr(rule, "exempts", "")
    if exempts == "subject":
        return _subject(school)
    if exempts == "lesson":
        several = [lesson for lesson, blocks in school.blocks_of_lesson.items() if len(blocks) > 1]
        return str(min(several, default=1))
    shown = [found.subject for found in rule.infer(school)]
    return shown[0] if shown else _person(rule, school)


def _person(rule: Rule, school: School) -> str:
    """Somebody, or a subject, for whom a rule could have a limit of their own."""
    kind = getattr(rule, "kind", None)
    if kind is None:
        return _subject(school)
    return min(school.grades if kind == Kind.GRADE else school.teachers, default="Arnd")


def _subject(school: School) -> str:
    return min((subject for lecture in school.lectures.values() for subject in lecture.subjects), default="Ma")


def _about() -> Mapping[str, str]:
    """What a rule does, in one sentence; the titles say only what would be wrong."""
    return {
        "pinned": _("Lectures that are pinned or locked stay where they are."),
        "grade-day": _("A grade is taught within the periods and on the days on which it is taught today."),
        "block-kept": _("Doubles stay together, and do not span a longer break than any double does today."),
        "teacher-free-day": _("A weekday that a teacher has free today stays free."),
        "availability": _("Nobody is used at times that are blocked in Untis or in this file."),
        "teacher-clash": _("No teacher has two lessons at once, unless they are parallel today."),
        "grade-clash": _("No grade has two lessons at once, unless they are parallel today."),
        "room-clash": _("No room has two lessons at once, unless they are parallel today."),
        "lesson-once-a-day": _("A lesson stands on a day no more often than it does today."),
        "grade-gaps": _("No grade gets a gap that it does not have today."),
        "teacher-travel": _("A teacher has enough time to travel between two sites."),
        "grade-travel": _("A grade has enough time to travel between two sites."),
        "teacher-site-changes": _("As few site changes of teachers as possible."),
        "grade-site-changes": _("As few site changes of grades as possible."),
        "moved-lectures": _("As few moved lectures as possible; weight is the price of one."),
        "changed-rooms": _("As few changed rooms as possible."),
    }
