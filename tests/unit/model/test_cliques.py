"""The clique cover: every conflict is in some clique, and no clique holds a compatible pair."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from untisopt.model.cliques import clique_cover

NAMES = "abcdefg"
PAIRS = [frozenset(pair) for pair in combinations(NAMES, 2)]


@given(st.sets(st.sampled_from(PAIRS)), st.integers(1, len(NAMES)))
def test_covers_all_conflicts_and_nothing_else(compatible: set[frozenset[str]], count: int) -> None:
    parties = NAMES[:count]
    cliques = clique_cover(parties, compatible)
    covered = {frozenset(pair) for clique in cliques for pair in combinations(clique, 2)}
    assert covered == {pair for pair in PAIRS if pair <= set(parties)} - compatible
    assert {party for clique in cliques for party in clique} == set(parties)
    assert all(len(set(clique)) == len(clique) for clique in cliques)


def test_complete_graph_is_one_clique() -> None:
    assert [sorted(clique) for clique in clique_cover("abcd", ())] == [list("abcd")]


def test_two_parallel_courses_beside_one_lesson() -> None:
    # a and b may meet; c may meet neither.
    assert sorted(map(sorted, clique_cover("abc", {frozenset("ab")}))) == [["a", "c"], ["b", "c"]]


def test_party_that_may_meet_everybody_stands_alone() -> None:
    assert clique_cover("ab", {frozenset("ab")}) == [("a",), ("b",)]
