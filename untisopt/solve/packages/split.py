"""Packages: which changes need which others, so that a planner can choose among them and the plan stays sound.

The smallest change is that of one block. A block that moves to where another one stands needs that one to leave; that
is seen pair by pair. The rules about days (gaps, travel, lessons twice) are asked for every person, room, lesson and
day: each sees only the few changes that touch that day, so all choices among them are tried. A choice that breaks a
rule more often than today is ruled out by letting one of the changes that it makes need one that it leaves out. What a
rule finds on a day depends on nothing but that day, so when no day objects to any choice that holds what it needs, no
such choice breaks a rule newly. Rules that find something about a whole week are asked likewise, week by week.

Changes that need one another, to and fro, are one part; parts that have anything to do with one another are one
package, so every choice of packages is sound.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from untisopt.domain.changes import Move
from untisopt.domain.packages import Package, Part
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Tier, Violation
from untisopt.domain.standing import Standing
from untisopt.domain.timetable import Placement
from untisopt.rules import CLASH_RULES, Phase, Rule, judge

MOST_TRIED = 12
"""Parts on one day of somebody whose choices are tried one by one; where there are more, they become one."""
MOST_TRIED_OF_A_WEEK = 8
"""The same for a week: many parts touch it, and each choice costs more to judge."""

Block = str
Changed = dict[Block, list[Move]]
Subject = Resource | int
"""Whose days are looked at: a person, a room, or a lesson by its number."""
Pairs = Counter[tuple[Block, Block]]
"""How often it would help if the first block needed the second."""


def split(school: School, rules: Sequence[Rule], moves: Sequence[Move]) -> tuple[Package, ...]:
    """Split the moves of a repair into packages and their parts.

    Parameters
    ----------
    school : School
    rules : sequence of Rule
        Those that are on and can be judged; only those of the first tier matter.
    moves : sequence of Move
        All of them together break no rule newly.

    Returns
    -------
    tuple of Package
        Every move is in one part of one package. For any choice of packages, and of parts with what they need, no rule
        of the first tier finds more than today, neither on the whole nor for anybody. Packages are in the order of
        their first places.
    """
    changed: defaultdict[Block, list[Move]] = defaultdict(list)
    for move in moves:
        changed[school.block_of[move.lecture].id].append(move)
    needs = _Needs(changed)
    for block, other in _in_the_way(school, changed):
        needs.add(block, other)
    hard = [rule for rule in rules if rule.tier is Tier.RULES]
    _settle(
        needs, [day for subject, own in _subjects(school, changed).items() for day in _days(school, hard, subject, own)]
    )
    packages = [_package(needs, blocks, changed) for blocks in needs.packages()]
    return tuple(sorted(packages, key=lambda package: (package.moves[0].before.period, package.moves[0].lecture)))


class _Needs:
    """Which changed block needs which others."""

    def __init__(self, blocks: Collection[Block]) -> None:
        self._direct: dict[Block, set[Block]] = {block: set() for block in blocks}
        self._needed_by: dict[Block, set[Block]] = {block: set() for block in blocks}
        self._all: dict[Block, frozenset[Block]] = {block: frozenset((block,)) for block in blocks}
        self._package: dict[Block, list[Block]] = {block: [block] for block in blocks}

    def of(self, block: Block) -> frozenset[Block]:
        """A block and all that it needs, directly or not."""
        return self._all[block]

    def package(self, block: Block) -> list[Block]:
        """The blocks that have to do with a block, itself among them."""
        return self._package[block]

    def packages(self) -> list[list[Block]]:
        """All blocks by the package they are in."""
        return list({id(package): package for package in self._package.values()}.values())

    def add(self, block: Block, needed: Block) -> set[Block]:
        """Let a block need another one.

        Returns
        -------
        set of str
            The blocks that now need more than before.
        """
        if needed in self._all[block]:
            return set()
        self._direct[block].add(needed)
        self._needed_by[needed].add(block)
        into, gone = self._package[block], self._package[needed]
        if into is not gone:
            into += gone
            self._package.update(dict.fromkeys(gone, into))
        more = self._all[needed]
        found, ahead = set(), [block]
        while ahead:
            one = ahead.pop()
            if one not in found and not more <= self._all[one]:
                found.add(one)
                self._all[one] |= more
                ahead += self._needed_by[one]
        return found


@dataclass(eq=False)
class _Day:
    """One day of a person, room or lesson, and what its rules say about choices of changes.

    Parameters
    ----------
    part : School
        All lectures that the subject has today or will have.
    rules : sequence of Rule
    subject : Subject
    day : int or None
        None: what rules say about the week as a whole.
    after : mapping of str to mapping of str to Placement
        By block that touches the day: the places of its lectures after.
    touching : collection of str
        Blocks that touch any day of the subject.
    """

    part: School
    rules: Sequence[Rule]
    subject: Subject
    day: int | None
    after: Mapping[Block, Mapping[str, Placement]]
    touching: Collection[Block]
    _known: dict[frozenset[Block], Counter[str]] = field(default_factory=dict)

    def objects(self, choice: Collection[Block]) -> bool:
        """Whether some rule finds more than today if just these changes are made."""
        today = self._found(frozenset())
        return any(amount > today[rule] for rule, amount in self._found(frozenset(choice)).items())

    def _found(self, choice: frozenset[Block]) -> Counter[str]:
        if choice not in self._known:
            placements = {id_: place for block in choice for id_, place in self.after[block].items()}
            score = judge(self.part, self.part.as_is.replace(placements), self.rules)
            found: Counter[str] = Counter()
            for violation in score.violations:
                if self._concerns(violation):
                    found[violation.rule] += violation.amount
            self._known[choice] = found
        return self._known[choice]

    def _concerns(self, violation: Violation) -> bool:
        facts = violation.facts
        if facts.day != self.day:
            return False
        return facts.kind is None if isinstance(self.subject, int) else (facts.kind, facts.name) == self.subject


def _in_the_way(school: School, changed: Changed) -> Iterator[tuple[Block, Block]]:
    """Blocks with a block that has to leave before they can come."""
    leaving = Standing(school, ((m.lecture, m.before, block) for block, moves in changed.items() for m in moves))
    for block, moves in changed.items():
        for move in moves:
            for meeting in leaving.in_the_way(move.lecture, move.after):
                if meeting.note != block:
                    yield block, meeting.note


def _subjects(school: School, changed: Changed) -> dict[Subject, Changed]:
    """Whom the changes touch, and which blocks do; those whom one block alone touches are left out."""
    found: defaultdict[Subject, Changed] = defaultdict(dict)
    for block, moves in changed.items():
        for move in moves:
            places = (move.before, move.after)
            subjects: list[Subject] = [school.tied_lessons(school.lectures[move.lecture].lesson)[0]]
            subjects += chain.from_iterable(school.resources_of(move.lecture, place) for place in places)
            for subject in subjects:
                found[subject][block] = moves
    return {subject: touching for subject, touching in found.items() if len(touching) > 1}


def _days(school: School, rules: Sequence[Rule], subject: Subject, touching: Changed) -> Iterator[_Day]:
    """The days of a subject that its blocks touch, and its week."""
    of_day: defaultdict[int, set[Block]] = defaultdict(set)
    for block, moves in touching.items():
        for move in moves:
            of_day[move.before.period.day].add(block)
            of_day[move.after.period.day].add(block)
    part, after = _seen_by(school, subject, touching)
    own = _that_matter(
        part, [rule for rule in rules if rule.can_concern(None if isinstance(subject, int) else subject[0])], after
    )
    if not own:
        return
    # Also the days that one block alone touches: what it makes worse there may be made up for on another day.
    for day, blocks in sorted(of_day.items()):
        seen = _of_day(part, own, subject, day, blocks)
        yield _Day(seen, own, subject, day, {block: after[block] for block in sorted(blocks)}, touching)
    by_week = [rule for rule in own if not rule.day_by_day]
    if by_week:
        yield _Day(part, by_week, subject, None, {block: after[block] for block in sorted(touching)}, touching)


def _of_day(part: School, rules: Sequence[Rule], subject: Subject, day: int, blocks: Collection[Block]) -> School:
    """As much of a school as is needed to judge one day of somebody; all of it where a rule looks further."""
    if isinstance(subject, int) or any(rule.phase is Phase.STARTS or not rule.day_by_day for rule in rules):
        return part
    changed = {id_ for block in part.blocks if block.id in blocks for id_ in block.lectures}
    return part.part_of([id_ for id_, place in part.as_is.items() if place.period.day == day or id_ in changed])


def _that_matter(
    part: School, rules: Sequence[Rule], after: Mapping[Block, Mapping[str, Placement]]
) -> tuple[Rule, ...]:
    """The rules that may object to some choice.

    What a rule about single starts finds, it finds of every block by itself, and clashes are found of pairs: those with
    a block that leaves were looked at before. Where such a rule finds nothing before and nothing after all changes, it
    finds nothing in between.
    """
    placements = {id_: place for places in after.values() for id_, place in places.items()}
    by_itself = [rule for rule in rules if rule.phase is Phase.STARTS or rule.id in CLASH_RULES.values()]
    found = {
        rule
        for timetable in (part.as_is, part.as_is.replace(placements))
        for rule, score in judge(part, timetable, by_itself).rules.items()
        if score.amount
    }
    return tuple(rule for rule in rules if rule not in by_itself or rule.id in found)


def _seen_by(school: School, subject: Subject, touching: Changed) -> tuple[School, dict[Block, dict[str, Placement]]]:
    """The school as a subject sees it, and per block the places after."""
    after = {block: {move.lecture: move.after for move in moves} for block, moves in touching.items()}
    if isinstance(subject, int) or subject[0] is Kind.ROOM:
        return school.part_of(_lectures(school, subject, touching)), after
    seen = {
        block: {id_: school.seen_by(subject, id_, place) for id_, place in places.items()}
        for block, places in after.items()
    }
    return school.alone(subject), seen


def _lectures(school: School, subject: Subject, touching: Changed) -> set[str]:
    """All lectures of a lesson and of those that a sequence ties to it, or all that a room has today or may get."""
    moved = {move.lecture for moves in touching.values() for move in moves}
    if isinstance(subject, int):
        lessons = (school.blocks_of_lesson.get(lesson, ()) for lesson in school.tied_lessons(subject))
        return moved.union(*(block.lectures for blocks in lessons for block in blocks))
    return moved.union(school.lectures_in.get(subject[1], ()))


def _settle(needs: _Needs, days: Sequence[_Day]) -> None:
    """Let blocks need others until no day objects to any choice that holds what it needs."""
    days_of: defaultdict[Block, list[_Day]] = defaultdict(list)
    for day in days:
        # What a day asks may be about all blocks that touch its subject, not only those that touch the day.
        for block in sorted(day.touching):
            days_of[block].append(day)
    asked: dict[_Day, Pairs] = {}
    wanted: Pairs = Counter()
    stale = dict.fromkeys(days)
    while True:
        for day in stale:
            wanted.subtract(asked.get(day, {}))
            asked[day] = _asked(needs, day)
            wanted.update(asked[day])
        wanted = +wanted
        if not wanted:
            return
        more = needs.add(*_best(needs, wanted))
        stale = dict.fromkeys(day for block in sorted(more) for day in days_of[block])


def _best(needs: _Needs, wanted: Pairs) -> tuple[Block, Block]:
    """The pair that rules out most; of equal ones the one that keeps packages and what is needed small."""

    def rank(pair: tuple[Block, Block]) -> tuple[bool, int, int, int, tuple[Block, Block]]:
        one, other = (needs.package(block) for block in pair)
        joined = 0 if one is other else len(one) + len(other)
        circle = pair[0] in needs.of(pair[1])
        return circle, -wanted[pair], joined, len(needs.of(pair[1]) - needs.of(pair[0])), pair

    return min(wanted, key=rank)


def _asked(needs: _Needs, day: _Day) -> Pairs:
    """Pairs that would rule out choices that a day objects to, and how many each would."""
    if day.objects(day.after):
        # What the day loses is made up for on another one: all changes of the subject belong together.
        return _all_together(needs, sorted(day.touching))
    parts = _parts(needs, day.after)
    if len(parts) > (MOST_TRIED_OF_A_WEEK if day.day is None else MOST_TRIED):
        return _all_together(needs, [part[0] for part in parts])
    bits = {block: 1 << i for i, part in enumerate(parts) for block in part}
    needed = [sum({bits[other] for other in needs.of(part[0]) if other in bits}) for part in parts]
    pairs: Pairs = Counter()
    for choice in range(1, (1 << len(parts)) - 1):
        made = [i for i in range(len(parts)) if choice >> i & 1]
        if all(needed[i] & ~choice == 0 for i in made) and day.objects([b for i in made for b in parts[i]]):
            left_out = [i for i in range(len(parts)) if not choice >> i & 1]
            pairs.update((parts[a][0], parts[b][0]) for a in made for b in left_out)
    return pairs


def _all_together(needs: _Needs, blocks: Sequence[Block]) -> Pairs:
    """Pairs that make one part of some blocks; none where they are one already."""
    around = zip(blocks, [*blocks[1:], blocks[0]], strict=True)
    return Counter({(one, other): 1 for one, other in around if other not in needs.of(one)})


def _parts(needs: _Needs, blocks: Collection[Block]) -> list[list[Block]]:
    """Blocks by the part they are in: those that need one another to and fro."""
    parts: dict[frozenset[Block], list[Block]] = {}
    for block in sorted(blocks):
        parts.setdefault(needs.of(block), []).append(block)
    return list(parts.values())


def _package(needs: _Needs, blocks: Collection[Block], changed: Changed) -> Package:
    """The parts of a package, those that need nothing first."""
    order = sorted(_parts(needs, blocks), key=lambda part: (len(needs.of(part[0])), part))
    index = {block: i for i, part in enumerate(order) for block in part}
    parts = []
    for i, own in enumerate(order):
        moves = sorted((m for block in own for m in changed[block]), key=lambda m: (m.before.period, m.lecture))
        parts.append(Part(tuple(moves), frozenset(index[other] for other in needs.of(own[0])) - {i}))
    return Package(tuple(parts))
