"""The page that compares: every row leads to an example that uses its command, and all examples say what they show."""

from __future__ import annotations

import contextlib
import re
import shlex

import pytest
from click.testing import CliRunner

from docs.make_readme import LEFT_OUT, Command, blocks, commands, run
from tests.docs.pages import ROOT, read
from untisopt.cli._root import Root

PAGE = read(ROOT / "docs" / "compared.md")
_ROW = re.compile(r"^\| (?!what \||---)(.+) \| \[`([a-z-]+)`\]\(#([\w-]+)\) \|$", re.MULTILINE)
ROWS = _ROW.findall(PAGE)
# What is wrong in the plan of today, or cannot be had, ends with 4.
EXIT_CODES = {"suggest --to": 4, "why-not": 4, "check --strict": 4}


def slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def sections() -> dict[str, tuple[Command, ...]]:
    """The commands of each section, by its anchor."""
    parts = re.split(r"^##+ (.*)$", PAGE, flags=re.MULTILINE)
    bodies = zip(parts[1::2], parts[2::2], strict=True)
    return {slug(heading): tuple(c for block in blocks(body) for c in commands(block)) for heading, body in bodies}


SECTIONS = sections()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """One folder for the school and all results, since the examples build on one another."""
    return tmp_path_factory.mktemp("compared")


@pytest.fixture(scope="module")
def printed(folder):
    """What each command of the page prints, with its exit code; run once, in the order of the page."""
    return {command.line: (_call(command.line, folder)) for section in SECTIONS.values() for command in section}


def _call(line, folder):
    program, *arguments = shlex.split(line)
    if program != "untisopt":
        return 0, run(line, folder)
    with contextlib.chdir(folder):
        done = CliRunner().invoke(Root(), ["--lang", "en", *arguments])
    return done.exit_code, tuple(done.stdout.splitlines())


def words(line):
    """A line whatever the widths of its columns."""
    return " ".join(line.split())


def test_every_feature_is_there():
    assert len(ROWS) == 21
    assert len({anchor for _what, _command, anchor in ROWS}) == 21
    # One cell per program between the feature and the command.
    assert {what.count(" | ") for what, _command, _anchor in ROWS} == {7}


@pytest.mark.parametrize(("command", "anchor"), [row[1:] for row in ROWS], ids=[row[2] for row in ROWS])
def test_row_leads_to_an_example(command, anchor):
    if anchor == "writes-something-for-the-way-back":
        assert SECTIONS[anchor][0].line == "ls result"  # the folder that optimise has written above
    else:
        assert any(f"untisopt {command} " in f"{example.line} " for example in SECTIONS[anchor])


@pytest.mark.parametrize("anchor", [anchor for anchor, found in SECTIONS.items() if found])
def test_example(anchor, printed):
    """Each shown line is printed, in this order; a row of a table may begin with what is shown."""
    for command in SECTIONS[anchor]:
        exit_code, output = printed[command.line]
        assert exit_code == _expected(command.line), (command.line, output)
        left = iter(map(words, output))
        shown = [words(line) for line in command.shown if line != LEFT_OUT]
        missing = [line for line in shown if not any(it.startswith(line) for it in left)]
        assert missing == [], command.line


def _expected(line):
    parts = line.split()
    return next((code for key, code in EXIT_CODES.items() if set(key.split()) <= set(parts)), 0)
