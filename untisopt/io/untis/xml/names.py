"""Ids of the XML and the short names behind them: ``TR_Arn`` is the teacher ``Arn``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from untisopt.i18n import _
from untisopt.io.spelling import you_mean
from untisopt.io.untis.files.notes import Findings, NoteKind, listed, shown
from untisopt.io.untis.master.names import TRUSTED_PERCENT
from untisopt.io.untis.xml.document import Element


class Prefix(Enum):
    """What an id stands for, by the letters it begins with."""

    TEACHER = "TR_"
    GRADE = "CL_"
    ROOM = "RM_"
    SUBJECT = "SU_"
    GROUP = "SG_"
    STUDENT = "ST_"


SECTIONS = {
    Prefix.TEACHER: "teachers/teacher",
    Prefix.GRADE: "classes/class",
    Prefix.ROOM: "rooms/room",
    Prefix.SUBJECT: "subjects/subject",
    Prefix.GROUP: "studentgroups/studentgroup",
    Prefix.STUDENT: "students/student",
}


@dataclass(frozen=True)
class Ids:
    """The ids of one kind.

    Parameters
    ----------
    prefix : Prefix
    names : dict of str to str
        Short name by id.
    ids : dict of str to str
        Id by short name.
    elements : mapping of str to Element
        By short name.
    """

    prefix: Prefix
    names: dict[str, str]
    ids: dict[str, str]
    elements: Mapping[str, Element]

    def split(self, text: str) -> list[str]:
        """The ids in a list separated by blanks; ids may hold blanks themselves, so the known ones decide.

        Of several ways to read the list, the one with the longest ids from the left counts; what cannot be read is
        cut at the prefix and at other blanks.
        """
        starts = [i for i, (before, char) in enumerate(pairwise(" " + text)) if before == " " != char]
        ends = [i + 1 for i, (char, after) in enumerate(pairwise(text + " ")) if after == " " != char]
        next_start = {end: next(iter(starts[bisect_left(starts, end) :]), len(text)) for end in ends}
        following: dict[int, tuple[str, int] | None] = {len(text): None}
        for start in reversed(starts):
            for end in reversed([end for end in ends if end > start]):
                then = next_start[end]
                if text[start:end] in self.names and then in following:
                    following[start] = (text[start:end], then)
                    break
        if starts and starts[0] not in following:
            return self._cut(text)
        return list(_chain(following, starts[0])) if starts else []

    def _cut(self, text: str) -> list[str]:
        """What stands before the next prefix, again and again; without prefixes what stands between blanks."""
        if not text.strip().startswith(self.prefix.value):
            return text.split()
        return [part.strip() for part in re.split(rf" +(?={re.escape(self.prefix.value)})", text.strip())]

    def learn(self, id_: str) -> str:
        """Take an id that its section lacks as known from now on; gives its short name."""
        name = _short(id_, self.prefix, self.ids)
        self.names[id_], self.ids[name] = name, id_
        return name


def _chain(following: Mapping[int, tuple[str, int] | None], start: int) -> Iterator[str]:
    step = following[start]
    while step is not None:
        id_, start = step
        yield id_
        step = following[start]


def read_ids(root: Element, prefix: Prefix, file: str, findings: Findings) -> Ids:
    """The ids of one kind in their section of the file; the short name is the id without its prefix."""
    names: dict[str, str] = {}
    ids: dict[str, str] = {}
    elements: dict[str, Element] = {}
    for element in root.below(SECTIONS[prefix]):
        id_ = element.attributes.get("id", "").strip()
        if not id_:
            expected = _("an id such as {id}").format(id=prefix.value + "...")
            findings.defect(
                file, element.line, None, expected, _("the element {tag} without an id").format(tag=element.tag)
            )
            continue
        if id_ in names:
            text = _("{file}: {id} is defined twice; line {line} is not used")
            findings.note(NoteKind.ODD, text.format(file=file, id=shown(id_), line=element.line))
            continue
        name = _short(id_, prefix, ids)
        names[id_], ids[name], elements[name] = name, id_, element
    return Ids(prefix, names, ids, elements)


def _short(id_: str, prefix: Prefix, taken: Collection[str]) -> str:
    """The id without its prefix; where two ids differ in the prefix only, the second one has it in its name."""
    name = id_.removeprefix(prefix.value) or id_
    while name in taken:
        name = prefix.value + name
    return name


class References:
    """Looks up what lessons refer to; every id that its section lacks is told once, when all lessons are read."""

    def __init__(self, root: Element, file: str, findings: Findings) -> None:
        self._file = file
        self._findings = findings
        self.kinds: dict[Prefix, Ids] = {
            prefix: read_ids(root, prefix, file, findings) for prefix in Prefix if prefix is not Prefix.STUDENT
        }
        self._split: dict[tuple[Prefix, str], tuple[str, ...]] = {}
        self._used: dict[Prefix, set[str]] = {prefix: set() for prefix in Prefix}
        self._unknown: dict[tuple[Prefix, str], int] = {}

    def of(self, element: Element, tag: str, prefix: Prefix) -> tuple[str, ...]:
        """Short names of what an element refers to, each once."""
        found: dict[str, None] = {}
        for child in element.all(tag):
            found.update(dict.fromkeys(self._names(child, prefix)))
        return tuple(found)

    def _names(self, child: Element, prefix: Prefix) -> Iterable[str]:
        kind, text = self.kinds[prefix], child.attributes.get("id", "")
        if (prefix, text) not in self._split:
            self._split[prefix, text] = (text.strip(),) if text.strip() in kind.names else tuple(kind.split(text))
        for id_ in self._split[prefix, text]:
            self._used[prefix].add(id_)
            if id_ not in kind.names:
                self._unknown[prefix, id_] = child.line
                kind.learn(id_)
            yield kind.names[id_]

    def tell(self) -> None:
        """Report ids that their section lacks; a section that lacks many is an excerpt, and its lack proves nothing."""
        for prefix, used in self._used.items():
            section = SECTIONS[prefix].partition("/")[0]
            unknown = [id_ for kind, id_ in self._unknown if kind is prefix]
            known = [id_ for id_ in self.kinds[prefix].names if id_ not in unknown] if unknown else []
            if unknown and (len(used) - len(unknown)) * 100 < TRUSTED_PERCENT * len(used):
                text = _("{file}: {section} holds only {known} of {count} ids in use; it lacks {names}")
                text = text.format(
                    file=self._file,
                    section=section,
                    known=len(used) - len(unknown),
                    count=len(used),
                    names=listed(unknown),
                )
                self._findings.note(NoteKind.ODD, text)
                continue
            for id_ in unknown:
                expected = _("an id that stands in {section}").format(section=section)
                line = self._unknown[prefix, id_]
                self._findings.defect(self._file, line, None, expected, shown(id_), you_mean(id_, known))
