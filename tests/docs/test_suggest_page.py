"""The commands of the page on `suggest` and `slack` run, and print the lines that the page shows, in this order."""

from __future__ import annotations

from docs.make_readme import blocks, commands, run
from tests.docs.pages import ROOT, read


def test_commands(tmp_path):
    found = [command for block in blocks(read(ROOT / "docs" / "suggest.md")) for command in commands(block)]
    assert [command.line.split()[1] for command in found] == ["demo", "suggest", "suggest", "suggest", "slack", "slack"]
    for command in found:
        printed = iter(run(command.line, tmp_path))
        missing = [line for line in command.shown if line not in printed]
        assert missing == [], command.line
