"""Judge chains by the rules themselves, subject by subject: what a rule finds, it finds about a person, room or lesson.

A chain touches few of them, and many chains treat one of them alike, so what the rules find about each is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Tier, Violation
from untisopt.domain.timetable import Placement
from untisopt.rules import Rule, judge
from untisopt.solve.suggest.board import Board, Chain, Spot

Subject = Resource | int
"""A person, a room, or a lesson by its number."""
Findings = tuple[Violation, ...]


@dataclass(frozen=True)
class Verdict:
    """What the rules find about the subjects that a chain touches, today and afterwards.

    Parameters
    ----------
    before, after : mapping of subject to tuple of Violation
        Findings about each.
    """

    before: Mapping[Subject, Findings]
    after: Mapping[Subject, Findings]

    @cached_property
    def more(self) -> Mapping[str, int]:
        """By rule: how much more it finds; negative: less. Rules without a difference are left out."""
        found: Counter[str] = Counter()
        for findings in self.after.values():
            found.update(amounts(findings))
        for findings in self.before.values():
            found.subtract(amounts(findings))
        return {rule: amount for rule, amount in found.items() if amount}

    def more_about(self, subject: Subject) -> Mapping[str, int]:
        """The same about one subject."""
        found = amounts(self.after.get(subject, ()))
        found.subtract(amounts(self.before.get(subject, ())))
        return {rule: amount for rule, amount in found.items() if amount}

    def new_and_gone(self, subject: Subject) -> tuple[Findings, Findings]:
        """Findings about a subject that are new, and those that are gone."""
        before, after = self.before.get(subject, ()), self.after.get(subject, ())
        known, left = set(before), set(after)
        return tuple(v for v in after if v not in known), tuple(v for v in before if v not in left)

    def newly_broken(self, hard: frozenset[str]) -> dict[str, Findings]:
        """Rules of these that find more than today about somebody, each with the findings that are new."""
        found: dict[str, Findings] = {}
        for subject, findings in self.after.items():
            today = amounts(self.before[subject])
            worse = {r for r, amount in amounts(findings).items() if r in hard and amount > today[r]}
            new = self.new_and_gone(subject)[0]
            for rule in sorted(worse):
                about = tuple(v for v in new if v.rule == rule) or tuple(v for v in findings if v.rule == rule)
                found[rule] = (*found.get(rule, ()), *about)
        return found

    def new(self, rules: frozenset[str]) -> dict[str, Findings]:
        """What these rules find that is new, by rule, even where they find no more than today."""
        found: dict[str, Findings] = {}
        for subject in self.after:
            for violation in self.new_and_gone(subject)[0]:
                if violation.rule in rules:
                    found[violation.rule] = (*found.get(violation.rule, ()), violation)
        return found


def amounts(findings: Findings) -> Counter[str]:
    """Raw amounts by rule."""
    found: Counter[str] = Counter()
    for violation in findings:
        found[violation.rule] += violation.amount
    return found


@dataclass(eq=False)
class Judge:
    """Judges chains on a board.

    Parameters
    ----------
    board : Board
    rules : sequence of Rule
        Those that are on and can be judged.
    """

    board: Board
    rules: Sequence[Rule]
    _parts: dict[Subject, School] = field(default_factory=dict)
    _found: dict[tuple[Subject, tuple[tuple[str, Spot], ...]], Findings] = field(default_factory=dict)

    @cached_property
    def hard(self) -> frozenset[str]:
        """Ids of the rules of the first tier."""
        return frozenset(rule.id for rule in self.rules if rule.tier is Tier.RULES)

    def is_sound(self, chain: Chain) -> bool:
        """Whether a chain breaks no rule newly, neither on the whole nor for anybody."""
        for subject, touching in sorted(self._subjects(chain).items(), key=_cheapest_first):
            now, then = amounts(self._findings(subject, touching)), amounts(self._findings(subject, ()))
            if any(rule in self.hard and amount > then[rule] for rule, amount in now.items()):
                return False
        return True

    def verdict(self, chain: Chain) -> Verdict:
        """What the rules find about all subjects of a chain."""
        subjects = self._subjects(chain)
        return Verdict(
            {subject: self._findings(subject, ()) for subject in subjects},
            {subject: self._findings(subject, touching) for subject, touching in subjects.items()},
        )

    def _subjects(self, chain: Chain) -> dict[Subject, tuple[tuple[str, Spot], ...]]:
        """Whom and what a chain touches, and by which of its blocks."""
        found: dict[Subject, list[tuple[str, Spot]]] = {}
        for block, spot in sorted(chain.items()):
            touched: dict[Subject, None] = {self.board.school.tied_lessons(self.board.blocks[block].lesson)[0]: None}
            for lecture, place in self.board.placements(block, spot).items():
                touched.update(dict.fromkeys(self.board.school.resources_of(lecture, place)))
                touched.update(dict.fromkeys(self.board.school.resources_of(lecture, self.board.school.as_is[lecture])))
            for subject in touched:
                found.setdefault(subject, []).append((block, spot))
        return {subject: tuple(touching) for subject, touching in found.items()}

    def _findings(self, subject: Subject, touching: tuple[tuple[str, Spot], ...]) -> Findings:
        key = (subject, touching)
        if key not in self._found:
            part = self._part(subject)
            places = self._places(subject, touching)
            # A room may get a lecture that it has not today: then the part is one with it.
            if not places.keys() <= part.lectures.keys():
                part = self.board.school.part_of([*part.lectures, *places])
            timetable = part.as_is.replace(places) if places else part.as_is
            score = judge(part, timetable, self._own_rules(subject))
            self._found[key] = tuple(v for v in score.violations if _concerns(v, subject))
        return self._found[key]

    def _part(self, subject: Subject) -> School:
        """The school as a subject sees it."""
        if subject not in self._parts:
            school = self.board.school
            if isinstance(subject, int):
                lessons = (school.blocks_of_lesson.get(lesson, ()) for lesson in school.tied_lessons(subject))
                own = [id_ for blocks in lessons for block in blocks for id_ in block.lectures]
                self._parts[subject] = school.part_of(own)
            elif subject[0] is Kind.ROOM:
                self._parts[subject] = school.part_of(school.lectures_in.get(subject[1], ()))
            else:
                self._parts[subject] = school.alone(subject)
        return self._parts[subject]

    def _places(self, subject: Subject, touching: tuple[tuple[str, Spot], ...]) -> dict[str, Placement]:
        places = {id_: p for block, spot in touching for id_, p in self.board.placements(block, spot).items()}
        if isinstance(subject, int) or subject[0] is Kind.ROOM:
            return places
        return {id_: self.board.school.seen_by(subject, id_, place) for id_, place in places.items()}

    def _own_rules(self, subject: Subject) -> Sequence[Rule]:
        """Rules that can find anything about a subject; many are about one kind of people or rooms and say so."""
        kind = None if isinstance(subject, int) else subject[0]
        return [rule for rule in self.rules if rule.can_concern(kind)]


def _concerns(violation: Violation, subject: Subject) -> bool:
    facts = violation.facts
    return facts.kind is None if isinstance(subject, int) else (facts.kind, facts.name) == subject


def _cheapest_first(item: tuple[Subject, tuple[tuple[str, Spot], ...]]) -> tuple[int, str]:
    """Lessons and teachers have few lectures, grades and rooms many."""
    subject = item[0]
    if isinstance(subject, int):
        return 0, str(subject)
    return {Kind.TEACHER: 1, Kind.GRADE: 2, Kind.ROOM: 3}[subject[0]], subject[1]
