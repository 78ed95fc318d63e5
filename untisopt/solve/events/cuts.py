"""Which of the lectures without a place are those that events want to lose it, and which have none besides."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations

from untisopt.domain.events import Cut
from untisopt.domain.lessons import Block
from untisopt.domain.school import School


def wanted(school: School, cuts: Sequence[Cut], off: Sequence[str], hit: Collection[str]) -> tuple[set[str], set[str]]:
    """Share out the lectures without a place among the cuts: to each as many as it wants.

    Parameters
    ----------
    school : School
    cuts : sequence of Cut
    off : sequence of str
        Ids of the lectures without a place.
    hit : collection of str
        Ids of blocks that have to leave in any case: of these the cuts take what they cannot take elsewhere.

    Returns
    -------
    tuple of (set of str, set of str)
        What goes for good, and what waits for a place because somebody has fewer hours.
    """
    gone: set[str] = set()
    waiting: set[str] = set()
    for cut in sorted(cuts, key=lambda cut: cut.fewer is None):
        blocks = dict.fromkeys(school.block_of[id_] for id_ in off if id_ in cut.lectures and id_ not in gone)
        ordered = sorted(blocks, key=lambda block: block.id in hit)
        if cut.fewer is not None:
            (gone if cut.for_good else waiting).update(_exactly(ordered, cut.fewer))
        else:
            waiting |= _more_than(school, cut, ordered, gone)
    return gone, waiting


def _exactly(blocks: Sequence[Block], periods: int) -> list[str]:
    """Lectures of whole blocks with so many periods together; the first lectures where no blocks have just as many."""
    for size in range(len(blocks) + 1):
        for chosen in combinations(blocks, size):
            if sum(block.length for block in chosen) == periods:
                return [id_ for block in chosen for id_ in block.lectures]
    return [id_ for block in blocks for id_ in block.lectures][:periods]


def _more_than(school: School, cut: Cut, blocks: Sequence[Block], gone: Collection[str]) -> set[str]:
    """Lectures that are too many in some week, block by block, until there are no more than may be held."""
    left = dict.fromkeys(range(len(school.week_classes)), -(cut.most or 0))
    for id_ in cut.lectures.difference(gone):
        for week_class in _held(school, id_):
            left[week_class] += 1
    found: set[str] = set()
    for block in blocks:
        own = [id_ for id_ in block.lectures if id_ in cut.lectures]
        if any(left[week_class] > 0 for id_ in own for week_class in _held(school, id_)):
            found.update(own)
            for id_ in own:
                for week_class in _held(school, id_):
                    left[week_class] -= 1
    return found


def _held(school: School, lecture: str) -> list[int]:
    """The kinds of weeks in which a lecture is held."""
    mask = school.class_mask(school.lectures[lecture].weeks)
    return [week_class for week_class in range(len(school.week_classes)) if mask >> week_class & 1]
