"""Shared by the rules about sequence codes that are letters: lessons with one code do not follow one another."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.lessons import Block
from untisopt.domain.school import School
from untisopt.i18n import ngettext
from untisopt.rules._sequence_codes import LETTERS, Coded, CodeWeek, Pairs, coded_blocks

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours(CodeWeek):
    """How many pairs of neighbouring periods both hold lectures with a code."""

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Periods with the code that directly follow one."""
        return sum(number - 1 in taught for number in taught)

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """One literal per pair of neighbouring periods: both are taken."""
        return [
            model.all_of((one, other), f"{name} {number} and {following}")
            for (number, one), (following, other) in pairwise(zip(numbers, taught, strict=True))
            if following == number + 1
        ]

    def alone(self, block: Block) -> int:
        """The pairs inside it."""
        return block.length - 1

    def to_blame(self, today: Pairs, now: Pairs) -> Pairs:
        """Lectures that were not side by side."""
        return now - today


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart(Coded):
    """Lessons with the same letter do not come to stand side by side."""

    codes: ClassVar[str] = LETTERS

    def so_far(self, school: School, part: CodeWeek, name: str, week_class: int) -> int:
        """Pairs of periods beyond those inside blocks."""
        coded = coded_blocks(school, self.kind)[name, part.code]
        blocks = (block for block, weeks in coded.items() if weeks >> week_class & 1)
        inside = sum(block.length - 1 for block in blocks if school.is_placed(block.lectures[0]))
        return part.of_week(school, name, week_class) - inside

    def evidence(self, part: CodeWeek, count: int) -> str:
        """How many pairs are side by side."""
        if count < 1:
            return ""
        text = ngettext(
            "sequence code {code}: {count} pair side by side so far",
            "sequence code {code}: {count} pairs side by side so far",
            count,
        )
        return text.format(code=part.code, count=count)

    def sentence(self, count: int) -> str:
        """Lessons are side by side."""
        return ngettext(
            "{name}: lessons with sequence code {code} shall be apart, but {count} pair more than today is side by "
            "side{weeks}: {lectures}",
            "{name}: lessons with sequence code {code} shall be apart, but {count} pairs more than today are side by "
            "side{weeks}: {lectures}",
            count,
        )
