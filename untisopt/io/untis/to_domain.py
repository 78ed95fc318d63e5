"""From the rows of an export to the school and its plan of today."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from untisopt.domain.calendar import EVERY_WEEK, Period, TimeGrid, WeekClass, WeekSet
from untisopt.domain.limits import Limits
from untisopt.domain.resources import Grade, Kind, Teacher
from untisopt.domain.school import Resource, School
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _, ngettext
from untisopt.io.untis.files.content import Content
from untisopt.io.untis.files.notes import Findings, NoteKind
from untisopt.io.untis.files.records import RawFile
from untisopt.io.untis.files.siblings import Role
from untisopt.io.untis.master.foreign import of_this_plan
from untisopt.io.untis.master.lesson_data import LessonData, group_weeks, read_lesson_data, with_student_groups
from untisopt.io.untis.master.limits import blocked, pinned, wished
from untisopt.io.untis.master.names import MasterData, grades_of
from untisopt.io.untis.master.places import build_places
from untisopt.io.untis.master.requests import Requests, read_requests
from untisopt.io.untis.master.sequences import read_sequences
from untisopt.io.untis.master.supervisions import Frame, read_supervisions
from untisopt.io.untis.master.traits import read_traits
from untisopt.io.untis.rows.closed import closed_times
from untisopt.io.untis.rows.lectures import build_teaching
from untisopt.io.untis.rows.placeholders import is_nobody
from untisopt.io.untis.rows.typed import NO_WEEKS, TimetableRow
from untisopt.io.untis.weeks.classes import WeekPlan, resolve_weeks
from untisopt.io.untis.weeks.grid import time_grid
from untisopt.io.untis.weeks.validity import dated_weeks, is_taught
from untisopt.io.untis.weeks.week_dates import stated_dates
from untisopt.policy import Policy


@dataclass(frozen=True)
class Built:
    """A school, and per row of the timetable that belongs to it the lecture and the course.

    `mondays` holds the first day of every calendar week where the weeks follow from dates of lessons.
    """

    school: School
    courses: Mapping[int, tuple[str, int]]
    mondays: Mapping[int, date] = field(default_factory=dict)


def to_school(texts: Mapping[Role, RawFile], content: Content, policy: Policy, findings: Findings) -> Built:
    """Build the school from a timetable file and the text files beside it.

    Raises
    ------
    InputError
        The rows cannot be understood, or (PolicyError) the policy names what does not exist.
    """
    texts = of_this_plan(texts, content, policy.trusted, findings)
    data = read_lesson_data(texts.get(Role.GPU002))
    plan, mondays = _weeks(content, data, texts.get(Role.DATE), policy, findings)
    findings.stop_if_defective()
    if plan is None or not any(plan.weeks):
        raise ValueError("a plan without weeks must have been reported as a defect")
    teaching = build_teaching(with_student_groups(content.rows, data, findings), plan.weeks)
    _note_left_out(content.rows, plan, findings)
    places = build_places(teaching.lectures, teaching.placements, content.master, data.room_lists, policy, findings)
    teachers, grades = _people(content.rows, content.master)
    grid = time_grid(content.grid, content.rows, policy)
    known = {Kind.TEACHER: teachers.keys(), Kind.GRADE: grades.keys(), Kind.ROOM: places.rooms.keys()}
    requests = _requests(texts, content.rows, known, grid, findings)
    times = blocked(requests.blocked, known, grid, policy, findings)
    wishes = wished(requests.wishes, known, grid, policy, findings)
    frame = Frame(teachers, grid, places.rooms, _all_weeks(plan), content.calendar_weeks or bool(mondays))
    lessons = {lecture.lesson for lecture in teaching.lectures.values()}
    limits = _limits(texts, frame, lessons, findings)
    pins = pinned(teaching.lectures, teaching.placements, data, policy, findings)
    for index, reason in content.fixed.items():
        if index in teaching.courses:
            # A lock holds period and rooms, whatever a pin of the policy lets change.
            pins[teaching.courses[index][0]] = reason
    findings.stop_if_defective()
    school = School(
        grid=grid,
        week_classes=plan.classes,
        teachers=teachers,
        grades=grades,
        rooms=places.rooms,
        sites=places.sites,
        travel=places.travel,
        lectures=teaching.lectures,
        blocks=teaching.blocks,
        as_is=Timetable(teaching.placements),
        blocked=_united(times, content.blocked),
        closed=closed_times(content.rows, grid, content.grid_of, policy.opened),
        pinned=pins,
        limits=replace(limits, wishes=wishes, subject_wishes=requests.subjects),
    )
    return Built(school, teaching.courses, mondays)


def _all_weeks(plan: WeekPlan) -> WeekSet:
    weeks = NO_WEEKS
    for week_class in plan.classes:
        weeks |= week_class.weeks
    return weeks


def _requests(
    texts: Mapping[Role, RawFile],
    rows: Sequence[TimetableRow],
    known: Mapping[Kind, Collection[str]],
    grid: TimeGrid,
    findings: Findings,
) -> Requests:
    """The time requests of those that the plan or the master data know."""
    master = texts.get(Role.GPU006)
    subjects = {row.subject for row in rows} | {row.fields[0] for row in (master.rows if master else ())}
    return read_requests(texts.get(Role.GPU016), known, subjects, grid, findings)


def _limits(texts: Mapping[Role, RawFile], frame: Frame, lessons: Collection[int], findings: Findings) -> Limits:
    """What the master data state beyond names, but for the time requests."""
    limits = read_traits(texts, findings)
    return replace(
        limits,
        supervisions=read_supervisions(texts, texts.get(Role.GPU009), frame, findings),
        sequences=read_sequences(texts.get(Role.GPU019), lessons, findings),
    )


def _united(
    one: Mapping[Resource, frozenset[Period]], other: Mapping[Resource, frozenset[Period]]
) -> dict[Resource, frozenset[Period]]:
    empty: frozenset[Period] = frozenset()
    return {who: one.get(who, empty) | other.get(who, empty) for who in (*one, *(w for w in other if w not in one))}


def _weeks(
    content: Content, data: LessonData, dates: RawFile | None, policy: Policy, findings: Findings
) -> tuple[WeekPlan | None, Mapping[int, date]]:
    """Week classes by the calendar weeks of the rows, by the dates of their lessons, else by weeks that are made up.

    With the first day of every week where they follow from dates. None if there is a defect.
    """
    rows = content.rows
    if content.calendar_weeks:
        return resolve_weeks(rows, content.school_year, policy.week, content.file.name, findings), {}
    if any(row.weeks != EVERY_WEEK for row in rows):
        found = _pseudo_classes([row.weeks for row in rows])
        return (found if _no_week_wanted(content, policy, findings) else None), {}
    pseudo = group_weeks(data, sorted({row.lesson for row in rows}), findings)
    # What is wrong with date.txt is reported where its weeks are read.
    dated = dated_weeks(rows, data.dates, pseudo, content.mondays or stated_dates(dates, Findings()), findings)
    if dated is not None:
        fits = policy.week is None or is_taught(dated.plan, policy.week, dated.mondays, findings)
        return (dated.plan if fits else None), dated.mondays
    if not _no_week_wanted(content, policy, findings):
        return None, {}
    if not pseudo:
        return WeekPlan((WeekClass("", EVERY_WEEK),), (EVERY_WEEK,) * len(rows)), {}
    return _pseudo_classes([pseudo[row.lesson] for row in rows]), {}


def _no_week_wanted(content: Content, policy: Policy, findings: Findings) -> bool:
    """Whether the policy chooses no week; else that is a defect, because the plan knows none."""
    if policy.week is None:
        return True
    findings.policy(
        _("no choice of a week, because {name} knows no calendar weeks").format(name=content.file.name),
        _("week {week}").format(week=policy.week),
        _("you can read lesson.txt of the same plan instead"),
    )
    return False


def _pseudo_classes(weeks: Sequence[WeekSet]) -> WeekPlan:
    """Classes of the pseudo weeks: those in which the same lessons are held."""
    every = NO_WEEKS
    for own in set(weeks):
        every |= own
    alike: dict[frozenset[WeekSet], list[int]] = {}
    for week in every:
        alike.setdefault(frozenset(own for own in set(weeks) if week in own), []).append(week)
    names = [chr(ord("A") + i) for i in range(len(alike))] if len(alike) > 1 else [""]
    classes = tuple(WeekClass(name, WeekSet.of(found)) for name, found in zip(names, alike.values(), strict=True))
    return WeekPlan(classes, tuple(weeks))


def _people(rows: Sequence[TimetableRow], master: MasterData) -> tuple[dict[str, Teacher], dict[str, Grade]]:
    """Everybody in the master files and in the rows."""
    teachers = {name: teacher for name, teacher in master.teachers.items() if not is_nobody(name)}
    grades = {name: grade for name, grade in master.grades.items() if not is_nobody(name)}
    for row in rows:
        if row.teacher and row.teacher not in teachers:
            teachers[row.teacher] = Teacher(row.teacher)
        for grade in grades_of(row):
            if grade not in grades:
                grades[grade] = Grade(grade)
    return teachers, grades


def _note_left_out(rows: Sequence[TimetableRow], plan: WeekPlan, findings: Findings) -> None:
    left_out = sum(1 for weeks in plan.weeks if not weeks)
    if left_out:
        text = ngettext(
            "{count} row of {total} is not held in the weeks that are planned; it stays as it is",
            "{count} rows of {total} are not held in the weeks that are planned; they stay as they are",
            left_out,
        ).format(count=left_out, total=len(rows))
        findings.note(NoteKind.LEFT_OUT, text)
