"""Pseudonyms instead of names in the XML, in place: elements, ids and dates stay, so that it reads as the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from untisopt.io.untis.files.notes import Findings
from untisopt.io.untis.pseudonyms import Category, Pseudonyms
from untisopt.io.untis.xml.document import Edit, Element, XmlDocument
from untisopt.io.untis.xml.names import Ids, Prefix, read_ids

_CATEGORIES = {
    Prefix.TEACHER: Category.TEACHER,
    Prefix.GRADE: Category.GRADE,
    Prefix.ROOM: Category.ROOM,
    Prefix.SUBJECT: Category.SUBJECT,
    Prefix.GROUP: Category.GROUP,
    Prefix.STUDENT: Category.STUDENT,
}
# What an id stands for where it has no prefix that says so.
_BY_TAG = {
    **dict.fromkeys(("teacher", "lesson_teacher", "class_teacher"), Prefix.TEACHER),
    **dict.fromkeys(("class", "lesson_classes", "student_class"), Prefix.GRADE),
    **dict.fromkeys(("room", "assigned_room", "class_room", "subject_room", "teacher_room"), Prefix.ROOM),
    **dict.fromkeys(("subject", "lesson_subject", "lesson_table_subject"), Prefix.SUBJECT),
    **dict.fromkeys(("studentgroup", "lesson_studentgroups"), Prefix.GROUP),
    **dict.fromkeys(("student", "lesson_students"), Prefix.STUDENT),
}
# Texts that are no names: the plan, its dates and its limits. Every other text goes, unless it is a short number.
_KEPT_TEXTS = frozenset(
    (
        *("schoolyearbegindate", "schoolyearenddate", "termbegindate", "termenddate", "week_periodicity"),
        *("day", "period", "starttime", "endtime", "timegrid", "label", "type"),
        *("periods", "effectivebegindate", "effectiveenddate", "begindate", "enddate", "week", "block", "occurence"),
        *("date_scheme", "periodic_weeks", "teacher_value", "weektarget", "capacity", "classlevel"),
        *("assigned_day", "assigned_period", "assigned_starttime", "assigned_endtime"),
    )
)
_LONG_NAMES = frozenset(("longname", "surname"))
_KEPT_ATTRIBUTES = re.compile(r"version|date|time|xmlns(:.*)?|xsi:.*|(min|max)_periods|(from|to)_level")
# Ids of lessons, periods and lesson groups say nothing about people.
_KEPT_IDS = re.compile(r"(LS|TP|UG)_.*")
_OTHER_ID = re.compile(r"([A-Z]{2}_).+")
_SHORT_NUMBER = re.compile(r"\d{1,3}")


def names_in_xml(document: XmlDocument) -> Iterator[tuple[Category, str]]:
    """Every name that gets a pseudonym, with its category; a name can come several times."""
    kinds = _kinds(document)
    for prefix, kind in kinds.items():
        for name in list(kind.ids):
            yield _CATEGORIES[prefix], name
    for element in document.root.walk():
        for value in element.attributes.values():
            found = _kind_of(element, value)
            if found is not None:
                for name in _names(kinds[found], value):
                    yield _CATEGORIES[found], name


def anonymous_xml(document: XmlDocument, pseudonyms: Pseudonyms) -> bytes:
    """The file with pseudonyms instead of names; comments go."""
    writer = _Writer(document, pseudonyms)
    edits = [edit for element in document.root.walk() for edit in writer.edits(element)]
    return document.edited([*edits, *(Edit(start, end, b"") for start, end in document.comments)])


def _kinds(document: XmlDocument) -> dict[Prefix, Ids]:
    return {prefix: read_ids(document.root, prefix, document.name, Findings()) for prefix in Prefix}


def _kind_of(element: Element, value: str) -> Prefix | None:
    """What the ids in an attribute stand for; None if it holds none that gets a pseudonym."""
    text = value.strip()
    by_value = next((prefix for prefix in Prefix if text.startswith(prefix.value)), None)
    if by_value is not None or not text:
        return by_value
    return _BY_TAG.get(element.tag) if element.attributes.get("id") == value else None


def _names(kind: Ids, value: str) -> list[str]:
    text = value.strip()
    ids = [text] if text in kind.names else kind.split(value)
    return [kind.names[id_] if id_ in kind.names else kind.learn(id_) for id_ in ids]


class _Writer:
    """Rewrites one element after the other."""

    def __init__(self, document: XmlDocument, pseudonyms: Pseudonyms) -> None:
        self._document = document
        self._pseudonyms = pseudonyms
        self._kinds = _kinds(document)
        self._others: defaultdict[str, dict[str, str]] = defaultdict(dict)

    def edits(self, element: Element) -> Iterator[Edit]:
        """The edits of one element: its attributes and its own text."""
        for name, value in element.attributes.items():
            new = value if _KEPT_ATTRIBUTES.fullmatch(name) else self._attribute(element, value)
            edit = self._document.with_attribute(element, name, new) if new != value else None
            if edit is not None:
                yield edit
        if element.text and not element.children:
            new = self._text(element)
            edit = self._document.with_text(element, new) if new != element.text else None
            if edit is not None:
                yield edit

    def _attribute(self, element: Element, value: str) -> str:
        prefix = _kind_of(element, value)
        if prefix is not None:
            names = _names(self._kinds[prefix], value)
            return " ".join(prefix.value + self._pseudonyms.of(_CATEGORIES[prefix], name) for name in names)
        if _KEPT_IDS.fullmatch(value) or _SHORT_NUMBER.fullmatch(value):
            return value
        other = _OTHER_ID.fullmatch(value.strip())
        if other is None:
            return ""
        known = self._others[other[1]]
        return known.setdefault(value, f"{other[1]}{len(known) + 1}")

    def _text(self, element: Element) -> str:
        if element.tag in _KEPT_TEXTS:
            return element.text
        if element.tag in _LONG_NAMES:
            return self._long_name(element.parent)
        return element.text if _SHORT_NUMBER.fullmatch(element.text) else ""

    def _long_name(self, owner: Element | None) -> str:
        """A long name becomes the pseudonym of the short one."""
        value = owner.attributes.get("id", "") if owner is not None else ""
        prefix = _kind_of(owner, value) if owner is not None else None
        if prefix is None:
            return ""
        return self._pseudonyms.of(_CATEGORIES[prefix], _names(self._kinds[prefix], value)[0])
