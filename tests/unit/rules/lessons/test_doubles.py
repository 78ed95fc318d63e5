"""Double periods of a lesson stay in the stated range, or as far outside as today."""

from __future__ import annotations

import pytest

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, violations
from tests.unit.rules.traits import stating
from untisopt.domain.limits import LessonTraits, SubjectTraits
from untisopt.domain.school import School
from untisopt.rules.lessons.doubles import Doubles

RULE = Doubles()
SINGLES = "12 Arnd 7 - Mon3\n12 Arnd 7 - Tue3\n12 Arnd 7 - Wed3"


def stated(table: str, least: int | None, most: int | None) -> School:
    """Lesson 12 states its doubles, with the flag D."""
    traits = LessonTraits(least_doubles=least, most_doubles=most, doubles_binding=True)
    return stating(school(table), lessons={12: traits})


def test_example_of_the_module() -> None:
    of = stated(SINGLES, 0, 0)
    assert amount(RULE, of) == 0
    plan = move(of, {"12@2.3": "Mon4"})
    assert amount(RULE, of, plan) == 1
    assert sentence(RULE, of, plan) == "S12 7 (lesson 12) has 1 double period, but 0-0 are stated"


@pytest.mark.parametrize(
    ("places", "doubles"),
    [
        ({"12@2.3": "Mon5"}, 0),  # Mon 3 and 5 are no run
        ({"12@2.3": "Mon4", "12@3.3": "Mon5"}, 1),  # a run of three holds one full pair
        ({"12@2.3": "Mon2", "12@3.3": "Tue3"}, 1),
    ],
)
def test_full_pairs_of_runs(places: dict[str, str], doubles: int) -> None:
    of = stated(SINGLES, 0, 0)
    assert amount(RULE, of, move(of, places)) == doubles


def test_a_run_of_four_holds_two() -> None:
    of = stated("12 Arnd 7 - Mon1-2\n12 Arnd 7 - Tue1-2", 0, 1)
    # Two doubles today although one is the most: that may remain. As one run of four they are two as well.
    assert amount(RULE, of, move(of, {"12@2.1": "Mon3"})) == 0


def test_too_few() -> None:
    # Two singles side by side by chance are the one double that is stated.
    of = stated("12 Arnd 7 - Mon1\n12 Beck 7 - Mon2\n12 Arnd 7 - Wed1", 1, None)
    plan = move(of, {"12@1.2": "Tue5"})
    assert amount(RULE, of, plan) == 1
    assert sentence(RULE, of, plan) == "S12 7 (lesson 12) has 0 double periods, but 1- are stated"


def test_as_few_as_today() -> None:
    assert amount(RULE, stated(SINGLES, 1, 1)) == 0


def test_only_with_flag_d_unless_all_are_wanted() -> None:
    traits = LessonTraits(least_doubles=0, most_doubles=0)
    of = stating(school(SINGLES), lessons={12: traits})
    plan = move(of, {"12@2.3": "Mon4"})
    assert amount(RULE, of, plan) == 0
    assert amount(Doubles(binding_only=False), of, plan) == 1
    of = stating(school(SINGLES), lessons={12: traits}, subjects={"S12": SubjectTraits(doubles=True)})
    assert amount(RULE, of, plan) == 1


def test_weeks() -> None:
    of = stated("12 Arnd 7 - Mon3 AB\n12 Arnd 7 - Tue3 B", 0, 0)
    (found,) = violations(RULE, of, move(of, {"12@2.3": "Mon4"}))
    assert (found.facts.week_class, found.amount) == (1, 1)


def test_missing() -> None:
    of = stating(school(SINGLES), lessons={12: LessonTraits(least_doubles=0)})
    assert RULE.missing(of) == "no lesson states its double periods together with the flag D (GPU002)"
    assert Doubles(binding_only=False).missing(of) == ""
    assert Doubles(binding_only=False).missing(school(SINGLES)) == "no lesson states its double periods (GPU002)"
    assert RULE.missing(stated(SINGLES, 0, None)) == ""
