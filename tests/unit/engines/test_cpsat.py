"""The one runner of CP-SAT: statuses, bounds, parameters, and how it ends."""

from __future__ import annotations

import signal

import pytest
from ortools.sat.python import cp_model

from untisopt.engines.cpsat import CpSat, Settings, Status, _set
from untisopt.engines.session import SolveOptions
from untisopt.errors import InternalError


def two() -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    """Of x and y at least one; x costs 2, y costs 3."""
    cp = cp_model.CpModel()
    x, y = cp.new_bool_var("x"), cp.new_bool_var("y")
    cp.add_bool_or(x, y)
    cp.minimize(2 * x + 3 * y)
    return cp, [x, y]


def test_optimum_its_bound_and_its_values():
    cp, (x, y) = two()
    told: list[tuple[int, int]] = []
    solved = CpSat(cp, Settings(), on_solution=lambda value, points: told.append((value(x), points))).run()
    assert (solved.status, solved.has_solution, solved.bound) == (Status.OPTIMAL, True, 2)
    assert (solved.value(x), solved.value(y), solved.value(y.negated()), solved.value(True)) == (1, 0, 1, 1)
    assert told[-1] == (1, 2)


def test_no_solution():
    cp, (x, y) = two()
    cp.add_bool_and(x.negated(), y.negated())
    solved = CpSat(cp, Settings()).run()
    assert (solved.status, solved.has_solution) == (Status.INFEASIBLE, False)


def test_model_that_is_none_is_an_error():
    cp = cp_model.CpModel()
    cp.new_int_var(5, 1, "from five to one")
    with pytest.raises(InternalError, match="does not take the model"):
        CpSat(cp, Settings()).run()
    run = CpSat(cp, Settings())
    run.start()
    with pytest.raises(InternalError, match="does not take the model"):
        run.finish()


def test_background_run_ends_when_told():
    run = CpSat(two()[0], Settings())
    run.start()
    while run.is_running:
        run.wait(0.01)
    assert run.finish().status is Status.OPTIMAL


@pytest.mark.parametrize(
    ("deterministic", "limited"), [(True, "max_deterministic_time"), (False, "max_time_in_seconds")]
)
def test_options_become_parameters(deterministic, limited):
    parameters = cp_model.CpSolver().parameters
    options = SolveOptions(seed=(1 << 31) + 7, deterministic=deterministic)
    _set(parameters, Settings.of(options, 3.5, symmetry_level=0, subsolvers=["max_lp"]))
    assert (parameters.random_seed, parameters.num_workers, parameters.symmetry_level) == (7, 1, 0)
    assert list(parameters.subsolvers) == ["max_lp"]
    assert getattr(parameters, limited) == 3.5


def test_ctrl_c_stays_with_the_program():
    parameters = cp_model.CpSolver().parameters
    _set(parameters, Settings())
    assert not parameters.catch_sigint_signal
    before = signal.getsignal(signal.SIGINT)
    CpSat(two()[0], Settings()).run()
    assert signal.getsignal(signal.SIGINT) is before
