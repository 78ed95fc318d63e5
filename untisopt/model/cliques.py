"""Cover all conflicts of a graph by few cliques, so that each becomes one at-most-one row per period."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations


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
    uncovered = {pair for pair in map(frozenset, combinations(parties, 2)) if pair not in compatible}
    conflicts = {a: [b for b in parties if b != a and frozenset((a, b)) not in compatible] for a in parties}
    cliques: list[tuple[str, ...]] = []
    for one in parties:
        for other in conflicts[one]:
            if frozenset((one, other)) in uncovered:
                clique = _grow([one, other], conflicts, uncovered)
                uncovered.difference_update(map(frozenset, combinations(clique, 2)))
                cliques.append(tuple(clique))
    covered = {party for clique in cliques for party in clique}
    return cliques + [(party,) for party in parties if party not in covered]


def _grow(clique: list[str], conflicts: dict[str, list[str]], uncovered: set[frozenset[str]]) -> list[str]:
    candidates = [c for c in conflicts[clique[0]] if c in set(conflicts[clique[1]])]
    while candidates:
        best = max(candidates, key=lambda c: sum(frozenset((c, member)) in uncovered for member in clique))
        clique.append(best)
        neighbours = set(conflicts[best])
        candidates = [c for c in candidates if c in neighbours]
    return clique
