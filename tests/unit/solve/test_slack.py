"""The room in a plan: forced lectures, loads, full rooms, absences."""

from __future__ import annotations

from random import Random

import pytest

from tests.builders import at, grid, random_school, school
from tests.unit.solve.suggest.test_ways import Everything
from untisopt.domain.resources import Kind
from untisopt.domain.slack import Answer, Freedom
from untisopt.engines.session import SolveOptions
from untisopt.policy import Policy
from untisopt.solve.slack import Moves, absence, drawn, full_rooms, loads

POLICY = Policy()
OPTIONS = SolveOptions(time_limit=20, workers=1, deterministic=True)

# 10.1 is taught in periods 1 and 2 of Monday and Tuesday; only Tuesday 2 is free. Arnd is there on Monday only, Carl on
# Tuesday only.
ROWS = """
1 Arnd 10.1 H1 Mon1
2 Beck 10.1 H2 Mon2
3 Carl 10.1 H3 Tue1
4 Beck 10.2 H4 Tue1
"""


def test_forced_lectures():
    """Who could stand elsewhere.

    Arnd can only change places with Beck. Beck and Carl may go to Tuesday 2. Beck's lecture in 10.2 has no other
    place: 10.2 is taught in one period of the week.
    """
    moves = Moves(school(ROWS), POLICY)
    assert [moves.freedom(block) for block in moves.movable] == [
        Freedom("1@1.1", alone=False, swap=True),
        Freedom("2@1.2", alone=True, swap=True),
        Freedom("3@2.1", alone=True, swap=True),
        Freedom("4@2.1", alone=False, swap=False),
    ]


def test_pinned_lectures_are_not_counted():
    moves = Moves(school(ROWS + "0 Dora 10.3 H5 Mon1", pinned=["1@1.1"]), POLICY)
    assert moves.movable == ("2@1.2", "3@2.1", "4@2.1")


@pytest.mark.parametrize("seed", range(8))
def test_against_brute_force(seed):
    of = random_school(Random(500 + seed))
    everything = Everything(of)
    moves = Moves(of, POLICY)
    for block in [of.block_of[id_] for id_ in moves.movable][:4]:
        alone = bool(everything.alone(block))
        expected = Freedom(block.id, alone, alone or any(True for _pair in everything.pairs(block)))
        assert moves.freedom(block.id) == expected


def test_loads():
    """How full the weeks are.

    Two days of four periods. Arnd has one of the four periods of Monday, Beck two of eight, and Carl one of the three
    of Tuesday in which he is not blocked. 10.1 has three of four periods (1 and 2 of both days), 10.2 its only one.
    """
    found = loads(school(ROWS, on=grid(2, (0, 0, 0)), blocked={"Carl": "Tue4"}), POLICY)
    assert [(load.resource[1], load.occupied, load.usable) for load in found if load.resource[0] is not Kind.ROOM] == [
        ("Carl", 1, 3),
        ("Arnd", 1, 4),
        ("Beck", 2, 8),
        ("10.2", 1, 1),
        ("10.1", 3, 4),
    ]
    assert {(load.occupied, load.usable) for load in found if load.resource[0] is Kind.ROOM} == {(1, 8)}


def test_periods_without_a_free_room():
    """H1 and H2 are of a kind; both are taken on Monday 1, and on Monday 2 H2 is blocked."""
    of = school(
        """
        1 Arnd 10.1 H1 Mon1-2
        2 Beck 10.2 H2 Mon1
        3 Carl 10.3 H3 Mon1
        """,
        groups=["H1 H2", "H3 H4"],
        blocked={"H2": "Mon2"},
        on=grid(1, (0, 0)),
    )
    assert [(kind.rooms, kind.full) for kind in full_rooms(of)] == [(("H1", "H2"), ((at("Mon1"), 0), (at("Mon2"), 0)))]


def test_draw():
    """Each teacher and day once; lesson 0 is no reason to be drawn."""
    of = school(ROWS + "0 Dora 10.3 H5 Mon1")
    every = drawn(of, 100, 1)
    assert sorted(every) == [("Arnd", 1), ("Beck", 1), ("Beck", 2), ("Carl", 2)]
    assert drawn(of, 2, 7) == drawn(of, 2, 7)
    assert {drawn(of, 2, seed) for seed in range(20)} != {drawn(of, 2, 1)}


# Beck teaches 10.1 on Monday 2; Tuesday 2 is free for both.
@pytest.mark.parametrize(
    ("teacher", "day", "changes", "answer", "moved"),
    [
        ("Beck", 1, 1, Answer.YES, 1),
        ("Beck", 1, 0, Answer.NO, None),  # one lecture has to move
        ("Arnd", 1, 5, Answer.NO, None),  # he is not there on any other day
        ("Beck", 2, 5, Answer.NO, None),  # 10.2 is taught in one period of the week only
    ],
)
def test_absences(teacher, day, changes, answer, moved):
    found = absence(school(ROWS), POLICY, teacher, day, changes=changes, options=OPTIONS, should_stop=lambda: False)
    assert (found.answer, found.moved, found.lectures) == (answer, moved, 1)


def test_more_changes_than_allowed():
    """Beck's lecture of Monday can only take Tuesday 1, where Carl is; he goes to Tuesday 2. Two lectures, not one."""
    of = school(ROWS.replace("4 Beck 10.2 H4 Tue1", "4 Beck 10.2 H4 Tue2\n"))
    answers = [
        absence(of, POLICY, "Beck", 1, changes=changes, options=OPTIONS, should_stop=lambda: False).answer
        for changes in (1, 2)
    ]
    assert answers == [Answer.NO, Answer.YES]


def test_no_time_is_no_proof():
    of = school(ROWS.replace("4 Beck 10.2 H4 Tue1", "4 Beck 10.2 H4 Tue2\n"))
    found = absence(of, POLICY, "Beck", 1, changes=2, options=OPTIONS, should_stop=lambda: True)
    assert found.answer is Answer.UNDECIDED
