"""What `untisopt optimise` says when it is done."""

from __future__ import annotations

from collections.abc import Sequence

from untisopt.i18n import _
from untisopt.report.optimise.json import result_data
from untisopt.report.render.json import dumps
from untisopt.report.render.txt import items, page
from untisopt.report.words.findings import limited
from untisopt.report.words.summary import costs, gains, gaps_in_knowledge, quality, suggestion_lines
from untisopt.results.optimise import RepairDocument

_NOTES = 5


def optimise_text(document: RepairDocument, folder: str, files: Sequence[str]) -> str:
    """Render the summary: what it brings, what it costs, how good it is, where the files are."""
    lines = items([*gains(document), *costs(document), *quality(document)], indent="")
    missing = gaps_in_knowledge(document)
    if missing:
        lines += ["", _("Not judged:"), *items(missing)]
    if document.suggestions:
        lines += ["", _("Sites that the room names suggest:"), *items(suggestion_lines(document.suggestions))]
    if document.source.notes:
        lines += ["", _("Noticed:"), *items(limited(document.source.notes, show_all=False, most=_NOTES))]
    return page([*lines, "", *written_to(folder, files)])


def written_to(folder: str, files: Sequence[str]) -> list[str]:
    """Where the files are; those in folders below by the folder."""
    names = [name for name in files if "/" not in name]
    folders = dict.fromkeys(name.split("/")[0] for name in files if "/" in name)
    return [
        _("Written to {folder}:").format(folder=folder),
        *items([", ".join([*names, *(f"{name}/" for name in folders)])], indent="  "),
    ]


def optimise_json(document: RepairDocument, folder: str, files: Sequence[str]) -> str:
    """The same for machines: the content of result.json, and where the files are."""
    return dumps({**result_data(document), "out": folder, "files": files})
