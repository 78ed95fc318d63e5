"""What a page of a report holds, read as a browser would."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

VOID = ("meta", "link", "input", "br", "img")


@dataclass
class Page(HTMLParser):
    """What a page holds."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data):
        self.texts.append((self.open[-1] if self.open else "", data))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self) -> str:
        """What people read, with single blanks."""
        return " ".join(" ".join(text for tag, text in self.texts if tag not in ("script", "style")).split())


def parsed(content: bytes) -> Page:
    """A page in which every element is closed."""
    page = Page()
    page.feed(content.decode())
    page.close()
    assert page.open == []
    return page


def data_of(page: Page) -> dict[str, Any]:
    (block,) = [text for tag, text in page.texts if tag == "script" and text.startswith("{")]
    found: dict[str, Any] = json.loads(block)
    return found
