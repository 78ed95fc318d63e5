"""A linear programme that says little less than the rules do, for bounds on broken rules and site changes.

The model of a repair is made for a solver that thinks in clauses; its relaxation says next to nothing about site
changes. Here every day of every person is a network instead: a path through it is a day, and what the day costs is
the cost of its arcs. A relaxed day is a mixture of whole days, so halves of lectures spread over a day save nothing
that whole ones would not. Gaps of grades are networks likewise: a day without a gap is one run.

Left out, so that the bound may be lower than it could be but never higher than the truth: site changes and travel of
people with lectures that may overlap, and what rules beyond single starts, clashes, travel, gaps and the day's limit
of a lesson say.

References
----------
G. Desaulniers, J. Desrosiers, M. Solomon (eds.), Column Generation, 2005: why path formulations bound well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import gcd

from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.score import Score, Tier
from untisopt.engines.build import build_model
from untisopt.engines.mip.rows import INFINITY, LinearModel, linear_model
from untisopt.engines.objective import Objective
from untisopt.model.cliques import clique_cover
from untisopt.model.literals import Literal
from untisopt.model.timetable_model import Cover, TimetableModel, WeekGroup
from untisopt.policy import Policy
from untisopt.rules import SITE_CHANGE_RULES, TRAVEL_RULES
from untisopt.rules.clashes.clash import GradeClash
from untisopt.rules.days.grade_gaps import GradeGaps, gaps_of

REBUILT = {*TRAVEL_RULES.values(), *SITE_CHANGE_RULES.values(), GradeGaps.id}
"""Rules whose rows are made here and not by the rules."""

Sites = frozenset[str]
Terms = tuple[list[int], int]
"""Variables that sum, with a constant, to something."""


@dataclass(slots=True)
class Price:
    """What a tier costs: points in multiples of `unit`.

    Parameters
    ----------
    unit : int
        Greatest common divisor of the points per finding of all rules of the tier; 0 if there are none.
    amounts : dict of int to int
        Units per variable.
    constant : int
        Units that every plan costs.
    """

    unit: int
    amounts: dict[int, int] = field(default_factory=dict)
    constant: int = 0

    def add(self, literal: Literal, units: int) -> None:
        """Let a literal cost something."""
        if literal is True:
            self.constant += units
        elif not isinstance(literal, bool):
            self.amounts[literal.index] = self.amounts.get(literal.index, 0) + units


class Relaxation:
    """The linear programme of a school.

    Parameters
    ----------
    school : School
    policy : Policy
        Its budget does not matter: see :attr:`kept`.
    objective : Objective
        Points per finding.
    before : Score
        Of the plan of today.

    Attributes
    ----------
    model : TimetableModel
        Whose decisions the first variables are.
    linear : LinearModel
        Without an objective.
    rules, changes : Price
        What the first and the second tier cost.
    kept, capped : int
        Indices of the rows that say how many lectures stay where they are, and what the first tier costs at most.
    lectures : int
        Lectures that may move.
    """

    def __init__(self, school: School, policy: Policy, objective: Objective, before: Score) -> None:
        self._school = school
        self._judged = {rule.id for rule in policy.judged(school)}
        judged = [rule for rule in policy.judged(school) if rule.tier is Tier.RULES]
        self._gap_rule = next((rule for rule in judged if isinstance(rule, GradeGaps)), None)
        self._factors = objective.factors
        kept = policy.with_(max_changes=None, rules=tuple(r for r in policy.rules if r.id not in REBUILT))
        self.model = build_model(school, kept, Objective({}), before)
        self.linear = _decisions_only(self.model)
        tiers: defaultdict[Tier, list[int]] = defaultdict(list)
        self._tier = {rule.id: rule.tier for rule in policy.rules}
        for rule, factor in objective.factors.items():
            tiers[self._tier[rule]].append(factor)
        self.rules = Price(gcd(*tiers[Tier.RULES]))
        self.changes = Price(gcd(*tiers[Tier.SITE_CHANGES]))
        self._limits = _limits(before)
        self._price_starts()
        for kind in TRAVEL_RULES:
            for resource in self.model.resources(kind):
                self._add_days(resource)
        self._add_gaps()
        self.lectures, self.kept = self._count_kept()
        self.capped = self.linear.add(list(self.rules.amounts.items()), -INFINITY, INFINITY)

    def restrict(self, budget: int | None, cap: int | None) -> None:
        """Let so many lectures move at most, and the first tier cost so many units; None: no limit."""
        rows = self.linear.rows
        least = -INFINITY if budget is None else self.lectures - budget
        rows[self.kept] = rows[self.kept]._replace(low=least)
        most = INFINITY if cap is None else cap - self.rules.constant
        rows[self.capped] = rows[self.capped]._replace(high=most)

    def minimise(self, price: Price) -> None:
        """Make a price the objective."""
        self.linear.objective = dict(price.amounts)
        self.linear.offset = price.constant

    # -- prices ------------------------------------------------------------------------------------------------------

    def _price(self, rule: str) -> tuple[Price, int] | None:
        """The price that a rule counts for, and the units of one finding; None if it costs nothing."""
        factor = self._factors.get(rule, 0)
        price = {Tier.RULES: self.rules, Tier.SITE_CHANGES: self.changes}.get(self._tier[rule])
        return None if price is None or not factor else (price, factor // price.unit)

    def _add_price(self, rule: str, variable: int, amount: int) -> None:
        found = self._price(rule)
        if found is not None:
            price, units = found
            price.amounts[variable] = price.amounts.get(variable, 0) + units * amount

    def _price_starts(self) -> None:
        for rule, block, start, amount in self.model.start_prices:
            found = self._price(rule)
            if found is not None:
                price, units = found
                price.add(self.model.decisions.literal(block, start), units * amount)

    def _count_kept(self) -> tuple[int, int]:
        decisions = self.model.decisions
        homes = [(decisions.literal(b, decisions.home(b)), b.length) for b in self._school.blocks]
        terms = [(literal.index, length) for literal, length in homes if not isinstance(literal, bool)]
        return sum(length for _, length in terms), self.linear.add(terms, -INFINITY, INFINITY)

    # -- days of people ----------------------------------------------------------------------------------------------

    def _add_days(self, resource: Resource) -> None:
        if not self.model.is_exclusive(resource):
            return
        for day in self._school.grid.days:
            limit = self._limits.get((resource, day), 0)
            short: list[tuple[int, int]] = []
            for group in self.model.week_groups(resource, by="sites"):
                cells = self._cells(resource, group, day)
                if len({site for at in cells.values() for sites in at for site in sites}) > 1:
                    short += self._add_day(resource, group, day, cells, may_be_short=limit > 0)
            if short and TRAVEL_RULES[resource[0]] in self._judged:
                self.linear.add(short, -INFINITY, limit)

    def _cells(self, resource: Resource, group: WeekGroup, day: int) -> dict[int, dict[Sites, list[Literal]]]:
        """Per period of a day: the literals that put somebody at a site, or at several ones at once."""
        cells: dict[int, dict[Sites, list[Literal]]] = {}
        for number in self._school.grid.numbers(day):
            found: defaultdict[Sites, list[Literal]] = defaultdict(list)
            for cover in self.model.covering(resource, group.week_class, Period(day, number)):
                placement = self._school.as_is[cover.lecture]
                sites = self._school.sites_of(resource, cover.lecture, placement, group.week_class)
                if sites:
                    found[sites].append(cover.literal)
            if found:
                cells[number] = found
        return cells

    def _add_day(
        self,
        resource: Resource,
        group: WeekGroup,
        day: int,
        cells: Mapping[int, Mapping[Sites, Sequence[Literal]]],
        *,
        may_be_short: bool,
    ) -> list[tuple[int, int]]:
        """Add the network of one day; its arcs that are too short, with the number of weeks."""
        judged = TRAVEL_RULES[resource[0]] in self._judged
        network = _Network(self._school, day, {number: tuple(at) for number, at in cells.items()}, judged=judged)
        short: list[tuple[int, int]] = []
        into: dict[_State, list[int]] = {_State(): []}
        for number, at in cells.items():
            onward: defaultdict[_State, list[int]] = defaultdict(list)
            used: defaultdict[Sites, list[int]] = defaultdict(list)
            for state, arriving in into.items():
                leaving = []
                for step in network.steps(state, number):
                    if step.too_short and not may_be_short:
                        continue
                    arc = self.linear.add_continuous()
                    leaving.append(arc)
                    onward[step.state].append(arc)
                    used[step.sites].append(arc)
                    if step.is_change:
                        self._add_price(SITE_CHANGE_RULES[resource[0]], arc, group.multiplicity)
                    if step.too_short:
                        self._add_price(TRAVEL_RULES[resource[0]], arc, group.multiplicity)
                        short.append((arc, group.multiplicity))
                ends = [(arc, 1) for arc in leaving] + [(arc, -1) for arc in arriving]
                flow = 0 if arriving else 1
                self.linear.add(ends, flow, flow)
            for sites, literals in at.items():
                self._equal(([*used[sites]], 0), _terms(literals))
            into = onward
        return short

    def _equal(self, one: Terms, other: Terms) -> None:
        terms = [(variable, 1) for variable in one[0]] + [(variable, -1) for variable in other[0]]
        self.linear.add(terms, other[1] - one[1], other[1] - one[1])

    # -- gaps of grades ----------------------------------------------------------------------------------------------

    def _add_gaps(self) -> None:
        if self._gap_rule is None:
            return
        for resource in self.model.resources(Kind.GRADE):
            if self._gap_rule.is_exempt(self._school, resource[1]):
                continue
            for group in self.model.week_groups(resource, by="sites"):
                for day in self._school.grid.days:
                    periods = [Period(day, number) for number in self._school.grid.numbers(day)]
                    covers = [self.model.covering(resource, group.week_class, period) for period in periods]
                    if any(covers):
                        today = self._school.today.day(resource, group.week_class, day)
                        taught = [self._taught(resource, cover) for cover in covers]
                        waits = [self._school.waits(resource, period) for period in periods]
                        self._add_run(taught, waits, gaps_of(self._school, resource, day, today))

    def _taught(self, resource: Resource, covers: Sequence[Cover]) -> Terms:
        """Whether a grade is taught in a period."""
        apart = self._judges_clashes and not self._school.compatible.get(resource)
        if apart or len(covers) < 2:
            return _terms([cover.literal for cover in covers])
        variables, constant = _terms([cover.literal for cover in covers])
        taught = self.linear.add_continuous()
        self.linear.add([(taught, 1), *((variable, -1) for variable in variables)], -INFINITY, constant)
        for clique in self._cliques(resource, covers):
            variables, constant = _terms(clique)
            self.linear.add([(taught, 1), *((variable, -1) for variable in variables)], constant, INFINITY)
        return [taught], 0

    @property
    def _judges_clashes(self) -> bool:
        return GradeClash.id in self._judged

    def _cliques(self, resource: Resource, covers: Sequence[Cover]) -> Iterator[list[Literal]]:
        """Sets of literals of a period of which no two hold."""
        parties = {cover.lecture: self._school.party(cover.lecture) for cover in covers}
        if not self._judges_clashes:
            yield from ([cover.literal] for cover in covers)
            return
        for clique in clique_cover(sorted(set(parties.values())), self._school.compatible.get(resource, ())):
            yield [cover.literal for cover in covers if parties[cover.lecture] in clique]

    def _add_run(self, taught: Sequence[Terms], waits: Sequence[bool], allowed: int) -> None:
        """Let the taught periods of a day be one run with so many gaps at most.

        What is taught or a gap in a period was so in the period before, unless the run begins here, and stays so,
        unless it ends.
        """
        begins: list[int] = []
        gaps: list[int] = []
        previous: list[tuple[int, int]] = []
        constant_before = 0
        for i, (variables, constant) in enumerate(taught):
            begin, end = self.linear.add_continuous(), self.linear.add_continuous()
            begins.append(begin)
            here = [(variable, 1) for variable in variables]
            if (allowed or not waits[i]) and 0 < i < len(taught) - 1:
                # What is no gap may lie free between lectures as often as it likes.
                free = self.linear.add_continuous()
                here.append((free, 1))
                gaps += [free] if waits[i] else []
            change = constant_before - constant
            self.linear.add([*here, (begin, -1), *previous], change, change)
            previous = [(variable, -1) for variable, _ in here] + [(end, 1)]
            constant_before = constant
        self.linear.add([(begin, 1) for begin in begins], -INFINITY, 1)
        if gaps:
            self.linear.add([(gap, 1) for gap in gaps], -INFINITY, allowed)


@dataclass(frozen=True, slots=True)
class _State:
    """How a day stands after some periods.

    Parameters
    ----------
    possible : frozenset of str or None
        Sites at which somebody may be without a change that has not been counted; None before the first lecture.
    last : frozenset of str or None
        Sites of the last lecture, while some later one can still be too close in time.
    number : int
        Period of that lecture.
    """

    possible: Sites | None = None
    last: Sites | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class _Step:
    """One period of a day: a lecture at some sites, or nothing that has a site."""

    sites: Sites
    state: _State
    is_change: bool = False
    too_short: bool = False


class _Network:
    """The days that are possible, counted as the rules about site changes and travel count them."""

    def __init__(self, school: School, day: int, cells: Mapping[int, Sequence[Sites]], *, judged: bool) -> None:
        self._school = school
        self._day = day
        self._cells = cells
        self._judged = judged

    def steps(self, state: _State, number: int) -> Iterator[_Step]:
        """All ways to go on in a period."""
        yield _Step(frozenset(), self._forgetting(state, number))
        for sites in self._cells[number]:
            common = sites if state.possible is None else state.possible & sites
            after = self._forgetting(_State(common or sites, sites, number), number)
            too_short = state.last is not None and self._too_short(state.number, state.last, number, sites)
            yield _Step(sites, after, is_change=not common, too_short=too_short)

    def _forgetting(self, state: _State, now: int) -> _State:
        """The state without its last lecture, if no later lecture can be too close to it."""
        last = state.last
        if last is not None and any(
            self._too_short(state.number, last, later, sites)
            for later, choices in self._cells.items()
            if later > now
            for sites in choices
        ):
            return state
        return _State(state.possible)

    def _too_short(self, before: int, origin: Sites, after: int, target: Sites) -> bool:
        if not self._judged or origin & target:
            return False
        journeys = product(origin, target)
        return not any(self._school.can_travel(self._day, before, after, s, t) for s, t in journeys)


def _decisions_only(model: TimetableModel) -> LinearModel:
    """The rows that speak of decisions alone; what follows from decisions is said better here, or left out."""
    full = linear_model(model.cp)
    decided = model.decisions.values_of(model.school.as_is)
    fixed = {v for v, (low, high) in enumerate(zip(full.lower, full.upper, strict=True)) if low == high}
    kept = LinearModel(full.lower, full.upper)
    kept.rows = [row for row in full.rows if all(v in decided or v in fixed for v in row.variables)]
    # What is left of the other variables stands in no row and costs nothing.
    for variable in range(len(kept.lower)):
        if variable not in decided and variable not in fixed:
            kept.upper[variable] = kept.lower[variable]
    return kept


def _terms(literals: Sequence[Literal]) -> Terms:
    return [x.index for x in literals if not isinstance(x, bool)], sum(x is True for x in literals)


def _limits(before: Score) -> dict[tuple[Resource, int], int]:
    """How many changes of somebody on a day are too short today."""
    limits: defaultdict[tuple[Resource, int], int] = defaultdict(int)
    for violation in before.violations:
        facts = violation.facts
        if violation.rule in TRAVEL_RULES.values() and facts.kind is not None and facts.day is not None:
            limits[(facts.kind, facts.name), facts.day] += violation.amount
    return dict(limits)
