"""Packages, gains and reasons in words: one sentence each, as a planner says it to a colleague."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from untisopt.domain.changes import Move
from untisopt.domain.score import Violation
from untisopt.i18n import _, ngettext
from untisopt.report import _counts
from untisopt.report._findings import findings, per_week
from untisopt.report._moves import people
from untisopt.report.documents import Package, Reason, RepairDocument, Stay
from untisopt.report.summary import quality, share
from untisopt.wording import enumerated, lecture_name

_MOVED, _ROOMS = "moved-lectures", "changed-rooms"
_TEACHER_CHANGES, _TEACHER_TRAVEL = "teacher-site-changes", "teacher-travel"
_NAMED = 2
"""Lessons that the title of a package names."""


def package_title(document: RepairDocument, package: Package) -> str:
    """What a package is about, such as `Package 3: Ma 10.3 (lesson 177), De 7.1 (lesson 12) and 2 more`."""
    names = list(dict.fromkeys(lecture_name(document.school, move.lecture) for move in package.moves))
    more = len(names) - _NAMED
    what = ", ".join(names if more <= 1 else names[:_NAMED])
    if more > 1:
        what = ngettext("{names} and {count} more", "{names} and {count} more", more).format(names=what, count=more)
    return _("Package {number}: {what}").format(number=package.number, what=what)


def gain_line(document: RepairDocument, package: Package) -> str:
    """What a package brings and costs: `4 lectures move; site changes of teachers: 3 fewer a week`."""
    rooms = sum(move.changes_rooms for move in package.moves)
    parts = [_counts.moving(sum(move.changes_period for move in package.moves))]
    if rooms:
        text = ngettext("{count} lecture gets another room", "{count} lectures get another room", rooms)
        parts.append(text.format(count=rooms))
    parts += _differences(document, {rule: -amount for rule, amount in package.gain.items()})
    return "; ".join(parts)


def _differences(document: RepairDocument, more: Mapping[str, int]) -> list[str]:
    """One phrase per rule that finds more or less, in the order of the rules."""
    phrases = []
    for rule in document.policy.rules:
        amount = more.get(rule.id, 0)
        if amount:
            text = _("{what}: {count} more a week") if amount > 0 else _("{what}: {count} fewer a week")
            phrases.append(text.format(what=rule.title, count=per_week(document.school, abs(amount))))
    return phrases


def reason_of(document: RepairDocument, move: Move) -> Reason | None:
    """The reason of a move; None where packages were not made."""
    return next((p.reasons[move.lecture] for p in document.packages if move.lecture in p.reasons), None)


def reason_line(document: RepairDocument, move: Move) -> str:
    """Why a lecture moves, and what it would cost if it stayed; empty where packages were not made."""
    reason = reason_of(document, move)
    if reason is None:
        return ""
    return " ".join([why(document, reason), stay_line(document, reason.stay)]).strip()


def why(document: RepairDocument, reason: Reason) -> str:
    """What drives a move: what would be wrong if this lecture alone stayed."""
    sentences = []
    if reason.makes_room_for:
        names = dict.fromkeys(lecture_name(document.school, lecture) for lecture in reason.makes_room_for)
        sentences.append(_("It makes room for {lectures}.").format(lectures=enumerated(list(names))))
    found = list(_in_words(document, reason.relieves))
    if found:
        more = len(found) - 1
        text = _("If it alone stayed: {finding}.")
        if more:
            text = ngettext(
                "If it alone stayed: {finding}, and {count} more finding.",
                "If it alone stayed: {finding}, and {count} more findings.",
                more,
            )
        sentences.append(text.format(finding=found[0], count=more))
    return " ".join(sentences) or _("It moves because of others in its package.")


def _in_words(document: RepairDocument, violations: tuple[Violation, ...]) -> Iterator[str]:
    for rule in document.policy.rules:
        own = [violation for violation in violations if violation.rule == rule.id]
        yield from (finding.text for finding in findings(document.school, rule, own))


def stay_line(document: RepairDocument, stay: Stay) -> str:
    """What it would cost if the lecture stayed where it is."""
    phrases = _differences(document, {r: a for r, a in stay.amounts.items() if r not in (_MOVED, _ROOMS)})
    moved = stay.amounts.get(_MOVED, 0)
    if moved:
        text = (
            ngettext("{count} moved lecture more", "{count} moved lectures more", moved)
            if moved > 0
            else ngettext("{count} moved lecture fewer", "{count} moved lectures fewer", -moved)
        )
        phrases.append(text.format(count=abs(moved)))
    if not phrases:
        return _("It could stay at no cost.")
    text = (
        _("Keeping it in place means, as far as found: {differences}.")
        if stay.searched
        else _("Keeping it in place, and with it what needs it, means: {differences}.")
    )
    return text.format(differences="; ".join(phrases))


def three_sentences(document: RepairDocument) -> list[str]:
    """The repair in three sentences: what it brings, what it costs, how good it is."""
    return [_brings(document), _costs(document), quality(document)[-1]]


def _brings(document: RepairDocument) -> str:
    counts = {
        name: per_week(document.school, score.amount(rule))
        for name, score, rule in (
            ("before", document.before, _TEACHER_CHANGES),
            ("after", document.after, _TEACHER_CHANGES),
            ("short_before", document.before, _TEACHER_TRAVEL),
            ("short_after", document.after, _TEACHER_TRAVEL),
        )
    }
    if _TEACHER_CHANGES not in document.before.rules:
        return _("Site changes could not be judged, because no second site is known.")
    if _TEACHER_TRAVEL not in document.before.rules:
        return _("Teachers change sites {after} times a week instead of {before}.").format(**counts)
    text = _(
        "Teachers change sites {after} times a week instead of {before}; too little time for the journey is left "
        "{short_after} times instead of {short_before}."
    )
    return text.format(**counts)


def _costs(document: RepairDocument) -> str:
    if not document.moves:
        return _("No lecture moves: the plan stays as it is.")
    moved = sum(move.changes_period for move in document.moves)
    teachers, grades = people(document.school, document.moves)
    counts = document.source.counts
    text = ngettext(
        "For this, {count} of {total} lectures moves ({share}); {teachers} of {all_teachers} teachers and {grades} of "
        "{all_grades} grades notice it.",
        "For this, {count} of {total} lectures move ({share}); {teachers} of {all_teachers} teachers and {grades} of "
        "{all_grades} grades notice it.",
        moved,
    )
    return text.format(
        count=moved,
        total=counts.lectures,
        share=share(moved, counts.lectures),
        teachers=len(teachers),
        grades=len(grades),
        all_teachers=counts.teachers,
        all_grades=counts.grades,
    )
