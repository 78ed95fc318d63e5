"""What a repair brings, what it costs and how good it is, in a few sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from untisopt.domain.score import Score, Tier
from untisopt.i18n import _, ngettext
from untisopt.report.words.moves import people
from untisopt.report.words.proof import origin_lines, quality
from untisopt.report.words.side_effects import compared, share, side_costs, side_gains
from untisopt.results.optimise import Compared, RepairDocument
from untisopt.results.source import SiteSuggestion
from untisopt.rules import NotStated
from untisopt.wording import capitalised

__all__ = [
    "costs",
    "gains",
    "gaps_in_knowledge",
    "missing_lines",
    "origin_lines",
    "quality",
    "score_table",
    "share",
    "suggestion_lines",
]

_CHANGES = "moved-lectures"
_ROOMS = "changed-rooms"
_WITH_OWN_SENTENCE = ("teacher-site-changes", "grade-site-changes", "teacher-travel", "grade-travel")


def gains(document: RepairDocument) -> list[str]:
    """What the repair brings: site changes per week, changes that are too short, other rules."""
    names = (
        ("teacher-site-changes", _("Site changes of teachers")),
        ("teacher-travel", _("Journeys of teachers with too little time")),
        ("grade-site-changes", _("Site changes of grades")),
        ("grade-travel", _("Journeys of grades with too little time")),
    )
    lines = []
    for rule, name in names:
        before, after = document.before.amount(rule), document.after.amount(rule)
        if before or after:
            lines.append(compared(document, name, before, after))
    return [*lines, *_other_rules(document), *side_gains(document)]


def _other_rules(document: RepairDocument) -> Iterator[str]:
    """Rules of the first tier that were broken before or are broken now."""
    titles = {rule.id: rule.title for rule in document.policy.rules}
    for rule, score in document.before.rules.items():
        after = document.after.amount(rule)
        if score.tier is Tier.RULES and rule not in _WITH_OWN_SENTENCE and (score.amount or after):
            text = _("Broken rule, {title}: {after} instead of {before}.")
            yield text.format(title=titles[rule], before=score.amount, after=after)


def costs(document: RepairDocument) -> list[str]:
    """What has to change, and what gets worse by it: lectures, rooms, people, gaps, days, comfort."""
    moved = document.after.amount(_CHANGES) or sum(move.changes_period for move in document.moves)
    if not document.moves:
        return [_("No lecture moves: the plan stays as it is.")]
    teachers, grades = people(document.school, document.moves)
    counts = document.source.counts
    lines = [
        ngettext(
            "{count} of {total} lectures moves ({share}).", "{count} of {total} lectures move ({share}).", moved
        ).format(count=moved, total=counts.lectures, share=share(moved, counts.lectures))
    ]
    rooms = document.after.amount(_ROOMS)
    if rooms:
        text = ngettext("{count} lecture gets another room.", "{count} lectures get another room.", rooms)
        lines.append(text.format(count=rooms))
    text = _("This touches {teachers} of {all_teachers} teachers and {grades} of {all_grades} grades.")
    touched = {"teachers": len(teachers), "grades": len(grades)}
    lines.append(text.format(**touched, all_teachers=counts.teachers, all_grades=counts.grades))
    return [*lines, *side_costs(document)]


def gaps_in_knowledge(document: Compared) -> list[str]:
    """Rules that could not be judged and why, reasons that are equal taken together."""
    return missing_lines({rule.id: rule.title for rule in document.policy.rules}, document.not_judged)


def missing_lines(titles: Mapping[str, str], not_judged: Mapping[str, str]) -> list[str]:
    """One line per reason: which rules were not judged; one for all that have nothing to judge."""
    reasons: dict[str, list[str]] = {}
    nothing = 0
    for rule, reason in not_judged.items():
        if isinstance(reason, NotStated):
            nothing += 1
        else:
            reasons.setdefault(reason, []).append(titles.get(rule, rule))
    lines = [capitalised(f"{', '.join(rules)}: {reason}") for reason, rules in reasons.items()]
    if nothing:
        text = ngettext(
            "{count} rule has nothing to judge: neither the export nor the policy states what it is about",
            "{count} rules have nothing to judge: neither the export nor the policy states what they are about",
            nothing,
        )
        lines.append(text.format(count=nothing))
    return lines


def suggestion_lines(suggestions: tuple[SiteSuggestion, ...]) -> list[str]:
    """How to name the sites that the room names suggest."""
    lines = []
    for suggestion in suggestions:
        text = _("{count} rooms look like a site of their own ({rooms}); if they are, add {option} --travel MINUTES")
        rooms = ", ".join(suggestion.rooms[:6]) + (", ..." if len(suggestion.rooms) > 6 else "")
        lines.append(text.format(count=len(suggestion.rooms), rooms=rooms, option=suggestion.option))
    return lines


def score_table(titles: Mapping[str, str], before: Score, after: Score) -> list[list[str]]:
    """Rows of a table: title, count before, count after, change; with a heading."""
    rows = [[_("rule"), _("before"), _("after"), _("change")]]
    for rule, score in before.rules.items():
        now = after.amount(rule)
        change = f"{now - score.amount:+d}" if now != score.amount else ""
        rows.append([titles.get(rule, rule), str(score.amount), str(now), change])
    return rows
