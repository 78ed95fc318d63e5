"""The page about why-not: its examples run on the small demo school and say what the page shows."""

from __future__ import annotations

import re
import shlex

import pytest
from click.testing import CliRunner

from tests.docs.pages import ROOT, fenced, read
from untisopt.cli._root import Root

PAGE = ROOT / "docs" / "why-not.md"
EXAMPLES = [block for block in fenced(read(PAGE), "console") if len(block.splitlines()) > 2]


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "school"
    done = CliRunner().invoke(Root(), ["demo", str(folder), "--size", "small"])
    assert done.exit_code == 0
    return folder


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_five_examples():
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda block: block.splitlines()[0])
def test_example(example, school):
    call, *shown = example.splitlines()
    program, *arguments = shlex.split(call.removeprefix("$ "))
    assert program == "untisopt"
    # One thread and no limit that the clock would notice: the same answer on every machine.
    arguments = [str(school) if argument == "school" else argument for argument in arguments]
    done = CliRunner().invoke(Root(), ["--lang", "en", *arguments, "--workers", "1", "--time-limit", "600"])
    assert done.exit_code == 4, done.output
    told = plain(done.stdout)
    assert [line for line in shown if plain(line) not in told] == []
