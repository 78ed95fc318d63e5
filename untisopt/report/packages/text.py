"""What `untisopt packages` says: the packages of a result, what each brings and needs."""

from __future__ import annotations

from collections.abc import Sequence

from untisopt.i18n import _, ngettext
from untisopt.report.packages.json import packages_data
from untisopt.report.render.json import dumps
from untisopt.report.render.txt import heading, items, page, paragraph
from untisopt.report.words.findings import limited
from untisopt.report.words.moves import move_line, moved_runs
from untisopt.report.words.packages import gain_parts, gains_do_not_add_up, package_title, part_gain
from untisopt.report.words.reasons import reason_line
from untisopt.report.words.summary import origin_lines
from untisopt.results.optimise import RepairDocument
from untisopt.results.packages import Package, PackagePart

_LINES = 4
"""How many changes of a part are shown unless all are asked for."""


def packages_json_text(document: RepairDocument) -> str:
    """The packages for machines."""
    return dumps(packages_data(document))


def packages_text(document: RepairDocument, folder: str, *, show_all: bool) -> str:
    """Render the packages of a result, the one with the most gain first.

    Parameters
    ----------
    document : RepairDocument
    folder : str
        The result, as the user named it.
    show_all : bool
        Whether every change is shown with its reason.
    """
    packages = document.packages
    if not packages:
        return page([_("No lecture moves: there is nothing to choose from.")])
    text = ngettext(
        "{count} package. Any choice of packages gives a plan that breaks no rule newly.",
        "{count} packages. Any choice of packages gives a plan that breaks no rule newly.",
        len(packages),
    )
    lines = paragraph(text.format(count=len(packages)), indent="")
    for note in (gains_do_not_add_up(document), *origin_lines(document)):
        lines += paragraph(note, indent="") if note else []
    for package in packages:
        lines += [*heading(package_title(document, package)), *items(gain_parts(document, package))]
        for part in package.parts:
            lines += ["", *_part(document, package, part, show_all=show_all)]
    return page([*lines, *_how_to_choose(packages, folder)])


def _part(document: RepairDocument, package: Package, part: PackagePart, *, show_all: bool) -> list[str]:
    """The changes of a part below its name; a package of one part needs no name for it."""
    needs = ", ".join(package.needed_names(part))
    name = part.name if len(package.parts) > 1 else ""
    title = _("{part} (needs {others})").format(part=name, others=needs) if needs else name
    gain = part_gain(document, part) if name else ""
    lines = paragraph("; ".join(filter(None, (title, gain))), indent="  ") if title else []
    shown = []
    for run in moved_runs(document.school, part.moves):
        shown.append(f"    {move_line(document.school, run)}")
        if show_all:
            shown += paragraph(reason_line(document, run.first), indent="      ")
    return [*lines, *(shown if show_all else _short(shown))]


def _short(lines: Sequence[str]) -> list[str]:
    return [line if line.startswith(" ") else f"    {line}" for line in limited(lines, show_all=False, most=_LINES)]


def _how_to_choose(packages: Sequence[Package], folder: str) -> list[str]:
    last = packages[-1]
    parts = next((package.parts for package in packages if len(package.parts) > 1), None)
    lines = [
        _("To leave one out: {command}").format(command=f'untisopt apply "{folder}" --without {last.number}'),
        _("To make only some: {command}").format(command=f'untisopt apply "{folder}" --only {packages[0].number}'),
    ]
    if parts is not None:
        text = _("A part goes together with those that need it: {command}")
        lines.append(text.format(command=f'untisopt apply "{folder}" --without {parts[0].name}'))
    text = _("To keep a lesson where it is and search anew around it: {command}")
    lesson = _("LESSON")
    lines.append(text.format(command=f'untisopt apply "{folder}" --reject {lesson}'))
    return [*heading(_("How to choose")), *items(lines)]
