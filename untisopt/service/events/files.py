"""The files of a repair after events: the plan, the changes, the entry list, the report, copies of the input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from itertools import groupby

from untisopt.domain.events import with_compatible
from untisopt.domain.lessons import Block
from untisopt.domain.school import School
from untisopt.domain.timetable import Timetable
from untisopt.io.events.file import events_toml
from untisopt.report.events.html import repair_html
from untisopt.report.events.json import repair_json
from untisopt.report.events.md import repair_md
from untisopt.report.events.text import repair_txt
from untisopt.report.events.xlsx import repair_xlsx
from untisopt.report.optimise.changes_csv import changes_csv
from untisopt.report.optimise.changes_json import changes_json
from untisopt.results.event_report import EventReason, RepairReport
from untisopt.results.events import EventsDocument
from untisopt.service.check import not_judged
from untisopt.service.entry import EntryOptions, entry_list
from untisopt.service.events.rows import EventRows, changes_rows, plain_gpu001
from untisopt.service.files import Files, entry_lists, made
from untisopt.service.optimise.files import timetable_files
from untisopt.service.reading.plan import Plan
from untisopt.service.reading.result_folder import CHANGES_JSON, input_copies, input_names

REPORT_HTML, REPORT_XLSX, REPORT_MD = "report.html", "report.xlsx", "report.md"
REPAIR_TXT, REPAIR_JSON, EVENTS_TOML = "repair.txt", "repair.json", "events.toml"
ENTRY_LISTS = ("entry-list.html", "entry-list.csv", "entry-list.txt")
GPU001_NAME = "GPU001.TXT"


def repair_names(plan: Plan) -> tuple[str, ...]:
    """Names of all files that the folder of a repair may hold."""
    reports = (
        REPORT_HTML,
        REPORT_XLSX,
        REPORT_MD,
        REPAIR_TXT,
        REPAIR_JSON,
        EVENTS_TOML,
        "changes.csv",
        CHANGES_JSON,
        *ENTRY_LISTS,
    )
    return tuple(dict.fromkeys((plan.export.timetable_file.name, GPU001_NAME, *reports, *input_names(plan))))


def repair_files(
    document: EventsDocument, plan: Plan, timetable: Timetable, reasons: Callable[[], Mapping[str, EventReason]]
) -> Files:
    """All files, what people open first in front; `reasons` are found when a report is asked for that tells them."""
    school, after = with_removed(document, timetable)
    options = EntryOptions(source=plan.source.files[0])

    @cache
    def report() -> RepairReport:
        unknown = not_judged(document.school, document.policy)
        return RepairReport(document=document, school=school, planned=after, reasons=reasons(), not_judged=unknown)

    return Files(
        {
            REPORT_HTML: lambda: repair_html(report()),
            REPORT_XLSX: lambda: repair_xlsx(report()),
            REPORT_MD: lambda: repair_md(report()),
            REPAIR_TXT: lambda: repair_txt(document),
            **entry_lists(lambda: entry_list(school, school.as_is, after, options)),
            **made(plan_files(plan, document.school, timetable)),
            "changes.csv": lambda: changes_csv(document.school, document.moves),
            CHANGES_JSON: lambda: changes_json(document.school, document.moves),
            REPAIR_JSON: lambda: repair_json(document),
            EVENTS_TOML: lambda: events_toml([event.text for event in document.events]).encode(),
            **made(input_copies(plan)),
        }
    )


def plan_files(plan: Plan, school: School, timetable: Timetable) -> dict[str, bytes]:
    """The plan in the form of the input and as GPU001; as GPU001 alone where an XML would need other lessons."""
    if not changes_rows(plan.school, school, timetable):
        return timetable_files(plan, timetable)
    if plan.export.kind == "xml":
        return plain_gpu001(plan.export, school, timetable)
    return EventRows(plan.export, plan.policy, school).written(timetable)


def with_removed(document: EventsDocument, timetable: Timetable) -> tuple[School, Timetable]:
    """The school with the lectures that are gone as well, at the places and in the rooms of before, and the plan.

    What is gone has no place in the plan.
    """
    original, school = document.original, document.school
    gone = [id_ for id_ in original.lectures if id_ not in school.lectures]
    blocks = list(school.blocks)
    for block in original.blocks:
        for is_gone, run in groupby(block.lectures, key=lambda id_: id_ not in school.lectures):
            ids = tuple(run)
            blocks += [Block(ids[0], block.lesson, ids)] if is_gone else []
    before = {id_: original.as_is.get(id_, place) for id_, place in school.as_is.items()}
    before |= {id_: original.as_is[id_] for id_ in gone}
    union = School(
        grid=school.grid,
        week_classes=school.week_classes,
        teachers=school.teachers,
        grades=school.grades,
        rooms=school.rooms,
        sites=school.sites,
        travel=school.travel,
        lectures={**school.lectures, **{id_: original.lectures[id_] for id_ in gone}},
        blocks=tuple(blocks),
        as_is=Timetable(before),
        blocked=school.blocked,
        closed=school.closed,
        absent=school.absent,
        pinned=school.pinned,
    )
    with_compatible(union, school.compatible)
    lowest = min([1, *(place.period.day for place in timetable.values())])
    away = union.aside((block for block in blocks if block.lectures[0] in set(gone)), lowest)
    return union, Timetable({**timetable, **away})
