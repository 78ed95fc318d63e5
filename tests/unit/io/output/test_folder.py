"""Results are written completely or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from untisopt.errors import OutputError
from untisopt.io.output.folder import write_file, write_folder

FILES = {"lesson.txt": b"rows\r\n", "report/index.html": b"<p>\xe4", "report/data/changes.csv": b""}

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones, too; empty folders end with a slash."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[f"{name}/"] = b""
    return found


class Failing:
    """A system call that works, fails the n-th time and works again."""

    def __init__(self, call: Callable[..., Any], after: int, error: BaseException) -> None:
        self.call, self.left, self.error = call, after, error

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self.left -= 1
        if self.left == -1:
            raise self.error
        return self.call(*args, **kwargs)

    def __get__(self, instance: object, owner: type) -> Callable[..., Any]:
        """Be a method where a method is replaced."""
        return partial(self, instance)


def no_space() -> OSError:
    return OSError(errno.ENOSPC, "No space left on device")


# new folders ----------------------------------------------------------------------------------------------------------


def test_new_folder_with_new_parents(tmp_path: Path) -> None:
    write_folder(tmp_path / "a" / "b" / "out", FILES)
    assert tree(tmp_path) == {f"a/b/out/{name}": data for name, data in FILES.items()}


def test_relative_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_folder(Path("out"), FILES)
    assert tree(tmp_path / "out") == FILES


def test_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The folder itself must survive: the shell of the user stands in it.
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    write_folder(Path(), FILES)
    assert tree(tmp_path) == FILES
    assert tmp_path.stat().st_ino == before


def test_folder_without_files(tmp_path: Path) -> None:
    write_folder(tmp_path / "out", {})
    assert (tmp_path / "out").is_dir()


@posix_only
def test_others_may_read_what_the_user_lets_them(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        write_folder(tmp_path / "out", FILES)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "out" / "lesson.txt").stat().st_mode) == 0o644


# existing folders -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("litter", [[], [".DS_Store"], ["Thumbs.db", "desktop.ini"]])
def test_empty_folder_is_used(tmp_path: Path, litter: list[str]) -> None:
    for name in litter:
        (tmp_path / name).touch()
    write_folder(tmp_path, FILES)
    assert tree(tmp_path) == {**FILES, **dict.fromkeys(litter, b"")}


def test_folder_with_content_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_bytes(b"precious")
    with pytest.raises(OutputError, match=r"expected an empty folder, found thesis.doc\n  Maybe you want --force"):
        write_folder(tmp_path, FILES)
    assert tree(tmp_path) == {"thesis.doc": b"precious"}


def test_long_content_is_cut(tmp_path: Path) -> None:
    for number in range(8):
        (tmp_path / f"{number}.txt").touch()
    with pytest.raises(OutputError, match=r"found 0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 3 more\n"):
        write_folder(tmp_path, FILES)


def test_force_replaces_own_files_only(tmp_path: Path) -> None:
    old = {"thesis.doc": b"precious", "lesson.txt": b"old", "report/notes.txt": b"mine", "empty/": b""}
    fill(tmp_path, old)
    write_folder(tmp_path, FILES, force=True)
    assert tree(tmp_path) == {**old, **FILES}


def test_target_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_bytes(b"x")
    with pytest.raises(OutputError, match="expected a folder, found a file"):
        write_folder(tmp_path / "out", FILES, force=True)
    with pytest.raises(OutputError, match=r"cannot be written: .*; nothing was changed"):
        write_folder(tmp_path / "out" / "below", FILES)
    assert tree(tmp_path) == {"out": b"x"}


def test_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    fill(tmp_path, {"lesson.txt/mine": b"x"})
    with pytest.raises(OutputError, match=r"lesson.txt: expected a file or nothing"):
        write_folder(tmp_path, FILES, force=True)
    assert tree(tmp_path) == {"lesson.txt/mine": b"x"}


# protected files and names --------------------------------------------------------------------------------------------


def test_input_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, {"lesson.txt": b"input"})
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OutputError, match=r"lesson.txt: this is a file of the input\n  Maybe another folder"):
        write_folder(tmp_path, FILES, force=True, protect=[Path("lesson.txt")])
    with pytest.raises(OutputError, match=r"this is a file of the input"):
        write_file(tmp_path / "lesson.txt", b"", protect=[Path("lesson.txt")])
    assert tree(tmp_path) == {"lesson.txt": b"input"}


def test_result_beside_the_input(tmp_path: Path) -> None:
    fill(tmp_path, {"lesson.txt": b"input"})
    write_folder(tmp_path / "out", FILES, protect=[tmp_path / "lesson.txt"])
    assert (tmp_path / "lesson.txt").read_bytes() == b"input"


@posix_only
def test_links_to_the_input_are_seen(tmp_path: Path) -> None:
    fill(tmp_path, {"in/lesson.txt": b"input", "out/other": b""})
    (tmp_path / "link").symlink_to(tmp_path / "in")
    (tmp_path / "out" / "lesson.txt").symlink_to(tmp_path / "in" / "lesson.txt")
    for target in ("link", "out"):
        with pytest.raises(OutputError, match="this is a file of the input"):
            write_folder(tmp_path / target, FILES, force=True, protect=[tmp_path / "in" / "lesson.txt"])


@posix_only
def test_link_that_leads_out(tmp_path: Path) -> None:
    fill(tmp_path, {"elsewhere/mine": b"x", "out/other": b""})
    (tmp_path / "out" / "report").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="a link that leads out"):
        write_folder(tmp_path / "out", FILES, force=True)
    assert tree(tmp_path / "elsewhere") == {"mine": b"x"}


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "a/../../x",
        "/x",
        "",
        "a//b",
        "a/",
        ".",
        "C:x",
        "C:\\x",
        "a\\b",
        "\\\\server\\x",
        "a:stream",
        "x\0",
        "a/. /b",
    ],
)
def test_names_that_lead_out(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="is no name of a file in it"):
        write_folder(tmp_path / "out", {"fine.txt": b"", name: b""})
    assert tree(tmp_path) == {}


def test_names_that_are_one_file_on_some_systems(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"the file 'A.txt' would be written twice"):
        write_folder(tmp_path / "out", {"a.txt": b"", "A.txt": b""})


@given(st.text(max_size=12))
def test_any_name_stays_inside_or_is_refused(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    top = tmp_path_factory.mktemp("top")
    try:
        write_folder(top / "out", {name: b"x"})
    except OutputError:
        assert tree(top) == {}
    else:
        assert list(tree(top)) == [f"out/{name}"]


# faults ---------------------------------------------------------------------------------------------------------------


def fill(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        if name.endswith("/"):
            path.mkdir(parents=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


# One rename; three files to be synced; of the folders, `new`, the hidden one, `report` and `report/data` are made (the
# call in between finds that the hidden one exists).
@pytest.mark.parametrize(
    ("call", "after"), [("replace", 0), *(("fsync", n) for n in range(3)), *(("mkdir", n) for n in (0, 1, 3, 4))]
)
def test_fault_in_a_new_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, after: int) -> None:
    monkeypatch.setattr(os, call, Failing(getattr(os, call), after, no_space()))
    with pytest.raises(OutputError) as caught:
        write_folder(tmp_path / "new" / "out", FILES)
    assert str(caught.value) == (
        f"{tmp_path / 'new' / 'out'}: cannot be written: no space left; nothing was changed\n"
        "  Maybe you can free some, or choose a folder on another drive"
    )
    assert tree(tmp_path) == {}


@posix_only
def test_folders_that_cannot_be_synced_are_no_reason_to_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The fourth to seventh sync are those of the folders.
    for after in range(3, 7):
        with monkeypatch.context() as patch:
            failing = Failing(os.fsync, after, OSError(errno.EINVAL, "Invalid argument"))
            patch.setattr(os, "fsync", failing)
            write_folder(tmp_path / str(after), FILES)
        assert failing.left < 0
        assert tree(tmp_path / str(after)) == FILES


OLD = {"lesson.txt": b"old", "thesis.doc": b"precious", "report/notes.txt": b"mine", "report/index.html": b"old"}


@pytest.mark.parametrize("error", [no_space(), KeyboardInterrupt()], ids=["full", "interrupted"])
@pytest.mark.parametrize("after", range(3))
def test_fault_while_replacing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int, error: BaseException
) -> None:
    # Three files are moved into place; whichever fails, all are put back. report/data was new and goes again.
    fill(tmp_path, OLD)
    monkeypatch.setattr(os, "replace", Failing(os.replace, after, error))
    with pytest.raises((OutputError, KeyboardInterrupt)):
        write_folder(tmp_path, FILES, force=True)
    assert tree(tmp_path) == OLD


@pytest.mark.parametrize("after", range(2))
@pytest.mark.parametrize("call", ["open", "fsync", "copy2"])
def test_fault_while_building_beside_old_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, after: int
) -> None:
    # Three files are opened and synced; two old ones, lesson.txt and report/index.html, are copied before.
    fill(tmp_path, OLD)
    owner: Any = {"open": Path, "fsync": os, "copy2": shutil}[call]
    with monkeypatch.context() as patch:
        patch.setattr(owner, call, Failing(getattr(owner, call), after, no_space()))
        with pytest.raises(OutputError, match="no space left; nothing was changed"):
            write_folder(tmp_path, FILES, force=True)
    assert tree(tmp_path) == OLD


def test_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As on Windows with a file that is open in Excel: it can neither be replaced now nor while putting back.
    fill(tmp_path, OLD)
    held = str(tmp_path / "report" / "index.html")
    real = os.replace

    def replace(source: Any, target: Any) -> None:
        if str(target) == held:
            raise PermissionError(errno.EACCES, "Access is denied", str(source), None, str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(OutputError) as caught:
        write_folder(tmp_path, FILES, force=True)
    assert str(caught.value) == (
        f"{held}: cannot be written: permission denied; nothing was changed\n"
        "  Maybe another program has it open, or you may not write there: another place helps"
    )
    assert tree(tmp_path) == OLD


def test_old_files_are_kept_where_nothing_can_be_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, OLD)
    real = os.replace
    calls: list[str] = []

    def once(source: Any, target: Any) -> None:
        calls.append(str(target))
        if len(calls) > 1:
            raise no_space()
        real(source, target)

    monkeypatch.setattr(os, "replace", once)
    with pytest.raises(
        OutputError, match=r"writing failed, and so did putting back lesson.txt; the old files are kept in"
    ):
        write_folder(tmp_path, FILES, force=True)
    kept = next(tmp_path.glob(".untisopt.*.part")) / "old" / "lesson.txt"
    assert kept.read_bytes() == b"old"


@posix_only
@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.EACCES, "permission denied"), (errno.EROFS, "the drive is read-only"), (errno.EIO, "Input/output error")],
)
def test_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str) -> None:
    monkeypatch.setattr(os, "mkdir", Failing(os.mkdir, 0, OSError(number, os.strerror(number))))
    with pytest.raises(OutputError, match=rf"out: cannot be written: {reason}; nothing was changed\n  Maybe "):
        write_folder(tmp_path / "out", FILES)


# single files ---------------------------------------------------------------------------------------------------------


def test_file_new_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a" / "plan.txt"
    for data in (b"one", b"two"):
        write_file(path, data)
        assert tree(tmp_path) == {"a/plan.txt": data}


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_fault_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    fill(tmp_path, {"plan.txt": b"old"})
    for path in (tmp_path / "plan.txt", tmp_path / "new" / "plan.txt"):
        monkeypatch.setattr(os, call, Failing(getattr(os, call), 0, no_space()))
        with pytest.raises(OutputError, match=r"plan.txt: cannot be written: no space left"):
            write_file(path, b"new")
        assert tree(tmp_path) == {"plan.txt": b"old"}


def test_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="expected a file or nothing"):
        write_file(tmp_path, b"")


@posix_only
def test_devices_are_left_alone() -> None:
    with pytest.raises(OutputError, match="null: expected a file or nothing"):
        write_file(Path("/dev/null"), b"")


@posix_only
def test_link_to_a_file_is_followed(tmp_path: Path) -> None:
    fill(tmp_path, {"real.txt": b"old"})
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    write_file(tmp_path / "link.txt", b"new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"new"
