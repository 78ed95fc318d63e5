"""What `untisopt apply` says when it is done."""

from __future__ import annotations

from collections.abc import Sequence

from untisopt.domain.changes import apply, changes
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _, ngettext
from untisopt.report._json import dumps
from untisopt.report._layout import items, page
from untisopt.report._moves import move_line, moved_runs
from untisopt.report.documents import PackagePart, RepairDocument
from untisopt.report.optimise_text import written_to
from untisopt.report.result_json import result_data
from untisopt.report.summary import costs, gains, quality

_SHOWN = 12


def apply_text(
    document: RepairDocument, *, folder: str, files: Sequence[str], along: Sequence[PackagePart], before: Timetable
) -> str:
    """Render the summary of a choice.

    Parameters
    ----------
    document : RepairDocument
        The plan that was chosen.
    folder : str
    files : sequence of str
    along : sequence of PackagePart
        What was made or left out although nobody named it.
    before : Timetable
        The repair that was chosen from.
    """
    lines = []
    if along:
        text = ngettext(
            "Part {names} goes along, because parts need one another.",
            "Parts {names} go along, because parts need one another.",
            len(along),
        )
        lines.append(text.format(names=", ".join(part.name for part in along)))
    told = items([*lines, *gains(document), *costs(document), *quality(document)], indent="")
    return page([*told, "", *_differences(document, before), "", *written_to(folder, files)])


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


def apply_json(
    document: RepairDocument, *, folder: str, files: Sequence[str], along: Sequence[PackagePart], before: Timetable
) -> str:
    """The same for machines: the content of result.json, what went along, and where the files are."""
    planned = apply(document.moves, document.school.as_is)
    return dumps(
        {
            **result_data(document),
            "along": [part.name for part in along],
            "other": [move.lecture for move in changes(before, planned)],
            "out": folder,
            "files": files,
        }
    )
