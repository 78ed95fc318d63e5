"""Everything about a repair but the moves themselves, for machines."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import PurePath

from untisopt.policy import Policy
from untisopt.report.render.json import dumps
from untisopt.report.words.findings import score_rows
from untisopt.report.words.moves import people
from untisopt.results.optimise import RepairDocument, Run
from untisopt.results.source import Source

FORMAT = 1


def result_data(document: RepairDocument) -> dict[str, object]:
    """The result as plain data.

    In deterministic mode nothing depends on the machine or the hour: no times of a clock and no folders.
    """
    run = document.run
    teachers, grades = people(document.school, document.moves)
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
        "status": run.status,
        "objective": _objective(run),
        "tiers": {"before": document.before.tiers, "after": document.after.tiers},
        "rules": score_rows(document.policy, document.before, document.after),
        "not_judged": dict(document.not_judged),
        "week_classes": [
            {"name": week_class.name, "weeks": str(week_class.weeks)} for week_class in document.school.week_classes
        ],
        "changes": {
            "moved_lectures": sum(move.changes_period for move in document.moves),
            "lectures": len(document.school.lectures),
            "teachers": len(teachers),
            "grades": len(grades),
        },
    }
    return data if run.deterministic else {**data, "seconds": dict(run.seconds)}


def result_json(document: RepairDocument) -> bytes:
    """The result as a file; UTF-8."""
    return dumps(result_data(document)).encode()


def _objective(run: Run) -> dict[str, object]:
    return {
        "before": run.objective_before,
        "after": run.objective,
        "bound": run.bound,
        "rules_before": run.rules_before,
        "rules_after": run.rules_after,
        "move_points": run.move_points,
        "gap": round(run.gap, 6),
        "least_site_changes": dict(run.least_site_changes),
    }


def source_data(source: Source) -> dict[str, object]:
    """What was read, without the folder it was read from."""
    return {
        "kind": source.kind,
        "files": source.files,
        "counts": asdict(source.counts),
        "notes": source.notes,
    }


def policy_data(policy: Policy) -> dict[str, object]:
    """The policy in force; a file by its name only."""
    return {
        "main_site": policy.main_site,
        "sites": {site: list(patterns) for site, patterns in policy.sites.items()},
        "travel_minutes": policy.travel_minutes,
        "travel": {f"{origin} > {target}": minutes for (origin, target), minutes in sorted(policy.travel.items())},
        "unusable_breaks": [f"{before}-{after}" for before, after in sorted(policy.unusable_breaks)],
        "breaks_file": None if policy.breaks_file is None else PurePath(policy.breaks_file).name,
        "week": policy.week,
        "worth": policy.worth,
        "max_changes": policy.max_changes,
        "room_changes": policy.room_changes.value,
        "pins": [str(pin) for pin in policy.pins],
        "scope": [str(selector) for selector in policy.scope],
        "blocked": [
            {"kind": times.kind.value, "name": times.name, "periods": [list(period) for period in times.periods]}
            for times in policy.blocked
        ],
        "wishes": [
            {
                "kind": wish.kind.value,
                "name": wish.name,
                "periods": [list(period) for period in wish.periods],
                "value": wish.value,
            }
            for wish in policy.wishes
        ],
        "rules": {rule.id: rule.weight for rule in policy.rules},
    }
