"""Two exports that are not of one school are told apart, and nothing crashes."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.conftest import Untisopt
from tests.unit.service.exports import write_export


def test_a_room_that_the_plan_before_does_not_know(tmp_path: Path, run: Untisopt) -> None:
    before = write_export(tmp_path / "before")
    after = write_export(tmp_path / "after")
    assert b"F13" in after.read_bytes()
    after.write_bytes(after.read_bytes().replace(b"F13", b"Z99"))
    found = run("verify", before, after)
    assert found.returncode == 4
    assert "room Z99 is not in the plan before" in " ".join(found.stdout.split())
