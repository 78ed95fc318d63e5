"""How much room a plan leaves: forced lectures, bottlenecks, absences it would survive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from untisopt.domain.slack import Absence, Freedom, Slack
from untisopt.engines.session import ShouldStop, SolveOptions, never
from untisopt.results.slack import SlackDocument
from untisopt.service.reading.plan import PathLike, Plan, PolicyLike, as_plan
from untisopt.solve import slack as search

DEFAULT_ABSENCES = 10
DEFAULT_CHANGES = 5
DEFAULT_SEED = 1

OnSlackProgress = Callable[[str, int, int], None]
"""Called with `lectures` or `absences`, how many are done, and how many there are."""


@dataclass(frozen=True, kw_only=True)
class SlackResult(SlackDocument):
    """What :func:`slack` found; the parameters are those of a SlackDocument.

    Parameters
    ----------
    plan : Plan
        What was read.
    """

    plan: Plan = field(repr=False)


def slack(
    plan: Plan | PathLike,
    policy: PolicyLike = None,
    *,
    absences: int = DEFAULT_ABSENCES,
    changes: int = DEFAULT_CHANGES,
    seed: int = DEFAULT_SEED,
    options: SolveOptions | None = None,
    on_progress: OnSlackProgress | None = None,
    should_stop: ShouldStop | None = None,
) -> SlackResult:
    """Find out how much room a plan leaves.

    Parameters
    ----------
    plan : Plan, str or Path
        A plan from :func:`~untisopt.read`, or the path to read.
    policy : Policy, str, Path or None
        As for :func:`~untisopt.read`; only used if `plan` is a path.
    absences : int
        How many absences of a teacher for a day are drawn and tried; 0: none.
    changes : int
        Most lectures that may move after an absence.
    seed : int
        The same seed draws the same absences.
    options : SolveOptions or None
        How to search for a plan after an absence; the time limit is that of each of them. None: four seconds.
    on_progress : callable, optional
        Called in this thread.
    should_stop : callable, optional
        Asked often; once it says yes, what is known is returned.

    Returns
    -------
    SlackResult

    Raises
    ------
    InputError
        The export or the policy cannot be read.
    """
    read = as_plan(plan, policy)
    asked = _Asked(read, on_progress or _nobody, should_stop or never)
    solving = SolveOptions(time_limit=search.SECONDS_PER_ABSENCE) if options is None else options
    moves = search.Moves(read.school, read.policy)
    lectures = asked.lectures(moves)
    pairs = search.drawn(read.school, absences, seed)
    tried = asked.absences(pairs, changes, solving)
    found = Slack(
        lectures=lectures,
        fixed=len(read.school.blocks) - len(moves.movable),
        loads=search.loads(read.school, read.policy),
        rooms=search.full_rooms(read.school),
        absences=tried,
        changes=changes,
        complete=len(lectures) == len(moves.movable) and len(tried) == len(pairs),
    )
    return SlackResult(source=read.source, school=read.school, policy=read.policy, found=found, seed=seed, plan=read)


@dataclass(frozen=True)
class _Asked:
    """Goes through lectures and absences, says how far it is, and stops when it is told to."""

    plan: Plan
    on_progress: OnSlackProgress
    should_stop: ShouldStop

    def lectures(self, moves: search.Moves) -> tuple[Freedom, ...]:
        found: list[Freedom] = []
        for block in moves.movable:
            if self.should_stop():
                break
            found.append(moves.freedom(block))
            self.on_progress("lectures", len(found), len(moves.movable))
        return tuple(found)

    def absences(self, pairs: tuple[tuple[str, int], ...], changes: int, options: SolveOptions) -> tuple[Absence, ...]:
        found: list[Absence] = []
        for teacher, day in pairs:
            if self.should_stop():
                break
            school, policy = self.plan.school, self.plan.policy
            found.append(
                search.absence(
                    school, policy, teacher, day, changes=changes, options=options, should_stop=self.should_stop
                )
            )
            self.on_progress("absences", len(found), len(pairs))
        return tuple(found)


def _nobody(_what: str, _done: int, _of: int) -> None:
    """Nobody wants to know how far it is."""
