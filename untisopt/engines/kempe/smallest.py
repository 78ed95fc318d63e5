"""The smallest problem the kernel accepts: running it once compiles the kernel for all."""

from __future__ import annotations

from untisopt.domain.calendar import EVERY_WEEK, Period, TimeGrid, Timeslot, WeekClass
from untisopt.domain.lessons import Block, Course, Lecture
from untisopt.domain.resources import Travel
from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.domain.timetable import Placement, Timetable
from untisopt.engines.kempe.annealer import Annealer, Schedule
from untisopt.engines.kempe.problem import KempeProblem
from untisopt.engines.objective import objective
from untisopt.model.timetable_model import TimetableModel
from untisopt.policy import Policy


def anneal_smallest() -> None:
    """Anneal a school with one lecture and two periods."""
    here = Period(1, 1)
    course = Course(1, "", None, (), EVERY_WEEK)
    school = School(
        grid=TimeGrid({here: Timeslot(), Period(1, 2): Timeslot()}),
        week_classes=(WeekClass("", EVERY_WEEK),),
        teachers={},
        grades={},
        rooms={},
        sites={},
        travel=Travel(),
        lectures={"1@1.1": Lecture("1@1.1", 1, (course,))},
        blocks=(Block("1@1.1", 1, ("1@1.1",)),),
        as_is=Timetable({"1@1.1": Placement(here, ((),))}),
    )
    policy = Policy()
    problem = KempeProblem(TimetableModel(school), policy, objective(school, policy), Score({}))
    annealer = Annealer(problem, problem.starts(school.as_is), seed=0)
    annealer.run(Schedule(hot=1.0, cold=0.5, trials=10), 0, 10)
