"""Lessons of half a year that share their places, from GPU001 to a repaired plan and its calendars."""

from __future__ import annotations

from pathlib import Path

import pytest

import untisopt
from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.timetable import Timetable
from untisopt.io.untis.files.writer import revised
from untisopt.report.check_text import check_text
from untisopt.rules import ALL_RULES, judge
from untisopt.service.calendar import calendar_files
from untisopt.service.policy.file import init_policy
from untisopt.service.reading.plan import Plan

# Arn teaches Ph in the first half and Ch in the second, both on Monday 1 in room 101; Ma all year.
GPU001 = """1;9a;Arn;Ph;101;1;1;\r
2;9a;Arn;Ch;101;1;1;\r
3;9a;Arn;Ma;101;1;2;\r
"""
HALVES = {1: ("20260907", "20270129"), 2: ("20270201", "20270716"), 3: ("", "")}
BREAKS = "1 08:00-08:45\n2 08:50-09:35\n3 09:40-10:25\n"


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    (tmp_path / "GPU001.TXT").write_text(GPU001, encoding="utf-8", newline="")
    rows = ({1: str(n), 15: first, 16: last} for n, (first, last) in HALVES.items())
    lines = [";".join(row.get(column, "") for column in range(1, 25)) for row in rows]
    (tmp_path / "GPU002.TXT").write_text("\r\n".join([*lines, ""]), encoding="utf-8", newline="")
    (tmp_path / "breaks.txt").write_text(BREAKS, encoding="utf-8")
    return untisopt.read(tmp_path)


def moved(plan: Plan, **numbers: int) -> Timetable:
    """The plan with lectures of Monday in other periods; `n2` is the one of lesson 2."""
    places = {id_: plan.timetable[id_] for id_ in plan.timetable}
    lessons = {f"n{plan.school.lectures[id_].lesson}": id_ for id_ in places}
    return plan.timetable.replace(
        {lessons[name]: places[lessons[name]].at(Period(1, number)) for name, number in numbers.items()}
    )


def test_check_and_policy_init_know_the_weeks(plan: Plan) -> None:
    assert plan.source.knows_weeks
    assert "2 kinds of weeks: A (" in check_text(untisopt.check(plan))
    assert "\n# week = " in init_policy(plan.export.path, out=plan.export.path / "new.toml").text


def test_nothing_clashes_today(plan: Plan) -> None:
    found = untisopt.check(plan)

    assert [found.judgement.amount(f"{who}-clash") for who in ("teacher", "grade", "room")] == [0, 0, 0]
    assert not plan.school.compatible


def test_written_plan_differs_in_the_moved_rows_only(plan: Plan, tmp_path: Path) -> None:
    export = plan.export
    assert revised(export, plan.timetable)["GPU001.TXT"] == GPU001.encode()

    after = tmp_path / "after"
    after.mkdir()
    data = revised(export, moved(plan, n1=2, n2=2, n3=1))["GPU001.TXT"]
    rows = GPU001.replace("101;1;1", "101;1;x").replace("101;1;2", "101;1;1").replace("101;1;x", "101;1;2")
    assert sorted(data.splitlines()) == sorted(rows.encode().splitlines())
    (after / "GPU001.TXT").write_bytes(data)

    # The second folder has no GPU002, so no weeks are known there.
    verified = untisopt.verify(tmp_path, after)
    assert verified.ok
    assert len(verified.moves) == 3


def test_second_half_may_not_move_onto_what_is_held_all_year(plan: Plan) -> None:
    score = judge(plan.school, moved(plan, n2=2), ALL_RULES)

    # In the weeks of the second half only.
    (clash,) = score.of("grade-clash")
    assert plan.school.week_classes[clash.facts.week_class or 0].name == "B"


def test_calendars_show_a_lesson_in_its_weeks_only(plan: Plan) -> None:
    # Week 45 of 2026 is in the first half, week 20 of 2027 in the second.
    result = calendar_files(plan, (45, 20), people=[(Kind.TEACHER, "Arn")])

    text = result.files["teachers/Arn.ics"].decode()
    events = text.split("BEGIN:VEVENT")[1:]
    days = {
        subject: [line[-15:-7] for event in events if f"SUMMARY:{subject}" in event for line in _starts(event)]
        for subject in ("Ph", "Ch")
    }
    assert days == {"Ph": ["20261102"], "Ch": ["20270517"]}


def _starts(event: str) -> list[str]:
    return [line for line in event.splitlines() if line.startswith("DTSTART")]
