"""Shared by the rules about stated limits: what to say where none is. An equal reason is told once for all rules."""

from __future__ import annotations

from untisopt.i18n import _


def of_teachers() -> str:
    """Neither GPU004 nor the policy states the limit for any teacher."""
    return _("no such limit of a teacher is stated (GPU004 or the policy)")


def of_grades() -> str:
    """Neither GPU003 nor the policy states the limit for any grade."""
    return _("no such limit of a grade is stated (GPU003 or the policy)")


def of_subjects() -> str:
    """Neither GPU006 nor the policy states the limit for any subject."""
    return _("no such limit of a subject is stated (GPU006 or the policy)")


def by_policy() -> str:
    """The policy does not state the limit, and no export could."""
    return _("the policy states no such limit")
