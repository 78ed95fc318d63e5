"""`untisopt why-not`, `untisopt explain` and `untisopt score`."""

from __future__ import annotations

import json

import pytest

from tests.unit.service.exports import POLICY, ROWS, solver_that_moves, use_solver, write_export

# Arnd's journeys on Monday: his lesson 178 and one of grade 9.1 change places.
GOOD = {"178@1.2": (1, 3), "179@1.3": (1, 2), "181@1.3": (1, 2)}


@pytest.fixture
def lesson(tmp_path):
    return write_export(tmp_path / "export")


@pytest.fixture
def result(tmp_path, lesson, run, monkeypatch):
    with monkeypatch.context() as patch:
        use_solver(patch, solver_that_moves(GOOD))
        assert run("optimise", lesson, "--out", tmp_path / "result").exit_code == 0
    return tmp_path / "result"


# -- why-not --


def test_impossible_wish(run, lesson):
    # Carl has no lecture on Wednesday, and neither has grade 10.4.
    done = run("why-not", lesson, "--wish", "Sp 10.4 Mi 1", "--workers", 1)
    assert done.exit_code == 4
    assert "Wish: Sp 10.4 Mi 1" in done.stdout
    assert "Carl has no lecture on Wed so far" in done.stdout
    assert "10.4 keeps the times of its day" in done.stdout
    assert '[rules.teacher-free-day]\n       except = ["Carl"]' in done.stdout


def test_what_is_given_up_in_the_policy_file_makes_it_possible(run, lesson):
    done = run("why-not", lesson, "--wish", "Sp 10.4 Mi 1", "--json", "--workers", 1)
    first = json.loads(done.stdout)["ways"][0]
    (lesson.parent / "untisopt.toml").write_text(POLICY + "\n".join(first["policy"]) + "\n", encoding="utf-8")
    again = run("why-not", lesson, "--wish", "Sp 10.4 Mi 1", "--json", "--workers", 1)
    assert again.exit_code == 0
    answer = json.loads(again.stdout)
    assert answer["verdict"] == "possible"
    assert answer["plan"]["moved_lectures"] == first["plan"]["moved_lectures"]


def test_possible_wish(run, lesson):
    done = run("why-not", lesson, "--wish", "183@1.2 Mo 3", "--workers", 1)
    assert done.exit_code == 0
    assert "This is possible" in done.stdout


def test_not_decided(run, lesson):
    done = run("why-not", lesson, "--wish", "Sp 10.4 Mi 1", "--time-limit", "0.000001")
    assert done.exit_code == 1
    assert "Not decided within" in done.stdout


def test_event(run, lesson):
    done = run("why-not", lesson, "--event", "away Carl Mon-Fri", "--workers", 1)
    assert done.exit_code == 4
    assert "Event: away Carl Mon-Fri" in done.stdout


def test_event_that_takes_lectures_away(run, lesson):
    done = run("why-not", lesson, "--event", "hours Carl 2")
    assert done.exit_code == 2
    assert "which one is for untisopt repair to choose" in done.stderr
    assert '"remove"' in done.stderr


def test_two_wishes(run, lesson):
    done = run("why-not", lesson, "--wish", "Sp 10.4 Mi 1", "--wish", "183@1.2 Mo 3")
    assert done.exit_code == 2
    assert "one wish at a time" in done.stderr


# Rooms 101 and 102 host the same subjects, so one can stand in for the other.
TWO_ROOMS = "Arnd 1 1 Ma 101 1 7\nArnd 2 1 Ma 102 1 7\nBeck 1 2 Ma 101 2 8\nBeck 2 2 Ma 102 2 8"


def test_an_event_about_rooms_lets_rooms_change_as_repair_does(run, tmp_path):
    lesson = write_export(tmp_path / "rooms", TWO_ROOMS, policy="")
    done = run("why-not", lesson, "--event", "closed 101 Mon 1", "--workers", 1)
    assert done.exit_code == 0
    assert "Lectures may change to rooms of the same kind, because an event is about rooms" in done.stdout
    told = " ".join(done.stdout.split())
    assert "newly broken: 1 lecture gets another room, and no plan does with fewer changes (proved)" in told
    assert "0 lectures move" not in told
    # With the rooms as they are, Ma of 7 has to go elsewhere.
    kept = run("why-not", lesson, "--event", "closed 101 Mon 1", "--room-changes", "none", "--json", "--workers", 1)
    assert json.loads(kept.stdout)["notes"] == []
    plans = [kept_plan for kept_plan in (json.loads(kept.stdout)["plan"],) if kept_plan]
    assert all(plan["changed_rooms_only"] == 0 for plan in plans)


