"""The files of a result folder: the plan in its forms, the reports, the ways back into Untis, copies of the input."""

from __future__ import annotations

from untisopt.domain.timetable import Timetable
from untisopt.io.untis.files.gpu001 import as_gpu001
from untisopt.io.untis.files.writer import revised
from untisopt.report.optimise.changes_csv import changes_csv
from untisopt.report.optimise.changes_json import changes_json
from untisopt.report.optimise.html import report_html
from untisopt.report.optimise.json import result_json
from untisopt.report.optimise.md import report_md
from untisopt.report.optimise.txt import report_txt
from untisopt.report.optimise.xlsx import report_xlsx
from untisopt.report.packages.json import packages_json
from untisopt.results.ladder import LadderDocument
from untisopt.results.optimise import RepairDocument
from untisopt.service.entry import INSTRUCTIONS_NAME, EntryOptions, entry_list, forcing_folder
from untisopt.service.files import Files, entry_lists, made
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


def result_files(
    document: RepairDocument, plan: Plan, timetable: Timetable, ladder: LadderDocument | None = None
) -> Files:
    """The plan in its forms, then the reports, what people open first in front."""
    packages = {move.lecture: package.number for package in document.packages for move in package.moves}
    options = EntryOptions(source=plan.source.files[0], packages=packages)
    return Files(
        {
            **made(timetable_files(plan, timetable)),
            REPORT_HTML: lambda: report_html(document, ladder),
            "report.xlsx": lambda: report_xlsx(document),
            "report.md": lambda: report_md(document),
            "report.txt": lambda: report_txt(document),
            **entry_lists(lambda: entry_list(plan.school, plan.school.as_is, timetable, options)),
            "changes.csv": lambda: changes_csv(document.school, document.moves),
            CHANGES_JSON: lambda: changes_json(document.school, document.moves),
            PACKAGES_JSON: lambda: packages_json(document),
            RESULT_JSON: lambda: result_json(document),
            **made(forcing_folder(plan.export, timetable), f"{FORCING}/"),
            **made(input_copies(plan)),
        }
    )
