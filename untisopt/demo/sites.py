"""Counts site changes in a finished plan, straight from its rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from untisopt.demo.grid import enough_time
from untisopt.demo.model import DemoSchool, Row

__all__ = ["SiteChanges", "grade_changes", "teacher_changes"]


@dataclass(frozen=True, slots=True)
class SiteChanges:
    """Site changes a week and how many of them leave too little time; means over the A and the B week."""

    all: float
    too_short: float


def teacher_changes(school: DemoSchool) -> SiteChanges:
    """Count the site changes of teachers: consecutive occupied periods of a day in rooms of different sites."""
    return _count(school, lambda row: row.teacher)


def grade_changes(school: DemoSchool) -> SiteChanges:
    """Count the site changes of grades; periods of a grade at both sites at once are no change of their own."""
    return _count(school, lambda row: row.grade)


def _count(school: DemoSchool, who: Callable[[Row], str]) -> SiteChanges:
    counts = [_count_week(school, who, week) for week in "AB"]
    return SiteChanges(sum(count[0] for count in counts) / 2, sum(count[1] for count in counts) / 2)


def _count_week(school: DemoSchool, who: Callable[[Row], str], week: str) -> tuple[int, int]:
    sites = school.sites()
    days: dict[tuple[str, int], dict[int, set[str]]] = {}
    for row in school.rows():
        if who(row) and week in row.weeks:
            places = days.setdefault((who(row), row.day), {}).setdefault(row.period, set())
            if row.room:
                places.add(sites[row.room])
    changes = short = 0
    for places_of_day in days.values():
        periods = sorted(places_of_day)
        for first, second in pairwise(periods):
            if places_of_day[first] and places_of_day[second] and places_of_day[first] != places_of_day[second]:
                changes += 1
                short += not enough_time(first, second)
    return changes, short
