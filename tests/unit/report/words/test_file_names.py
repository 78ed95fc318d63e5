"""File names for people and classes that every system accepts."""

from __future__ import annotations

from itertools import permutations

import pytest

from untisopt.io.output.checks import check_names
from untisopt.report.words.file_names import MOST_CHARACTERS, file_names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Arnd", "Arnd"),
        ("10.3", "10.3"),
        ("De W", "De W"),
        ("Müß", "Müß"),
        ("a/b\\c", "a_b_c"),
        ('<>:"|?*', "_______"),
        ("x\x01y", "x_y"),
        ("Dr.", "Dr_"),
        ("..", "__"),
        (".x", "_x"),
        ("x ", "x"),
        ("", "_"),
        ("con", "_con"),
        ("NUL.x", "_NUL.x"),
        ("Com1", "_Com1"),
        ("Com10", "Com10"),
        ("LPT²", "_LPT²"),
        ("Conrad", "Conrad"),
        ("x" * 300, "x" * MOST_CHARACTERS),
    ],
)
def test_names(name, expected, tmp_path):
    assert file_names([name]) == {name: expected}
    check_names(tmp_path, [f"{expected}.ics"])


def test_alike():
    # `a_b` is fine already and keeps its name; the others are numbered in the order of their characters.
    names = ["a?b", "a_b", "a/b", "A_B", "u\u0308", "ü"]
    expected = {"A_B": "A_B", "a_b": "a_b (2)", "a/b": "a_b (3)", "a?b": "a_b (4)", "u\u0308": "u\u0308", "ü": "ü (2)"}
    for order in permutations(names):
        assert file_names(order) == expected
