"""Events: the school afterwards, and what its plan must satisfy."""

from __future__ import annotations

import pytest

from tests.builders import ALL_WEEKS, at, school
from untisopt.domain.calendar import Period
from untisopt.domain.events import away, kept_from, lesson_added, put_at
from untisopt.domain.lessons import Course
from untisopt.domain.resources import Kind
from untisopt.rules import ALL_RULES, judge

SMALL = "1 Arnd 7 H1 Mon1\n2 Beck 7 H1 Mon2-3"
ARND = (Kind.TEACHER, "Arnd")
LINE = (Course(9, "Ma", "Arnd", ("7",), ALL_WEEKS), ("H1",))


def test_absence_is_added_to_what_is_blocked_already():
    after = away(school(SMALL, blocked={"Arnd": "Tue1"}), ARND, [at("Mon1")])
    assert after.school.blocked == {ARND: {at("Tue1"), at("Mon1")}}
    assert after.required.vacated == {ARND: {at("Mon1")}}
    # The lecture in Monday 1 is what has to leave.
    assert judge(after.school, after.school.as_is, ALL_RULES).amount("availability") == 1


def test_to_be_put_at_a_place_is_to_be_kept_from_all_others():
    of = school(SMALL)
    everywhere = frozenset(of.grid.periods)
    assert put_at(of, "1@1.1", at("Mon4")).required == kept_from(of, "1@1.1", everywhere - {at("Mon4")}).required


def test_added_lesson_has_no_place_yet():
    after = lesson_added(school(SMALL), [LINE], [1, 2]).school
    assert [block.lectures for block in after.unplaced] == [("9@0.1",), ("9@-1.1", "9@-1.2")]
    assert not after.is_placed("9@-1.2")
    assert after.is_placed("1@1.1")
    assert after.as_is["9@-1.2"].period == Period(-1, 2)
    assert after.as_is["9@-1.2"].rooms == (("H1",),)


def test_lessons_added_one_after_the_other_do_not_meet():
    once = lesson_added(school(SMALL), [LINE], [1]).school
    twice = lesson_added(once, [(Course(10, "Ma", "Arnd", ("7",), ALL_WEEKS), ("H1",))], [1]).school
    assert {twice.as_is[block.id].period.day for block in twice.unplaced} == {0, -1}


def test_what_has_no_place_is_no_evidence():
    # The double 2 lies across 2-3; an added double without a place says nothing about 1-2. Grade 7 is taught in periods
    # 1 to 3 of Monday, a lesson without a place adds no day. Nothing of it runs in parallel with anything.
    before = school(SMALL)
    after = lesson_added(before, [LINE], [2, 2]).school
    assert after.spanned == before.spanned == {(2, 3)}
    assert after.compatible == before.compatible
    inferred = {
        rule.id: list(rule.infer(of)) for of in (before, after) for rule in ALL_RULES if rule.id != "lesson-once-a-day"
    }
    assert inferred == {rule.id: list(rule.infer(before)) for rule in ALL_RULES if rule.id != "lesson-once-a-day"}


def test_only_the_missing_place_is_broken():
    # Two lectures outside the grid, each for one grade; no rule finds anything else.
    before = judge(school(SMALL), school(SMALL).as_is, ALL_RULES)
    after = lesson_added(school(SMALL), [LINE], [1, 1]).school
    found = judge(after, after.as_is, ALL_RULES)
    more = {rule: found.amount(rule) - before.amount(rule) for rule in found.rules}
    assert {rule: amount for rule, amount in more.items() if amount} == {"grade-day": 2}


@pytest.mark.parametrize("number", [0, 1])
def test_added_lesson_needs_a_number_of_its_own(number: int):
    with pytest.raises(ValueError, match="one new lesson number"):
        lesson_added(school(SMALL), [(Course(number, "Ma", "Arnd", ("7",), ALL_WEEKS), ())], [1])


def test_added_lesson_needs_known_people():
    with pytest.raises(ValueError, match="unknown teacher Zander"):
        lesson_added(school(SMALL), [(Course(9, "Ma", "Zander", ("7",), ALL_WEEKS), ())], [1])
