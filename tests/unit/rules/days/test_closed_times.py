"""Closed times: when the whole school is free today, it stays free."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import at, move, school
from tests.unit.rules.checks import evidence, sentence, where
from untisopt.rules.days.closed_times import ClosedTimes

RULE = ClosedTimes()
OF = school("1 Arnd 7 - Mon1-2\n2 Beck 8 - Tue1\n3 Cern - - Tue2")
AFTERNOON = frozenset({at("Wed3"), at("Wed4"), at("Wed6")})


def test_nothing_is_closed_that_the_school_does_not_say() -> None:
    assert where(RULE, OF, move(OF, {"1@1.1": "Wed3"})) == []


def test_one_per_lecture_at_a_closed_time_of_one_of_its_grades() -> None:
    closed = replace(OF, closed={"7": AFTERNOON})
    assert where(RULE, closed) == []
    assert where(RULE, closed, move(closed, {"1@1.1": "Wed3"})) == ["Wed3", "Wed4"]
    assert where(RULE, closed, move(closed, {"1@1.1": "Wed4"})) == ["Wed4"]
    # Grade 8 has a grid of its own and is taught then; so is who has no grade.
    assert where(RULE, closed, move(closed, {"2@2.1": "Wed3", "3@2.2": "Wed3"})) == []


def test_lectures_without_a_grade_have_closed_times_of_their_own() -> None:
    closed = replace(OF, closed={"": AFTERNOON})
    assert where(RULE, closed, move(closed, {"2@2.1": "Wed3", "3@2.2": "Wed3"})) == ["Wed3"]


def test_explain() -> None:
    closed = replace(OF, closed={"8": AFTERNOON})
    assert sentence(RULE, closed, move(closed, {"2@2.1": "Wed6"})) == (
        "S2 8 (lesson 2) at Wed 6 stands when the whole school is free"
    )


def test_evidence_by_day_and_by_grades_where_they_differ() -> None:
    alike = replace(OF, closed={"7": AFTERNOON, "8": AFTERNOON, "": AFTERNOON})
    assert evidence(RULE, alike) == {"Wed": "nobody has a lecture in periods 3-4, 6"}
    differ = replace(OF, closed={"7": AFTERNOON, "8": frozenset({at("Sat1")})})
    assert evidence(RULE, differ) == {
        "Wed (7)": "nobody has a lecture in periods 3-4, 6",
        "Sat (8)": "nobody has a lecture in period 1",
    }
