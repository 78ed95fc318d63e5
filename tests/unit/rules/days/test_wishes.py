"""Time requests: below 0, and those above 0 that are not met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tests.builders import at, move, school
from tests.unit.rules.checks import amount, sentence, where
from untisopt.domain.calendar import Period
from untisopt.domain.limits import Limits
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Tier
from untisopt.rules.days.wishes import Wishes

RULE = Wishes()


def wishing(
    of: School, wishes: Mapping[Resource, Mapping[Period, int]], subjects: Mapping[str, Mapping[Period, int]]
) -> School:
    return replace(of, limits=Limits(wishes=wishes, subject_wishes=subjects))


def test_example_of_the_module() -> None:
    of = school("1 Arnd 7 - Mon1")
    of = wishing(of, {(Kind.TEACHER, "Arnd"): {at("Mon1"): -2}}, {"S1": {at("Mon1"): -1}})
    assert where(RULE, of) == ["Arnd Mon1", "S1 Mon1"]
    assert amount(RULE, of) == 2 + 1
    assert amount(RULE, of, move(of, {"1@1.1": "Mon2"})) == 0


def test_sentence() -> None:
    of = wishing(school("1 Arnd 7 - Mon1"), {(Kind.GRADE, "7"): {at("Mon1"): -1}}, {})
    assert sentence(RULE, of) == "S1 7 (lesson 1) is on Mon 1, where 7 has a time request of -1"


def test_welcome_periods_that_are_not_used() -> None:
    # Arnd has Mon1, so Mon2 is free: 1. The grade has nothing on Tue1: 2. Mon1 is used by both.
    wishes = {
        (Kind.TEACHER, "Arnd"): {at("Mon1"): 2, at("Mon2"): 1},
        (Kind.GRADE, "7"): {at("Mon1"): 1, at("Tue1"): 2},
    }
    of = wishing(school("1 Arnd 7 - Mon1"), wishes, {})
    assert where(RULE, of) == ["7 Tue1", "Arnd Mon2"]
    assert amount(RULE, of) == 1 + 2
    # On Tue1 the grade is served; both lose Mon1: 2 + 1 for Arnd, 1 for the grade.
    assert amount(RULE, of, move(of, {"1@1.1": "Tue1"})) == 2 + 1 + 1


def test_sentence_of_a_free_period() -> None:
    of = wishing(school("1 Arnd 7 - Mon1"), {(Kind.TEACHER, "Arnd"): {at("Tue5"): 2}}, {})
    assert sentence(RULE, of) == "Tue 5 is free for Arnd, in spite of a time request of +2"


def test_core_times_are_no_wishes_but_rooms_have_none() -> None:
    of = school("1 Arnd 7 R1 Mon1", rooms=["R2"])
    core = wishing(of, {(Kind.TEACHER, "Arnd"): {at("Mon2"): 3}, (Kind.GRADE, "7"): {at("Mon2"): 3}}, {})
    assert amount(RULE, core) == 0
    assert RULE.missing(core) == "no time request of -2 to +2 is stated (GPU016 or the policy)"
    # R1 is used on Mon1 and free on Mon2, R2 is free all the time, and R3 is no room of this school.
    at_noon = {at("Mon1"): 3, at("Mon2"): 1}
    of = wishing(of, {(Kind.ROOM, room): at_noon for room in ("R1", "R2", "R3")}, {})
    assert where(RULE, of) == ["R1 Mon2", "R2 Mon1", "R2 Mon2"]
    assert amount(RULE, of) == 1 + 3 + 1
    assert RULE.missing(of) == ""


def test_free_periods_count_where_somebody_is_there_at_all() -> None:
    # Beck teaches in A weeks only, so B weeks do not count; Arnd, who has no lectures, nowhere.
    of = school("1 Beck 7 - Mon1 A\n2 Cord 7 - Mon2 AB")
    of = wishing(of, {(Kind.TEACHER, name): {at("Mon5"): 1} for name in ("Arnd", "Beck", "Cord")}, {})
    assert where(RULE, of) == ["Beck Mon5 A", "Cord Mon5 A", "Cord Mon5 B"]


def test_subject_would_rather_be_elsewhere() -> None:
    # The best request is +3 (Mon1): there nothing is missing, on Mon2 two, on Tue1 all three.
    of = wishing(school("1 Arnd 7 - Mon1"), {}, {"S1": {at("Mon1"): 3, at("Mon2"): 1, at("Mon3"): -2}})
    assert amount(RULE, of) == 0
    second, elsewhere = move(of, {"1@1.1": "Mon2"}), move(of, {"1@1.1": "Tue1"})
    assert amount(RULE, of, second) == 2
    assert sentence(RULE, of, second) == (
        "S1 7 (lesson 1) is on Mon 2, where S1 has a time request of +1; it has some of +3"
    )
    assert amount(RULE, of, elsewhere) == 3
    assert sentence(RULE, of, elsewhere) == (
        "S1 7 (lesson 1) is on Tue 1; S1 would rather be where it has a time request of +3"
    )
    # Mon3 is not welcome at all: 2 for the request of -2, and 3 for what is missing.
    assert amount(RULE, of, move(of, {"1@1.1": "Mon3"})) == 2 + 3


def test_welcome_subject_counts_per_lecture_and_week_class() -> None:
    # Lesson 1 in two week classes, each of two lectures away from Mon5: 1 each.
    of = wishing(school("1 Arnd 7 - Mon1-2 AB\n2 Beck 8 - Mon5 A"), {}, {"S1": {at("Mon5"): 1}})
    assert where(RULE, of) == ["S1 Mon1 A", "S1 Mon1 B", "S1 Mon2 A", "S1 Mon2 B"]


def test_room_counts_where_it_is_used() -> None:
    of = school("1 Arnd 7 R1 Mon1", groups=["R1 R2"])
    of = wishing(of, {(Kind.ROOM, "R2"): {at("Mon1"): -2}}, {})
    assert amount(RULE, of) == 0
    assert where(RULE, of, move(of, {}, {"1@1.1": "R1>R2"})) == ["R2 Mon1"]


def test_per_lecture_and_week_class() -> None:
    # Two parallel lectures in A, one of them in B as well: -1 each, three in all.
    of = school("1 Arnd 7 - Mon1 AB\n2 Arnd 8 - Mon1 A")
    of = wishing(of, {(Kind.TEACHER, "Arnd"): {at("Mon1"): -1}}, {})
    assert where(RULE, of) == ["Arnd Mon1 A", "Arnd Mon1 A", "Arnd Mon1 B"]


def test_subject_of_two_courses_counts_once_per_lecture() -> None:
    of = wishing(school("1 Arnd 7 - Mon1\n1 Beck 8 - Mon1"), {}, {"S1": {at("Mon1"): -3}})
    assert amount(RULE, of) == 3


def test_comfort_and_off() -> None:
    assert (RULE.tier, RULE.weight) == (Tier.COMFORT, 0)
    assert RULE.missing(school("1 Arnd 7 - Mon1")) == "no time request of -2 to +2 is stated (GPU016 or the policy)"
