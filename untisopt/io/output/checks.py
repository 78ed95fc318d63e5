"""What is looked at before anything is written: names, folders, and the files that must stay as they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from untisopt.errors import OutputError, advised
from untisopt.i18n import _, ngettext

# What file managers leave behind does not make a folder one with content.
_LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_MOST_LISTED = 5
# A drive, a stream or another folder on Windows; nothing that a name needs elsewhere.
_FORBIDDEN = re.compile(r"[\\:\x00-\x1f]")


def check_names(target: Path, files: Iterable[str]) -> None:
    """Names must mean the same place inside the folder on every system."""
    seen: set[str] = set()
    for name in files:
        parts = name.split("/")
        if _FORBIDDEN.search(name) or not all(part.strip(". ") for part in parts):
            raise OutputError(_("{folder}: {name!r} is no name of a file in it").format(folder=target, name=name))
        if name.casefold() in seen:
            raise OutputError(_("{folder}: the file {name!r} would be written twice").format(folder=target, name=name))
        seen.add(name.casefold())


def check_folder(target: Path, root: Path, *, force: bool) -> None:
    """Refuse a place that is taken: by a file, or by a folder with content unless `force`."""
    if not root.exists():
        return
    if not root.is_dir():
        advice = _("another name for the folder helps: --out")
        raise OutputError(advised(_("{path}: expected a folder, found a file").format(path=target), advice))
    content = sorted(entry.name for entry in root.iterdir() if entry.name not in _LITTER)
    if content and not force:
        found = _("{path}: expected an empty folder, found {names}").format(path=target, names=_listed(content))
        advice = _("you want --force, which replaces the files of an earlier result and leaves all others alone")
        raise OutputError(advised(found, advice))


def check_places(root: Path, files: Iterable[str], protect: Collection[Path]) -> None:
    """Refuse names whose places below `root` are protected, taken or elsewhere."""
    for name in files:
        place = root / PurePosixPath(name)
        check_place(place, protect)
        # A folder inside the target may be a link to somewhere else.
        if not place.parent.resolve().is_relative_to(root):
            raise OutputError(_("{path}: the folder above it is a link that leads out").format(path=place))


def check_place(place: Path, protect: Collection[Path]) -> None:
    """Refuse a place that holds a protected file or something that is no file."""
    for guarded in protect:
        same = place.samefile(guarded) if place.exists() and guarded.exists() else place == guarded.resolve()
        if same:
            advice = _("another folder for the result helps: --out")
            raise OutputError(advised(_("{path}: this is a file of the input").format(path=place), advice))
    if place.exists() and not place.is_file():
        raise OutputError(_("{path}: expected a file or nothing, found something else").format(path=place))


def _listed(names: list[str]) -> str:
    text = ", ".join(names[:_MOST_LISTED])
    more = len(names) - _MOST_LISTED
    if more <= 0:
        return text
    return ngettext("{names} and {count} more", "{names} and {count} more", more).format(names=text, count=more)
