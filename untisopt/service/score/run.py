"""Analyse the score of a plan, or of two, rule by rule; the sums are exactly what the search minimises."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.engines.objective import Objective, objective
from untisopt.errors import InternalError, UsageError, path_name
from untisopt.i18n import _
from untisopt.io.untis.rows.match import match
from untisopt.results.score import Differences, Part, RuleLine, ScoreDocument
from untisopt.rules import Rule, judge
from untisopt.service.diff import read_pair
from untisopt.service.reading.plan import PathLike, Plan, PolicyLike, as_plan
from untisopt.service.reading.repair_folder import is_repair, read_repair
from untisopt.service.reading.result_folder import is_result, read_result
from untisopt.service.score.other import differences, fits, judged_alone, refuse_strangers

__all__ = ["score", "score_of_result"]


def score(plan: Plan | PathLike, other: Plan | PathLike | None = None, policy: PolicyLike = None) -> ScoreDocument:
    """Score a plan, or compare two.

    Parameters
    ----------
    plan : Plan, str or Path
        A plan from :func:`~untisopt.read`, or the path to read.
    other : Plan, str, Path or None
        Another export of the same school, or the folder of a result made from it. None: one plan only.
    policy : Policy, str, Path or None
        As for :func:`~untisopt.read`; only used if `plan` is a path.

    Raises
    ------
    InputError
        An export or the policy cannot be read, or the two are not of one school.
    UsageError
        The result was not made from this export.
    """
    if other is None:
        read = as_plan(plan, policy)
        return _document(read, None, "")
    if not isinstance(other, Plan) and is_result(Path(other)):
        read, stored = as_plan(plan, policy), read_result(Path(other))
        if stored.plan.school.as_is != read.school.as_is:
            raise UsageError(
                _("{result} was not made from {path}").format(
                    result=path_name(str(other)), path=path_name(str(read.export.path))
                )
            )
        return _document(read, _judged(read, read.school.as_is.replace(dict(stored.timetable))), str(other))
    return _of_two(*read_pair(plan, other, policy))


def score_of_result(path: Path) -> ScoreDocument:
    """Compare the plans before and after a repair, by the policy of the repair.

    Parameters
    ----------
    path : Path
        The folder that a repair has written, by the rules or after events.

    Raises
    ------
    InputError
        It is no result.
    """
    if is_repair(path):
        repair = read_repair(path)
        return _document(repair.plan, repair.document.after, str(path))
    stored = read_result(path)
    return _document(stored.plan, _judged(stored.plan, stored.timetable), str(path))


def _judged(plan: Plan, timetable: Timetable) -> Score:
    return judge(plan.school, timetable, plan.policy.rules)


def _of_two(one: Plan, other: Plan) -> ScoreDocument:
    """Two exports; the second is judged as a school of its own where it has other lectures, people or rooms."""
    matched = match(one.export, other.export)
    refuse_strangers(one, other, matched)
    path, found = other.source.path, differences(one.school, other.school, matched)
    if not matched.mismatch and fits(one.school, matched.timetable):
        notes = replace(found, notes=matched.notes)
        return _document(one, _judged(one, matched.timetable), path, notes)
    return _document(one, judged_alone(one, other), path, found)


def _document(plan: Plan, after: Score | None, other: str, differences: Differences | None = None) -> ScoreDocument:
    school, policy = plan.school, plan.policy
    goal = objective(school, policy)
    before = judge(school, school.as_is, policy.rules)
    judged = [rule for rule in policy.judged(school) if after is None or rule.id in after.rules]
    goal = Objective({rule.id: goal.factors[rule.id] for rule in judged})
    document = ScoreDocument(
        source=plan.source,
        other=other,
        school=school,
        policy=policy,
        lines=tuple(_line(goal, rule, before, after) for rule in judged),
        objective_before=goal.value(before),
        objective_after=None if after is None else goal.value(after),
        differences=differences or Differences(),
        not_compared=tuple(rule for rule in before.rules if rule not in goal.factors),
    )
    _check(document, school)
    return document


def _line(goal: Objective, rule: Rule, before: Score, after: Score | None) -> RuleLine:
    return RuleLine(
        rule=rule.id,
        title=rule.title,
        tier=rule.tier,
        weight=rule.weight,
        factor=goal.factors[rule.id],
        before=_part(goal, before, rule.id),
        after=None if after is None else _part(goal, after, rule.id),
    )


def _part(goal: Objective, score: Score, rule: str) -> Part:
    lectures = {lecture for violation in score.of(rule) for lecture in violation.facts.lectures}
    amount = score.amount(rule)
    return Part(amount=amount, points=goal.factors[rule] * amount, lectures=len(lectures))


def _check(document: ScoreDocument, school: School) -> None:
    """The parts have to add up to what the search minimises."""
    before = sum(line.before.points for line in document.lines)
    after = sum(line.after.points for line in document.lines if line.after is not None)
    if before != document.objective_before or after != (document.objective_after or 0):
        raise InternalError(f"the points of the rules do not add up for {len(school.lectures)} lectures")
