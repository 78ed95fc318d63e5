"""Main subjects of a grade in a row."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, sentence, where
from tests.unit.rules.limited import grades, subjects
from untisopt.domain.limits import GradeLimits, SubjectTraits
from untisopt.rules.days.in_a_row import GradeMainInARow

RULE = GradeMainInARow()
MAIN = SubjectTraits(is_main=True)
TABLE = "1 Arnd 10.3 - Mon1-2\n2 Beck 10.3 - Mon3\n3 Cern 10.3 - Mon4\n4 Dorn 10.3 - Mon6"


def test_example_of_the_module() -> None:
    # S1 in 1-2, S2 in 3, S3 in 4: four in a row, three are allowed.
    of = subjects(school(TABLE), {"S1": MAIN, "S2": MAIN, "S3": MAIN})
    of = grades(of, {"10.3": GradeLimits(most_main_in_a_row=3)})
    assert where(RULE, of) == ["10.3 Mon"]
    assert sentence(RULE, of) == "10.3 has 1 lecture of main subjects more than the 3 allowed in a row on Mon"
    # Another subject between them, or a free period: runs of 3 and 1.
    assert amount(RULE, of, move(of, {"4@1.6": "Mon4", "3@1.4": "Mon5"})) == 0
    assert amount(RULE, of, move(of, {"3@1.4": "Mon5"})) == 0


def test_subjects_of_the_policy() -> None:
    # S2 and S3 are main subjects: periods 3 and 4, one is allowed.
    of = school(TABLE)
    assert amount(GradeMainInARow(most=1, subjects=("S2", "S3")), of) == 1
    assert amount(GradeMainInARow(most=1, subjects=("S2", "S4")), of) == 0


def test_course_of_another_grade_does_not_count() -> None:
    of = school("1 Arnd 7 - Mon1-2\n2 Beck 8 - Mon1-2")
    assert where(GradeMainInARow(most=1, subjects=("S1",)), of) == ["7 Mon"]


def test_what_is_missing() -> None:
    of = school(TABLE)
    assert RULE.missing(of) == "no such limit of a grade is stated (GPU003 or the policy)"
    assert GradeMainInARow(most=1).missing(of) == "no main subject is stated (GPU006, flag H, or a list subjects)"
    assert GradeMainInARow(most=1).missing(subjects(of, {"S1": MAIN})) == ""
    assert GradeMainInARow(most=1, subjects=("Ma",)).missing(of) == ""
