"""The page about events: every example can be read, in both languages, and the commands do what it says."""

from __future__ import annotations

import re

import pytest

import untisopt
from tests.docs.pages import ROOT, fenced, read
from untisopt.domain.school import School
from untisopt.io.events.file import read_events
from untisopt.io.events.text import VERBS, parse_event
from untisopt.service.demo import demo

PAGE = read(ROOT / "docs" / "events.md")
_ROW = re.compile(r"^\| [^|]+ \| `([^`]+)` \| `([^`]+)` \|$", re.MULTILINE)
EXAMPLES = [text for row in _ROW.findall(PAGE) for text in row]


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> School:
    """The small demo school; the room sizes are those of its GPU files, so that groups can grow."""
    folder = tmp_path_factory.mktemp("events")
    demo(folder, size="small", seed=1)
    return untisopt.read(folder / "gpu").school


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> School:
    folder = tmp_path_factory.mktemp("events")
    demo(folder, size="small", seed=1)
    return untisopt.read(folder).school


def test_there_is_an_example_of_every_event():
    assert len(EXAMPLES) >= 36
    verbs = {text.split()[0] for text in EXAMPLES}
    assert [verb for verb, words in VERBS.items() if not verbs & set(words)] == []


@pytest.mark.parametrize("text", EXAMPLES)
def test_examples_can_be_read(text, small, sites):
    parse_event(text, small if text.split()[0] in VERBS["students"] else sites)


def test_file(tmp_path, sites):
    path = tmp_path / "events.toml"
    path.write_text(fenced(PAGE, "toml")[0], encoding="utf-8")
    texts = [source.text for source in read_events(sites, (), path)]
    assert texts == [
        "away Dör Mon 3-4",
        "away Dör Mon 3-4 from 2026-01-11",
        "add Ma Dör 7.1,7.2 1x1 1x2 in F21",
    ]
