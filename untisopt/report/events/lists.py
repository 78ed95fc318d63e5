"""Lectures without a place and lectures that are gone, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Lecture
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement
from untisopt.i18n import _, ngettext
from untisopt.report.words.moves import place_range
from untisopt.results.events import EventsDocument, Unplaced
from untisopt.wording import lecture_name, place


@dataclass(frozen=True, slots=True)
class Waiting:
    """Lectures that have no place for the same reasons, in words.

    Parameters
    ----------
    lectures : tuple of str
        Their ids.
    lecture : str
        In words, with who gives it and where it was.
    everywhere : tuple of str
        What stands in the way at every place.
    places : tuple of str
        Its best places, each with what stands in the way there.
    """

    lectures: tuple[str, ...]
    lecture: str
    everywhere: tuple[str, ...]
    places: tuple[str, ...]


def waiting(document: EventsDocument) -> list[Waiting]:
    """The lectures that should have a place and have none, and why; blocks that are alike are one."""
    return [_waiting(document, alike) for alike in _alike(document)]


def gone(document: EventsDocument) -> list[tuple[str, list[str]]]:
    """Headings and lectures: those that lose their place as wanted, and those that are no longer taught."""
    school, original = document.school, document.original
    lists = (
        (_("Without a place, as wanted"), document.cut, school),
        (_("No longer taught"), document.removed, original),
    )
    return [
        (name, [_told(of, id_, original.as_is.get(id_)) for id_ in lectures])
        for name, lectures, of in lists
        if lectures
    ]


def _waiting(document: EventsDocument, alike: Sequence[Sequence[Unplaced]]) -> Waiting:
    first = alike[0][0]
    lectures = tuple(found.lecture for block in alike for found in block)
    if len(alike) == 1:
        told = _told(document.school, first.lecture, document.original.as_is.get(first.lecture), len(lectures))
    else:
        told = _several(document, alike)
    return Waiting(lectures, told, first.everywhere, tuple(best_places(first, len(alike[0]))))


def _several(document: EventsDocument, alike: Sequence[Sequence[Unplaced]]) -> str:
    """Blocks that are alike, as one: how many periods, and where they were so far, unless they are new."""
    count = sum(map(len, alike))
    name = _told(document.school, alike[0][0].lecture, None)
    before = ((document.original.as_is.get(block[0].lecture), len(block)) for block in alike)
    places = [place_range(where.period, length) for where, length in before if where is not None]
    so_far = [_("so far {place}").format(place=", ".join(places))] if places else []
    periods = ngettext("{count} period", "{count} periods", count).format(count=count)
    return ", ".join((name, periods, *so_far))


def best_places(unplaced: Unplaced, length: int) -> Iterator[str]:
    """A sentence for each of the best places of a block of so many periods."""
    for (day, number), why in unplaced.reasons:
        where = place_range(Period(day, number), length)
        text = "; ".join(why) or _("nothing stands against this place alone; no plan with it was found")
        yield _("{place}: {why}").format(place=where, why=text)


def _alike(document: EventsDocument) -> Iterator[Sequence[Sequence[Unplaced]]]:
    """Blocks of the same name, people and length that have no place for the same reasons; all are new, or none is."""
    school, original = document.school, document.original
    blocks: dict[str, list[Unplaced]] = {}
    for unplaced in document.unplaced:
        blocks.setdefault(school.block_of[unplaced.lecture].id, []).append(unplaced)
    found: dict[object, list[Sequence[Unplaced]]] = {}
    for block in blocks.values():
        first = block[0]
        name, is_new = _told(school, first.lecture, None), first.lecture not in original.as_is
        found.setdefault((name, is_new, len(block), first.everywhere, first.reasons), []).append(block)
    yield from found.values()


def _told(school: School, lecture: str, before: Placement | None, length: int = 1) -> str:
    found: Lecture = school.lectures[lecture]
    teachers = _("with {teachers}").format(teachers=", ".join(found.teachers)) if found.teachers else ""
    where = ""
    if before is not None and before.period.day >= 1:
        where = _("so far {place}").format(
            place=place(before.period) if length == 1 else place_range(before.period, length)
        )
    name = lecture_name(school, lecture)
    if length > 1 and not where:
        where = ngettext("{count} period", "{count} periods", length).format(count=length)
    return ", ".join(part for part in (f"{name} {teachers}".strip(), where) if part)
