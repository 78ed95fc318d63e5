"""Events as people write them: `away Arnd Mon 3-4`, `Raum H12 gesperrt` in a few words, English or German.

docs/events.md tells the words; both languages are always understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from untisopt.domain.events import (
    Added,
    Away,
    BreakChanged,
    Coupled,
    EventError,
    GradeMoved,
    GroupGrown,
    Happening,
    HoursLimited,
    KeptFrom,
    Lengthened,
    PeriodsDropped,
    PutAt,
    Removed,
    Replaced,
    Shortened,
    TravelChanged,
)
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.errors import Defect, InputError
from untisopt.i18n import _, current_language
from untisopt.io.events.words import Word, WordError, Words, one_of_these, room_names
from untisopt.io.policy.values import BadValueError, pin_of
from untisopt.io.side_text import shown
from untisopt.io.spelling import nearest
from untisopt.policy import PinKind
from untisopt.wording import day_name

MAX_HOURS = 100
MAX_MINUTES = 600
MAX_STUDENTS = 1000
MAX_PERIODS = 20
_NEAR = 3
"""How many lesson numbers near a wrong one are told."""

SINCE = ("from", "ab", "since", "seit")
BY = ("by", "durch", "um", "with", "mit", "to", "auf", "nach", "and", "und")
IN, LIKE = ("in",), ("like", "wie")
ARROW = (">", "->")

VERBS: Mapping[str, tuple[str, ...]] = {
    "away": ("away", "absent", "sick", "ill", "fehlt", "krank", "weg", "abwesend"),
    "replace": ("replace", "ersetze", "ersetzt", "vertretung"),
    "hours": ("hours", "stunden", "deputat"),
    "closed": ("closed", "close", "gesperrt", "sperre", "zu"),
    "not": ("not", "nicht"),
    "at": ("at", "bei", "lege"),
    "add": ("add", "neu", "dazu"),
    "remove": ("remove", "entfällt", "streiche"),
    "lengthen": ("lengthen", "länger", "verlängere"),
    "shorten": ("shorten", "kürzer", "kürze"),
    "couple": ("couple", "kopple", "koppel"),
    "site": ("site", "standort"),
    "drop": ("drop", "frei", "ausfall"),
    "travel": ("travel", "weg-dauert", "fahrzeit"),
    "break": ("break", "pause"),
    "students": ("students", "schüler", "pupils"),
}
"""What an event is called, in English first: these are the canonical words."""
_GERMAN: Mapping[str, str] = {
    "away": "fehlt",
    "replace": "ersetze",
    "hours": "deputat",
    "closed": "gesperrt",
    "not": "nicht",
    "at": "lege",
    "add": "neu",
    "remove": "streiche",
    "lengthen": "verlängere",
    "shorten": "kürze",
    "couple": "kopple",
    "site": "standort",
    "drop": "frei",
    "travel": "fahrzeit",
    "break": "pause",
    "students": "schüler",
}
"""The German word that is told; each is one of those above."""
_SAID_OF_SOMEBODY = ("away", "closed")
"""Verbs that may stand behind the name, as in `Arnd fehlt Mo` and `H12 gesperrt Mo`."""
_VERBS = {word: verb for verb, words in VERBS.items() for word in words}
_KINDS = {
    **dict.fromkeys(("teacher", "lehrkraft", "lehrer"), Kind.TEACHER),
    **dict.fromkeys(("class", "grade", "klasse"), Kind.GRADE),
    **dict.fromkeys(("room", "raum"), Kind.ROOM),
}
_NOBODY = ("-", "–", "nobody", "niemand")


def parse_event(text: str, school: School) -> Happening:
    """Read one event.

    Parameters
    ----------
    text : str
        Such as `away Arnd Mon 3-4` or `fehlt Arnd Mo 3-4`.
    school : School
        Whose names it uses.

    Returns
    -------
    Happening

    Raises
    ------
    InputError
        A word cannot be meant; the defect says which, where it stands, and what is near.
    """
    return parse_events([text], school)[0]


def parse_events(texts: Iterable[str], school: School) -> tuple[Happening, ...]:
    """Read several events, as :func:`parse_event` does.

    Raises
    ------
    InputError
        With the defects of all of them.
    """
    found: list[Happening] = []
    defects: list[Defect] = []
    for text in texts:
        try:
            found.append(read_event(text, school))
        except BadValueError as bad:
            defects.append(defect_of(bad, file=_("event {text}").format(text=shown(text))))
    if defects:
        raise InputError(defects)
    return tuple(found)


def read_event(text: str, school: School) -> Happening:
    """Read one event; what is wrong is for the caller to tell.

    Raises
    ------
    BadValueError
        A :class:`~untisopt.io.events.words.WordError` where one word is to blame.
    """
    words = Words(text)
    listed = _GERMAN.values() if current_language() == "de" else VERBS
    words.bring_forward({word for word, verb in _VERBS.items() if verb in _SAID_OF_SOMEBODY}, unless=_VERBS)
    verb = words.one_of(_VERBS, _("an event such as 'away Arnd Mon', and first its verb"), listed)
    happening = _READERS[verb](words, school)
    since = words.day_of_year() if words.skip(SINCE) else None
    words.end()
    try:
        happening.happen(school)
    except EventError as bad:
        raise BadValueError(bad.expected, bad.found, bad.advice) from bad
    return _since(happening, since)


def _since(happening: Happening, since: date | None) -> Happening:
    return happening if since is None else cast("Happening", replace(cast("Any", happening), since=since))


def defect_of(bad: BadValueError, *, file: str, line: int | None = None) -> Defect:
    """What is wrong with an event, with the place of the word."""
    found = bad.found
    if isinstance(bad, WordError):
        found = _("{found} (character {position})").format(found=bad.found, position=bad.position)
    return Defect(file=file, line=line, expected=bad.expected, found=found, advice=bad.advice)


# -- one reader per verb -----------------------------------------------------------------------------------------------


def _away(words: Words, school: School) -> Happening:
    kind, name = _person(words, school)
    return Away(kind=kind, name=name, periods=words.when(school.grid, SINCE))


def _person(words: Words, school: School) -> tuple[Kind, str]:
    """A teacher or grade; a kind in front says which."""
    named = _kind(words, (Kind.TEACHER, Kind.GRADE))
    kinds = (named,) if named else (Kind.TEACHER, Kind.GRADE)
    names = {Kind.TEACHER: list(school.teachers), Kind.GRADE: list(school.grades)}
    told = {Kind.TEACHER: _("a teacher"), Kind.GRADE: _("a grade")}
    expected = told[named] if named else _("a teacher or a grade")
    found = words.name([name for kind in kinds for name in names[kind]], expected, SINCE)
    return next(kind for kind in kinds if found in names[kind]), found


def _kind(words: Words, kinds: tuple[Kind, ...]) -> Kind | None:
    for word, kind in _KINDS.items():
        if kind in kinds and words.skip((word,)):
            return kind
    return None


def _teacher(words: Words, school: School) -> str:
    _kind(words, (Kind.TEACHER,))
    return words.name(school.teachers, _("a teacher"), (*BY, *SINCE))


def _replace(words: Words, school: School) -> Happening:
    old = _teacher(words, school)
    words.require(BY, _("the word 'by'"))
    if words.skip(("new", "neu")):
        new = words.new_name(_("the short name of the new teacher"))
    else:
        begin = words.position
        new = _teacher(words, school)
        if new == old:
            raise WordError(begin, _("another teacher"), shown(new))
    any_day = words.skip(("any", "jeden"))
    if any_day:
        words.require(("day", "tag"), _("the word 'day'"))
    return Replaced(old=old, new=new, any_day=any_day)


def _hours(words: Words, school: School) -> Happening:
    name = _teacher(words, school)
    words.skip((*BY, "max", "höchstens"))
    return HoursLimited(teacher=name, most=words.number(0, MAX_HOURS, _("the periods a week")))


def _closed(words: Words, school: School) -> Happening:
    _kind(words, (Kind.ROOM,))
    name = words.name(room_names(school), _("a room"), SINCE)
    return Away(kind=Kind.ROOM, name=name, periods=words.when(school.grid, SINCE))


def _not(words: Words, school: School) -> Happening:
    begin = words.position
    lectures = _lectures(words, school)
    periods = words.when(school.grid, SINCE)
    if periods == frozenset(school.grid.periods):
        raise WordError(words.position, _("when it must not be (such as Mon 3)"), shown(words.text[begin - 1 :]))
    return KeptFrom(lectures=lectures, periods=periods)


def _at(words: Words, school: School) -> Happening:
    begin = words.position
    lectures = _lectures(words, school)
    if len({school.block_of[lecture].id for lecture in lectures}) > 1:
        asked = shown(words.text[begin - 1 :])
        raise WordError(begin, _("one of the lectures of the lesson"), asked, _with_day_names(lectures))
    return PutAt(lecture=lectures[0], period=words.place_before(school.grid, SINCE))


def _lectures(words: Words, school: School) -> tuple[str, ...]:
    """A lecture such as `177@5.5` or `177@Fri.5`, or all of a lesson such as `177`."""
    word = words.peek()
    if word is not None and "@" in word.text:
        begin = words.position
        lecture = str(cast("Any", words.value(_("a lecture"), pin_of(PinKind.LECTURE))).name)
        if lecture not in school.lectures:
            raise WordError(begin, _("a lecture of the plan"), shown(word.text), _near_lectures(word.text, school))
        return (lecture,)
    lesson = _lesson(words, school)
    return tuple(id_ for block in school.blocks_of_lesson[lesson] for id_ in block.lectures)


def _near_lectures(text: str, school: School) -> str:
    """The lectures of the lesson that is named, their days as digits or names as in the text."""
    lesson, _at, place = text.partition("@")
    own = [id_ for id_ in school.lectures if id_.split("@", maxsplit=1)[0] == str(int(lesson))]
    if not own:
        return _near_lessons(int(lesson), school)
    return one_of_these(own[:MAX_PERIODS]) if place[:1].isdigit() else _with_day_names(own)


def _with_day_names(lectures: Sequence[str]) -> str:
    """Advice that names lectures as people do: `12@Fri.5`."""
    names = [re.sub(r"@(\d+)", lambda day: f"@{day_name(int(day[1]))}", id_) for id_ in lectures]
    return one_of_these(names[:MAX_PERIODS])


def _near_lessons(number: int, school: School) -> str:
    """The lessons whose numbers are near, and from where to where there are any."""
    known = sorted(school.blocks_of_lesson)
    if not known:
        return ""
    near = sorted(known, key=lambda one: (abs(one - number), one))[:_NEAR]
    names = ", ".join(map(str, near))
    text = _("you mean one of these: {names} (the lessons have numbers from {first} to {last})")
    return text.format(names=names, first=known[0], last=known[-1])


def _lesson(words: Words, school: School) -> int:
    begin = words.position
    found = int(cast("Any", words.value(_("a lesson number"), pin_of(PinKind.LESSON))).name)
    if found not in school.blocks_of_lesson:
        expected = _("the number of a lesson of the plan")
        raise WordError(begin, expected, shown(str(found)), _near_lessons(found, school))
    return found


def _add(words: Words, school: School) -> Happening:
    subject = words.new_name(_("a subject"))
    teacher = None if words.skip(_NOBODY) else _teacher(words, school)
    grades = _grades(words, school)
    lengths = _lengths(words)
    like = words.skip(LIKE)
    rooms = _rooms(words, school) if like or words.skip(IN) else ()
    return Added(subject=subject, teacher=teacher, grades=grades, lengths=lengths, rooms=rooms, any_like=like)


def _rooms(words: Words, school: School) -> tuple[str, ...]:
    """One room, or several joined by plus or "and"."""
    word = words.peek()
    if word is not None and "+" in word.text and word.text not in school.rooms:
        words.take("")
        return tuple(_part(word, name, school.rooms, _("a room")) for name in word.text.split("+"))
    found = [words.name(room_names(school), _("a room"), SINCE)]
    while words.skip(("+", "and", "und")):
        found.append(words.name(room_names(school), _("a room"), SINCE))
    return tuple(found)


def _part(word: Word, name: str, known: Collection[str], expected: str) -> str:
    """A part of a word that names several things."""
    if name in known:
        return name
    best = nearest(name, known)
    raise WordError(word.position, expected, shown(name), _("you mean {name}").format(name=best) if best else "")


def _grades(words: Words, school: School) -> tuple[str, ...]:
    """Grades, joined by commas; `-` for none."""
    if words.skip(_NOBODY):
        return ()
    word = words.peek()
    if word is not None and "," in word.text.rstrip(",") and word.text not in school.grades:
        words.take("")
        return tuple(_part(word, name, school.grades, _("a grade")) for name in word.text.split(",") if name)
    return (words.name(school.grades, _("a grade")),)


def _lengths(words: Words) -> tuple[int, ...]:
    """Blocks such as `3x1 1x2` (three single periods and a double), or a bare number of single periods."""
    expected = _("blocks such as 3x1 (three single periods) or 1x2 (one double)")
    found: list[int] = []
    while (word := words.peek()) is not None:
        match = re.fullmatch(r"(\d{1,2})(?:[x×*](\d{1,2}))?", word.text, re.IGNORECASE)
        if match is None:
            break
        words.take(expected)
        count, length = int(match[1]), int(match[2] or 1)
        if not 1 <= length <= MAX_PERIODS or count < 1 or len(found) + count > MAX_PERIODS:
            raise WordError(word.position, expected, shown(word.text))
        found += [length] * count
    if not found:
        words.take(expected)
        raise WordError(word.position if word else words.position, expected, shown(word.text if word else ""))
    return tuple(found)


def _remove(words: Words, school: School) -> Happening:
    lectures = _lectures(words, school)
    lesson = school.lectures[lectures[0]].lesson
    whole = len(lectures) == sum(block.length for block in school.blocks_of_lesson[lesson])
    return Removed(lesson=lesson, lectures=() if whole else lectures)


def _lengthen(words: Words, school: School) -> Happening:
    lesson = _lesson(words, school)
    words.skip(BY)
    return Lengthened(lesson=lesson, lengths=_lengths(words))


def _shorten(words: Words, school: School) -> Happening:
    lesson = _lesson(words, school)
    words.skip(BY)
    return Shortened(lesson=lesson, periods=words.number(1, MAX_PERIODS, _("how many periods go")))


def _couple(words: Words, school: School) -> Happening:
    one = _lesson(words, school)
    words.skip(BY)
    begin = words.position
    other = _lesson(words, school)
    if one == other:
        raise WordError(begin, _("another lesson"), shown(str(other)))
    return Coupled(one=one, other=other)


def _site(words: Words, school: School) -> Happening:
    grade = words.name(school.grades, _("a grade"), BY)
    words.skip(BY)
    return GradeMoved(grade=grade, site=_site_name(words, school))


def _site_name(words: Words, school: School) -> str:
    return words.name(school.sites, _("a site"), (*BY, *ARROW))


def _drop(words: Words, school: School) -> Happening:
    words.skip(("period", "periods", "stunde", "stunden"))
    begin = words.position
    if words.is_over:
        words.take(_("periods (such as 10 or Fri 9-10)"))
    days_last = words.is_number_list()
    periods = (words.numbers_then_days if days_last else words.when)(school.grid, SINCE)
    if periods == frozenset(school.grid.periods):
        raise WordError(begin, _("some of the periods"), shown(words.text[begin - 1 :]))
    return PeriodsDropped(periods=periods)


def _travel(words: Words, school: School) -> Happening:
    origin = _site_name(words, school)
    one_way = words.skip(ARROW)
    words.skip(BY)
    begin = words.position
    target = _site_name(words, school)
    if origin == target:
        raise WordError(begin, _("another site"), shown(target))
    minutes = words.number(0, MAX_MINUTES, _("minutes"))
    return TravelChanged(origin=origin, target=target, minutes=minutes, both_ways=not one_way)


def _break(words: Words, school: School) -> Happening:
    words.skip(("after", "nach"))
    after = words.number(0, MAX_PERIODS, _("the period before the break"))
    minutes = words.number(0, MAX_MINUTES, _("the minutes of the break"))
    words.skip(("min", "minutes", "minuten"))
    word = words.peek()
    days = frozenset[int]()
    if word is not None and word.folded not in SINCE:
        days = frozenset(period.day for period in words.when(school.grid, SINCE))
    return BreakChanged(after=after, minutes=minutes, days=days)


def _students(words: Words, school: School) -> Happening:
    lesson = _lesson(words, school)
    students = words.number(1, MAX_STUDENTS, _("the number of pupils"))
    word = words.peek()
    teacher = None
    if word is not None and word.folded not in SINCE:
        own = {t for b in school.blocks_of_lesson[lesson] for id_ in b.lectures for t in school.lectures[id_].teachers}
        teacher = words.name(sorted(own), _("a teacher of the lesson"))
    return GroupGrown(lesson=lesson, students=students, teacher=teacher)


_READERS: Mapping[str, Callable[[Words, School], Happening]] = {
    "away": _away,
    "replace": _replace,
    "hours": _hours,
    "closed": _closed,
    "not": _not,
    "at": _at,
    "add": _add,
    "remove": _remove,
    "lengthen": _lengthen,
    "shorten": _shorten,
    "couple": _couple,
    "site": _site,
    "drop": _drop,
    "travel": _travel,
    "break": _break,
    "students": _students,
}
