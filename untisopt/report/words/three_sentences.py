"""A repair in three sentences: what it brings, what it costs, how good it is."""

from __future__ import annotations

from untisopt.i18n import _, ngettext
from untisopt.report.words.findings import per_week
from untisopt.report.words.moves import people
from untisopt.report.words.proof import quality
from untisopt.report.words.side_effects import gap_counts, share
from untisopt.results.optimise import RepairDocument

_TEACHER_CHANGES, _TEACHER_TRAVEL = "teacher-site-changes", "teacher-travel"


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
    told = text.format(
        count=moved,
        total=counts.lectures,
        share=share(moved, counts.lectures),
        teachers=len(teachers),
        grades=len(grades),
        all_teachers=counts.teachers,
        all_grades=counts.grades,
    )
    return " ".join([told, *_gaps(document)])


def _gaps(document: RepairDocument) -> list[str]:
    """The price that nobody sees in the moved lectures; nothing where it does not rise."""
    _name, before, after = next(gap_counts(document))
    if after <= before:
        return []
    text = ngettext(
        "Teachers then have {after} free period between lectures a week instead of {before}.",
        "Teachers then have {after} free periods between lectures a week instead of {before}.",
        1 if after == len(document.school.week_classes) else 2,
    )
    return [text.format(before=per_week(document.school, before), after=per_week(document.school, after))]
