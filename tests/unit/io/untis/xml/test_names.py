"""Ids and the short names behind them."""

from __future__ import annotations

import pytest

from untisopt.io.untis.files.notes import Findings
from untisopt.io.untis.xml.document import XmlDocument
from untisopt.io.untis.xml.names import Ids, Prefix, read_ids


def ids(*known: str) -> Ids:
    rows = "".join(f'<class id="{id_}"/>' for id_ in known)
    root = XmlDocument.parse("untis.xml", f"<document><classes>{rows}</classes></document>".encode()).root
    return read_ids(root, Prefix.GRADE, "untis.xml", Findings())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" CL_9a ", ["CL_9a"]),
        ("CL_9a CL_FOT 11B CL_12", ["CL_9a", "CL_FOT 11B", "CL_12"]),
        # The longest id counts where a shorter one would leave a rest that nothing reads.
        ("CL_12 1 CL_12", ["CL_12 1", "CL_12"]),
        ("CL_B  2", ["CL_B  2"]),
        # Unknown ids end at the next prefix.
        ("CL_13 x CL_9a", ["CL_13 x", "CL_9a"]),
        ("9a 9b", ["9a", "9b"]),
    ],
)
def test_lists(text: str, expected: list[str]) -> None:
    assert ids("CL_9a", "CL_12", "CL_12 1", "CL_FOT 11B", "CL_B  2").split(text) == expected


def test_a_longer_id_that_leaves_an_unknown_rest_is_not_taken() -> None:
    # "a b" + "c" is unknown, "a" + "b c" is known.
    assert ids("a b", "a", "b c").split("a b c") == ["a", "b c"]


def test_short_names() -> None:
    found = ids("CL_9a", "9b", "9a", "CL_")

    # CL_9a and 9a are two classes, so the second one gets a name of its own.
    assert found.names == {"CL_9a": "9a", "9b": "9b", "9a": "CL_9a", "CL_": "CL_"}
    assert found.ids == {name: id_ for id_, name in found.names.items()}
