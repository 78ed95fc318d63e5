"""Write the common problem as the plain instance, and read plans of the school back into its terms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from benchmarks.peers.instance import BRANCH, MAIN, NOWHERE, Instance, Slot, Unit
from benchmarks.peers.judge import judge
from benchmarks.peers.problem import START_RULES, Problem
from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.resources import Kind
from untisopt.domain.school import Resource, School
from untisopt.domain.timetable import Timetable
from untisopt.engines.build import build_model
from untisopt.engines.objective import Objective
from untisopt.model.cliques import clique_cover
from untisopt.rules.sites.site_changes import TeacherSiteChanges
from untisopt.rules.sites.travel import TeacherTravel


def instance_of(problem: Problem, name: str) -> Instance:
    """Write a problem as the plain instance.

    Raises
    ------
    ValueError
        The plan of today has another score there than by the rules of untisopt.
    """
    instance = _Writer(problem).instance(name)
    plain, own = judge(instance, instance.homes), problem.objective.value(problem.before)
    if not plain.is_sound or plain.score != own:
        raise ValueError(f"{name}: the plan of today scores {own}, but {plain} in the plain instance")
    return instance


def plan_of(problem: Problem, instance: Instance, timetable: Timetable) -> list[Slot]:
    """A timetable of the school as a start for every unit of its instance; what stays is where it is today."""
    slots = _slots(problem.school)
    starts = {block.id: slots[timetable[block.lectures[0]].period] for block in problem.school.blocks}
    return [unit.home if unit.block in problem.stays else starts[unit.block] for unit in instance.units]


def _slots(school: School) -> dict[Period, Slot]:
    """Day and period from 0."""
    days = {day: i for i, day in enumerate(school.grid.days)}
    numbers = {number: i for i, number in enumerate(school.grid.numbers(school.grid.days[0]))}
    return {period: (days[period.day], numbers[period.number]) for period in school.grid.periods}


class _Writer:
    """Turns the blocks of a problem into units."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.school = problem.school
        self.slots = _slots(self.school)
        self.starts = self._allowed_starts()
        # Two cover the case: untisopt's sites in the order of the school, the first as main building.
        main, branch = list(self.school.sites)
        self.site_codes = {main: MAIN, branch: BRANCH}
        self.names = dict(self._names())
        self.next_lesson = 1 + max(self.school.blocks_of_lesson, default=0)

    def instance(self, name: str) -> Instance:
        """The whole instance."""
        school, problem = self.school, self.problem
        day = school.grid.days[0]
        slots = [school.grid.slots[Period(day, number)] for number in school.grid.numbers(day)]
        fixed = Counter(v.rule for v in problem.before.violations if v.facts.name in problem.scattered)
        return Instance(
            name=name,
            days=len(school.grid.days),
            periods=len(slots),
            times=tuple((slot.start or 0, slot.end or 0) for slot in slots),
            travel=next(iter(school.travel.minutes.values())),
            units=tuple(unit for block in school.blocks for unit in self._units(block)),
            fixed_changes=fixed[TeacherSiteChanges.id],
            fixed_too_short=fixed[TeacherTravel.id],
            pinned=dict(sorted(problem.pinned.items())),
            rows=problem.rows,
        )

    def _allowed_starts(self) -> Mapping[str, tuple[Slot, ...]]:
        """Per block id: the starts that the rules about single starts leave, none on a day of a sibling that stays."""
        school, problem = self.school, self.problem
        rules = tuple(rule for rule in problem.policy.rules if rule.id in START_RULES)
        free_of_charge = Objective(dict.fromkeys((rule.id for rule in rules), 0))
        model = build_model(school, problem.policy.with_(rules=rules), free_of_charge, problem.before)
        taken: defaultdict[int, set[int]] = defaultdict(set)
        for block in school.blocks:
            if block.id in problem.stays and block.lesson:
                taken[block.lesson].add(school.as_is[block.lectures[0]].period.day)
        return {
            block.id: tuple(self.slots[s] for s in model.decisions.starts(block) if s.day not in taken[block.lesson])
            for block in school.blocks
        }

    def _names(self) -> Iterator[tuple[Resource, dict[str, tuple[str, ...]]]]:
        """Per resource and party: the names of the cliques it is in; lessons that may run in parallel share none."""
        parties: defaultdict[Resource, set[str]] = defaultdict(set)
        for block in self.school.blocks:
            for resource in self._resources(block):
                parties[resource].update(map(self.school.party, block.lectures))
        for resource, found in parties.items():
            cliques = clique_cover(sorted(found), self.school.compatible.get(resource, frozenset()))
            label = f"{resource[0].value} {resource[1]}"
            labels = [label] if len(cliques) == 1 else [f"{label} {i}" for i in range(1, len(cliques) + 1)]
            yield (
                resource,
                {p: tuple(n for n, clique in zip(labels, cliques, strict=True) if p in clique) for p in found},
            )

    def _resources(self, block: Block) -> set[Resource]:
        """Teachers, grades and rooms of a block."""
        school = self.school
        return {
            resource
            for id_ in block.lectures
            for resource in (
                *school.people[id_],
                *((Kind.ROOM, room) for room in school.rooms_used(id_, school.as_is[id_])),
            )
        }

    # -- units -------------------------------------------------------------------------------------------------------

    def _units(self, block: Block) -> Iterator[Unit]:
        if block.id in self.problem.stays:
            yield from self._pieces(block)
            return
        people = self._people_by_site(block)
        site = next(iter(people), NOWHERE)
        classes, rooms = self._cliques(block)
        yield Unit(
            block=block.id,
            lesson=block.lesson,
            subject=self._subject(block),
            teachers=tuple(people.get(site, ())),
            classes=classes,
            rooms=rooms,
            length=block.length,
            site=site,
            home=self._home(block),
            starts=self.starts[block.id],
        )

    def _pieces(self, block: Block) -> Iterator[Unit]:
        """A block that stays, as one unit per period and site; lesson numbers of their own, for they are on one day."""
        people = self._people_by_site(block) or {NOWHERE: []}
        day, first = self._home(block)
        for period in range(first, first + block.length):
            classes, rooms = self._cliques(block)
            for site, teachers in people.items():
                yield Unit(
                    block=block.id,
                    lesson=self.next_lesson,
                    subject=self._subject(block),
                    teachers=tuple(teachers),
                    classes=classes,
                    rooms=rooms,
                    length=1,
                    site=site,
                    home=(day, period),
                    starts=((day, period),),
                )
                self.next_lesson += 1
                classes, rooms = (), ()

    def _home(self, block: Block) -> Slot:
        return self.slots[self.school.as_is[block.lectures[0]].period]

    def _subject(self, block: Block) -> str:
        return "/".join(self.school.lectures[block.lectures[0]].subjects)

    def _people_by_site(self, block: Block) -> dict[str, list[str]]:
        """Teachers by the site at which they are; scattered ones and those at none are left out."""
        school, lecture = self.school, block.lectures[0]
        found: dict[str, list[str]] = {}
        for teacher in school.lectures[lecture].teachers:
            sites = school.sites_of((Kind.TEACHER, teacher), lecture, school.as_is[lecture], 0)
            if sites and self._is_followed(teacher):
                found.setdefault(self.site_codes[min(sites)], []).append(teacher)
        return found

    def _is_followed(self, teacher: str) -> bool:
        """Whether the instance says where a teacher is: needless for one site, impossible for scattered ones."""
        return teacher not in self.problem.scattered and not self.school.compatible.get((Kind.TEACHER, teacher))

    def _cliques(self, block: Block) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What a block needs alone: cliques of grades, and of teachers who are not followed here; rooms."""
        party = self.school.party(block.lectures[0])
        followed = {teacher for teachers in self._people_by_site(block).values() for teacher in teachers}
        classes: list[str] = []
        rooms: list[str] = []
        for kind, name in sorted(self._resources(block)):
            if kind is Kind.TEACHER and (name in self.problem.scattered or self._is_covered(name, followed)):
                continue
            (rooms if kind is Kind.ROOM else classes).extend(self.names[kind, name][party])
        return tuple(classes), tuple(rooms)

    def _is_covered(self, teacher: str, followed: set[str]) -> bool:
        """Whether the name in `teachers` is enough to keep a teacher's units apart: it is on all of them."""
        return teacher in followed and self._always_somewhere(teacher)

    def _always_somewhere(self, teacher: str) -> bool:
        school, resource = self.school, (Kind.TEACHER, teacher)
        return all(school.sites_of(resource, id_, school.as_is[id_], 0) for id_ in school.lectures_of[resource])
