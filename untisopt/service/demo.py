"""Write a made-up school to try untisopt on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from untisopt.demo import SIZES, build, files
from untisopt.io.output.folder import write_folder

__all__ = ["SIZES", "DemoResult", "demo"]


@dataclass(frozen=True, slots=True)
class DemoResult:
    """The files that were written."""

    folder: Path
    files: tuple[str, ...]


def demo(folder: Path, *, size: str, seed: int, force: bool = False) -> DemoResult:
    """Invent a school of a size (one of `SIZES`) and write it as Untis would export it.

    Raises
    ------
    OutputError
        The folder is not empty (and `force` is not set), or the system refuses.
    """
    content = files(build(size, seed))
    write_folder(folder, content, force=force)
    return DemoResult(folder, tuple(sorted(content)))
