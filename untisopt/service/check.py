"""Judge the plan of an export, changing nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from untisopt.domain.school import School
from untisopt.policy import Policy
from untisopt.results.check import CheckDocument
from untisopt.rules import judge
from untisopt.service.reading.plan import PathLike, Plan, PolicyLike, as_plan
from untisopt.service.sites import site_changes, suggest_sites

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, kw_only=True)
class CheckResult(CheckDocument):
    """What :func:`check` found; the parameters are those of a CheckDocument.

    Parameters
    ----------
    plan : Plan
        What was read.
    """

    plan: Plan = field(repr=False)

    @property
    def score(self) -> DataFrame:
        """One row per judged rule: raw amount and weighted points."""
        from untisopt.service import frames

        return frames.score(self.policy, self.judgement)

    @property
    def violations(self) -> DataFrame:
        """One row per finding, with its sentence."""
        from untisopt.service import frames

        return frames.violations(self.school, self.policy, self.judgement)


def check(plan: Plan | PathLike, policy: PolicyLike = None) -> CheckResult:
    """Judge the plan of an export.

    Parameters
    ----------
    plan : Plan, str or Path
        A plan from :func:`~untisopt.read`, or the path to read.
    policy : Policy, str, Path or None
        As for :func:`~untisopt.read`; only used if `plan` is a path.

    Returns
    -------
    CheckResult

    Raises
    ------
    InputError
        The export or the policy cannot be read.
    """
    read = as_plan(plan, policy)
    school = read.school
    score = judge(school, school.as_is, read.policy.rules)
    return CheckResult(
        source=read.source,
        school=school,
        policy=read.policy,
        judgement=score,
        not_judged=not_judged(school, read.policy),
        inferences=tuple(item for rule in read.policy.rules if rule.weight for item in rule.infer(school)),
        site_changes=site_changes(school, score),
        suggestions=suggest_sites(school),
        plan=read,
    )


def not_judged(school: School, policy: Policy) -> dict[str, str]:
    """Rules that are on but cannot be judged: id and what is missing."""
    reasons = {rule.id: rule.missing(school) for rule in policy.rules if rule.weight}
    return {rule: reason for rule, reason in reasons.items() if reason}
