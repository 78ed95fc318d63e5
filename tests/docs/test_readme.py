"""What the README shows is what happens."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import untisopt
from docs.make_readme import blocks, commands, run, shortened
from tests.docs.pages import README, ROOT, fenced, read
from untisopt.io.policy.file import read_policy
from untisopt.policy import PinKind
from untisopt.rules import ALL_RULES
from untisopt.service.demo import demo

PAGE = read(README)
# To take over what the commands print now.
REFRESH = "python docs/make_readme.py"


@pytest.mark.slow
def test_tour(tmp_path):
    """The console blocks print what the page shows, one after another in one folder."""
    found = [command for block in blocks(PAGE) for command in commands(block)]
    assert [command.line.split()[1] for command in found if command.line.startswith("untisopt")] == [
        "demo",
        "check",
        "optimise",
        "packages",
        "apply",
        "diff",
        "verify",
        "optimise",
        "repair",
        "why-not",
    ]
    for command in found:
        printed = run(command.line, tmp_path)
        assert shortened(printed, command.shown) == command.shown, f"{command.line}: if this is right, {REFRESH}"


def test_python_example(tmp_path, monkeypatch):
    demo(tmp_path / "school", size="small", seed=1)
    monkeypatch.chdir(tmp_path)
    session = "\n".join(fenced(PAGE, "pycon"))
    test = doctest.DocTestParser().get_doctest(session, {}, "README.md", str(README), 0)
    assert len(test.examples) >= 10
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    said: list[str] = []
    runner.run(test, out=said.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(said)
    assert (tmp_path / "from-python" / "report.txt").is_file()


def _policy_example(folder: Path) -> Path:
    demo(folder, size="small", seed=1, force=True)
    _before, _marker, rest = PAGE.partition("<!-- policy example -->")
    path = folder / "example.toml"
    path.write_text(fenced(rest, "toml")[0], encoding="utf-8")
    return path


def test_policy_example(tmp_path):
    """It is a policy, fits the demo school, and shows every table."""
    path = _policy_example(tmp_path)
    policy = read_policy(path)
    assert policy.sites == {"Filiale": ("F*",)}
    assert policy.travel == {("Filiale", "Haupthaus"): 30}
    off = {rule.id for rule in policy.rules if not rule.weight}
    assert off - {rule.id for rule in ALL_RULES if not rule.weight} == {"teacher-free-day"}
    assert {pin.kind for pin in policy.pins} == set(PinKind) - {PinKind.LECTURE, PinKind.ROOM}
    plan = untisopt.read(tmp_path, path)
    assert plan.school.pinned
    assert plan.school.blocked


def test_policy_example_shows_every_table(tmp_path):
    from untisopt.io.policy.file import _TABLES

    text = _policy_example(tmp_path).read_text(encoding="utf-8")
    assert [table for table in _TABLES if f"[{table}" not in text] == []


def test_break_table_example(tmp_path):
    from untisopt.io.breaks.table import parse_breaks

    _before, _heading, rest = PAGE.partition("### Break table")
    assert list(parse_breaks(fenced(rest, "text")[0], "README.md")) == [1, 2, 3]


def test_make_targets_exist():
    makefile = read(ROOT / "Makefile")
    for block in fenced(PAGE, "sh"):
        for line in block.splitlines():
            if line.startswith("make "):
                assert f"\n{line.split()[1]}:" in makefile


def test_elisions():
    printed = ("a", "b 1", "c", "d 2", "e", "f")
    # Lines in front, one part in the middle that differs in its figure only, nothing at the end.
    assert shortened(printed, ("a", "...", "d 7", "e", "...")) == ("a", "...", "d 2", "e", "...")
    # The last part reaches to the end, however long it is.
    assert shortened(printed, ("...", "d 2")) == ("...", "d 2", "e", "f")
    assert shortened(printed, ("a", "b 1")) == printed
    with pytest.raises(ValueError, match="not printed any more: gone"):
        shortened(printed, ("...", "gone"))
