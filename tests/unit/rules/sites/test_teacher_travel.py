"""Travel time of teachers. Breaks of the grid: 2->3 20 min, 4->5 10, 6->7 30, 8->9 5, all others 0."""

from __future__ import annotations

import pytest

from tests.builders import grid, move, school
from tests.unit.rules.checks import evidence, sentence, violations, where
from untisopt.rules.sites.travel import TeacherTravel

RULE = TeacherTravel()


@pytest.mark.parametrize(
    ("first", "second", "too_short"),
    [
        (5, 6, True),  # 0 min < 25
        (2, 3, True),  # 20 min < 25
        (6, 7, False),  # 30 min >= 25
        (1, 3, False),  # a free period: 45 + 20 = 65 min
    ],
)
def test_journey_of_25_minutes(first: int, second: int, too_short: bool) -> None:
    of = school(f"1 Arnd 7 H1 Mon{first}\n2 Arnd 8 F1 Mon{second}")
    assert where(RULE, of) == ([f"Arnd Mon{first}-{second}"] if too_short else [])


@pytest.mark.parametrize(("minutes", "found"), [(30, []), (31, ["Arnd Mon6-7"])])
def test_break_of_30_minutes_is_long_enough_for_exactly_30(minutes: int, found: list[str]) -> None:
    of = school("1 Arnd 7 H1 Mon6\n2 Arnd 8 F1 Mon7", travel=minutes)
    assert where(RULE, of) == found


def test_unusable_break_is_too_short_whatever_its_length() -> None:
    of = school("1 Arnd 7 H1 Mon6\n2 Arnd 8 F1 Mon7", on=grid(unusable=[(6, 7)]))
    assert where(RULE, of) == ["Arnd Mon6-7"]


def test_unusable_break_does_not_matter_across_a_free_period() -> None:
    # 5->7: 12:15 to 13:30 is 75 min, and only the break 6->7 itself is unusable.
    of = school("1 Arnd 7 H1 Mon5\n2 Arnd 8 F1 Mon7", on=grid(unusable=[(6, 7)]))
    assert where(RULE, of) == []


def test_same_site_and_other_day_need_no_time() -> None:
    assert where(RULE, school("1 Arnd 7 H1 Mon1\n2 Arnd 8 H2 Mon2\n3 Arnd 8 F1 Tue1")) == []


def test_lecture_without_a_room_or_without_a_site_is_passed_over() -> None:
    # H until 11:20, then no room in 5, F from 12:15 on: 55 min >= 25. Room x1 stands nowhere.
    assert where(RULE, school("1 Arnd 7 H1 Mon4\n2 Arnd 8 - Mon5\n3 Arnd 8 F1 Mon6")) == []
    assert where(RULE, school("1 Arnd 7 H1 Mon4\n2 Arnd 8 x1 Mon5\n3 Arnd 8 F1 Mon6", travel=60)) == ["Arnd Mon4-6"]


def test_three_sites() -> None:
    # H->G in 0 min, G->F in 20 min: both shorter than 25.
    of = school("1 Arnd 7 H1 Mon1\n2 Arnd 7 G1 Mon2\n3 Arnd 8 F1 Mon3", sites="HFG")
    assert where(RULE, of) == ["Arnd Mon1-2", "Arnd Mon2-3"]


def test_only_consecutive_lectures_count() -> None:
    # 1->2 and 2->3 are too short; 1->3 is H to H.
    of = school("1 Arnd 7 H1 Mon1\n2 Arnd 7 F1 Mon2\n3 Arnd 8 H1 Mon3")
    assert where(RULE, of) == ["Arnd Mon1-2", "Arnd Mon2-3"]


def test_travel_time_may_differ_by_direction() -> None:
    # 4->5 is 10 min: enough from F to H (5), not from H to F (25).
    minutes = {("H", "F"): 25, ("F", "H"): 5}
    assert where(RULE, school("1 Arnd 7 F1 Mon4\n2 Arnd 8 H1 Mon5", travel=minutes)) == []
    assert where(RULE, school("1 Arnd 7 H1 Mon4\n2 Arnd 8 F1 Mon5", travel=minutes)) == ["Arnd Mon4-5"]


def test_unknown_journey_is_taken_as_possible() -> None:
    of = school("1 Arnd 7 H1 Mon1\n2 Arnd 8 F1 Mon2", travel={("F", "H"): 25})
    assert where(RULE, of) == []


def test_weeks() -> None:
    # Never in the same week: none. Every week: one per week class.
    assert where(RULE, school("1 Arnd 7 H1 Mon1 A\n2 Arnd 8 F1 Mon2 B")) == []
    of = school("1 Arnd 7 H1 Mon1 AB\n2 Arnd 8 F1 Mon2 AB\n3 Beck 8 - Mon1 A")
    assert where(RULE, of) == ["Arnd Mon1-2 A", "Arnd Mon1-2 B"]


def test_lecture_with_rooms_at_two_sites() -> None:
    # In period 1 Arnd is at either site, so nobody can say that the way to F is too short.
    assert where(RULE, school("1 Arnd 7 H1+F1 Mon1\n2 Arnd 8 F1 Mon2")) == []
    # But two lines with different teachers put each of them at one site.
    of = school("1 Arnd 7 H1 Mon1\n1 Beck 7 F1 Mon1\n2 Arnd 8 F2 Mon2")
    assert where(RULE, of) == ["Arnd Mon1-2"]


def test_a_block_that_moves_away_repairs_it() -> None:
    of = school("1 Arnd 7 H1 Mon1-2\n2 Arnd 8 F1 Mon3")
    assert where(RULE, of) == ["Arnd Mon2-3"]
    # 3-4 for the double, F in 6: 11:20 to 12:15 is 55 min.
    assert where(RULE, of, move(of, {"1@1.1": "Mon3", "2@1.3": "Mon6"})) == []


def test_explain() -> None:
    of = school("1 Arnd 7 H1 Mon2\n2 Arnd 8 F1 Mon3")
    expected = "Arnd changes from H to F on Mon between periods 2 and 3: 20 min, 25 min needed"
    assert sentence(RULE, of) == expected
    with_weeks = school("1 Arnd 7 H1 Mon2 A\n2 Arnd 8 F1 Mon3 A\n3 Beck 8 - Mon1 B")
    assert "between periods 2 and 3 in weeks A" in sentence(RULE, with_weeks)


def test_explain_names_the_unusable_break() -> None:
    of = school("1 Arnd 7 H1 Mon6\n2 Arnd 8 F1 Mon7", on=grid(unusable=[(6, 7)]))
    assert sentence(RULE, of) == (
        "Arnd changes from H to F on Mon between periods 6 and 7: this break may not be used for travel"
    )


def test_facts_name_the_lectures() -> None:
    (violation,) = violations(RULE, school("1 Arnd 7 H1 Mon2\n2 Arnd 8 F1 Mon3"))
    assert violation.facts.lectures == ("1@1.2", "2@1.3")
    assert violation.facts.sites == ("H", "F")


def test_missing() -> None:
    table = "1 Arnd 7 H1 Mon1"
    assert "--site" in RULE.missing(school(table, sites="H"))
    assert "--travel" in RULE.missing(school(table, travel={}))
    assert "--breaks" in RULE.missing(school(table, on=grid(times=False)))
    assert RULE.missing(school(table)) == ""
    assert evidence(RULE, school(table)) == {}
