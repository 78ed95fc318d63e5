"""Site changes of teachers within a day."""

from __future__ import annotations

from tests.builders import move, school
from tests.unit.rules.checks import amount, evidence, sentence, violations, where
from untisopt.domain.score import Tier
from untisopt.rules.sites.site_changes import TeacherSiteChanges

RULE = TeacherSiteChanges()


def test_example_of_the_module() -> None:
    # H in 1-2, F in 4-5, H in 7: two changes, whatever the time between.
    of = school("1 Arnd 7 H1 Mon1-2\n2 Arnd 8 F1 Mon4-5\n3 Arnd 7 H1 Mon7")
    assert where(RULE, of) == ["Arnd Mon2-4", "Arnd Mon5-7"]
    # Both lessons at H before the one at F: one change.
    assert where(RULE, of, move(of, {"3@1.7": "Mon3"})) == ["Arnd Mon3-4"]


def test_every_day_begins_anew() -> None:
    assert where(RULE, school("1 Arnd 7 H1 Mon1\n2 Arnd 8 F1 Tue1")) == []


def test_lecture_without_a_site_is_passed_over() -> None:
    of = school("1 Arnd 7 H1 Mon1\n2 Arnd 8 - Mon2\n3 Arnd 7 H1 Mon3\n4 Arnd 7 x1 Mon4\n5 Arnd 7 F1 Mon5")
    assert where(RULE, of) == ["Arnd Mon3-5"]


def test_three_sites() -> None:
    # H, F, G, H: three changes.
    of = school("1 Arnd 7 H1 Mon1\n2 Arnd 7 F1 Mon2\n3 Arnd 7 G1 Mon3\n4 Arnd 7 H1 Mon4", sites="HFG")
    assert amount(RULE, of) == 3


def test_one_per_week_class() -> None:
    # Weekly lessons change in A and in B; the lesson in A only adds the way back in A.
    of = school("1 Arnd 7 H1 Mon1 AB\n2 Arnd 7 F1 Mon2 AB\n3 Arnd 7 H1 Mon3 A\n4 Beck - - Mon1 B")
    assert where(RULE, of) == ["Arnd Mon1-2 A", "Arnd Mon1-2 B", "Arnd Mon2-3 A"]


def test_line_of_a_coupling_that_is_held_in_some_weeks_only() -> None:
    # In B weeks Arnd has both lines, at H and at F, and may stay at H; in A weeks only F: H, F, H.
    of = school("1 Arnd 7 H1 Mon1 AB\n2 Arnd 7 F1 Mon2 AB\n2 Arnd 8 H2 Mon2 B\n3 Arnd 7 H1 Mon3 AB")
    assert where(RULE, of) == ["Arnd Mon1-2 A", "Arnd Mon2-3 A"]


def test_lecture_at_two_sites_narrows_down() -> None:
    # {H,F}, then F: at F all the time. {H,F}, then G, then {H,F}: two changes.
    assert where(RULE, school("1 Arnd 7 H1+F1 Mon1\n2 Arnd 7 F1 Mon2")) == []
    of = school("1 Arnd 7 H1+F1 Mon1\n2 Arnd 7 G1 Mon2\n3 Arnd 7 H1+F1 Mon3", sites="HFG")
    assert amount(RULE, of) == 2


def test_explain_and_facts() -> None:
    of = school("177 Arnd 7 H1 Mon5\n178 Arnd 8 F1 Mon8")
    assert sentence(RULE, of) == "Arnd changes from H to F on Mon between periods 5 and 8"
    (violation,) = violations(RULE, of)
    assert violation.facts.lectures == ("177@1.5", "178@1.8")


def test_needs_a_second_site_but_no_times() -> None:
    assert "--site" in RULE.missing(school("1 Arnd 7 H1 Mon1", sites="H"))
    assert RULE.missing(school("1 Arnd 7 H1 Mon1", travel={})) == ""
    assert evidence(RULE, school("1 Arnd 7 H1 Mon1")) == {}


def test_tier() -> None:
    assert RULE.tier is Tier.SITE_CHANGES
