"""Replace the names in all files of an export, so that a case can be shared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from untisopt.io.output.folder import write_folder
from untisopt.io.untis import read_export
from untisopt.io.untis.anonymise import anonymise as anonymised
from untisopt.policy import Policy


@dataclass(frozen=True, slots=True)
class AnonymiseResult:
    """The files that were written."""

    folder: Path
    files: tuple[str, ...]


def anonymise(path: Path, out: Path, *, force: bool = False) -> AnonymiseResult:
    """Write the files of the export at `path` with consistent pseudonyms into the folder `out`.

    Raises
    ------
    InputError
        The export cannot be read.
    OutputError
        `out` is not empty (and `force` is not set), or the system refuses.
    """
    export = read_export(path, Policy())
    files = anonymised(export)
    folder = path if path.is_dir() else path.parent
    protected = [folder / file.name for file in export.all_files]
    write_folder(out, files, force=force, protect=protected)
    return AnonymiseResult(out, tuple(sorted(files)))
