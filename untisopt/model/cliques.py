"""Cover all conflicts of a graph by few cliques, so that each becomes one at-most-one row per period."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def clique_cover(parties: Sequence[str], compatible: Collection[frozenset[str]]) -> list[tuple[str, ...]]:
    """Cover every pair that is not compatible, and every party with itself, by cliques of mutual conflict.

    Greedy: a clique grows from an uncovered pair by the parties that conflict with all members, those with most
    uncovered conflicts first. A complete graph gives one clique, and k parallel bands of m courses about m*m.

    Parameters
    ----------
    parties : sequence of str
        Without duplicates; the order decides ties, so the result is reproducible.
    compatible : collection of pairs
        Pairs that may overlap.
    """
    # Sets of parties as bit masks by their position: a school has hundreds of parallel lessons in a grade.
    position = {party: i for i, party in enumerate(parties)}
    conflicts = [((1 << len(parties)) - 1) ^ (1 << i) for i in range(len(parties))]
    for pair in compatible:
        here = [position[party] for party in pair if party in position]
        if len(here) == 2:
            conflicts[here[0]] &= ~(1 << here[1])
            conflicts[here[1]] &= ~(1 << here[0])
    uncovered = list(conflicts)
    cliques: list[tuple[str, ...]] = []
    for one in range(len(parties)):
        while uncovered[one]:
            clique = _grow(one, _lowest(uncovered[one]), conflicts, uncovered)
            members = sum(1 << i for i in clique)
            for i in clique:
                uncovered[i] &= ~members
            cliques.append(tuple(parties[i] for i in clique))
    covered = {party for clique in cliques for party in clique}
    return cliques + [(party,) for party in parties if party not in covered]


def _lowest(mask: int) -> int:
    """Position of the lowest bit that is set."""
    return (mask & -mask).bit_length() - 1


def _grow(one: int, other: int, conflicts: Sequence[int], uncovered: Sequence[int]) -> list[int]:
    clique, members = [one, other], 1 << one | 1 << other
    candidates = conflicts[one] & conflicts[other]
    while candidates:
        best, most, rest = -1, -1, candidates
        while rest:
            candidate = _lowest(rest)
            rest &= rest - 1
            count = (uncovered[candidate] & members).bit_count()
            if count > most:
                best, most = candidate, count
        clique.append(best)
        members |= 1 << best
        candidates &= conflicts[best]
    return clique
