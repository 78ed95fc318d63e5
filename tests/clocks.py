"""A clock in the place of the machine's, for tests of what a limit of time does."""

from __future__ import annotations

import time

import pytest


class Ticking:
    """Goes on by a fixed step whenever somebody looks, so that a limit is a number of looks.

    Parameters
    ----------
    monkeypatch : pytest.MonkeyPatch
        Puts it in the place of the clock until the end of the test.
    step : float
        Seconds.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, step: float) -> None:
        self.looks = 0
        self._step = step
        monkeypatch.setattr(time, "monotonic", self.look)

    def look(self) -> float:
        """The time, in seconds."""
        self.looks += 1
        return self.looks * self._step
