"""The page on the policy file: its examples are read, and every key is on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import ROOT, fenced, read
from untisopt.demo import build, files
from untisopt.io.policy.file import _KEYS, read_policy
from untisopt.policy import Preset
from untisopt.rules import ALL_RULES
from untisopt.service.policy.file import check_policy, init_policy

PAGE = read(ROOT / "docs" / "policy.md")
EXAMPLES = fenced(PAGE, "toml")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small demo school, whose names the examples use, with a break table beside it."""
    folder = tmp_path_factory.mktemp("school")
    for name, data in files(build("small", 1)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    periods = [f"{number} {7 + number}:00-{7 + number}:45" for number in range(1, 11)]
    (folder / "breaks.txt").write_text("\n".join(periods))
    return folder


@pytest.mark.parametrize("text", EXAMPLES, ids=[text.splitlines()[0] for text in EXAMPLES])
def test_example_is_sound(school: Path, text: str) -> None:
    path = school / "example.toml"
    sites = "" if "[sites]" in text else '[sites]\nmain = "Haupthaus"\nFiliale = ["F*"]\n'
    path.write_text(text + sites, encoding="utf-8")
    check_policy(path, school)


def test_every_key_is_in_an_example() -> None:
    shown = "\n".join(EXAMPLES)
    for table, keys in _KEYS.items():
        assert f"[{table}" in shown
        missing = [key for key in keys if f"\n{key} = " not in shown and f"`{key}`" not in PAGE]
        assert missing == [], table


def test_every_preset_is_explained() -> None:
    assert [preset for preset in Preset if f"| `{preset.value}` |" not in PAGE] == []


def test_every_rule_with_exceptions_is_listed() -> None:
    rules = [rule.id for rule in ALL_RULES if hasattr(rule, "except_")]
    assert rules
    assert [rule for rule in rules if f"| `{rule}` |" not in PAGE] == []


def test_what_init_is_said_to_write(school: Path) -> None:
    """The excerpt on the page, line by line, is in the file for the demo school."""
    text = init_policy(school, school / "init.toml").text
    assert read_policy(school / "init.toml").sites
    excerpt = fenced(PAGE, "text")[0].splitlines()
    assert [line for line in excerpt if line not in text.splitlines()] == []
