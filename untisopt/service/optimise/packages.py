"""The packages of a repair with their gains, and why each lecture moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from untisopt.domain import packages as domain
from untisopt.domain.changes import Move, apply, changes
from untisopt.domain.school import School
from untisopt.domain.score import Score, Violation
from untisopt.domain.timetable import Timetable
from untisopt.engines.objective import Objective, objective
from untisopt.engines.session import ShouldStop, SolveOptions
from untisopt.policy import Policy
from untisopt.results.packages import Package, PackagePart, Reason, Stay
from untisopt.rules import CLASH_RULES, judge
from untisopt.solve.packages.split import split

REASONS_SECONDS = 10.0
"""Most time for the search for plans in which single lectures stay."""
REASONS_SHARE = 0.15
"""Share of the time limit of a repair that they may take."""

JUDGING_SECONDS = 10.0
"""Most time for judging what single lectures cost if they stay, on a usual machine."""
JUDGING_SHARE = 0.2
"""Share of the time limit of a repair that it may take."""
JUDGING_RATE = 20_000
"""Lectures that a usual machine judges in a second."""

_CHANGES = ("moved-lectures", "changed-rooms")


def reasons_seconds(options: SolveOptions) -> float:
    """How long to search for plans in which single lectures stay."""
    return min(REASONS_SECONDS, REASONS_SHARE * options.time_limit)


def judging_effort(options: SolveOptions) -> int:
    """How many lectures may be judged to say what single ones cost if they stay.

    Lectures are counted and not seconds, so that the same reasons come out on every machine.
    """
    return int(min(JUDGING_SECONDS, JUDGING_SHARE * options.time_limit) * JUDGING_RATE)


def packages_of(
    school: School,
    policy: Policy,
    before: Score,
    after: Score,
    timetable: Timetable,
    options: SolveOptions,
    *,
    seconds: float,
    should_stop: ShouldStop,
) -> tuple[Package, ...]:
    """Split a repair into packages; say what each brings and why each lecture moves.

    Parameters
    ----------
    before, after : Score
        Of the plan of today and of the repaired one.
    timetable : Timetable
        The repaired plan; it breaks no rule newly.
    seconds : float
        For the search for plans in which single lectures stay; 0: nothing is searched.

    Returns
    -------
    tuple of Package
        The one with the most gain first.
    """
    judged = policy.judged(school)
    chains = split(school, judged, changes(school.as_is, timetable))
    comparison = _Comparison(school, policy, timetable)
    stays = _Stays(comparison, chains, judging_effort(options))
    stays.search(before, after, options, seconds, should_stop)
    found = [_package(comparison, stays, chain) for chain in chains]
    found.sort(key=lambda package: (-package.points, package.moves[0].before.period, package.moves[0].lecture))
    return tuple(_numbered(package, number) for number, package in enumerate(found, 1))


@dataclass(frozen=True)
class _Comparison:
    """Compares plans with the repaired one, and counts how many lectures were judged for it."""

    school: School
    policy: Policy
    timetable: Timetable
    judged: Counter[str] = field(default_factory=Counter)

    @cached_property
    def objective(self) -> Objective:
        """Points of the rules."""
        return objective(self.school, self.policy)

    def scores(self, *timetables: Timetable) -> tuple[Score, ...]:
        """How some plans are judged in the part of the school in which they differ."""
        part = self.school.part_around(*timetables)
        self.judged["lectures"] += len(part.lectures) * len(timetables)
        return tuple(judge(part, timetable.only(part.lectures), self.policy.rules) for timetable in timetables)

    def more(self, one: Timetable, other: Timetable) -> dict[str, int]:
        """By rule: how much more it finds in the other plan; rules without a difference are left out."""
        before, after = self.scores(one, other)
        return _more(before, after)

    def points(self, more: Mapping[str, int]) -> int:
        """Weighted points of a difference."""
        return sum(self.objective.factors.get(rule, 0) * amount for rule, amount in more.items())

    def without(self, moves: Iterable[Move]) -> Timetable:
        """The repaired plan without some of its moves."""
        return self.timetable.replace({move.lecture: move.before for move in moves})


def _more(one: Score, other: Score) -> dict[str, int]:
    differences = {rule: score.amount - one.amount(rule) for rule, score in other.rules.items()}
    return {rule: amount for rule, amount in differences.items() if amount}


@dataclass(frozen=True, slots=True)
class _Plan:
    """A plan in which a block stays, and what it costs beyond the repaired one."""

    timetable: Timetable
    more: Mapping[str, int]
    points: int
    searched: bool = False


class _Stays:
    """What it costs if a block stays where it is: the best plan known for every block that moves.

    At first that is the repaired plan without the part of the block and the parts that need it, or without the block
    alone if nothing objects. In big repairs there is no time to judge that for each of them: those that come last are
    said to cost what leaving out their whole package costs.
    """

    def __init__(self, comparison: _Comparison, chains: Sequence[domain.Package], effort: int) -> None:
        self._comparison = comparison
        self.alone: dict[str, tuple[Score, Score]] = {}
        self.plans: dict[str, _Plan] = {}
        self.left_out: dict[domain.Part, Mapping[str, int]] = {}
        # Small packages first: they are cheap to judge, and a big one need not use up what is left for them.
        for chain in sorted(chains, key=lambda chain: len(chain.moves)):
            whole: _Plan | None = None
            for index, part in enumerate(chain.parts):
                if comparison.judged["lectures"] <= effort:
                    kept = chain.without((index,))
                    gone = [m for i, other in enumerate(chain.parts) if i not in kept for m in other.moves]
                    without = self._plan(comparison.without(gone))
                    self.left_out[part] = _without_changes(without.more)
                    self._add(part, without)
                    continue
                whole = self._plan(comparison.without(chain.moves)) if whole is None else whole
                self.plans.update(dict.fromkeys(_by_block(comparison.school, part.moves), whole))

    def _plan(self, timetable: Timetable) -> _Plan:
        more = self._comparison.more(self._comparison.timetable, timetable)
        return _Plan(timetable, more, self._comparison.points(more))

    def _add(self, part: domain.Part, without: _Plan) -> None:
        for block, moves in _by_block(self._comparison.school, part.moves).items():
            kept = self._comparison.without(moves)
            result, then = self._comparison.scores(self._comparison.timetable, kept)
            self.alone[block] = result, then
            more = _more(result, then)
            points = self._comparison.points(more)
            sound = not then.newly_broken(result)
            self.plans[block] = _Plan(kept, more, points) if sound and points <= without.points else without

    def newly_found(self, block: str) -> list[Violation]:
        """What rules find if a block alone stays and the rest moves; nothing where that was not judged."""
        if block not in self.alone:
            return []
        result, kept = self.alone[block]
        known = set(result.violations)
        return [violation for violation in kept.violations if violation not in known]

    def search(
        self, before: Score, after: Score, options: SolveOptions, seconds: float, should_stop: ShouldStop
    ) -> None:
        """Look for better plans, first for the blocks that cost most."""
        if not seconds or not self.plans:
            return
        # Imported late: only here is the solver needed.
        from untisopt.solve.packages.staying import plans_around

        comparison = self._comparison
        order = sorted(self.plans, key=lambda block: (-self.plans[block].points, block))
        known = {block: self.plans[block].timetable for block in order}
        found = plans_around(comparison.school, comparison.policy, before, known, options, seconds, should_stop)
        for block, timetable in found:
            best = self.plans[block] if timetable is None else self._better(block, timetable, before, after)
            self.plans[block] = replace(best, searched=True)

    def _better(self, block: str, timetable: Timetable, before: Score, after: Score) -> _Plan:
        """The plan that was found for a block if it is sound and better than the one known."""
        comparison = self._comparison
        judged = judge(comparison.school, timetable, comparison.policy.rules)
        more = _more(after, judged)
        points = comparison.points(more)
        sound = points < self.plans[block].points and not judged.newly_broken(before)
        return _Plan(timetable, more, points) if sound else self.plans[block]


def _by_block(school: School, moves: Iterable[Move]) -> dict[str, list[Move]]:
    blocks: dict[str, list[Move]] = {}
    for move in moves:
        blocks.setdefault(school.block_of[move.lecture].id, []).append(move)
    return blocks


def _package(comparison: _Comparison, stays: _Stays, chain: domain.Package) -> Package:
    """A package without its number."""
    school = comparison.school
    moves = chain.moves
    without = comparison.more(comparison.timetable, comparison.without(moves))
    alone = comparison.more(apply(moves, school.as_is), school.as_is)
    reasons = {
        move.lecture: _reason(school, block, own, move, stays)
        for block, own in _by_block(school, moves).items()
        for move in own
    }
    return Package(
        number=0,
        moves=moves,
        parts=tuple(
            PackagePart(name="", moves=part.moves, needs=tuple(sorted(part.needs)), gain=stays.left_out.get(part))
            for part in chain.parts
        ),
        gain=_without_changes(without),
        alone=_without_changes(alone),
        points=comparison.points(without),
        reasons=reasons,
    )


def _without_changes(more: Mapping[str, int]) -> dict[str, int]:
    return {rule: amount for rule, amount in more.items() if rule not in _CHANGES}


def _numbered(package: Package, number: int) -> Package:
    parts = tuple(replace(part, name=f"{number}.{i}") for i, part in enumerate(package.parts, 1))
    return replace(package, number=number, parts=parts)


def _reason(school: School, block: str, own: Sequence[Move], move: Move, stays: _Stays) -> Reason:
    new = stays.newly_found(block)
    plan = stays.plans[block]
    moved = {m.lecture for m in own}
    in_the_way = (
        lecture for v in new if v.rule in CLASH_RULES.values() for lecture in v.facts.lectures if lecture not in moved
    )
    return Reason(
        relieves=tuple(v for v in new if v.rule not in (*CLASH_RULES.values(), *_CHANGES)),
        makes_room_for=tuple(sorted(set(in_the_way), key=list(school.lectures).index)),
        stay=Stay(amounts=plan.more, points=plan.points, searched=plan.searched),
    )
