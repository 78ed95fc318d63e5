"""The fewest nodes that meet every cycle of a directed graph: a minimum feedback vertex set.

Every strongly connected component is solved for itself as a hitting set over the cycles seen so far. Where what is left
still has cycles, they are added and the set is found again; so each set is a lower bound for the true one, and the
first that leaves no cycle is the minimum.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from untisopt.engines.cpsat import CpSat, Settings, Status

Graph = Mapping[int, Collection[int]]
Cycle = frozenset[int]

DETERMINISTIC_LIMIT = 10.0
"""Units of CP-SAT's deterministic time for one component; about seconds, the same on every machine."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Nodes whose removal leaves no cycle.

    Parameters
    ----------
    nodes : frozenset of int
    least : int
        No set with fewer nodes does.
    """

    nodes: frozenset[int]
    least: int


def cut_cycles(graph: Graph, prices: Mapping[int, int], limit: float = DETERMINISTIC_LIMIT) -> Cut:
    """Find the fewest nodes that meet every cycle, among equally small sets one of a low price.

    Parameters
    ----------
    graph : mapping of int to collection of int
        Successors of every node; no node is its own successor.
    prices : mapping of int to int
        Not negative, per node. Only tells apart sets of the same size.
    limit : float
        Deterministic time per component. When it is up, the set is still one that leaves no cycle, and `least` is what
        was proved.
    """
    nodes: set[int] = set()
    least = 0
    for component in components(graph):
        inside = {node: sorted(component & set(graph[node])) for node in sorted(component)}
        cut = _Component(inside, prices, limit).cut()
        nodes |= cut.nodes
        least += cut.least
    return Cut(frozenset(nodes), least)


class _Component:
    """One strongly connected component and the cycles of it that are known."""

    def __init__(self, graph: Graph, prices: Mapping[int, int], limit: float) -> None:
        self._graph = graph
        self._prices = prices
        self._left = limit
        self._least = 1
        self._best = _without_excess(graph, _greedy(graph))
        # One node more must cost more than all prices together.
        self._unit = 1 + sum(prices[node] for node in graph)
        self._cycles: dict[Cycle, None] = dict.fromkeys(_short_cycles(graph))

    def cut(self) -> Cut:
        """The set, and what is proved about its size."""
        while self._left > 0:
            nodes, proved = self._hitting_set()
            rest = _without(self._graph, nodes)
            new = dict.fromkeys(cycle for cycle in _short_cycles(rest) if cycle not in self._cycles)
            if not new:
                self._keep(nodes)
                if proved:
                    break
            else:
                self._keep(_without_excess(self._graph, nodes | _greedy(rest)))
            self._cycles |= new
        return Cut(self._best, min(self._least, len(self._best)))

    def _keep(self, nodes: frozenset[int]) -> None:
        if self._cost(nodes) < self._cost(self._best):
            self._best = nodes

    def _cost(self, nodes: Collection[int]) -> int:
        return sum(self._unit + self._prices[node] for node in nodes)

    def _hitting_set(self) -> tuple[frozenset[int], bool]:
        """The cheapest nodes that meet all known cycles, and whether that is proved; the lower bound is updated."""
        model = cp_model.CpModel()
        taken = {node: model.new_bool_var(f"put run {node} away") for node in self._graph}
        for cycle in self._cycles:
            model.add_bool_or([taken[node] for node in sorted(cycle)])
        model.minimize(sum((self._unit + self._prices[node]) * taken[node] for node in self._graph))
        for node, variable in taken.items():
            model.add_hint(variable, node in self._best)
        # All clauses in the linear relaxation: without it, a hitting set of 20 among 150 nodes takes minutes.
        solved = CpSat(model, Settings(limit=self._left, seed=0, others={"linearization_level": 2})).run()
        # Every solve uses some of the limit, so that the loop ends whatever the solver reports.
        self._left -= max(solved.units, 1e-3)
        if not solved.has_solution:
            self._left = 0.0
            return self._best, False
        # The prices of a set add up to less than one unit, so whole units of the bound are nodes.
        self._least = max(self._least, solved.bound // self._unit)
        return frozenset(node for node in taken if solved.value(taken[node])), solved.status is Status.OPTIMAL


def components(graph: Graph) -> list[frozenset[int]]:
    """The strongly connected components with more than one node, by their smallest node."""
    order = _finished(graph)
    reverse: dict[int, list[int]] = {node: [] for node in graph}
    for node, successors in graph.items():
        for successor in successors:
            reverse[successor].append(node)
    found, seen = [], set[int]()
    for node in reversed(order):
        if node not in seen:
            members = _reached(reverse, node, seen)
            if len(members) > 1:
                found.append(frozenset(members))
    return sorted(found, key=min)


def _finished(graph: Graph) -> list[int]:
    """All nodes in the order in which a depth-first search leaves them."""
    order: list[int] = []
    seen: set[int] = set()
    for start in sorted(graph):
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(sorted(graph[start])))]
        while stack:
            node, successors = stack[-1]
            following = next((successor for successor in successors if successor not in seen), None)
            if following is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(sorted(graph[following]))))
    return order


def _reached(graph: Graph, start: int, seen: set[int]) -> list[int]:
    """Nodes that can be reached from `start` and were not seen before."""
    seen.add(start)
    members = [start]
    for node in members:
        new = [successor for successor in graph[node] if successor not in seen]
        seen.update(new)
        members += new
    return members


def _without(graph: Graph, removed: Collection[int]) -> dict[int, list[int]]:
    """The graph without some nodes and without all nodes that then lie on no cycle, as far as degrees show it."""
    left = {node: [s for s in successors if s not in removed] for node, successors in graph.items()}
    left = {node: successors for node, successors in left.items() if node not in removed}
    while True:
        entered = {successor for successors in left.values() for successor in successors}
        alive = {node for node, successors in left.items() if successors and node in entered}
        if len(alive) == len(left):
            return left
        left = {node: [s for s in left[node] if s in alive] for node in left if node in alive}


def _greedy(graph: Graph) -> frozenset[int]:
    """Nodes that meet every cycle, taken one by one where most cycles may pass."""
    nodes: set[int] = set()
    left = _without(graph, nodes)
    while left:
        entering = dict.fromkeys(left, 0)
        for successors in left.values():
            for successor in successors:
                entering[successor] += 1
        best = max(left, key=lambda node: (entering[node] * len(left[node]), -node))
        nodes.add(best)
        left = _without(left, {best})
    return frozenset(nodes)


def _without_excess(graph: Graph, nodes: Collection[int]) -> frozenset[int]:
    """The nodes without those that are not needed to meet every cycle."""
    needed = set(nodes)
    for node in sorted(nodes):
        if not _without(graph, needed - {node}):
            needed.remove(node)
    return frozenset(needed)


def _short_cycles(graph: Graph) -> Iterator[Cycle]:
    """A shortest cycle through every arc that lies on one."""
    for node in sorted(graph):
        for successor in graph[node]:
            cycle = _shortest_cycle(graph, node, successor)
            if cycle:
                yield cycle


def _shortest_cycle(graph: Graph, tail: int, head: int) -> Cycle:
    """The nodes of a shortest cycle through an arc; empty if there is none."""
    came_from = {head: tail}
    queue = deque([head])
    while queue and tail not in came_from:
        node = queue.popleft()
        for successor in graph[node]:
            if successor not in came_from:
                came_from[successor] = node
                queue.append(successor)
    if tail not in came_from:
        return frozenset()
    cycle = [came_from[tail]]
    while cycle[-1] != tail:
        cycle.append(came_from[cycle[-1]])
    return frozenset(cycle)
