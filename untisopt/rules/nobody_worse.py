"""Nobody worse: the rules that one switch of the policy turns on together.

Each of them forbids that somebody's week gets worse in one respect than it is today.
"""

from __future__ import annotations

from untisopt.rules.grade_site_changes_kept import GradeSiteChangesKept
from untisopt.rules.teacher_days_kept import TeacherDaysKept
from untisopt.rules.teacher_edges_kept import TeacherEdgesKept
from untisopt.rules.teacher_gaps_kept import TeacherGapsKept
from untisopt.rules.teacher_site_changes_kept import TeacherSiteChangesKept

NOBODY_WORSE: tuple[str, ...] = (
    TeacherGapsKept.id,
    TeacherDaysKept.id,
    TeacherEdgesKept.id,
    TeacherSiteChangesKept.id,
    GradeSiteChangesKept.id,
)
"""Ids of the rules, in the order in which they are judged."""
