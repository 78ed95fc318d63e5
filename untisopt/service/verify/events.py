"""An independent check of a repair after events; knows neither the model nor the solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from untisopt.domain.calendar import Period
from untisopt.domain.changes import changes
from untisopt.domain.events import Event, combined, twins_of
from untisopt.domain.school import School
from untisopt.domain.score import Score, Tier
from untisopt.domain.timetable import Placement, Timetable
from untisopt.errors import UsageError
from untisopt.i18n import _
from untisopt.io.output.left_over import REPAIR_JSON, RepairList, read_repair_list
from untisopt.io.untis.rows.match import match
from untisopt.results.events import ToldEvent
from untisopt.results.verify import BrokenRule, RepairVerifyDocument
from untisopt.rules import judge
from untisopt.service.check import not_judged
from untisopt.service.diff import compared, read_pair
from untisopt.service.events.rows import EventRows, Middle
from untisopt.service.reading.plan import PathLike, Plan, PolicyLike, folder_of
from untisopt.service.verify.plans import VerifyResult
from untisopt.wording import lecture_name, place

Signature = tuple[object, ...]


@dataclass(frozen=True, kw_only=True)
class RepairVerifyResult(VerifyResult, RepairVerifyDocument):
    """What :func:`verify_repair` found; the parameters are those of a RepairVerifyDocument.

    Parameters
    ----------
    plans : tuple of Plan
        The exports before and after.
    """

    plans: tuple[Plan, Plan] = field(repr=False)


def verify_repair(
    before: Plan | PathLike, after: Plan | PathLike, events: Sequence[ToldEvent], policy: PolicyLike = None
) -> RepairVerifyResult:
    """Check that `after` is what `before` becomes by the events: nothing else is lost, added, altered or newly broken.

    Parameters
    ----------
    before, after : Plan, str or Path
    events : sequence of ToldEvent
    policy : Policy, str, Path or None
        As for :func:`~untisopt.verify`.

    Returns
    -------
    RepairVerifyResult
        Lectures without a place count as lost, unless an event wants fewer periods or the repair.json beside `after`
        lists them; the same goes for rules that are broken more often. What an event forbids and is so all the same is
        among the altered.

    Raises
    ------
    InputError
        An export or the policy cannot be read, or a repair.json that lies beside `after`.
    UsageError
        The export is an XML, and an event changes its lessons.
    """
    one, other = read_pair(before, after, policy)
    event = combined(one.school, [told.happening for told in events])
    listed = _list_beside(other)
    found = _Comparison(one, other, event)
    score_before = judge(one.school, one.school.as_is, one.policy.rules)
    score_after = found.judged()
    unplaced, lost = found.missing(listed)
    allowed = _with_duties(event.school, one, score_before)
    broken = tuple(_broken(one, event.school, allowed, score_after))
    return RepairVerifyResult(
        before=one.source,
        after=compared(other, found.matched),
        school=event.school,
        moves=changes(event.school.as_is.only(found.held), found.timetable.only(found.held)),
        lost=lost,
        added=tuple(found.added()),
        altered=(*found.altered(), *_unmet(event, found.timetable, found.held)),
        broken=tuple(rule for rule in broken if rule.after > listed.most.get(rule.rule, 0)),
        unplaced=unplaced,
        remaining=tuple(rule for rule in broken if rule.after <= listed.most.get(rule.rule, 0)),
        score_before=score_before,
        score_after=score_after,
        policy=one.policy,
        not_judged=not_judged(event.school, one.policy),
        plans=(one, other),
    )


def _list_beside(plan: Plan) -> RepairList:
    """What the repair that wrote a plan says is left over; nothing where it says nothing."""
    path = folder_of(Path(plan.source.path)) / REPAIR_JSON
    return read_repair_list(path) if path.is_file() else RepairList()


def _middle(one: Plan, event: Event, kept: Sequence[str]) -> Middle:
    """The plan before with what has happened to its rows; as it is where nothing has."""
    if one.export.kind != "xml":
        return EventRows(one.export, one.policy, event.school).middle(kept)
    ours = one.school.lectures
    if any(ours[id_] != event.school.lectures.get(id_) for id_ in ours):
        raise UsageError(
            _(
                "after an event that removes lessons or changes their teachers, an XML cannot be compared; write the "
                "plan before as lesson.txt or GPU001.TXT and repair that"
            )
        )
    return Middle(one.export, {id_: id_ for id_ in ours})


class _Comparison:
    """The plan after in the lectures of the school after the events."""

    def __init__(self, one: Plan, other: Plan, event: Event) -> None:
        self._event, self._other, self._policy = event, other, one.policy
        school = event.school
        kept = [id_ for id_ in one.school.lectures if id_ in school.lectures]
        self._middle = _middle(one, event, kept)
        self.matched = match(self._middle.export, other.export)
        lost = {self._middle.lectures[id_] for id_ in self.matched.mismatch.lost if id_ in self._middle.lectures}
        places: dict[str, Placement] = {}
        for id_, found in self.matched.timetable.items():
            known = self._middle.lectures.get(id_)
            if known is not None and known not in lost:
                places[known] = _as_expected(school.as_is[known], found)
        self._lost = lost
        self._new = self._placed()
        self.held = [*places, *(id_ for id_, _there in self._new)]
        self.timetable = school.as_is.replace({**places, **dict(self._new)})

    def _placed(self) -> list[tuple[str, Placement]]:
        """Added lectures of the event with the places that lectures of their kind have in the plan after."""
        free: dict[Signature, list[str]] = {}
        for id_ in self.matched.mismatch.added:
            free.setdefault(_signature(self._other.school, id_), []).append(id_)
        found = []
        school = self._event.school
        # The longest first, so that no single period is found in a double.
        for block in sorted(school.unplaced, key=lambda b: -b.length):
            there = free.get(_signature(school, block.lectures[0]), [])
            run = _run(self._other.school, there, block.length)
            for id_, taken in zip(block.lectures, run, strict=False):
                there.remove(taken)
                found.append((id_, _as_expected(school.as_is[id_], self._other.school.as_is[taken])))
        self._left = [id_ for several in free.values() for id_ in several]
        return found

    def judged(self) -> Score:
        """What the plan after breaks, without the lectures that have no place in it."""
        held = set(self.held)
        score = judge(self._event.school, self.timetable, self._policy.rules)
        return score.only(v for v in score.violations if held.issuperset(v.facts.lectures))

    def missing(self, listed: RepairList) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Lectures, in words, that should have a place and have none: those that the repair lists, and all others."""
        school = self._event.school
        missing = [id_ for id_ in school.lectures if id_ in self._lost or id_ not in self.held]
        unplaced = _listed(school, missing, listed.unplaced)
        missing = [id_ for id_ in missing if id_ not in unplaced]
        for cut in self._event.required.cuts:
            most = len(cut.lectures) if cut.fewer is None else cut.fewer
            wanted = [id_ for id_ in missing if id_ in cut.lectures][:most]
            missing = [id_ for id_ in missing if id_ not in wanted]
        return tuple(_told(school, id_) for id_ in unplaced), tuple(_told(school, id_) for id_ in missing)

    def added(self) -> Iterator[str]:
        """Lectures of the plan after that no event adds."""
        return (_told(self._other.school, id_) for id_ in self._left)

    def altered(self) -> Iterator[str]:
        """Lectures that differ in more than their place."""
        for pair in self.matched.mismatch.altered:
            yield _("{lecture} differs in: {fields}").format(
                lecture=_told(self._other.school, pair.after), fields=", ".join(pair.fields)
            )


