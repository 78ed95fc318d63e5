"""The workbook opens in an office program."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.unit.report.entry.handed_over import nasty
from untisopt.i18n import use_language
from untisopt.report.optimise.report import report_xlsx

REQUIRED = "UNTISOPT_REQUIRE_OFFICE"


@pytest.fixture
def office() -> str:
    """The program; without it the test is skipped, unless it is required."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is not None:
        return found
    advice = "LibreOffice is missing: apt-get install libreoffice-calc"
    if os.environ.get(REQUIRED) == "1":
        pytest.fail(f"{advice} ({REQUIRED}=1)")
    pytest.skip(advice)


@pytest.mark.slow
def test_libreoffice_reads_the_workbook(office, tmp_path, monkeypatch):
    use_language("en")
    book = tmp_path / "report.xlsx"
    book.write_bytes(report_xlsx(nasty(tmp_path / "export", monkeypatch)))
    # Semicolons, UTF-8, texts as they are shown, every sheet (-1) in a file of its own.
    form = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,-1"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path / "csv"), str(book)]
    done = subprocess.run(command, capture_output=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    sheets = {path.stem.partition("-")[2]: _rows(path) for path in (tmp_path / "csv").iterdir()}
    assert set(sheets) == {"Summary", "Changes", "By teacher", "By grade", "Rules"}
    head, *rows = sheets["Changes"]
    first = dict(zip(head, rows[0], strict=True))
    # Neither computed nor made a date or a number: a formula would show 2, a grade of 10.4 could be 10 April.
    assert (first["teachers"], first["grades"], first["subjects"], first["lesson"]) == (
        "=1+1",
        "<b>9",
        "http://x",
        "178",
    )
    assert "10.4" in {row[head.index("grades")] for row in rows}


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))
