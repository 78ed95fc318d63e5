"""The folder of a result: what stands in it besides the reports, and reading it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from untisopt.domain.calendar import Period
from untisopt.domain.changes import changes
from untisopt.domain.timetable import Placement, Timetable
from untisopt.errors import Defect, InputError
from untisopt.i18n import _
from untisopt.io.output.left_over import REPAIR_JSON
from untisopt.io.policy.writer import policy_toml
from untisopt.io.untis.files.writer import revised
from untisopt.report.packages.json import packages_from
from untisopt.results.packages import Package
from untisopt.service.reading.plan import POLICY_NAME, Plan, read
from untisopt.wording import enumerated

INPUT = "input"
"""Folder of the copies of all that was read: with them a result explains itself, wherever it is taken."""
CHOSEN_FOLDER = "untisopt-chosen"
RESULT_JSON, CHANGES_JSON, PACKAGES_JSON = "result.json", "changes.json", "packages.json"

Data = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class StoredResult:
    """A result that was written before.

    Parameters
    ----------
    path : Path
        Its folder.
    plan : Plan
        The copy of what was read, with the policy of the repair.
    timetable : Timetable
        The repaired plan.
    packages : tuple of Package
    data : mapping
        The content of result.json.
    """

    path: Path
    plan: Plan
    timetable: Timetable = field(repr=False)
    packages: tuple[Package, ...] = field(repr=False)
    data: Data = field(repr=False)


def is_result(path: Path) -> bool:
    """Whether a path is the folder of a result."""
    return path.is_dir() and (path / RESULT_JSON).is_file() and (path / INPUT).is_dir()


def default_chosen(path: Path) -> Path:
    """Where a choice among the changes of a result goes unless something else is wanted: beside the result."""
    return path.resolve().parent / CHOSEN_FOLDER


def input_copies(plan: Plan) -> dict[str, bytes]:
    """Copies of all that was read, with a policy file that says what the command line said."""
    copies = {file.name: file.data for file in plan.export.all_files}
    name, source = None, plan.policy.breaks_file
    if source is not None:
        content = source.read_bytes()
        name = source.name if copies.get(source.name, content) == content else f"breaks-{source.name}"
        copies[name] = content
    copies[POLICY_NAME] = policy_toml(plan.policy, name).encode()
    return {f"{INPUT}/{name}": content for name, content in copies.items()}


def input_names(plan: Plan) -> tuple[str, ...]:
    """Names of the copies."""
    return tuple(input_copies(plan))


def read_result(path: Path) -> StoredResult:
    """Read the folder of a result.

    Parameters
    ----------
    path : Path
        The folder, or a file in it.

    Returns
    -------
    StoredResult

    Raises
    ------
    InputError
        It is no result, or was changed since it was written.
    """
    folder = path if path.is_dir() else path.parent
    if not is_result(folder):
        _refuse_repair(folder)
        advice = _("you mean the folder that untisopt optimise has written")
        raise result_error(folder, _("a folder without {name}").format(name=RESULT_JSON), advice)
    data = read_json(folder / RESULT_JSON)
    try:
        name = str(data["input"]["files"][0])
    except (KeyError, IndexError, TypeError) as cause:
        raise result_error(folder / RESULT_JSON, _("no name of the input")) from cause
    plan = read(folder / INPUT / name, folder / INPUT / POLICY_NAME)
    timetable = _timetable(folder / CHANGES_JSON, plan)
    _refuse_edited(folder / plan.export.timetable_file.name, plan, timetable)
    try:
        packages = packages_from(read_json(folder / PACKAGES_JSON), changes(plan.school.as_is, timetable))
    except ValueError as cause:
        raise result_error(folder / PACKAGES_JSON, str(cause)) from cause
    return StoredResult(path=folder, plan=plan, timetable=timetable, packages=packages, data=data)


def _refuse_repair(folder: Path) -> None:
    """A repair after events is one answer: it has no packages to choose from."""
    if (folder / REPAIR_JSON).is_file():
        raise InputError(
            [
                Defect(
                    file=str(folder),
                    expected=_("a result of untisopt optimise"),
                    found=_("a result of untisopt repair, which has no packages"),
                    advice=_("repair the plan again with one more event, such as 'at 87@1.1 Mon 1', to keep a lecture"),
                )
            ]
        )


def _timetable(path: Path, plan: Plan) -> Timetable:
    """The repaired plan, from the changes."""
    as_is, data = plan.school.as_is, read_json(path)
    try:
        places = {str(move["lecture"]): placement(move) for move in data["moves"]}
    except (KeyError, TypeError) as cause:
        raise result_error(path, _("changes without {key}").format(key=cause)) from cause
    except ValueError as cause:
        raise result_error(path, str(cause)) from cause
    strange = [id_ for id_, place in places.items() if id_ not in as_is or not _fits(as_is[id_], place)]
    if strange:
        text = _("changes of lectures that the input does not have: {lectures}")
        raise result_error(path, text.format(lectures=enumerated(strange)))
    return as_is.replace(places)


def placement(move: Data) -> Placement:
    """Where a lecture of changes.json stands after its move."""
    rooms = tuple(tuple(course["rooms_to"]) for course in move["courses"])
    return Placement(Period(int(move["to"]["day"]), int(move["to"]["period"])), rooms)


def _fits(before: Placement, after: Placement) -> bool:
    return [len(rooms) for rooms in before.rooms] == [len(rooms) for rooms in after.rooms]


def _refuse_edited(path: Path, plan: Plan, timetable: Timetable) -> None:
    """A plan that somebody has changed by hand is not the one that the packages speak of."""
    expected = revised(plan.export, timetable)[plan.export.timetable_file.name]
    if not path.is_file() or path.read_bytes() != expected:
        found = _("another one") if path.is_file() else _("no such file")
        advice = _("optimise the plan anew, or compare the two with untisopt diff")
        raise InputError(
            [Defect(file=str(path), expected=_("the plan that untisopt has written"), found=found, advice=advice)]
        )


def read_json(path: Path) -> Data:
    """The content of a file that untisopt has written.

    Raises
    ------
    InputError
        There is none, or it is no JSON object.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as cause:
        raise result_error(path, _("no such file")) from cause
    except (OSError, ValueError) as cause:
        raise result_error(path, str(cause)) from cause
    if not isinstance(data, dict):
        raise result_error(path, _("something else than a JSON object"))
    return data


def result_error(path: Path, found: str, advice: str | None = None) -> InputError:
    """A file of a result that is not as untisopt writes it; by default another version has written it."""
    advice = _other_version() if advice is None else advice
    return InputError([Defect(file=str(path), expected=_("a result of untisopt"), found=found, advice=advice)])


def _other_version() -> str:
    return _("another version has written it, or it was changed; optimise the plan anew")
