"""Travel to and from break supervisions. Breaks: 2->3 20 min (09:30-09:50), 4->5 10, 6->7 30; the journey takes 25."""

from __future__ import annotations

import pytest

from tests.builders import ALL_WEEKS, WEEKS_A, at, school
from tests.unit.rules.checks import amount, sentence, where
from tests.unit.rules.traits import stating
from untisopt.domain.calendar import WeekSet
from untisopt.domain.limits import Supervision
from untisopt.domain.school import School
from untisopt.rules.sites.supervision_travel import SupervisionTravel

RULE = SupervisionTravel()


def supervised(
    table: str, place: str = "Mon3", site: str | None = "H", weeks: WeekSet = ALL_WEEKS, travel: int = 25
) -> School:
    """Arnd supervises the yard of a site."""
    supervision = Supervision(corridor="yard", teacher="Arnd", before=at(place), minutes=15, weeks=weeks, site=site)
    return stating(school(table, travel=travel), supervisions=(supervision,))


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("Mon2", ["Arnd Mon2-3"]),  # no time at all
        ("Mon1", []),  # period 2, 45 min, is free for the way
        ("Mon3", ["Arnd Mon3-3"]),
        ("Mon4", []),
        ("Tue2", []),
    ],
)
def test_a_lecture_at_the_other_site(place: str, found: list[str]) -> None:
    assert where(RULE, supervised(f"1 Arnd 7 F1 {place}")) == found


def test_sentences() -> None:
    start = "Arnd supervises yard (H) on Mon in the break before period 3, but teaches at F in period"
    assert sentence(RULE, supervised("1 Arnd 7 F1 Mon2")) == f"{start} 2 without time for the way"
    assert sentence(RULE, supervised("1 Arnd 7 F1 Mon3")) == f"{start} 3 without time for the way"


def test_both_sides() -> None:
    assert amount(RULE, supervised("1 Arnd 7 F1 Mon2\n2 Arnd 7 F1 Mon3")) == 2


@pytest.mark.parametrize(("travel", "found"), [(45, 0), (46, 1)])
def test_a_free_period_of_45_minutes(travel: int, found: int) -> None:
    assert amount(RULE, supervised("1 Arnd 7 F1 Mon1", travel=travel)) == found


def test_only_the_nearest_lecture_counts() -> None:
    # With 50 minutes period 1 is too near, but Arnd is back at H in period 2: another rule looks at that journey.
    assert amount(RULE, supervised("1 Arnd 7 F1 Mon1\n2 Arnd 7 H1 Mon2", travel=50)) == 0


def test_the_same_site_and_unknown_sites() -> None:
    assert amount(RULE, supervised("1 Arnd 7 H1 Mon2\n2 Arnd 7 - Mon3\n3 Beck 7 F1 Mon2")) == 0


def test_the_break_after_a_period() -> None:
    # GPU009 says 2. Before period 2: the lecture is after the supervision. After period 2: it is before it.
    of = supervised("1 Arnd 7 F1 Mon2", place="Mon2")
    assert where(RULE, of) == ["Arnd Mon2-2"]
    assert where(SupervisionTravel(before=False), of) == ["Arnd Mon2-3"]


def test_before_the_first_period_only_what_follows_counts() -> None:
    assert where(RULE, supervised("1 Arnd 7 F1 Mon1", place="Mon1")) == ["Arnd Mon1-1"]


def test_parallel_lectures_at_both_sites_leave_a_choice() -> None:
    assert amount(RULE, supervised("1 Arnd 7 F1 Mon2\n2 Arnd 8 H1 Mon2")) == 0


def test_weeks() -> None:
    table = "1 Arnd 7 F1 Mon2 AB\n2 Beck 8 - Mon1 A"
    assert where(RULE, supervised(table, weeks=WEEKS_A)) == ["Arnd Mon2-3 A"]
    assert where(RULE, supervised(table)) == ["Arnd Mon2-3 A", "Arnd Mon2-3 B"]
    # A plan without weeks: the supervision counts, whatever its weeks.
    assert where(RULE, supervised("1 Arnd 7 F1 Mon2", weeks=WEEKS_A)) == ["Arnd Mon2-3"]


def test_missing() -> None:
    expected = "no break supervision with a known site is stated (GPU009)"
    assert RULE.missing(supervised("1 Arnd 7 F1 Mon2", site=None)) == expected
    assert RULE.missing(school("1 Arnd 7 F1 Mon2")) == expected
    assert RULE.missing(supervised("1 Arnd 7 F1 Mon2")) == ""
    assert amount(RULE, supervised("1 Arnd 7 F1 Mon2", site=None)) == 0
