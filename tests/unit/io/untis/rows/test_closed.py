"""Times at which nobody is taught today are closed; the policy opens them."""

from __future__ import annotations

from pathlib import Path

import pytest

from untisopt.io.untis import read_export
from untisopt.policy import Policy

# Two classes on two days of three periods; nobody has Tuesday 3, and Wednesday has one course in period 1.
ROWS = """1,"5a","Ada","F1","R1",1,1,,
2,"5a","Ben","F2","R1",1,2,,
3,"5b","Cem","F3","R2",1,3,,
4,"5b","Ada","F1","R1",2,1,,
5,"5a","Ben","F2","R1",2,2,,
6,"5b","Ada","F4","R1",3,1,,
"""
CLOSED = {(2, 3), (3, 2), (3, 3)}

pytestmark = pytest.mark.usefixtures("closing")


def closed(folder: Path, rows: str, policy: Policy | None = None) -> dict[str, set[tuple[int, int]]]:
    (folder / "GPU001.TXT").write_text(rows, encoding="cp1252")
    school = read_export(folder, policy or Policy()).school
    assert all(periods <= set(school.grid.periods) for periods in school.closed.values())
    return {name: {(p.day, p.number) for p in periods} for name, periods in school.closed.items()}


def test_times_without_a_lecture_of_any_class(tmp_path: Path) -> None:
    assert closed(tmp_path, ROWS) == {"5a": CLOSED, "5b": CLOSED, "": CLOSED}


def test_supervisions_and_lectures_without_a_class_open_nothing_for_classes(tmp_path: Path) -> None:
    rows = ROWS + '0,"","Ada","Pause","",2,3,,\n7,"","Ben","Conference","R1",3,3,,\n'
    assert closed(tmp_path, rows) == {"5a": CLOSED, "5b": CLOSED, "": CLOSED - {(3, 3)}}


@pytest.mark.parametrize(
    ("opened", "left"),
    [([(3, None)], {(2, 3)}), ([(3, 2)], {(2, 3), (3, 3)}), ([(2, 3), (3, 2), (3, 3)], set()), ([(1, 1)], CLOSED)],
)
def test_the_policy_opens_days_and_periods(
    tmp_path: Path, opened: list[tuple[int, int | None]], left: set[tuple[int, int]]
) -> None:
    found = closed(tmp_path, ROWS, Policy(opened=tuple(opened)))
    assert found == ({"5a": left, "5b": left, "": left} if left else {})


TIMES = "1 08:00-08:45\n2 08:50-09:35\n3 {third}\n"


@pytest.mark.parametrize(
    ("third", "ragged"), [("09:55-10:40", True), ("10:04-10:49", True), ("10:05-10:50", False), ("13:00-13:45", False)]
)
def test_the_edge_of_the_days_is_ragged(tmp_path: Path, third: str, ragged: bool) -> None:
    # Period 3 is used on one of three days: that the other two end a period earlier says nothing, unless a long break
    # lies between (30 minutes). Two of three begin with period 1, so Wednesday 1 is no matter of chance.
    rows = ROWS.replace('"R1",3,1', '"R1",3,2')
    (tmp_path / "breaks.txt").write_text(TIMES.format(third=third), encoding="utf-8")
    found = closed(tmp_path, rows, Policy(breaks_file=tmp_path / "breaks.txt"))["5a"]
    assert found == ({(3, 1)} if ragged else {(2, 3), (3, 1), (3, 3)})
