"""The documentation of this checkout: its pages, their code blocks, the repository's files."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"


def repository() -> list[Path]:
    """Every file that belongs to the repository, or is about to; without git, every file that is not hidden."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        names = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    except (OSError, subprocess.CalledProcessError):
        visible = (path for path in ROOT.rglob("*") if not any(p.startswith(".") for p in path.relative_to(ROOT).parts))
        return sorted(path for path in visible if path.is_file())
    return sorted(path for path in (ROOT / name for name in names if name) if path.is_file())


def pages() -> list[Path]:
    """The Markdown pages."""
    return [path for path in repository() if path.suffix == ".md"]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def fenced(page: str, language: str) -> list[str]:
    """The code blocks in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def snippets(page: str) -> list[str]:
    """Every line of code: those of the blocks, and what stands in backticks."""
    fence = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    lines = [line for block in fence.findall(page) for line in block.splitlines()]
    return lines + re.findall(r"`([^`\n]+)`", fence.sub("", page))


def name(path: Path) -> str:
    """A path for the id of a test."""
    return path.relative_to(ROOT).as_posix()
