"""The arrays that the compiled kernel works on: the problem, the state of one annealer, its working space."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
U8 = npt.NDArray[np.uint8]
NO_LIMIT = 1_000_000


class Data(NamedTuple):
    """What does not change while blocks move.

    A cell is `day index * width + position of the period in the day`. A use is one resource of one block; the uses of
    block `b` are `use_of[b] : use_of[b + 1]`.
    """

    width: int
    """Cells per day."""
    cells: U8
    """Per cell: whether the period exists."""
    length: I32
    """Per block: periods."""
    home: I32
    """Per block: start cell today."""
    movable: I32
    """Blocks that may move."""
    may_start: U8
    """Per block and cell: whether the block may start there."""
    start_of: I32
    """Per block: where its list of starts begins in `starts`."""
    starts: I32
    conflict: U8
    """Per pair of blocks: whether they must not overlap in time."""
    use_of: I32
    use_block: I32
    use_resource: I32
    use_weeks: I32
    """Per use: bit mask of week classes."""
    use_sites: I32
    """Per use: where its sites begin in `sites`, one bit mask per lecture and week class."""
    sites: I32
    is_person: U8
    """Per resource: 1 teacher, 2 grade, 0 anything else, or somebody whose days cannot matter."""
    group_of: I32
    """Per resource: where its groups of week classes begin."""
    group_class: I32
    group_size: I32
    too_short: U8
    """Per cell before, period after, and the two site masks: whether nobody can get from one to the other in time."""
    classes: int
    """Number of week classes."""
    travel_cap: I32
    """Per resource and day: most changes that are too short, as many as today."""
    gap_cap: I32
    """Per resource, week class and day: most gaps; -1: any."""
    waits: U8
    """Per resource and cell: whether the period exists and is a gap if it is free between lectures."""
    site_day_cap: I32
    """Per resource, week class and day: most site changes; :data:`NO_LIMIT` where there is none."""
    site_week_cap: I32
    """Per resource and week class: most site changes in the week."""
    use_counts: I32
    """Per use: where its lectures begin in `counts`; -1 where nobody asks."""
    counts: I32
    """Per lecture of a use: bit mask of the rules that count some lectures only and count this one."""
    is_limited: U8
    """Per resource: whether anybody watches its days, or its week has a limit of site changes."""
    watch_of: I32
    """Per resource: where its watches begin. A watch is a rule that measures its days."""
    watch_weekly: U8
    """Per watch: whether its limit is one for the sum of a week."""
    watch_bit: I32
    """Per watch: its bit in `counts`; -1 if it counts all lectures."""
    watch_cost: I64
    """Per watch: points per unit beyond the limit."""
    watch_limit: I32
    """Per watch and week class: what costs nothing."""
    watch_cap: I32
    """Per watch, week class and day: the most; for a weekly watch on day 0. :data:`NO_LIMIT` where there is none."""
    watch_table: I32
    """Per watch and day: which table."""
    tables: U8
    """Per table and set of periods of a day, as a bit mask: the measure."""
    lesson: I32
    """Per block."""
    lesson_of: I32
    lesson_blocks: I32
    lesson_cap: I32
    """Per lesson: most blocks on a day."""
    move_cost: I64
    """Per block: points if it does not start where it does today, less what its start of today costs."""
    moved_lectures: I32
    """Per block: lectures that move with it."""
    budget: int
    """Most lectures that may move; -1: any."""
    constant: int
    """Points of the plan of today beyond site changes and changes too short."""
    site_cost: I64
    """Points per site change of a teacher [1] or a grade [2]."""
    travel_cost: I64
    """Points per change that is too short, likewise."""


class State(NamedTuple):
    """What changes while blocks move."""

    start: I32
    load: I32
    """Per resource and cell: how many uses lie there."""
    there: I32
    """Per resource, cell and place: the uses."""
    sites: I32
    """Per group of week classes and cell: -1 nothing, else the mask of the sites at which its person is."""
    changes: I32
    """Per resource and day: site changes."""
    short: I32
    """Per resource and day: changes that are too short."""
    measured: I32
    """Per watch, week class and day: the measure."""
    watched: I64
    """Per resource: points of its watches."""
    best: I32
    """Starts of the best plan so far."""
    totals: I64
    """[0] points now, [1] points of the best plan, [2] lectures moved now, [3] random state, [4] moves accepted,
    [5] moves tried, [6] chains dropped."""


class Scratch(NamedTuple):
    """Working space of one annealer, allocated once."""

    chain: I32
    goes_to: I32
    came_from: I32
    mark: I64
    """Per block: the stamp of the last chain it was in."""
    seen: I64
    """Per resource and day: the stamp of the last chain that touched it."""
    stamp: I64
    people: I32
    days: I32
    old_changes: I32
    old_short: I32
    old_measured: I32
    """Per day touched, watch of its person and group of week classes."""
    old_watched: I64
