"""The second solver: the same model in rows, what it proves, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given, note
from ortools.sat.python import cp_model

from tests.builders import describe, random_school, school
from tests.contract.solving import examples, randoms
from untisopt.domain.school import School
from untisopt.domain.timetable import Timetable
from untisopt.engines.build import build_model
from untisopt.engines.mip import process as _mip_process
from untisopt.engines.mip.prover import MipSolver, prove
from untisopt.engines.mip.rows import LinearModel, linear_model
from untisopt.engines.mip.run import MipStatus, _bound_in, minimise, whole
from untisopt.engines.objective import objective
from untisopt.errors import InternalError
from untisopt.model.timetable_model import TimetableModel
from untisopt.policy import Policy
from untisopt.rules import judge

# Arnd teaches 7 at the main building in periods 1 and 3 and 8 at the branch in period 2: see test_repair.
TORN = """
1 Arnd 7 H1 Mon1
2 Arnd 8 F1 Mon2
3 Arnd 7 H1 Mon3
4 Beck 8 F2 Mon1
5 Beck 8 F2 Mon3
6 Beck 8 F2 Mon4
"""


def modelled(of: School, policy: Policy | None = None) -> TimetableModel:
    wanted = policy or Policy()
    before = judge(of, of.as_is, wanted.rules)
    return build_model(of, wanted, objective(of, wanted), before)


# -- translation --

Build = Callable[[cp_model.CpModel, list[cp_model.IntVar]], object]

CONSTRAINTS: dict[str, Build] = {
    "or": lambda cp, x: cp.add_bool_or(x[0], x[1].negated(), x[2]),
    "or, if": lambda cp, x: cp.add_bool_or(x[0], x[1]).only_enforce_if(x[2].negated(), x[3]),
    "and": lambda cp, x: cp.add_bool_and(x[0], x[1].negated()),
    "and, if": lambda cp, x: cp.add_bool_and(x[0].negated(), x[1]).only_enforce_if(x[2], x[3]),
    "implication": lambda cp, x: cp.add_implication(x[0], x[1].negated()),
    "at most one": lambda cp, x: cp.add_at_most_one(x[0], x[1].negated(), x[2]),
    "exactly one": lambda cp, x: cp.add_exactly_one(x[0], x[1], x[2].negated()),
    "at most": lambda cp, x: cp.add(2 * x[0] + x[1] - 3 * x[2] <= 1),
    "between, if": lambda cp, x: cp.add_linear_constraint(2 * x[0] - 3 * x[1] + x[2], -1, 1).only_enforce_if(
        x[3].negated()
    ),
    "equal, if both": lambda cp, x: cp.add(x[0] + x[1] == 1).only_enforce_if(x[2], x[3].negated()),
}


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_rows_allow_what_the_constraint_allows(constraint: str):
    cp = cp_model.CpModel()
    x = [cp.new_bool_var(f"x{i}") for i in range(4)]
    CONSTRAINTS[constraint](cp, x)
    linear = linear_model(cp)
    outcomes = set()
    for values in product((0, 1), repeat=4):
        allowed = _is_allowed(linear, values)
        assert allowed == _solver_allows(cp, values), values
        outcomes.add(allowed)
    assert outcomes == {True, False}, "the constraint forbids something and allows something"


def _is_allowed(linear: LinearModel, values: tuple[int, ...]) -> bool:
    sums = ((sum(a * values[v] for v, a in zip(r.variables, r.coefficients, strict=True)), r) for r in linear.rows)
    return all(row.low <= total <= row.high for total, row in sums)


def _solver_allows(cp: cp_model.CpModel, values: tuple[int, ...]) -> bool:
    fixed = cp.clone()
    for i, value in enumerate(values):
        fixed.add(fixed.get_int_var_from_proto_index(i) == value)
    return cp_model.CpSolver().solve(fixed) == cp_model.OPTIMAL


def test_what_has_no_rows_is_said():
    cp = cp_model.CpModel()
    cp.add_bool_xor(cp.new_bool_var("a"), cp.new_bool_var("b"))
    with pytest.raises(InternalError, match="no linear form"):
        linear_model(cp)


@given(rng=randoms)
@examples(40)
def test_plan_of_today_satisfies_the_rows_at_its_price(rng):
    of = random_school(rng, travel=True)
    note(describe(of))
    policy = Policy(worth=rng.randrange(1, 8))
    model = modelled(of, policy)
    linear = linear_model(model.cp)
    values = linear.completed(model.assignment(of.as_is))  # raises if a row is broken
    assert linear.value(values) == objective(of, policy).value(judge(of, of.as_is, policy.rules))


def test_start_that_is_no_solution_is_refused():
    linear = LinearModel([0, 0], [1, 1])
    linear.add([(0, 1), (1, 1)], 1, 1)
    with pytest.raises(InternalError, match="breaks"):
        linear.completed({0: 1, 1: 1})
    with pytest.raises(InternalError, match="leaves 1 variables"):
        linear.completed({0: 1})
    assert linear.completed({0: 1, 1: 0}) == {0: 1, 1: 0}


# -- bounds --


@pytest.mark.parametrize(
    ("bound", "least"),
    [
        (17.0, 17),
        (17.0000004, 17),
        (17.9999999, 18),
        (17.2, 18),
        (-0.3, 0),
        (float("inf"), None),
        (float("-inf"), None),
    ],
)
def test_bound_is_rounded_up_with_care(bound, least):
    assert whole(bound) == least


def test_bound_of_large_numbers_allows_for_rounding():
    # Solvers work to about nine digits: 1e12 may stand for anything within 1000.
    assert whole(1e12) == 10**12 - 1000
    # A log with seven digits shows 8.324156e8 for anything within 50.
    assert whole(8.324156e8, 5e-7) == 832_415_600 - 416


def test_bounds_are_read_from_the_logs():
    highs = (
        " L       0       0         0   0.00%   841573.998104   1029620           18.26%     7309     50    118  5573"
    )
    assert _bound_in(highs, MipSolver.HIGHS) == 841573.998104
    tail = "  0.0s|     1 |     0 |    37 |     - |  2726k |   0 |  60 |  40 |  40 |   0 |  0 |   0 |   0 "
    assert _bound_in(tail + "| 2.387681e+03 | 2.073000e+03 |  15.18%| unknown", MipSolver.SCIP) == 2387.681
    for solver in MipSolver:
        assert _bound_in("Presolving model", solver) == float("-inf")
        assert _bound_in("  Status            Time limit reached", solver) == float("-inf")


# -- solving --


@pytest.mark.parametrize("solver", MipSolver)
def test_optimum_by_hand(solver):
    of = school(TORN)
    policy = Policy()
    bounds: list[int] = []
    plans: list[tuple[Timetable, int]] = []
    found = prove(
        modelled(of, policy),
        seconds=30,
        solver=solver,
        start=of.as_is,
        on_bound=bounds.append,
        on_plan=lambda plan, points: plans.append((plan, points)),
    )
    # One change is left, worth 6 because there are six lectures, and three lectures move (see test_repair).
    assert (found.points, found.bound, found.proved, found.infeasible) == (9, 9, True, False)
    assert found.timetable is not None
    assert objective(of, policy).value(judge(of, found.timetable, policy.rules)) == 9
    assert bounds == sorted(bounds)
    assert plans == [(found.timetable, 9)]


def test_optimum_without_a_start():
    found = prove(modelled(school(TORN)), seconds=30)
    assert (found.points, found.proved) == (9, True)


def test_bound_that_reaches_the_cutoff_is_enough():
    found = prove(modelled(school(TORN)), seconds=30, cutoff=3)
    assert found.bound >= 3 or found.proved
    assert found.bound <= 9


@pytest.mark.parametrize("solver", MipSolver)
def test_no_plan_at_all(solver):
    model = modelled(school(TORN))
    block = next(block for block in model.school.blocks if len(model.decisions.starts(block)) > 1)
    model.cp.add_bool_and(*(~model.decisions.literal(block, start) for start in model.decisions.starts(block)))
    found = prove(model, seconds=30, solver=solver)
    assert found.infeasible
    assert (found.timetable, found.points, found.proved) == (None, None, False)


def test_stopped_at_once_keeps_the_start():
    of = school(TORN)
    found = prove(modelled(of), seconds=30, start=of.as_is, should_stop=lambda: True)
    assert found.timetable is of.as_is
    assert not found.proved
    assert found.bound == 0


def test_no_time_at_all():
    of = school(TORN)
    found = prove(modelled(of), seconds=0, start=of.as_is)
    assert (found.timetable, found.bound, found.proved) == (of.as_is, 0, False)


def test_solver_that_fails_is_an_error(monkeypatch):
    monkeypatch.setattr(_mip_process, "__name__", "untisopt.no_such_module")
    with pytest.raises(InternalError, match="ended without an answer"):
        minimise(_tiny(), solver=MipSolver.HIGHS, seconds=10)


def test_negative_costs_and_offset():
    # min 5 - 2 x - 3 y with x + y <= 1: take y.
    result = minimise(_tiny(), solver=MipSolver.HIGHS, seconds=10)
    assert (result.status, result.points, result.bound, result.values) == (MipStatus.OPTIMAL, 2, 2, {0: 0, 1: 1})


def _tiny() -> LinearModel:
    linear = LinearModel([0, 0], [1, 1])
    linear.add([(0, 1), (1, 1)], float("-inf"), 1)
    linear.objective = {0: -2, 1: -3}
    linear.offset = 5
    return linear
