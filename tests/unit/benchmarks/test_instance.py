"""Instances as files, and what can be asked of them."""

from __future__ import annotations

import json

from benchmarks.peers.instance import BRANCH, MAIN, Instance
from tests.unit.benchmarks.instances import TORN, instance, unit


def test_written_and_read_again(tmp_path):
    TORN.write(tmp_path / "torn.json")
    assert Instance.load(tmp_path / "torn.json") == TORN


def test_form_of_the_timefold_programme(tmp_path):
    TORN.write(tmp_path / "torn.json")
    data = json.loads((tmp_path / "torn.json").read_text(encoding="utf-8"))
    assert (data["D"], data["P"], data["travel"], data["times"][2]) == (2, 3, 25, [600, 645])
    assert {"lesson": 2, "teachers": ["Arnd"], "classes": ["8"], "rooms": [], "len": 1, "site": "F"}.items() <= data[
        "units"
    ][1].items()
    assert (data["units"][1]["day"], data["units"][1]["period"]) == (0, 1)
    assert len(data["units"][1]["starts"]) == 6


def test_two_site_teachers_and_travel():
    found = instance(
        unit(1, "Arnd Beck", MAIN, (0, 0)),
        unit(2, "Beck Cora", BRANCH, (0, 1)),
        unit(3, "Cora", BRANCH, (1, 0), starts=((1, 0),)),
    )
    assert found.two_site_teachers() == ["Beck"]
    assert found.movable == 2
    # 0 minutes, 30 minutes, 75 minutes for a journey of 25.
    assert [found.too_short(*pair) for pair in ((0, 1), (1, 2), (0, 2))] == [True, False, False]
