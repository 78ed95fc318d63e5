"""Which ways are listed of those that were found: simple ones first, and longer ones only where they bring more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from untisopt.domain.calendar import Period
from untisopt.domain.ways import Effect
from untisopt.solve.suggest.board import Chain, Spot
from untisopt.solve.suggest.judge import Verdict

Order = tuple[int, int, int, bool, tuple[int, int, int, int, int], tuple[tuple[str, Spot], ...]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """A sound chain, and what decides about its place on the list.

    Parameters
    ----------
    key : tuple of (str, Spot)
        Blocks and where they go, the block that was asked for first.
    lectures : int
        How many move.
    people : int
        Teachers and grades who notice it.
    points : int
        Of the objective; negative: the plan gets better.
    swap : bool
        Whether every block goes to where another of them stands today.
    effects : tuple of Effect
        Whoever loses most first.
    verdict : Verdict
    alike : tuple of Found
        Other chains of the same blocks, the best first.
    """

    key: tuple[tuple[str, Spot], ...]
    lectures: int
    people: int
    points: int
    swap: bool
    effects: tuple[Effect, ...]
    verdict: Verdict
    alike: tuple[Found, ...] = ()

    @property
    def chain(self) -> Chain:
        """Blocks and where they go."""
        return dict(self.key)

    @property
    def start(self) -> Period:
        """Where the block goes that was asked for."""
        return self.key[0][1].start

    @property
    def blocks(self) -> frozenset[str]:
        """Those that move; ways with the same blocks are alike."""
        return frozenset(block for block, _spot in self.key)

    @property
    def is_exchange(self) -> bool:
        """Whether two blocks change places."""
        return self.swap and len(self.key) == 2

    @property
    def order(self) -> Order:
        """The smaller, the better: by points, lectures, people; swaps first; by the loss of the one who loses most."""
        loss = self.effects[0].loss if self.effects else (0, 0, 0, 0, 0)
        return self.points, self.lectures, self.people, not self.swap, loss, self.key


def choose(found: Iterable[Found], most: int) -> list[Found]:
    """Choose the ways to list, in the order of the list.

    The best way alone and the best exchange of two come first, whatever they bring. Any other has to be better than
    every way with fewer lectures. Where those are too many, the best of each number of lectures comes before others,
    and a way to a place that no other way leads to before one to a place that has one.

    Parameters
    ----------
    found : iterable of Found
    most : int
        How many at most.

    Returns
    -------
    list of Found
        After the first two, those with the fewest lectures first.
    """
    ranked = _best_of_each(found)
    first = _first(ranked)
    rest = [one for one in ranked if one not in first and _pays(one, ranked)]
    steps = list({one.lectures: one for one in reversed(rest)}.values())
    steps.sort(key=lambda it: it.order)
    others = [one for one in rest if one not in steps]
    chosen = [*first, *steps, *_varied(others, {one.start for one in (*first, *steps)})][:most]
    return sorted(chosen, key=lambda it: (first.index(it) if it in first else len(first), it.lectures, it.order))


def _best_of_each(found: Iterable[Found]) -> list[Found]:
    """Of chains that are alike the best, with the others added to it, in their order.

    The best exchange of two is kept beside a chain of the same blocks that is better.
    """
    ranked = sorted(found, key=lambda it: it.order)
    exchange = next((one for one in ranked if one.is_exchange), None)
    groups: dict[frozenset[str], list[Found]] = {}
    for one in ranked:
        groups.setdefault(one.blocks, []).append(one)
    best = [replace(one, alike=tuple(it for it in others if it is not exchange)) for one, *others in groups.values()]
    if exchange is not None and all(one is not exchange for one, *_others in groups.values()):
        best.append(exchange)
    return sorted(best, key=lambda it: it.order)


def _first(ranked: Sequence[Found]) -> list[Found]:
    """The best way alone and the best exchange of two, where there are such."""
    alone = next((one for one in ranked if len(one.key) == 1), None)
    exchange = next((one for one in ranked if one.is_exchange), None)
    return [one for one in (alone, exchange) if one is not None]


def _pays(one: Found, ranked: Iterable[Found]) -> bool:
    """Whether a way is better than all with fewer lectures."""
    return all(one.points < other.points for other in ranked if other.lectures < one.lectures)


def _varied(ranked: Sequence[Found], known: set[Period]) -> list[Found]:
    """Ways to places that are not known yet before others."""
    new: list[Found] = []
    for one in ranked:
        if one.start not in known:
            new.append(one)
            known.add(one.start)
    return [*new, *(one for one in ranked if one not in new)]
