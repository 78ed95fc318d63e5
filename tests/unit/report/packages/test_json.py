"""Packages for machines and in words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from untisopt.engines.session import SolveOptions
from untisopt.report.packages.json import packages_data, packages_from, packages_json
from untisopt.report.words.packages import gain_line, package_title, stay_line, why
from untisopt.report.words.reasons import reason_of
from untisopt.report.words.three_sentences import three_sentences
from untisopt.results.packages import Reason, Stay
from untisopt.service.demo import demo
from untisopt.service.optimise.run import OptimiseResult, optimise


@pytest.fixture(scope="module")
def school(tmp_path_factory) -> OptimiseResult:
    """The demo school, repaired."""
    folder = tmp_path_factory.mktemp("demo") / "school"
    demo(folder, size="small", seed=1)
    options = SolveOptions(time_limit=2, workers=1, deterministic=True)
    return optimise(folder / "lesson.txt", options=options)


def test_read_as_they_were(school):
    assert packages_from(packages_data(school), school.moves) == school.packages
    assert any(reason.relieves for package in school.packages for reason in package.reasons.values())


def test_read_as_they_were_from_the_file(school):
    assert packages_from(json.loads(packages_json(school)), school.moves) == school.packages
    assert school.files["packages.json"] == packages_json(school)


def test_no_packages():
    assert packages_from({"format": 1, "packages": []}, ()) == ()


def _drop_format(data: dict[str, Any]) -> None:
    del data["format"]


def _drop_parts(data: dict[str, Any]) -> None:
    del data["packages"][0]["parts"]


def _unknown_need(data: dict[str, Any]) -> None:
    data["packages"][0]["parts"][0]["needs"] = ["9.9"]


def _no_list(data: dict[str, Any]) -> None:
    data["packages"] = None


def _one_package_less(data: dict[str, Any]) -> None:
    data["packages"].pop()


def _lecture_twice(data: dict[str, Any]) -> None:
    data["packages"].append(data["packages"][0])


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_drop_format, "packages in the format None"),
        (_drop_parts, "packages without 'parts'"),
        (_unknown_need, "packages without '9.9'"),
        (_no_list, "packages without "),
        (_one_package_less, "packages that do not hold every changed lecture once"),
        (_lecture_twice, "packages that do not hold every changed lecture once"),
    ],
)
def test_spoilt_data(school, spoil: Callable[[dict[str, Any]], None], message):
    data = json.loads(packages_json(school))
    spoil(data)
    with pytest.raises(ValueError, match=message):
        packages_from(data, school.moves)


# -- in words; in the small school Arnd saves a change: 178, 179 and 181 move --


def test_title_and_gain(repaired):
    # 178 and 179 are Arnd's and exchange their places, 181 of Beck makes room: one chain.
    (package,) = repaired.packages
    # The names in the order of the places before: Monday 2, 3, 3.
    names = [f"{n} (lesson {k})" for n, k in (("Ph 9.1", 178), ("Ma 10.4", 179), ("En 9.1", 181))]
    assert package_title(repaired, package) == f"Package 1: {', '.join(names)}"
    assert gain_line(repaired, package).startswith("3 lectures move; ")
    assert "1 fewer a week" in gain_line(repaired, package)


def test_title_names_two_of_many(school):
    package = max(school.packages, key=lambda p: len(p.moves))
    lessons = {school.school.lectures[move.lecture].lesson for move in package.moves}
    assert len(lessons) > 3
    assert package_title(school, package).endswith(" more")
    assert package_title(school, package).count("lesson ") == 2


def _stay(amounts: dict[str, int], *, searched: bool) -> Stay:
    return Stay(amounts=amounts, points=0, searched=searched)


def test_stay(repaired):
    def line(amounts: dict[str, int], *, searched: bool = True) -> str:
        return stay_line(repaired, _stay(amounts, searched=searched))

    assert line({}) == "It could stay at no cost."
    assert line({"changed-rooms": 3}) == "It could stay at no cost."
    assert line({"moved-lectures": 1}) == "Keeping it in place means, as far as found: 1 moved lecture more."
    assert line({"moved-lectures": -2}, searched=False) == (
        "Keeping it in place, and with it what needs it, means: 2 moved lectures fewer."
    )
    assert line({"moved-lectures": -1, "teacher-site-changes": 1}).endswith("1 more a week; 1 moved lecture fewer.")


def test_why(repaired):
    stay = _stay({}, searched=True)
    nothing = Reason(relieves=(), makes_room_for=(), stay=stay)
    assert why(repaired, nothing) == "It moves because of others in its package."
    # 178 of Arnd goes from Monday 2 to Monday 3.
    room = replace(nothing, makes_room_for=("178@1.2",))
    assert why(repaired, room) == "It makes room for Ph 9.1 (lesson 178) on Mon 3."
    found = tuple(v for v in repaired.before.violations if v.rule == "teacher-site-changes")
    assert why(repaired, replace(nothing, relieves=found)).startswith("So far: Arnd changes from ")
    # The same on a day on which it is not so today: only what else moves makes it so.
    strange = replace(found[0], facts=replace(found[0].facts, day=2))
    told = why(repaired, replace(nothing, relieves=(strange,)))
    assert told.startswith("If it alone stayed: Arnd changes from ")
    assert "on Tue" in told


def test_reason_of_a_move(repaired):
    for move in repaired.moves:
        assert reason_of(repaired, move) is repaired.packages[0].reasons[move.lecture]
    assert reason_of(replace(repaired, packages=()), repaired.moves[0]) is None


def test_three_sentences(repaired):
    brings, costs, _last = three_sentences(repaired)
    assert brings == (
        "Teachers change sites 1 times a week instead of 2; too little time for the journey is left 1 times instead "
        "of 2."
    )
    # Arnd and Beck have 178, 179 and 181, with the grades 9.1 and 10.4; Carl and 10.3 notice nothing.
    assert costs.startswith(f"For this, 3 of {repaired.source.counts.lectures} lectures move (")
    assert "2 of 3 teachers and 2 of 3 grades notice it" in costs


def test_three_sentences_when_nothing_moves(repaired):
    assert three_sentences(replace(repaired, moves=()))[1] == "No lecture moves: the plan stays as it is."
