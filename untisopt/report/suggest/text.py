"""What `untisopt suggest` says: the ways to move a lecture, what each brings and whom it hits, or what forbids them."""

from __future__ import annotations

from untisopt.domain.ways import Way
from untisopt.i18n import _, ngettext
from untisopt.report.render.txt import heading, items, page, paragraph, table, title
from untisopt.report.suggest.obstacles import not_alone, nothing
from untisopt.report.suggest.way import kind, move_lines, signed, target, way_lines
from untisopt.report.words.moves import people, place_range
from untisopt.results.suggest import SuggestDocument
from untisopt.wording import lecture_name

_SITE_CHANGES = ("teacher-site-changes", "grade-site-changes")
_OPTIONAL = (3, 4, 8)
"""Columns of the table that are left out where they would be empty."""


def suggest_text(document: SuggestDocument) -> str:
    """Render the ways to move a lecture, the simple ones first; where there is none, what stands in the way."""
    lines = [*title(_("Ways to move {lecture}").format(lecture=_subject(document))), ""]
    if not document.found.ways:
        return page([*lines, *nothing(document), *_cut_off(document)])
    lines += paragraph(_found(document))
    lines += ["", *table(_overview(document))]
    lines += ["", *paragraph(_legend(document))]
    lines += _cut_off(document)
    alone = not_alone(document)
    lines += ["", *alone] if alone else []
    for number, way in enumerate(document.found.ways, 1):
        lines += _way(document, number, way)
    return page(lines)


def _subject(document: SuggestDocument) -> str:
    """The block that is to move: `Ma 7.1 (lesson 49) with Aho, Tue 1-2`."""
    school, block = document.school, document.found.block
    lecture = school.lectures[block.id]
    name = lecture_name(school, block.id)
    if lecture.teachers:
        name += " " + _("with {teachers}").format(teachers=", ".join(lecture.teachers))
    return f"{name}, {place_range(school.as_is[block.id].period, block.length)}"


def _found(document: SuggestDocument) -> str:
    """How many ways, how they are chosen, and which is the best."""
    ways, best = document.found.ways, document.found.best
    text = ngettext(
        "{count} way. It breaks no rule newly.", "{count} ways. None of them breaks a rule newly.", len(ways)
    ).format(count=len(ways))
    if best is None or len(ways) == 1:
        return text
    rest = _(
        "The best way alone and the best exchange of two come first; any other is listed only if it is better than all "
        "with fewer lectures. The best of all is no. {number}."
    )
    return f"{text} {rest.format(number=ways.index(best) + 1)}"


def _cut_off(document: SuggestDocument) -> list[str]:
    if document.found.complete:
        return []
    text = _("Not all ways were examined, there are too many for the time; a longer --time-limit may find better ones.")
    return ["", *paragraph(text)]


def _legend(document: SuggestDocument) -> str:
    """What the points mean: they are those of `untisopt score`."""
    classes = len(document.school.week_classes)
    parts = []
    moved = document.policy.rule("moved-lectures")
    if moved is not None:
        points = moved.weight * classes
        text = ngettext("a moved lecture costs {count} point", "a moved lecture costs {count} points", points)
        parts.append(text.format(count=points))
    change = document.policy.rule(_SITE_CHANGES[0])
    if change is not None and not change.missing(document.school):
        # A site change counts once per kind of week.
        points = change.weight * min(document.policy.effective_worth, len(document.school.lectures))
        text = ngettext(
            "a site change of a teacher saved brings {count} point",
            "a site change of a teacher saved brings {count} points",
            points,
        )
        parts.append(text.format(count=points))
    legend = _("Points as in `untisopt score`: {rules}.").format(rules="; ".join(parts))
    if any(way.mended for way in document.found.ways):
        legend += " " + _("Rules that are mended weigh more than all points: they are counted apart, not among them.")
    if classes == 1:
        return legend
    text = _("Counts and points take all {count} kinds of weeks together.")
    return f"{legend} {text.format(count=classes)}"


# -- the table ---------------------------------------------------------------------------------------------------------


def _overview(document: SuggestDocument) -> list[list[str]]:
    head = [
        _("no."),
        _("to"),
        _("way"),
        _("rules mended"),
        _("site changes"),
        _("points"),
        _("lectures"),
        _("people"),
        _("alike"),
    ]
    rows = [_row(document, number, way) for number, way in enumerate(document.found.ways, 1)]
    shown = [i for i, _name in enumerate(head) if i not in _OPTIONAL or any(row[i] for row in rows)]
    return [[row[i] for i in shown] for row in [head, *rows]]


def _row(document: SuggestDocument, number: int, way: Way) -> list[str]:
    teachers, grades = people(document.school, way.moves)
    return [
        str(number),
        place_range(target(document, way), document.found.block.length),
        kind(way),
        signed(way.mended) if way.mended else "",
        signed(changes) if (changes := sum(way.more.get(rule, 0) for rule in _SITE_CHANGES)) else "",
        signed(way.gain),
        str(len(way.moves)),
        str(len(teachers) + len(grades)),
        signed(len(way.alike)) if way.alike else "",
    ]


def _way(document: SuggestDocument, number: int, way: Way) -> list[str]:
    where = place_range(target(document, way), document.found.block.length)
    head = _("{number}. To {place}: {kind}").format(number=number, place=where, kind=kind(way))
    return [*heading(head), *(f"  {line}" for line in move_lines(document, way)), "", *items(way_lines(document, way))]
