"""Writing of results: a file is complete or not there, a folder gets all of its files or none."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from untisopt.errors import OutputError, advised
from untisopt.i18n import _
from untisopt.io.output.checks import check_folder, check_names, check_place, check_places


def write_folder(
    target: Path, files: Mapping[str, bytes], *, force: bool = False, protect: Collection[Path] = ()
) -> None:
    """Write all files into a folder, or change nothing at all.

    A new folder is built under another name beside its place and renamed. In a folder that exists already, the files
    are built in a hidden folder inside it (the only place that is surely on the same file system) and replaced one by
    one; if one fails, those before it are put back. Other files of the folder stay as they are.

    Parameters
    ----------
    target : Path
        The folder; it and the folders above it are made where they are missing.
    files : mapping of str to bytes
        Names relative to the folder (`/` between folders) and content.
    force : bool
        Whether a folder with content is accepted and files in it are replaced.
    protect : collection of Path
        Files that must never be replaced, such as the input.

    Raises
    ------
    OutputError
        If the folder has content and `force` is not set, a name leads out of it, a protected file would be replaced, or
        the system refuses to write.
    """
    check_names(target, files)
    with _told(target):
        root = target.resolve()
        check_folder(target, root, force=force)
        check_places(root, files, protect)
        made = _make_folders(root.parent)
        try:
            if root.exists():
                _fill_folder(root, files)
            else:
                _new_folder(root, files)
        except BaseException:
            _remove_folders(made)
            raise


def write_file(path: Path, data: bytes, *, protect: Collection[Path] = ()) -> None:
    """Write one file, or change nothing at all; an existing file is replaced.

    Parameters
    ----------
    path : Path
        The file; the folders above it are made where they are missing. A symbolic link is followed.
    data : bytes
    protect : collection of Path
        Files that must never be replaced, such as the input.

    Raises
    ------
    OutputError
        If the place is taken by something else than a file, the file is protected, or the system refuses to write.
    """
    with _told(path):
        place = path.resolve()
        check_place(place, protect)
        made = _make_folders(place.parent)
        part = _part(place)
        try:
            _write(part, data)
            part.replace(place)
            _sync_folder(place.parent)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            _remove_folders(made)
            raise


def _new_folder(root: Path, files: Mapping[str, bytes]) -> None:
    part = _part(root)
    try:
        _build(part, files)
        part.replace(root)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    _sync_folder(root.parent)


def _fill_folder(root: Path, files: Mapping[str, bytes]) -> None:
    part = _part(root / "untisopt")
    done: list[str] = []
    made: list[Path] = []
    try:
        _build(part / "new", files)
        _back_up(root, part / "old", files)
        for name in files:
            place = root / PurePosixPath(name)
            made += _make_folders(place.parent)
            done.append(name)  # first, because an interrupt may come right after the replacement
            (part / "new" / PurePosixPath(name)).replace(place)
    except BaseException:
        _put_back(root, part, done)
        _remove_folders(made)
        shutil.rmtree(part, ignore_errors=True)
        raise
    shutil.rmtree(part, ignore_errors=True)
    _sync_folder(root)


def _build(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, data in files.items():
        place = folder / PurePosixPath(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        _write(place, data)
    for parent, _folders, _files in os.walk(folder):
        _sync_folder(Path(parent))


def _back_up(root: Path, folder: Path, files: Mapping[str, bytes]) -> None:
    for name in files:
        place = root / PurePosixPath(name)
        if place.exists():
            copy = folder / PurePosixPath(name)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(place, copy)


def _put_back(root: Path, part: Path, names: list[str]) -> None:
    """Undo the replacements made so far; where even this fails, keep the old files and say where they are."""
    stuck: list[str] = []
    for name in names:
        old = part / "old" / PurePosixPath(name)
        if (part / "new" / PurePosixPath(name)).exists():
            continue  # it never got into place
        try:
            if old.exists():
                old.replace(root / PurePosixPath(name))
            else:
                (root / PurePosixPath(name)).unlink(missing_ok=True)
        except OSError:
            stuck.append(name)
    if stuck:
        message = _("{path}: writing failed, and so did putting back {names}; the old files are kept in {folder}")
        raise OutputError(message.format(path=root, names=", ".join(stuck), folder=part / "old"))


def _write(path: Path, data: bytes) -> None:
    """Write a new file and wait until it is on the disk, so that a rename cannot come before the content."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make renames in a folder last. Windows cannot and some network drives refuse, which loses no content."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _part(place: Path) -> Path:
    """A hidden name beside `place` that nobody else uses."""
    return place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; return the ones that were missing, the outermost first."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()][::-1]
    made: list[Path] = []
    try:
        for path in missing:
            path.mkdir()
            made.append(path)
    except OSError:
        _remove_folders(made)
        raise
    return made


def _remove_folders(folders: list[Path]) -> None:
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Turn what the system refuses into an error that says what to do."""
    try:
        yield
    except OSError as cause:
        # The destination of a rename; else the file, unless it is one of the hidden ones that nobody knows.
        named = [str(name) for name in (cause.filename2, cause.filename) if name and ".part" not in str(name)]
        path = named[0] if named else str(target)
        reason, advice = _reason(cause)
        text = _("{path}: cannot be written: {reason}; nothing was changed").format(path=path, reason=reason)
        raise OutputError(advised(text, advice)) from cause


def _reason(cause: OSError) -> tuple[str, str]:
    if cause.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("no space left"), _("you can free some, or choose a folder on another drive")
    if cause.errno in (errno.EACCES, errno.EPERM):
        return _("permission denied"), _("another program has it open, or you may not write there: another place helps")
    if cause.errno == errno.EROFS:
        return _("the drive is read-only"), _("another place helps")
    if cause.errno == errno.ENAMETOOLONG:
        return _("the name is too long"), _("a folder with a shorter name helps")
    return cause.strerror or str(cause), _("another place helps")
