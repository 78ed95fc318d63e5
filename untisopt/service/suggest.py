"""The best ways to move one lecture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.school import School
from untisopt.errors import Defect, InputError
from untisopt.i18n import _
from untisopt.io.events.lectures import Place, find_lectures, read_place
from untisopt.policy import RoomChanges
from untisopt.results.suggest import SuggestDocument
from untisopt.service.reading.plan import PathLike, Plan, PolicyLike, as_plan
from untisopt.solve.suggest import ways as search
from untisopt.wording import enumerated, place

_LECTURE, _TO = "--lecture", "--to"


@dataclass(frozen=True, kw_only=True)
class SuggestResult(SuggestDocument):
    """What :func:`suggest` found; the parameters are those of a SuggestDocument.

    Parameters
    ----------
    plan : Plan
        What was read.
    """

    plan: Plan = field(repr=False)


def suggest(
    plan: Plan | PathLike,
    lecture: str,
    policy: PolicyLike = None,
    *,
    to: str | None = None,
    rooms: bool = False,
    most: int = search.DEFAULT_MOST,
    time_limit: float = search.DEFAULT_SECONDS,
) -> SuggestResult:
    """Find the best ways to move a lecture, alone or in a chain of up to four blocks.

    Parameters
    ----------
    plan : Plan, str or Path
        A plan from :func:`~untisopt.read`, or the path to read.
    lecture : str
        What names one lecture or one block: `177@5.5`, `177 Fri 5`, `Ma 7.1 Di 3`.
    policy : Policy, str, Path or None
        As for :func:`~untisopt.read`; only used if `plan` is a path.
    to : str or None
        Where it may go: `Thu` or `Thu 2` (the first of its periods) or `Thu 2-5` (all of its periods); None: anywhere.
    rooms : bool
        Whether rooms of the same kind may be used, whatever the policy says.
    most : int
        How many ways at most.
    time_limit : float
        Seconds that the search may take.

    Returns
    -------
    SuggestResult

    Raises
    ------
    InputError
        The export or the policy cannot be read, the lecture is not one, or the place is none.
    """
    read = as_plan(plan, policy)
    school = read.school
    block = _block(school, find_lectures(lecture, school, where=_LECTURE), lecture)
    starts = None if to is None else _starts(school, block, to)
    wanted = read.policy.with_(room_changes=RoomChanges.SAME_KIND) if rooms else read.policy
    found = search.suggest(school, wanted, block.id, starts=starts, most=most, seconds=time_limit)
    return SuggestResult(source=read.source, school=school, policy=wanted, found=found, starts=starts, plan=read)


def _block(school: School, lectures: Sequence[str], text: str) -> Block:
    """The one block that holds all lectures that a text names."""
    blocks = list(dict.fromkeys(school.block_of[lecture] for lecture in lectures))
    if len(blocks) == 1:
        return blocks[0]
    names = enumerated([f"{place(school.as_is[block.id].period)} ({block.id})" for block in blocks])
    raise InputError(
        [
            Defect(
                file=_LECTURE,
                expected=_("one lecture"),
                found=_("{count} of them: '{text}'").format(count=len(blocks), text=text),
                advice=_("you mean one of these: {names}").format(names=names),
            )
        ]
    )


def _starts(school: School, block: Block, text: str) -> tuple[Period, ...]:
    """Where a block may start so that it stands at a place."""
    wanted = read_place(text, where=_TO)
    found = tuple(start for start in school.grid.starts(block.length) if _stands(block, start, wanted))
    if not found:
        expected = _("a place in the time grid with room for {count} periods").format(count=block.length)
        raise InputError([Defect(file=_TO, expected=expected, found=f"'{text}'")])
    return found


def _stands(block: Block, start: Period, wanted: Place) -> bool:
    """A single period is where the block begins; several are where all of it is."""
    if wanted.first == wanted.last:
        return wanted.holds(start.day, start.number)
    return wanted.holds(start.day, start.number) and wanted.holds(start.day, start.number + block.length - 1)
