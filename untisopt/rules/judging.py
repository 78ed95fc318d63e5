"""Judge a timetable by a set of rules."""

from __future__ import annotations

from collections.abc import Sequence

from untisopt.domain.school import School
from untisopt.domain.score import RuleScore, Score, Violation, total
from untisopt.domain.timetable import Timetable
from untisopt.rules.protocol import Rule


def judge(school: School, timetable: Timetable, rules: Sequence[Rule]) -> Score:
    """Check every rule that is on and can be judged, and add up.

    Parameters
    ----------
    school : School
    timetable : Timetable
        Must hold the lectures of the school.
    rules : sequence of Rule

    Returns
    -------
    Score
        Holds the rules that were judged; a rule with weight 0, or one that misses something, is left out.
    """
    scores: dict[str, RuleScore] = {}
    violations: list[Violation] = []
    for rule in rules:
        if not rule.weight or rule.missing(school):
            continue
        found = tuple(rule.check(school, timetable))
        scores[rule.id] = RuleScore(rule.tier, rule.weight, total(found))
        violations += found
    return Score(scores, tuple(violations))
