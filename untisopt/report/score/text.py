"""What `untisopt score` says."""

from __future__ import annotations

from dataclasses import asdict

from untisopt.domain.score import Tier
from untisopt.errors import path_name
from untisopt.i18n import _
from untisopt.report.render.json import dumps
from untisopt.report.render.txt import items, page, paragraph, table, title
from untisopt.report.words.findings import limited, per_week
from untisopt.results.score import Part, RuleLine, ScoreDocument
from untisopt.wording import capitalised, enumerated

PER_WEEK = ("teacher-site-changes", "grade-site-changes", "teacher-travel", "grade-travel")
"""Rules that count in every kind of week, as check tells them."""
_LECTURES = 12


def score_text(document: ScoreDocument) -> str:
    """Render the score, rule by rule, tier by tier.

    Parameters
    ----------
    document : ScoreDocument
    """
    path = path_name(document.source.path)
    heading = _("Score: {path}").format(path=path)
    if document.other:
        heading = _("Score: {path}, and {other}").format(path=path, other=path_name(document.other))
    note = _(
        "Points are the count times the factor. The factor is the weight of a rule, times what its tier and the policy "
        "make of it; a broken rule outweighs everything below. The total is what the search minimises."
    )
    if _is_weekly(document):
        note += " " + _(
            "Counts and points take all {count} kinds of weeks together; the column says the mean per week."
        )
        note = note.format(count=len(document.school.week_classes))
    return page(
        [
            *title(heading),
            "",
            *paragraph(note, indent=""),
            *_differences(document),
            "",
            *table(_rows(document), indent=""),
        ]
    )


def _is_weekly(document: ScoreDocument) -> bool:
    return len(document.school.week_classes) > 1


def _differences(document: ScoreDocument) -> list[str]:
    """What only one of the two plans has."""
    found = document.differences
    lines: list[str] = []
    if found:
        text = _(
            "The two plans do not have the same lectures. Each is judged with its own lectures, people and rooms, by "
            "the same policy; so a difference may come from these, and not from what was moved."
        )
        lines += ["", *paragraph(text, indent="")]
    chapters = (
        (_("Only before ({count})"), found.lost),
        (_("Only after ({count})"), found.added),
        (_("Altered ({count})"), found.altered),
    )
    for name, lectures in chapters:
        if lectures:
            told = limited(lectures, show_all=False, most=_LECTURES)
            lines += ["", name.format(count=len(lectures)), *items(told)]
    notes = [capitalised(note) + "." for note in found.notes]
    if document.not_compared:
        text = _("Not compared, because the plan after does not state what they need: {rules}.")
        notes.append(text.format(rules=enumerated(document.not_compared)))
    return [*lines, *([""] if notes else []), *items(notes)]


def _rows(document: ScoreDocument) -> list[list[str]]:
    two = document.objective_after is not None
    weekly = [_("per week")] if _is_weekly(document) else []
    head = [_("rule"), _("weight"), _("factor"), _("count"), *weekly, _("points"), *([_("difference")] if two else [])]
    rows = [[*head, _("lectures")]]
    for tier in Tier:
        own = [line for line in document.lines if line.tier is tier]
        if own:
            rows += [[""], *(_row(document, line) for line in own), _sum(document, tier)]
    return [*rows, [""], _total(document)]


def _row(document: ScoreDocument, line: RuleLine) -> list[str]:
    start = [f"{line.rule}: {line.title}", str(line.weight), str(line.factor)]
    before, after = line.before, line.after
    weekly = [_per_week(document, line)] if _is_weekly(document) else []
    if after is None:
        return [*start, str(before.amount), *weekly, str(before.points), str(before.lectures)]
    return [
        *start,
        f"{before.amount} > {after.amount}",
        *weekly,
        f"{before.points} > {after.points}",
        signed(line.difference),
        f"{before.lectures} > {after.lectures}",
    ]


def _per_week(document: ScoreDocument, line: RuleLine) -> str:
    """The mean over the kinds of weeks, for rules that count in each of them."""
    if line.rule not in PER_WEEK:
        return ""
    amounts = [part.amount for part in (line.before, line.after) if part is not None]
    return " > ".join(per_week(document.school, amount) for amount in amounts)


def _sum(document: ScoreDocument, tier: Tier) -> list[str]:
    after = None if document.objective_after is None else document.points(tier, after=True)
    name = "  " + _("together: {tier}").format(tier=tier_name(tier))
    return _points(document, name, document.points(tier), after)


def _total(document: ScoreDocument) -> list[str]:
    return _points(document, _("total"), document.objective_before, document.objective_after)


def _points(document: ScoreDocument, name: str, before: int, after: int | None) -> list[str]:
    start = [name, "", "", "", *([""] if _is_weekly(document) else [])]
    return [*start, str(before)] if after is None else [*start, f"{before} > {after}", signed(after - before)]


def tier_name(tier: Tier) -> str:
    """A tier in words."""
    names = {
        Tier.RULES: _("rules that must hold"),
        Tier.SITE_CHANGES: _("site changes"),
        Tier.CHANGES: _("changes to the plan"),
        Tier.COMFORT: _("comfort"),
    }
    return names[tier]


def signed(number: int) -> str:
    """A difference with its sign; 0 without."""
    return f"{number:+d}" if number else "0"


def score_json(document: ScoreDocument) -> str:
    """The same for machines."""
    return dumps(
        {
            "format": 1,
            "plan": document.source.kind,
            "rules": [_line_data(line) for line in document.lines],
            "tiers": [
                {"tier": int(tier), **_two(document, document.points(tier), document.points(tier, after=True))}
                for tier in Tier
            ],
            "objective": _two(document, document.objective_before, document.objective_after or 0),
            "week_kinds": len(document.school.week_classes),
            "differences": asdict(document.differences),
            "not_compared": document.not_compared,
        }
    )


def _two(document: ScoreDocument, before: int, after: int) -> dict[str, int]:
    if document.objective_after is None:
        return {"points": before}
    return {"before": before, "after": after, "difference": after - before}


def _line_data(line: RuleLine) -> dict[str, object]:
    start: dict[str, object] = {
        "rule": line.rule,
        "title": line.title,
        "tier": int(line.tier),
        "weight": line.weight,
        "factor": line.factor,
    }
    if line.after is None:
        return {**start, **_part(line.before)}
    return {**start, "before": _part(line.before), "after": _part(line.after), "difference": line.difference}


def _part(part: Part) -> dict[str, object]:
    return asdict(part)
