"""Why lectures leave their places after events: what would be wrong at their old places, found without the solver."""

from __future__ import annotations

from untisopt.domain.events import KeptFrom, PutAt
from untisopt.domain.lessons import Block
from untisopt.domain.score import Tier, Violation
from untisopt.domain.timetable import Placement
from untisopt.report.words.events import event_words
from untisopt.report.words.findings import findings
from untisopt.results.event_report import EventReason
from untisopt.results.events import EventsDocument
from untisopt.rules import CLASH_RULES, Rule
from untisopt.service.events.obstacles import against
from untisopt.service.events.outcome import EventsOutcome


def reasons_of(outcome: EventsOutcome, document: EventsDocument) -> dict[str, EventReason]:
    """Why lectures move, and why those that have no place lose it; those of a block have one reason.

    Parameters
    ----------
    outcome : EventsOutcome
    document : EventsDocument
        The same in words; what was added and has no place had none before, and gets no reason.
    """
    block_of, as_is = outcome.event.school.block_of, outcome.plan.school.as_is
    lost = [found.lecture for found in document.unplaced if found.lecture in as_is]
    wanted = [*(move.lecture for move in document.moves), *lost]
    rules = [rule for rule in outcome.policy.judged(outcome.event.school) if rule.tier is Tier.RULES]
    by_block = {block.id: _reason(outcome, rules, block) for block in dict.fromkeys(block_of[id_] for id_ in wanted)}
    return {id_: by_block[block_of[id_].id] for id_ in wanted}


def _reason(outcome: EventsOutcome, rules: list[Rule], block: Block) -> EventReason:
    """What stands against the old place of a block while everything else stands as in the repaired plan."""
    school, timetable = outcome.event.school, outcome.answer.timetable
    # The rooms are those of after the event, which may be elsewhere.
    old = {id_: Placement(school.as_is[id_].period, school.as_is[id_].rooms) for id_ in block.lectures}
    tried = timetable.replace(old)
    stated, new = against(school, rules, outcome.event.required, timetable, tried, block, _orders(outcome, block))
    known = {(v.rule, v.facts) for v in outcome.before.violations}
    fresh = [v for v in new if (v.rule, v.facts) not in known]
    clashes = [v for v in fresh if v.rule in CLASH_RULES.values()]
    others = {id_ for v in clashes for id_ in v.facts.lectures if id_ not in block.lectures}
    as_is = outcome.plan.school.as_is
    comers = {id_ for id_ in others if as_is.get(id_) != timetable[id_]}
    return EventReason(
        stated=tuple(dict.fromkeys(stated)),
        collides=_in_words(outcome, rules, [v for v in clashes if not comers.intersection(v.facts.lectures)]),
        makes_room_for=tuple(sorted(comers, key=lambda id_: (timetable[id_].period, id_))),
        broken=_in_words(outcome, rules, [v for v in fresh if v not in clashes]),
    )


def _orders(outcome: EventsOutcome, block: Block) -> list[str]:
    """The events that say where the block has to be or must not be."""
    own = set(block.lectures)
    return [
        event_words(event, outcome.plan.school)
        for event in outcome.happenings
        if (isinstance(event, PutAt) and event.lecture in own)
        or (isinstance(event, KeptFrom) and own.intersection(event.lectures))
    ]


def _in_words(outcome: EventsOutcome, rules: list[Rule], violations: list[Violation]) -> tuple[str, ...]:
    school = outcome.event.school
    found = (
        finding.text
        for rule in rules
        for finding in findings(school, rule, [v for v in violations if v.rule == rule.id])
    )
    return tuple(dict.fromkeys(found))
