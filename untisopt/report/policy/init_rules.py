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
    """The subject with the most lectures."""
    counts = Counter(s for lecture in school.lectures.values() if lecture.lesson for s in lecture.subjects)
    return min(counts, key=lambda subject: (-counts[subject], subject), default="Ma")


def _about() -> Mapping[str, str]:
    """What a rule does, in one sentence; the titles say only what would be wrong."""
    return {
        "pinned": _("Lectures that are pinned or locked stay where they are."),
        "grade-day": _("A grade is taught within the periods and on the days on which it is taught today."),
        "closed-times": _("Nobody is taught at times at which the whole school is free today ([times] open lifts it)."),
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
        "subject-not-late": _("Subjects that you name do not stand later on a day than you say."),
        "subject-once-a-day": _("A grade has a subject once a day, or as often as today."),
        "doubles": _("Lessons keep as many double periods as Untis demands for them."),
        "same-time": _("Lessons that Untis wants at the same time of the day stay there."),
        "fringe-lessons": _(
            "Fringe lessons stay at the edge of the day, and lessons that must not be there stay away."
        ),
        "grade-sequence": _("Lessons of a grade that are to follow one another do so as far as today."),
        "teacher-sequence": _("Lessons of a teacher that are to follow one another do so as far as today."),
        "grade-apart": _("Lessons of a grade that are to be apart do not come to stand side by side."),
        "teacher-apart": _("Lessons of a teacher that are to be apart do not come to stand side by side."),
        "lesson-sequence": _("Sequences of lessons that are defined in Untis stay as they are."),
        "room-capacity": _("No group gets a room with fewer seats than it has pupils."),
        "room-weight": _("Rooms that Untis holds to be indispensable are replaced by their alternative rooms only."),
        "supervision-travel": _("Whoever supervises a break can be there in time."),
        "teacher-half-day-site": _("A teacher stays at one site in the morning, and at one in the afternoon."),
        "grade-half-day-site": _("A grade stays at one site in the morning, and at one in the afternoon."),
        "teacher-most-per-day": _(
            "No teacher has more lectures on a day than stated; most is the limit of those without one."
        ),
        "teacher-least-per-day": _(
            "A teacher who comes on a day has as many lectures as stated; least is the limit of those without one."
        ),
        "grade-most-per-day": _(
            "No grade has more lectures on a day than stated; most is the limit of those without one."
        ),
        "grade-least-per-day": _(
            "A grade that comes on a day has as many lectures as stated; least is the limit of those without one."
        ),
        "teacher-most-gaps": _("No teacher has more gaps in a week than stated."),
        "teacher-in-a-row": _("No teacher has more lectures in a row than stated."),
        "teacher-lunch": _("Teachers keep a lunch break of the length stated."),
        "grade-lunch": _("Grades keep a lunch break of the length stated."),
        "grade-last-period": _("Grades that you name have no lecture after the period you say."),
        "grade-main-in-a-row": _("No grade has more lectures of main subjects in a row than stated."),
        "grade-half-day": _("Grades that come for half a day come in the morning or in the afternoon, not in both."),
        "grade-afternoons-apart": _("Grades that want their afternoons apart have none on two days in a row."),
        "grade-core-time": _("Core times of grades (time requests of +3) stay filled."),
        "teacher-core-time": _("Core times of teachers (time requests of +3) stay filled."),
        "subject-afternoons": _("Subjects have no more afternoon lectures a week than stated."),
        "teacher-most-days": _("Teachers that you name come on no more days than you say."),
        "teacher-most-site-changes": _("Teachers change sites no more often on a day or in a week than you say."),
        "grade-most-site-changes": _("Grades change sites no more often on a day or in a week than you say."),
        "teacher-gaps-kept": _("Nobody worse: no teacher's week gets more gaps than today."),
        "teacher-days-kept": _("Nobody worse: no teacher comes on more days than today."),
        "teacher-edges-kept": _("Nobody worse: no teacher gets more early and late lectures than today."),
        "teacher-site-changes-kept": _("Nobody worse: no teacher changes sites more often than today."),
        "grade-site-changes-kept": _("Nobody worse: no grade changes sites more often than today."),
        "teacher-gaps": _("As few new gaps of teachers as possible; weight is the price of one."),
        "lesson-spread": _("Lessons are spread over the week rather than on neighbouring days."),
        "teacher-days": _("As few new days of teachers at school as possible; weight is the price of one."),
        "teacher-edges": _("As few new early and late lectures of teachers as possible; weight is the price of one."),
        "wishes": _("Time requests are heeded where that costs little; weight is the price of a point."),
        "fair-burden": _("Nobody has to move many more lectures than others; weight is the price of each."),
    }
