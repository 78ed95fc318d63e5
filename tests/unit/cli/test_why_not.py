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
    assert "untisopt repair" in done.stderr


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
