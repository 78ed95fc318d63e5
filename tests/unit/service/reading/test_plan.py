"""Which policy and break table are taken, and what may never be written."""

from __future__ import annotations

import pytest

from tests.unit.service.exports import write_export
from untisopt.errors import InputError, PolicyError
from untisopt.policy import Policy
from untisopt.service.reading.plan import read, read_with_options

BREAKS = "1 8:00-8:45\n2 8:45-9:30\n3 9:50-10:35\n"


def test_policy_beside_the_export_is_taken(tmp_path):
    plan = read(write_export(tmp_path))
    assert plan.policy.sites == {"Filiale": ("F*",)}
    assert plan.notes[0] == "the policy is taken from untisopt.toml beside the export"


def test_folder_means_the_export_in_it(tmp_path):
    write_export(tmp_path)
    assert read(tmp_path).policy.travel_minutes == 25


def test_named_policy_replaces_the_one_beside(tmp_path):
    path = write_export(tmp_path / "export")
    other = tmp_path / "other.toml"
    other.write_text("[travel]\nminutes = 7\n")
    plan = read(path, other)
    assert (plan.policy.travel_minutes, plan.policy.sites) == (7, {})


def test_options_override_the_policy(tmp_path):
    plan = read_with_options(write_export(tmp_path), None, travel_minutes=10, sites=["Turnhalle=103"], worth=2)
    assert (plan.policy.travel_minutes, plan.policy.worth) == (10, 2)
    assert set(plan.policy.sites) == {"Filiale", "Turnhalle"}


def test_breaks_beside_are_taken_where_nothing_states_the_times(tmp_path):
    path = write_export(tmp_path, times=False)
    (tmp_path / "Breaks.txt").write_text(BREAKS)
    plan = read(path)
    assert plan.school.grid.minutes_between(1, 2, 3) == 20
    assert "the times of the periods are taken from Breaks.txt" in plan.notes


def test_time_txt_goes_before_breaks_beside(tmp_path):
    path = write_export(tmp_path)
    (tmp_path / "breaks.txt").write_text("1 7:00-7:45\n2 7:50-8:35\n3 9:00-9:45\n")
    assert read(path).school.grid.minutes_between(1, 1, 2) == 0


def test_policy_object_is_taken_as_it_is(tmp_path):
    plan = read(write_export(tmp_path), Policy())
    assert plan.notes == ()
    assert plan.school.sites == {}


def test_every_file_that_was_read_is_protected(tmp_path):
    path = write_export(tmp_path)
    assert {file.name for file in read(path).input_files} == {"lesson.txt", "time.txt", "untisopt.toml"}


def test_missing_export(tmp_path):
    with pytest.raises(InputError, match="nothing with this name"):
        read(tmp_path / "lesson.txt")


def test_bad_policy_beside(tmp_path):
    with pytest.raises(PolicyError, match=r"untisopt\.toml"):
        read(write_export(tmp_path, policy="[travell]\nminutes = 25\n"))
