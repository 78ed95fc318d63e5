"""Small exports, written to a folder, and a solver that does what the test says.

The school of :data:`ROWS` has two sites, 25 minutes apart (rooms F* are the branch), and eight periods with
0 minutes between 1 and 2, 20 between 2 and 3, 0 between 3 and 4, 10 between 4 and 5.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

import pytest

from untisopt.domain.calendar import Period
from untisopt.domain.school import School
from untisopt.domain.score import Score
from untisopt.domain.timetable import Timetable
from untisopt.engines.objective import objective
from untisopt.engines.session import OnProgress, Progress, Repair, ShouldStop, SolveOptions, Status
from untisopt.policy import Policy
from untisopt.rules import judge

# Monday of Arnd: main building, branch, main building, so two changes: 1>2 (0 min) and 2>3 (20 min), both too short.
# Beck is at the branch all the time, Carl in the main building.
ROWS = """
Arnd 1 1 Ma 101 177 10.3
Arnd 1 2 Ph F13 178 9.1
Arnd 1 3 Ma 102 179 10.4
Beck 1 1 De F13 180 9.1
Beck 1 3 En F13 181 9.1
Beck 2 1 De F14 180 9.1
Beck 2 2 De F14 180 9.1
Carl 1 1 Sp 103 182 10.4
Carl 1 2 Ch 101 183 10.3
Carl 1 3 Bi 101 184 10.3
Carl 2 1 Ch 101 183 10.3
"""
POLICY = '[sites]\nmain = "Haupthaus"\nFiliale = ["F*"]\n[travel]\nminutes = 25\n'
TIMES = ("800 845", "845 930", "950 1035", "1035 1120", "1130 1215", "1215 1300", "1330 1415", "1415 1500")
WEEKS_OF_TEACHING = range(36, 44)


def flags(weeks: str = "AB") -> str:
    """The week string of lesson.txt: A weeks are the even ones of 36 to 43."""
    held = {week for week in WEEKS_OF_TEACHING if "AB"[week % 2] in weeks}
    return "".join("1" if w in held else "0" if w in WEEKS_OF_TEACHING else "-" for w in range(1, 54))


def lesson_txt(rows: str = ROWS) -> bytes:
    """`TEACHER DAY PERIOD SUBJECT ROOM LESSON GRADE [WEEKS]` as lesson.txt; `-` stands for an empty field."""
    lines = []
    for line in rows.strip().splitlines():
        teacher, day, period, subject, room, lesson, grade, *weeks = (f if f != "-" else "" for f in line.split())
        fields = (teacher, day, period, subject, room, lesson, "1", grade, flags(*weeks), "0")
        lines.append("\t".join(fields) + "\r\n")
    return "".join(lines).encode("cp1252")


def time_txt() -> bytes:
    """The same eight periods on five days."""
    lines = [
        f"{day}\t8\t{i}\t{times.replace(' ', chr(9))}\r\n" for day in range(1, 6) for i, times in enumerate(TIMES, 1)
    ]
    return "".join(lines).encode()


def write_export(folder: Path, rows: str = ROWS, *, times: bool = True, policy: str = POLICY) -> Path:
    """Write an export into `folder` and return the path of its lesson.txt."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lesson.txt").write_bytes(lesson_txt(rows))
    if times:
        (folder / "time.txt").write_bytes(time_txt())
    if policy:
        (folder / "untisopt.toml").write_text(policy, encoding="utf-8")
    return folder / "lesson.txt"


def moved(timetable: Timetable, moves: Mapping[str, tuple[int, int]]) -> Timetable:
    """The timetable with lectures at other periods."""
    return timetable.replace({id_: timetable[id_].at(Period(*place)) for id_, place in moves.items()})


Solver = Callable[..., Repair]


def solver_that_moves(moves: Mapping[str, tuple[int, int]], *, points_off: int = 0, bound: int = 0) -> Solver:
    """A solver that makes these moves, whatever they are worth, and may miscount its points."""

    def repair(
        school: School,
        policy: Policy,
        options: SolveOptions,
        *,
        before: Score,
        on_progress: OnProgress,
        should_stop: ShouldStop,
    ) -> Repair:
        points = objective(school, policy)
        timetable = moved(school.as_is, moves)
        after = judge(school, timetable, policy.rules)
        status = Status.STOPPED if should_stop() else Status.FEASIBLE
        for score in (before, after):
            amounts = {rule: found.amount for rule, found in score.rules.items()}
            on_progress(Progress(0.0, "made up", points.value(score), bound, amounts))
        objective_after = points.value(after) + points_off
        return Repair(timetable, status, objective_after, bound, points.value(before), {"search": 0.0})

    return repair


def use_solver(monkeypatch: pytest.MonkeyPatch, solver: Solver) -> None:
    """Put `solver` in the place of the real one, which is not even loaded."""
    module = ModuleType("untisopt.solve.optimise.search")
    module.repair = solver  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "untisopt.solve.optimise.search", module)
