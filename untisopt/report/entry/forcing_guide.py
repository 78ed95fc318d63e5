"""The page that tells how a plan gets back into Untis, and how the forcing files are used and undone."""

from __future__ import annotations

from untisopt.i18n import _
from untisopt.report.render.html import html_page
from untisopt.results.entry import FileFormat, ForcingGuideDocument
from untisopt.wording import place


def forcing_guide(document: ForcingGuideDocument) -> bytes:
    """The page as HTML in the language in force; it needs nothing but itself."""
    lessons = [
        (lesson, dummy, ", ".join(map(place, document.wanted[lesson]))) for lesson, dummy in document.dummies.items()
    ]
    return html_page(
        "forcing_guide",
        has_files=bool(document.dummies),
        has_lessons=document.has_lessons,
        kind=document.kind,
        lessons=lessons,
        left_out=", ".join(map(str, document.left_out)),
        formats=[(name, _format_words(format_)) for name, format_ in document.formats.items()],
    )


def _format_words(format_: FileFormat) -> str:
    delimiters = {",": _("comma"), ";": _("semicolon"), "\t": _("TAB")}
    return _("delimiter: {delimiter}; text delimiter: {quote}; encoding: {encoding}").format(
        delimiter=delimiters.get(format_.delimiter, format_.delimiter),
        quote='"' if format_.quoted else _("no character"),
        encoding="UTF-8" if format_.utf8 else "Windows-1252",
    )
