"""What packages bring, and why lectures move, in sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.browser.repairs import AWAY, NASTY, repair_of, small_school, two_weeks
from untisopt.domain.changes import Move
from untisopt.report.optimise.html import report_html
from untisopt.report.optimise.report import report_md
from untisopt.report.packages.json import packages_data, packages_from
from untisopt.report.packages.text import packages_text
from untisopt.report.words.packages import (
    differences,
    first_few,
    gain_line,
    gains_do_not_add_up,
    helps_alone,
    part_gain,
)
from untisopt.report.words.reasons import reason_line, reason_sentences
from untisopt.results.optimise import RepairDocument
from untisopt.results.packages import Package, Reason, Stay

CHANGES, TRAVEL = "teacher-site-changes", "teacher-travel"
MOVES = {**AWAY, "1@1.1": "Tue3"}


def _document(names: dict[str, str] | None = None) -> RepairDocument:
    """Two packages: lesson 2 alone, lesson 1 alone."""
    school = small_school(names) if names else small_school()
    return repair_of(school, MOVES, packages=[["2@1.2"], ["1@1.1"]])


def _with(document: RepairDocument, *packages: Package) -> RepairDocument:
    return replace(document, packages=packages)


# -- what a package brings alone, and what is lost without it --


def test_both_numbers_where_they_differ():
    document = _document()
    package = replace(document.packages[0], alone={CHANGES: 8}, gain={CHANGES: 11})
    assert gain_line(document, package) == (
        "1 lecture moves; made alone: site changes of teachers: 8 fewer a week; "
        "left out: site changes of teachers: 11 more a week"
    )


def test_one_number_where_they_are_the_same():
    document = _document()
    package = replace(document.packages[0], alone={CHANGES: 2}, gain={CHANGES: 2})
    assert gain_line(document, package) == "1 lecture moves; site changes of teachers: 2 fewer a week"
    assert gain_line(document, replace(package, alone={}, gain={})) == "1 lecture moves; no difference"


def test_package_that_is_a_loss_alone_is_marked():
    document = _document()
    package = replace(document.packages[1], alone={CHANGES: -1}, gain={CHANGES: 2})
    assert gain_line(document, package) == (
        "1 lecture moves; made alone: site changes of teachers: 1 more a week; "
        "left out: site changes of teachers: 2 more a week; only together with the others"
    )
    assert "made alone: no difference; " in gain_line(document, replace(package, alone={}))


@pytest.mark.parametrize(
    ("alone", "helps"),
    [
        ({CHANGES: 1}, True),
        ({CHANGES: -1}, False),
        ({}, False),
        # One journey that was too short is worth more than any number of site changes, either way round.
        ({CHANGES: -9, TRAVEL: 1}, True),
        ({CHANGES: 9, TRAVEL: -1}, False),
        # One change saved for a teacher, one more for a grade: nothing is gained.
        ({CHANGES: 1, "grade-site-changes": -1}, False),
    ],
)
def test_helps_alone(alone, helps):
    document = _document()
    assert helps_alone(document, replace(document.packages[0], alone=alone)) is helps


def test_gains_that_do_not_add_up_are_explained_once_above_the_list():
    document = _document()
    assert gains_do_not_add_up(document) == ""
    assert "do not add up" not in packages_text(document, "result", show_all=False)
    one, other = document.packages
    apart = _with(document, one, replace(other, alone={CHANGES: -1}))
    note = "The gains of packages do not add up"
    for text in (
        packages_text(apart, "result", show_all=False),
        report_md(apart).decode(),
        report_html(apart).decode(),
    ):
        assert text.count(note) == 1
        assert text.index(note) < text.index("only together with the others")
    # What is no gain alone is not green.
    assert report_html(apart).decode().count('class="gain loss"') == 1


# -- parts --


def test_gain_of_a_part():
    document = repair_of(small_school(), MOVES, packages=[["2@1.2", "1@1.1"]])
    (package,) = document.packages
    parts = (replace(package.parts[0], gain={CHANGES: 3, "moved-lectures": -2}), package.parts[1])
    document = _with(document, replace(package, parts=parts))
    assert part_gain(document, parts[0]) == "left out: site changes of teachers: 3 more a week"
    assert part_gain(document, parts[1]) == ""
    text = packages_text(document, "result", show_all=False)
    assert "  1.1; left out: site changes of teachers: 3 more a week\n" in text
    assert "  1.2 (needs 1.1)\n" in text
    assert "- 1.2: only with 1.1\n" in report_md(document).decode()
    html = report_html(document).decode()
    # Said in a row of its own, once for all changes of the part.
    assert html.count("only with 1.1") == 1
    assert html.count("; left out: site changes of teachers: 3 more a week") == 1
    assert packages_from(packages_data(document), document.moves)[0].parts == parts


# -- reasons --


def _reasoned(reason: Reason, *, lecture: str = "2@1.2", names: dict[str, str] | None = None) -> tuple[str, Move]:
    document = _document(names)
    packages = [replace(package, reasons=dict.fromkeys(package.reasons, reason)) for package in document.packages]
    document = _with(document, *packages)
    move = document.move_of[lecture]
    return reason_line(document, move), move


def _stay(amounts: dict[str, int], *, searched: bool = False) -> Stay:
    return Stay(amounts=amounts, points=0, searched=searched)


def _today() -> Reason:
    """Arnd changes from H to F between 1 and 2 today."""
    found = _document().before.of(CHANGES)[0]
    return Reason(relieves=(found,), makes_room_for=(), stay=_stay({CHANGES: 1, TRAVEL: 2, "moved-lectures": -1}))


def test_what_is_wrong_today_is_the_reason():
    told, _move = _reasoned(_today())
    # The rule that matters more comes first; the spared move is no cost.
    assert told.startswith(
        "If it stayed, and with it what needs it: travel time of teachers too short: 2 more a week, "
        "site changes of teachers: 1 more a week. So far: Arnd changes from "
    )
    assert told.count(". ") == 1


def test_what_is_wrong_only_because_of_the_rest_is_no_reason():
    today = _today()
    (found,) = today.relieves
    circular = replace(today, relieves=(replace(found, facts=replace(found.facts, day=2)),))
    told, _move = _reasoned(circular)
    assert told == (
        "Part of package 1. It brings: travel time of teachers too short: 2 fewer a week, "
        "site changes of teachers: 1 fewer a week."
    )


@pytest.mark.parametrize(("searched", "found"), [(False, ""), (True, ", as far as found")])
def test_sheets_do_not_name_packages(searched, found):
    document = _document()
    stay = _stay({CHANGES: 1}, searched=searched)
    reasons = {"2@1.2": Reason(relieves=(), makes_room_for=(), stay=stay)}
    document = _with(document, replace(document.packages[0], reasons=reasons), document.packages[1])
    (sentence,) = reason_sentences(document, document.move_of["2@1.2"], handed_out=True)
    assert sentence == f"With other moves it brings for all together{found}: site changes of teachers: 1 fewer a week."


def test_room_is_made_for_a_lecture_and_its_new_place():
    reason = Reason(relieves=(), makes_room_for=("1@1.1",), stay=_stay({CHANGES: 1}, searched=True))
    told, _move = _reasoned(reason)
    assert told == (
        "Part of package 1. It brings, as far as found: site changes of teachers: 1 fewer a week. "
        "It makes room for S1 10.1 (lesson 1) on Tue 3."
    )
    assert NASTY["a"] in _reasoned(reason, names=NASTY)[0]


def test_parts_that_go_with_a_lecture_are_named():
    document = repair_of(small_school(), MOVES, packages=[["2@1.2", "1@1.1"]])
    (package,) = document.packages
    # 1.2 needs 1.1. Without 1.1 two lectures stay, so both parts together bring the 2.
    stay = _stay({CHANGES: 2, "moved-lectures": -2})
    reasons = {id_: Reason(relieves=(), makes_room_for=(), stay=stay) for id_ in package.reasons}
    document = _with(document, replace(package, reasons=reasons))
    first, second = (part.moves[0] for part in package.parts)
    assert reason_line(document, first) == (
        "Part of package 1 (1.1). Together with 1.2 it brings: site changes of teachers: 2 fewer a week."
    )
    # 1.2 needs 1.1 and nothing needs it: that two lectures stay means that all of the package was left out.
    assert reason_line(document, second) == (
        "Part of package 1 (1.2). With all of the package it brings: site changes of teachers: 2 fewer a week."
    )


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ({}, "It could stay at no cost."),
        ({"moved-lectures": -3, CHANGES: -1}, "It could stay at no cost."),
        ({"moved-lectures": 2}, "If it stayed, more lectures would have to move."),
    ],
)
def test_lecture_that_brings_nothing(amounts, expected):
    nothing = Reason(relieves=(), makes_room_for=(), stay=_stay(amounts))
    assert _reasoned(nothing)[0] == expected
    assert _reasoned(replace(_today(), stay=_stay(amounts)))[0].startswith(f"{expected} So far: Arnd ")


def test_without_packages_there_is_no_reason():
    document = replace(_document(), packages=())
    assert reason_line(document, document.moves[0]) == ""


def test_first_few():
    assert first_few(["1.2", "1.3", "1.4"]) == "1.2, 1.3, 1.4"
    assert first_few(["1.2", "1.3", "1.4", "1.5"]) == "1.2, 1.3 and 2 more"


def test_half_a_site_change_is_a_mean():
    # Of two kinds of weeks: 3 in both together are 1.5 a week, which no week has; 4 are 2 in either.
    document = repair_of(two_weeks(), {})
    assert differences(document, {CHANGES: 3}) == ["site changes of teachers: 1.5 more a week on average"]
    assert differences(document, {CHANGES: -3}) == ["site changes of teachers: 1.5 fewer a week on average"]
    assert differences(document, {CHANGES: 4}) == ["site changes of teachers: 2 more a week"]


@pytest.mark.parametrize(
    ("searched", "begin"),
    [
        (True, "If it stayed, this would be worse for all together, as far as found: "),
        (False, "If it stayed, and with it what needs it, this would be worse for all together: "),
    ],
)
def test_sheets_say_that_a_cost_is_that_of_all(searched, begin):
    document = _document()
    reason = replace(_today(), stay=_stay({CHANGES: 1}, searched=searched))
    document = _with(document, replace(document.packages[0], reasons={"2@1.2": reason}), document.packages[1])
    first, _so_far = reason_sentences(document, document.move_of["2@1.2"], handed_out=True)
    assert first == f"{begin}site changes of teachers: 1 more a week."
