"""Shared by the rules about sequence codes that are numbers: lessons with one code follow one another directly."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.lessons import Block
from untisopt.i18n import _, ngettext
from untisopt.rules._measured import opposite
from untisopt.rules._sequence_codes import NUMBERS, Coded, CodeWeek, Pairs

if TYPE_CHECKING:
    from untisopt.model.timetable_model import Literal, TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretches(CodeWeek):
    """In how many stretches the lectures with a code lie: periods in a row, without another lecture between them."""

    @staticmethod
    def measure(shape: Hashable, numbers: Sequence[int], taught: Sequence[int]) -> int:
        """Periods with the code that do not directly follow one."""
        return sum(number - 1 not in taught for number in taught)

    @staticmethod
    def literals(
        model: TimetableModel, shape: Hashable, numbers: Sequence[int], taught: Sequence[Literal], name: str
    ) -> list[Literal]:
        """One literal per period: a stretch begins there."""
        there = dict(zip(numbers, taught, strict=True))
        return [
            model.all_of((literal, opposite(there.get(number - 1, False))), f"{name} stretch from {number}")
            for number, literal in there.items()
        ]

    def alone(self, block: Block) -> int:
        """A stretch."""
        return 1

    def to_blame(self, today: Pairs, now: Pairs) -> Pairs:
        """Lectures that were side by side."""
        return today - now


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow(Coded):
    """Lessons with the same number stay side by side."""

    codes: ClassVar[str] = NUMBERS

    def evidence(self, part: CodeWeek, count: int) -> str:
        """In how many stretches the lectures lie."""
        if count < 2:
            return ""
        return _("sequence code {code}: in {count} stretches so far").format(code=part.code, count=count)

    def sentence(self, count: int) -> str:
        """Lessons no longer follow one another."""
        return ngettext(
            "{name}: lessons with sequence code {code} shall follow one another, but lie in {count} stretch more "
            "than today{weeks}: {lectures}",
            "{name}: lessons with sequence code {code} shall follow one another, but lie in {count} stretches more "
            "than today{weeks}: {lectures}",
            count,
        )
