"""Made-up schools to try untisopt on: `build` invents one, `files` writes it as Untis would export it."""

from __future__ import annotations

from untisopt.demo.building import House, build_house
from untisopt.demo.gpu import gpu_files
from untisopt.demo.houses import HOUSES, build_houses
from untisopt.demo.model import DemoSchool
from untisopt.demo.render import breaks, info_timetable, policy, read_me
from untisopt.demo.xml import xml_file

__all__ = ["SIZES", "DemoSchool", "build", "files"]

SIZES = ("small", "ong", *HOUSES)


def build(size: str, seed: int) -> DemoSchool:
    """Return the made-up school of a size (one of `SIZES`); equal sizes and seeds give equal schools on every machine.

    Raises
    ------
    ValueError
        If there is no such size.
    RuntimeError
        If the school breaks one of its promises; the message names it.
    """
    if size not in SIZES:
        raise ValueError(f"size is one of {', '.join(SIZES)}, not {size!r}")
    return build_houses(size, seed) if size in HOUSES else build_house(size, seed, House())


def files(school: DemoSchool) -> dict[str, bytes]:
    """Return the school as files: relative path (with `/`) -> content."""
    common = {"untisopt.toml": policy(school), "breaks.txt": breaks()}
    gpu = {f"gpu/{name}": content for name, content in (gpu_files(school) | common).items()}
    # The XML states the times of the periods itself, so no break table lies beside it.
    xml = {"xml/untis.xml": xml_file(school), "xml/untisopt.toml": common["untisopt.toml"]}
    return info_timetable(school) | common | read_me(school) | gpu | xml
