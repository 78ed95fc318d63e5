"""Runs the compiled annealing: several annealers side by side, in short turns, so that the caller keeps control."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from untisopt.engines.kempe.arrays import I32
    from untisopt.engines.kempe.problem import KempeProblem

SPARE_USES = 4
"""Uses that a resource may have in a cell beyond the most it has in the plan that comes in."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A cooling schedule.

    Parameters
    ----------
    hot, cold : float
        First and last temperature, in points.
    trials : int
        Moves tried from hot to cold.
    """

    hot: float
    cold: float
    trials: int


class Annealer:
    """One chain of states with its own random numbers.

    Parameters
    ----------
    problem : KempeProblem
    starts : array of int
        Start cells of the plan to begin with.
    seed : int
        >= 0.
    """

    def __init__(self, problem: KempeProblem, starts: I32, seed: int) -> None:
        from untisopt.engines.kempe.arrays import Scratch, State
        from untisopt.engines.kempe.kernel import MAX_CHAIN

        data = problem.data
        resources, cells, days = len(data.is_person), len(data.cells), len(data.cells) // data.width
        room = _most_uses(problem, starts) + SPARE_USES
        self._data = data
        self._state = State(
            start=starts.copy(),
            load=np.zeros((resources, cells), np.int32),
            there=np.zeros((resources, cells, room), np.int32),
            sites=np.full((len(data.group_class), cells), -1, np.int32),
            changes=np.zeros((resources, days), np.int32),
            short=np.zeros((resources, days), np.int32),
            measured=np.zeros((len(data.watch_weekly), data.classes, days), np.int32),
            watched=np.zeros(resources, np.int64),
            best=starts.copy(),
            totals=np.zeros(8, np.int64),
        )
        most = MAX_CHAIN * 2 * max(1, int(np.diff(data.use_of).max()))
        self._scratch = Scratch(
            chain=np.zeros(MAX_CHAIN, np.int32),
            goes_to=np.zeros(MAX_CHAIN, np.int32),
            came_from=np.zeros(MAX_CHAIN, np.int32),
            mark=np.zeros(len(starts), np.int64),
            seen=np.zeros((resources, days), np.int64),
            stamp=np.zeros(1, np.int64),
            people=np.zeros(most, np.int32),
            days=np.zeros(most, np.int32),
            old_changes=np.zeros(most, np.int32),
            old_short=np.zeros(most, np.int32),
            old_measured=np.zeros(
                (most, max(1, int((np.diff(data.watch_of) * np.diff(data.group_of)).max()))), np.int32
            ),
            old_watched=np.zeros(most, np.int64),
        )
        # xorshift needs a state other than 0, and neighbouring seeds should not give neighbouring sequences.
        self._state.totals[3] = (seed + 1) * 0x9E3779B97F4A7C % (1 << 62) | 1
        self.load(starts)
        self._state.totals[1] = self._state.totals[0]

    def load(self, starts: I32) -> None:
        """Go on from another plan; the best plan so far is kept."""
        from untisopt.engines.kempe.kernel import load

        if not load(self._data, self._state, starts):
            raise ValueError("a cell has more uses than the annealer has room for")

    def run(self, schedule: Schedule, done: int, trials: int) -> None:
        """Make some trials of a schedule, `done` of which were made before. Releases the interpreter lock."""
        from untisopt.engines.kempe.kernel import anneal

        anneal(
            self._data,
            self._state,
            self._scratch,
            trials,
            float(schedule.hot),
            float(schedule.cold),
            done,
            schedule.trials,
        )

    @property
    def points(self) -> int:
        """Points of the plan it is at."""
        return int(self._state.totals[0])

    @property
    def starts(self) -> I32:
        """Start cells of the plan it is at."""
        return self._state.start.copy()

    @property
    def best_points(self) -> int:
        """Points of the best plan so far."""
        return int(self._state.totals[1])

    @property
    def best(self) -> I32:
        """Start cells of the best plan so far."""
        return self._state.best.copy()


def _most_uses(problem: KempeProblem, starts: I32) -> int:
    data = problem.data
    count = np.zeros((len(data.is_person), len(data.cells)), np.int32)
    lengths = data.length[data.use_block]
    for offset in range(int(lengths.max(initial=0))):
        lies = lengths > offset
        np.add.at(count, (data.use_resource[lies], starts[data.use_block[lies]] + offset), 1)
    return int(count.max(initial=0))


class Crew:
    """Annealers with neighbouring seeds that work side by side on one problem.

    The result depends on the number of annealers, the seed and the trials, not on the machine's speed.
    """

    def __init__(self, problem: KempeProblem, starts: I32, *, size: int, seed: int) -> None:
        self._annealers = [Annealer(problem, starts, seed * 1_000 + i) for i in range(size)]
        self._pool = ThreadPoolExecutor(max_workers=size)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True)

    def run(self, schedule: Schedule, done: int, trials: int) -> None:
        """Let every annealer make some trials of a schedule."""
        for future in [self._pool.submit(annealer.run, schedule, done, trials) for annealer in self._annealers]:
            future.result()

    def load(self, starts: I32) -> None:
        """Let every annealer go on from a plan; the best plans so far are kept."""
        for annealer in self._annealers:
            annealer.load(starts)

    @property
    def points(self) -> tuple[int, ...]:
        """Points of the plans they are at."""
        return tuple(annealer.points for annealer in self._annealers)

    @property
    def _leader(self) -> Annealer:
        return min(self._annealers, key=lambda annealer: annealer.best_points)

    @property
    def best_points(self) -> int:
        """Points of the best plan of all."""
        return self._leader.best_points

    @property
    def best(self) -> I32:
        """Start cells of the best plan of all."""
        return self._leader.best


class Compilation:
    """Compiles, or loads from the cache, the kernel in the background."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._error: Exception | None = None
        threading.Thread(target=self._compile, daemon=True, name="compile kempe kernel").start()

    def _compile(self) -> None:
        try:
            from untisopt.engines.kempe.smallest import anneal_smallest

            anneal_smallest()
        except Exception as error:  # noqa: BLE001  handed to the thread that waits
            self._error = error
        finally:
            self._done.set()

    @property
    def ready(self) -> bool:
        """Whether waiting would end at once."""
        return self._done.is_set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the kernel, for some seconds at most, and say whether it is ready.

        Raises what went wrong in the background.
        """
        ready = self._done.wait(seconds)
        if self._error is not None:
            raise self._error
        return ready
