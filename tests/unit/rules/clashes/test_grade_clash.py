"""Grade clash: the example of the module, and grades in several lines."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import evidence, sentence, where
from untisopt.rules.clashes.clash import GradeClash

RULE = GradeClash()


def test_courses_of_one_band_may_meet_elsewhere() -> None:
    of = school("801 Arnd 12 - Mon1\n802 Beck 12 - Mon1\n802 Beck 12 - Tue1\n801 Arnd 12 - Tue4\n810 Cern 12 - Wed1")
    assert where(RULE, of, move(of, {"802@2.1": "Tue4"})) == []
    assert where(RULE, of, move(of, {"810@3.1": "Tue4"})) == ["12 Tue4"]
    assert evidence(RULE, of) == {"12": "1 pair of lessons runs in parallel so far: 801, 802"}


def test_lines_of_one_lecture_are_no_clash() -> None:
    assert where(GradeClash(allow_existing=False), school("1 Arnd 7 - Mon1\n1 Beck 7 - Mon1")) == []


def test_one_per_grade() -> None:
    of = school("1 Arnd 7,8 - Mon1\n2 Beck 7,8 - Mon2\n3 Cern 8,9 - Mon3")
    assert where(RULE, of, move(of, {"2@1.2": "Mon1"})) == ["7 Mon1", "8 Mon1"]
    assert where(RULE, of, move(of, {"3@1.3": "Mon1"})) == ["8 Mon1"]


def test_explain_names_the_weeks() -> None:
    of = school("1 Arnd 7 - Mon1 A\n2 Beck 7 - Mon2 AB")
    found = sentence(RULE, of, move(of, {"2@1.2": "Mon1"}))
    assert found == "7 is needed twice at Mon 1 in weeks A: S1 7 (lesson 1) + S2 7 (lesson 2)"
