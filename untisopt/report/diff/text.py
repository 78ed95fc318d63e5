"""What `untisopt diff` and `untisopt verify` say."""

from __future__ import annotations

from dataclasses import asdict

from untisopt.errors import path_name
from untisopt.i18n import _, ngettext
from untisopt.report.optimise.changes_json import changes_data
from untisopt.report.optimise.json import source_data
from untisopt.report.render.json import dumps
from untisopt.report.render.txt import heading, items, page, table, title
from untisopt.report.words import counts as _counts
from untisopt.report.words.findings import limited, score_rows
from untisopt.report.words.moves import move_line, moved_runs, people
from untisopt.report.words.summary import missing_lines, score_table
from untisopt.results.diff import DiffDocument
from untisopt.results.verify import VerifyDocument
from untisopt.wording import capitalised


def diff_text(document: DiffDocument, *, show_all: bool = True) -> str:
    """Render what moved, and what only one of the exports holds."""
    lines = [
        *title(
            _("From {before} to {after}").format(
                before=path_name(document.before.path), after=path_name(document.after.path)
            )
        ),
        "",
        *_limits(document),
        *_moves(document, show_all),
        *_mismatch(document, show_all),
    ]
    return page(lines)


def _limits(document: DiffDocument) -> list[str]:
    """What was not compared, above all that was."""
    if not document.after.limits:
        return []
    return [*items([f"{capitalised(note)}." for note in document.after.limits], indent=""), ""]


def _moves(document: DiffDocument, show_all: bool) -> list[str]:
    if not document.moves:
        return [_("No lecture moves.")]
    teachers, grades = people(document.school, document.moves)
    moved = sum(move.changes_period for move in document.moves)
    text = ngettext("{count} lecture moves", "{count} lectures move", moved).format(count=moved)
    rooms = len(document.moves) - moved
    if rooms:
        text += ", " + ngettext("{count} changes rooms only", "{count} change rooms only", rooms).format(count=rooms)
    touched = _("touched: {teachers}, {grades}").format(
        teachers=_counts.teachers(len(teachers)), grades=_counts.grades(len(grades))
    )
    told = [move_line(document.school, run) for run in moved_runs(document.school, document.moves)]
    return [f"{text}; {touched}", "", *limited(told, show_all)]


def _mismatch(document: DiffDocument, show_all: bool) -> list[str]:
    lines: list[str] = []
    for name, lectures in ((_("Only before"), document.lost), (_("Only after"), document.added)):
        if lectures:
            lines += [*heading(f"{name} ({len(lectures)})"), *items(limited(lectures, show_all))]
    return lines


def diff_data(document: DiffDocument) -> dict[str, object]:
    """The same for machines."""
    return {
        "format": 1,
        "before": source_data(document.before),
        "after": source_data(document.after),
        **changes_data(document.school, document.moves),
        "lost": document.lost,
        "added": document.added,
    }


def diff_json(document: DiffDocument) -> str:
    """The same for machines, as JSON."""
    return dumps(diff_data(document))


def verify_text(document: VerifyDocument, *, show_all: bool = False) -> str:
    """Render the verdict, what is wrong, and the score of both plans."""
    titles = {rule.id: rule.title for rule in document.policy.rules}
    lines = [
        *title(
            _("From {before} to {after}").format(
                before=path_name(document.before.path), after=path_name(document.after.path)
            )
        ),
        "",
        *_limits(document),
        verdict(document),
        *_mismatch(document, show_all),
    ]
    if document.altered:
        lines += [*heading(_("Rows that differ")), *items(limited(document.altered, show_all))]
    for broken in document.broken:
        text = _("{title}: {after} instead of {before}")
        lines += heading(text.format(title=capitalised(titles[broken.rule]), after=broken.after, before=broken.before))
        lines += items(limited(broken.new, show_all))
    lines += [*heading(_("Totals")), *table(_totals(document))]
    lines += ["", *table(score_table(titles, document.score_before, document.score_after))]
    if document.not_judged:
        lines += [*heading(_("What was not judged")), *items(missing_lines(titles, document.not_judged))]
    return page(lines)


def verdict(document: VerifyDocument) -> str:
    """The result in one sentence."""
    if document.ok:
        return _("Sound: nothing is lost, added or altered, and no rule is newly broken.")
    count = len(document.lost) + len(document.added) + len(document.altered) + len(document.broken)
    text = ngettext("Not sound: {count} thing is wrong.", "Not sound: {count} things are wrong.", count)
    return text.format(count=count)


def _totals(document: VerifyDocument) -> list[list[str]]:
    names = {
        "rows": _("rows"),
        "lessons": _("lessons"),
        "lectures": _("lectures"),
        "teachers": _("teachers"),
        "grades": _("grades"),
        "rooms": _("rooms"),
    }
    rows = [[_("what"), _("before"), _("after")]]
    for field, name in names.items():
        rows.append([name, *(str(getattr(side.counts, field)) for side in (document.before, document.after))])
    moved = sum(move.changes_period for move in document.moves)
    return [*rows, [_("lectures moved"), "", str(moved)]]


def verify_data(document: VerifyDocument) -> dict[str, object]:
    """The same for machines."""
    return {
        **diff_data(document),
        "ok": document.ok,
        "altered": document.altered,
        "broken": [asdict(broken) for broken in document.broken],
        "tiers": {"before": document.score_before.tiers, "after": document.score_after.tiers},
        "rules": score_rows(document.policy, document.score_before, document.score_after),
        "not_judged": dict(document.not_judged),
    }


def verify_json(document: VerifyDocument) -> str:
    """The same for machines, as JSON."""
    return dumps(verify_data(document))
