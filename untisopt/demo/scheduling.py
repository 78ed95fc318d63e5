"""Constructs the timetable: fills the frames of all grades, then repairs by exchanging pieces of equal length.

Every exchange swaps the contents of two places of a grade, and of all grades coupled to them (a Kempe chain), so the
frames stay full and the lower grades never get a gap. Worse plans are accepted up to a random threshold that sinks to
zero (threshold accepting); all figures are whole numbers, so every machine takes the same decisions.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from untisopt.demo.board import EMPTY, OUTSIDE, SLOTS, Board
from untisopt.demo.draws import below, chance, pick, shuffled
from untisopt.demo.grid import PERIODS

__all__ = ["Goal", "construct", "improve"]

_HARD = 30


@dataclass(frozen=True, slots=True)
class Goal:
    """Windows (lowest, highest) for the number of site changes of teachers and of those that are too short.

    `weight` is what one change outside its window costs; a teacher's gap costs 1, a broken rule 30.
    """

    changes: tuple[int, int]
    too_short: tuple[int, int]
    weight: int = 4

    def distance(self, changes: int, short: int) -> int:
        """Return by how much two counts miss their windows."""
        miss = max(self.changes[0] - changes, changes - self.changes[1], 0)
        return miss + max(self.too_short[0] - short, short - self.too_short[1], 0)


def construct(board: Board, numbers: list[int], rng: Random) -> bool:
    """Put the given blocks on the board, whatever they break; False if the frames cannot hold them in this order."""
    order = shuffled(rng, numbers)
    order.sort(key=lambda number: _rank(board, number))
    for number in order:
        spots = [slot for slot in range(SLOTS) if board.fits(number, slot)]
        if not spots:
            return False
        board.place(number, min(shuffled(rng, spots), key=lambda slot: _price(board, number, slot)))
    return True


def _rank(board: Board, number: int) -> tuple[int, int, int]:
    """Tied blocks first, then those of several grades, then doubles."""
    block = board.blocks[number]
    return len(block.starts) != 1, -len(block.grades), -block.length


def _price(board: Board, number: int, slot: int) -> int:
    """What a spot costs: broken rules, and broken-up pairs of periods that a double may need."""
    block = board.blocks[number]
    before = board.hard
    board.place(number, slot)
    price = 4 * (board.hard - before)
    board.lift(number)
    if block.length == 1:
        partner = slot ^ 1
        price += sum(3 for grade in block.grades if board.grid[grade][partner] == EMPTY)
    return price


def improve(board: Board, goal: Goal, rng: Random, steps: int) -> None:
    """Exchange pieces `steps` times at most; on return the plan is the last accepted one, broken rules or not."""
    troubles: list[int] = []
    cost = _cost(board, goal)
    frames = [[slot for slot in range(SLOTS) if row[slot] != OUTSIDE] for row in board.grid]
    for step in range(steps):
        if step % 100 == 0:
            troubles = board.troubles() if board.hard else []
        threshold = (_HARD if board.hard else 6) * (steps - step) // steps
        grade, slot = _spot(board, frames, troubles, rng)
        moves = _exchange(board, grade, slot, pick(rng, frames[grade]), rng)
        if not moves:
            continue
        back = [(number, board.blocks[number].slot) for number, _ in moves]
        hard = board.hard
        _apply(board, moves)
        changed = _cost(board, goal)
        # Once all rules hold they stay so, whatever else could be won. Couplings and bands were sorted out first and
        # are hard to move again: they go to untroubled places only.
        spoilt = (board.hard and not hard) or any(
            board.in_trouble(number) for number, _ in moves if number in board.firm
        )
        if not spoilt and changed <= cost + int(rng.random() * rng.random() * threshold):
            cost = changed
        else:
            _apply(board, back)


def _cost(board: Board, goal: Goal) -> int:
    return _HARD * board.hard + board.comfort + goal.weight * goal.distance(board.changes, board.short)


def _spot(board: Board, frames: list[list[int]], troubles: list[int], rng: Random) -> tuple[int, int]:
    """Choose where to exchange: at a broken rule as a rule, else anywhere."""
    if troubles and chance(rng, 0.8):
        block = board.blocks[pick(rng, troubles)]
        return pick(rng, block.grades), block.slot
    grade = below(rng, len(board.grid))
    return grade, pick(rng, frames[grade])


def _exchange(board: Board, grade: int, slot: int, other: int, rng: Random) -> list[tuple[int, int]]:
    """Return the moves (block, new slot) that swap the contents of two places of a grade; empty if they cannot."""
    contents = board.grid[grade][slot], board.grid[grade][other]
    as_pair = any(number >= 0 and board.blocks[number].length == 2 for number in contents)
    if as_pair or chance(rng, 0.3):
        return _chain(board, grade, slot & ~1, other & ~1, 2)
    return _chain(board, grade, slot, other, 1)


def _chain(board: Board, grade: int, first: int, second: int, length: int) -> list[tuple[int, int]]:
    """Follow the couplings: every grade of a block that moves swaps the same two places."""
    if first == second:
        return []
    moves: dict[int, int] = {}
    todo = [grade]
    seen = {grade}
    while todo:
        current = board.grid[todo.pop()]
        for offset in range(length):
            for place, target in ((first, second), (second, first)):
                number = current[place + offset]
                if number == OUTSIDE:
                    return []
                if number < 0 or number in moves:
                    continue
                block = board.blocks[number]
                moves[number] = target + block.slot - place
                if block.length > length or moves[number] % PERIODS not in block.starts:
                    return []
                for member in block.grades:
                    if member not in seen:
                        seen.add(member)
                        todo.append(member)
    return list(moves.items())


def _apply(board: Board, moves: list[tuple[int, int]]) -> None:
    for number, _ in moves:
        board.lift(number)
    for number, slot in moves:
        board.place(number, slot)
