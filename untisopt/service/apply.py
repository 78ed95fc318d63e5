"""Choose among the changes of a result: make some packages, leave out others, refuse single lessons."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from untisopt import __version__
from untisopt.domain.changes import Move, apply, changes
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.engines.objective import objective
from untisopt.engines.session import Repair, ShouldStop, SolveOptions, Status
from untisopt.errors import Defect, InputError, UsageError, advised
from untisopt.i18n import _
from untisopt.io.spelling import you_mean
from untisopt.policy import Pin, PinKind
from untisopt.results.optimise import Origin, RepairDocument
from untisopt.results.packages import Package, PackagePart
from untisopt.rules import judge
from untisopt.service.optimise.invariants import Outcome
from untisopt.service.optimise.run import OptimiseResult, complete, document_of
from untisopt.service.reading.plan import Plan, read
from untisopt.service.reading.result_folder import StoredResult, read_result
from untisopt.wording import enumerated


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


def result_at(path: Path) -> StoredResult:
    """Read a result to choose from; see :func:`~untisopt.service.reading.result_folder.read_result`.

    Raises
    ------
    InputError
        There is nothing at `path`, or no result of untisopt.
    """
    if path.exists():
        return read_result(path)
    advice = _("you mean the folder that untisopt optimise has written")
    expected, found = _("a result of untisopt"), _("no such file or folder")
    raise InputError([Defect(file=str(path), expected=expected, found=found, advice=advice)])


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
    document = document_of(_outcome(result.plan, result.timetable, result, _options(result)), result.packages)
    return replace(document, origin=_origin(result))


def choose(result: StoredResult, choice: Choice) -> OptimiseResult:
    """The result with only the chosen changes, verified as every result is.

    Raises
    ------
    InputError
        The result was made under other rules, and the chosen changes break one of today newly.
    InternalError
        The chosen changes break a rule newly.
    """
    timetable = apply(choice.moves, result.plan.school.as_is)
    return _complete(result, _outcome(result.plan, timetable, result, _options(result)))


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
    from untisopt.solve.packages.staying import plan_near

    found = plan_near(plan.school, plan.policy, before, start, options, should_stop)
    return _complete(result, _outcome(plan, found if _is_sound(plan, before, found) else start, result, options))


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
    proved = not _strange_version(result)
    repair = Repair(
        timetable,
        Status.CHOSEN,
        points.value(after),
        min(known["bound"], points.value(after)) if proved else 0,
        points.value(before),
        {},
        known["least_site_changes"] if proved else {},
    )
    return Outcome(plan, options, repair, before, after)


def _strange_version(result: StoredResult) -> str:
    """The version of untisopt that made a result where the proofs of it do not hold for what is judged now; or empty.

    The same points for the plan of today are no proof that the rules are the same, but other points are one that they
    are not.
    """
    data, plan = result.data, result.plan
    version = str(data.get("versions", {}).get("untisopt", "?"))
    weights = {rule.id: rule.weight for rule in plan.policy.rules}
    before = judge(plan.school, plan.school.as_is, plan.policy.rules)
    same = (
        version == __version__
        and data.get("policy", {}).get("rules") == weights
        and data["objective"]["before"] == objective(plan.school, plan.policy).value(before)
    )
    return "" if same else version


def _origin(result: StoredResult) -> Origin:
    """The repair that is chosen from."""
    after = judge(result.plan.school, result.timetable, result.plan.policy.rules)
    return Origin(after=after, version=_strange_version(result))


def _complete(result: StoredResult, outcome: Outcome) -> OptimiseResult:
    """The choice with what it was chosen from."""
    broken = outcome.after.newly_broken(outcome.before)
    origin = _origin(result)
    if broken and origin.version:
        raise _outdated(result, origin.version, broken)
    return complete(outcome, origin=origin)


def _outdated(result: StoredResult, version: str, broken: Iterable[str]) -> InputError:
    """The rules of today forbid what those of then allowed."""
    titles = {rule.id: rule.title for rule in result.plan.policy.rules}
    expected = _("a result made by untisopt {version} under the rules of today").format(version=__version__)
    found = _("one of untisopt {version} or of other rules, which breaks newly: {rules}")
    found = found.format(version=version, rules=enumerated([titles[rule] for rule in broken]))
    advice = _("optimise the plan anew")
    return InputError([Defect(file=str(result.path), expected=expected, found=found, advice=advice)])
