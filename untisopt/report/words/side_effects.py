"""What a repair does beside what it was made for: gaps, days that get longer, what is judged as comfort."""

from __future__ import annotations

from collections.abc import Iterator

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Tier
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _, ngettext
from untisopt.report.words.findings import per_week
from untisopt.report.words.run import rules_a_week
from untisopt.results.optimise import Compared
from untisopt.rules.days.grade_gaps import gaps_of
from untisopt.wording import capitalised, decimal

_GAPS = "teacher-gaps"
"""The rule that judges what is told as gaps of teachers anyway."""


def share(part: int, whole: int) -> str:
    """A share in percent; neither nothing nor everything is said of what only comes near."""
    percent = round(100 * part / whole)
    if part and not percent:
        return _("under 1 %")
    if part < whole and percent == 100:
        return _("over 99 %")
    return f"{percent} %"


def comparison(before: int, after: int) -> str:
    """The change in words, as a share where that says something."""
    if after == before:
        return _("as before")
    if after > before:
        return _("up {share}").format(share=share(after - before, before)) if before else _("none before")
    return _("down {share}").format(share=share(before - after, before)) if after else _("none left")


def compared(document: Compared, what: str, before: int, after: int) -> str:
    """A count over all week classes before and after, as the mean of a week."""
    text = _("{what}: {after} a week instead of {before} ({comparison}).")
    if after == before:
        text = _("{what}: {after} a week, as before.")
    weekly = {"before": per_week(document.school, before), "after": per_week(document.school, after)}
    return text.format(what=what, comparison=comparison(before, after), **weekly)


def gap_counts(document: Compared) -> Iterator[tuple[str, int, int]]:
    """Free periods between the lectures of a day of teachers and of grades, before and after, over all week classes."""
    before, after = document.plans
    for kind, name in ((Kind.TEACHER, _("Gaps of teachers")), (Kind.GRADE, _("Gaps of grades"))):
        yield name, _gaps(*before, kind), _gaps(*after, kind)


def _gaps(school: School, plan: Timetable, kind: Kind) -> int:
    occupancy = school.occupancy(plan)
    found = 0
    for resource, week_class, day in occupancy.days:
        if resource[0] is kind and day in school.grid.days:
            found += gaps_of(school, resource, day, occupancy.day(resource, week_class, day))
    return found


def side_costs(document: Compared) -> list[str]:
    """What gets worse beside the moves themselves: gaps, days of grades, comfort."""
    if not document.moves:
        return []
    gaps = [compared(document, *counts) for counts in gap_counts(document) if counts[2] > counts[1]]
    return [*gaps, *costs_besides_gaps(document)]


def costs_besides_gaps(document: Compared) -> list[str]:
    """Days of grades that get longer, and comfort that gets less."""
    return [*_comfort(document, worse=True), *_longer_days(document)]


def side_gains(document: Compared) -> list[str]:
    """What gets better beside what the repair was made for."""
    gaps = [compared(document, *counts) for counts in gap_counts(document) if counts[2] < counts[1]]
    return [*gaps, *_comfort(document, worse=False)]


def _comfort(document: Compared, *, worse: bool) -> Iterator[str]:
    for rule, before, after in rules_a_week(document):
        if rule.tier is Tier.COMFORT and rule.id != _GAPS and (after > before if worse else after < before):
            text = _("{what}: {after} a week instead of {before}.")
            yield text.format(what=capitalised(rule.title), before=decimal(before), after=decimal(after))


def _longer_days(document: Compared) -> list[str]:
    """How many days of grades begin earlier or end later: allowed as a rule, but parents will ask."""
    (school, today), (school_after, timetable) = document.plans
    occupied, planned = school.occupancy(today), school_after.occupancy(timetable)
    earlier: set[tuple[str, int]] = set()
    later: set[tuple[str, int]] = set()
    days: set[tuple[str, int]] = set()
    for (kind, name), week_class, day in planned.days:
        if kind is not Kind.GRADE or day not in school.grid.days:
            continue
        new = planned.day((kind, name), week_class, day)
        old = occupied.day((kind, name), week_class, day)
        days.add((name, day))
        if not old or new[0].number < old[0].number:
            earlier.add((name, day))
        if not old or new[-1].number > old[-1].number:
            later.add((name, day))
    sentences = []
    if later:
        text = ngettext(
            "{count} of {days} days of grades ends later than before.",
            "{count} of {days} days of grades end later than before.",
            len(later),
        )
        sentences.append(text.format(count=len(later), days=len(days)))
    if earlier:
        text = ngettext(
            "{count} of {days} days of grades begins earlier than before.",
            "{count} of {days} days of grades begin earlier than before.",
            len(earlier),
        )
        sentences.append(text.format(count=len(earlier), days=len(days)))
    return sentences
