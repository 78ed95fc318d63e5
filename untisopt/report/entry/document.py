"""The entry list as reports need it, and its steps in words."""

from __future__ import annotations

from dataclasses import dataclass

from untisopt.domain.entry import Step, StepKind, on_plan
from untisopt.domain.lessons import Course
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement
from untisopt.i18n import _, ngettext
from untisopt.report.words.moves import place_range, rooms
from untisopt.results.entry import EntryListDocument
from untisopt.wording import enumerated


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """One step in words; what does not apply is empty.

    Parameters
    ----------
    number, lesson, package : str
    subjects, grades, teachers : str
        Names, joined by commas; of long lists the first ones.
    before, after : str
        Places such as `Mon 3-4`.
    rooms : str
        `H3`, or `H3 -> H4` where they change.
    weeks : str
        Names of the weeks, unless it is every week.
    note : str
        What is special.
    temporary : bool
        Whether the step does not lead to the final place.
    """

    number: str
    lesson: str
    package: str
    subjects: str
    grades: str
    teachers: str
    before: str
    after: str
    rooms: str
    weeks: str
    note: str
    temporary: bool


def step_words(document: EntryListDocument, step: Step, arrow: str = "->") -> StepWords:
    """Put a step into words; `arrow` stands between old and new rooms."""
    school = document.school
    lecture = school.lectures[step.lectures[0]]
    package = document.packages.get(lecture.id)
    return StepWords(
        number=str(step.number),
        lesson=str(lecture.lesson) if lecture.lesson else "",
        package="" if package is None else str(package),
        subjects=enumerated(lecture.subjects),
        grades=enumerated(lecture.grades),
        teachers=enumerated(lecture.teachers),
        before=_place(step.before, step.periods),
        after=_place(step.after, step.periods),
        rooms=_rooms(lecture.courses, step, arrow),
        weeks=weeks_of(school, step),
        note=_note(step),
        temporary=step.kind in (StepKind.PARK, StepKind.SET_ASIDE) and step.partner is not None,
    )


def _place(placement: Placement, periods: int) -> str:
    return place_range(placement.period, periods) if on_plan(placement) else _("off the plan")


def weeks_of(school: School, step: Step) -> str:
    """Names of the weeks in which the lecture of a step is held; empty where it is every week."""
    classes = school.classes(school.lectures[step.lectures[0]].weeks)
    if len(classes) == len(school.week_classes):
        return ""
    return ", ".join(school.week_classes[index].name for index in classes)


def _rooms(courses: tuple[Course, ...], step: Step, arrow: str) -> str:
    """The rooms; where they change, those of the lines that change, with the teacher if there are several lines."""
    if not on_plan(step.after):
        return ""
    if not on_plan(step.before) or step.before.rooms == step.after.rooms:
        return enumerated(rooms(step.after)) or no_room()
    changed = []
    for course, before, after in zip(courses, step.before.rooms, step.after.rooms, strict=True):
        if before != after:
            teacher = f" ({course.teacher})" if course.teacher and len(courses) > 1 else ""
            changed.append(f"{', '.join(before) or no_room()} {arrow} {', '.join(after) or no_room()}{teacher}")
    return "; ".join(changed)


def no_room() -> str:
    """What stands where a lecture has no room."""
    return _("(no room)")


def _note(step: Step) -> str:
    notes = {
        StepKind.MOVE: "",
        StepKind.ROOMS: _("only the room changes"),
        StepKind.PARK: _("for the moment; comes back in step {number}"),
        StepKind.UNPARK: _("comes back; was put there in step {number}"),
        StepKind.SET_ASIDE: _("off the plan for the moment, as no place is free; comes back in step {number}"),
        StepKind.PLACE: _("back on the plan; was taken off in step {number}"),
    }
    if step.partner is None:
        notes[StepKind.SET_ASIDE] = _("is taken off the plan")
        notes[StepKind.PLACE] = _("is new on the plan")
    elif step.kind is StepKind.PARK and step.before.period == step.after.period:
        notes[StepKind.PARK] = _("stays without its room for the moment; gets the new one in step {number}")
    elif step.kind is StepKind.UNPARK and step.before.period == step.after.period:
        notes[StepKind.UNPARK] = _("gets its room; it had none since step {number}")
    elif step.kind is StepKind.PARK and step.before.rooms != step.after.rooms:
        notes[StepKind.PARK] = _("for the moment, without a room; comes back in step {number}")
    return notes[step.kind].format(number=step.partner)


def facts(document: EntryListDocument) -> list[str]:
    """What the list is, in sentences: how long, how many lectures are put away, and whether that is the minimum."""
    steps = len(document.steps)
    if not steps:
        return [_("Nothing to enter: the two plans are the same.")]
    count = ngettext("{count} step", "{count} steps", steps).format(count=steps)
    moved = ngettext("for {count} moved lecture", "for {count} moved lectures", document.lectures)
    return [f"{count} {moved.format(count=document.lectures)}.", *_parking_facts(document)]


def _parking_facts(document: EntryListDocument) -> list[str]:
    if not document.parkings:
        return [_("No lecture has to be put away for the moment.")]
    text = ngettext(
        "{count} lecture or double has to be put away for the moment, because lectures change places in a circle.",
        "{count} lectures or doubles have to be put away for the moment, because lectures change places in a circle.",
        document.parkings,
    ).format(count=document.parkings)
    if document.parkings == document.least_parkings:
        proof = _("No order does with fewer; that is proved.")
    else:
        proof = _("Every order needs at least {count}; that is proved.").format(count=document.least_parkings)
    lines = [f"{text} {proof}"]
    if document.set_asides:
        aside = ngettext(
            "{count} of them finds no free place and is taken off the plan for the moment.",
            "{count} of them find no free place and are taken off the plan for the moment.",
            document.set_asides,
        )
        lines.append(aside.format(count=document.set_asides))
    return lines


def advice() -> list[str]:
    """How to work with the list, in sentences."""
    return [
        _("Save the Untis file under another name first."),
        _("Enter the steps from top to bottom in the planning dialog of Untis and tick them off."),
        _(
            "In this order no step clashes if all steps before it are entered. Clashes that the plan of today has may "
            "still be shown."
        ),
        _("A double is one step: move both periods together."),
    ]
