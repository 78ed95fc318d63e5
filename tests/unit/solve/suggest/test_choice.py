"""Which ways are listed, in which order."""

from __future__ import annotations

from tests.builders import at
from untisopt.domain.resources import Kind
from untisopt.domain.ways import Effect
from untisopt.solve.suggest.board import Spot
from untisopt.solve.suggest.choice import Found, choose
from untisopt.solve.suggest.judge import Verdict


def _found(blocks: str, points: int, to: str = "Mon1", *, swap: bool = False, people: int = 2, loss: int = 0) -> Found:
    """A way that moves blocks of one lecture each, named by letters; the first goes to a place."""
    effect = Effect(person=(Kind.TEACHER, "Arnd"), points=loss, more={}, gaps=0, moved=1, other_day=0)
    return Found(
        key=tuple((block, Spot(at(to) if i == 0 else at("Fri8"))) for i, block in enumerate(blocks)),
        lectures=len(blocks),
        people=people,
        points=points,
        swap=swap,
        effects=(effect,),
        verdict=Verdict({}, {}),
    )


def _listed(*found: Found, most: int = 10) -> list[tuple[str, int]]:
    return [("".join(block for block, _spot in one.key), one.points) for one in choose(found, most)]


def test_same_lectures_are_listed_once():
    """The best of them by points, then by whoever loses most; the others are kept with it, the best first."""
    ways = choose(
        [_found("AB", 3, "Mon1"), _found("AB", 1, "Mon2", loss=5), _found("AB", 1, "Mon3", loss=4), _found("AC", 2)], 10
    )
    assert [(one.start, [other.start for other in one.alike]) for one in ways] == [
        (at("Mon3"), [at("Mon2"), at("Mon1")]),
        (at("Mon1"), []),
    ]


def test_longer_ways_have_to_be_better():
    """AC is no better than A, ABC no better than AB, and ACDE no better than ABD, which has fewer lectures."""
    assert _listed(
        _found("A", 5), _found("AB", 0), _found("AC", 5), _found("ABC", 0), _found("ABD", -2), _found("ACDE", -2)
    ) == [("A", 5), ("AB", 0), ("ABD", -2)]


def test_alone_and_exchange_in_any_case():
    """They come first though a chain of two, and one of three, bring more."""
    assert _listed(
        _found("ABC", -9), _found("AB", -5), _found("AD", 7, swap=True), _found("AE", 8, swap=True), _found("A", 1)
    ) == [("A", 1), ("AD", 7), ("AB", -5), ("ABC", -9)]


def test_exchange_beside_a_better_chain_of_the_same_two():
    """What is listed by itself is not counted as alike."""
    ways = choose([_found("AB", -1), _found("AB", 2, swap=True), _found("AB", 3, swap=True), _found("AB", 4)], 10)
    assert [(one.points, one.is_exchange, [other.points for other in one.alike]) for one in ways] == [
        (2, True, []),
        (-1, False, [3, 4]),
    ]


def test_swaps_before_chains_that_are_as_good():
    ways = choose([_found("AB", 2), _found("AB", 2, "Mon2", swap=True)], 10)
    assert [(one.is_exchange, len(one.alike)) for one in ways] == [(True, 1)]


def test_cut_off():
    """The first two stay, then the best for each number of lectures, then places that are not on the list yet."""
    ways = [
        _found("A", 9, "Mon1"),
        _found("AB", 9, "Mon2", swap=True),
        _found("AC", 4, "Mon1"),
        _found("AD", 5, "Mon1"),
        _found("AE", 6, "Mon3"),
        _found("ACD", 0, "Mon1"),
        _found("ACE", 1, "Mon1"),
    ]
    assert _listed(*ways, most=1) == [("A", 9)]
    assert _listed(*ways, most=2) == [("A", 9), ("AB", 9)]
    assert _listed(*ways, most=3) == [("A", 9), ("AB", 9), ("ACD", 0)]
    assert _listed(*ways, most=4) == [("A", 9), ("AB", 9), ("AC", 4), ("ACD", 0)]
    assert _listed(*ways, most=5) == [("A", 9), ("AB", 9), ("AC", 4), ("AE", 6), ("ACD", 0)]
    assert _listed(*ways, most=6) == [("A", 9), ("AB", 9), ("AC", 4), ("AE", 6), ("ACD", 0), ("ACE", 1)]


def test_nothing_to_choose():
    assert choose([], 3) == []
