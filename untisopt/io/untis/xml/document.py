"""XML as elements that know where they stand in the bytes of the file, so that a value can be replaced in place."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from untisopt.errors import Defect, InputError
from untisopt.i18n import _

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

_DEEPEST = 40
_MOST_BYTES = 100_000_000
_LONGEST_HEAD = 4096
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?document[\s>]")
# A start tag as a whole: what stands in quotes may hold the character that ends it.
_START_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_ATTRIBUTE = re.compile(rb"""\s([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes `start` to `end` of a file that others replace."""

    start: int
    end: int
    content: bytes


@dataclass(eq=False, slots=True)
class Element:
    """One element.

    Parameters
    ----------
    tag : str
        Name without a namespace prefix.
    attributes : mapping of str to str
    line : int
        1-based line of its start tag.
    start, end : int
        Where the start tag begins, and where the end tag begins (behind the tag of an element without content).
    parent : Element or None
        None for the root.
    children : list of Element
    text : str
        The text that stands directly in it, without blanks around it.
    """

    tag: str
    attributes: Mapping[str, str]
    line: int
    start: int
    end: int = -1
    parent: Element | None = None
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def child(self, tag: str) -> Element | None:
        """The first child with this name; None without one."""
        return next((child for child in self.children if child.tag == tag), None)

    def all(self, tag: str) -> list[Element]:
        """The children with this name."""
        return [child for child in self.children if child.tag == tag]

    def text_of(self, tag: str) -> str:
        """The text of the first child with this name; empty without one."""
        child = self.child(tag)
        return "" if child is None else child.text

    def below(self, path: str) -> list[Element]:
        """The elements on a path of names such as ``rooms/room``."""
        found = [self]
        for tag in path.split("/"):
            found = [child for element in found for child in element.children if child.tag == tag]
        return found

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, eq=False)
class XmlDocument:
    """An XML file with all its bytes and the elements found in them.

    Parameters
    ----------
    name : str
        Without folders.
    data : bytes
    encoding : str
        As Python names it; one in which ASCII characters are single bytes.
    root : Element
    comments : tuple of (int, int)
        Where comments and processing instructions stand in the bytes, their marks included.
    """

    name: str
    data: bytes
    encoding: str
    root: Element
    comments: tuple[tuple[int, int], ...] = ()

    @classmethod
    def parse(cls, name: str, data: bytes) -> XmlDocument:
        """Find the elements of a file.

        Raises
        ------
        InputError
            It is too large, no well-formed XML, declares entities, or is no export of Untis.
        """
        if data.startswith(_UTF16):
            advice = _("Untis writes UTF-8: take the file as Untis exported it")
            raise InputError([Defect(file=name, expected=_("UTF-8 or Windows-1252"), found=_("UTF-16"), advice=advice)])
        if len(data) > _MOST_BYTES:
            limit = _("at most {size} MB").format(size=_MOST_BYTES // 1_000_000)
            size = _("{size} MB").format(size=len(data) // 1_000_000)
            raise InputError([Defect(file=name, expected=limit, found=size)])
        builder = _Builder(name, data)
        root = builder.run()
        if root.tag != "document":
            expected = _("the element document of an Untis export")
            advice = _("this XML comes from another program; in Untis, choose the export as XML")
            found = _("the element {tag}").format(tag=root.tag)
            raise InputError([Defect(file=name, line=root.line, expected=expected, found=found, advice=advice)])
        return cls(name, data, builder.encoding, root, tuple(builder.comments))

    def inner(self, element: Element) -> tuple[int, int] | None:
        """Where the content of an element stands in the bytes; None where its tag closes itself."""
        tag_end = self._tag_end(element)
        return None if self.data[tag_end - 2 : tag_end] == b"/>" else (tag_end, element.end)

    def with_text(self, element: Element, text: str) -> Edit | None:
        """The edit that gives an element another text and keeps the blanks around it; None if it has no content."""
        span = self.inner(element)
        if span is None:
            return None
        raw = self.data[slice(*span)]
        start = span[0] + len(raw) - len(raw.lstrip())
        end = max(start, span[1] - len(raw) + len(raw.rstrip()))
        return Edit(start, end, self.encode(_escaped(text)))

    def with_attribute(self, element: Element, name: str, text: str) -> Edit | None:
        """The edit that gives an attribute another value; None if the element has no such attribute."""
        tag = self.data[element.start : self._tag_end(element)]
        for match in _ATTRIBUTE.finditer(tag):
            if match[1].decode(self.encoding, "replace") == name:
                group = 2 if match[2] is not None else 3
                quoted = _escaped(text).replace('"', "&quot;").replace("'", "&apos;")
                start, end = (element.start + position for position in match.span(group))
                return Edit(start, end, self.encode(quoted))
        return None

    def encode(self, text: str) -> bytes:
        """Turn markup into bytes of the file; what its encoding lacks becomes a character reference."""
        return text.encode(self.encoding, "xmlcharrefreplace")

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The bytes of the file with some replaced."""
        parts, position = [], 0
        for edit in sorted(edits, key=lambda edit: edit.start):
            parts += [self.data[position : edit.start], edit.content]
            position = edit.end
        return b"".join([*parts, self.data[position:]])

    def _tag_end(self, element: Element) -> int:
        match = _START_TAG.match(self.data, element.start)
        if match is None:
            raise ValueError(f"no start tag at byte {element.start}")
        return match.end()


def looks_like_untis(path: Path) -> bool:
    """Whether a file begins like an XML export of Untis; False where it cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_LONGEST_HEAD)
    except OSError:
        return False
    return head.lstrip(codecs.BOM_UTF8).lstrip().startswith(b"<") and _ROOT.search(head) is not None


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class _Builder:
    """Builds the elements while expat reads."""

    def __init__(self, name: str, data: bytes) -> None:
        # Imported late: most exports are text files.
        from xml.parsers import expat

        self._name = name
        self._data = data
        self._expat = expat
        self._parser: XMLParserType = expat.ParserCreate()
        self._stack: list[Element] = []
        self._texts: list[list[str]] = []
        self._root: Element | None = None
        self.encoding = "utf-8"
        self.comments: list[tuple[int, int]] = []

    def run(self) -> Element:
        parser = self._parser
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declaration
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._skipped
        parser.CommentHandler = lambda _text: self._comment(b"-->")
        parser.ProcessingInstructionHandler = lambda _target, _text: self._comment(b"?>")
        try:
            parser.Parse(self._data, True)
        except self._expat.ExpatError as error:
            raise self._broken(error.code, error.lineno, error.offset + 1) from None
        if self._root is None:
            raise ValueError("expat accepted a file without a root element")
        return self._root

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None:
            try:
                self.encoding = codecs.lookup(encoding).name
            except LookupError:
                found = _("the encoding {name}").format(name=encoding)
                raise self._defect(_("UTF-8 or Windows-1252"), found, "") from None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        parser = self._parser
        parent = self._stack[-1] if self._stack else None
        name = tag.rpartition(":")[2]
        element = Element(name, attributes, parser.CurrentLineNumber, parser.CurrentByteIndex, parent=parent)
        if parent is None:
            self._root = element
        else:
            parent.children.append(element)
        self._stack.append(element)
        self._texts.append([])
        if len(self._stack) > _DEEPEST:
            found = _("elements nested deeper than {count}").format(count=_DEEPEST)
            raise self._defect(_("an export of Untis"), found, "")

    def _end(self, _tag: str) -> None:
        element = self._stack.pop()
        element.end = self._parser.CurrentByteIndex
        element.text = "".join(self._texts.pop()).strip()

    def _text(self, text: str) -> None:
        self._texts[-1].append(text)

    def _comment(self, end: bytes) -> None:
        start = self._parser.CurrentByteIndex
        self.comments.append((start, self._data.index(end, start) + len(end)))

    def _entity(self, name: str, *_details: object) -> None:
        """Entities that multiply can fill the memory, and Untis declares none."""
        raise self._defect(
            _("XML without declarations of entities"), _("the entity {name}").format(name=name), _own_advice()
        )

    def _skipped(self, name: str, _is_parameter: bool) -> None:
        raise self._defect(_("characters"), _("the undeclared entity {name}").format(name=name), _own_advice())

    def _defect(self, expected: str, found: str, advice: str) -> InputError:
        line = self._parser.CurrentLineNumber
        return InputError([Defect(file=self._name, line=line, expected=expected, found=found, advice=advice)])

    def _broken(self, code: int, line: int, column: int) -> InputError:
        advice = _("the export was broken off, or the file was edited: export it again")
        reason = self._expat.ErrorString(code) or str(code)
        if not self._data.strip():
            return InputError([Defect(file=self._name, expected=_("XML"), found=_("an empty file"), advice=advice)])
        found = _("an error of syntax ({reason})").format(reason=reason)
        defect = Defect(
            file=self._name, line=line, column=column, expected=_("well-formed XML"), found=found, advice=advice
        )
        return InputError([defect])


def _own_advice() -> str:
    return _("the file was changed by another program: take it as Untis exported it")
