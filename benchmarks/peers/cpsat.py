"""Plain CP-SAT: the whole problem as one model with the plan of today as hint, default parameters, one worker per core.

One Boolean per unit and start. At most one unit per thing and period, and per lesson and day. The site of a teacher
with units at both sites is a state that a unit at a site sets; its changes cost, and a clause per pair of periods too
close for the travel has an escape that costs more.

Run as `python -m benchmarks.peers.cpsat INSTANCE SECONDS SEED ANSWER`.
"""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from ortools.sat.python import cp_model

from benchmarks.peers.answer import Answer
from benchmarks.peers.instance import BRANCH, MOVED, SITE_CHANGE, TOO_SHORT, Instance, Slot
from benchmarks.peers.judge import judge

Starts = list[dict[Slot, cp_model.IntVar]]


class Model:
    """The model of an instance.

    Parameters
    ----------
    instance : Instance
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.cp = cp_model.CpModel()
        self.starts: Starts = [{s: self.cp.new_bool_var("") for s in unit.starts} for unit in instance.units]
        self._costs: list[cp_model.LinearExprT] = []
        self._hints: list[tuple[cp_model.IntVar, bool]] = []
        for unit, starts in zip(instance.units, self.starts, strict=True):
            self.cp.add_exactly_one(starts.values())
            self._hints += [(literal, start == unit.home) for start, literal in starts.items()]
            if unit.home in starts:
                self._costs.append(MOVED * unit.length * (1 - starts[unit.home]))
        self._keep_apart()
        self._follow_teachers()
        self.cp.minimize(sum(self._costs) + TOO_SHORT * instance.fixed_too_short + SITE_CHANGE * instance.fixed_changes)
        for variable, value in self._hints:
            self.cp.add_hint(variable, value)

    def plan(self, value: Callable[[cp_model.IntVar], int | bool]) -> list[Slot]:
        """The starts that a solution chooses."""
        return [next(s for s, literal in starts.items() if value(literal)) for starts in self.starts]

    def _keep_apart(self) -> None:
        cells: defaultdict[tuple[object, ...], list[cp_model.IntVar]] = defaultdict(list)
        for unit, starts in zip(self.instance.units, self.starts, strict=True):
            for start, literal in starts.items():
                cells[unit.lesson, start[0]].append(literal)
                for cell in unit.periods(start):
                    for resource in unit.resources:
                        cells[resource, cell].append(literal)
        for row in {tuple(sorted(literals, key=lambda found: found.index)) for literals in cells.values()}:
            if len(row) > 1:
                self.cp.add_at_most_one(row)

    def _follow_teachers(self) -> None:
        instance = self.instance
        for teacher in instance.two_site_teachers():
            own = [i for i, unit in enumerate(instance.units) if teacher in unit.teachers]
            for day in range(instance.days):
                self._follow(own, day)

    def _follow(self, own: Sequence[int], day: int) -> None:
        """Sites of a teacher on a day: literals for either site per period, the state, its changes, short ones."""
        instance = self.instance
        at_main, at_branch = [], []
        today_main = [self._is_there_today(own, (day, p), branch=False) for p in range(instance.periods)]
        today_branch = [self._is_there_today(own, (day, p), branch=True) for p in range(instance.periods)]
        for period in range(instance.periods):
            at_main.append(self._presence(own, (day, period), branch=False, today=today_main[period]))
            at_branch.append(self._presence(own, (day, period), branch=True, today=today_branch[period]))
        self._add_states(at_main, at_branch, today_main, today_branch)
        for before in range(instance.periods):
            for after in range(before + 1, instance.periods):
                if instance.too_short(before, after):
                    between = [*at_main[before + 1 : after], *at_branch[before + 1 : after]]
                    free = not any([*today_main[before + 1 : after], *today_branch[before + 1 : after]])
                    for one, other, today, then in (
                        (at_main, at_branch, today_main, today_branch),
                        (at_branch, at_main, today_branch, today_main),
                    ):
                        self._price_short(one[before], other[after], between, today[before] and then[after] and free)

    def _is_there_today(self, own: Sequence[int], cell: Slot, *, branch: bool) -> bool:
        units = [self.instance.units[i] for i in own]
        return any((unit.site == BRANCH) == branch and cell in unit.periods(unit.home) for unit in units)

    def _presence(self, own: Sequence[int], cell: Slot, *, branch: bool, today: bool) -> cp_model.IntVar | None:
        """The literal 'the teacher is at this site in this period'; None if he never is."""
        units = self.instance.units
        literals = [
            literal
            for i in own
            if (units[i].site == BRANCH) == branch
            for start, literal in self.starts[i].items()
            if cell in units[i].periods(start)
        ]
        if not literals:
            return None
        there = self.cp.new_bool_var("")
        self.cp.add(sum(literals) == there)
        self._hints.append((there, today))
        return there

    def _add_states(
        self,
        at_main: Sequence[cp_model.IntVar | None],
        at_branch: Sequence[cp_model.IntVar | None],
        today_main: Sequence[bool],
        today_branch: Sequence[bool],
    ) -> None:
        state: cp_model.IntVar | None = None
        is_branch = self._first_site(today_main, today_branch)
        for main, branch, main_today, branch_today in zip(at_main, at_branch, today_main, today_branch, strict=True):
            if main is None and branch is None:
                continue
            following = self.cp.new_bool_var("")
            if main is not None:
                self.cp.add_implication(main, ~following)
            if branch is not None:
                self.cp.add_implication(branch, following)
            will_be = (is_branch or branch_today) and not main_today
            self._hints.append((following, will_be))
            if state is not None:
                change = self.cp.new_bool_var("")
                self.cp.add_bool_or(~state, following, change)
                self.cp.add_bool_or(state, ~following, change)
                self._costs.append(SITE_CHANGE * change)
                self._hints.append((change, will_be != is_branch))
            state, is_branch = following, will_be

    @staticmethod
    def _first_site(today_main: Sequence[bool], today_branch: Sequence[bool]) -> bool:
        """Whether the first lecture of today's day is at the branch."""
        return next((b for m, b in zip(today_main, today_branch, strict=True) if m or b), False)

    def _price_short(
        self,
        before: cp_model.IntVar | None,
        after: cp_model.IntVar | None,
        between: Sequence[cp_model.IntVar | None],
        today: bool,
    ) -> None:
        if before is None or after is None:
            return
        short = self.cp.new_bool_var("")
        self.cp.add_bool_or(~before, ~after, short, *(found for found in between if found is not None))
        self._costs.append(TOO_SHORT * short)
        self._hints.append((short, today))


