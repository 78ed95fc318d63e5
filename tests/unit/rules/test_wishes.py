"""Time requests below 0."""

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
from untisopt.rules.wishes import Wishes

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


def test_requests_above_0_are_not_judged() -> None:
    of = wishing(school("1 Arnd 7 - Mon1"), {(Kind.TEACHER, "Arnd"): {at("Mon1"): 3}}, {"S1": {at("Mon1"): 2}})
    assert amount(RULE, of) == 0
    assert RULE.missing(of) == "no time request of -1 or -2 is stated (GPU016)"


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
    assert RULE.missing(school("1 Arnd 7 - Mon1")) == "no time request of -1 or -2 is stated (GPU016)"
