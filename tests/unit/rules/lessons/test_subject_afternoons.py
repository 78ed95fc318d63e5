"""Afternoon lectures of a subject."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from tests.unit.rules.limited import subjects
from untisopt.domain.limits import SubjectTraits
from untisopt.rules.lessons.subject_afternoons import SubjectAfternoons

RULE = SubjectAfternoons()
ONE = {"S1": SubjectTraits(most_afternoon=1)}


def test_example_of_the_module() -> None:
    of = subjects(school("1 Arnd 10.3 - Mon7\n1 Arnd 10.3 - Thu8\n2 Beck 10.3 - Fri8"), ONE)
    assert where(RULE, of) == ["10.3"]
    assert sentence(RULE, of) == "10.3 has 1 afternoon lecture of S1 more than the 1 allowed in the week"
    assert amount(RULE, of, move(of, {"1@4.8": "Thu6"})) == 0


def test_per_grade_and_week() -> None:
    # The second lecture is held in A weeks for both grades, the third for 8 alone: A has 2 and 3 of the 1 allowed.
    of = subjects(school("1 Arnd 7,8 - Mon7 AB\n1 Arnd 7,8 - Tue7 A\n1 Arnd 8 - Wed7 A"), ONE)
    assert where(RULE, of) == ["7 A", "8 A"]
    assert amount(RULE, of) == 1 + 2


def test_parallel_lectures_of_the_subject_are_one() -> None:
    of = school("1 Arnd 7 - Mon7\n1 Beck 7 - Mon7")
    assert amount(SubjectAfternoons(most={"S1": 0}), of) == 1


def test_policy_goes_before_master_data() -> None:
    of = subjects(school("1 Arnd 7 - Mon4\n1 Arnd 7 - Tue7"), ONE)
    assert amount(SubjectAfternoons(most={"S1": 0}), of) == 1
    assert amount(SubjectAfternoons(most={"S1": 0}, afternoon=4), of) == 2


def test_what_is_missing() -> None:
    of = school("1 Arnd 7 - Mon1")
    assert RULE.missing(of) == "no such limit of a subject is stated (GPU006 or the policy)"
    assert RULE.missing(subjects(of, ONE)) == ""
