"""Findings of several week classes become one line; long lists are cut."""

from __future__ import annotations

from tests.builders import school
from untisopt.report.words.findings import findings, lessons_of, limited, per_week
from untisopt.rules.sites.travel import TeacherTravel


def _found(table):
    plan = school(table)
    rule = TeacherTravel()
    return plan, findings(plan, rule, rule.check(plan, plan.as_is))


def test_every_week_is_not_named():
    # Held in A and B weeks: two violations that say the same.
    plan, (finding,) = _found("1 Arnd 10.3 H1 Mon1 AB\n2 Arnd 9.1 F1 Mon2 AB\n3 Beck 8.1 H1 Tue1 A")
    assert len(finding.violations) == 2
    assert finding.text == "Arnd changes from H to F on Mon between periods 1 and 2: 0 min, 25 min needed"
    assert lessons_of(plan, finding.lectures) == [1, 2]


def test_one_kind_of_weeks_is_named():
    _plan, (finding,) = _found("1 Arnd 10.3 H1 Mon1 A\n2 Arnd 9.1 F1 Mon2 A\n3 Beck 8.1 H1 Tue1 B")
    assert "in weeks A" in finding.text


def test_different_lessons_in_a_and_b_weeks_are_one_line():
    plan, (finding,) = _found("1 Arnd 10.3 H1 Mon1 A\n2 Arnd 10.3 H1 Mon1 B\n3 Arnd 9.1 F1 Mon2 AB")
    assert finding.week_classes == (0, 1)
    assert lessons_of(plan, finding.lectures) == [1, 2, 3]
    assert "weeks" not in finding.text


def test_same_weeks_twice_are_two_lines():
    _plan, found = _found("1 Arnd 10.3 H1 Mon1\n2 Arnd 9.1 F1 Mon2\n3 Beck 8.1 H1 Mon1\n4 Beck 7.1 F1 Mon2")
    assert len(found) == 2


def test_mean_per_week():
    plan = school("1 Arnd 10.3 H1 Mon1 A\n2 Arnd 10.3 H1 Mon1 B")
    assert [per_week(plan, amount) for amount in (0, 3, 4)] == ["0", "1.5", "2"]


def test_long_lists_are_cut():
    lines = [str(i) for i in range(15)]
    assert limited(lines, show_all=False) == [*lines[:10], "and 5 more"]
    assert limited(lines, show_all=True) == lines
    # One more than fits is shown: "and 1 more" would take the same line.
    assert limited(lines[:11], show_all=False) == lines[:11]
