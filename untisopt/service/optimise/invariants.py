"""What must hold for every result, checked in production: a breach is a defect of untisopt and nothing is written."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from untisopt.domain.calendar import Period
from untisopt.domain.changes import apply, changes
from untisopt.domain.pins import hold_of
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.engines.objective import objective
from untisopt.engines.session import Repair, SolveOptions, Status
from untisopt.errors import InputError, InternalError
from untisopt.i18n import _
from untisopt.io.untis import Export, read_export
from untisopt.io.untis.files.writer import revised
from untisopt.io.untis.rows.typed import TimetableRow
from untisopt.report.optimise.json import policy_data
from untisopt.service.reading.plan import Plan


@dataclass(frozen=True)
class Outcome:
    """What came out of a repair, with what went in."""

    plan: Plan
    options: SolveOptions
    repair: Repair
    before: Score
    after: Score

    @property
    def chosen(self) -> bool:
        """Whether a person chose among the changes: then what is no rule may be worse than today."""
        return self.repair.status is Status.CHOSEN


def verify_outcome(outcome: Outcome) -> None:
    """Check the repaired plan itself.

    Raises
    ------
    InternalError
        It is worse than before (I4), touches what must stay or loses a lecture (I5), its changes do not lead to it
        (I6), or it moves more than allowed.
    """
    plan, repair = outcome.plan, outcome.repair
    as_is, to_be = plan.school.as_is, repair.timetable
    if as_is.keys() != to_be.keys():
        _breach(outcome, _("lectures were lost or added"))
    moves = changes(as_is, to_be)
    if apply(moves, as_is) != to_be:
        _breach(outcome, _("the changes do not lead to the result"))
    pinned = plan.school.pinned if plan.policy.rule("pinned") else {}
    holds = {lecture: hold_of(reason) for lecture, reason in pinned.items()}
    touched = [
        m.lecture
        for m in moves
        if not plan.school.lectures[m.lecture].lesson
        or (m.lecture in holds and holds[m.lecture].keeps_time and m.changes_period)
        or (m.lecture in holds and holds[m.lecture].keeps_rooms and m.changes_rooms)
    ]
    if touched:
        _breach(outcome, _("lectures that must stay were moved: {names}").format(names=", ".join(touched)))
    for rule in outcome.after.newly_broken(outcome.before):
        _breach(outcome, _("the rule {rule} is newly broken").format(rule=rule))
    _verify_points(outcome)
    limit = plan.policy.max_changes
    moved = sum(move.changes_period for move in moves)
    if limit is not None and moved > limit:
        _breach(outcome, _("{count} lectures were moved, {limit} are allowed").format(count=moved, limit=limit))


def _verify_points(outcome: Outcome) -> None:
    """The points that the solver states must be those that judging gives (I3), and must not have grown (I4)."""
    repair, plan = outcome.repair, outcome.plan
    points = objective(plan.school, plan.policy)
    stated = (repair.objective_before, repair.objective)
    judged = (points.value(outcome.before), points.value(outcome.after))
    if stated != judged:
        text = _("the solver counts {stated} points before and after, judging gives {judged}")
        _breach(outcome, text.format(stated=stated, judged=judged))
    for rule, least in repair.least_site_changes.items():
        if outcome.after.amount(rule) < least:
            text = _("{rule}: no plan is said to have fewer than {least}, but the result has {after}")
            _breach(outcome, text.format(rule=rule, least=least, after=outcome.after.amount(rule)))
    # Below the rules, tiers are traded for one another: a wish may be worth moved lectures. So the objective decides.
    if repair.objective > repair.objective_before and not outcome.chosen:
        text = _("the result is worse than the plan before: {after} instead of {before} points")
        _breach(outcome, text.format(before=repair.objective_before, after=repair.objective))
    if repair.bound > repair.objective:
        text = _("bound, result and plan before are out of order: {bound}, {after}, {before}")
        _breach(outcome, text.format(bound=repair.bound, after=repair.objective, before=repair.objective_before))


def verify_files(outcome: Outcome, files: Mapping[str, bytes]) -> None:
    """Check the files of the plan by reading them again.

    Raises
    ------
    InternalError
        An unchanged plan is not written byte for byte (I1), or reading gives other rows than were wanted.
    """
    export = outcome.plan.export
    raw = export.timetable_file
    if revised(export, export.school.as_is)[raw.name] != raw.data:
        _breach(outcome, _("an unchanged plan would not be written as it was read"))
    try:
        again = read_back(outcome.plan, files[raw.name])
    except InputError as error:
        _breach(outcome, _("the result cannot be read again: {error}").format(error=error))
        return
    # Rows, not lectures: a file cannot tell apart two lectures of one lesson with the same courses.
    wanted = Counter(_wanted_row(export, row, outcome.repair.timetable) for row in export.rows)
    if Counter(_row(again, row, row.period, row.rooms) for row in again.rows) != wanted:
        _breach(outcome, _("reading the result gives another plan"))


def _wanted_row(export: Export, row: TimetableRow, timetable: Timetable) -> Hashable:
    if row.index not in export.courses:
        return _row(export, row, row.period, row.rooms)
    lecture, course = export.courses[row.index]
    before, after = export.school.as_is[lecture], timetable[lecture]
    replaced = dict(zip(before.rooms[course], after.rooms[course], strict=True))
    return _row(export, row, after.period, tuple(replaced[room] for room in row.rooms))


def _row(export: Export, row: TimetableRow, period: Period, rooms: tuple[str, ...]) -> Hashable:
    return row.lesson, row.teacher, row.grade, row.subject, export.stated_weeks(row), rooms, period


def read_back(plan: Plan, timetable_file: bytes) -> Export:
    """Read the export with another timetable file, as somebody else would read it from a folder."""
    # Pins, scope and blocked times name places of the plan before; what is compared does not depend on them.
    policy = plan.policy.for_another_plan()
    name = plan.export.timetable_file.name
    with tempfile.TemporaryDirectory(prefix="untisopt-") as folder:
        for file in plan.export.all_files:
            (Path(folder) / file.name).write_bytes(timetable_file if file.name == name else file.data)
        return read_export(Path(folder) / name, policy)


def _breach(outcome: Outcome, message: str) -> None:
    raise InternalError(message, _dump(outcome))


def _dump(outcome: Outcome) -> str:
    """Everything that is needed to repeat the run, but the export."""
    to_be = outcome.repair.timetable
    moved = {
        id_: to_be[id_] for id_, place in outcome.plan.school.as_is.items() if id_ in to_be and to_be[id_] != place
    }
    data = {
        "options": asdict(outcome.options),
        "policy": policy_data(outcome.plan.policy),
        "status": outcome.repair.status.value,
        "objective": [outcome.repair.objective_before, outcome.repair.objective, outcome.repair.bound],
        "before": {rule: score.amount for rule, score in outcome.before.rules.items()},
        "after": {rule: score.amount for rule, score in outcome.after.rules.items()},
        "lectures": len(to_be),
        "moved": {id_: [place.period, place.rooms] for id_, place in moved.items()},
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
