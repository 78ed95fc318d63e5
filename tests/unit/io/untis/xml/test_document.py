"""Elements that know where they stand in the bytes."""

from __future__ import annotations

import pytest

from untisopt.errors import InputError
from untisopt.io.untis.xml.document import Edit, XmlDocument


def parsed(text: str, encoding: str = "utf-8") -> XmlDocument:
    return XmlDocument.parse("untis.xml", text.encode(encoding))


@pytest.mark.parametrize(
    ("declaration", "encoding", "euro"),
    [
        ("", "utf-8", "€".encode()),
        ('<?xml version="1.0" encoding="utf-8"?>', "utf-8-sig", "€".encode()),
        ('<?xml version="1.0" encoding="windows-1252"?>', "cp1252", b"\x80"),
        # Latin-1 has no euro sign: 0x20AC is 8364.
        ('<?xml version="1.0" encoding="iso-8859-1"?>', "iso-8859-1", b"&#8364;"),
    ],
)
def test_values_are_replaced_in_place(declaration: str, encoding: str, euro: bytes) -> None:
    text = declaration + '<document><ä>\n ü </ä><b id=\'x>"\' c="1"/></document>'
    document = parsed(text, encoding)
    one, other = document.root.children

    edits = [document.with_text(one, "€<"), document.with_attribute(other, "id", "a'b")]

    after = document.edited([edit for edit in edits if edit is not None])
    before = text.encode(encoding)
    expected = before.replace("ü".encode(encoding.removesuffix("-sig")), euro + b"&lt;")
    assert after == expected.replace(b"'x>\"'", b"'a&apos;b'")


def test_what_cannot_be_replaced() -> None:
    document = parsed("<document><a/><b></b></document>")
    one, other = document.root.children

    assert document.with_text(one, "1") is None
    assert document.with_attribute(one, "id", "1") is None
    # "<document><a/><b>" has 10 + 4 + 3 bytes.
    assert document.with_text(other, "1") == Edit(17, 17, b"1")


def test_prefixes_of_namespaces_do_not_matter() -> None:
    document = parsed('<u:document xmlns:u="https://untis.at/untis/XmlInterface"><u:a>1</u:a></u:document>')

    assert document.root.text_of("a") == "1"


def test_comments_are_known() -> None:
    data = "<document><!-- a --><?b c?></document>"

    assert [data[slice(*span)] for span in parsed(data).comments] == ["<!-- a -->", "<?b c?>"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "untis.xml: expected XML, found an empty file"),
        (
            "<document>\n <a></b>\n</document>",
            r"line 2, column 7: expected well-formed XML, found an error of syntax \(mismatched tag\)",
        ),
        (
            "<document>\n<a>",
            r"line 2, column 4: expected well-formed XML, found an error of syntax \(no element found\)",
        ),
        ("<html/>", "line 1: expected the element document of an Untis export, found the element html"),
        (
            '<!DOCTYPE document [<!ENTITY a "aaaa">\n<!ENTITY b "&a;&a;">]><document>&b;</document>',
            "line 1: expected XML without declarations of entities, found the entity a",
        ),
        (
            '<!DOCTYPE document [\n<!ENTITY a SYSTEM "file:///etc/passwd">]><document>&a;</document>',
            "line 2: .*entity a",
        ),
        (
            '<!DOCTYPE document SYSTEM "untis.dtd"><document>&a;</document>',
            "expected characters, found the undeclared entity a",
        ),
        ("<document>" + "<a>" * 40 + "</a>" * 40 + "</document>", "elements nested deeper than 40"),
        ('<?xml version="1.0" encoding="klingon"?><document/>', "found the encoding klingon"),
    ],
)
def test_defects(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parsed(text)


def test_an_external_dtd_is_not_needed() -> None:
    assert parsed('<!DOCTYPE document SYSTEM "http://untis.invalid/untis.dtd"><document/>').root.children == []


def test_utf_16_is_refused() -> None:
    with pytest.raises(InputError, match="expected UTF-8 or Windows-1252, found UTF-16"):
        parsed("<document/>", "utf-16")


def test_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("untisopt.io.untis.xml.document._MOST_BYTES", 1_000_000)

    with pytest.raises(InputError, match="expected at most 1 MB, found 3 MB"):
        parsed("<document>" + " " * 3_000_000 + "</document>")
