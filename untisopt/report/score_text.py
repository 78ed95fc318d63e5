"""What `untisopt score` says."""

from __future__ import annotations

from dataclasses import asdict

from untisopt.domain.score import Tier
from untisopt.i18n import _
from untisopt.report._json import dumps
from untisopt.report._layout import page, paragraph, table, title
from untisopt.report.score_document import Part, RuleLine, ScoreDocument


def score_text(document: ScoreDocument) -> str:
    """Render the score, rule by rule, tier by tier.

    Parameters
    ----------
    document : ScoreDocument
    """
    path = document.source.path
    heading = _("Score: {path}").format(path=path)
    if document.other:
        heading = _("Score: {path}, and {other}").format(path=path, other=document.other)
    note = _(
        "Points are the count times the factor. The factor is the weight of a rule, times what its tier and the policy "
        "make of it; a broken rule outweighs everything below. The total is what the search minimises."
    )
    return page([*title(heading), "", *paragraph(note, indent=""), "", *table(_rows(document), indent="")])


def _rows(document: ScoreDocument) -> list[list[str]]:
    two = document.objective_after is not None
    head = [_("rule"), _("weight"), _("factor"), _("count"), _("points"), *([_("difference")] if two else [])]
    rows = [[*head, _("lectures")]]
    for tier in Tier:
        own = [line for line in document.lines if line.tier is tier]
        if own:
            rows += [[""], *(_row(line) for line in own), _sum(document, tier)]
    return [*rows, [""], _total(document)]


def _row(line: RuleLine) -> list[str]:
    start = [f"{line.rule}: {line.title}", str(line.weight), str(line.factor)]
    before, after = line.before, line.after
    if after is None:
        return [*start, str(before.amount), str(before.points), str(before.lectures)]
    return [
        *start,
        f"{before.amount} > {after.amount}",
        f"{before.points} > {after.points}",
        signed(line.difference),
        f"{before.lectures} > {after.lectures}",
    ]


def _sum(document: ScoreDocument, tier: Tier) -> list[str]:
    after = None if document.objective_after is None else document.points(tier, after=True)
    name = "  " + _("together: {tier}").format(tier=tier_name(tier))
    return _points(name, document.points(tier), after)


def _total(document: ScoreDocument) -> list[str]:
    return _points(_("total"), document.objective_before, document.objective_after)


def _points(name: str, before: int, after: int | None) -> list[str]:
    if after is None:
        return [name, "", "", "", str(before)]
    return [name, "", "", "", f"{before} > {after}", signed(after - before)]


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
