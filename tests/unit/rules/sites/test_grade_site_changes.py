"""Site changes of grades within a day: those that no pupil can avoid."""

from __future__ import annotations

from tests.builders import school
from tests.unit.rules.checks import amount, sentence, where
from untisopt.rules.sites.site_changes import GradeSiteChanges

RULE = GradeSiteChanges()


def test_example_of_the_module() -> None:
    of = school("1 Arnd 10.3 H1 Mon1-4\n2 Beck 10.3 F1 Mon6-7")
    assert where(RULE, of) == ["10.3 Mon4-6"]
    assert sentence(RULE, of) == "10.3 changes from H to F on Mon between periods 4 and 6"


def test_grade_in_parallel_at_two_sites() -> None:
    band = "1 Arnd 12 H1 Mon2\n2 Beck 12 F1 Mon2\n"
    # F, {H,F}, F: a pupil may stay at F. F, {H,F}, H: possible are F, F, then none: one change.
    assert amount(RULE, school(band + "3 Cern 12 F2 Mon1\n4 Dorn 12 F2 Mon3")) == 0
    assert where(RULE, school(band + "3 Cern 12 F2 Mon1\n4 Dorn 12 H2 Mon3")) == ["12 Mon2-3"]


def test_possible_sites_start_anew_after_a_change() -> None:
    # {H,F}, G, {H,F}, F: to G one, from G one, then F was among {H,F}: two.
    of = school(
        """
        1 Arnd 12 H1 Mon1
        2 Beck 12 F1 Mon1
        3 Cern 12 G1 Mon2
        1 Arnd 12 H1 Mon3
        2 Beck 12 F1 Mon3
        4 Dorn 12 F2 Mon4
        """,
        sites="HFG",
    )
    assert where(RULE, of) == ["12 Mon1-2", "12 Mon2-3"]


def test_teachers_do_not_count() -> None:
    assert amount(RULE, school("1 Arnd 7 H1 Mon1\n2 Arnd 8 F1 Mon2")) == 0
