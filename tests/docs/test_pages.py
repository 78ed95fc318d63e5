"""Links lead somewhere, and no page or file speaks of one particular computer."""

from __future__ import annotations

import re

import pytest

from tests.docs.pages import ROOT, name, pages, read, repository

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
# Written in pieces, so that this file does not find itself.
_OF_ONE_COMPUTER = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + r"work/",
            "shared" + "/design",
            "shared" + "/data",
            r"/home/" + r"\w+/",
            r"[/\\]Users" + r"[/\\]\w",
        ]
    )
)


def slug(heading: str) -> str:
    """The anchor of a heading."""
    words = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return words.strip().replace(" ", "-")


def anchors(page: str) -> set[str]:
    text = re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)
    return {slug(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


@pytest.mark.parametrize("page", pages(), ids=name)
def test_links(page):
    for link in _LINK.findall(_CODE.sub("", read(page))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _hash, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(read(target)), link


def test_nothing_of_one_computer():
    found = []
    for path in repository():
        data = path.read_bytes()
        if b"\0" not in data and _OF_ONE_COMPUTER.search(data.decode("utf-8", errors="replace")):
            found.append(name(path))
    assert found == []


def test_changelog_has_the_agreed_headings():
    headings = re.findall(r"^### (.*)$", read(ROOT / "CHANGELOG.md"), re.MULTILINE)
    assert headings
    assert set(headings) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Scores", "Files"}
