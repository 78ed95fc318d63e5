"""Compare two exports of one school: what moved, what is lost or new."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from untisopt.domain.changes import Move, changes
from untisopt.domain.school import School
from untisopt.i18n import ngettext
from untisopt.io.untis.rows.match import Match, match
from untisopt.results.diff import DiffDocument
from untisopt.results.source import Source
from untisopt.service.reading.plan import PathLike, Plan, PolicyLike, as_plan
from untisopt.wording import lecture_name, place

if TYPE_CHECKING:
    from pandas import DataFrame

_ALIKE = 0.5
"""Share of the lectures of the smaller plan that two plans of one school have in common at least."""


@dataclass(frozen=True, kw_only=True)
class DiffResult(DiffDocument):
    """What :func:`diff` found; the parameters are those of a DiffDocument.

    Parameters
    ----------
    plans : tuple of Plan
        The exports before and after.
    """

    plans: tuple[Plan, Plan] = field(repr=False)

    @property
    def changes(self) -> DataFrame:
        """One row per moved lecture."""
        from untisopt.service import frames

        return frames.changes(self.school, self.moves)


def diff(before: Plan | PathLike, after: Plan | PathLike, policy: PolicyLike = None) -> DiffResult:
    """List what moved between two exports of one school.

    Parameters
    ----------
    before, after : Plan, str or Path
        The exports; lectures are paired within their lesson number.
    policy : Policy, str, Path or None
        As for :func:`~untisopt.read`, for both exports. None: the policy of `before`.

    Returns
    -------
    DiffResult

    Raises
    ------
    InputError
        An export or the policy cannot be read.
    """
    one, other = read_pair(before, after, policy)
    matched = match(one.export, other.export)
    return DiffResult(
        before=one.source,
        after=compared(other, matched),
        school=one.school,
        moves=_moves(one.school, matched),
        lost=lost_lectures(one.school, matched),
        added=added_lectures(other.school, matched),
        plans=(one, other),
    )


def read_pair(before: Plan | PathLike, after: Plan | PathLike, policy: PolicyLike) -> tuple[Plan, Plan]:
    """Read two exports by one policy."""
    one = as_plan(before, policy)
    # Pins, scope and blocked times name places and people of the first plan; the second is only asked where things are.
    return one, as_plan(after, one.policy.for_another_plan())


def compared(after: Plan, matched: Match) -> Source:
    """What was read as the plan after, with notes on what could not be compared."""
    source = after.source
    limits = (*matched.notes, *_strangers(len(after.school.lectures), matched))
    return replace(source, notes=(*source.notes, *limits), limits=limits)


def _moves(school: School, matched: Match) -> tuple[Move, ...]:
    """What moves; a lecture whose counterpart is another lecture is told as lost and as added, so not here as well."""
    altered = {pair.before for pair in matched.mismatch.altered}
    return tuple(move for move in changes(school.as_is, matched.timetable) if move.lecture not in altered)


def _strangers(lectures: int, matched: Match) -> tuple[str, ...]:
    """A warning where hardly anything of the smaller plan is found in the other; `lectures` are those of the second."""
    ours, mismatch = len(matched.timetable), matched.mismatch
    common = ours - len(mismatch.lost) - len(mismatch.altered)
    smaller = min(ours, lectures)
    if common >= _ALIKE * smaller:
        return ()
    text = ngettext(
        "these do not look like exports of one school: of {smaller} lectures, {count} is in both",
        "these do not look like exports of one school: of {smaller} lectures, {count} are in both",
        common,
    )
    return (text.format(smaller=smaller, count=common),)


def lost_lectures(school: School, matched: Match) -> tuple[str, ...]:
    """Lectures of the plan before, in words, that the plan after does not have."""
    altered = (pair.before for pair in matched.mismatch.altered)
    return tuple(_told(school, id_) for id_ in (*matched.mismatch.lost, *altered))


def added_lectures(school: School, matched: Match) -> tuple[str, ...]:
    """Lectures of the plan after, in words, that the plan before does not have."""
    altered = (pair.after for pair in matched.mismatch.altered)
    return tuple(_told(school, id_) for id_ in (*matched.mismatch.added, *altered))


def _told(school: School, lecture: str) -> str:
    teachers = ", ".join(school.lectures[lecture].teachers)
    return " ".join([place(school.as_is[lecture].period), lecture_name(school, lecture), teachers]).rstrip()
