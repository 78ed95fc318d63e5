"""A planner's wish as text: `Ma 7.1 Di 3`, `177 Tue 3`, `177@5.5 Di 3`: a lesson, and where it should stand."""

from __future__ import annotations

from dataclasses import dataclass

from untisopt.domain.calendar import Period
from untisopt.domain.school import School
from untisopt.errors import Defect, InputError
from untisopt.i18n import _
from untisopt.io.events.lectures import Place, find_lectures, split_place
from untisopt.io.side_text import shown
from untisopt.wording import day_name, enumerated

OPTION = "--wish"


@dataclass(frozen=True, slots=True)
class Wish:
    """One of some lectures should stand in one of some periods.

    Parameters
    ----------
    text : str
        As it was written.
    lectures : tuple of str
        Ids of the lectures that are meant, by their places today.
    places : tuple of (str, Period)
        Lecture and period: the wish is met where one of these holds; at least one.
    """

    text: str
    lectures: tuple[str, ...]
    places: tuple[tuple[str, Period], ...]


def parse_wish(text: str, school: School) -> Wish:
    """Read a wish.

    Parameters
    ----------
    text : str
        Names of a subject, grade, teacher or room, a lesson number, or a lecture id; then a weekday in German or
        English and a period (`Di 3`), the periods of a block (`Di 3-4`), or a whole day (`Di`).
    school : School

    Raises
    ------
    InputError
        It is no wish, or names what the school does not have.
    """
    rest, place = split_place(text)
    if place is None or not rest:
        expected = _("a lesson and where it should stand, such as Ma 7.1 Tue 3")
        raise _bad(expected, shown(" ".join(text.split())) if text.strip() else _("nothing"), _missing(rest, place))
    if place.day not in school.grid.days:
        days = enumerated([day_name(day) for day in school.grid.days])
        advice = _("you mean one of these: {names}").format(names=days)
        raise _bad(_("a weekday of the timetable"), day_name(place.day), advice)
    lectures = find_lectures(rest, school, where=OPTION)
    periods = [period for period in school.grid.periods if place.holds(*period)]
    if not periods or (place.last is not None and Period(place.day, place.last) not in school.grid):
        numbers = school.grid.numbers(place.day)
        expected = _("a period from {first} to {last} on {day}").format(
            first=numbers[0], last=numbers[-1], day=day_name(place.day)
        )
        raise _bad(expected, str(place.first if place.first == place.last else f"{place.first}-{place.last}"), "")
    places = tuple(_places(school, lectures, place, periods))
    if not places:
        length = min(school.block_of[id_].length for id_ in lectures)
        expected = _("a place where a block of {count} periods fits").format(count=length)
        raise _bad(
            expected,
            f"{day_name(place.day)} {periods[0].number}",
            _("its periods stay together; wish for another place"),
        )
    return Wish(" ".join(text.split()), lectures, places)


def _missing(rest: str, place: Place | None) -> str:
    if place is None:
        return _("the weekday and the period are missing at the end, such as Tue 3")
    return "" if rest else _("the lesson is missing in front of the place")


def _places(school: School, lectures: tuple[str, ...], place: Place, periods: list[Period]) -> list[tuple[str, Period]]:
    """Lectures and periods at which their blocks fit into the day.

    Several periods are those of a block where one of the lectures has a block of that length, and else a choice.
    """
    blocks = {school.block_of[id_] for id_ in lectures}
    exact = place.first is not None and len(periods) > 1 and any(block.length == len(periods) for block in blocks)
    found: list[tuple[str, Period]] = []
    for id_ in lectures:
        block = school.block_of[id_]
        offset = block.lectures.index(id_)
        if exact and (block.length != len(periods) or offset):
            continue
        starts = school.grid.starts(block.length)
        fits = (p for p in (periods[:1] if exact else periods) if Period(p.day, p.number - offset) in starts)
        found += [(id_, period) for period in fits]
    return found


def _bad(expected: str, found: str, advice: str) -> InputError:
    return InputError([Defect(file=OPTION, expected=expected, found=found, advice=advice)])
