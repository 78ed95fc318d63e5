"""The files of a result folder: the plan in its forms, the reports, the ways back into Untis, copies of the input."""

from __future__ import annotations

from untisopt.domain.timetable import Timetable
from untisopt.io.untis.files.gpu001 import as_gpu001
from untisopt.io.untis.files.writer import revised
from untisopt.report.optimise.changes_csv import changes_csv
from untisopt.report.optimise.changes_json import changes_json
from untisopt.report.optimise.json import result_json
from untisopt.report.optimise.txt import report_txt
from untisopt.report.packages.json import packages_json
from untisopt.results.ladder import LadderDocument
from untisopt.results.optimise import RepairDocument
from untisopt.service.entry import INSTRUCTIONS_NAME, EntryOptions, entry_list, forcing_folder
from untisopt.service.reading.plan import Plan
from untisopt.service.reading.result_folder import CHANGES_JSON, PACKAGES_JSON, RESULT_JSON, input_copies, input_names

GPU001_NAME = "GPU001.TXT"
FORCING = "forcing"
REPORT_HTML = "report.html"
REPORTS = (
    REPORT_HTML,
    "report.xlsx",
    "report.md",
    "report.txt",
    "entry-list.html",
    "entry-list.csv",
    "entry-list.txt",
    "changes.csv",
    CHANGES_JSON,
    PACKAGES_JSON,
    RESULT_JSON,
)
_FORCING = (INSTRUCTIONS_NAME, "GPU002.TXT", "GPU016.TXT", "undo/GPU002.TXT", "undo/GPU016.TXT")


def result_names(plan: Plan) -> tuple[str, ...]:
    """Names of all files that a result folder may hold."""
    forcing = (f"{FORCING}/{name}" for name in _FORCING)
    names = (plan.export.timetable_file.name, *_gpu001_name(plan), *REPORTS, *forcing, *input_names(plan))
    return tuple(dict.fromkeys(names))


def timetable_files(plan: Plan, timetable: Timetable) -> dict[str, bytes]:
    """The plan in the form of the input, and as GPU001."""
    files = dict(revised(plan.export, timetable))
    for name in _gpu001_name(plan):
        files[name] = as_gpu001(plan.export, timetable)
    return files


def _gpu001_name(plan: Plan) -> tuple[str, ...]:
    """The second form of the plan; none where the input is GPU001 already."""
    return () if plan.export.kind == "gpu" else (GPU001_NAME,)


def report_files(
    document: RepairDocument, plan: Plan, timetable: Timetable, ladder: LadderDocument | None
) -> dict[str, bytes]:
    """All but the plan itself, what people open first in front."""
    # Imported late: Jinja2 and XlsxWriter take a while to load.
    from untisopt.report.optimise.html import report_html
    from untisopt.report.optimise.md import report_md
    from untisopt.report.optimise.xlsx import report_xlsx

    return {
        REPORT_HTML: report_html(document, ladder),
        "report.xlsx": report_xlsx(document),
        "report.md": report_md(document),
        "report.txt": report_txt(document),
        **_entry_lists(document, plan, timetable),
        "changes.csv": changes_csv(document.school, document.moves),
        CHANGES_JSON: changes_json(document.school, document.moves),
        PACKAGES_JSON: packages_json(document),
        RESULT_JSON: result_json(document),
        **{f"{FORCING}/{name}": data for name, data in forcing_folder(plan.export, timetable).items()},
        **input_copies(plan),
    }


def _entry_lists(document: RepairDocument, plan: Plan, timetable: Timetable) -> dict[str, bytes]:
    from untisopt.report.entry.csv import entry_list_csv
    from untisopt.report.entry.html import entry_list_html
    from untisopt.report.entry.txt import entry_list_txt

    packages = {move.lecture: package.number for package in document.packages for move in package.moves}
    options = EntryOptions(source=plan.source.files[0], packages=packages)
    entry = entry_list(plan.school, plan.school.as_is, timetable, options)
    return {
        "entry-list.html": entry_list_html(entry),
        "entry-list.csv": entry_list_csv(entry),
        "entry-list.txt": entry_list_txt(entry),
    }
