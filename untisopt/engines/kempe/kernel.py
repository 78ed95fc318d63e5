"""The compiled core of the Kempe-chain annealing.

A move takes a block, a start it may have, and two windows of equal length around its present and its new place. The
block goes over, the blocks it would clash with come back to the other window at the same offset, the blocks those
clash with go over, and so on until nothing clashes. A chain that leaves the windows, meets something that may not move,
or grows too long is dropped. So every state is free of clashes, and all effort goes into what counts.

References
----------
C. Morgenstern and H. Shapiro, Coloring techniques for scheduling, 1990 (Kempe chains); R. Lewis, A survey of
metaheuristic-based techniques for university timetabling problems, OR Spectrum 30 (2008).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numba import njit

from untisopt.engines.kempe.arrays import I32, I64, NO_LIMIT, Data, Scratch, State

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """Compile a function of the kernel.

    The kernel allocates nothing, so it is compiled without reference counting (`_nrt`): counting the arrays of
    :class:`Data` at every call would cost more than the calls themselves.
    The result is cached on disk, unless numba finds no folder that it may write to.
    """
    try:
        return njit(cache=True, nogil=True, _nrt=False)(function)  # type: ignore[call-overload,no-any-return]
    except RuntimeError:
        return njit(nogil=True, _nrt=False)(function)  # type: ignore[call-overload,no-any-return]


MAX_CHAIN = 12


@compiled
def _random(totals: I64) -> int:
    """xorshift64*, kept in `totals[3]`: the same sequence on every machine."""
    x = np.uint64(totals[3])
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    totals[3] = np.int64(x)
    return int((x * np.uint64(2685821657736338717)) >> np.uint64(33))


@compiled
def _uniform(totals: I64) -> float:
    return _random(totals) / 2147483648.0


@compiled
def _look(data: Data, state: State, resource: int, cell: int, week: int) -> int:
    """What somebody has in a cell of a week class: -1 nothing, else the mask of the sites, 0 without a site."""
    found = -1
    for k in range(state.load[resource, cell]):
        use = state.there[resource, cell, k]
        if data.use_weeks[use] >> week & 1:
            offset = cell - state.start[data.use_block[use]]
            found = max(found, 0) | data.sites[data.use_sites[use] + offset * data.classes + week]
    return found


@compiled
def _look_again(data: Data, state: State, resource: int, cell: int) -> None:
    """Note what somebody has in a cell, after it has changed."""
    for g in range(data.group_of[resource], data.group_of[resource + 1]):
        state.sites[g, cell] = _look(data, state, resource, cell, data.group_class[g])


@compiled
def _take(data: Data, state: State, block: int) -> None:
    """Take a block out of the occupancy."""
    for use in range(data.use_of[block], data.use_of[block + 1]):
        resource = data.use_resource[use]
        for i in range(data.length[block]):
            cell = state.start[block] + i
            n = state.load[resource, cell]
            for k in range(n):
                if state.there[resource, cell, k] == use:
                    state.there[resource, cell, k] = state.there[resource, cell, n - 1]
                    break
            state.load[resource, cell] = n - 1
            _look_again(data, state, resource, cell)


@compiled
def _put(data: Data, state: State, block: int, start: int) -> bool:
    """Put a block into the occupancy. False if a cell is full; the block is in none then."""
    for use in range(data.use_of[block], data.use_of[block + 1]):
        for i in range(data.length[block]):
            if state.load[data.use_resource[use], start + i] >= state.there.shape[2]:
                return False
    state.start[block] = start
    for use in range(data.use_of[block], data.use_of[block + 1]):
        resource = data.use_resource[use]
        for i in range(data.length[block]):
            cell = start + i
            state.there[resource, cell, state.load[resource, cell]] = use
            state.load[resource, cell] += 1
            _look_again(data, state, resource, cell)
    return True


@compiled
def _judge_week(data: Data, state: State, resource: int, group: int, day: int) -> tuple[int, int, int]:
    """Site changes, changes too short and gaps of a day in the week classes of a group."""
    changes = short = possible = previous = gaps = free = 0
    previous_cell = first = -1
    for p in range(data.width):
        cell = day * data.width + p
        here = state.sites[group, cell]
        if here < 0:
            if first >= 0:
                free += int(data.waits[resource, cell])
            continue
        first = p
        gaps += free
        free = 0
        if here == 0:
            continue
        if previous_cell >= 0 and here != previous:
            short += data.too_short[previous_cell, p, previous, here]
        if previous_cell >= 0 and not possible & here:
            changes += 1
            possible = 0
        # Where lectures run in parallel at several sites, somebody may stay at any site common to the stretch.
        possible = possible & here if possible else here
        previous = here
        previous_cell = cell
    return changes, short, gaps


@compiled
def _judge_day(data: Data, state: State, resource: int, day: int) -> tuple[int, int, bool]:
    """Site changes, changes too short, and whether the gaps are within their limit."""
    changes = short = 0
    fine = True
    for g in range(data.group_of[resource], data.group_of[resource + 1]):
        found, found_short, gaps = _judge_week(data, state, resource, g, day)
        changes += data.group_size[g] * found
        short += data.group_size[g] * found_short
        if found > data.site_day_cap[resource, data.group_class[g], day]:
            fine = False
        cap = data.gap_cap[resource, data.group_class[g], day]
        if cap >= 0 and gaps > cap:
            fine = False
    return changes, short, fine


@compiled
def _mask(data: Data, state: State, group: int, day: int) -> int:
    """The periods of a day in which somebody has something in the week classes of a group, as a bit mask."""
    mask = 0
    for p in range(data.width):
        if state.sites[group, day * data.width + p] >= 0:
            mask |= 1 << p
    return mask


@compiled
def _mask_counted(data: Data, state: State, resource: int, group: int, day: int, bit: int) -> int:
    """The periods of a day in which somebody has something that a rule counts, as a bit mask."""
    mask = 0
    week = data.group_class[group]
    for p in range(data.width):
        cell = day * data.width + p
        for k in range(state.load[resource, cell]):
            use = state.there[resource, cell, k]
            place = data.use_counts[use] + cell - state.start[data.use_block[use]]
            if data.use_weeks[use] >> week & 1 and data.counts[place] >> bit & 1:
                mask |= 1 << p
    return mask


@compiled
def _beyond(data: Data, state: State, watch: int, group: int, day: int) -> int:
    """Points of a watch for a day, or for the week where its limit is one for the week."""
    week_class = data.group_class[group]
    amount = 0
    if data.watch_weekly[watch]:
        for d in range(state.measured.shape[2]):
            amount += state.measured[watch, week_class, d]
    else:
        amount = state.measured[watch, week_class, day]
    surplus = max(0, amount - data.watch_limit[watch, week_class])
    return int(data.watch_cost[watch] * data.group_size[group] * surplus)


@compiled
def _measure(data: Data, state: State, resource: int, day: int) -> tuple[int, bool]:
    """Measure a day anew: points by which the watches of its person change, and whether no limit of a day is broken."""
    delta = 0
    fine = True
    if data.watch_of[resource] == data.watch_of[resource + 1]:
        return 0, True
    for group in range(data.group_of[resource], data.group_of[resource + 1]):
        week_class = data.group_class[group]
        whole = _mask(data, state, group, day)
        for watch in range(data.watch_of[resource], data.watch_of[resource + 1]):
            mask = whole
            if data.watch_bit[watch] >= 0:
                mask = _mask_counted(data, state, resource, group, day, data.watch_bit[watch])
            amount = data.tables[data.watch_table[watch, day], mask]
            if amount == state.measured[watch, week_class, day]:
                continue
            delta -= _beyond(data, state, watch, group, day)
            state.measured[watch, week_class, day] = amount
            delta += _beyond(data, state, watch, group, day)
            if not data.watch_weekly[watch] and amount > data.watch_cap[watch, week_class, day]:
                fine = False
    state.watched[resource] += delta
    return delta, fine


@compiled
def _weeks_fit(data: Data, state: State, resource: int) -> bool:
    """Whether no limit of a week of somebody is broken."""
    for watch in range(data.watch_of[resource], data.watch_of[resource + 1]):
        if not data.watch_weekly[watch]:
            continue
        for group in range(data.group_of[resource], data.group_of[resource + 1]):
            week_class = data.group_class[group]
            amount = 0
            for d in range(state.measured.shape[2]):
                amount += state.measured[watch, week_class, d]
            if amount > data.watch_cap[watch, week_class, 0]:
                return False
    return True


@compiled
def _site_changes_fit(data: Data, state: State, resource: int) -> bool:
    """Whether nobody changes sites more often in a week than allowed."""
    all_ = 0
    for day in range(state.changes.shape[1]):
        all_ += state.changes[resource, day]
    for group in range(data.group_of[resource], data.group_of[resource + 1]):
        cap = data.site_week_cap[resource, data.group_class[group]]
        # The changes of all groups together are as many as those of one at least.
        if cap == NO_LIMIT or all_ <= cap:
            continue
        changes = 0
        for day in range(state.changes.shape[1]):
            changes += _judge_week(data, state, resource, group, day)[0]
        if changes > cap:
            return False
    return True


@compiled
def _keep_measures(data: Data, state: State, scratch: Scratch, resource: int, day: int, touched: int) -> None:
    """Note the measures of a day, to be put back."""
    k = 0
    scratch.old_watched[touched] = state.watched[resource]
    for watch in range(data.watch_of[resource], data.watch_of[resource + 1]):
        for group in range(data.group_of[resource], data.group_of[resource + 1]):
            scratch.old_measured[touched, k] = state.measured[watch, data.group_class[group], day]
            k += 1


@compiled
def _put_measures_back(data: Data, state: State, scratch: Scratch, touched: int) -> None:
    """Put the measures of a day back."""
    k = 0
    resource, day = scratch.people[touched], scratch.days[touched]
    state.watched[resource] = scratch.old_watched[touched]
    for watch in range(data.watch_of[resource], data.watch_of[resource + 1]):
        for group in range(data.group_of[resource], data.group_of[resource + 1]):
            state.measured[watch, data.group_class[group], day] = scratch.old_measured[touched, k]
            k += 1


@compiled
def _window(data: Data, start: int, length: int) -> bool:
    """Whether a run of cells exists and stays within one day."""
    if start < 0 or start + length > data.cells.shape[0]:
        return False
    if start // data.width != (start + length - 1) // data.width:
        return False
    missing = 0
    for cell in range(start, start + length):
        missing += 1 - data.cells[cell]
    return missing == 0


@compiled
def _chain(
    data: Data, state: State, scratch: Scratch, first: int, target: int, here: int, there: int, length: int
) -> int:
    """Collect the chain that starts with `first` going to `target`; its length, or 0 if it is dropped."""
    chain, goes_to, mark, stamp = scratch.chain, scratch.goes_to, scratch.mark, scratch.stamp[0]
    chain[0] = first
    goes_to[0] = target
    mark[first] = stamp
    size = 1
    done = 0
    while done < size:
        block = chain[done]
        start = goes_to[done]
        done += 1
        if start >= there and start < there + length:
            back = here - there
            window = there
        else:
            back = there - here
            window = here
        for use in range(data.use_of[block], data.use_of[block + 1]):
            resource = data.use_resource[use]
            for cell in range(start, start + data.length[block]):
                for k in range(state.load[resource, cell]):
                    other = data.use_block[state.there[resource, cell, k]]
                    if mark[other] == stamp or not data.conflict[block, other]:
                        continue
                    now = state.start[other]
                    if now < window or now + data.length[other] > window + length:
                        return 0
                    if size >= MAX_CHAIN or not data.may_start[other, now + back]:
                        return 0
                    mark[other] = stamp
                    chain[size] = other
                    goes_to[size] = now + back
                    size += 1
    return size


@compiled
def _lesson_fits(data: Data, state: State, scratch: Scratch, size: int) -> bool:
    """Whether no lesson of the chain gets more blocks on a day than allowed."""
    chain, goes_to = scratch.chain, scratch.goes_to
    for i in range(size):
        block = chain[i]
        day = goes_to[i] // data.width
        if day == state.start[block] // data.width:
            continue
        lesson = data.lesson[block]
        found = 1
        for k in range(data.lesson_of[lesson], data.lesson_of[lesson + 1]):
            other = data.lesson_blocks[k]
            if other == block:
                continue
            start = state.start[other]
            for j in range(size):
                if chain[j] == other:
                    start = goes_to[j]
            if start // data.width == day:
                found += 1
        if found > data.lesson_cap[lesson]:
            return False
    return True


@compiled
def _lesson_has_room(data: Data, state: State, block: int, target: int) -> bool:
    """Whether the lesson of a block may have one more block on the day of a start, as the others lie now."""
    day = target // data.width
    if day == state.start[block] // data.width:
        return True
    lesson = data.lesson[block]
    found = 1
    for k in range(data.lesson_of[lesson], data.lesson_of[lesson + 1]):
        if state.start[data.lesson_blocks[k]] // data.width == day:
            found += 1
    return bool(found <= data.lesson_cap[lesson])


@compiled
def _propose(data: Data, state: State, scratch: Scratch) -> int:
    """Draw a block, a new start and two windows, and collect the chain; its length, or 0."""
    first = data.movable[_random(state.totals) % data.movable.shape[0]]
    choices = data.start_of[first + 1] - data.start_of[first]
    target = data.starts[data.start_of[first] + _random(state.totals) % choices]
    now = state.start[first]
    if now != data.home[first] and _random(state.totals) % 8 == 0:
        # Every plan worth having keeps most blocks where they are, so going home deserves more than its share.
        target = data.home[first]
    if target == now or not _lesson_has_room(data, state, first, target):
        return 0
    length = data.length[first]
    offset = 0
    luck = _random(state.totals) % 8
    if luck < 4:
        # Half of the windows are longer than the block, so that doubles can come back for singles.
        extra = 1 + luck % 3
        offset = _random(state.totals) % (extra + 1)
        length += extra
    here = now - offset
    there = target - offset
    if abs(here - there) < length or not _window(data, here, length) or not _window(data, there, length):
        return 0
    size = _chain(data, state, scratch, first, target, here, there, length)
    if size == 0 or not _lesson_fits(data, state, scratch, size):
        state.totals[6] += 1
        return 0
    return size


@compiled
def _moved(data: Data, state: State, scratch: Scratch, size: int) -> tuple[int, int]:
    """Points and lectures by which the number of moved lectures changes."""
    points = 0
    lectures = 0
    for i in range(size):
        block = scratch.chain[i]
        if state.start[block] == data.home[block]:
            points += data.move_cost[block]
            lectures += data.moved_lectures[block]
        elif scratch.goes_to[i] == data.home[block]:
            points -= data.move_cost[block]
            lectures -= data.moved_lectures[block]
    return points, lectures


@compiled
def _most_gain(data: Data, state: State, scratch: Scratch, size: int) -> int:
    """An upper limit for the points that a chain can save on the days it touches: all that they cost now."""
    gain = 0
    for i in range(size):
        block = scratch.chain[i]
        for use in range(data.use_of[block], data.use_of[block + 1]):
            resource = data.use_resource[use]
            kind = data.is_person[resource]
            if kind == 0:
                continue
            for side in range(2):
                day = (state.start[block] if side == 0 else scratch.goes_to[i]) // data.width
                gain += data.site_cost[kind] * state.changes[resource, day]
                gain += data.travel_cost[kind] * state.short[resource, day]
                gain += state.watched[resource]
    return gain


@compiled
def _apply(data: Data, state: State, scratch: Scratch, size: int) -> int:
    """Make all moves of the chain; how many could be made before a cell was full."""
    for i in range(size):
        scratch.came_from[i] = state.start[scratch.chain[i]]
        _take(data, state, scratch.chain[i])
    placed = 0
    while placed < size and _put(data, state, scratch.chain[placed], scratch.goes_to[placed]):
        placed += 1
    return placed


@compiled
def _undo(data: Data, state: State, scratch: Scratch, size: int, placed: int, touched: int) -> None:
    """Put everything back."""
    for i in range(placed):
        _take(data, state, scratch.chain[i])
    for i in range(size):
        _put(data, state, scratch.chain[i], scratch.came_from[i])
    # Backwards: points of a person's watches are kept per day touched, and the first ones are those from before.
    for k in range(touched):
        i = touched - 1 - k
        state.changes[scratch.people[i], scratch.days[i]] = scratch.old_changes[i]
        state.short[scratch.people[i], scratch.days[i]] = scratch.old_short[i]
        if data.is_limited[scratch.people[i]]:
            _put_measures_back(data, state, scratch, i)


@compiled
def _rejudge(data: Data, state: State, scratch: Scratch, resource: int, day: int, touched: int) -> tuple[int, bool]:
    """Judge one day of one person anew: points gained or lost, and whether no limit is broken."""
    changes, short, fine = _judge_day(data, state, resource, day)
    kind = data.is_person[resource]
    scratch.people[touched] = resource
    scratch.days[touched] = day
    scratch.old_changes[touched] = state.changes[resource, day]
    scratch.old_short[touched] = state.short[resource, day]
    delta = data.site_cost[kind] * (changes - state.changes[resource, day])
    delta += data.travel_cost[kind] * (short - state.short[resource, day])
    state.changes[resource, day] = changes
    state.short[resource, day] = short
    fine = fine and short <= data.travel_cap[resource, day]
    if not data.is_limited[resource]:
        return delta, fine
    _keep_measures(data, state, scratch, resource, day, touched)
    points, measures_fit = _measure(data, state, resource, day)
    return delta + points, fine and measures_fit


@compiled
def _judge_chain(data: Data, state: State, scratch: Scratch, size: int, stamp: int) -> tuple[int, int, bool]:
    """Judge all days that a chain touches: points, how many days, and whether no limit is broken."""
    delta = touched = 0
    for i in range(size):
        block = scratch.chain[i]
        for use in range(data.use_of[block], data.use_of[block + 1]):
            resource = data.use_resource[use]
            if data.is_person[resource] == 0:
                continue
            for side in range(2):
                day = (scratch.came_from[i] if side == 0 else scratch.goes_to[i]) // data.width
                if scratch.seen[resource, day] == stamp:
                    continue
                scratch.seen[resource, day] = stamp
                points, fine = _rejudge(data, state, scratch, resource, day, touched)
                touched += 1
                delta += points
                if not fine:
                    return delta, touched, False
    for i in range(touched):
        person = scratch.people[i]
        if data.is_limited[person] and not (_weeks_fit(data, state, person) and _site_changes_fit(data, state, person)):
            return delta, touched, False
    return delta, touched, True


@compiled
def _try(data: Data, state: State, scratch: Scratch, temperature: float) -> None:
    """Try one move."""
    scratch.stamp[0] += 1
    size = _propose(data, state, scratch)
    if size == 0:
        return
    delta, lectures = _moved(data, state, scratch, size)
    if data.budget >= 0 and lectures > 0 and state.totals[2] + lectures > data.budget:
        return
    # Metropolis with the random number drawn first: most moves cannot pass, and that shows before they are made.
    most = -temperature * np.log(_uniform(state.totals) + 1e-12)
    if delta > most and delta - _most_gain(data, state, scratch, size) > most:
        return
    placed = _apply(data, state, scratch, size)
    touched = 0
    fine = placed == size
    if fine:
        points, touched, fine = _judge_chain(data, state, scratch, size, scratch.stamp[0])
        delta += points
    if fine and delta <= most:
        state.totals[0] += delta
        state.totals[2] += lectures
        state.totals[4] += 1
        if state.totals[0] < state.totals[1]:
            state.totals[1] = state.totals[0]
            for i in range(state.start.shape[0]):
                state.best[i] = state.start[i]
    else:
        _undo(data, state, scratch, size, placed, touched)


@compiled
def anneal(
    data: Data, state: State, scratch: Scratch, trials: int, hot: float, cold: float, done: int, planned: int
) -> None:
    """Try `trials` moves; the temperature falls geometrically from `hot` to `cold` over `planned` trials.

    Parameters
    ----------
    trials, done, planned : int
        Trials to make now, made before in this schedule, and of the whole schedule.
    hot, cold : float
        Temperatures in points.
    """
    temperature = hot
    for trial in range(trials):
        if trial % 256 == 0:
            temperature = hot * (cold / hot) ** ((done + trial) / planned)
        state.totals[5] += 1
        _try(data, state, scratch, temperature)


@compiled
def load(data: Data, state: State, starts: I32) -> bool:
    """Set up the state for a plan: occupancy, days of all people, points. False if a cell has no room for all uses."""
    state.load.fill(0)
    state.sites.fill(-1)
    state.measured.fill(0)
    state.watched.fill(0)
    state.totals[2] = 0
    points = data.constant
    for block in range(starts.shape[0]):
        if not _put(data, state, block, starts[block]):
            return False
        if starts[block] != data.home[block]:
            points += data.move_cost[block]
            state.totals[2] += data.moved_lectures[block]
    for resource in range(data.is_person.shape[0]):
        kind = data.is_person[resource]
        for day in range(data.cells.shape[0] // data.width if kind else 0):
            changes, short, _fine = _judge_day(data, state, resource, day)
            state.changes[resource, day] = changes
            state.short[resource, day] = short
            points += data.site_cost[kind] * changes + data.travel_cost[kind] * short
            watched, _fits = _measure(data, state, resource, day)
            points += watched
    state.totals[0] = points
    return True
