"""untisopt repairs a school's existing Untis timetable: fewer site changes, as few moved lessons as possible.

Example
-------
>>> import untisopt
>>> plan = untisopt.read("demo-school/lesson.txt")
>>> plan.lectures.groupby("day").size()                                             # doctest: +SKIP
>>> found = untisopt.check(plan)
>>> found.score.query("amount > 0")                                                 # doctest: +SKIP
>>> better = untisopt.optimise(plan, options=untisopt.SolveOptions(time_limit=10))  # doctest: +SKIP
>>> better.changes.explode("teachers").groupby("teachers").size()                   # doctest: +SKIP
>>> better.write("result")                                                          # doctest: +SKIP

Reading, judging and comparing load neither the solver nor, until a table is asked for, pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from untisopt.domain.school import School
    from untisopt.domain.timetable import Timetable
    from untisopt.engines.session import SolveOptions
    from untisopt.errors import InputError, NoPlanError, UntisoptError
    from untisopt.policy import Policy
    from untisopt.service.check import check
    from untisopt.service.diff import diff
    from untisopt.service.ladder.run import ladder
    from untisopt.service.optimise.run import optimise
    from untisopt.service.reading.plan import Plan, read
    from untisopt.service.verify.plans import verify

__version__ = "0.1.0"

__all__ = [
    "InputError",
    "NoPlanError",
    "Plan",
    "Policy",
    "School",
    "SolveOptions",
    "Timetable",
    "UntisoptError",
    "__version__",
    "check",
    "diff",
    "ladder",
    "optimise",
    "read",
    "verify",
]

# Loaded when first asked for, so that `import untisopt` and the command line start at once.
_HOMES = {
    "InputError": "untisopt.errors",
    "NoPlanError": "untisopt.errors",
    "Plan": "untisopt.service.reading.plan",
    "Policy": "untisopt.policy",
    "School": "untisopt.domain.school",
    "SolveOptions": "untisopt.engines.session",
    "Timetable": "untisopt.domain.timetable",
    "UntisoptError": "untisopt.errors",
    "check": "untisopt.service.check",
    "diff": "untisopt.service.diff",
    "ladder": "untisopt.service.ladder.run",
    "optimise": "untisopt.service.optimise.run",
    "read": "untisopt.service.reading.plan",
    "verify": "untisopt.service.verify.plans",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'untisopt' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
