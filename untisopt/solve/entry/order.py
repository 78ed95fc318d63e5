"""The order in which the changes of a plan are entered by hand, so that no single entry clashes.

A lecture can be entered when everybody who uses its people or rooms there has left. Where lectures wait for one another
in a circle, one of them is put away into a free place and brought back later. Every circle needs that; and nobody waits
for a lecture that is put away. So the fewest parkings are the fewest lectures that meet every circle.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move, changes
from untisopt.domain.entry import EntryList, Step, StepKind, on_plan
from untisopt.domain.runs import MovedRun, moved_runs
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement, Timetable
from untisopt.solve.entry.conflicts import blockers
from untisopt.solve.entry.cycles import DETERMINISTIC_LIMIT, cut_cycles
from untisopt.solve.entry.schedule import Entry, Part, schedule
from untisopt.solve.entry.slots import NEVER, Board, is_aside, lowest_day, off_plan

Places = Sequence[Placement]

_NO_PLACE = 1000
"""Price of putting away a run that has no place free all the time, against the number of lectures and people of it."""


def entry_order(
    school: School,
    before: Timetable,
    after: Timetable,
    *,
    packages: Mapping[str, int] | None = None,
    limit: float = DETERMINISTIC_LIMIT,
) -> EntryList:
    """Order the changes that turn one plan into another.

    A step moves the lectures of a block that keep together. As far as the order is free, packages are entered one
    after the other, in them the lessons by their number, and a lecture that was put away comes back soon.

    Parameters
    ----------
    school : School
    before, after : Timetable
        Hold the lectures of the school. Clashes that one of them has are no clash of a step.
    packages : mapping of str to int, optional
        Lecture id to the number of the package that it belongs to; lectures without one come last.
    limit : float
        Deterministic time of the search for the fewest parkings, per set of lectures that wait for one another.

    Returns
    -------
    EntryList

    Raises
    ------
    ValueError
        The two timetables do not hold the same lectures.
    """
    moves = [move for move in changes(before, after) if on_plan(move.before) or on_plan(move.after)]
    runs = _in_order(moved_runs(school, moves), school, packages or {})
    waits = blockers(school, runs)
    follows = _reversed(waits)
    always = Board(school, before, runs, [(NEVER, -NEVER)] * len(runs))
    prices = {run: _price(school, always, runs[run]) if waits[run] and follows[run] else 0 for run in follows}
    cut = cut_cycles(follows, prices, limit)
    entries = schedule(waits, cut.nodes)
    board = Board(school, before, runs, _times(len(runs), entries))
    away = _put_away(board, runs, entries, lowest_day(before, after))
    return EntryList(
        steps=_steps(school, runs, entries, away),
        parkings=len(cut.nodes),
        least_parkings=cut.least,
        set_asides=sum(map(is_aside, away.values())),
    )


def _in_order(runs: Sequence[MovedRun], school: School, packages: Mapping[str, int]) -> list[MovedRun]:
    """By package, lesson number and place."""
    last = max(packages.values(), default=0) + 1

    def key(run: MovedRun) -> tuple[int, int, Period, str]:
        move = run.first
        return packages.get(move.lecture, last), _lesson(school, run), move.before.period, move.lecture

    return sorted(runs, key=key)


def _lesson(school: School, run: MovedRun) -> int:
    return school.lectures[run.first.lecture].lesson


def _reversed(waits: Sequence[Collection[int]]) -> dict[int, list[int]]:
    """Per run: those that wait for it."""
    follows: dict[int, list[int]] = {run: [] for run in range(len(waits))}
    for run, others in enumerate(waits):
        for other in sorted(others):
            follows[other].append(run)
    return follows


def _price(school: School, always: Board, run: MovedRun) -> int:
    """What makes it less pleasant to put a run away: no free place, many periods, many people."""
    people = {person for move in run.moves for person in school.people[move.lecture]}
    no_place = run.first.changes_period and not always.has_free_period(run)
    return _NO_PLACE * no_place + min(_NO_PLACE - 1, len(run.moves) + len(people))


def _times(runs: int, entries: Sequence[Entry]) -> list[tuple[int, int]]:
    """Per run: the positions of the entries that take it from its old place and bring it to its new one."""
    leaves, enters = [0] * runs, [0] * runs
    for position, (run, part) in enumerate(entries):
        if part is not Part.BACK:
            leaves[run] = position
        if part is not Part.AWAY:
            enters[run] = position
    return list(zip(leaves, enters, strict=True))


def _put_away(board: Board, runs: Sequence[MovedRun], entries: Sequence[Entry], lowest: int) -> dict[int, Places]:
    """Where every run that is put away stands for the time being."""
    times = _times(len(runs), entries)
    found: dict[int, Places] = {}
    for run, part in entries:
        if part is Part.AWAY:
            lowest -= 1
            found[run] = board.put_away(runs[run], times[run]) or off_plan(runs[run], lowest)
    return found


def _steps(
    school: School, runs: Sequence[MovedRun], entries: Sequence[Entry], away: Mapping[int, Places]
) -> tuple[Step, ...]:
    number = {entry: i for i, entry in enumerate(entries, 1)}
    steps = []
    for entry in entries:
        run = runs[entry.run]
        moves = _moves(run, entry.part, away.get(entry.run, ()))
        other = Part.BACK if entry.part is Part.AWAY else Part.AWAY
        steps.append(
            Step(
                number=number[entry],
                kind=_kind(entry.part, moves[0]),
                lesson=_lesson(school, run),
                moves=moves,
                partner=number.get(Entry(entry.run, other)),
            )
        )
    return tuple(steps)


def _moves(run: MovedRun, part: Part, places: Places) -> tuple[Move, ...]:
    if part is Part.WHOLE:
        return run.moves
    pairs = zip(run.moves, places, strict=True)
    if part is Part.AWAY:
        return tuple(replace(move, after=place) for move, place in pairs)
    return tuple(replace(move, before=place) for move, place in pairs)


def _kind(part: Part, move: Move) -> StepKind:
    if not on_plan(move.after):
        return StepKind.SET_ASIDE
    if not on_plan(move.before):
        return StepKind.PLACE
    if part is Part.WHOLE:
        return StepKind.MOVE if move.changes_period else StepKind.ROOMS
    return StepKind.PARK if part is Part.AWAY else StepKind.UNPARK
