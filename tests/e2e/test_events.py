"""Events on the small demo school, as a planner types them."""

from __future__ import annotations

import json

import pytest

from tests.e2e.conftest import Untisopt


@pytest.mark.slow
@pytest.mark.parametrize(
    ("event", "says"),
    [
        ("away Dör Mon", "impossible (proved by CP-SAT)"),
        ("fehlt Dör Mo 1-2", "impossible (proved by CP-SAT)"),
        ("replace Dör by new Neumann", "Nothing has to change"),
        ("hours Dör 10", "lose their place, as wanted"),
        ("closed FPh1 Mon 5-6", "proved by CP-SAT"),
        ("not 87@1.1 Mon", "proved by CP-SAT"),
        ("at 87@1.1 Wed 1", "."),
        ("add Ma Dör 7.1 1x1 in F21", "gets a place"),
        ("remove 87", "No longer taught"),
        ("lengthen 87 by 1", "gets a place"),
        ("shorten 87 by 2", "No longer taught"),
        ("couple 34 36", "."),
        ("site 7.1 Haupthaus", "other rooms"),
        ("drop period 10", "."),
        ("travel Haupthaus Filiale 30", "."),
        ("break 3 5", "The break after period 3 lasts 5 min"),
    ],
)
def test_every_kind_of_event(small_school, tmp_path, run: Untisopt, event: str, says: str):
    out = tmp_path / "result"
    done = run("repair", small_school, "--event", event, "--time-limit", 15, "--deterministic", "--out", out)
    assert done.returncode in (0, 4), done.stderr
    assert says in " ".join(done.stdout.split())
    data = json.loads((out / "repair.json").read_text(encoding="utf-8"))
    assert [told["text"] for told in data["events"]] == [event]
    assert data["complete"] is (done.returncode == 0)
    assert (out / "entry-list.html").is_file()


def test_dry_run_writes_nothing(small_school, tmp_path, run: Untisopt):
    out = tmp_path / "result"
    done = run("repair", small_school, "--event", "break 3 5", "--dry-run", "--out", out)
    assert done.returncode == 0, done.stderr
    assert "Nothing is written" in done.stdout
    assert not out.exists()


def test_json_and_nothing_else(small_school, tmp_path, run: Untisopt):
    done = run("repair", small_school, "--event", "remove 87", "--json", "--out", tmp_path / "r")
    assert json.loads(done.stdout)["removed"][0]["lecture"] == "87@1.1"


def test_moves_alone_pass_verify(small_school, tmp_path, run: Untisopt):
    out = tmp_path / "result"
    assert run("repair", small_school, "--event", "away Dör Mon", "--out", out).returncode == 0
    done = run("verify", small_school, out / "lesson.txt")
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_a_partial_plan_can_be_checked(small_school, tmp_path, run: Untisopt):
    # Nobody stands in for the room, so its four lectures have no place; the command at the end says why.
    out = tmp_path / "result"
    done = run("repair", small_school, "--event", "closed FPh1", "--time-limit", 20, "--deterministic", "--out", out)
    assert done.returncode == 4, done.stderr
    assert "FPh1 is closed all week, and no other room of its kind is known" in done.stdout
    asked = f'    untisopt why-not {small_school} --room-changes same-kind --event "closed FPh1"\n'
    assert asked in done.stdout
    plain = run("verify", small_school, out / "lesson.txt")
    assert plain.returncode == 4
    assert f"Say --events {out / 'events.toml'}" in plain.stdout
    checked = run("verify", small_school, out / "lesson.txt", "--events", out / "events.toml")
    assert checked.returncode == 0, checked.stdout
    assert "Sound, but not complete: 4 lectures are without a place, as the repair says" in checked.stdout


def test_all_defects_at_once(small_school, tmp_path, run: Untisopt):
    events = tmp_path / "events.toml"
    events.write_text('[[event]]\naway = "Dor"\n', encoding="utf-8")
    done = run("repair", small_school, "--event", "away Dör Mon 12", "--event", "clsed F21", "--events", events)
    assert done.returncode == 3
    assert "3 defects" in done.stderr
    assert "you mean closed" in done.stderr
    assert "line 2: expected a teacher or a grade, found 'Dor'" in done.stderr
    assert "period 12 (character 14)" in done.stderr


def test_no_event_is_a_usage_error(small_school, run: Untisopt):
    assert run("repair", small_school).returncode == 2


def test_german(small_school, tmp_path, run: Untisopt):
    done = run("--lang", "de", "repair", small_school, "--event", "fehlt Dör Mo", "--out", tmp_path / "r")
    assert done.returncode == 0, done.stderr
