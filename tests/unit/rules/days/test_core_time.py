"""Core times of grades and teachers: periods that shall be occupied."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import at, move, school
from tests.contract.solving import encoded, solved
from tests.unit.rules.checks import amount, sentence, violations, where
from untisopt.domain.limits import Limits
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Tier
from untisopt.rules.days.core_time import CoreTime, GradeCoreTime, TeacherCoreTime

GRADE, TEACHER = GradeCoreTime(), TeacherCoreTime()


def core(of: School, **times: str) -> School:
    """The school with requests of +3, such as `g7="Mon1 Mon2"` of grade 7 or `Arnd="Tue1"`."""
    wishes = {
        (Kind.GRADE, name[1:]) if name[0] == "g" else (Kind.TEACHER, name): {at(place): 3 for place in places.split()}
        for name, places in times.items()
    }
    return replace(of, limits=Limits(wishes=wishes))


def test_example_of_grades() -> None:
    everywhere = " ".join(f"{day}{number}" for day in ("Mon", "Tue") for number in range(1, 5))
    of = core(school("1 Arnd 7.2 - Mon2-4\n2 Beck 7.2 - Tue1-4"), **{"g7.2": everywhere})
    assert where(GRADE, of) == ["7.2 Mon1"]
    assert sentence(GRADE, of) == "7.2 has no lecture on Mon in period 1, a core time"
    assert amount(TEACHER, of) == 0


def test_example_of_teachers() -> None:
    of = core(school("1 Arnd 7 - Tue3"), Arnd="Tue3 Tue4")
    assert where(TEACHER, of) == ["Arnd Tue4"]
    assert sentence(TEACHER, of) == "Arnd has no lecture on Tue in period 4, a core time"
    assert amount(GRADE, of) == 0


def test_free_day_counts() -> None:
    # On Tuesday nothing: both periods; on Monday one of two.
    of = core(school("1 Arnd 7 - Mon1"), Arnd="Mon1 Mon2 Tue1 Tue2")
    assert where(TEACHER, of) == ["Arnd Mon2", "Arnd Tue1-2"]
    assert amount(TEACHER, of) == 1 + 2
    free = next(v for v in violations(TEACHER, of) if v.facts.day == 2)
    assert TEACHER.explain(free, of) == "Arnd has no lectures on Tue in the periods 1, 2, which are core times"


def test_two_lectures_in_one_period_fill_one() -> None:
    of = core(school("1 Arnd 7 - Mon1\n2 Beck 7 - Mon1"), g7="Mon1 Mon2")
    assert where(GRADE, of) == ["7 Mon2"]


def test_weeks_without_any_lecture_have_no_core_time() -> None:
    # 7 is taught in A weeks only, 8 in both, on Mon1 in A weeks and on Mon2 in B weeks.
    of = core(school("1 Arnd 7 - Mon1 A\n2 Beck 8 - Mon1 A\n3 Beck 8 - Mon2 B"), g7="Mon1 Mon2", g8="Mon1")
    assert where(GRADE, of) == ["7 Mon2 A", "8 Mon1 B"]
    assert sentence(GRADE, core(of, g8="Mon1")) == "8 has no lecture on Mon in period 1 in weeks B, a core time"


def test_requests_below_3_and_of_strangers_ask_for_nothing() -> None:
    of = school("1 Arnd 7 - Mon1")
    limits = Limits(wishes={(Kind.GRADE, "7"): {at("Mon2"): 2}, (Kind.GRADE, "8"): {at("Mon1"): 3}})
    assert amount(GRADE, replace(of, limits=limits)) == 0


@pytest.mark.parametrize("rule", [GRADE, TEACHER])
def test_what_is_missing(rule: CoreTime) -> None:
    of = school("1 Arnd 7 - Mon1")
    assert rule.missing(of) == f"no time request of +3 of a {rule.kind} is stated (GPU016 or the policy)"
    assert rule.missing(core(of, Arnd="Mon1", g7="Mon1")) == ""
    assert rule.missing(replace(of, limits=Limits(wishes={(rule.kind, "7"): {at("Mon1"): 2}})))
    assert rule.tier is Tier.RULES


def test_what_is_free_today_may_stay_so_but_no_more() -> None:
    # Today Mon2 is free in the core time Mon1 and Mon2. The lecture of Mon1 may go to Mon2, but not to Mon3: two free.
    of = core(school("1 Arnd 7 - Mon1\n2 Arnd 7 - Tue1"), g7="Mon1 Mon2")
    model = encoded(of, [GRADE], strict=True)
    assert solved(model, [GRADE], move(of, {"1@1.1": "Mon2"})) == {GRADE.id: 1}
    assert solved(model, [GRADE], move(of, {"1@1.1": "Mon3"})) is None
    # A lecture that comes from another day may fill it.
    assert solved(model, [GRADE], move(of, {"2@2.1": "Mon2"})) == {}