def _listed(school: School, missing: Sequence[str], listed: Collection[str]) -> list[str]:
    """Those of the missing lectures that are listed, or that are like a listed one that is not missing."""
    found = [id_ for id_ in missing if id_ in listed]
    left = set(listed).difference(missing)
    for id_ in missing:
        twin = next((one for one in twins_of(school, id_) if one in left), None)
        if id_ not in listed and twin is not None:
            left.remove(twin)
            found.append(id_)
    return [id_ for id_ in missing if id_ in found]


def _as_expected(expected: Placement, found: Placement) -> Placement:
    """The place found, with its rooms if there are as many as expected."""
    same = [len(rooms) for rooms in expected.rooms] == [len(rooms) for rooms in found.rooms]
    return found if same else expected.at(found.period)


def _signature(school: School, lecture: str) -> Signature:
    found = school.lectures[lecture]
    return found.lesson, tuple(sorted((c.subject, c.teacher or "", c.grades) for c in found.courses))


def _run(school: School, lectures: Sequence[str], length: int) -> list[str]:
    """So many lectures that stand one behind the other on a day; else the first ones."""
    by_place = {school.as_is[id_].period: id_ for id_ in lectures}
    for start in sorted(by_place):
        run = [by_place.get(Period(start.day, start.number + i)) for i in range(length)]
        if None not in run:
            return [id_ for id_ in run if id_ is not None]
    return list(lectures[:length])


