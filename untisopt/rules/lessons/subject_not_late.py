"""Subjects that are not taught late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from untisopt.domain.calendar import Period
from untisopt.domain.lessons import Block
from untisopt.domain.school import School
from untisopt.domain.score import Facts, Tier, Violation
from untisopt.domain.timetable import Timetable
from untisopt.i18n import N_, _
from untisopt.rules.bases.not_stated import NotStated
from untisopt.rules.bases.refers import SUBJECT, References, Refers
from untisopt.rules.protocol import Chains, Group, Phase, Rule
from untisopt.wording import lecture_names, place

if TYPE_CHECKING:
    from untisopt.model.timetable_model import TimetableModel


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectNotLate(Rule):
    """Subjects not late: what needs fresh heads has a latest period.

    What it checks
        Lectures of a subject after the latest period that the parameter names for it.
    Why it matters
        Mathematics in period 9 is mathematics for the teacher.
    How it is counted
        One per lecture and subject. A lecture that is too late so far may stay where it is, and nowhere else.
    Example
        ``subjects = { Ma = 6 }``: a lecture of Ma in period 7 counts one.
    Parameters
        ``subjects`` (none): latest period by short name of the subject; without any the rule is off.
    In Untis
        Time requests of the subject (GPU016, F).
    Model
        Candidate starts are left out.
    """

    id: ClassVar[str] = "subject-not-late"
    called = N_("subjects too late on a day")
    promise = N_("Subjects that you name do not stand later on a day than you say.")
    group = Group.LESSONS
    source = "policy"
    phase = Phase.STARTS
    chains = Chains.STARTS
    tier: ClassVar[Tier] = Tier.RULES
    refers: ClassVar[References] = {"subjects": Refers(names=SUBJECT, periods=True)}
    weight: int = 1
    subjects: Mapping[str, int] = field(default_factory=dict)

    def missing(self, school: School) -> str:
        """Some subject must have a latest period."""
        return "" if self.subjects else NotStated(_("no latest period of a subject is given (subjects = { Ma = 6 })"))

    def check(self, school: School, timetable: Timetable) -> Iterator[Violation]:
        """Lectures after the latest period of one of their subjects."""
        for id_, placement in timetable.items():
            for subject in school.lectures[id_].subjects:
                if placement.period.number > self.subjects.get(subject, placement.period.number):
                    facts = Facts(
                        day=placement.period.day,
                        periods=(placement.period.number,),
                        lectures=(id_,),
                        detail=(subject,),
                    )
                    yield Violation(self.id, facts)

    def encode(self, model: TimetableModel) -> None:
        """Price every start by the lectures of the block that would be too late."""
        for block in model.school.blocks:
            latest = self._latest(model.school, block)
            for start in list(model.decisions.starts(block)) if latest else ():
                amount = sum(start.number + offset > number for offset, number in latest)
                model.price_start(self.id, block, start, amount)

    def _latest(self, school: School, block: Block) -> list[tuple[int, int]]:
        """Position in the block and latest period, for every lecture and subject that has one."""
        return [
            (offset, self.subjects[subject])
            for offset, id_ in enumerate(block.lectures)
            for subject in school.lectures[id_].subjects
            if subject in self.subjects
        ]

    def explain(self, violation: Violation, school: School) -> str:
        """Which lecture is how late."""
        facts = violation.facts
        (number,) = facts.periods
        return _("{lecture} at {place} is later than period {latest}, the latest for {subject}").format(
            lecture=lecture_names(school, facts.lectures),
            place=place(Period(facts.day or 0, number)),
            latest=self.subjects.get(facts.detail[0], number),
            subject=facts.detail[0],
        )
