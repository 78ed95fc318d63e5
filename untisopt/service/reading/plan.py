"""Read an export with the policy that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from untisopt.domain.school import School
from untisopt.domain.timetable import Timetable
from untisopt.i18n import _
from untisopt.io.policy.file import PolicyOptions, override, read_policy
from untisopt.io.untis import Export, read_export
from untisopt.io.untis.files.siblings import is_xml
from untisopt.policy import Policy
from untisopt.results.source import Counts, Source

if TYPE_CHECKING:
    from pandas import DataFrame

POLICY_NAME = "untisopt.toml"
BREAKS_NAMES = ("breaks.txt", "breaks.csv", "pausen.txt", "pausen.csv")

PathLike = str | Path
PolicyLike = Policy | PathLike | None


@dataclass(frozen=True, eq=False)
class Plan:
    """An export that was read, with the policy it was read by.

    Parameters
    ----------
    export : Export
        The files, their rows, and the school.
    policy : Policy
    notes : tuple of str
        What was read, guessed and left out, as sentences.
    """

    export: Export
    policy: Policy
    notes: tuple[str, ...]

    @property
    def school(self) -> School:
        """People, rooms, lectures, and the plan of today."""
        return self.export.school

    @property
    def timetable(self) -> Timetable:
        """The plan of today."""
        return self.export.school.as_is

    @property
    def rows(self) -> DataFrame:
        """The rows of the timetable file as a table."""
        from untisopt.service import frames

        return frames.rows(self)

    @property
    def lectures(self) -> DataFrame:
        """The lectures and where they are, as a table."""
        from untisopt.service import frames

        return frames.lectures(self.school, self.timetable)

    @property
    def source(self) -> Source:
        """What was read, for reports."""
        counts = self.export.counts
        return Source(
            path=str(self.export.path),
            kind=self.export.kind,
            files=tuple(file.name for file in self.export.all_files),
            counts=Counts(
                rows=counts.rows,
                lessons=counts.lessons,
                lectures=counts.lectures,
                blocks=counts.blocks,
                teachers=counts.teachers,
                grades=counts.grades,
                rooms=counts.rooms,
            ),
            knows_weeks=self.export.knows_weeks,
            notes=self.notes,
        )

    @property
    def input_files(self) -> tuple[Path, ...]:
        """Every file that was read: none of them may ever be written."""
        folder = folder_of(self.export.path)
        files = [folder / file.name for file in self.export.all_files]
        beside = [self.policy.breaks_file, folder / POLICY_NAME]
        return (*files, *(path for path in beside if path is not None and path.exists()))


def read(path: PathLike, policy: PolicyLike = None) -> Plan:
    """Read an export of Untis.

    Parameters
    ----------
    path : str or Path
        `lesson.txt`, `GPU001.TXT`, an XML export or the folder that holds one of them.
    policy : Policy, str, Path or None
        What is wanted, or the file that says it. None: `untisopt.toml` beside the export if it is there, else the
        default policy. A break table beside the export is taken where nothing else states the times of the periods.

    Returns
    -------
    Plan

    Raises
    ------
    InputError
        Everything that is wrong with the files; PolicyError for the policy.
    """
    where = Path(path)
    wanted, notes = find_policy(where, policy)
    return _read(where, wanted, notes)


def read_with_options(path: Path, policy_file: Path | None, **options: Unpack[PolicyOptions]) -> Plan:
    """Read an export with the options of the command line on top of the policy; see :func:`read`."""
    policy, notes = find_policy(path, policy_file)
    return _read(path, override(policy, **options), notes)


def find_policy(path: Path, policy: PolicyLike) -> tuple[Policy, tuple[str, ...]]:
    """The policy in force and what is worth saying about where it comes from."""
    if isinstance(policy, Policy):
        return policy, ()
    if policy is not None:
        return read_policy(Path(policy)), ()
    beside = folder_of(path) / POLICY_NAME
    if not beside.is_file():
        return Policy(), ()
    return read_policy(beside), (_("the policy is taken from {name} beside the export").format(name=POLICY_NAME),)


def folder_of(path: Path) -> Path:
    """The folder of an export that is named by its file or its folder."""
    return path if path.is_dir() else path.parent


def as_plan(plan: Plan | PathLike, policy: PolicyLike) -> Plan:
    """The plan that was read, or the one to read."""
    return plan if isinstance(plan, Plan) else read(plan, policy)


def _read(path: Path, policy: Policy, notes: tuple[str, ...]) -> Plan:
    if policy.breaks_file is None:
        found = _breaks_beside(path)
        if found is not None:
            policy = policy.with_(breaks_file=found)
            notes = (*notes, _("the times of the periods are taken from {name}").format(name=found.name))
    export = read_export(path, policy)
    return Plan(export, policy, (*notes, *(note.text for note in export.notes)))


def _breaks_beside(path: Path) -> Path | None:
    """A break table beside an export that does not state the times itself."""
    folder = folder_of(path)
    if not folder.is_dir() or is_xml(path):
        return None
    files = {entry.name.lower(): entry for entry in sorted(folder.iterdir()) if entry.is_file()}
    if "time.txt" in files:
        return None
    return next((files[name] for name in BREAKS_NAMES if name in files), None)
