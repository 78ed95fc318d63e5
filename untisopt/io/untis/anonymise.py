"""Pseudonyms instead of names in all files of an export, so that planners can share a case.

People, grades and rooms get consistent pseudonyms; long names become the pseudonym of the short one; texts, addresses,
numbers and dates of people go. Subjects, lesson numbers, periods, weeks, limits and time requests stay, because they
are the case. The order of the rows stays as well: whoever knows the school may still recognise it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from untisopt.io.untis.export import Export
from untisopt.io.untis.files.records import RawFile, Row
from untisopt.io.untis.files.siblings import Role
from untisopt.io.untis.pseudonyms import NAMES, Category, Pseudonyms, make_pseudonyms
from untisopt.io.untis.xml.anonymise import anonymous_xml, names_in_xml

_LONGEST_NUMBER = 3


def _columns(**categories: Iterable[int]) -> dict[int, Category]:
    """0-based columns from the 1-based ones of the format description."""
    return {number - 1: Category[name.upper()] for name, numbers in categories.items() for number in numbers}


# Every column that is not listed keeps a short number and loses everything else: what a file holds beyond its
# description may be personal.
_FILES: Mapping[Role, Mapping[int, Category]] = {
    Role.LESSON: _columns(teacher=[1], code=[2, 3, 6, 9], subject=[4], room=[5], grade=[8]),
    Role.TIME: _columns(code=range(1, 6)),
    Role.DATE: _columns(code=range(1, 5)),
    Role.TEACHER: _columns(teacher=[1], long_name=[2], text=[3]),
    Role.CLASS: _columns(grade=[1], long_name=[2]),
    Role.ROOM: _columns(room=[1], long_name=[2]),
    Role.STUDENT: _columns(student=[1], long_name=[2], text=[3, 4], grade=[5]),
    Role.GPU001: _columns(code=[1, 6, 7, 8], grade=[2], teacher=[3], subject=[4], room=[5]),
    Role.GPU002: _columns(
        code=[
            1,
            2,
            3,
            4,
            11,
            12,
            14,
            15,
            16,
            17,
            19,
            24,
            25,
            26,
            27,
            28,
            29,
            30,
            31,
            32,
            36,
            37,
            38,
            40,
            41,
            43,
            44,
            45,
        ],
        grade=[5],
        teacher=[6],
        subject=[7],
        room=[8, 20],
        number=[10, 34, 35, 46],
        text=[9, 13, 18, 21, 33, 39],
        group=[42],
    ),
    Role.GPU003: _columns(
        grade=[1, 31],
        long_name=[2],
        room=[4],
        code=[5, 7, 8, 9, 10, 11, 12, 14],
        teacher=[30],
        text=[3, 13, 15, 27, 29],
    ),
    Role.GPU004: _columns(
        teacher=[1], long_name=[2], room=[5], code=[6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 22, 28, 35], text=[4, 31]
    ),
    Role.GPU005: _columns(room=[1, 3, 10, 11], long_name=[2], code=[4, 6, 7, 8]),
    Role.GPU006: _columns(subject=[1], long_name=[2], room=[4], code=[5, 7, 8, 9, 10, 11, 12, 14, 15]),
    Role.GPU009: _columns(room=[1], teacher=[2], code=[3, 4, 5, 6]),
    Role.GPU016: _columns(code=[1, 3, 4, 5]),
    Role.GPU019: _columns(group=[1], code=[2, 3, 4], text=[5], subject=[6], grade=[7]),
}
_REQUEST_NAMES = {
    "L": Category.TEACHER,
    "T": Category.TEACHER,
    "K": Category.GRADE,
    "C": Category.GRADE,
    "R": Category.ROOM,
    "F": Category.SUBJECT,
    "S": Category.SUBJECT,
}


def anonymise(export: Export) -> dict[str, bytes]:
    """All files of an export with pseudonyms instead of names, by file name.

    The same name gets the same pseudonym in every file, and the result reads as the same school. Files that untisopt
    does not read (students' choices, substitutions, ...) are not part of the result.
    """
    found = _names(export)
    pseudonyms = make_pseudonyms(found)
    texts = {raw.name: _rewritten(role, raw, pseudonyms) for role, raw in export.files.items()}
    if export.xml is None:
        return texts
    return {export.xml.name: anonymous_xml(export.xml, pseudonyms), **texts}


def _names(export: Export) -> dict[Category, list[str]]:
    """All names by category, in the order of the files, the timetable first."""
    found: defaultdict[Category, dict[str, None]] = defaultdict(dict)
    if export.xml is not None:
        for category, name in names_in_xml(export.xml):
            found[category][name] = None
    for role, raw in export.files.items():
        for row in raw.rows:
            for column, category in _categories(role, row).items():
                if category in NAMES and column < len(row.fields):
                    found[category].update(dict.fromkeys(_parts(row.fields[column])))
    return {category: list(names) for category, names in found.items()}


def _categories(role: Role, row: Row) -> Mapping[int, Category]:
    """What the columns of a row hold; the kind of a time request says what it names."""
    columns = _FILES[role]
    if role is Role.GPU016:
        return {**columns, 1: _REQUEST_NAMES.get(row.fields[0], Category.TEXT)}
    return columns


def _parts(text: str) -> list[str]:
    return [name for part in text.split("~") if (name := part.strip())]


def _rewritten(role: Role, raw: RawFile, pseudonyms: Pseudonyms) -> bytes:
    return raw.written([row.with_fields(_texts(role, row, pseudonyms)) for row in raw.rows])


def _texts(role: Role, row: Row, pseudonyms: Pseudonyms) -> dict[int, str]:
    categories = _categories(role, row)
    texts: dict[int, str] = {}
    for column, text in enumerate(row.fields):
        category = categories.get(column, Category.NUMBER)
        if category is Category.LONG_NAME:
            new = _named(text, categories[0], row.fields[0], pseudonyms)
        else:
            new = _replaced(text, category, pseudonyms)
        # Between blanks an empty column would vanish, and those behind it would move.
        texts[column] = new or ("-" if row.dialect.blanks else "")
    return texts


def _replaced(text: str, category: Category, pseudonyms: Pseudonyms) -> str:
    if category is Category.CODE:
        return text
    if category is Category.TEXT:
        return ""
    if category is Category.NUMBER:
        return text if text.isdecimal() and len(text) <= _LONGEST_NUMBER else ""
    parts = (part.strip() for part in text.split("~"))
    return "~".join(pseudonyms.of(category, name) if name else "" for name in parts)


def _named(long_name: str, category: Category, short: str, pseudonyms: Pseudonyms) -> str:
    """A long name becomes the pseudonym of the short one; an empty one stays empty."""
    return _replaced(short, category, pseudonyms) if long_name else ""
