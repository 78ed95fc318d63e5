"""How the temperature falls."""

from __future__ import annotations

import pytest

from untisopt.engines.kempe.cooling import Cooling


def test_geometric_cooling_halves_in_equal_times():
    # From 16 to 1 the temperature halves four times: after a quarter of the time it is 8.
    cooling = Cooling.geometric(16, 1)
    assert [cooling.at(share / 4) for share in range(5)] == pytest.approx([16, 8, 4, 2, 1])


def test_equal_speeds_give_the_geometric_cooling():
    # The spread is twice the temperature everywhere: every halving takes the same time.
    cooling = Cooling.measured([8, 4, 2, 1], [16, 8, 4, 2])
    assert cooling.at(1 / 3) == pytest.approx(4)
    assert cooling.at(2 / 3) == pytest.approx(2)


def test_time_goes_where_the_points_vary():
    # Spread over temperature is 1, 1, 3, 3, smoothed (1/4, 1/2, 1/4): 1, 1.5, 2.5, 3. The steps weigh 1.25, 2 and 2.75,
    # together 6: 4 is reached after 1.25/6 of the time, 2 after 3.25/6.
    cooling = Cooling.measured([8, 4, 2, 1], [8, 4, 6, 3])
    assert cooling.reached == pytest.approx([0, 1.25 / 6, 3.25 / 6, 1])
    assert cooling.at(1.25 / 6) == pytest.approx(4)


def test_quiet_steps_keep_a_quarter_of_the_time_of_the_busiest():
    # Spread over temperature is 0, 0, 0, 0, 1, 1, 1, 1, 1; the first steps weigh a quarter of the last.
    temperatures = [256, 128, 64, 32, 16, 8, 4, 2, 1]
    cooling = Cooling.measured(temperatures, [0, 0, 0, 0, 16, 8, 4, 2, 1])
    steps = [b - a for a, b in zip(cooling.reached, cooling.reached[1:], strict=False)]
    assert steps[0] == pytest.approx(steps[-1] / 4)


def test_points_that_never_vary_give_the_geometric_cooling():
    cooling = Cooling.measured([4, 2, 1], [0, 0, 0])
    assert cooling == Cooling.geometric(4, 1)
