"""Lectures as planners name them: `177@5.5`, `177 Tue 3`, `Ma 7.1 Di 3`; days in English and German."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from untisopt.domain.lessons import Lecture
from untisopt.domain.school import School
from untisopt.errors import Defect, InputError
from untisopt.i18n import _
from untisopt.io.policy.values import BadValueError, weekday
from untisopt.io.side_text import shown
from untisopt.io.spelling import you_mean
from untisopt.wording import enumerated, place

_DASH = "[-\u2010-\u2015\u2212]"
_PLACE = re.compile(rf"(?P<day>[^\W\d_]+)\.?[\s.]*(?P<first>\d{{1,2}})(?:\s*{_DASH}\s*(?P<last>\d{{1,2}}))?\.?")
_WHOLE_DAY = re.compile(r"(?P<day>[^\W\d_]+)\.?")


@dataclass(frozen=True, slots=True)
class Place:
    """A day, or a period or several of a day, as somebody has written it.

    Parameters
    ----------
    day : int
        Weekday 1..7.
    first, last : int or None
        Period numbers, the same for a single period; None: the whole day.
    """

    day: int
    first: int | None = None
    last: int | None = None

    def holds(self, day: int, number: int) -> bool:
        """Whether a period lies in it."""
        inside = self.first is None or self.last is None or self.first <= number <= self.last
        return day == self.day and inside


def read_place(text: str, *, where: str) -> Place:
    """Read `Do 2`, `Thu 2-3`, `Thu.2` or `Thu`.

    Parameters
    ----------
    text : str
    where : str
        What the text belongs to, for the error: an option, or a file.

    Raises
    ------
    InputError
        It is no place.
    """
    rest, found = split_place(text)
    if found is None or rest:
        advice = ""
        try:
            weekday(text.split(maxsplit=1)[0] if text.split() else text)
        except BadValueError as bad:
            advice = bad.advice
        expected = _("a weekday or a period of it (such as Thu 2)")
        raise InputError([Defect(file=where, expected=expected, found=shown(text), advice=advice)])
    return found


def split_place(text: str) -> tuple[str, Place | None]:
    """Split `Ma 7.1 Di 3` into `Ma 7.1` and the place at its end; None where it ends with no place.

    A day alone is a place only where it is the last word.
    """
    words = text.split()
    for count in range(min(4, len(words)), 0, -1):
        found = _place(" ".join(words[-count:]))
        if found is not None:
            return " ".join(words[:-count]), found
    return " ".join(words), None


def _place(text: str) -> Place | None:
    found = _PLACE.fullmatch(text) or _WHOLE_DAY.fullmatch(text)
    if found is None:
        return None
    numbers = found.groupdict()
    try:
        day = weekday(numbers["day"])
    except BadValueError:
        return None
    if numbers.get("first") is None:
        return Place(day)
    first = int(numbers["first"])
    last = int(numbers["last"] or first)
    return Place(day, first, last) if first <= last else None


def find_lectures(text: str, school: School, *, where: str = "--lecture") -> tuple[str, ...]:
    """Find the lectures that a text names.

    A lecture id (`177@5.5`) names one. Anything else is a lesson number, or names of subjects, grades, teachers and
    rooms (`Ma 7.1`), with or without a place at its end (`Di 3`, `Tue`): all lectures that have every name and stand
    there today.

    Parameters
    ----------
    text : str
    school : School
    where : str
        What the text belongs to, for the error: an option, or a file.

    Returns
    -------
    tuple of str
        Ids of regular lectures (no lesson number 0), by their places today; at least one.

    Raises
    ------
    InputError
        A name does not exist, or no lecture has all that is named.
    """
    words = text.strip()
    if words in school.lectures:
        return (words,)
    if not words or "@" in words:
        raise _defect(where, _("a lecture such as 177@5.5, 177 Tue 3 or Ma 7.1 Tue 3"), words, _near_id(words, school))
    # A name of the school comes before a weekday that is spelt like it: a subject may be called "So".
    for rest, at in _readings(words):
        named = _named(rest, school)
        if named is not None:
            found = [id_ for id_ in named if at is None or at.holds(*school.as_is[id_].period)]
            if found:
                return tuple(found)
    raise _nothing(words, school, where)


def _readings(text: str) -> Iterator[tuple[str, Place | None]]:
    """The text with the place at its end, and without."""
    rest, at = split_place(text)
    if at is not None and rest:
        yield rest, at
    yield text, None


def _named(text: str, school: School) -> list[str] | None:
    """Regular lectures that have every name of a text, by their places; None if something in it is no name."""
    phrases = _phrases(text.split(), _vocabulary(school))
    if phrases is None:
        return None
    found = [
        id_
        for id_, lecture in school.lectures.items()
        if lecture.lesson and all(_has(school, lecture, phrase) for phrase in phrases)
    ]
    return sorted(found, key=lambda id_: (school.as_is[id_].period, id_))


def _vocabulary(school: School) -> dict[str, str]:
    """Every name that a lecture may be called by, and how it is spelt by its first bearer, by its folded spelling."""
    names = [*_subjects(school), *school.grades, *school.teachers, *school.rooms, *map(str, school.blocks_of_lesson)]
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(_folded(name), name)
    return found


def _subjects(school: School) -> list[str]:
    return sorted({subject for lecture in school.lectures.values() for subject in lecture.subjects})


def _phrases(words: Sequence[str], names: Collection[str]) -> list[str] | None:
    """Words joined to names, which may hold blanks; None if that cannot be done, the longest names first."""
    if not words:
        return []
    for count in range(len(words), 0, -1):
        name = _folded(" ".join(words[:count]))
        if name in names:
            rest = _phrases(words[count:], names)
            if rest is not None:
                return [name, *rest]
    return None


def _has(school: School, lecture: Lecture, name: str) -> bool:
    rooms = (room for course in school.as_is[lecture.id].rooms for room in course)
    own = (str(lecture.lesson), *lecture.subjects, *lecture.grades, *lecture.teachers, *rooms)
    return any(_folded(one) == name for one in own)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _near_id(text: str, school: School) -> str:
    """The lectures of the lesson that an unknown id names; else the nearest id."""
    lesson = text.partition("@")[0]
    own = [id_ for id_, lecture in school.lectures.items() if lesson.isdigit() and lecture.lesson == int(lesson)]
    if own and lesson != "0":
        return _("you mean one of these: {names}").format(names=enumerated(own))
    return you_mean(text, school.lectures) if text else ""


def _nothing(text: str, school: School, where: str) -> InputError:
    """Why a text names nothing: an unknown name, or names that no lecture has together, or not there."""
    rest, at = split_place(text)
    names = _vocabulary(school)
    if at is None or not rest:
        rest = text
    named = _named(rest, school)
    if named is None:
        word = _unknown(rest.split(), names)
        return _defect(
            where, _("names of a subject, grade, teacher, room or lesson"), word, you_mean(word, names.values())
        )
    if not named:
        expected = _("a lecture that has all these names")
        return _defect(where, expected, rest, _("the names belong to different lectures; leave one out"))
    places = enumerated([f"{place(school.as_is[id_].period)} ({id_})" for id_ in named])
    expected = _("a lecture that stands there")
    return _defect(where, expected, text, _("you mean one of these: {names}").format(names=places))


def _unknown(words: Sequence[str], names: Collection[str]) -> str:
    """The first word at which no name begins that leads on."""
    for count in range(len(words), 0, -1):
        if _phrases(words[:count], names) is not None:
            return words[count] if count < len(words) else words[-1]
    return words[0]


def _defect(where: str, expected: str, found: str, advice: str) -> InputError:
    return InputError([Defect(file=where, expected=expected, found=shown(found) or _("nothing"), advice=advice)])
