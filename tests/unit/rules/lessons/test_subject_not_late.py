"""Subjects with a latest period."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from untisopt.rules import START_RULES
from untisopt.rules.lessons.subject_not_late import SubjectNotLate

RULE = SubjectNotLate(subjects={"S1": 6})
OF = school("1 Arnd 7 - Mon1-2\n2 Beck 7 - Tue9")


def test_not_later_than_the_latest_period() -> None:
    assert amount(RULE, OF, move(OF, {"1@1.1": "Mon5"})) == 0
    plan = move(OF, {"1@1.1": "Mon6"})
    assert where(RULE, OF, plan) == ["Mon7"]
    assert sentence(RULE, OF, plan) == "S1 7 (lesson 1) at Mon 7 is later than period 6, the latest for S1"


def test_every_lecture_of_a_block_counts() -> None:
    assert amount(RULE, OF, move(OF, {"1@1.1": "Mon7"})) == 2


def test_without_subjects_it_is_off() -> None:
    assert SubjectNotLate().missing(OF) == "no latest period of a subject is given (subjects = { Ma = 6 })"
    assert RULE.missing(OF) == ""
    assert RULE.id in START_RULES
