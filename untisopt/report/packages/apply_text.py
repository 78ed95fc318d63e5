"""What `untisopt apply` says when it is done."""

from __future__ import annotations

from collections.abc import Sequence

from untisopt.domain.changes import apply, changes
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _, ngettext
from untisopt.report.optimise.json import result_data
from untisopt.report.optimise.text import written_to
from untisopt.report.render.json import dumps
from untisopt.report.render.txt import items, page
from untisopt.report.words.moves import move_line, moved_runs
from untisopt.report.words.summary import costs, gains, quality
from untisopt.results.apply import Choosing
from untisopt.results.optimise import RepairDocument

_SHOWN = 12


def apply_text(document: RepairDocument, choosing: Choosing, *, folder: str, files: Sequence[str]) -> str:
    """Render the summary of a choice; `document` is the plan that was chosen."""
    lines = [*_along(choosing), *gains(document), *costs(document), *quality(document)]
    told = items(lines, indent="")
    return page([*told, "", *_differences(document, choosing.before), "", *written_to(folder, files)])


def _along(choosing: Choosing) -> list[str]:
    """The parts that nobody named."""
    if not choosing.along:
        return []
    count = len(choosing.along)
    text = ngettext(
        "Part {names} is made as well, because parts need one another.",
        "Parts {names} are made as well, because parts need one another.",
        count,
    )
    if choosing.left_out:
        text = ngettext(
            "Part {names} is left out as well, because parts need one another.",
            "Parts {names} are left out as well, because parts need one another.",
            count,
        )
    return [text.format(names=", ".join(part.name for part in choosing.along))]


def _differences(document: RepairDocument, before: Timetable) -> list[str]:
    """What is other than in the repair that was chosen from."""
    planned = apply(document.moves, document.school.as_is)
    runs = moved_runs(document.school, changes(before, planned))
    if not runs:
        return [_("The plan is the same as before.")]
    lines = [move_line(document.school, run) for run in runs[:_SHOWN]]
    more = len(runs) - len(lines)
    if more:
        lines.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
    return [_("Other than in the repair that this was chosen from:"), *(f"  {line}" for line in lines)]


def apply_json(document: RepairDocument, choosing: Choosing, *, folder: str, files: Sequence[str]) -> str:
    """The same for machines: the content of result.json, what went along, and where the files are."""
    planned = apply(document.moves, document.school.as_is)
    return dumps(
        {
            **result_data(document),
            "along": [part.name for part in choosing.along],
            "other": [move.lecture for move in changes(choosing.before, planned)],
            "out": folder,
            "files": files,
        }
    )