def test_a_room_that_is_closed_all_week(run, tmp_path):
    # BIO alone hosts Bi, so nothing stands in for it.
    lesson = write_export(tmp_path / "rooms", "Arnd 1 1 Ma 101 1 7\nBeck 1 2 Bi BIO 2 7", policy="")
    done = run("why-not", lesson, "--event", "closed BIO", "--workers", 1)
    assert done.exit_code == 4
    assert "- Bi 7 (lesson 2) in BIO: BIO is closed all week\n" in done.stdout
    assert "- Give these lessons another room than BIO in Untis, if need be at another site.\n" in done.stdout
    # It is in force already, because the event is about a room.
    assert "--room-changes same-kind" not in done.stdout
    kept = run("why-not", lesson, "--event", "closed BIO", "--room-changes", "none", "--workers", 1)
    assert "Other rooms of the same kind (--room-changes same-kind) do not help either." in kept.stdout


def test_a_room_with_a_stand_in_that_may_not_be_used(run, tmp_path):
    lesson = write_export(tmp_path / "rooms", TWO_ROOMS, policy="")
    done = run("why-not", lesson, "--event", "closed 101", "--room-changes", "none", "--workers", 1)
    assert done.exit_code == 4
    assert "A. Let lectures have other rooms of the same kind." in done.stdout
    assert "Then 2 lectures get another room, and no plan does with fewer changes (proved)." in done.stdout


# Dorn has a duty without a lesson number on Tuesday 4.
DUTY = f"{ROWS.rstrip()}\nDorn 1 3 Ku 104 8 8\nDorn 2 4 Auf - 0 -\n"


@pytest.mark.parametrize("event", ["away Dorn Tue 4", "away Dorn Tue", "away Dorn Mon-Tue"])
def test_a_duty_of_somebody_who_is_away_remains(run, tmp_path, event):
    # The duty never moves, so repair ends with 4 as well; Ku of Monday 3 can go elsewhere or nothing has to.
    lesson = write_export(tmp_path / "duty", DUTY, policy="")
    done = run("why-not", lesson, "--event", event, "--workers", 1)
    assert done.exit_code == 4, done.output
    told = " ".join(done.stdout.split())
    assert "whatever moves, this remains: - Lessons without a number never move: Dorn is blocked at Tue 4" in told
    nothing = "Nothing else has to change." in told
    assert nothing == (event != "away Dorn Mon-Tue")
    assert run("repair", lesson, "--event", event, "--workers", 1, "--dry-run").exit_code == 4


# Grade 7 has Ma and Bi on site H and goes to F, where F1 hosts Ma as well and nothing hosts Bi.
SITES = "Arnd 1 1 Ma 101 1 7\nArnd 2 1 Ma F1 1 7\nBeck 1 2 Bi BIO 2 7"
TWO_SITES = '[sites]\nmain = "H"\nF = ["F*"]\n\n[travel]\nminutes = 0\n'


def test_rooms_count_from_the_plan_that_was_read(run, tmp_path):
    lesson = write_export(tmp_path / "sites", SITES, policy=TWO_SITES)
    done = run("why-not", lesson, "--event", "site 7 F", "--workers", 1)
    assert done.exit_code == 4
    told = " ".join(done.stdout.split())
    assert "whatever moves, this remains: - 7: Bi 7 (lesson 2) " in told
    # Of the two lectures of Ma one is in F1 today, the other one goes there from 101.
    assert "This is possible, and no rule is newly broken: 1 lecture gets another room" in told
    assert "Mon 1 -> stays Ma 7 (lesson 1) with Arnd in F1 instead of 101" in told
    data = json.loads(run("why-not", lesson, "--event", "site 7 F", "--workers", 1, "--json").stdout)
    assert [(move["rooms_from"], move["rooms_to"]) for move in data["plan"]["moves"]] == [(["101"], ["F1"])]


