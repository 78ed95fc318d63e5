"""Schools built once per run, and their files read back with a few lines that share nothing with the generator."""

from __future__ import annotations

import csv
from dataclasses import dataclass

import pytest

from untisopt.demo import DemoSchool, build, files


@dataclass(frozen=True)
class Lecture:
    """One row of lesson.txt."""

    teacher: str
    day: int
    period: int
    subject: str
    room: str
    number: int
    grade: str
    flags: str

    def weeks(self) -> str:
        """`A` and/or `B`: week 36 is the first exported one, week 37 the second."""
        return ("A" if self.flags[35] == "1" else "") + ("B" if self.flags[36] == "1" else "")


@dataclass(frozen=True)
class Written:
    """A school and its files."""

    school: DemoSchool
    files: dict[str, bytes]

    def lines(self, path: str) -> list[str]:
        text = self.files[path].decode("cp1252")
        assert text.endswith("\r\n")
        return text.removesuffix("\r\n").split("\r\n")

    def lectures(self) -> list[Lecture]:
        rows = [line.split("\t") for line in self.lines("lesson.txt")]
        return [Lecture(row[0], int(row[1]), int(row[2]), row[3], row[4], int(row[5]), row[7], row[8]) for row in rows]

    def gpu(self, number: str) -> list[list[str]]:
        return list(csv.reader(self.lines(f"gpu/GPU{number}.TXT")))


def written(size: str, seed: int = 1) -> Written:
    school = build(size, seed)
    return Written(school, files(school))


@pytest.fixture(scope="session")
def small() -> Written:
    return written("small")


@pytest.fixture(scope="session")
def ong() -> Written:
    return written("ong")


@pytest.fixture(scope="session", params=["small", "ong"])
def either(request: pytest.FixtureRequest) -> Written:
    result: Written = request.getfixturevalue(request.param)
    return result
