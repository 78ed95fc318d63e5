"""What click itself says is in the language of the process."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

import untisopt.cli._click_texts

# German for what click says, and what must not be left of its English.
_ENGLISH = ("Usage", "Options", "OPTIONS", "Show this", "Error", "Missing", "No such", "Try ", "Invalid", "default")


def _say(*arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "untisopt", *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--help"], "Aufruf: untisopt [OPTIONEN] BEFEHL"),
        (["verify", "--help"], "Aufruf: untisopt verify [OPTIONEN] VORHER NACHHER"),
        (["demo", "--help"], "[Vorgabe: 1; x>=0]"),
        (["check"], "Fehler: Es fehlt die Angabe 'PFAD'."),
        (["check", "x", "--nope"], "Hilfe gibt es mit 'untisopt check --help'."),
        (["nope"], "Es gibt keinen Befehl 'nope'."),
        (["demo", "x", "--size", "y"], "Ungültiger Wert für '--size': 'y' ist nicht möglich"),
        (["demo", "x", "y"], "Diese Angabe ist zu viel (y)"),
    ],
)
def test_german(arguments, expected):
    text = _say("--lang", "de", *arguments)
    assert expected in text
    assert [word for word in _ENGLISH if word in text] == []


def test_english_stays_english_on_a_german_system():
    text = _say("--lang", "en", "check", LANG="de_DE.UTF-8", LANGUAGE="de")
    assert text.startswith("Usage: untisopt check [OPTIONS] PATH\nTry 'untisopt check --help' for help.\n")
    assert "Error: Missing argument 'PATH'." in text


def test_all_texts_are_those_of_click():
    """A text that click words anew would be English again."""
    ours = ast.parse(Path(untisopt.cli._click_texts.__file__).read_text(encoding="utf-8"))
    (function,) = (n for n in ours.body if isinstance(n, ast.FunctionDef) and n.name == "click_texts")
    named = _texts(function) - {ast.get_docstring(function)}
    sources = Path(click.__file__).parent.glob("*.py")
    of_click = set().union(*(_texts(ast.parse(path.read_text(encoding="utf-8"))) for path in sources))
    assert named - of_click == set()


def _texts(tree: ast.AST) -> set[str]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_names_are_complete():
    assert all(untisopt.cli._click_texts.click_texts())
