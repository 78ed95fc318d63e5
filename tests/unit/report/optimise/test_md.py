"""The report as Markdown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.unit.report.entry.handed_over import nasty, with_packages
from untisopt.report.optimise.report import report_md


def tokens(data: bytes) -> list[Token]:
    return list(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(data.decode()))


def headings(data: bytes, tag: str) -> list[str]:
    found = tokens(data)
    return [found[i + 1].content for i, token in enumerate(found) if token.type == "heading_open" and token.tag == tag]


def test_chapters(repaired):
    data = report_md(with_packages(repaired))
    assert headings(data, "h1") == ["Repaired timetable: lesson.txt"]
    assert headings(data, "h2") == [
        "What it brings",
        "What it costs",
        "How good it is",
        "What was asked",
        "The changes in packages",
        "Site changes a week, by teacher",
        "Changes by grade",
        "Changes by teacher",
        "The score, rule by rule",
        "What remains wrong",
        "What was not judged",
        "What else was noticed",
        "How it was made",
    ]


def test_figures(repaired):
    text = report_md(with_packages(repaired)).decode()
    assert "| counted per week | before | after | change |\n| --- | ---: | ---: | ---: |\n" in text
    assert "| Site changes of teachers | 2 | 1 | -1 |" in text
    # Only in the table of all rules, for it is no gain: three lectures move.
    assert text.count("| Moved lectures | 0 | 3 | +3 |") == 1
    assert text.count("| Teacher clash | 0 | 0 |  |") == 1


def test_packages(repaired):
    text = report_md(with_packages(repaired)).decode()
    title = "### Package 1: Ph 9.1 (lesson 178), Ma 10.4 (lesson 179)\n"
    assert title in text
    row = text.partition(title)[2].partition("| Mon 2 | Mon 3 |")[2].partition("\n")[0]
    assert row.startswith(" Ph 9.1 (lesson 178) | Arnd | F13 | ")
    # A sentence says why, and it is there for each of the three lectures.
    assert text.count("Arnd changes from Haupthaus to Filiale on Mon between periods 1 and 2") == 3


def test_changed_rooms(repaired):
    first, *rest = repaired.moves
    moved = replace(first, after=replace(first.after, rooms=(("F14",),)))
    assert "| F13 -> F14 |" in report_md(with_packages(replace(repaired, moves=(moved, *rest)))).decode()


def test_without_packages(repaired):
    assert "The changes in packages" not in headings(report_md(replace(repaired, packages=())), "h2")


def test_nothing_moves(repaired):
    data = report_md(replace(repaired, moves=(), after=repaired.before))
    assert "- No lecture moves: the plan stays as it is." in data.decode()
    assert "Changes by grade" not in headings(data, "h2")


def test_names_are_texts(tmp_path, monkeypatch):
    found = tokens(report_md(nasty(tmp_path, monkeypatch)))
    inline = [child.type for token in found for child in token.children or []]
    # No emphasis, no code, no link, no HTML anywhere; what was escaped has a type of its own before it is joined.
    assert set(inline) <= {"text", "text_special"}
    words = "\n".join(
        "".join(child.content for child in token.children or []) for token in found if token.type == "inline"
    )
    for name in ("=1+1", "http://x", "<b>9", "F*1*", "Be|ck"):
        assert name in words
    assert {"<b>9", "=1+1", "Be|ck"} <= {
        "".join(child.content for child in found[i + 1].children or [])
        for i, token in enumerate(found)
        if token.type == "heading_open"
    }


def test_tables_are_whole(tmp_path, monkeypatch):
    """A pipe in a name makes no further column: every row has as many cells as its heading."""
    columns = 0
    for token in tokens(report_md(nasty(tmp_path, monkeypatch))):
        if token.type in ("thead_open", "tr_open"):
            cells = 0
        elif token.type in ("th_open", "td_open"):
            cells += 1
        elif token.type == "tr_close":
            columns = cells if token.level == 2 and not columns else columns
            assert cells == columns
        elif token.type == "table_close":
            columns = 0


@pytest.mark.parametrize("language", ["en", "de"])
def test_language(repaired, language):
    from untisopt.i18n import use_language

    use_language(language)
    title = {"en": "# Repaired timetable", "de": "# Reparierter Stundenplan"}[language]
    assert report_md(with_packages(repaired)).decode().startswith(title)
