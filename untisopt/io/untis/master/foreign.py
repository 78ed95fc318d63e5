"""Files beside a timetable that belong to another plan: their numbers may agree, their people do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from untisopt.i18n import _
from untisopt.io.untis.files.content import Content
from untisopt.io.untis.files.notes import Findings, NoteKind
from untisopt.io.untis.files.records import RawFile
from untisopt.io.untis.files.siblings import Role
from untisopt.io.untis.master.names import grades_of
from untisopt.io.untis.rows.typed import room_list, whole

LEAST_PERCENT = 50
"""Of what a file and the plan both speak about, so much has to agree for the file to belong to the plan."""
LEAST_COMPARED = 3
"""With fewer things to compare nothing is concluded: a replaced teacher would make a file foreign."""

Fields = Sequence[str]


class Agreement(NamedTuple):
    """How many of the things that a file and a plan both speak about agree."""

    agreeing: int
    compared: int

    @property
    def is_foreign(self) -> bool:
        """Whether too few agree."""
        return self.compared >= LEAST_COMPARED and self.agreeing * 100 < LEAST_PERCENT * self.compared

    @property
    def percent(self) -> int:
        """The share that agrees, rounded down."""
        return self.agreeing * 100 // self.compared


def of_this_plan(
    texts: Mapping[Role, RawFile], content: Content, trusted: Collection[str], findings: Findings
) -> dict[Role, RawFile]:
    """The files beside a timetable without those that belong to another plan, which are told and not used.

    GPU002 and GPU019 belong to the plan if lessons of the same number share a teacher or class; GPU009 and GPU016 if
    the plan or the master data know most of the names.

    Parameters
    ----------
    texts : mapping of Role to RawFile
    content : Content
        What the timetable says.
    trusted : collection of str
        Names of files, in any case of letters, that are used whatever they hold.
    findings : Findings
        Takes a note per file that is not used.
    """
    wanted = {name.casefold() for name in trusted}
    found = dict(texts)
    for role, compare in _COMPARED.items():
        raw = texts.get(role)
        if raw is None or raw.dialect.blanks or raw.name.casefold() in wanted:
            continue
        agreement = compare(raw, content)
        # GPU019 names few classes or none: it comes with GPU002, by whose lesson numbers it speaks.
        follows = role is Role.GPU019 and not agreement.compared and Role.GPU002 in texts and Role.GPU002 not in found
        if follows or agreement.is_foreign:
            del found[role]
            findings.note(NoteKind.LEFT_OUT, _told(raw.name, role, agreement))
    return found


def _told(name: str, role: Role, agreement: Agreement) -> str:
    advice = _('to use it all the same: [files] trust = ["{name}"] in the policy file').format(name=name)
    if not agreement.compared:
        return _("{name} belongs to another plan, as GPU002 does, and is not used; {advice}").format(
            name=name, advice=advice
        )
    text = (
        _(
            "{name} belongs to another plan and is not used: of {compared} lessons whose numbers agree, {agreeing} "
            "({percent} %) have a teacher or class in common; {advice}"
        )
        if role in (Role.GPU002, Role.GPU019)
        else _(
            "{name} belongs to another plan and is not used: of the {compared} names in it, this plan knows {agreeing} "
            "({percent} %); {advice}"
        )
    )
    return text.format(
        name=name,
        compared=agreement.compared,
        agreeing=agreement.agreeing,
        percent=agreement.percent,
        advice=advice,
    )


def _field(fields: Fields, column: int) -> str:
    return fields[column].strip() if column < len(fields) else ""


def _lessons(number: int, people: Callable[[Fields], Iterable[str]]) -> Callable[[RawFile, Content], Agreement]:
    """Compares the people of lessons; `number` is the 0-based column of the lesson number."""

    def compare(raw: RawFile, content: Content) -> Agreement:
        planned: defaultdict[int, set[str]] = defaultdict(set)
        for row in content.rows:
            planned[row.lesson].update(grades_of(row), [row.teacher] if row.teacher else [])
        stated: defaultdict[int, set[str]] = defaultdict(set)
        for fields in (row.fields for row in raw.rows):
            lesson = whole(_field(fields, number))
            if lesson:
                stated[lesson].update(people(fields))
        both = [lesson for lesson, names in stated.items() if names and planned.get(lesson)]
        return Agreement(sum(not stated[lesson].isdisjoint(planned[lesson]) for lesson in both), len(both))

    return compare


def _names(stated: Callable[[Fields], Iterable[str]]) -> Callable[[RawFile, Content], Agreement]:
    """Compares names with those that the plan or the master data know."""

    def compare(raw: RawFile, content: Content) -> Agreement:
        known = {*content.master.teachers, *content.master.grades, *content.master.rooms}
        for row in content.rows:
            known.update(grades_of(row), row.rooms, [row.teacher] if row.teacher else [])
        names = {name for row in raw.rows for name in stated(row.fields) if name}
        return Agreement(len(names & known), len(names))

    return compare


_PEOPLE_KINDS = frozenset("LKR")
_COMPARED: Mapping[Role, Callable[[RawFile, Content], Agreement]] = {
    Role.GPU002: _lessons(0, lambda f: (*room_list(_field(f, 4)), *filter(None, [_field(f, 5)]))),
    Role.GPU019: _lessons(3, lambda f: room_list(_field(f, 6))),
    Role.GPU009: _names(lambda f: (_field(f, 1),)),
    Role.GPU016: _names(lambda f: (_field(f, 1),) if _field(f, 0) in _PEOPLE_KINDS else ()),
}
