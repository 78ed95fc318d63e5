"""The first page: what was asked, what it brings, what it costs, how good it is; texts and figures, no layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from untisopt.domain.resources import Kind
from untisopt.domain.score import Tier
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _, ngettext
from untisopt.report._report_facts import Facts, signed
from untisopt.report.summary import share
from untisopt.rules.grade_gaps import gaps_of
from untisopt.wording import decimal, enumerated

_OWN_ROW = ("teacher-site-changes", "teacher-travel", "grade-site-changes", "grade-travel", "grade-gaps")


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of the table of what it brings.

    Parameters
    ----------
    name, before, after : str
    change : str
        With its sign; empty where nothing changes.
    comparison : str
        The change in words, as a share where that says something.
    verdict : str
        `better`, `worse` or `same`.
    """

    name: str
    before: str
    after: str
    change: str
    comparison: str
    verdict: str


def measures(facts: Facts) -> list[Measure]:
    """What the plan of today and the repaired plan have a week: site changes, journeys, gaps, broken rules."""
    document = facts.document
    names = {
        "teacher-site-changes": _("Site changes of teachers"),
        "teacher-travel": _("Journeys of teachers with too little time"),
        "grade-site-changes": _("Site changes of grades"),
        "grade-travel": _("Journeys of grades with too little time"),
    }
    rows = [
        _measure(facts, name, document.before.amount(rule), document.after.amount(rule))
        for rule, name in names.items()
        if rule in document.before.rules
    ]
    for kind, name in ((Kind.TEACHER, _("Gaps of teachers")), (Kind.GRADE, _("Gaps of grades"))):
        rows.append(_measure(facts, name, _gaps(facts, facts.school.as_is, kind), _gaps(facts, facts.planned, kind)))
    return [*rows, *_other_rules(facts)]


def _measure(facts: Facts, name: str, before: int, after: int) -> Measure:
    verdict = "same" if after == before else "better" if after < before else "worse"
    change = signed(facts.weekly(abs(after - before)), after < before) if after != before else ""
    return Measure(name, facts.weekly(before), facts.weekly(after), change, _comparison(before, after), verdict)


def _comparison(before: int, after: int) -> str:
    if after == before:
        return _("as before")
    if after > before:
        return _("up {share}").format(share=share(after - before, before)) if before else _("none before")
    return _("down {share}").format(share=share(before - after, before)) if after else _("none left")


def _gaps(facts: Facts, plan: Timetable, kind: Kind) -> int:
    """Free periods between the lectures of a day, over all people of a kind and all week classes."""
    school = facts.school
    occupancy = school.occupancy(plan)
    found = 0
    for resource, week_class, day in occupancy.days:
        if resource[0] is kind and day in school.grid.days:
            found += gaps_of(school, day, occupancy.day(resource, week_class, day))
    return found


def _other_rules(facts: Facts) -> Iterator[Measure]:
    """Further rules of the first tier that were broken before or are broken now."""
    document = facts.document
    titles = {rule.id: rule.title for rule in document.policy.rules}
    for rule, score in document.before.rules.items():
        after = document.after.amount(rule)
        if score.tier is Tier.RULES and rule not in _OWN_ROW and (score.amount or after):
            text = _("Broken rule: {title}")
            if len(facts.school.week_classes) > 1:
                text = _("Broken rule: {title} (all kinds of weeks together)")
            classes = len(facts.school.week_classes)
            yield _measure(facts, text.format(title=titles[rule]), score.amount * classes, after * classes)


@dataclass(frozen=True, slots=True)
class Fairness:
    """How the moved lectures are spread over teachers or grades.

    Parameters
    ----------
    title : str
    hardest, half : str
        Sentences: who has most; what half of all people have at most.
    bars : tuple of (str, int)
        Number of moved lectures, and how many people have so many.
    description : str
        What the bars say, in words.
    """

    title: str
    hardest: str
    half: str
    bars: tuple[tuple[str, int], ...]
    description: str


def fairness(facts: Facts) -> list[Fairness]:
    """The spread over teachers and over grades; empty where no lecture moves."""
    if not facts.moved:
        return []
    titles = {
        Kind.TEACHER: _("Teachers by moved lectures"),
        Kind.GRADE: _("Grades by moved lectures"),
    }
    return [_spread(facts, kind, title) for kind, title in titles.items() if facts.moved_of[kind]]


def _spread(facts: Facts, kind: Kind, title: str) -> Fairness:
    counts = facts.moved_of[kind]
    bars = _bars(counts)
    described = ", ".join(f"{label}: {number}" for label, number in bars)
    return Fairness(title, _hardest(facts, kind), _half(kind, counts), bars, described)


def _hardest(facts: Facts, kind: Kind) -> str:
    """Who has most moved lectures, of how many."""
    counts = facts.moved_of[kind]
    most = max(counts.values())
    names = sorted(name for name, number in counts.items() if number == most)
    if not most:
        return _("None of their lectures moves.")
    if len(names) == 1:
        total = len(facts.school.lectures_of[kind, names[0]])
        text = _("Hardest hit: {name}, {moved} of {total} lectures.")
        return text.format(name=names[0], moved=most, total=total)
    text = ngettext("Hardest hit, {moved} lecture each: {names}.", "Hardest hit, {moved} lectures each: {names}.", most)
    return text.format(moved=most, names=enumerated(names))


def _half(kind: Kind, counts: Counter[str]) -> str:
    """The median in words."""
    middle = median(counts.values())
    if kind is Kind.TEACHER:
        return _("Half of all teachers have at most {count} moved.").format(count=decimal(middle))
    return _("Half of all grades have at most {count} moved.").format(count=decimal(middle))


def _bars(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """0, 1, 2, then ranges that double, up to the most."""
    bars = []
    low = high = 0
    while low <= max(counts.values()):
        label = str(low) if low == high else f"{low}\N{EN DASH}{high}"
        bars.append((label, sum(low <= number <= high for number in counts.values())))
        low, high = high + 1, max(high + 1, 2 * high)
    return tuple(bars)


def touched(facts: Facts) -> list[tuple[str, str, str, int]]:
    """What changes, how many of how many, and the share in percent."""
    counts = facts.document.source.counts
    people = {kind: sum(map(bool, found.values())) for kind, found in facts.moved_of.items()}
    rows = [
        (_("Lectures moved"), len(facts.moved), counts.lectures),
        (_("Teachers touched"), people[Kind.TEACHER], counts.teachers),
        (_("Grades touched"), people[Kind.GRADE], counts.grades),
    ]
    rooms = len(facts.document.moves) - len(facts.moved)
    if rooms:
        rows.append((_("Only another room"), rooms, counts.lectures))
    return [
        (name, _("{part} of {whole}").format(part=part, whole=whole), share(part, whole), round(100 * part / whole))
        for name, part, whole in rows
        if whole
    ]
