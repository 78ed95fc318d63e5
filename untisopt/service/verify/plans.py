"""An independent check that one export is a sound repair of another; knows neither the model nor the solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from textwrap import shorten
from typing import TYPE_CHECKING

from untisopt.domain.changes import changes
from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier, Violation
from untisopt.domain.timetable import Placement, Timetable
from untisopt.i18n import _, ngettext
from untisopt.io.untis import Export
from untisopt.io.untis.rows.match import match
from untisopt.results.verify import BrokenRule, VerifyDocument
from untisopt.rules import CLASH_RULES, judge
from untisopt.service.check import not_judged
from untisopt.service.diff import added_lectures, compared, lost_lectures, read_pair
from untisopt.service.reading.plan import PathLike, Plan, PolicyLike

if TYPE_CHECKING:
    from pandas import DataFrame

_LONGEST_ROW = 240


@dataclass(frozen=True, kw_only=True)
class VerifyResult(VerifyDocument):
    """What :func:`verify` found; the parameters are those of a VerifyDocument.

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

    @property
    def score(self) -> DataFrame:
        """One row per judged rule: before and after."""
        from untisopt.service import frames

        return frames.score(self.policy, self.score_before, self.score_after)


def verify(before: Plan | PathLike, after: Plan | PathLike, policy: PolicyLike = None) -> VerifyResult:
    """Check that `after` holds everything that `before` holds and breaks no rule that `before` keeps.

    Parameters
    ----------
    before, after : Plan, str or Path
    policy : Policy, str, Path or None
        As for :func:`~untisopt.read`, for both exports. None: the policy of `before`.

    Returns
    -------
    VerifyResult
        Its `ok` says whether all is well.

    Raises
    ------
    InputError
        An export or the policy cannot be read.
    """
    one, other = read_pair(before, after, policy)
    matched = match(one.export, other.export)
    school = one.school
    score_before = judge(school, school.as_is, one.policy.rules)
    known, unknown = _in_known_rooms(school, matched.timetable)
    score_after = judge(school, known, one.policy.rules)
    return VerifyResult(
        before=one.source,
        after=compared(other, matched),
        school=school,
        moves=changes(school.as_is, matched.timetable),
        lost=lost_lectures(school, matched),
        added=added_lectures(other.school, matched),
        altered=(*_altered_rows(one.export, other.export), *unknown),
        broken=tuple(_broken_rules(one, score_before, score_after)),
        score_before=score_before,
        score_after=score_after,
        policy=one.policy,
        not_judged=not_judged(school, one.policy),
        plans=(one, other),
    )


def _in_known_rooms(school: School, timetable: Timetable) -> tuple[Timetable, list[str]]:
    """The plan without rooms that the plan before does not know, and a sentence for each of those rooms."""
    unknown: set[str] = set()
    placements = {}
    for id_, placement in timetable.items():
        strange = {room for rooms in placement.rooms for room in rooms if room not in school.rooms}
        if strange:
            unknown |= strange
            rooms = tuple(tuple(room for room in of_course if room not in strange) for of_course in placement.rooms)
            placements[id_] = Placement(placement.period, rooms)
    text = _("room {room} is not in the plan before; are these two exports of one school?")
    return timetable.replace(placements), [text.format(room=room) for room in sorted(unknown)]


def _altered_rows(before: Export, after: Export) -> Iterator[str]:
    """Rows that only one of the files holds when day, period and room are left aside.

    Reads the fields of the files themselves and so does not depend on how lectures were understood. Two different
    kinds of files cannot be compared that way; there the lectures say what is lost.
    """
    if before.timetable is not after.timetable:
        return
    ours, theirs = (export.timetable_file.fixed_fields() for export in (before, after))
    for fields, count in (ours - theirs).items():
        text = ngettext("missing once: {row}", "missing {count} times: {row}", count)
        yield text.format(count=count, row=_told(fields))
    for fields, count in (theirs - ours).items():
        text = ngettext("once too many: {row}", "{count} times too many: {row}", count)
        yield text.format(count=count, row=_told(fields))


def _told(fields: tuple[str, ...]) -> str:
    """The fields of a row in one line; those of the XML can be very long."""
    return shorten(" ".join(filter(None, fields)), _LONGEST_ROW, placeholder=" ...")


def _broken_rules(plan: Plan, before: Score, after: Score) -> Iterator[BrokenRule]:
    for rule in plan.policy.rules:
        if rule.tier is not Tier.RULES:
            continue
        known, found = (_by_whom(rule.id, score) for score in (before, after))
        worse = {key for key, amount in found.items() if amount > known[key]}
        if not worse:
            continue
        told = set(before.of(rule.id))
        new = [v for v in after.of(rule.id) if v not in told and _whom(rule.id, v) in worse]
        sentences = tuple(dict.fromkeys(rule.explain(violation, plan.school) for violation in new))
        yield BrokenRule(rule=rule.id, before=before.amount(rule.id), after=after.amount(rule.id), new=sentences)


def _by_whom(rule: str, score: Score) -> Counter[Hashable]:
    """Amounts by what must not get worse, so that one person's relief does not pay for another's burden."""
    found: Counter[Hashable] = Counter()
    for violation in score.of(rule):
        found[_whom(rule, violation)] += violation.amount
    return found


def _whom(rule: str, violation: Violation) -> Hashable:
    """Whom a finding burdens: a person and day; for clashes the person or room; else the lectures."""
    facts = violation.facts
    if rule in CLASH_RULES.values():
        return facts.kind, facts.name
    return (facts.kind, facts.name, facts.day) if facts.kind is not None else facts.lectures