def test_who_has_more_periods_than_are_left_is_told(run, tmp_path):
    # Arnd has three periods, and two are left on Friday: his class may have Ma but once a day, so one lecture fits in.
    rows = "Arnd 1 1 Ma 101 1 7\nArnd 2 1 Ma 101 1 7\nArnd 5 1 Ma 101 1 7\nBeck 5 2 De 102 2 8"
    lesson = write_export(tmp_path / "short", rows, policy="")
    done = run("why-not", lesson, "--event", "away Arnd Mon-Thu", "--event", "away Arnd Fri 3-8", "--workers", 1)
    assert done.exit_code == 4
    assert "- Arnd has 3 periods a week, and 2 are left." in done.stdout
    assert "leaves 2 lectures without a place. No plan leaves fewer: proved." in " ".join(done.stdout.split())
    data = json.loads(
        run(
            "why-not",
            lesson,
            *("--event", "away Arnd Mon-Thu", "--event", "away Arnd Fri 3-8", "--workers", 1, "--json"),
        ).stdout
    )
    assert data["left_over"]["lectures"] == ["1@1.1", "1@2.1"]
    assert data["left_over"]["at_least"] == 2


def test_what_is_given_up_is_not_told_again(run, lesson):
    # Carl comes on Wednesday: that free day is what is given up.
    data = json.loads(run("why-not", lesson, "--wish", "Sp 10.4 Mi 1", "--json", "--workers", 1).stdout)
    rules = {(one["rule"], one["name"]) for one in data["ways"][0]["given_up"]}
    assert ("teacher-free-day", "Carl") in rules
    assert not [line for line in data["ways"][0]["broken"] if "Carl" in line and "Wed" in line]


def test_an_added_lesson_comes_from_nowhere(run, lesson):
    done = run("why-not", lesson, "--event", "add Ku Carl 10.4 1 in 103", "--workers", 1)
    assert done.exit_code == 0
    assert "1 new lecture gets a place, and no plan does with fewer changes (proved)" in " ".join(done.stdout.split())
    assert "\n  new -> " in done.stdout
    data = run("why-not", lesson, "--event", "add Ku Carl 10.4 1 in 103", "--workers", 1, "--json").stdout
    plan = json.loads(data)["plan"]
    assert [move["lesson"] for move in plan["moves"] if move["from"] is None] == [185]
    assert plan["placed_lectures"] == 1


def test_a_table_that_the_policy_file_has_already(run, lesson):
    policy = f'{POLICY}[rules.teacher-free-day]\nexcept = ["Beck"]\n'
    (lesson.parent / "untisopt.toml").write_text(policy, encoding="utf-8")
    done = run("why-not", lesson, "--wish", "Sp 10.4 Mi 1", "--workers", 1)
    assert 'except = ["Beck", "Carl"]' in done.stdout
    told = " ".join(done.stdout.split())
    assert "[rules.teacher-free-day] is in the policy file already: replace the line there" in told
    assert "[rules.grade-day] is in" not in told


@pytest.mark.parametrize("arguments", [[], ["--wish", "Sp 10.4 Mi 1", "--event", "away Carl Mon"]])
def test_wish_or_event(run, lesson, arguments):
    done = run("why-not", lesson, *arguments)
    assert done.exit_code == 2
    assert "one of --wish and --event is needed" in done.stderr


def test_wish_that_cannot_be_read(run, lesson):
    done = run("why-not", lesson, "--wish", "Spp 10.4 Mi 1", "--json")
    assert done.exit_code == 3
    assert json.loads(done.stderr)["error"]["defects"][0]["file"] == "--wish"


# -- explain --


def test_explain(run, result):
    done = run("explain", result, "--lecture", "178")
    assert done.exit_code == 0
    assert done.stdout.startswith("Ph 9.1 (lesson 178)\n")
    assert "Mon 2 -> Mon 3  Ph 9.1 (lesson 178) with Arnd in F13" in done.stdout
    assert "  - Why: " in done.stdout
    assert "  - To keep it: Keeping it in place" in done.stdout
    assert "Touched: Arnd, 9.1; by its whole package: Arnd, Beck, 10.4, 9.1" in done.stdout
    assert "--reject 178@1.2" in done.stdout


def test_explain_json(run, result):
    (moved,) = json.loads(run("explain", result, "--lecture", "178@1.2", "--json").stdout)["moved"]
    # If lesson 178 stays, so do the two others: Arnd changes sites twice again, and three lectures fewer move.
    assert moved["keep"]["amounts"]["teacher-travel"] > 0
    assert moved["touched"] == {"teachers": ["Arnd"], "grades": ["9.1"]}
    assert moved["package"] == 1


