"""Scores over time."""

from __future__ import annotations

from benchmarks.peers.answer import Answer, score_at, thinned, time_of

TRACE = [(0.5, 900), (2.0, 400), (7.0, 100)]


def test_score_at_a_moment():
    assert [score_at(TRACE, when) for when in (0.4, 0.5, 1.9, 2.0, 100.0)] == [None, 900, 900, 400, 100]


def test_time_of_a_score():
    assert [time_of(TRACE, score) for score in (900, 899, 100, 99)] == [0.5, 2.0, 7.0, None]


def test_thinned_keeps_ends_and_never_invents():
    trace = [(i / 100, 10_000 - i) for i in range(1, 5_000)]
    kept = thinned(trace, keep=50)
    assert len(kept) <= 50
    assert (kept[0], kept[-1]) == (trace[0], trace[-1])
    assert set(kept) <= set(trace)
    # Between 0.01 s and 50 s, 48 spans are a factor of 1.194 each: no score is known more than a fifth too late.
    for when, score in trace:
        found = score_at(kept, 1.2 * when)
        assert found is not None
        assert found <= score


def test_short_traces_stay_as_they_are():
    assert thinned(TRACE) == TRACE


def test_written_and_read_again(tmp_path):
    answer = Answer([(0, 1), (4, 9)], [(0.25, 7)], 3.5, {"build": 1.0})
    answer.write(tmp_path / "answer.json")
    assert Answer.load(tmp_path / "answer.json") == answer
