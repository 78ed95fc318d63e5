"""Ways to move one lecture: by hand, and against all that is possible on tiny schools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from math import inf
from random import Random

import pytest

from tests.builders import at, grid, random_school, school
from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.limits import LessonSequence, Limits, SequenceKind
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier
from untisopt.domain.timetable import Placement, Timetable
from untisopt.domain.ways import Way
from untisopt.engines.objective import objective
from untisopt.errors import InternalError
from untisopt.policy import Policy, RoomChanges
from untisopt.rules import START_RULES, judge
from untisopt.rules.days.grade_gaps import GradeGaps
from untisopt.solve.suggest import ways as search
from untisopt.solve.suggest.judge import Judge
from untisopt.solve.suggest.starts import allowed_starts
from untisopt.solve.suggest.ways import suggest

POLICY = Policy()
LONG = 60.0


def _moves(way: Way) -> dict[str, Period]:
    return {move.lecture: move.after.period for move in way.moves}


def _ways(of: School, lecture: str, *to: str, policy: Policy = POLICY) -> list[tuple[int, dict[str, Period]]]:
    found = suggest(of, policy, lecture, starts=[at(place) for place in to] or None, most=50, seconds=LONG)
    return [(way.points, _moves(way)) for way in found.ways]


# 10.1 is taught in periods 1 and 2 of Monday and Tuesday; only Tuesday 2 is free. Arnd is there on Monday only, Carl on
# Tuesday only.
FREE_PLACE = """
1 Arnd 10.1 H1 Mon1
2 Beck 10.1 H2 Mon2
3 Carl 10.1 H3 Tue1
4 Beck 10.2 H4 Tue1
"""


def test_alone_and_two_way_swap():
    """Beck may go to Tuesday 2 alone, or change places with Arnd: one and two moved lectures, a point each."""
    assert _ways(school(FREE_PLACE), "2@1.2") == [
        (1, {"2@1.2": at("Tue2")}),
        (2, {"1@1.1": at("Mon2"), "2@1.2": at("Mon1")}),
    ]


def test_a_sequence_is_kept():
    """Beck has to come directly before lesson 4 of grade 10.2: Tuesday 2 is too late, and so is Monday 1."""
    of = school(
        "1 Arnd 10.1 H1 Tue2\n2 Beck 10.1 H2 Mon2\n3 Carl 10.1 H3 Tue1\n4 Dorn 10.2 H4 Mon3\n5 Arnd 10.1 H1 Mon1"
    )
    assert _ways(of, "2@1.2")
    sequence = LessonSequence(name="Q", kind=SequenceKind.FIXED, lessons=(2, 4))
    assert _ways(replace(of, limits=Limits(sequences=(sequence,))), "2@1.2") == []


def test_swaps_are_told_from_chains():
    found = suggest(school(FREE_PLACE), POLICY, "2@1.2", seconds=LONG)
    assert [(way.blocks, way.swap) for way in found.ways] == [(1, False), (2, True)]


def test_pinned_lectures_stay():
    of = school(FREE_PLACE, pinned=["1@1.1"])
    assert _ways(of, "2@1.2") == [(1, {"2@1.2": at("Tue2")})]
    pinned = suggest(of, POLICY, "1@1.1", seconds=LONG)
    assert pinned.ways == ()
    assert {rule for obstacle in pinned.obstacles for rule in obstacle.violations} >= {"pinned"}
    assert all("pinned" in obstacle.violations for obstacle in pinned.obstacles)


# All of 10.1 on Monday 1-4; who is blocked where leaves one way for Arnd to get to period 2.
ROW = """
1 Arnd 10.1 H1 Mon1
2 Beck 10.1 H2 Mon2
3 Carl 10.1 H3 Mon3
4 Dora 10.1 H4 Mon4
"""


@pytest.mark.parametrize(
    ("blocked", "expected"),
    [
        # Beck cannot come first or last, so Carl has to: a three-way swap.
        ({"Beck": "Mon1 Mon4"}, {1: "Mon2", 2: "Mon3", 3: "Mon1"}),
        # Nor can Carl come first: Dora does.
        ({"Beck": "Mon1 Mon4", "Carl": "Mon1"}, {1: "Mon2", 2: "Mon3", 3: "Mon4", 4: "Mon1"}),
    ],
)
def test_larger_swaps(blocked, expected):
    ways = _ways(school(ROW, blocked=blocked), "1@1.1", "Mon2")
    # A point per moved lecture; the four-way swap that is possible beside the three-way one is no better.
    best = {f"{lesson}@1.{lesson}": at(place) for lesson, place in expected.items()}
    assert ways == [(len(expected), best)]


def test_nothing_is_possible():
    """Nobody but Arnd may come first, so he cannot leave: at period 2 he meets 10.1."""
    of = school(ROW, blocked={"Beck": "Mon1", "Carl": "Mon1", "Dora": "Mon1"})
    found = suggest(of, POLICY, "1@1.1", starts=[at("Mon2")], seconds=LONG)
    assert found.ways == ()
    assert [(o.start, set(o.violations)) for o in found.obstacles] == [(at("Mon2"), {"grade-clash"})]


def test_a_free_place_that_a_rule_forbids():
    """Tuesday 3 is free for all, but 10.1 would have a gap there: it is taught on Tuesday in period 1."""
    of = school(
        """
        1 Arnd 10.1 H1 Mon3
        2 Beck 10.1 H2 Tue1
        3 Arnd 10.2 H3 Tue1
        """
    )
    found = suggest(of, POLICY, "1@1.3", starts=[at("Tue3")], seconds=LONG)
    assert found.ways == ()
    assert [set(obstacle.violations) for obstacle in found.obstacles] == [{"grade-gaps"}]


def test_a_rule_that_need_not_hold_is_a_matter_of_points():
    """The same place where gaps only cost: a point for the gap on Tuesday 2, and one for the lecture that moves."""
    of = school(
        """
        1 Arnd 10.1 H1 Mon3
        2 Beck 10.1 H2 Tue1
        3 Arnd 10.2 H3 Tue1
        """
    )
    rules = (replace(rule, tier=Tier.COMFORT) if isinstance(rule, GradeGaps) else rule for rule in POLICY.rules)
    comfort = POLICY.with_(rules=tuple(rules))
    found = suggest(of, comfort, "1@1.3", starts=[at("Tue3")], seconds=LONG)
    assert [(way.points, way.more) for way in found.ways] == [(2, {"grade-gaps": 1, "moved-lectures": 1})]


def test_another_one_follows_into_the_gap():
    """Beck leaves Monday 2, between Arnd and Carl; either of them may follow: two moves, 2 points."""
    of = school(
        """
        1 Arnd 10.1 H1 Mon1
        2 Beck 10.1 H2 Mon2
        3 Carl 10.1 H3 Mon3
        4 Dora 10.1 H4 Tue2
        5 Beck 10.2 H5 Tue3
        """
    )
    ways = [
        way for way in suggest(of, POLICY, "2@1.2", starts=[at("Tue1")], most=50, seconds=LONG).ways if way.blocks == 2
    ]
    assert [(way.points, _moves(way), way.swap) for way in ways] == [
        (2, {"1@1.1": at("Mon2"), "2@1.2": at("Tue1")}, False),
        (2, {"2@1.2": at("Tue1"), "3@1.3": at("Mon2")}, False),
    ]


SITES = """
1 Arnd 10.1 H1 Mon1
2 Beck 10.1 H2 Mon4
3 Beck 10.2 F3 Mon2
4 Beck 10.2 H4 Mon3
"""


def test_whoever_is_hit_worst():
    """Beck's Monday F-H-H becomes H-F-H: one site change more.

    There are four lectures, so a site change has 4 points (its worth of 10 is cut to that); two lectures move: 6.
    """
    found = suggest(school(SITES, travel={}), POLICY, "1@1.1", starts=[at("Mon4")], seconds=LONG)
    way = found.ways[0]
    assert (way.points, way.gain, way.mended) == (6, -6, 0)
    assert way.more == {"moved-lectures": 2, "teacher-site-changes": 1}
    assert way.worst is not None
    assert (way.worst.person, way.worst.points, way.worst.moved, way.worst.other_day) == (
        (Kind.TEACHER, "Beck"),
        4,
        1,
        0,
    )
    assert [effect.person for effect in way.effects] == [
        (Kind.TEACHER, "Beck"),
        (Kind.GRADE, "10.1"),  # two lectures at another time, Arnd has one
        (Kind.TEACHER, "Arnd"),
    ]


def test_other_rooms():
    """Arnd may go to Tuesday 1 only if he takes another room than H1, where Carl is. 1 + 1 points for it."""
    of = school(
        """
        1 Arnd 10.1 H1 Mon1
        2 Beck 10.1 H3 Tue2
        3 Carl 10.2 H1 Tue1
        4 Arnd 10.3 H4 Tue3
        """,
        groups=["H1 H2"],
        pinned=["3@2.1"],
    )
    change = POLICY.with_(room_changes=RoomChanges.SAME_KIND)
    assert _ways(of, "1@1.1", "Tue1") == []
    found = suggest(of, change, "1@1.1", starts=[at("Tue1")], seconds=LONG).ways[0]
    assert [(move.lecture, move.after) for move in found.moves] == [("1@1.1", Placement(at("Tue1"), (("H2",),)))]
    assert {rule: found.more.get(rule) for rule in ("moved-lectures", "changed-rooms")} == {
        "moved-lectures": 1,
        "changed-rooms": 1,
    }


def test_twins_do_not_change_places():
    """Both lectures of lesson 1 are alike: to go where the other stands, which goes on, is one move too many."""
    of = school(
        """
        1 Arnd 10.1 H1 Mon1
        1 Arnd 10.1 H1 Tue1
        2 Arnd 10.2 H2 Mon2
        3 Beck 10.1 H3 Tue2
        """
    )
    assert [moves for _points, moves in _ways(of, "1@1.1") if "1@2.1" in moves] == []


def test_a_limit_of_moved_lectures():
    of = school(FREE_PLACE)
    assert len(_ways(of, "2@1.2", policy=POLICY.with_(max_changes=1))) == 1
    assert _ways(of, "2@1.2", "Mon1", policy=POLICY.with_(max_changes=1)) == []


def test_no_time_still_gives_something():
    """However short the time is, the best of what was seen is judged."""
    found = suggest(school(FREE_PLACE), POLICY, "2@1.2", seconds=1e-9)
    assert found.ways


def test_a_wrong_judgement_is_not_told(monkeypatch):
    """A swap with Beck, who is blocked, breaks a rule; here nobody looks before the plan is judged as a whole."""
    of = school(ROW, blocked={"Beck": "Mon1"})
    monkeypatch.setattr(Judge, "is_sound", lambda self, chain: True)
    monkeypatch.setattr(search, "allowed_starts", lambda *_args, **_more: _everywhere(of))
    with pytest.raises(InternalError, match="judged otherwise"):
        suggest(of, POLICY, "1@1.1", starts=[at("Mon2")], most=100, seconds=LONG)


def _everywhere(of: School) -> dict[str, frozenset[Period]]:
    return {block.id: frozenset(of.grid.starts(block.length)) for block in of.blocks}


# -- against all that is possible --------------------------------------------------------------------------------------


def _put(of: School, *moves: tuple[Block, Period]) -> Timetable:
    places = {
        id_: of.as_is[id_].at(period)
        for block, start in moves
        for id_, period in zip(block.lectures, of.grid.run(start, block.length), strict=True)
    }
    return of.as_is.replace(places)


def _meet(of: School, one: Block, start: Period, other: Block) -> bool:
    """Whether a block at a start needs somebody or something that another one has there today."""
    periods = zip(one.lectures, of.grid.run(start, one.length), strict=True)
    for (id_, period), other_id in product(periods, other.lectures):
        place = of.as_is[other_id]
        if place.period == period:
            own, theirs = of.resources_of(id_, of.as_is[id_]), of.resources_of(other_id, place)
            shared = (r for r, mask in own.items() if theirs.get(r, 0) & mask)
            if any(not of.may_overlap(resource, id_, other_id) for resource in shared):
                return True
    return False


def _share_a_grade(of: School, one: Block, other: Block) -> bool:
    own, theirs = (
        {p for id_ in block.lectures for p in of.people[id_] if p[0] is Kind.GRADE} for block in (one, other)
    )
    return bool(own & theirs)


def _are_twins(of: School, one: Block, other: Block) -> bool:
    """Whether two blocks differ in nothing but their places: to take the place of a twin is to go where it goes."""
    what = [
        [(of.lectures[id_].courses, of.as_is[id_].rooms) for id_ in block.lectures] if block.lesson else None
        for block in (one, other)
    ]
    return one.lesson == other.lesson and what[0] == what[1]


def _misplaced(score: Score, today: Score) -> bool:
    """Whether a block stands where a rule of starts forbids it, though it may stand in another such place today."""
    return any(v.rule in START_RULES and v not in today.violations for v in score.violations)


class Everything:
    """All single moves of a school, and all moves of two where one follows from the other."""

    def __init__(self, of: School) -> None:
        self.of = of
        self.points = objective(of, POLICY)
        self.today = judge(of, of.as_is, POLICY.rules)

    def price(self, *moves: tuple[Block, Period]) -> int | None:
        """Points of moves; None if they break a rule newly."""
        score = judge(self.of, _put(self.of, *moves), POLICY.rules)
        if score.newly_broken(self.today) or _misplaced(score, self.today):
            return None
        return self.points.value(score) - self.points.value(self.today)

    def alone(self, block: Block) -> dict[Period, int]:
        home = self.of.as_is[block.id].period
        starts = (start for start in self.of.grid.starts(block.length) if start != home)
        return {start: price for start in starts if (price := self.price((block, start))) is not None}

    def pairs(self, block: Block) -> Iterator[tuple[int, bool]]:
        """Points of moves of two, and whether both stand where the other one is today, at least in part."""
        home = self.of.as_is[block.id].period
        for start in self.of.grid.starts(block.length):
            if start == home:
                continue
            single = judge(self.of, _put(self.of, (block, start)), POLICY.rules)
            gap = "grade-gaps" in single.newly_broken(self.today)
            for other in self.of.blocks:
                if other is block or not other.lesson or _are_twins(self.of, block, other):
                    continue
                if _meet(self.of, block, start, other):
                    targets = [s for s in self.of.grid.starts(other.length) if s != self.of.as_is[other.id].period]
                # Another block of the lesson that follows brings nothing new: these are left out.
                elif gap and other.lesson != block.lesson and _share_a_grade(self.of, block, other):
                    targets = [home] if home in self.of.grid.starts(other.length) else []
                else:
                    continue
                for target in targets:
                    price = self.price((block, start), (other, target))
                    if price is not None:
                        yield price, self.is_exchange((block, start), (other, target))

    def is_exchange(self, one: tuple[Block, Period], other: tuple[Block, Period]) -> bool:
        return all(
            {self.of.as_is[id_].period for id_ in left.lectures} & set(self.of.grid.run(start, block.length))
            for (block, start), (left, _start) in ((one, other), (other, one))
        )


def _best(points: Iterable[int]) -> float:
    return min(points, default=inf)


@pytest.mark.parametrize("seed", range(15))
def test_against_brute_force(seed):
    of = random_school(Random(seed), travel=seed % 2 == 0)
    everything = Everything(of)
    for block in of.blocks if len(of.blocks) <= 7 else of.blocks[:3]:
        if not block.lesson:
            continue
        found = suggest(of, POLICY, block.id, most=10_000, seconds=LONG)
        alone = {_moves(way)[block.id]: way.points for way in found.ways if way.blocks == 1}
        alone |= {alike.start: alike.points for way in found.ways if way.blocks == 1 for alike in way.alike}
        assert alone == everything.alone(block)
        pairs = list(everything.pairs(block))
        listed = [way for way in found.ways if way.blocks == 2]
        # The best exchange in any case; any other pair only if it is better than all ways alone.
        exchanges = [price for price, is_exchange in pairs if is_exchange]
        assert _best(way.points for way in listed if way.swap) <= _best(exchanges)
        assert _best(way.points for way in listed) <= _best(
            price for price, _is_exchange in pairs if price < _best(alone.values())
        )
        assert all(way.swap or way.points < _best(alone.values()) for way in listed)
        for way in found.ways:
            after = of.as_is.replace({move.lecture: move.after for move in way.moves})
            score = judge(of, after, POLICY.rules)
            assert not score.newly_broken(everything.today)
            assert everything.points.value(score) - everything.points.value(everything.today) == way.points
            assert block.id in _moves(way)


@pytest.mark.parametrize("seed", range(20))
def test_starts_are_those_of_the_rules(seed):
    """A start is left out just if the rules of starts find something new when only this block stands there."""
    of = random_school(Random(seed))
    rules = POLICY.judged(of)
    today = judge(of, of.as_is, rules)
    allowed = allowed_starts(of, rules, rooms_change=False)
    for block in of.blocks:
        for start in of.grid.starts(block.length) if block.lesson else ():
            misplaced = _misplaced(judge(of, _put(of, (block, start)), rules), today)
            if start != of.as_is[block.id].period:
                assert (start in allowed[block.id]) == (not misplaced), (block.id, start)


@pytest.mark.parametrize("seed", range(6))
def test_other_rooms_are_sound(seed):
    """With rooms that may change, too, every way is sound; here the whole school is judged."""
    of = random_school(Random(1000 + seed))
    change = POLICY.with_(room_changes=RoomChanges.SAME_KIND)
    today = judge(of, of.as_is, change.rules)
    for block in of.blocks[:4]:
        if block.lesson:
            for way in suggest(of, change, block.id, most=200, seconds=LONG).ways:
                after = of.as_is.replace({move.lecture: move.after for move in way.moves})
                assert not judge(of, after, change.rules).newly_broken(today)


def test_grid_without_a_place():
    """A block of three periods in a grid of days with three: it can change days only."""
    of = school("1 Arnd 10.1 H1 Mon1-3\n2 Beck 10.2 H2 Mon1", on=grid(1, (0, 0)))
    found = suggest(of, POLICY, "1@1.1", seconds=LONG)
    assert (found.ways, found.obstacles) == ((), ())
