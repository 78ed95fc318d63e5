"""What a repair brings, what it costs and how good it is, in a few sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from untisopt.domain.score import Score, Tier
from untisopt.i18n import _, ngettext
from untisopt.report._findings import per_week
from untisopt.report._moves import people
from untisopt.report.documents import RepairDocument, SiteSuggestion

_CHANGES = "moved-lectures"
_ROOMS = "changed-rooms"
_WITH_OWN_SENTENCE = ("teacher-site-changes", "grade-site-changes", "teacher-travel", "grade-travel")


def gains(document: RepairDocument) -> list[str]:
    """What the repair brings: site changes per week, changes that are too short, other rules."""
    sentences = (
        ("teacher-site-changes", _("Site changes of teachers: {after} a week instead of {before} ({percent}).")),
        ("teacher-travel", _("Journeys of teachers with too little time: {after} a week instead of {before}.")),
        ("grade-site-changes", _("Site changes of grades: {after} a week instead of {before} ({percent}).")),
        ("grade-travel", _("Journeys of grades with too little time: {after} a week instead of {before}.")),
    )
    lines = []
    for rule, sentence in sentences:
        before, after = document.before.amount(rule), document.after.amount(rule)
        if before or after:
            weekly = {"before": per_week(document.school, before), "after": per_week(document.school, after)}
            lines.append(sentence.format(percent=_percent(before, after), **weekly))
    return [*lines, *_other_rules(document)]


def _percent(before: int, after: int) -> str:
    if after > before:
        return _("more than before")
    if after == before:
        return _("as before")
    return _("{percent} % fewer").format(percent=round(100 * (before - after) / before))


def _other_rules(document: RepairDocument) -> Iterator[str]:
    """Rules of the first tier that were broken before or are broken now."""
    titles = {rule.id: rule.title for rule in document.policy.rules}
    for rule, score in document.before.rules.items():
        after = document.after.amount(rule)
        if score.tier is Tier.RULES and rule not in _WITH_OWN_SENTENCE and (score.amount or after):
            text = _("Broken rule, {title}: {after} instead of {before}.")
            yield text.format(title=titles[rule], before=score.amount, after=after)


def costs(document: RepairDocument) -> list[str]:
    """What has to change: lectures, rooms, people."""
    moved = document.after.amount(_CHANGES) or sum(move.changes_period for move in document.moves)
    if not document.moves:
        return [_("No lecture moves: the plan stays as it is.")]
    teachers, grades = people(document.school, document.moves)
    counts = document.source.counts
    lines = [
        ngettext(
            "{count} of {total} lectures moves ({percent} %).", "{count} of {total} lectures move ({percent} %).", moved
        ).format(count=moved, total=counts.lectures, percent=round(100 * moved / counts.lectures))
    ]
    rooms = document.after.amount(_ROOMS)
    if rooms:
        text = ngettext("{count} lecture gets another room.", "{count} lectures get another room.", rooms)
        lines.append(text.format(count=rooms))
    text = _("This touches {teachers} of {all_teachers} teachers and {grades} of {all_grades} grades.")
    touched = {"teachers": len(teachers), "grades": len(grades)}
    lines.append(text.format(**touched, all_teachers=counts.teachers, all_grades=counts.grades))
    return lines


def quality(document: RepairDocument) -> list[str]:
    """How the search ended and what is proved about the result."""
    run = document.run
    if run.status == "optimal":
        return [_("This is proved: no plan is better under these rules and this trade-off.")]
    ending = (
        _("You ended the search; this is the best plan found until then.")
        if run.status == "stopped"
        else _("The time limit ended the search; this is the best plan found until then.")
    )
    return [ending, _bound(document)]


def _bound(document: RepairDocument) -> str:
    """What is proved, in moved lectures: points mean nothing to people."""
    run = document.run
    if run.bound < run.rules_after:
        return _("It is not proved that the broken rules that remain cannot be mended.")
    price, before, bound = (
        _in_moves(document, points)
        for points in (
            run.objective - run.rules_after,
            run.objective_before - run.rules_before,
            run.bound - run.rules_after,
        )
    )
    if len(document.school.sites) < 2:
        return _("It is proved that {bound} lectures have to move at least for this; {price} do.").format(
            price=price, bound=bound
        )
    text = _(
        "If a site change counts as much as {worth} moved lectures, the plan before costs {before} of them and this "
        "one {price}; it is proved that no plan costs less than {bound}."
    )
    return text.format(worth=document.policy.effective_worth, before=before, price=price, bound=bound)


def _in_moves(document: RepairDocument, points: int) -> str:
    """Points in units of moved lectures, with one decimal where it is no whole number."""
    moves = points / document.run.move_points
    return str(int(moves)) if moves == int(moves) else f"{moves:.1f}"


def gaps_in_knowledge(document: RepairDocument) -> list[str]:
    """Rules that could not be judged and why, reasons that are equal taken together."""
    return missing_lines({rule.id: rule.title for rule in document.policy.rules}, document.not_judged)


def missing_lines(titles: Mapping[str, str], not_judged: Mapping[str, str]) -> list[str]:
    """One line per reason: which rules were not judged."""
    reasons: dict[str, list[str]] = {}
    for rule, reason in not_judged.items():
        reasons.setdefault(reason, []).append(titles.get(rule, rule))
    return [f"{', '.join(rules)}: {reason}" for reason, rules in reasons.items()]


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
