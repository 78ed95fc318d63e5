"""Chains that could be listed, by a quick look: which are to be judged by the rules themselves, and in what order."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.school import Resource, School
from untisopt.engines.clock import Clock
from untisopt.rules import Rule, judge
from untisopt.solve.suggest.board import Board, Chain, Spot
from untisopt.solve.suggest.chains import Chains
from untisopt.solve.suggest.screen import Screen

LARGEST = 4
"""Most blocks that move together."""
SCREENED_A_SECOND = 4_000
"""Chains of each size that are screened at most, per second of the time limit."""
AT_A_TIME = 20
"""Of them, those with one place for the lecture before it is the next place's turn."""
SCREENING = 0.6
"""Share of the time in which chains are looked for; the rest is for judging them."""


class Candidate(NamedTuple):
    """A chain with what the screen says, in the order in which chains are judged.

    Parameters
    ----------
    at_least : int
        It has no fewer points of the objective; negative: it may gain.
    people : int
        Teachers and grades who notice it.
    key : tuple of (str, Spot)
        Blocks and where they go, the block that was asked for first.
    """

    at_least: int
    people: int
    key: tuple[tuple[str, Spot], ...]

    @property
    def chain(self) -> Chain:
        """Blocks and where they go."""
        return dict(self.key)

    @property
    def blocks(self) -> frozenset[str]:
        """Those that move."""
        return frozenset(block for block, _spot in self.key)


@dataclass(eq=False)
class Candidates:
    """Looks for chains that begin with a block.

    Parameters
    ----------
    board : Board
    screen : Screen
    rules : sequence of Rule
        Those that are on and can be judged.
    factors : mapping of str to int
        Points per unit of every rule that counts, by rule id.
    most_moved : int or None
        Most lectures that may move; None: any number.
    clock : Clock
    examined : int
        Chains seen so far.
    complete : bool
        Whether all were seen.
    """

    board: Board
    screen: Screen
    rules: Sequence[Rule]
    factors: Mapping[str, int]
    most_moved: int | None
    clock: Clock
    examined: int = 0
    complete: bool = True

    @cached_property
    def _chains(self) -> Chains:
        return Chains(self.board, self.rules, self.screen.leaves_gap)

    def by_size(self, block: Block, starts: Collection[Period] | None) -> list[list[Candidate]]:
        """By number of blocks: the chains that break nothing newly as far as the screen sees, the best first.

        Parameters
        ----------
        starts : collection of Period or None
            Where the block may go; None: anywhere.
        """
        home = self.board.home(block.id)
        spots = [s for s in self.board.spots(block.id) if s.start != home and (starts is None or s.start in starts)]
        return [sorted(self._of_size(block, size, spots)) for size in range(1, LARGEST + 1)]

    def _of_size(self, block: Block, size: int, spots: Sequence[Spot]) -> Iterator[Candidate]:
        """Chains of so many blocks, some for every spot in turn: should they be too many, no spot is left out."""
        waiting = deque(self._chains.of(block.id, spot, size) for spot in spots)
        count = 0
        while waiting:
            chains = waiting.popleft()
            found = 0
            for chain in islice(chains, AT_A_TIME):
                found += 1
                yield from self._candidate(chain)
            count += found
            self.examined += found
            if found == AT_A_TIME:
                waiting.append(chains)
            if waiting and (count >= SCREENED_A_SECOND * self.clock.limit or self.clock.has_used(SCREENING)):
                self.complete = False
                return

    def _candidate(self, chain: Chain) -> Iterator[Candidate]:
        """A chain, unless it breaks something or moves too many."""
        if self.most_moved is not None and self._moved(chain) > self.most_moved:
            return
        estimate = self.screen.estimate(chain)
        if not estimate.broken:
            at_least = estimate.points - self._most_unseen(chain)
            yield Candidate(at_least, len(self.people(chain)), tuple(chain.items()))

    def _moved(self, chain: Chain) -> int:
        return self.lectures(block for block, spot in chain.items() if spot.start != self.board.home(block))

    def lectures(self, blocks: Iterable[str]) -> int:
        """How many lectures some blocks have."""
        return sum(self.board.blocks[block].length for block in blocks)

    def people(self, chain: Chain) -> set[Resource]:
        """Teachers and grades who notice a chain."""
        lectures = (id_ for block in chain for id_ in self.board.blocks[block].lectures)
        return {person for id_ in lectures for person in self.board.school.people[id_]}

    # -- what the screen does not see --------------------------------------------------------------------------------

    def _most_unseen(self, chain: Chain) -> int:
        """The most points that a chain can gain by rules that the screen does not know: all that they find today."""
        return sum(self._unseen_by_block.get(block, 0) for block in chain) if self._unseen_by_block else 0

    @cached_property
    def _unseen_by_block(self) -> Mapping[str, int]:
        school = self.board.school
        unseen = [rule for rule in self.rules if not self.screen.knows(rule)]
        about: Counter[Resource | int] = Counter()
        for violation in judge(school, school.as_is, unseen).violations:
            points = self.factors.get(violation.rule, 0) * violation.amount
            facts = violation.facts
            if facts.kind is None:
                lessons = {school.tied_lessons(school.lectures[id_].lesson)[0] for id_ in facts.lectures}
                about.update(dict.fromkeys(lessons, points))
            else:
                about[facts.kind, facts.name] += points
        if not about:
            return {}
        return {id_: sum(about[it] for it in _subjects(school, block)) for id_, block in self.board.blocks.items()}


def _subjects(school: School, block: Block) -> set[Resource | int]:
    """The lesson, with those that are tied to it, people and rooms of a block."""
    found: set[Resource | int] = {school.tied_lessons(block.lesson)[0]}
    for lecture in block.lectures:
        found.update(school.resources_of(lecture, school.as_is[lecture]))
    return found
