"""Plans that break a rule which the search did not know: what breaks it goes back, and the rest may be kept.

The chains know most rules, not all. A plan of theirs that breaks one of the others need not be thrown away: the blocks
that break it return to where they stand today, and those that took their places with them, until nothing is broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from untisopt.domain.lessons import Block
from untisopt.domain.school import School
from untisopt.domain.score import Score, Violation
from untisopt.domain.timetable import Timetable
from untisopt.rules import Rule, judge

MOST_ROUNDS = 12
"""How often blocks go back; what is not mended by then is given up."""


def mended(
    school: School, rules: Sequence[Rule], before: Score, timetable: Timetable, score: Score
) -> tuple[Timetable, Score] | None:
    """Send blocks back until no rule is broken newly.

    Parameters
    ----------
    school : School
    rules : sequence of Rule
    before, score : Score
        Of the plan of today, and of `timetable`.
    timetable : Timetable

    Returns
    -------
    tuple of (Timetable, Score) or None
        None if nothing is left of the plan, or it could not be mended.
    """
    for _ in range(MOST_ROUNDS):
        broken = score.newly_broken(before)
        if not broken:
            return timetable, score
        gone = set(_to_blame(school, timetable, before, score, broken))
        if not gone:
            return None
        timetable = timetable.replace({id_: school.as_is[id_] for block in gone for id_ in block.lectures})
        if not timetable.differing(school.as_is):
            return None
        score = judge(school, timetable, rules)
    return None


def _to_blame(
    school: School, timetable: Timetable, before: Score, score: Score, broken: Iterable[str]
) -> Iterator[Block]:
    """Blocks that stand elsewhere and have to do with what is broken newly."""
    moved = timetable.differing(school.as_is)
    for rule in broken:
        known = set(before.of(rule))
        for violation in score.of(rule):
            if violation not in known:
                yield from {school.block_of[id_] for id_ in _concerned(school, timetable, violation) if id_ in moved}


def _concerned(school: School, timetable: Timetable, violation: Violation) -> Iterable[str]:
    """Lectures that a violation is about: those that it names, and all of its person or room on that day, or at all."""
    facts = violation.facts
    found = set(facts.lectures)
    if facts.kind is not None:
        own = (
            id_
            for plan in (timetable, school.as_is)
            for id_, place in plan.items()
            if (facts.day is None or place.period.day == facts.day)
            and (facts.kind, facts.name) in school.resources_of(id_, place)
        )
        named = {school.block_of[id_] for id_ in found}
        # What is named alone is to blame where it can be sent back; a clash is undone by either of the two.
        return found if any(timetable[b.lectures[0]] != school.as_is[b.lectures[0]] for b in named) else {*found, *own}
    lessons = {school.lectures[id_].lesson for id_ in found}
    return {id_ for lesson in lessons for b in school.blocks_of_lesson.get(lesson, ()) for id_ in b.lectures} | found
