"""The entry list as one HTML page, to be ticked off on the screen or on paper."""

from __future__ import annotations

import hashlib

from untisopt.i18n import _
from untisopt.report.entry.document import advice, facts, step_words
from untisopt.report.render.html import html_page
from untisopt.results.entry import EntryListDocument


def entry_list_html(document: EntryListDocument) -> bytes:
    """A page that needs nothing but itself and keeps the ticks in the browser, as far as the browser allows it."""
    steps = [step_words(document, step, "→") for step in document.steps]
    return html_page(
        "entry_list",
        source=document.source,
        facts=facts(document),
        advice=advice(),
        steps=steps,
        has_packages=bool(document.packages),
        has_weeks=any(step.weeks for step in steps),
        key=_key(document),
        # The page fills in the numbers when a box is ticked.
        progress=_("{done} of {total} entered"),
    )


def _key(document: EntryListDocument) -> str:
    """A name for the ticks: those of another list must not appear in this one, whatever the language."""
    steps = "\n".join(f"{step.number} {step.kind} {step.moves}" for step in document.steps)
    return hashlib.sha256(steps.encode()).hexdigest()[:32]
