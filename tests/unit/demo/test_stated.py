"""Limits and supervisions of the made-up school."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise


def occupied(written) -> dict[tuple[str, int, int], set[str]]:
    """Per teacher, day and period: the sites of the rooms in whatever week."""
    sites = {row[0]: "F" if row[5] else "H" for row in written.gpu("005")}
    found: dict[tuple[str, int, int], set[str]] = {}
    for row in written.lectures():
        if row.room:
            found.setdefault((row.teacher, row.day, row.period), set()).add(sites[row.room])
    return found


def days(written, teacher: str, week: str) -> Iterable[list[int]]:
    for day in range(1, 6):
        rows = [row for row in written.lectures() if (row.teacher, row.day) == (teacher, day) and week in row.weeks()]
        yield sorted({row.period for row in rows})


def test_limits_of_teachers(either) -> None:
    limits = {row[0]: row for row in either.gpu("004") if row[8]}
    dummies = {person.short for person in either.school.teachers if person.dummy}
    assert limits.keys() == {person.short for person in either.school.teachers} - dummies
    too_long, too_idle = set(), set()
    for name, row in limits.items():
        for week in "AB":
            taught = list(days(either, name, week))
            if max(map(len, taught)) > int(row[8]):
                too_long.add(name)
            if sum(b - a - 1 for day in taught for a, b in pairwise(day)) > int(row[10]):
                too_idle.add(name)
    # One of each kind for every 15 people, at least one, and never the same person.
    expected = max(1, len(limits) // 15)
    assert len(too_long) == len(too_idle) == expected
    assert not too_long & too_idle


def test_supervisions(either) -> None:
    rows = either.gpu("009")
    places = occupied(either)
    corridors = {row[9] for row in either.gpu("005")}
    breaks = {3: 20, 5: 10, 7: 30}
    wrong = []
    for corridor, teacher, day, period, minutes, weeks, _end in rows:
        assert corridor in corridors
        assert breaks[int(period)] == int(minutes)
        assert len(weeks.split("~")) == 14
        around = [places[teacher, int(day), near] for near in (int(period) - 1, int(period))]
        if around != [{corridor[-1]}] * 2:
            wrong.append(teacher)
    assert len({row[1] for row in rows}) == len(rows)
    # One for every 6 people, at least two; only a school with more than three has an exception.
    assert len(rows) == max(2, len(either.school.teachers) // 6)
    assert len(wrong) == (1 if len(rows) > 3 else 0)


def test_dummies_have_no_supervision(small) -> None:
    from untisopt.demo.stated import limits_of, watches_of

    dummies = tuple(replace(person, dummy=True) for person in small.school.teachers)
    school = replace(small.school, teachers=dummies)

    assert limits_of(school) == {}
    assert watches_of(school) == []
