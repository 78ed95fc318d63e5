"""Which conditions cannot hold together with a demand: a core, as small as can be, found by many small solves.

The conditions of a school are too many for one model, and nearly all of them have nothing to do with the demand. So
the search begins with none: the plan that it finds breaks some, these are added, and so on, until no plan is left or
one breaks nothing. What is left over is shrunk until every member is needed. Every plan on the way says something for
good: of the conditions that it breaks, every core holds at least one. So the smallest set that has one of each cannot
be larger than the smallest core; if it is one, it is the smallest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from untisopt.domain.conditions import Condition
from untisopt.domain.timetable import Timetable
from untisopt.engines.clock import Clock
from untisopt.errors import InternalError
from untisopt.solve.why_not.conditions import Conditions, price
from untisopt.solve.why_not.model import Models
from untisopt.solve.why_not.small_solves import Found, Solved, cheapest_hitting, solve

MOST_ROUNDS = 60
"""Attempts to find a smaller core than one that is minimal already."""


@dataclass(frozen=True, slots=True)
class Core:
    """Conditions that cannot hold together with the demand.

    Parameters
    ----------
    conditions : tuple of Condition
        Sorted. Empty: the demand alone is impossible.
    confirmed : bool
        Whether a second solve with different settings found the same, and for every member a plan without it.
    smallest : bool
        Whether no core has fewer members: proved.
    """

    conditions: tuple[Condition, ...]
    confirmed: bool
    smallest: bool


@dataclass(frozen=True, slots=True)
class Search:
    """What the search for a core ended with: a core, or a plan that breaks no condition, or nothing in time."""

    core: Core | None = None
    plan: Timetable | None = None


class Cores:
    """The search for cores of one demand.

    Parameters
    ----------
    conditions : Conditions
    models : Models
    clock : Clock
    seed : int
        Of all solves.
    """

    def __init__(self, conditions: Conditions, models: Models, clock: Clock, seed: int) -> None:
        self._conditions = conditions
        self._models = models
        self._clock = clock
        self._seed = seed
        self._broken: dict[frozenset[Condition], Timetable] = {}
        self._known: dict[frozenset[Condition], Found] = {}
        self._latest = conditions.school.as_is
        self._building = 0.0

    def find(self, given_up: Collection[Condition] = (), *, most: int | None = None) -> Search:
        """A core, or a plan that breaks no condition but those that are given up.

        Parameters
        ----------
        given_up : collection of Condition
        most : int or None
            Stop when the search has to look at more conditions than that.
        """
        free = frozenset(given_up)
        grown = self._grow(free, most)
        if not isinstance(grown, frozenset):
            return grown
        return Search(self._confirmed(self._smallest(self._shrink(grown), free)))

    def nearest(self) -> tuple[Condition, ...]:
        """What the plan breaks that is easiest to put up with, of those found so far; empty where there is none."""
        policy = self._conditions.policy
        found = min(self._broken, key=lambda b: (sum(price(c, policy) for c in b), sorted(map(_key, b))), default=())
        return tuple(in_order(found))

    # -- solving -----------------------------------------------------------------------------------------------------

    def _solve(self, conditions: frozenset[Condition], *, near: bool) -> Solved:
        """Whether there is a plan under some conditions, and what it breaks."""
        known = self._known.get(conditions)
        if known is Found.NONE or (known is Found.PLAN and not near):
            return Solved(known)
        if self._clock.is_over or (not self._clock.deterministic and self._clock.left < self._building):
            return Solved(Found.UNKNOWN)  # a model that nobody has the time to solve need not be built
        began = self._clock.elapsed
        model = self._models.build(conditions, near=near)
        self._building = max(self._building, self._clock.elapsed - began)
        like = self._latest if near else None
        found = solve(model, self._clock, self._seed, near=near, like=like)
        if near and found.found is Found.UNKNOWN and not self._clock.is_over:
            # A plan like the latest one breaks few conditions; any other one would break half of them.
            found = solve(model, self._clock, self._seed, like=like)
        if found.found is not Found.UNKNOWN:
            self._known[conditions] = found.found
        if found.timetable is None:
            return found
        whole = self._conditions.school.as_is.replace(found.timetable)
        self._latest = whole
        self._note(conditions, whole)
        return Solved(found.found, whole)

    def _note(self, conditions: frozenset[Condition], timetable: Timetable) -> None:
        broken = self._conditions.broken(timetable)
        if broken & conditions:
            names = ", ".join(f"{c.rule} {c.name}" for c in sorted(broken & conditions, key=_key))
            raise InternalError(f"a plan breaks conditions that its model holds: {names}")
        self._broken.setdefault(broken, timetable)

    def _plan(self, free: frozenset[Condition]) -> Timetable | None:
        """A plan found so far that breaks nothing but what is given up."""
        return next((timetable for broken, timetable in self._broken.items() if broken <= free), None)

    def _hitting(self, free: frozenset[Condition]) -> frozenset[Condition]:
        """The smallest set that holds a condition out of every set that a plan broke; hard ones rather than guesses."""
        sets = [broken - free for broken in self._broken]
        policy = self._conditions.policy
        found = cheapest_hitting(sets, lambda c: 10_000 - min(9_000, price(c, policy)) // 10, _key)
        return frozenset() if found is None else found

    # -- growing and shrinking ---------------------------------------------------------------------------------------

    def _grow(self, free: frozenset[Condition], most: int | None) -> frozenset[Condition] | Search:
        """Add what plans break until there is none, or one that breaks nothing."""
        plan = self._plan(free)
        grown = self._hitting(free) if plan is None and self._broken else frozenset[Condition]()
        while plan is None:
            found = self._solve(grown, near=True)
            if found.found is Found.NONE:
                return grown
            if found.timetable is None:
                return Search()
            plan = self._plan(free)
            grown |= self._conditions.broken(found.timetable) - free
            if plan is None and most is not None and len(grown) > most:
                return Search()
        return Search(plan=plan)

    def _shrink(self, core: frozenset[Condition]) -> frozenset[Condition]:
        """Leave out what is not needed, many at once as long as that goes well."""
        policy = self._conditions.policy
        # Guesses go first: a core of what is certain says more.
        order = sorted(core, key=lambda c: (price(c, policy), _key(c)))
        needed: list[Condition] = []
        size = max(1, len(order) // 2)
        while order:
            chunk, rest = order[:size], order[size:]
            found = self._solve(frozenset([*needed, *rest]), near=False)
            if found.found is Found.NONE:
                order = rest
            elif len(chunk) == 1:
                needed += chunk
                order = rest
            else:
                size = max(1, size // 2)
                continue
            size = max(1, min(size, len(order)))
        return frozenset(needed)

    def _smallest(self, core: frozenset[Condition], free: frozenset[Condition]) -> tuple[frozenset[Condition], bool]:
        """A core with as few members as possible, and whether that is proved."""
        for _round in range(MOST_ROUNDS):
            least = self._hitting(free) if self._broken else frozenset[Condition]()
            if len(least) >= len(core):
                return core, True
            found = self._solve(least, near=True)
            if found.found is Found.NONE:
                return least, True
            if found.found is Found.UNKNOWN:
                break
        return core, False

    def _confirmed(self, found: tuple[frozenset[Condition], bool]) -> Core:
        """Solve the core again in another way, and without each of its members."""
        core, smallest = found
        again = solve(self._models.build(core, near=False), self._clock, self._seed, other=True).found is Found.NONE
        needed = all(self._solve(core - {one}, near=False).found is Found.PLAN for one in sorted(core, key=_key))
        return Core(tuple(in_order(core)), again and needed, smallest and needed)


def in_order(conditions: Iterable[Condition]) -> list[Condition]:
    """Conditions in an order that is always the same."""
    return sorted(conditions, key=_key)


def _key(condition: Condition) -> tuple[str, str, str, int]:
    return condition.sort_key
