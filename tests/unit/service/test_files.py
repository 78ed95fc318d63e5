"""Files that are made when they are asked for."""

from __future__ import annotations

import pytest

from untisopt.errors import InternalError
from untisopt.i18n import _, use_language
from untisopt.io.output.folder import write_folder
from untisopt.service.files import Files, made


def counting(calls: list[str], name: str):
    def make() -> bytes:
        calls.append(name)
        return name.encode()

    return make


def test_made_once_when_asked_for():
    calls: list[str] = []
    files = Files({name: counting(calls, name) for name in ("a", "b")})
    assert (list(files), len(files), "a" in list(files), calls) == (["a", "b"], 2, True, [])
    assert files["b"] == files["b"] == b"b"
    assert calls == ["b"]


def test_files_of_several_mappings_are_not_made_when_they_come_into_one():
    calls: list[str] = []
    below = Files({"c": counting(calls, "c")})
    files = Files(made({"a": b"plain"}), made(below, "folder/"), {"a": counting(calls, "later")})
    assert (list(files), calls) == (["a", "folder/c"], [])
    assert dict(files) == {"a": b"later", "folder/c": b"c"}


def test_language_of_the_moment_they_were_promised():
    use_language("de")
    files = Files({"a": lambda: _("all").encode()})
    use_language("en")
    assert files["a"] == b"alle"
    assert _("all") == "all"


def test_nothing_is_written_if_one_cannot_be_made(tmp_path):
    def refuse() -> bytes:
        raise InternalError("unsound")

    for target in (tmp_path / "new", tmp_path):
        with pytest.raises(InternalError):
            write_folder(target, Files({"a": lambda: b"a", "b": refuse}))
    assert not list(tmp_path.iterdir())
