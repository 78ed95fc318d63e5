"""What the kinds of lesson sequences ask, and how often a timetable does not respect it: in Python and as literals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from untisopt.domain.calendar import Day, Period
from untisopt.domain.lessons import Block
from untisopt.domain.timetable import Timetable

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


class Order(Protocol):
    """What one lesson sequence asks of blocks; `everywhere` counts blocks without a place as not respecting it."""

    def count(self, timetable: Timetable, *, everywhere: bool = False) -> int:
        """How often it is not respected."""
        ...

    def literals(self, model: TimetableModel, name: str) -> list[Literal]:
        """Literals as many of which hold as `count` says."""
        ...


@dataclass(frozen=True)
class OneAfterTheOther:
    """Blocks stand directly before some block that is to follow them.

    Parameters
    ----------
    followers : mapping of Block to sequence of Block
        By block: those of which one has to follow it.
    """

    followers: Mapping[Block, Sequence[Block]]

    def count(self, timetable: Timetable, *, everywhere: bool = False) -> int:
        """Blocks that none of theirs follows."""
        missing = (block for block, after in self.followers.items() if not is_followed(timetable, block, after))
        return sum(everywhere or is_placed(timetable, block) for block in missing)

    def literals(self, model: TimetableModel, name: str) -> list[Literal]:
        """One per block and start: it is there, and nothing follows."""
        found: list[Literal] = []
        for block, followers in self.followers.items():
            for start in _starts(model, block):
                after = Period(start.day, start.number + block.length)
                text = f"{name} {block.id} {start.day}.{start.number}"
                follows = model.any_of((_literal(model, other, after) for other in followers), f"{text} followed")
                alone: Literal = not follows if isinstance(follows, bool) else follows.negated()
                found.append(model.all_of((model.decisions.literal(block, start), alone), f"{text} not followed"))
        return found


@dataclass(frozen=True)
class AtTheSameTime:
    """Lessons share their periods, whatever their weeks."""

    blocks: tuple[Block, ...]

    def count(self, timetable: Timetable, *, everywhere: bool = False) -> int:
        """Different periods that are taken."""
        periods = {timetable[id_].period for block in self.blocks for id_ in block.lectures}
        return sum(everywhere or period.day >= min(Day) for period in periods)

    def literals(self, model: TimetableModel, name: str) -> list[Literal]:
        """One per period: something is there."""
        there: defaultdict[Period, list[Literal]] = defaultdict(list)
        for block in self.blocks:
            for start in _starts(model, block):
                for period in model.school.grid.run(start, block.length):
                    there[period].append(model.decisions.literal(block, start))
        return [model.any_of(found, f"{name} {p.day}.{p.number}") for p, found in sorted(there.items())]


@dataclass(frozen=True)
class InTheWeek:
    """Blocks begin later in the week than others.

    Parameters
    ----------
    pairs : tuple of (Block, Block)
        The second is to begin later than the first.
    """

    pairs: tuple[tuple[Block, Block], ...]

    def count(self, timetable: Timetable, *, everywhere: bool = False) -> int:
        """Pairs of which the second does not begin later."""
        placed = [pair for pair in self.pairs if all(is_placed(timetable, block) for block in pair)]
        wrong = sum(_start(timetable, later) <= _start(timetable, one) for one, later in placed)
        return wrong + (len(self.pairs) - len(placed) if everywhere else 0)

    def literals(self, model: TimetableModel, name: str) -> list[Literal]:
        """One per pair and start of the first: it is there, and the second has begun."""
        begun = {later: self._begun(model, later, name) for later in dict.fromkeys(later for _one, later in self.pairs)}
        found: list[Literal] = []
        for one, later in self.pairs:
            for start in _starts(model, one):
                earlier = [literal for begin, literal in begun[later] if begin <= start]
                if earlier:
                    text = f"{name} {later.id} not after {one.id} {start.day}.{start.number}"
                    found.append(model.all_of((model.decisions.literal(one, start), earlier[-1]), text))
        return found

    @staticmethod
    def _begun(model: TimetableModel, block: Block, name: str) -> list[tuple[Period, Literal]]:
        """By start of a block, ascending: the literal that it begins there or earlier."""
        found: list[tuple[Period, Literal]] = []
        begun: Literal = False
        for start in _starts(model, block):
            text = f"{name} {block.id} begun {start.day}.{start.number}"
            begun = model.any_of((begun, model.decisions.literal(block, start)), text)
            found.append((start, begun))
        return found


def ordered_pairs(lessons: Sequence[Sequence[Block]]) -> Iterator[tuple[Block, Block]]:
    """Every block of a lesson with every block of the next one in the sequence."""
    for own, following in pairwise(lessons):
        yield from ((one, later) for one in own for later in following)


def is_followed(timetable: Timetable, block: Block, others: Sequence[Block]) -> bool:
    """Whether one of the others begins directly after a block."""
    start = _start(timetable, block)
    after = Period(start.day, start.number + block.length)
    return any(_start(timetable, other) == after for other in others)


def is_placed(timetable: Timetable, block: Block) -> bool:
    """Whether a block has a place in a timetable."""
    return _start(timetable, block).day >= min(Day)


def _start(timetable: Timetable, block: Block) -> Period:
    return timetable[block.lectures[0]].period


def _starts(model: TimetableModel, block: Block) -> list[Period]:
    """Candidate starts at which a block has a place."""
    return [start for start in model.decisions.starts(block) if start.day >= min(Day)]


def _literal(model: TimetableModel, block: Block, start: Period) -> Literal:
    return model.decisions.literal(block, start) if start in model.decisions.starts(block) else False
