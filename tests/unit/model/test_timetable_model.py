"""Points, prices, and who is where; what the contract suite cannot show by itself."""

from __future__ import annotations

import pytest

from tests.builders import grid, move, school
from tests.contract.solving import amounts, encoded, is_a_solution, solved
from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.model.literals import literal_value, negated, weighted_sum
from untisopt.model.timetable_model import TimetableModel
from untisopt.rules import ALL_RULES, Rule
from untisopt.rules.clashes.clash import TeacherClash
from untisopt.rules.sites.site_changes import GradeSiteChanges, TeacherSiteChanges

DAY = grid(1, (0, 0, 0))  # periods 1 to 4 of one day


def test_covers_of_a_block() -> None:
    # The double in 1-2 may start in 1, 2, 3: period 2 is covered by the start in 2 (first lecture) and in 1 (second).
    of = school("1 Arnd 7 - Mon1-2", on=DAY)
    model = TimetableModel(of)
    covers = model.covering((Kind.TEACHER, "Arnd"), 0, Period(1, 2))
    assert sorted(cover.lecture for cover in covers) == ["1@1.1", "1@1.2"]
    assert [len(model.covering((Kind.TEACHER, "Arnd"), 0, Period(1, n))) for n in (1, 2, 3, 4, 5)] == [1, 2, 2, 1, 0]


def test_weeks_with_the_same_lectures_are_one_group() -> None:
    of = school("1 Arnd 7 H1 Mon1 AB\n2 Beck 7 H1 Mon2 A", on=DAY)
    model = TimetableModel(of)
    assert [g.multiplicity for g in model.week_groups((Kind.TEACHER, "Arnd"))] == [2]
    assert [g.multiplicity for g in model.week_groups((Kind.GRADE, "7"))] == [1, 1]
    assert [(g.week_class, g.multiplicity) for g in model.week_groups((Kind.TEACHER, "Beck"))] == [(0, 1)]


def test_weeks_with_the_same_lectures_at_other_sites_are_two_groups() -> None:
    # In B weeks 7 has a second line at F: the same lecture, other sites.
    of = school("1 Arnd 7 H1 Mon1 AB\n1 Beck 7 F1 Mon1 B", on=DAY)
    assert [g.multiplicity for g in TimetableModel(of).week_groups((Kind.GRADE, "7"), by="sites")] == [1, 1]


@pytest.mark.parametrize(
    "line", ["1 Arnd 7 H2 Mon1 B", "1 Beck 7 H1 Mon1 B", "1 Arnd 7,8 H1 Mon1 B"], ids=["room", "teacher", "grade"]
)
def test_weeks_in_which_a_lecture_holds_other_courses_at_the_same_site(line: str) -> None:
    # In B weeks 7 has a second line: whoever asks for sites sees the same weeks, whoever asks for courses does not.
    model = TimetableModel(school(f"1 Arnd 7 H1 Mon1 AB\n{line}", on=DAY))
    assert [g.multiplicity for g in model.week_groups((Kind.GRADE, "7"), by="sites")] == [2]
    assert [(g.week_class, g.multiplicity) for g in model.week_groups((Kind.GRADE, "7"))] == [(0, 1), (1, 1)]


def test_teacher_with_one_lecture_at_two_sites_can_stay() -> None:
    """A lecture at two sites once made the plan of today infeasible in the strict model."""
    of = school("1 Arnd 7 H1+F1 Mon1\n2 Arnd 8 H1 Mon2\n3 Arnd 9 F1 Mon3", on=DAY)
    rules: list[Rule] = [TeacherClash(), TeacherSiteChanges()]
    model = encoded(of, rules, strict=True)
    assert is_a_solution(model, model.assignment(of.as_is))
    # {H,F}, H, F: one change.
    assert solved(model, rules, of.as_is) == amounts(of, of.as_is, rules) == {"teacher-site-changes": 1}


@pytest.mark.parametrize("rule", [TeacherSiteChanges(), GradeSiteChanges()])
def test_site_changes_without_a_clash_rule_forbid_nothing(rule: TeacherSiteChanges | GradeSiteChanges) -> None:
    """Where the clash rules are off, lectures may meet, and site changes are still counted right."""
    of = school("1 Arnd 7 H1 Mon1\n2 Arnd 7 F1 Mon2\n3 Arnd 7 F1 Mon3", on=DAY)
    model = encoded(of, [rule], strict=True)
    for plan in (move(of, {"2@1.2": "Mon1"}), move(of, {"3@1.3": "Mon2"})):
        assert solved(model, [rule], plan) == amounts(of, plan, [rule])


