"""Plans that break a rule which the search did not know: what breaks it goes back, and the rest may be kept.

The chains know most rules, not all. A plan of theirs that breaks one of the others need not be thrown away: the blocks
that break it return to where they stand today, and those that took their places with them, until nothing is broken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Sequence

from untisopt.domain.lessons import Block
from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.rules import Rule, judge

MOST_ROUNDS = 12
"""How often blocks go back; what is not mended by then is given up."""


def mended(
    school: School, rules: Sequence[Rule], before: Score, timetable: Timetable, score: Score
) -> tuple[Timetable, Score] | None:
    """Send blocks back until no rule is broken newly, nowhere.

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
        new = surplus_findings(school, before, score)
        if not new:
            return timetable, score
        moved = timetable.differing(school.as_is)
        gone = {block for violation in new for block in _to_blame(school, timetable, violation, moved)}
        if not gone:
            return None
        timetable = timetable.replace({id_: school.as_is[id_] for block in gone for id_ in block.lectures})
        if not timetable.differing(school.as_is):
            return None
        score = judge(school, timetable, rules)
    return None


def surplus_findings(school: School, before: Score, score: Score) -> list[Violation]:
    """What rules of the first tier find more of than before, each finding by itself.

    That is what the strict model forbids: a person's day may not get worse even if another day gets better. Travel
    counts per person and day, core times as well, in every week class, and clashes per pair of lessons and week class;
    everything else by all that it is about.
    """
    allowed: Counter[Hashable] = Counter()
    for rule, found in before.rules.items():
        if found.tier is Tier.RULES:
            for violation in before.of(rule):
                allowed[_key(school, violation)] += violation.amount
    new = []
    for rule, found in score.rules.items():
        for violation in score.of(rule) if found.tier is Tier.RULES and found.amount else ():
            key = _key(school, violation)
            allowed[key] -= violation.amount
            if allowed[key] < 0:
                new.append(violation)
    return new


def _key(school: School, violation: Violation) -> Hashable:
    facts = violation.facts
    if violation.rule.endswith("-travel"):
        return violation.rule, facts.name, facts.day
    if violation.rule.endswith("-core-time"):
        return violation.rule, facts.name, facts.day, facts.week_class
    if violation.rule.endswith("-clash"):
        return violation.rule, facts.name, facts.week_class, frozenset(map(school.party, facts.lectures))
    return violation.rule, facts


def _to_blame(school: School, timetable: Timetable, violation: Violation, moved: Collection[str]) -> set[Block]:
    """Blocks of moved lectures that have to do with a violation."""
    return {school.block_of[id_] for id_ in _concerned(school, timetable, violation) if id_ in moved}


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
