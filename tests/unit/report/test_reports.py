"""What planners and head teachers read after a repair."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.unit.service.exports import write_export
from untisopt.domain.resources import Travel
from untisopt.i18n import use_language
from untisopt.policy import Policy
from untisopt.report.check_text import check_json, check_text
from untisopt.report.optimise.json import result_data
from untisopt.report.optimise.text import optimise_json, optimise_text
from untisopt.report.optimise.txt import report_txt
from untisopt.report.rules_text import rule_text, rules_text
from untisopt.report.words.summary import gains, quality, share
from untisopt.results.verify import BrokenRule
from untisopt.service.check import check
from untisopt.service.rulebook import explain_rule, list_rules


def test_report(repaired):
    text = report_txt(repaired).decode()
    chapters = [
        line for line, under in zip(text.splitlines(), text.splitlines()[1:], strict=False) if set(under) == {"-"}
    ]
    assert chapters == [
        "What it brings",
        "What it costs",
        "How good it is",
        "What was asked",
        "The score, rule by rule",
        "What remains wrong",
        "Site changes a week, by teacher",
        "Changes by grade",
        "Changes by teacher",
        "What was not judged",
        "What else was noticed",
        "How it was made",
    ]
    assert "- Site changes of teachers: 1 a week instead of 2 (down 50 %)." in text
    # Two journeys that were too short, one of them is left: 2>3 with 20 minutes.
    assert "- Journeys of teachers with too little time: 1 a week instead of 2 (down 50 %)." in text
    assert "between periods 2 and 3: 20 min, 25 min needed" in " ".join(text.split())
    assert "\n  teacher  before  after\n" in text
    assert "- 3 of 11 lectures move (27 %)." in text
    assert "- This touches 2 of 3 teachers and 2 of 3 grades." in text
    assert "  Arnd\n    Mon 2 -> Mon 3  Ph 9.1 (lesson 178) with Arnd in F13\n" in text


def test_report_is_wrapped(repaired):
    assert max(map(len, report_txt(repaired).decode().splitlines())) <= 100


def test_nothing_moves(repaired):
    text = report_txt(replace(repaired, moves=(), after=repaired.before)).decode()
    assert "No lecture moves: the plan stays as it is." in text
    assert "Changes by grade" not in text


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": "optimal"}, "This is proved: no plan is better"),
        ({"status": "stopped"}, "You ended the search"),
        ({"status": "feasible"}, "The time limit ended the search"),
        # A moved lecture is one point.
        ({"objective": 8, "objective_before": 10, "rules_before": 0, "rules_after": 0, "bound": 6}, "this one 8"),
        ({"objective": 8, "objective_before": 10, "rules_before": 0, "rules_after": 0, "bound": 6}, "less than 6"),
        # Two week classes: a moved lecture is two points.
        ({"objective": 9, "rules_after": 0, "bound": 5, "move_points": 2}, "this one 4.5"),
        ({"rules_after": 7, "bound": 6}, "Whether the broken rules that remain can be mended is open."),
    ],
)
def test_quality_in_words(repaired, changes, expected):
    assert expected in " ".join(quality(replace(repaired, run=replace(repaired.run, **changes))))


def test_what_stays_the_same_is_said_so(repaired):
    text = "\n".join(gains(replace(repaired, after=repaired.before)))
    assert "Site changes of teachers: 2 a week, as before." in text


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 926, "0 %"), (3, 926, "under 1 %"), (5, 926, "1 %"), (923, 926, "over 99 %"), (926, 926, "100 %")],
)
def test_shares_never_claim_nothing_or_everything(part, whole, expected):
    assert share(part, whole) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"objective": 3, "bound": 1}, "At least 1 lecture has to move for this; the plan moves 3."),
        ({"objective": 3, "bound": 2}, "At least 2 lectures have to move for this; the plan moves 3."),
        ({"objective": 3, "bound": 0}, "It is not proved that any lecture has to move for this; the plan moves 3."),
    ],
)
def test_bound_at_one_site(repaired, changes, expected):
    run = replace(repaired.run, rules_before=0, rules_after=0, move_points=1, **changes)
    main = repaired.policy.main_site
    rooms = {name: replace(room, site=main) for name, room in repaired.school.rooms.items()}
    sites = {main: repaired.school.sites[main]}
    school = replace(repaired.school, rooms=rooms, sites=sites, travel=Travel({}))
    assert expected in quality(replace(repaired, school=school, run=run))


def test_bound_at_two_sites(repaired):
    run = replace(repaired.run, objective_before=760, objective=454, rules_before=0, rules_after=0, move_points=1)
    # Arnd changes sites; no grade does, and no teacher's comfort is judged: nothing else explains the number.
    prices = "(site changes of teachers: 10 each)"
    begin = f"Counted in moved lectures, the old plan costs 760 and this one 454 {prices}."
    told = quality(replace(repaired, run=replace(run, bound=13)))
    assert f"{begin} No plan that breaks as few rules can cost less than 13 (proved)." in told
    told = quality(replace(repaired, run=replace(run, bound=0)))
    assert f"{begin} How close that is to the best plan is not known." in told


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (0, "No lecture may move."),
        (1, "At most 1 lecture may move."),
        (2, "At most 2 lectures may move."),
    ],
)
def test_budget_in_words(repaired, limit, expected):
    policy = Policy(sites=repaired.policy.sites, max_changes=limit)
    assert expected in report_txt(replace(repaired, policy=policy)).decode()


def test_budget_and_pins_are_named(repaired):
    policy = Policy(sites=repaired.policy.sites, max_changes=7, travel_minutes=25)
    text = report_txt(replace(repaired, policy=policy)).decode()
    assert "At most 7 lectures may move." in text
    assert "may cost up to" not in text


def test_result_data(repaired):
    data: Any = result_data(repaired)
    rules = {row["rule"]: row for row in data["rules"]}
    assert (rules["teacher-site-changes"]["before"], rules["teacher-site-changes"]["after"]) == (2, 1)
    assert data["changes"] == {"moved_lectures": 3, "lectures": 11, "teachers": 2, "grades": 2}
    assert set(data["versions"]) == {"untisopt", "python", "ortools"}
    assert data["policy"]["sites"] == {"Filiale": ["F*"]}


def test_summary_says_where_the_files_are(repaired):
    text = optimise_text(repaired, "out", ["lesson.txt", "report.txt"])
    assert text.endswith("Written to out:\n  - lesson.txt, report.txt\n")
    data = json.loads(optimise_json(repaired, "out", ["lesson.txt"]))
    assert (data["out"], data["files"], data["status"]) == ("out", ["lesson.txt"], "feasible")


def test_check(tmp_path):
    result = check(write_export(tmp_path))
    text = check_text(result)
    assert "  - 11 rows: 8 lessons with 11 lectures in 10 blocks" in text
    assert "  - Arnd: Mon 1>2 (0 min, too short), Mon 2>3 (20 min, too short)" in text
    assert "Arnd: no lecture on Tue, Wed, Thu, Fri" in text
    data = json.loads(check_json(result))
    assert [change["name"] for change in data["site_changes"]] == ["Arnd", "Arnd"]
    travel = next(rule for rule in data["rules"] if rule["rule"] == "teacher-travel")
    assert travel["findings"][0]["lessons"] == [177, 178]


def test_check_names_what_is_missing(tmp_path):
    text = check_text(check(write_export(tmp_path), Policy()))
    assert "What was not judged" in text
    assert "no second site is known (--site NAME=PATTERN)" in text


def test_new_breach_is_spelt_out(repaired):
    from untisopt.report.diff.text import verify_text
    from untisopt.service.verify.plans import verify

    result = verify(repaired.plan, repaired.plan)
    assert "Sound: nothing is lost" in verify_text(result)
    broken = BrokenRule(rule="teacher-clash", before=0, after=1, new=("Arnd is needed twice",))
    text = verify_text(replace(result, broken=(broken,)))
    assert "Not sound: 1 thing is wrong." in text
    assert "Teacher clash: 1 instead of 0" in text
    assert "- Arnd is needed twice" in text


def test_rules():
    text = rules_text(list_rules())
    assert text.index("Must hold") < text.index("teacher-clash") < text.index("teacher-site-changes")
    assert "In Untis\n  Kollision Lehrer" in rule_text(explain_rule("teacher-clash"))


def test_chapters_of_a_rule_are_translated_and_their_language_is_named():
    use_language("de")
    try:
        text = rule_text(explain_rule("teacher-clash"))
    finally:
        use_language("en")
    assert "Der folgende Text ist auf Englisch." in text
    for chapter in ("Was geprüft wird", "Warum es wichtig ist", "Wie gezählt wird", "Beispiel", "In Untis"):
        assert f"\n{chapter}\n" in text
    assert "English" not in rule_text(explain_rule("teacher-clash"))


def test_chapters_of_the_evidence_say_what_is_and_not_what_would_be_wrong(tmp_path):
    text = check_text(check(write_export(tmp_path)))
    assert "Taken from the present plan" in text
    assert "\n  Free days of teachers (teacher-free-day)\n" in text
    assert "\nTravel time of teachers too short (2)\n" in text
