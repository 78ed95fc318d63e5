"""Texts in Markdown come out as the texts that they are."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from untisopt.report.blocks import Block, Command, Heading, Items, Paragraph, Signed, Table, chapter
from untisopt.report.render.md import md_page, text

NASTY = [
    "10.3",
    "4.11",
    "De W",
    "Müß",
    "a|b",
    "a\\|b",
    "\\",
    "<script>alert(1)</script>",
    "&amp; &lt;",
    "*x*",
    "**",
    "_x_ a_b",
    "`x`",
    "``",
    "~~x~~",
    "#1",
    "# x #",
    "- x",
    "+ x",
    "---",
    "===",
    "- - -",
    "1. x",
    "12)",
    "> x",
    "[a](http://b)",
    "![a](b)",
    "[a]: b",
    "<http://x>",
    "=1+1",
    "$x$",
    "http://x www.x.de",
]


def rendered(*blocks: Block) -> str:
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(md_page(blocks)))


def texts(page_: str, tag: str) -> list[str]:
    """What stands in elements of a kind; a second element inside would show as markup."""
    return [html.unescape(found) for found in re.findall(rf"<{tag}(?: [^>]*)?>(.*?)</{tag}>", page_, re.DOTALL)]


@pytest.mark.parametrize("name", NASTY)
def test_everywhere(name):
    assert texts(rendered(Items([name, "x"])), "li") == [name, "x"]
    assert texts(rendered(Paragraph(name)), "p") == [name]
    assert texts(rendered(Heading(name, 1)), "h1") == [name]
    assert texts(rendered(Paragraph("text"), Heading(name, 3), Paragraph("text")), "h3") == [name]
    shown = rendered(Table(["h", name], [[name, "x"], ["x", name]], frozenset((1,))))
    assert (texts(shown, "th"), texts(shown, "td")) == (["h", name], [name, "x", "x", name])
    assert texts(rendered(Items(["x"]), Paragraph("y"), Command(f"untisopt {name}")), "code") == [f"untisopt {name}\n"]


@given(st.lists(st.text(alphabet="ab1.)-+=> #*_`[]()<&;:!|\\~$/\n\tß"), min_size=1, max_size=3))
def test_any_names(names):
    """Whatever the names: each is one item with its own text, blanks drawn together."""
    wanted = [" ".join(name.split()) for name in names]
    assert texts(rendered(Items(names)), "li") == wanted
    assert texts(rendered(Table(names, [names])), "td") == wanted


def test_control_characters_and_line_ends():
    assert text("a\nb\r\n c\x00") == "a b c\N{REPLACEMENT CHARACTER}"


def test_readable():
    """What needs no escaping gets none: a grade, an arrow, a sign."""
    assert text("Mon 3-4 -> Tue 5-6 Ma 10.3 (lesson 177)") == "Mon 3-4 -> Tue 5-6 Ma 10.3 (lesson 177)"
    assert text("-11") == "-11"


def test_page():
    blocks = [Heading("a", 1), Items([]), *chapter("nothing", Items([]), Paragraph("")), Paragraph("b")]
    assert md_page(blocks) == "# a\n\nb\n"


def test_table():
    table = Table(["a", "b", "c"], [["x", 1.5, Signed(0.5)], [None, 2, Signed(0)]], frozenset((1, 2)))
    assert md_page([table]).splitlines() == [
        "| a | b | c |",
        "| --- | ---: | ---: |",
        "| x | 1.5 | +0.5 |",
        "|  | 2 |  |",
    ]