def test_explain_what_stays(run, result):
    done = run("explain", result, "--lecture", "Sp 10.4")
    assert done.exit_code == 0
    assert done.stdout == "Sp 10.4 (lesson 182) stays on Mon 1: the result changes nothing about it.\n"


def test_explain_of_a_repair(run, lesson, tmp_path):
    out = tmp_path / "repair"
    assert run("repair", lesson, "--event", "away Carl Mon 1", "--out", out).exit_code == 0
    done = run("explain", out, "--lecture", "182")
    assert done.exit_code == 0, done.stderr
    assert "Why: Carl is away at Mon 1." in done.stdout
    assert "To keep it: impossible: Carl is away at Mon 1." in done.stdout
    (moved,) = json.loads(run("explain", out, "--lecture", "182", "--json").stdout)["moved"]
    assert moved["keep"]["status"] == "ruled-out"


def test_packages_of_a_repair_are_refused(run, lesson, tmp_path):
    out = tmp_path / "repair"
    assert run("repair", lesson, "--event", "away Carl Mon 1", "--out", out).exit_code == 0
    for command in (("packages", out), ("apply", out, "--only", "1")):
        done = run(*command)
        assert done.exit_code == 3
        assert "a result of untisopt repair, which has no packages" in done.stderr


def test_explain_needs_a_result_and_a_lecture(run, result, lesson):
    assert run("explain", lesson.parent, "--lecture", "178").exit_code == 3
    wrong = run("explain", result, "--lecture", "1788")
    assert wrong.exit_code == 3
    assert "you mean 178" in wrong.stderr


# -- score --


def objective(data):
    return data["objective"]


def test_score_adds_up(run, lesson):
    data = json.loads(run("score", lesson, "--json").stdout)
    assert sum(rule["points"] for rule in data["rules"]) == data["objective"]["points"]
    assert sum(tier["points"] for tier in data["tiers"]) == data["objective"]["points"]
    by_rule = {rule["rule"]: rule for rule in data["rules"]}
    # Two site changes of Arnd, both too short; a site change is worth ten moved lectures unless the policy says else.
    assert by_rule["teacher-site-changes"]["amount"] == 2
    assert by_rule["teacher-site-changes"]["points"] == 20
    assert by_rule["teacher-site-changes"]["lectures"] == 3
    assert by_rule["teacher-travel"]["amount"] == 2
    assert by_rule["teacher-travel"]["points"] == 2 * by_rule["teacher-travel"]["factor"]


def test_score_of_a_result_is_the_objective_of_its_search(run, result, lesson):
    data = json.loads(run("score", result, "--json").stdout)
    known = json.loads((result / "result.json").read_text(encoding="utf-8"))["objective"]
    assert data["objective"]["before"] == known["before"]
    assert data["objective"]["after"] == known["after"]
    assert data["objective"]["difference"] == known["after"] - known["before"]
    assert sum(rule["difference"] for rule in data["rules"]) == data["objective"]["difference"]
    assert {rule["rule"]: rule["after"]["amount"] for rule in data["rules"]}["moved-lectures"] == len(GOOD)
    # The same from both exports, and from the export and the result.
    for other in (result, result / "lesson.txt"):
        again = json.loads(run("score", lesson, other, "--json").stdout)
        assert again["objective"] == data["objective"]


def test_score_text(run, result):
    done = run("score", result)
    assert done.exit_code == 0
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert any(line.startswith("moved-lectures: moved lectures 1 1 0 > 3 0 > 3 +3 0 > 3") for line in lines)
    assert any(line.startswith("total ") for line in lines)


def test_score_text_of_one_plan(run, lesson):
    lines = [" ".join(line.split()) for line in run("score", lesson).stdout.splitlines()]
    assert "teacher-site-changes: site changes of teachers 1 10 2 20 3" in lines
    assert "together: site changes 20" in lines


def test_score_of_somebody_elses_result(run, result, tmp_path):
    other = write_export(tmp_path / "other", ROWS.replace("Carl 2 1", "Carl 2 4"))
    done = run("score", other, result)
    assert done.exit_code == 2
    assert "was not made from" in done.stderr
