"""Breaks that doubles and longer blocks do not cross."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.school import Inference, School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.bases.refers import References, Refers, period_pair
from untisopt.rules.protocol import Chains, Group, Phase, Rule
from untisopt.wording import lecture_names, place

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockKept(Rule):
    """Blocks are kept: a double stays a double and does not span a long break.

    What it checks
        The lectures of a block stand in consecutive periods of one day, in their order; and the longest break inside is
        not longer than the longest break that the block spans in the present plan. Where the times of the periods are
        not known, a block may only span pairs of periods that some block spans already.
    Why it matters
        A practical lesson torn apart by the long break, or over two days, is not the lesson that was planned.
    How it is counted
        One per block that is torn, one per block that spans too long a break.
    Example
        A double in periods 1-2 spans no break. In periods 2-3 it would span 20 minutes: one.
    Parameters
        ``never_across`` (empty): breaks, such as "6-7", that no block may span even if it is short enough.
    In Untis
        Doppelstunden, and the break marker * of the time grid, which no export carries: the present plan is the
        evidence.
    Model
        A block has one start for all its lectures; starts that span too long a break are left out.
    """

    id: ClassVar[str] = "block-kept"
    called = N_("blocks torn or across a long break")
    promise = N_("Doubles stay together, and do not span a longer break than any double does today.")
    group = Group.STAYS
    source = "today's plan"
    phase = Phase.STARTS
    lesson_by_lesson = True
    firmness = 12
    chains = Chains.STARTS
    kind: ClassVar[None] = None
    day_by_day: ClassVar[bool] = True
    tier: ClassVar[Tier] = Tier.RULES
    refers: ClassVar[References] = {"never_across": Refers(breaks=True)}
    weight: int = 1
    never_across: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "never_across", tuple(_break(text) for text in self.never_across))

    def infer(self, school: School) -> Iterator[Inference]:
        """Where blocks may lie if nobody knows the breaks."""
        if school.spanned and not school.grid.has_times:
            pairs = ", ".join(f"{a}-{b}" for a, b in sorted(school.spanned))
            yield Inference(
                self.id, _("all blocks"), _("no times are known; blocks lie across {pairs}").format(pairs=pairs)
            )

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Blocks that are torn, or that span a break longer than today."""
        for block in school.blocks:
            periods = [timetable[lecture].period for lecture in block.lectures]
            start = periods[0]
            facts = Facts(day=start.day, periods=tuple(p.number for p in periods), lectures=block.lectures)
            if any(
                (p.day, p.number) != (start.day, start.number + i) for i, p in enumerate(periods)
            ) or self._spans_too_long(school, block, start):
                yield Violation(self.id, facts)

    def _spans_too_long(self, school: School, block: Block, start: Period) -> bool:
        numbers = [start.number + i for i in range(block.length)]
        if any(f"{a}-{b}" in self.never_across for a, b in pairwise(numbers)):
            return True
        if not school.grid.has_times:
            return not school.spanned.issuperset(pairwise(numbers))
        home = school.as_is[block.lectures[0]].period
        return school.grid.longest_break(start, block.length) > school.grid.longest_break(home, block.length)

    def encode(self, model: TimetableModel) -> None:
        """Price the starts that span too long a break."""
        for block in model.school.blocks:
            if block.length > 1:
                for start in list(model.decisions.starts(block)):
                    model.price_start(self.id, block, start, int(self._spans_too_long(model.school, block, start)))

    def explain(self, violation: Violation, school: School) -> str:
        """Which block, where."""
        facts = violation.facts
        return _("the block {lectures} at {place} is torn or spans too long a break").format(
            lectures=lecture_names(school, facts.lectures[:1]),
            place=place(Period(facts.day or 0, facts.periods[0])),
        )


def _break(text: str) -> str:
    """A break as it is compared: without blanks."""
    pair = period_pair(text)
    if pair is None or pair[1] != pair[0] + 1:
        raise ValueError(_("{text} is no break such as 2-3").format(text=f"'{text}'"))
    return f"{pair[0]}-{pair[1]}"
