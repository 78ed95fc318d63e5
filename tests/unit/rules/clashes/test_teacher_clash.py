"""Teacher clash, and what the three clash rules share."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, evidence, sentence, where
from untisopt.rules.clashes.clash import TeacherClash

RULE = TeacherClash()
STRICTER = TeacherClash(allow_existing=False)


def test_two_lectures_at_once() -> None:
    of = school("1 Arnd 10.3 H1 Mon3\n2 Arnd 9.1 H2 Mon4")
    assert where(RULE, of) == []
    assert where(RULE, of, move(of, {"2@1.4": "Mon3"})) == ["Arnd Mon3"]


def test_three_lectures_at_once_are_three_pairs() -> None:
    of = school("1 Arnd 7 - Mon1\n2 Arnd 8 - Mon2\n3 Arnd 9 - Mon3")
    assert amount(RULE, of, move(of, {"2@1.2": "Mon1", "3@1.3": "Mon1"})) == 3


def test_every_period_of_a_block_counts() -> None:
    # Doubles in 1-2 and 4-5; the second to 2-3: they meet in 2. To 1-2: in 1 and 2.
    of = school("1 Arnd 7 - Mon1-2\n2 Arnd 8 - Mon4-5")
    assert where(RULE, of, move(of, {"2@1.4": "Mon2"})) == ["Arnd Mon2"]
    assert where(RULE, of, move(of, {"2@1.4": "Mon1"})) == ["Arnd Mon1", "Arnd Mon2"]


def test_a_and_b_weeks_do_not_meet() -> None:
    of = school("1 Arnd 7 - Mon1 A\n2 Arnd 8 - Mon2 B\n3 Arnd 9 - Mon3 AB")
    assert where(RULE, of, move(of, {"2@1.2": "Mon1"})) == []
    assert where(RULE, of, move(of, {"3@1.3": "Mon1"})) == ["Arnd Mon1 A"]


def test_two_blocks_of_one_lesson_clash_as_well() -> None:
    of = school("1 Arnd 7 - Mon1\n1 Arnd 7 - Tue1")
    assert where(RULE, of, move(of, {"1@2.1": "Mon1"})) == ["Arnd Mon1"]


def test_lessons_in_parallel_today_are_compatible_everywhere() -> None:
    # Lessons 1 and 2 meet on Mon 1 today; then they may meet on Tue 2 as well, but lesson 3 may not join.
    of = school("1 Sport 7 - Mon1\n2 Sport 8 - Mon1\n1 Sport 7 - Tue2\n2 Sport 8 - Tue3\n3 Sport 9 - Tue4")
    assert amount(RULE, of) == 0
    assert amount(RULE, of, move(of, {"2@2.3": "Tue2"})) == 0
    # 3 with 1 and 3 with 2: two pairs.
    assert amount(RULE, of, move(of, {"2@2.3": "Tue2", "3@2.4": "Tue2"})) == 2


def test_compatible_on_a_teacher_is_not_compatible_on_another() -> None:
    # Today 1 and 2 share Sport on Mon 1, not Arnd, who has lesson 1 on Mon 1 and lesson 2 on Tue 1.
    of = school("1 Sport 7 - Mon1\n1 Arnd 7 - Mon1\n2 Sport 8 - Mon1\n2 Arnd 8 - Tue1")
    assert where(RULE, of, move(of, {"2@2.1": "Mon2"})) == []
    assert where(RULE, of, move(of, {"2@2.1": "Mon1"})) == ["Arnd Mon1"]


def test_existing_pairs_count_if_they_are_mistakes() -> None:
    of = school("1 Arnd 7 - Mon1\n2 Arnd 8 - Mon1")
    assert where(STRICTER, of) == ["Arnd Mon1"]
    assert evidence(STRICTER, of) == {}


def test_lesson_number_0_is_compatible_by_itself_only() -> None:
    # The first lecture without a lesson number meets lesson 1 today; the second does not.
    of = school("0 Arnd - - Mon1\n0 Arnd - - Mon2\n1 Arnd 7 - Mon1")
    assert where(RULE, of) == []
    assert where(RULE, of, move(of, {"1@1.1": "Mon2"})) == ["Arnd Mon2"]


def test_line_without_a_teacher_never_clashes() -> None:
    assert amount(STRICTER, school("1 - 7 - Mon1\n2 - 8 - Mon1")) == 0


def test_explain() -> None:
    of = school("1 Arnd 10.3 H1 Mon3\n2 Arnd 9.1 H2 Mon4")
    found = sentence(RULE, of, move(of, {"2@1.4": "Mon3"}))
    assert found == "Arnd is needed twice at Mon 3: S1 10.3 (lesson 1) + S2 9.1 (lesson 2)"


def test_infer_names_the_lessons() -> None:
    of = school("1 Arnd 7 - Mon1\n2 Arnd 8 - Mon1\n3 Beck 9 - Mon1")
    assert evidence(RULE, of) == {"Arnd": "1 pair of lessons runs in parallel so far: 1, 2"}
    assert RULE.missing(of) == ""
