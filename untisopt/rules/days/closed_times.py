"""Times at which a whole school is free stay free."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.school import Inference, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _, ngettext
from untisopt.rules.protocol import Chains, Group, Phase, Rule
from untisopt.wording import day_name, enumerated, lecture_names, place

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedTimes(Rule):
    """Closed times: when the whole school is free today, it stays free.

    What it checks
        A lecture in a period of a weekday in which no class of the school has a lecture today; where classes have time
        grids of their own, no class of the same grid. One period before or after the lectures of a day is not closed
        where other days use it, but no more than half of them: so ragged is the edge of any school's day.
    Why it matters
        The free Wednesday afternoon, lunch that is numbered as a period, the recess, the Saturday on which one course
        meets: nobody has written them down, and nobody may be taught then.
    How it is counted
        One per lecture.
    Example
        No class is taught on Wednesday from period 7 on. A lecture that moves to Wednesday period 7 counts one.
    Parameters
        None of its own; ``[times] open = ["Wed.7", "Sat"]`` in the policy file opens single times.
    In Untis
        Time requests (-3) of every class and teacher say the same; without them the present plan is the evidence.
    Model
        Candidate starts are left out.
    """

    id: ClassVar[str] = "closed-times"
    called = N_("when the school is closed")
    promise = N_("Nobody is taught at times at which the whole school is free today ([times] open lifts it).")
    habit = N_("Times at which the whole school is free")
    group = Group.GRADES
    source = "today's plan"
    phase = Phase.STARTS
    firmness = 10
    chains = Chains.STARTS
    day_by_day: ClassVar[bool] = True
    tier: ClassVar[Tier] = Tier.RULES
    weight: int = 1

    def infer(self, school: School) -> Iterator[Inference]:
        """The closed times, day by day; with the classes where not all have the same."""
        alike: dict[frozenset[Period], list[str]] = {}
        for grade, periods in sorted(school.closed.items()):
            if grade and periods:
                alike.setdefault(periods, []).append(grade)
        for periods, grades in alike.items():
            whom = "" if len(alike) == 1 else f" ({enumerated(grades)})"
            for day in sorted({period.day for period in periods}):
                numbers = sorted(period.number for period in periods if period.day == day)
                text = ngettext(
                    "nobody has a lecture in period {numbers}",
                    "nobody has a lecture in periods {numbers}",
                    len(numbers),
                )
                yield Inference(self.id, day_name(day) + whom, text.format(numbers=_runs(numbers)))

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Lectures at closed times of one of their grades."""
        if not school.closed:
            return
        for id_, placement in timetable.items():
            if self._is_closed(school, id_, placement.period):
                day, number = placement.period
                yield Violation(self.id, Facts(day=day, periods=(number,), lectures=(id_,)))

    @staticmethod
    def _is_closed(school: School, lecture: str, period: Period) -> bool:
        return any(period in school.closed.get(grade, ()) for grade in school.lectures[lecture].grades or ("",))

    def encode(self, model: TimetableModel) -> None:
        """Price every start by the lectures of the block that would stand at a closed time."""
        school = model.school
        for block in school.blocks if school.closed else ():
            closed = [
                frozenset().union(*(school.closed.get(grade, ()) for grade in school.lectures[id_].grades or ("",)))
                for id_ in block.lectures
            ]
            for start in list(model.decisions.starts(block)):
                run = school.grid.run(start, block.length)
                amount = sum(period in periods for period, periods in zip(run, closed, strict=True))
                model.price_start(self.id, block, start, amount)

    def explain(self, violation: Violation, school: School) -> str:
        """Which lecture stands when nobody is taught."""
        facts = violation.facts
        return _("{lecture} at {place} stands when the whole school is free").format(
            lecture=lecture_names(school, facts.lectures), place=place(Period(facts.day or 0, facts.periods[0]))
        )


def _runs(numbers: list[int]) -> str:
    """Numbers with neighbours as ``3-5``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return enumerated([str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs])
