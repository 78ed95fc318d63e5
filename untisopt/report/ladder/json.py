"""A ladder of repairs for machines."""

from __future__ import annotations

from untisopt.report.optimise.json import policy_data, source_data
from untisopt.report.render.json import dumps
from untisopt.results.ladder import LadderDocument, LadderStep

FORMAT = 1


def ladder_data(document: LadderDocument) -> dict[str, object]:
    """The ladder as plain data; counts are those over all kinds of weeks.

    In deterministic mode nothing depends on the machine or the hour: no times of a clock and no folders.
    """
    run = document.run
    data: dict[str, object] = {
        "format": FORMAT,
        "versions": dict(run.versions),
        "input": source_data(document.source),
        "policy": policy_data(document.policy),
        "options": {
            "time_limit": run.time_limit,
            "workers": run.workers,
            "seed": run.seed,
            "deterministic": run.deterministic,
        },
        "stopped": run.stopped,
        "points_per_unit": dict(run.factors),
        "not_judged": dict(document.not_judged),
        "week_classes": [
            {"name": week_class.name, "weeks": str(week_class.weeks)} for week_class in document.school.week_classes
        ],
        "lectures": len(document.school.lectures),
        "named": dict(document.named),
        "steps": [_step(step) for step in document.steps],
    }
    return data if run.deterministic else {**data, "seconds": dict(run.seconds)}


def ladder_json(document: LadderDocument) -> bytes:
    """The ladder as a file; UTF-8."""
    return dumps(ladder_data(document)).encode()


def _step(step: LadderStep) -> dict[str, object]:
    return {
        "budget": step.budget,
        "moved": step.moved,
        "teachers": step.teachers,
        "grades": step.grades,
        "rules": dict(step.amounts),
        "site_changes": step.site_changes,
        "site_changes_at_least": step.site_changes_at_least,
        "too_short": step.too_short,
        "too_short_at_least": step.too_short_at_least,
        "points": step.points,
        "bound": step.bound,
        "gap": round(step.gap, 6),
        "proved": step.proved,
    }