def test_pairs_that_overlap_today_may_not_overlap_more_often() -> None:
    """With `allow_existing` off, existing overlaps are priced, and their number is capped."""
    of = school("1 Arnd 7 - Mon1\n2 Arnd 8 - Mon1\n1 Arnd 7 - Mon3\n2 Arnd 8 - Mon4", on=DAY)
    rules = [TeacherClash(allow_existing=False)]
    model = encoded(of, rules, strict=True)
    assert solved(model, rules, of.as_is) == {"teacher-clash": 1}
    # The overlap may wander, or go; a second one is new.
    assert solved(model, rules, move(of, {"1@1.1": "Mon4", "2@1.1": "Mon2"})) == {"teacher-clash": 1}
    assert solved(model, rules, move(of, {"1@1.1": "Mon2"})) == {}
    assert solved(model, rules, move(of, {"2@1.4": "Mon3"})) is None


def test_every_set_of_rules_can_be_built_with_rooms_and_blocked_times() -> None:
    """Blocked rooms once used the literals of a block before later rules left out its starts."""
    of = school("1 Arnd 7 H1 Mon1-2\n2 Beck 7 H2 Mon3", on=DAY, groups=["H1 H2"], blocked={"H1": "Mon4", "H2": "Mon1"})
    model = encoded(of, [rule for rule in ALL_RULES if not rule.missing(of)], strict=True, rooms_change=True)
    assert is_a_solution(model, model.assignment(of.as_is))


def test_price_of_a_start() -> None:
    of = school("1 Arnd 7 - Mon1\n2 Arnd 7 - Mon2", on=DAY)
    one, two = of.blocks
    model = TimetableModel(of)
    model.price_start("rule", one, Period(1, 1), 3)  # today's start: may stay, but costs
    model.price_start("rule", one, Period(1, 2), 5)  # new: forbidden
    model.price_start("rule", two, Period(1, 1), 0)  # costs nothing
    assert [start.number for start in model.decisions.starts(one)] == [1, 3, 4]
    assert [start.number for start in model.decisions.starts(two)] == [1, 2, 3, 4]
    assert model.evaluate(of.as_is) == {"rule": 3}
    assert model.evaluate(move(of, {"1@1.1": "Mon3"})) == {"rule": 0}


def test_price_of_a_start_where_nothing_is_forbidden() -> None:
    of = school("1 Arnd 7 - Mon1", on=DAY)
    model = TimetableModel(of, strict=False)
    model.price_start("rule", of.blocks[0], Period(1, 2), 5)
    assert model.evaluate(move(of, {"1@1.1": "Mon2"})) == {"rule": 5}


def test_start_of_the_current_plan_is_never_forbidden() -> None:
    of = school("1 Arnd 7 - Mon1", on=DAY)
    model = TimetableModel(of, current=move(of, {"1@1.1": "Mon2"}))
    model.price_start("rule", of.blocks[0], Period(1, 2), 5)
    assert Period(1, 2) in model.decisions.starts(of.blocks[0])


def test_start_of_today_is_never_forbidden_either() -> None:
    """A block that was moved in an earlier step may go back, whatever it breaks there today."""
    of = school("1 Arnd 7 - Mon1", on=DAY)
    model = TimetableModel(of, current=move(of, {"1@1.1": "Mon2"}))
    model.price_start("rule", of.blocks[0], Period(1, 1), 5)
    assert model.evaluate(of.as_is) == {"rule": 5}


def test_derived_literals() -> None:
    of = school("1 Arnd 7 - Mon1", on=DAY)
    model = TimetableModel(of)
    one, two = (model.decisions.literal(of.blocks[0], Period(1, n)) for n in (1, 2))
    assert model.any_of([one, True], "x") is True
    assert model.any_of([False], "x") is False
    assert model.any_of([one, False], "x") is one
    assert model.all_of([one, False], "x") is False
    assert model.all_of([True], "x") is True
    either, both = model.any_of([one, two], "either"), model.all_of([one, two], "both")
    values = model.assignment(of.as_is)
    assert (literal_value(either, values), literal_value(both, values)) == (1, 0)


def test_sums_of_constants() -> None:
    of = school("1 Arnd 7 - Mon1", on=DAY)
    one = TimetableModel(of).decisions.literal(of.blocks[0], Period(1, 1))
    assert weighted_sum([True, False], [3, 5]) == 3
    assert literal_value(negated(True), {}) == 0
    assert literal_value(negated(one), {0: 1}) == 0
    model = TimetableModel(of)
    assert model.at_least_sum([True, True], 1, "x") is True
    assert model.at_least_sum([True, False], 1, "x") is False
