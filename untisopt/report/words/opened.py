"""The lines of a policy file that open times at which the whole school is free."""

from __future__ import annotations

import json
from collections.abc import Iterable

from untisopt.policy import Policy
from untisopt.wording import day_name

CLOSED_TIMES = "closed-times"
"""The rule that is given up time by time, not name by name."""
TABLE = "[times]"


def open_line(policy: Policy, times: Iterable[tuple[int, int]]) -> str:
    """The line under :data:`TABLE`: what is open already, and these weekdays and periods."""
    known = policy.opened
    opened = (*known, *sorted(set(times).difference(known)))
    words = [day_name(day) if number is None else f"{day_name(day)}.{number}" for day, number in opened]
    return f"open = {json.dumps(words, ensure_ascii=False)}"
