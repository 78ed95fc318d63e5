"""The first page: what was asked, what it brings, what it costs, how good it is; texts and figures, no layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median_low

from untisopt.domain.resources import Kind
from untisopt.domain.score import Tier
from untisopt.i18n import _, ngettext
from untisopt.report.compared.facts import Facts, signed
from untisopt.report.words.side_effects import comparison, gap_counts, share
from untisopt.wording import enumerated

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
    """What the plan of today and the repaired plan have a week: site changes, journeys, broken rules, fewer gaps."""
    document = facts.document
    names = {
        "teacher-site-changes": _("Site changes of teachers"),
        "teacher-travel": _("Journeys of teachers with too little time"),
        "grade-site-changes": _("Site changes of grades"),
        "grade-travel": _("Journeys of grades with too little time"),
    }
    rows = [
        measure(facts, name, document.before.amount(rule), document.after.amount(rule))
        for rule, name in names.items()
        if rule in document.before.rules
    ]
    # More gaps than before are a cost, and stand there.
    rows += [measure(facts, *counts) for counts in gap_counts(document) if counts[2] <= counts[1]]
    return [*rows, *_other_rules(facts)]


def measure(facts: Facts, name: str, before: int, after: int) -> Measure:
    """A count over all week classes as a row of the table."""
    verdict = "same" if after == before else "better" if after < before else "worse"
    change = signed(facts.weekly(abs(after - before)), after < before) if after != before else ""
    return Measure(name, facts.weekly(before), facts.weekly(after), change, comparison(before, after), verdict)


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
            yield measure(facts, text.format(title=titles[rule]), score.amount * classes, after * classes)


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
    """The lower median in words: so it is a number of lectures, and half of all people have no more."""
    middle = median_low(counts.values())
    if kind is Kind.TEACHER:
        text = ngettext(
            "Half of all teachers have at most {count} moved lecture.",
            "Half of all teachers have at most {count} moved lectures.",
            middle,
        )
        return text.format(count=middle) if middle else _("Half of all teachers have no moved lecture.")
    text = ngettext(
        "Half of all grades have at most {count} moved lecture.",
        "Half of all grades have at most {count} moved lectures.",
        middle,
    )
    return text.format(count=middle) if middle else _("Half of all grades have no moved lecture.")


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
