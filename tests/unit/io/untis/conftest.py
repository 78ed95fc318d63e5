"""Made-up exports, written down in a few characters per row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from untisopt.io.untis import Export, read_export
from untisopt.policy import Policy

Reader = Callable[..., Export]


@pytest.fixture
def fixtures() -> Path:
    return Path(__file__).parents[4] / "fixtures"


def _flags(text: str, exported: Iterable[int]) -> str:
    """`36,38x` is held in week 36, cancelled in week 38, and not held in the other exported weeks."""
    marks = {int(part.rstrip("x")): "x" if part.endswith("x") else "1" for part in text.split(",") if part}
    return "".join(marks.get(week, "0" if week in exported else "-") for week in range(1, 54))


@pytest.fixture
def read_lesson(tmp_path: Path) -> Reader:
    """Read rows such as `Arn 1 2 Ma 101 7 9a 36,38`: teacher, day, period, subject, room, lesson, grade, weeks.

    `.` is an empty field; without weeks a row is held in week 36, the only one.
    """

    def read(*rows: str, policy: Policy | None = None, **beside: str) -> Export:
        fields = [["" if field == "." else field for field in row.split()] for row in rows]
        weeks = [row[7] if len(row) > 7 else "36" for row in fields]
        exported = {int(part.rstrip("x")) for text in weeks for part in text.split(",") if part}
        lines = ["\t".join([*row[:6], "1", row[6], _flags(w, exported)]) for row, w in zip(fields, weeks, strict=True)]
        (tmp_path / "lesson.txt").write_text("\r\n".join([*lines, ""]), encoding="utf-8", newline="")
        for name, text in beside.items():
            (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
        return read_export(tmp_path, policy)

    return read


@pytest.fixture
def read_gpu(tmp_path: Path) -> Reader:
    """Read the text of a GPU001 and of files beside it."""

    def read(text: str, policy: Policy | None = None, **beside: str) -> Export:
        for name, content in {"GPU001": text, **beside}.items():
            (tmp_path / f"{name}.TXT").write_text(content, encoding="utf-8", newline="")
        return read_export(tmp_path, policy)

    return read
