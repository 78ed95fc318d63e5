"""Shared by the rules about stated limits: what to say where none is. An equal reason is told once for all rules."""

from __future__ import annotations

from untisopt.i18n import _


class NotStated(str):
    """A reason that lacks nothing: neither export nor policy states what a rule judges, so nothing breaks it."""

    __slots__ = ()


def of_teachers() -> NotStated:
    """Neither GPU004 nor the policy states the limit for any teacher."""
    return NotStated(_("no such limit of a teacher is stated (GPU004 or the policy)"))


def of_grades() -> NotStated:
    """Neither GPU003 nor the policy states the limit for any grade."""
    return NotStated(_("no such limit of a grade is stated (GPU003 or the policy)"))


def of_subjects() -> NotStated:
    """Neither GPU006 nor the policy states the limit for any subject."""
    return NotStated(_("no such limit of a subject is stated (GPU006 or the policy)"))


def by_policy() -> NotStated:
    """The policy does not state the limit, and no export could."""
    return NotStated(_("the policy states no such limit"))


def of_sequences() -> NotStated:
    """Nobody has two lessons with one sequence code, and no lesson sequence has two lessons of the plan."""
    return NotStated(_("no such sequence is stated (GPU002, GPU006 or GPU019)"))
