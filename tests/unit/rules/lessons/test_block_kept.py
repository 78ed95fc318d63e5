"""Blocks stay whole and do not span a longer break than today. Breaks: 2->3 20 min, 4->5 10, 6->7 30, 8->9 5."""

from __future__ import annotations

import pytest

from tests.builders import grid, move, school
from tests.unit.rules.checks import amount, evidence, sentence, violations
from untisopt.rules.lessons.block_kept import BlockKept

RULE = BlockKept()


@pytest.mark.parametrize(
    ("start", "found"),
    [
        ("Mon3", 0),  # 3-4: no break
        ("Mon2", 1),  # 2-3: 20 min, today none
        ("Mon8", 1),  # 8-9: 5 min
        ("Tue1", 0),
    ],
)
def test_double_without_a_break(start: str, found: int) -> None:
    of = school("1 Arnd 7 - Mon1-2")
    assert amount(RULE, of, move(of, {"1@1.1": start})) == found


@pytest.mark.parametrize(
    ("start", "found"),
    [
        ("Mon3", 0),  # 3-5 spans 10 min
        ("Mon7", 0),  # 7-9 spans 5 min
        ("Mon1", 0),  # 1-3 spans 20 min
        ("Mon5", 1),  # 5-7 spans 30 min
    ],
)
def test_block_of_three_may_span_a_break_as_long_as_today(start: str, found: int) -> None:
    # 2-4 spans 20 min today.
    of = school("1 Arnd 7 - Mon2-4")
    assert amount(RULE, of, move(of, {"1@1.2": start})) == found


def test_never_across() -> None:
    # 7-8 is a double without a break, but declared; it counts even where the block stands there today.
    rule = BlockKept(never_across=("7-8", "6-7"))
    of = school("1 Arnd 7 - Mon1-2\n2 Beck 8 - Mon7-8")
    assert [v.facts.lectures[0] for v in violations(rule, of)] == ["2@1.7"]
    assert amount(rule, of, move(of, {"1@1.1": "Mon7"})) == 2


def test_breaks_that_no_block_may_span_may_have_blanks() -> None:
    assert BlockKept(never_across=(" 7 - 8 ",)) == BlockKept(never_across=("7-8",))


@pytest.mark.parametrize("text", ["abc", "1-3", "3-2", "99-100", ""])
def test_what_is_no_break(text: str) -> None:
    with pytest.raises(ValueError, match=f"'{text}' is no break such as 2-3"):
        BlockKept(never_across=(text,))


@pytest.mark.parametrize("second", ["Mon4", "Tue2", "Mon1"])
def test_torn_block(second: str) -> None:
    # The first lecture stays in 1, the second goes elsewhere: no longer one after the other.
    of = school("1 Arnd 7 - Mon1-2")
    assert amount(RULE, of, move(of, {"1@1.2": second})) == 1


def test_single_lectures_are_never_torn() -> None:
    of = school("1 Arnd 7 - Mon1\n1 Arnd 7 - Mon3")
    assert amount(RULE, of, move(of, {"1@1.1": "Tue6"})) == 0


def test_unknown_times_keep_blocks_to_pairs_that_blocks_span_already() -> None:
    # Blocks lie across 1-2, 3-4 and 4-5 today; nobody knows the break between 2 and 3.
    of = school("1 Arnd 7 - Mon1-2\n2 Beck 8 - Tue3-5", on=grid(times=False))
    assert amount(RULE, of, move(of, {"1@1.1": "Mon2"})) == 1
    assert amount(RULE, of, move(of, {"1@1.1": "Wed4"})) == 0
    assert RULE.missing(of) == ""
    assert evidence(RULE, of) == {"all blocks": "no times are known; blocks lie across 1-2, 3-4, 4-5"}


def test_explain() -> None:
    of = school("1 Arnd 7 - Mon1-2")
    found = sentence(RULE, of, move(of, {"1@1.1": "Mon2"}))
    assert found == "the block S1 7 (lesson 1) at Mon 2 is torn or spans too long a break"
    assert evidence(RULE, of) == {}
