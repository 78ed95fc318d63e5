"""Run the console blocks of README.md and write what they print: `python docs/make_readme.py`.

A block that begins with three backticks and ``console`` holds commands behind ``$`` and their output. All blocks of a
page run one after another in one empty folder; besides `untisopt` they may use `cat FILE` and `ls FOLDER`. A line
``...`` stands for lines left out: the lines before it are the first of the output, the line behind it says where the
output goes on.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = "..."
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Command:
    """A command of a page and the lines that the page shows as its output."""

    line: str
    shown: tuple[str, ...]


def commands(block: str) -> tuple[Command, ...]:
    """The commands of a block."""
    found: list[tuple[str, list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return tuple(Command(line, tuple(shown)) for line, shown in found)


def blocks(page: str) -> list[str]:
    """The console blocks of a page."""
    return [match[1] for match in _BLOCK.finditer(page)]


def run(command: str, folder: Path) -> tuple[str, ...]:
    """Run a command in a folder; the lines that it prints, without empty ones at the end."""
    program, *arguments = shlex.split(command)
    if program == "cat":
        text = (folder / arguments[0]).read_text(encoding="utf-8-sig")
    elif program == "ls":
        text = "\n".join(sorted(path.name for path in (folder / arguments[0]).iterdir()))
    else:
        text = _untisopt(program, arguments, folder)
    return tuple(line.rstrip() for line in text.rstrip().splitlines())


def _untisopt(program: str, arguments: list[str], folder: Path) -> str:
    if program != "untisopt":
        raise ValueError(f"console blocks run untisopt, cat and ls, not {program}")
    done = subprocess.run(
        [sys.executable, "-m", "untisopt", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "LC_ALL": "C", "COLUMNS": "80", "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)},
        check=False,
    )
    return done.stdout.replace("\\", "/") if os.name == "nt" else done.stdout


def shortened(output: tuple[str, ...], shown: tuple[str, ...]) -> tuple[str, ...]:
    """The output with the same parts left out as in what a page shows.

    Raises
    ------
    ValueError
        A line behind ``...`` is not in the output any more.
    """
    kept: list[str] = []
    at = 0
    for index, part in enumerate(_parts(shown)):
        if index:
            kept.append(LEFT_OUT)
            if not part:
                return tuple(kept)
            at = _find(part[0], output, at)
        is_last = shown[-1:] != (LEFT_OUT,) and index == shown.count(LEFT_OUT)
        end = len(output) if is_last else at + len(part)
        kept += output[at:end]
        at = end
    return tuple(kept)


def _find(line: str, output: tuple[str, ...], begin: int) -> int:
    """Where the output goes on with a line, or with one that differs in its figures only."""
    for alike in (str, _skeleton):
        for at in range(begin, len(output)):
            if alike(output[at]) == alike(line):
                return at
    raise ValueError(f"not printed any more: {line}")


def _skeleton(line: str) -> str:
    return " ".join(re.sub(r"[-+]?\d+", "#", line).split())


def _parts(shown: tuple[str, ...]) -> Iterator[list[str]]:
    part: list[str] = []
    for line in shown:
        if line == LEFT_OUT:
            yield part
            part = []
        else:
            part.append(line)
    yield part


def refreshed(page: str) -> str:
    """The page with what its commands print today."""
    with tempfile.TemporaryDirectory() as folder:

        def again(match: re.Match[str]) -> str:
            lines: list[str] = []
            for command in commands(match[1]):
                lines += [f"$ {command.line}", *shortened(run(command.line, Path(folder)), command.shown)]
            return "```console\n" + "\n".join(lines) + "\n```"

        return _BLOCK.sub(again, page)


if __name__ == "__main__":
    for name in sys.argv[1:] or ["README.md"]:
        path = ROOT / name
        path.write_text(refreshed(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
