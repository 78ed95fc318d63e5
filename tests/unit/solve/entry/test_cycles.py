"""Minimum feedback vertex sets against brute force."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from untisopt.solve.entry.cycles import components, cut_cycles

Graph = dict[int, list[int]]


def acyclic(graph: Graph, without: set[int]) -> bool:
    """By taking away what nothing leads to until nothing is left."""
    left = set(graph) - without
    while left:
        sources = {n for n in left if not any(n in graph[m] for m in left)}
        if not sources:
            return False
        left -= sources
    return True


def smallest(graph: Graph) -> int:
    return next(k for k in range(len(graph) + 1) if any(acyclic(graph, set(c)) for c in combinations(graph, k)))


def random_graph(rng: Random, nodes: int, arcs: int) -> Graph:
    graph: Graph = {node: [] for node in range(nodes)}
    for _ in range(arcs):
        one, other = rng.sample(range(nodes), 2)
        if other not in graph[one]:
            graph[one].append(other)
    return graph


def free(graph: Graph) -> dict[int, int]:
    return dict.fromkeys(graph, 0)


def test_no_circle():
    assert cut_cycles({0: [1], 1: [2], 2: []}, {0: 0, 1: 0, 2: 0}).nodes == frozenset()


def test_components_with_more_than_one_node():
    # 0 <-> 1, 2 -> 3 -> 4 -> 2, 5 alone behind both.
    graph = {0: [1], 1: [0, 5], 2: [3], 3: [4], 4: [2, 5], 5: []}
    assert components(graph) == [frozenset({0, 1}), frozenset({2, 3, 4})]


def test_price_tells_apart_sets_of_one_size():
    assert cut_cycles({0: [1], 1: [0]}, {0: 5, 1: 2}).nodes == frozenset({1})
    # Two cheap nodes never stand in for one dear node: 0 is in both circles.
    assert cut_cycles({0: [1, 2], 1: [0], 2: [0]}, {0: 1000, 1: 0, 2: 0}).nodes == frozenset({0})


@pytest.mark.parametrize("seed", range(60))
def test_random_graphs(seed):
    rng = Random(seed)
    nodes = rng.randrange(3, 10)
    graph = random_graph(rng, nodes, rng.randrange(nodes, 4 * nodes))
    cut = cut_cycles(graph, free(graph))
    assert acyclic(graph, set(cut.nodes))
    assert len(cut.nodes) == cut.least == smallest(graph)


def test_out_of_time_is_still_a_set_and_a_bound():
    # 60 nodes with 6 arcs each: one component. Complete graphs on 5 nodes need 4, so the bound cannot be 60.
    graph = random_graph(Random(1), 60, 360)
    full = cut_cycles(graph, free(graph))
    cut = cut_cycles(graph, free(graph), limit=0.001)
    assert acyclic(graph, set(cut.nodes))
    assert 1 <= cut.least <= full.least <= len(full.nodes) <= len(cut.nodes)


def test_large_graph_in_time():
    # 400 nodes with 2 arcs each; proved within the limit.
    graph = random_graph(Random(2), 400, 800)
    cut = cut_cycles(graph, free(graph))
    assert acyclic(graph, set(cut.nodes))
    assert len(cut.nodes) == cut.least
