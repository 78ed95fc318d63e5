"""Travel time of grades: as for teachers, but courses of a grade run in parallel at several sites."""

from __future__ import annotations

from tests.builders import school
from tests.unit.rules.checks import sentence, where
from untisopt.rules.sites.travel import GradeTravel

RULE = GradeTravel()


def test_whole_class_on_the_road() -> None:
    # The example of the module: 09:30 to 09:50 is 20 min < 25.
    of = school("1 Arnd 10.3 H1 Mon2\n2 Beck 10.3 F1 Mon3")
    assert where(RULE, of) == ["10.3 Mon2-3"]
    assert sentence(RULE, of) == "10.3 changes from H to F on Mon between periods 2 and 3: 20 min, 25 min needed"


def test_parallel_courses_at_two_sites_count_only_without_a_common_site() -> None:
    band = "1 Arnd 12 H1 Mon1\n2 Beck 12 F1 Mon1\n"
    # F is common to both periods: somebody may stay there.
    assert where(RULE, school(band + "3 Beck 12 F1 Mon2")) == []
    # Nobody is at G already, and no break lies between 1 and 2.
    assert where(RULE, school(band + "3 Beck 12 G1 Mon2", sites="HFG")) == ["12 Mon1-2"]


def test_one_journey_that_is_possible_is_enough() -> None:
    # H->G takes 25 min, F->G none; whoever is at F can make it.
    minutes = {("H", "G"): 25, ("F", "G"): 0, ("G", "H"): 25, ("G", "F"): 25, ("H", "F"): 25, ("F", "H"): 25}
    band = "1 Arnd 12 H1 Mon1\n2 Beck 12 F1 Mon1\n3 Beck 12 G1 Mon2"
    assert where(RULE, school(band, sites="HFG", travel=minutes)) == []


def test_line_of_another_grade_does_not_count() -> None:
    # One lesson, two lines: 7 sits at H, 8 at F; then both at F: only 7 travels.
    of = school("1 Arnd 7 H1 Mon1\n1 Beck 8 F1 Mon1\n2 Cern 7,8 F1 Mon2")
    assert where(RULE, of) == ["7 Mon1-2"]


def test_missing_is_that_of_teachers() -> None:
    assert "--site" in RULE.missing(school("1 Arnd 7 H1 Mon1", sites=""))
