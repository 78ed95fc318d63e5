"""Small XML exports, written down in a few characters per lesson."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from untisopt.io.untis import Export, read_export
from untisopt.policy import Policy

Reader = Callable[..., Export]

# Monday 1 September 2025 (week 36) to Sunday 28 September (week 39): 28 days.
GENERAL = (
    "<general><schoolyearbegindate>20250901</schoolyearbegindate><schoolyearenddate>20250928</schoolyearenddate>"
    "<week_periodicity>2</week_periodicity></general>"
)
EVERY = "11111FF" * 4
A_WEEKS = "11111FF00000FF" * 2
B_WEEKS = "00000FF11111FF" * 2


def times() -> str:
    """Five days of four periods of 45 minutes from 8:00 on, without breaks."""
    slots = [(480 + 45 * i, 525 + 45 * i) for i in range(4)]
    return "".join(
        f"<timeperiod><day>{day}</day><period>{i}</period><starttime>{a // 60:02d}{a % 60:02d}</starttime>"
        f"<endtime>{b // 60:02d}{b % 60:02d}</endtime></timeperiod>\n"
        for day in range(1, 6)
        for i, (a, b) in enumerate(slots, 1)
    )


def lesson(row: str) -> str:
    """`LS_700 Ma Arn 9a 101@1.1,102@1.2 MARKS`: id, subject, teacher, classes joined by +, rooms and places, marks.

    `-` is a missing element; rooms are joined by +.
    """
    id_, subject, teacher, classes, places, *marks = row.split()
    found = [
        f'<lesson_{tag} id="{" ".join(prefix + name for name in names.split("+"))}"/>'
        for tag, prefix, names in (
            ("subject", "SU_", subject),
            ("teacher", "TR_", teacher),
            ("classes", "CL_", classes),
        )
        if names != "-"
    ]
    slots = []
    for place in places.split(",") if places != "-" else ():
        rooms, _at, period = place.partition("@")
        day, number = period.split(".")
        ids = "".join(f'<assigned_room id="RM_{room}"/>' for room in rooms.split("+") if room)
        start = 480 + 45 * (int(number) - 1)
        slots.append(
            f"<time><assigned_day>{day}</assigned_day><assigned_period>{number}</assigned_period>"
            f"<assigned_starttime>{start // 60:02d}{start % 60:02d}</assigned_starttime>"
            f"<assigned_endtime>{(start + 45) // 60:02d}{(start + 45) % 60:02d}</assigned_endtime>{ids}</time>\n"
        )
    occurence = f"<occurence>{marks[0]}</occurence>" if marks else ""
    return f'<lesson id="{id_}">{"".join(found)}{occurence}<times>{"".join(slots)}</times></lesson>\n'


def xml(*lessons: str, general: str = GENERAL, grid: str | None = None, more: str = "") -> str:
    """An export with rooms 101 to 103, teachers Arn and Bau, classes 9a and 9b, subjects Ma and Ge."""
    sections = {
        "timeperiods": times() if grid is None else grid,
        "rooms": "".join(f'<room id="RM_{name}"/>' for name in ("101", "102", "103")),
        "subjects": '<subject id="SU_Ma"/><subject id="SU_Ge"/>',
        "teachers": '<teacher id="TR_Arn"/><teacher id="TR_Bau"/>',
        "classes": '<class id="CL_9a"/><class id="CL_9b"/>',
    }
    body = "".join(f"<{name}>\n{content}</{name}>\n" for name, content in sections.items())
    rows = "".join(row if row.startswith("<") else lesson(row) for row in lessons)
    return f"<document>\n{general}\n{body}{more}<lessons>\n{rows}</lessons>\n</document>\n"


@pytest.fixture
def read_text(tmp_path: Path) -> Reader:
    """Read the text of an XML export."""

    def read(text: str, policy: Policy | None = None) -> Export:
        (tmp_path / "untis.xml").write_text(text, encoding="utf-8", newline="")
        return read_export(tmp_path / "untis.xml", policy)

    return read


@pytest.fixture
def read_xml(read_text: Reader) -> Reader:
    """Read lessons; see `xml` and `lesson`."""

    def read(*lessons: str, policy: Policy | None = None, **parts: str) -> Export:
        return read_text(xml(*lessons, **parts), policy)

    return read
