"""What `untisopt verify` says about a repair after events."""

from __future__ import annotations

from dataclasses import asdict

from untisopt.i18n import _, ngettext
from untisopt.report.diff.text import verdict, verify_data, verify_text
from untisopt.report.render.json import dumps
from untisopt.report.render.txt import heading, items, paragraph
from untisopt.report.words.findings import limited
from untisopt.results.verify import RepairVerifyDocument
from untisopt.wording import capitalised


def repair_verify_text(document: RepairVerifyDocument, *, show_all: bool = False) -> str:
    """Render the verdict, what the repair itself says is left over, what is wrong, and the score of both plans."""
    text = verify_text(document, show_all=show_all)
    if not (document.unplaced or document.remaining):
        return text
    own = "\n".join([*paragraph(_verdict(document), indent=""), *_left_over(document, show_all)])
    return text.replace(verdict(document), own, 1)


def _verdict(document: RepairVerifyDocument) -> str:
    if not document.ok:
        return verdict(document)
    parts = []
    if document.unplaced:
        count = len(document.unplaced)
        text = ngettext(
            "{count} lecture is without a place, as the repair says",
            "{count} lectures are without a place, as the repair says",
            count,
        )
        parts.append(text.format(count=count))
    if document.remaining:
        count = len(document.remaining)
        text = ngettext(
            "{count} rule remains broken, as the repair says", "{count} rules remain broken, as the repair says", count
        )
        parts.append(text.format(count=count))
    text = _("Sound, but not complete: {what}. Nothing else is lost, added or altered, and no other rule is broken.")
    return text.format(what="; ".join(parts))


def _left_over(document: RepairVerifyDocument, show_all: bool) -> list[str]:
    lines: list[str] = []
    if document.unplaced:
        name = _("Without a place, as the repair says")
        lines += [*heading(f"{name} ({len(document.unplaced)})"), *items(limited(document.unplaced, show_all))]
    titles = {rule.id: rule.title for rule in document.policy.rules}
    for broken in document.remaining:
        text = _("{title}: {after} instead of {before}, as the repair says")
        title = capitalised(titles[broken.rule])
        lines += heading(text.format(title=title, after=broken.after, before=broken.before))
        lines += items(limited(broken.new, show_all))
    return lines


def repair_verify_json(document: RepairVerifyDocument) -> str:
    """The same for machines, as JSON."""
    left = {"unplaced": document.unplaced, "remaining": [asdict(broken) for broken in document.remaining]}
    return dumps({**verify_data(document), **left})
