"""The page that tells how a plan gets back into Untis, and how the forcing files are used and undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from untisopt.domain.calendar import Period
from untisopt.i18n import _, current_language
from untisopt.report.render.html import environment
from untisopt.wording import place


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """How a file is written, as the import dialog of Untis asks for it.

    Parameters
    ----------
    delimiter : str
        One character.
    quoted : bool
        Whether texts stand in quotes.
    utf8 : bool
        Whether it is UTF-8, else the Windows code page.
    """

    delimiter: str
    quoted: bool
    utf8: bool


@dataclass(frozen=True, kw_only=True)
class ForcingGuideDocument:
    """What forcing files there are.

    Parameters
    ----------
    dummies : mapping of int to str
        Lesson number to the short name of its dummy teacher; empty where there are no forcing files.
    wanted : mapping of int to tuple of Period
        Lesson number to the periods in which it may stand.
    left_out : tuple of int
        Lessons that move and cannot be forced, because GPU002 has no usable row of them.
    has_lessons : bool
        Whether a GPU002 lay beside the export.
    formats : mapping of str to FileFormat
        By the name of the file to import.
    kind : str
        Of the export: `lesson`, `gpu` or `xml`; empty: not known.
    """

    dummies: Mapping[int, str] = field(default_factory=dict, repr=False)
    wanted: Mapping[int, tuple[Period, ...]] = field(default_factory=dict, repr=False)
    left_out: tuple[int, ...] = ()
    has_lessons: bool = True
    formats: Mapping[str, FileFormat] = field(default_factory=dict)
    kind: str = ""


def forcing_guide(document: ForcingGuideDocument) -> bytes:
    """The page as HTML in the language in force; it needs nothing but itself."""
    page = (
        environment()
        .get_template("forcing_guide.html.j2")
        .render(
            lang=current_language(),
            has_files=bool(document.dummies),
            has_lessons=document.has_lessons,
            kind=document.kind,
            lessons=[
                (lesson, dummy, ", ".join(map(place, document.wanted[lesson])))
                for lesson, dummy in document.dummies.items()
            ],
            left_out=", ".join(map(str, document.left_out)),
            formats=[(name, _format_words(format_)) for name, format_ in document.formats.items()],
        )
    )
    return page.encode()


def _format_words(format_: FileFormat) -> str:
    delimiters = {",": _("comma"), ";": _("semicolon"), "\t": _("TAB")}
    return _("delimiter: {delimiter}; text delimiter: {quote}; encoding: {encoding}").format(
        delimiter=delimiters.get(format_.delimiter, format_.delimiter),
        quote='"' if format_.quoted else _("no character"),
        encoding="UTF-8" if format_.utf8 else "Windows-1252",
    )