def _unmet(event: Event, timetable: Timetable, held: Sequence[str]) -> Iterator[str]:
    """What an event forbids and is so all the same."""
    school, required = event.school, event.required
    text = _("{lecture} stands at {place}, where an event does not want it")
    excused = _kept_by_twins(event, timetable, held)
    for id_ in held:
        found = timetable[id_]
        wrong = found.period in required.dropped or (
            id_ not in excused and found.period in required.forbidden.get(id_, ())
        )
        wrong = wrong or any(found.period in required.vacated.get(r, ()) for r in school.resources_of(id_, found))
        wrong = wrong or any(
            room in required.unfit.get((id_, i), ()) for i, several in enumerate(found.rooms) for room in several
        )
        if wrong and school.lectures[id_].lesson:
            yield text.format(lecture=lecture_name(school, id_), place=place(found.period))
    for one, other in required.together:
        if not _are_together(school, timetable, set(held), one, other):
            yield _("lessons {one} and {other} are not held at the same time").format(one=one, other=other)


def _kept_by_twins(event: Event, timetable: Timetable, held: Sequence[str]) -> set[str]:
    """Lectures whose lesson keeps what events forbid, if only lectures that are alike take one another's places.

    Which of them is which was guessed when the plans were compared.
    """
    school, forbidden = event.school, event.required.forbidden
    found: set[str] = set()
    there = set(held)
    for id_ in held:
        if id_ in found or timetable[id_].period not in forbidden.get(id_, ()):
            continue
        alike = [one for one in (id_, *twins_of(school, id_)) if one in there]
        if _can_be_shared(alike, [timetable[one].period for one in alike], forbidden):
            found |= set(alike)
    return found


def _can_be_shared(
    lectures: Sequence[str], periods: Sequence[Period], forbidden: Mapping[str, frozenset[Period]]
) -> bool:
    """Whether every lecture can have one of the periods that is not forbidden for it: augmenting paths."""
    taken: dict[int, str] = {}

    def give(lecture: str, seen: set[int]) -> bool:
        for i, period in enumerate(periods):
            if i in seen or period in forbidden.get(lecture, ()):
                continue
            seen.add(i)
            if i not in taken or give(taken[i], seen):
                taken[i] = lecture
                return True
        return False

    return all(give(lecture, set()) for lecture in lectures)


def _are_together(school: School, timetable: Timetable, held: set[str], one: int, other: int) -> bool:
    """Whether two lessons are held at the same time, but for what of them is without a place."""
    places: list[Counter[Period]] = []
    missing: list[int] = []
    for lesson in (one, other):
        lectures = [id_ for block in school.blocks_of_lesson.get(lesson, ()) for id_ in block.lectures]
        places.append(Counter(timetable[id_].period for id_ in lectures if id_ in held))
        missing.append(sum(id_ not in held for id_ in lectures))
    alone = ((places[0] - places[1]).total(), (places[1] - places[0]).total())
    return alone[0] <= missing[1] and alone[1] <= missing[0]


def _with_duties(school: School, plan: Plan, before: Score) -> Mapping[str, int]:
    """How often each rule may be broken: as before, and as lessons of number 0 do by the event."""
    allowed = Counter({rule: score.amount for rule, score in before.rules.items()})
    known = set(before.violations)
    for violation in judge(school, school.as_is, plan.policy.rules).violations:
        lectures = violation.facts.lectures
        if lectures and violation not in known and not any(school.lectures[id_].lesson for id_ in lectures):
            allowed[violation.rule] += violation.amount
    return allowed


def _broken(plan: Plan, school: School, allowed: Mapping[str, int], after: Score) -> Iterator[BrokenRule]:
    known = set(judge(plan.school, plan.school.as_is, plan.policy.rules).violations)
    for rule in plan.policy.rules:
        amount = after.amount(rule.id)
        if rule.tier is Tier.RULES and amount > allowed.get(rule.id, 0):
            new = [rule.explain(v, school) for v in after.of(rule.id) if v not in known]
            yield BrokenRule(rule=rule.id, before=allowed.get(rule.id, 0), after=amount, new=tuple(dict.fromkeys(new)))


def _told(school: School, lecture: str) -> str:
    teachers = ", ".join(school.lectures[lecture].teachers)
    at = school.as_is[lecture].period
    where = place(at) if at.day >= 1 else _("new")
    return f"{where} {lecture_name(school, lecture)} {teachers}".rstrip()
