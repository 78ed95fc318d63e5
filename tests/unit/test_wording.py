"""Numbers and lists in sentences."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from untisopt.i18n import current_language, use_language
from untisopt.wording import capitalised, decimal, enumerated


@pytest.fixture(autouse=True)
def language_as_before() -> Iterator[None]:
    before = current_language()
    use_language("en")
    yield
    use_language(before)


@pytest.mark.parametrize(
    ("value", "english", "german"),
    [(0, "0", "0"), (3.0, "3", "3"), (12.5, "12.5", "12,5"), (7 / 3, "2.3", "2,3"), (100, "100", "100")],
)
def test_decimal(value, english, german):
    assert decimal(value) == english
    use_language("de")
    assert decimal(value) == german


def test_decimal_with_more_places():
    assert decimal(0.25, places=3) == "0.25"
    assert decimal(120, places=0) == "120"


def test_headings_begin_with_a_capital_and_keep_the_rest():
    assert capitalised("gaps of 10B") == "Gaps of 10B"
    assert capitalised("") == ""


@pytest.mark.parametrize(
    ("count", "end"), [(1, "1"), (12, "11, 12"), (13, "12, 13"), (14, "12 and 2 more"), (76, "11, 12 and 64 more")]
)
def test_long_lists_are_cut(count, end):
    assert enumerated([str(number) for number in range(1, count + 1)]).endswith(end)
