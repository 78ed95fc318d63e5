"""Judging: counts, site changes, what cannot be judged, rooms that look like a site."""

from __future__ import annotations

from tests.unit.service.exports import ROWS, write_export
from untisopt.domain.resources import Kind
from untisopt.policy import Policy
from untisopt.rules import NotStated
from untisopt.service.check import check


def test_counts(tmp_path):
    # 11 rows; every row is a lecture; Tuesday 1-2 of lesson 180 is a double, so 10 blocks; lessons 177 to 184.
    counts = check(write_export(tmp_path)).source.counts
    assert (counts.rows, counts.lessons, counts.lectures, counts.blocks) == (11, 8, 11, 10)
    assert (counts.teachers, counts.grades, counts.rooms) == (3, 3, 5)


def test_site_changes_with_their_breaks(tmp_path):
    changes = check(write_export(tmp_path)).site_changes
    # 1>2 has 0 minutes, 2>3 has 20; both are less than 25.
    assert [(c.kind, c.name, c.day, c.before, c.after, c.minutes, c.needed, c.too_short) for c in changes] == [
        (Kind.TEACHER, "Arnd", 1, 1, 2, 0, 25, True),
        (Kind.TEACHER, "Arnd", 1, 2, 3, 20, 25, True),
    ]


def test_week_classes_are_taken_together(tmp_path):
    rows = ROWS + "Carl 2 5 Ma 101 185 9.1 A\nCarl 2 8 Ma F14 186 9.1 A\nCarl 4 5 Ma 101 187 9.1 B\n"
    result = check(write_export(tmp_path, rows))
    changes = {
        (c.name, c.day, c.before, c.after): c.week_classes for c in result.site_changes if c.kind is Kind.TEACHER
    }
    # Arnd changes in both kinds of weeks, Carl in A weeks only.
    assert changes == {("Arnd", 1, 1, 2): (0, 1), ("Arnd", 1, 2, 3): (0, 1), ("Carl", 2, 5, 8): (0,)}
    assert result.judgement.amount("teacher-site-changes") == 5  # 2 + 2 + 1


def test_long_enough_is_not_too_short(tmp_path):
    # From 9:30 to 10:35 there are 65 minutes.
    rows = "Arnd 1 2 Ma 101 177 10.3\nArnd 1 4 Ph F13 178 9.1\n"
    (change,) = check(write_export(tmp_path, rows)).site_changes
    assert (change.minutes, change.too_short) == (65, False)


def test_without_times_the_minutes_are_unknown(tmp_path):
    result = check(write_export(tmp_path, times=False))
    assert result.site_changes[0].minutes is None
    assert not result.site_changes[0].too_short
    assert "no break table is known" in result.not_judged["teacher-travel"]


def test_without_sites_the_rest_is_judged(tmp_path):
    result = check(write_export(tmp_path), Policy())
    lacking = {rule for rule, reason in result.not_judged.items() if not isinstance(reason, NotStated)}
    assert lacking == {"teacher-travel", "grade-travel", "teacher-site-changes", "grade-site-changes"}
    assert result.judgement.amount("teacher-clash") == 0


def test_rule_that_is_off_is_neither_judged_nor_missed(tmp_path):
    policy = "[rules.teacher-site-changes]\nenabled = false\n"
    result = check(write_export(tmp_path, policy=policy))
    assert "teacher-site-changes" not in result.not_judged
    assert "teacher-site-changes" not in result.judgement.rules


def test_tables(tmp_path):
    result = check(write_export(tmp_path))
    assert result.score.loc["teacher-travel", "amount"] == 2
    assert list(result.violations["rule"].unique()) == ["teacher-travel", "teacher-site-changes"]
    assert result.plan.lectures.loc["180@2.1", "rooms"] == ("F14",)
    assert len(result.plan.rows) == 11
    busiest = result.plan.lectures.explode("teachers").groupby("teachers").size().idxmax()
    assert busiest in {"Beck", "Carl"}  # four lectures each
