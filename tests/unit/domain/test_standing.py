"""Who stands where, against counting course by course and week by week, which shares no code with the index."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from tests.builders import random_school, random_timetable
from untisopt.domain.calendar import Period
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.standing import Standing, shared, standing
from untisopt.domain.timetable import Placement


def _cells(school: School, lecture: str, place: Placement) -> Iterator[tuple[Kind, str, int]]:
    """Person or room and calendar week, one by one."""
    for course, rooms in zip(school.lectures[lecture].courses, place.rooms, strict=True):
        for index, week_class in enumerate(school.week_classes):
            if course.weeks & week_class.weeks:
                names = [(Kind.GRADE, grade) for grade in course.grades] + [(Kind.ROOM, room) for room in rooms]
                if course.teacher:
                    names.append((Kind.TEACHER, course.teacher))
                yield from ((kind, name, index) for kind, name in names)


def _met(school: School, lecture: str, place: Placement) -> set[tuple[tuple[Kind, str], str]]:
    own = set(_cells(school, lecture, place))
    return {
        ((kind, name), other)
        for other, there in school.as_is.items()
        if there.period == place.period and other != lecture
        for kind, name, _week in own & set(_cells(school, other, there))
        if not school.may_overlap((kind, name), lecture, other)
    }


@pytest.mark.parametrize("seed", range(8))
def test_in_the_way_is_who_shares_a_person_or_room_in_some_week(seed: int) -> None:
    random = Random(seed)
    school = random_school(random)
    moved = random_timetable(random, school, rooms_change=True)
    index = standing(school, school.as_is)
    found = {id_: {(m.resource, m.other) for m in index.in_the_way(id_, place)} for id_, place in moved.items()}
    assert found == {id_: _met(school, id_, place) for id_, place in moved.items()}


@pytest.mark.parametrize("seed", range(4))
def test_shared_is_the_same_question_of_two_lectures_wherever_they_are(seed: int) -> None:
    school = random_school(Random(seed))
    places = dict(school.as_is)
    for one, at in places.items():
        for other, there in places.items():
            if one != other:
                common = set(_cells(school, one, at)) & set(_cells(school, other, there))
                wanted = {(k, n) for k, n, _week in common if not school.may_overlap((k, n), one, other)}
                assert set(shared(school, (one, at), (other, there))) == wanted


def test_what_is_off_the_plan_meets_nobody() -> None:
    school = random_school(Random(1))
    lecture, place = next(iter(school.as_is.items()))
    aside = place.at(Period(0, 1))
    index = Standing(school, [(lecture, aside, "there")])
    assert not list(index.meetings(lecture, aside))
    index.add(lecture, place, "here")
    # A lecture meets itself where it stands, with the note it stands there with; nobody is in its own way.
    assert {meeting.note for meeting in index.meetings(lecture, place)} == {"here"}
    assert not list(index.in_the_way(lecture, place))
