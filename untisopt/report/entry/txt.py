"""The entry list as plain text, to be printed and ticked off with a pen."""

from __future__ import annotations

from collections.abc import Iterator

from untisopt.domain.entry import Step
from untisopt.i18n import _
from untisopt.report.entry.document import advice, facts, step_words
from untisopt.report.render.txt import heading, items, page, paragraph, title
from untisopt.results.entry import EntryListDocument

_INDENT = " " * 11


def entry_list_txt(document: EntryListDocument) -> bytes:
    """Two or three short lines per step, in UTF-8; the first starts with a box to tick."""
    lines = title(_("Entry list"))
    if document.source:
        lines += [*paragraph(document.source, "")]
    lines += ["", *items(facts(document))]
    if document.steps:
        lines += [*heading(_("How to use it")), *items(advice()), *heading(_("Steps"))]
        for step in document.steps:
            lines += _lines(document, step)
    return page(lines).encode()


def _lines(document: EntryListDocument, step: Step) -> Iterator[str]:
    words = step_words(document, step)
    what = [" ".join(part for part in (words.subjects, words.grades) if part)]
    if words.lesson:
        what.append(_("lesson {number}").format(number=words.lesson))
    if words.teachers:
        what.append(_("with {teachers}").format(teachers=words.teachers))
    head = f"[ ] {words.number:>5}  "
    text = f"{words.before} -> {words.after}  {', '.join(part for part in what if part)}"
    yield from (head + line.strip() if i == 0 else line for i, line in enumerate(paragraph(text, _INDENT)))
    details = []
    if words.rooms:
        details.append(_("room: {rooms}").format(rooms=words.rooms))
    if words.weeks:
        details.append(_("only in weeks {names}").format(names=words.weeks))
    if words.package:
        details.append(_("package {number}").format(number=words.package))
    for text in ("; ".join(details), words.note):
        if text:
            yield from paragraph(text, _INDENT)
