"""What is left of a limit, by a clock that the test winds."""

from __future__ import annotations

import pytest

from untisopt.engines.clock import Clock
from untisopt.engines.session import SolveOptions


class Hands:
    """A time that moves only when somebody moves it."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def test_seconds_are_counted_from_the_beginning():
    hands = Hands()
    clock = Clock(10.0, now=hands)
    hands.at += 4
    clock.use(1000)  # work counts in deterministic mode only
    assert (clock.elapsed, clock.spent, clock.left, clock.is_late) == (4, 4, 6, False)
    assert clock.has_used(0.4)
    assert not clock.has_used(0.5)
    hands.at += 6
    assert clock.is_late
    assert clock.is_over


def test_deterministic_mode_counts_work_and_no_time():
    hands = Hands()
    clock = Clock(10.0, deterministic=True, per_unit=500, now=hands)
    hands.at += 1_000_000
    assert (clock.spent, clock.left, clock.is_over) == (0, 10, False)
    clock.use(2000)
    assert (clock.spent, clock.left) == (4, 6)
    clock.use(3000)
    assert clock.is_late


def test_who_asked_to_stop_once_has_asked_for_good():
    answers = iter([False, True, False])
    clock = Clock(10.0, should_stop=lambda: next(answers))
    assert not clock.should_stop()
    assert not clock.was_stopped
    assert clock.should_stop()
    assert clock.should_stop()
    assert (clock.was_stopped, clock.is_over) == (True, True)


@pytest.mark.parametrize("deterministic", [True, False])
def test_clock_of_a_search(deterministic):
    clock = Clock.of(SolveOptions(time_limit=3.0, deterministic=deterministic))
    assert (clock.limit, clock.deterministic, clock.should_stop()) == (3.0, deterministic, False)
