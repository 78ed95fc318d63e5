"""Plain HiGHS: the problem as a mixed-integer programme, through OR-Tools' MathOpt, with the plan of today as start.

One binary per unit and start. For a teacher with units at both sites, a day, and two periods a < b, a penalty
`c >= at one site in a + at the other in b - 1 - taught in between` counts the site changes; it needs no integrality,
and the relaxation says something about it.

Run as `python -m benchmarks.peers.highs INSTANCE SECONDS SEED ANSWER`.
"""

from __future__ import annotations

import datetime
import math
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]

from benchmarks.peers.answer import Answer
from benchmarks.peers.instance import BRANCH, MAIN, MOVED, SITE_CHANGE, TOO_SHORT, Instance, Slot

# A line of the log of branch and bound, from its end: bound, best solution, gap, five counters, time.
_LOG = re.compile(r"(\S+)\s+(\S+)\s+\S+%?\s+\d+\s+\d+\s+\d+\s+\d+\s+([\d.]+)s\s*$")
Terms = list[mathopt.Variable]


class Model:
    """The mixed-integer programme of an instance.

    Parameters
    ----------
    instance : Instance
    """

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.mip = mathopt.Model()
        self.starts = [{s: self.mip.add_binary_variable() for s in unit.starts} for unit in instance.units]
        self.hint: dict[mathopt.Variable, float] = {}
        self._objective = self.mip.objective
        self._objective.offset = float(TOO_SHORT * instance.fixed_too_short + SITE_CHANGE * instance.fixed_changes)
        for unit, starts in zip(instance.units, self.starts, strict=True):
            self._row(starts.values(), least=1.0)
            for start, variable in starts.items():
                self.hint[variable] = float(start == unit.home)
                if start != unit.home:
                    self._objective.set_linear_coefficient(variable, float(MOVED * unit.length))
        self._keep_apart()
        for teacher in instance.two_site_teachers():
            own = [i for i, unit in enumerate(instance.units) if teacher in unit.teachers]
            for day in range(instance.days):
                self._price_changes(own, day)

    def _row(self, variables: Iterable[mathopt.Variable], *, least: float = -math.inf) -> None:
        """At most one of the variables is 1."""
        row = self.mip.add_linear_constraint(lb=least, ub=1.0)
        for variable in variables:
            row.set_coefficient(variable, 1.0)

    def _keep_apart(self) -> None:
        cells: defaultdict[tuple[object, ...], list[mathopt.Variable]] = defaultdict(list)
        for unit, starts in zip(self.instance.units, self.starts, strict=True):
            for start, variable in starts.items():
                cells[unit.lesson, start[0]].append(variable)
                for cell in unit.periods(start):
                    for resource in unit.resources:
                        cells[resource, cell].append(variable)
        for row in {tuple(sorted(variables, key=lambda found: found.id)) for variables in cells.values()}:
            if len(row) > 1:
                self._row(row)

    def _price_changes(self, own: Sequence[int], day: int) -> None:
        """Both ways of changing between each two periods of a teacher's day."""
        instance = self.instance
        there: dict[str, list[Terms]] = {
            site: [self._covering(own, site, (day, period)) for period in range(instance.periods)]
            for site in (MAIN, BRANCH)
        }
        today = self._today(own, day)
        for before, after in combinations(range(instance.periods), 2):
            between = [v for site in there.values() for terms in site[before + 1 : after] for v in terms]
            for origin, target in ((MAIN, BRANCH), (BRANCH, MAIN)):
                if not there[origin][before] or not there[target][after]:
                    continue
                cost = SITE_CHANGE + TOO_SHORT * instance.too_short(before, after)
                change = self.mip.add_variable(lb=0.0, ub=1.0)
                self._objective.set_linear_coefficient(change, float(cost))
                row = self.mip.add_linear_constraint(lb=-1.0)
                row.set_coefficient(change, 1.0)
                for variable in (*there[origin][before], *there[target][after]):
                    row.set_coefficient(variable, -1.0)
                for variable in between:
                    row.set_coefficient(variable, 1.0)
                changes_today = today.get(before) == origin and today.get(after) == target
                is_next = not any(before < period < after for period in today)
                self.hint[change] = float(changes_today and is_next)

    def _covering(self, own: Sequence[int], site: str, cell: Slot) -> Terms:
        units = self.instance.units
        return [
            variable
            for i in own
            if units[i].site == site
            for start, variable in self.starts[i].items()
            if cell in units[i].periods(start)
        ]

    def _today(self, own: Sequence[int], day: int) -> dict[int, str]:
        """The site by period on a day of the plan of today."""
        units = (self.instance.units[i] for i in own)
        return {p: unit.site for unit in units for d, p in unit.periods(unit.home) if d == day}


def solve(instance: Instance, seconds: float) -> Answer:
    """Search for so many seconds, building the model included; the plan of today if none was found."""
    began = time.monotonic()
    model = Model(instance)
    built = time.monotonic() - began
    trace: list[tuple[float, int]] = []

    def watch(lines: Sequence[str]) -> None:
        for line in lines:
            found = _LOG.search(line)
            score = _number(found.group(2)) if found else None
            if score is not None and (not trace or round(score) < trace[-1][1]):
                trace.append((time.monotonic() - began, round(score)))

    result = mathopt.solve(
        model.mip,
        mathopt.SolverType.HIGHS,
        params=mathopt.SolveParameters(time_limit=datetime.timedelta(seconds=max(0.1, seconds - built))),
        model_params=mathopt.ModelSolveParameters(solution_hints=[mathopt.SolutionHint(variable_values=model.hint)]),
        msg_cb=watch,
    )
    plan = instance.homes
    if result.has_primal_feasible_solution():
        value = result.variable_values()
        plan = [max(starts, key=lambda s: value[starts[s]]) for starts in model.starts]
    bound = result.termination.objective_bounds.dual_bound
    return Answer(
        plan=plan,
        trace=trace,
        bound=bound if math.isfinite(bound) else None,
        seconds={"build": built, "total": time.monotonic() - began},
    )


def _number(text: str) -> float | None:
    """A number of the log; None for `inf` and the like."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def main(arguments: Sequence[str]) -> None:
    """Read an instance, solve it, write the answer; HiGHS takes no seed through MathOpt."""
    instance, seconds, _seed, answer = arguments
    solve(Instance.load(Path(instance)), float(seconds)).write(Path(answer))


if __name__ == "__main__":
    main(sys.argv[1:])
