"""Explain single lectures of a repair after events: what drives a move, what it costs to keep it, who is touched."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from pathlib import Path

from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move
from untisopt.domain.events import Event, Requirements
from untisopt.domain.lessons import Block
from untisopt.domain.timetable import Placement
from untisopt.engines.session import ShouldStop, never
from untisopt.io.events.lectures import find_lectures
from untisopt.results.event_report import Fate, RepairReport
from untisopt.results.events import EventsDocument
from untisopt.results.explain_events import ExplainedMove, RepairExplainDocument
from untisopt.service.events.outcome import EventsOutcome, events_document
from untisopt.service.events.reasons import reasons_of
from untisopt.service.events.search import Work, with_duties
from untisopt.service.reading.repair_folder import StoredRepair, read_repair


def explain_repair(
    path: Path, lecture: str, *, seconds: float, should_stop: ShouldStop | None = None
) -> RepairExplainDocument:
    """Explain the lectures of a repair after events that a text names.

    Parameters
    ----------
    path : Path
        The folder that untisopt repair has written.
    lecture : str
        `177@5.5`, `177`, `177 Fri 5` or `Ma 10.3 Fri 5`: where it stood before the repair.
    seconds : float
        How long to search for each plan in which a lecture stays; 0: not at all.
    should_stop : callable or None
        Asked now and then; True ends the search with what is known.

    Raises
    ------
    InputError
        It is no repair, or the text names no lecture of it.
    """
    stored = read_repair(path)
    outcome = stored.outcome
    report = stored.report(reasons_of(outcome, stored.document))
    asked = find_lectures(lecture, report.school)
    moves = {move.lecture: move for move in report.moves}
    fate_of = {move.lecture: fate for fate, fated in report.fates.items() for move in fated}
    block_of = outcome.event.school.block_of
    blocks = dict.fromkeys(block_of[id_] for id_ in asked if id_ in moves)
    return RepairExplainDocument(
        report=report,
        asked=lecture,
        seconds=seconds,
        moved=tuple(_explained(stored, report, moves, block, seconds, should_stop or never) for block in blocks),
        others=tuple((id_, fate_of[id_]) for id_ in asked if id_ in fate_of and id_ not in moves),
        staying=tuple(id_ for id_ in asked if id_ not in fate_of),
    )


def _explained(
    stored: StoredRepair,
    report: RepairReport,
    moves: dict[str, Move],
    block: Block,
    seconds: float,
    should_stop: ShouldStop,
) -> ExplainedMove:
    own = tuple(moves[id_] for id_ in block.lectures if id_ in moves)
    ruled_out = _ruled_out(stored.outcome, block)
    kept = None if ruled_out or not seconds else _kept(stored.outcome, own, seconds, should_stop)
    return ExplainedMove(
        moves=own,
        chain=_chain(stored.outcome, report, block),
        ruled_out=report.reasons[own[0].lecture].stated if ruled_out else (),
        kept=kept,
    )


def _chain(outcome: EventsOutcome, report: RepairReport, block: Block) -> tuple[tuple[Move, ...], ...]:
    """The blocks that displace it, directly or over others: the nearest first."""
    school = outcome.event.school
    changed = {move.lecture: move for fate in (Fate.MOVED, Fate.ROOM, Fate.ADDED) for move in report.fates[fate]}
    seen, queue = {block.id}, deque([block])
    found: list[tuple[Move, ...]] = []
    while queue:
        one = queue.popleft()
        comers = (id_ for own in one.lectures if own in report.reasons for id_ in report.reasons[own].makes_room_for)
        for comer in dict.fromkeys(school.block_of[id_] for id_ in comers):
            if comer.id not in seen:
                seen.add(comer.id)
                queue.append(comer)
                found.append(tuple(changed[id_] for id_ in comer.lectures if id_ in changed))
    return tuple(found)


def _ruled_out(outcome: EventsOutcome, block: Block) -> bool:
    """Whether the events themselves say that the block cannot stay in its periods, in whatever rooms."""
    school, required = outcome.event.school, outcome.event.required
    for id_ in block.lectures:
        period = school.as_is[id_].period
        away = any(period in required.vacated.get(person, ()) for person in school.people[id_])
        if away or period in required.dropped or period in required.forbidden.get(id_, ()):
            return True
    return False


def _kept(
    outcome: EventsOutcome, moves: tuple[Move, ...], seconds: float, should_stop: ShouldStop
) -> EventsDocument | None:
    """The repair in which lectures stay in their periods, and where only rooms change, in their rooms as well.

    None: it was not found out in time whether everything can have a place then.
    """
    event, options = outcome.event, outcome.options
    held = Event(event.school, event.required.also(_held(event, moves)))
    allowed = with_duties(event.school, outcome.policy, outcome.before)
    solve = replace(options.solve, time_limit=seconds)
    answer = Work(held, outcome.policy, allowed, solve, options.by_people, should_stop, None).search_known()
    if answer is None:
        return None
    return events_document(replace(outcome, event=held, answer=answer, options=replace(options, solve=solve)))


def _held(event: Event, moves: tuple[Move, ...]) -> Requirements:
    school = event.school
    forbidden: dict[str, frozenset[Period]] = {}
    unfit: dict[tuple[str, int], frozenset[str]] = {}
    for move in moves:
        forbidden[move.lecture] = frozenset(school.grid.periods) - {move.before.period}
        if not move.changes_period:
            unfit |= _other_rooms(frozenset(school.rooms), move.lecture, move.before)
    return Requirements(forbidden=forbidden, unfit=unfit)


def _other_rooms(all_rooms: frozenset[str], lecture: str, place: Placement) -> dict[tuple[str, int], frozenset[str]]:
    """All rooms that a lecture did not have, course by course."""
    return {(lecture, i): all_rooms - frozenset(rooms) for i, rooms in enumerate(place.rooms) if rooms}
