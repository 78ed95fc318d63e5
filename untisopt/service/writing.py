"""Whether a result could be written, asked before the work is done."""

from __future__ import annotations

from pathlib import Path

from untisopt.io.output.checks import check_folder, check_places
from untisopt.service.optimise.run import result_names
from untisopt.service.reading.plan import Plan


def check_target(plan: Plan, out: Path, *, force: bool) -> None:
    """Refuse a folder that has content, is no folder, or where a file of the input would be replaced.

    Raises
    ------
    OutputError
        The result could not be written there.
    """
    root = out.resolve()
    check_folder(out, root, force=force)
    check_places(root, result_names(plan), plan.input_files)
