"""Choose among the changes of a result: make some packages, leave out others, refuse single lessons."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from untisopt.domain.changes import Move, apply, changes
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.errors import UsageError, advised
from untisopt.i18n import _
from untisopt.io.suggest import you_mean
from untisopt.policy import Pin, PinKind
from untisopt.report.documents import Package, PackagePart, RepairDocument
from untisopt.rules import judge
from untisopt.service._invariants import Outcome
from untisopt.service.optimise import OptimiseResult, complete, document_of
from untisopt.service.reading import Plan, read
from untisopt.service.result_folder import StoredResult
from untisopt.solve.objective import objective
from untisopt.solve.session import Repair, ShouldStop, SolveOptions, Status


@dataclass(frozen=True, kw_only=True)
class Choice:
    """Which parts of the packages are made.

    Parameters
    ----------
    made, left_out : tuple of PackagePart
        In the order of their names.
    along : tuple of PackagePart
        Those of them that nobody named: made because others need them, or left out because they need others.
    """

    made: tuple[PackagePart, ...]
    left_out: tuple[PackagePart, ...]
    along: tuple[PackagePart, ...]

    @property
    def moves(self) -> tuple[Move, ...]:
        """The moves that are made."""
        return tuple(move for part in self.made for move in part.moves)


def only(packages: Sequence[Package], names: Iterable[str]) -> Choice:
    """Make some packages or parts, and what they need.

    Parameters
    ----------
    packages : sequence of Package
    names : iterable of str
        Such as `3` (a package) or `3.2` (a part).

    Raises
    ------
    UsageError
        There is no package or part of such a name.
    """
    named = _named(packages, names)
    made = {
        part.name: part
        for package in packages
        for chosen in package.parts
        if chosen.name in named
        for part in (chosen, *(package.parts[index] for index in chosen.needs))
    }
    return _choice(packages, made.keys(), along=made.keys() - named)


def without(packages: Sequence[Package], names: Iterable[str]) -> Choice:
    """Make all but some packages or parts, and those that need them; see :func:`only`."""
    named = _named(packages, names)
    gone = {
        part.name
        for package in packages
        for part in package.parts
        if part.name in named or any(package.parts[index].name in named for index in part.needs)
    }
    made = {part.name for package in packages for part in package.parts} - gone
    return _choice(packages, made, along=gone - named)


def _choice(packages: Sequence[Package], made: Collection[str], *, along: Collection[str]) -> Choice:
    parts = [part for package in packages for part in package.parts]
    return Choice(
        made=tuple(part for part in parts if part.name in made),
        left_out=tuple(part for part in parts if part.name not in made),
        along=tuple(part for part in parts if part.name in along),
    )


def _named(packages: Sequence[Package], names: Iterable[str]) -> set[str]:
    """Names of the parts that are meant."""
    known = {str(package.number): [part.name for part in package.parts] for package in packages}
    known |= {part.name: [part.name] for package in packages for part in package.parts}
    wanted = list(dict.fromkeys(names))
    unknown = [name for name in wanted if name not in known]
    if unknown:
        text = _("there is no package {name}; there are {count}, 1 to {count}").format(
            name=unknown[0], count=len(packages)
        )
        raise UsageError(advised(text, you_mean(unknown[0], known)))
    return {part for name in wanted for part in known[name]}


def document_of_result(result: StoredResult) -> RepairDocument:
    """A result as the reports need it, judged anew."""
    return document_of(_outcome(result.plan, result.timetable, result, _options(result)), result.packages)


def choose(result: StoredResult, choice: Choice) -> OptimiseResult:
    """The result with only the chosen changes, verified as every result is.

    Raises
    ------
    InternalError
        The chosen changes break a rule newly.
    """
    timetable = apply(choice.moves, result.plan.school.as_is)
    return complete(_outcome(result.plan, timetable, result, _options(result)))


def reject(
    result: StoredResult, lessons: Collection[str], options: SolveOptions, should_stop: ShouldStop
) -> OptimiseResult:
    """The result without the changes of some lessons, and with what now is better otherwise.

    Parameters
    ----------
    result : StoredResult
    lessons : collection of str
        Lesson numbers such as `177`, or lectures such as `177@5.5`.
    options : SolveOptions
        How long to search at most.
    should_stop : callable

    Raises
    ------
    UsageError
        A lesson has no changes in the result.
    """
    refused = [_refused(result, name) for name in dict.fromkeys(lessons)]
    named = {move.lecture for moves in refused for move in moves}
    holding = [p.name for package in result.packages for p in package.parts if named & {m.lecture for m in p.moves}]
    start = apply(without(result.packages, holding).moves, result.plan.school.as_is)
    plan = _pinned(result.plan, sorted(named))
    before = judge(plan.school, plan.school.as_is, plan.policy.rules)
    # Imported late: the solver takes a while to load.
    from untisopt.solve.staying import plan_near

    found = plan_near(plan.school, plan.policy, before, start, options, should_stop)
    return complete(_outcome(plan, found if _is_sound(plan, before, found) else start, result, options))


def _is_sound(plan: Plan, before: Score, timetable: Timetable) -> bool:
    """Whether a plan breaks no rule newly and moves no more lectures than allowed."""
    most = plan.policy.max_changes
    moved = sum(move.changes_period for move in changes(plan.school.as_is, timetable))
    broken = judge(plan.school, timetable, plan.policy.rules).newly_broken(before)
    return not broken and (most is None or moved <= most)


def _refused(result: StoredResult, name: str) -> list[Move]:
    """The moves of a lesson or lecture."""
    lectures = result.plan.school.lectures
    moves = [move for package in result.packages for move in package.moves]
    found = [move for move in moves if name in (move.lecture, str(lectures[move.lecture].lesson))]
    if not found:
        known = sorted({str(lectures[move.lecture].lesson) for move in moves}, key=int)
        text = _("lesson {name} has no changes in this result").format(name=name)
        raise UsageError(advised(text, you_mean(name, known) or _("untisopt packages --all lists all changes")))
    return found


def _pinned(plan: Plan, lectures: Iterable[str]) -> Plan:
    """The plan with some lectures pinned, read anew, because pins are a part of the school."""
    pins = (*plan.policy.pins, *(Pin(PinKind.LECTURE, lecture) for lecture in lectures))
    return replace(read(plan.export.path, plan.policy.with_(pins=pins)), notes=plan.notes)


def _options(result: StoredResult) -> SolveOptions:
    """How the result was searched for: the report of the choice says the same."""
    known = result.data["options"]
    return SolveOptions(
        time_limit=known["time_limit"],
        workers=known["workers"],
        seed=known["seed"],
        deterministic=known["deterministic"],
    )


def _outcome(plan: Plan, timetable: Timetable, result: StoredResult, options: SolveOptions) -> Outcome:
    before, after = (judge(plan.school, t, plan.policy.rules) for t in (plan.school.as_is, timetable))
    points = objective(plan.school, plan.policy)
    known = result.data["objective"]
    repair = Repair(
        timetable,
        Status.CHOSEN,
        points.value(after),
        min(known["bound"], points.value(after)),
        points.value(before),
        {},
        known["least_site_changes"],
    )
    return Outcome(plan, options, repair, before, after)
