"""What a repair brings, what it costs and how good it is, in a few sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import floor

from untisopt.domain.changes import apply
from untisopt.domain.resources import Kind
from untisopt.domain.score import Score, Tier
from untisopt.i18n import _, ngettext
from untisopt.report._findings import per_week
from untisopt.report._moves import people
from untisopt.report.documents import RepairDocument, SiteSuggestion
from untisopt.wording import capitalised, decimal

_CHANGES = "moved-lectures"
_ROOMS = "changed-rooms"
_SITE_CHANGES = "teacher-site-changes"
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
            text = _("{what}: {after} a week instead of {before} ({comparison}).")
            if after == before:
                text = _("{what}: {after} a week, as before.")
            weekly = {"before": per_week(document.school, before), "after": per_week(document.school, after)}
            lines.append(text.format(what=name, comparison=_comparison(before, after), **weekly))
    return [*lines, *_other_rules(document)]


def _comparison(before: int, after: int) -> str:
    if after >= before:
        return _("more than before")
    if not after:
        return _("none left")
    return _("down {share}").format(share=share(before - after, before))


def share(part: int, whole: int) -> str:
    """A share in percent; neither nothing nor everything is said of what only comes near."""
    percent = round(100 * part / whole)
    if part and not percent:
        return _("under 1 %")
    if part < whole and percent == 100:
        return _("over 99 %")
    return f"{percent} %"


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
    lines += _longer_days(document)
    return lines


def _longer_days(document: RepairDocument) -> list[str]:
    """How many days of grades begin earlier or end later: allowed as a rule, but parents will ask."""
    school = document.school
    planned = school.occupancy(apply(document.moves, school.as_is))
    earlier: set[tuple[str, int]] = set()
    later: set[tuple[str, int]] = set()
    days: set[tuple[str, int]] = set()
    for (kind, name), week_class, day in planned.days:
        if kind is not Kind.GRADE:
            continue
        new = planned.day((kind, name), week_class, day)
        old = school.today.day((kind, name), week_class, day)
        days.add((name, day))
        if not old or new[0].number < old[0].number:
            earlier.add((name, day))
        if not old or new[-1].number > old[-1].number:
            later.add((name, day))
    if not earlier and not later:
        return []
    text = _("Of {days} days of grades, {later} end later than before and {earlier} begin earlier.")
    return [text.format(days=len(days), later=len(later), earlier=len(earlier))]


def quality(document: RepairDocument) -> list[str]:
    """How the search ended and what is proved about the result."""
    run = document.run
    if run.status == "optimal":
        return [_("This is proved: no plan is better under these rules and this trade-off.")]
    endings = {
        "stopped": _("You ended the search; this is the best plan found until then."),
        "chosen": _("These changes were chosen from a repair; others may be better."),
    }
    ending = endings.get(run.status, _("The time limit ended the search; this is the best plan found until then."))
    return [ending, _bound(document), *_least_site_changes(document)]


def _least_site_changes(document: RepairDocument) -> list[str]:
    """How many site changes of teachers no plan avoids: what more moved lectures could bring at most."""
    least = _proved(document.run.least_site_changes.get(_SITE_CHANGES, 0) / len(document.school.week_classes))
    if not least:
        return []
    text = _(
        "However many lectures move: no plan that breaks no rule newly has fewer than {least} site changes of teachers "
        "a week (proved)."
    )
    return [text.format(least=decimal(least))]


def _proved(amount: float) -> float:
    """A lower limit with one decimal: rounded down, because more is not proved."""
    return floor(10 * amount + 1e-9) / 10


def _bound(document: RepairDocument) -> str:
    """What is proved, in moved lectures: points mean nothing to people."""
    run = document.run
    if run.bound < run.rules_after:
        return _("It is not proved that the broken rules that remain cannot be mended.")
    price, before, bound = (
        points / run.move_points
        for points in (
            run.objective - run.rules_after,
            run.objective_before - run.rules_before,
            run.bound - run.rules_after,
        )
    )
    if len(document.school.sites) < 2:
        return _bound_of_moves(price, bound)
    worth = document.policy.effective_worth
    text = ngettext(
        "Counting a site change as {worth} moved lecture, the old plan costs {before} and this one {price}.",
        "Counting a site change as {worth} moved lectures, the old plan costs {before} and this one {price}.",
        worth,
    ).format(worth=worth, before=decimal(before), price=decimal(price))
    if _proved(bound) <= 0:
        return f"{text} " + _("How close that is to the best plan is not known.")
    least = _("No plan that breaks as few rules can cost less than {bound} (proved).")
    return f"{text} " + least.format(bound=decimal(_proved(bound)))


def _bound_of_moves(price: float, bound: float) -> str:
    """What is proved where nothing but moved lectures counts."""
    text = _("It is not proved that any lecture has to move for this; the plan moves {moved}.")
    if bound > 0:
        text = ngettext(
            "At least {bound} lecture has to move for this; the plan moves {moved}.",
            "At least {bound} lectures have to move for this; the plan moves {moved}.",
            1 if bound == 1 else 2,
        )
    return text.format(bound=decimal(_proved(bound)), moved=decimal(price))


def gaps_in_knowledge(document: RepairDocument) -> list[str]:
    """Rules that could not be judged and why, reasons that are equal taken together."""
    return missing_lines({rule.id: rule.title for rule in document.policy.rules}, document.not_judged)


def missing_lines(titles: Mapping[str, str], not_judged: Mapping[str, str]) -> list[str]:
    """One line per reason: which rules were not judged."""
    reasons: dict[str, list[str]] = {}
    for rule, reason in not_judged.items():
        reasons.setdefault(reason, []).append(titles.get(rule, rule))
    return [capitalised(f"{', '.join(rules)}: {reason}") for reason, rules in reasons.items()]


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