class _Watch(cp_model.CpSolverSolutionCallback):
    """Keeps the best plan and notes when which score was found.

    A solution may set a state or a penalty that its plan does not need, so what counts is the score of the plan.
    """

    def __init__(self, model: Model, began: float) -> None:
        super().__init__()
        self.trace: list[tuple[float, int]] = []
        self.best = model.instance.homes
        self._model = model
        self._began = began

    def on_solution_callback(self) -> None:
        plan = self._model.plan(self.boolean_value)
        score = judge(self._model.instance, plan).score
        if not self.trace or score < self.trace[-1][1]:
            self.best = plan
            self.trace.append((time.monotonic() - self._began, score))


def solve(instance: Instance, seconds: float, seed: int, workers: int | None = None) -> Answer:
    """Search for so many seconds, building the model included; the plan of today if none was found.

    Raises
    ------
    RuntimeError
        CP-SAT takes the model for wrong or without any plan.
    """
    began = time.monotonic()
    model = Model(instance)
    built = time.monotonic() - began
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, seconds - built)
    solver.parameters.num_workers = workers or os.cpu_count() or 1
    solver.parameters.random_seed = seed
    watch = _Watch(model, began)
    status = solver.solve(model.cp, watch)
    if status in (cp_model.INFEASIBLE, cp_model.MODEL_INVALID):
        raise RuntimeError(f"CP-SAT ended with {solver.status_name(status)}")
    return Answer(
        plan=watch.best,
        trace=watch.trace,
        bound=solver.best_objective_bound,
        seconds={"build": built, "total": time.monotonic() - began},
    )


def main(arguments: Sequence[str]) -> None:
    """Read an instance, solve it, write the answer."""
    instance, seconds, seed, answer = arguments
    solve(Instance.load(Path(instance)), float(seconds), int(seed)).write(Path(answer))


if __name__ == "__main__":
    main(sys.argv[1:])
