"""Lessons of a grade that share no pupil may run in parallel, even if they never do so today."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import school
from untisopt.domain.lessons import Lecture
from untisopt.domain.limits import LessonTraits, Limits
from untisopt.domain.resources import Kind
from untisopt.domain.school import School

GRADE_7 = (Kind.GRADE, "7")
APART = frozenset({frozenset({"1", "2"})})


def with_groups(of: School, groups: dict[int, tuple[str, ...]], limits: Limits | None = None) -> School:
    """The school with student groups by lesson."""
    lectures = {
        id_: Lecture(
            id_,
            lecture.lesson,
            tuple(replace(c, subject="Re", groups=groups.get(lecture.lesson, ())) for c in lecture.courses),
        )
        for id_, lecture in of.lectures.items()
    }
    return replace(of, lectures=lectures, limits=limits or of.limits)


OF = school("1 Arnd 7 - Mon1\n1 Arnd 7 - Mon4\n2 Beck 7,8 - Tue1\n3 Cern 8 - Wed1")


def test_disjoint_groups() -> None:
    # Lesson 3 is not of grade 7, lesson 2 and 3 share the group RK in grade 8.
    of = with_groups(OF, {1: ("EV",), 2: ("RK",), 3: ("RK",)})
    assert of.stated_parallel == {GRADE_7: APART}
    assert of.compatible == {GRADE_7: APART}
    assert of.may_overlap(GRADE_7, "1@1.4", "2@2.1")
    assert not of.may_overlap(GRADE_7, "1@1.1", "1@1.4")
    assert not of.may_overlap((Kind.GRADE, "8"), "2@2.1", "3@3.1")


def test_groups_of_different_subjects() -> None:
    # Many schools have a group per lesson, with the whole class in it: sport and music cannot be parallel for that.
    of = with_groups(OF, {1: ("7_SP",), 2: ("7_MU",), 3: ("8_SP",)})
    lecture = of.lectures["2@2.1"]
    other = Lecture(lecture.id, 2, tuple(replace(course, subject="Mu") for course in lecture.courses))
    assert replace(of, lectures={**of.lectures, lecture.id: other}).stated_parallel == {}


def test_a_common_group() -> None:
    assert with_groups(OF, {1: ("EV", "ET"), 2: ("ET", "RK"), 3: ("RK",)}).stated_parallel == {}


def test_a_line_without_a_group_says_nothing() -> None:
    assert with_groups(OF, {1: ("EV",), 3: ("RK",)}).stated_parallel == {}
    of = school("1 Arnd 7 - Mon1\n1 Beck 7 - Mon1\n2 Cern 7 - Tue1")
    grouped = with_groups(of, {1: ("EV",), 2: ("RK",)})
    assert grouped.stated_parallel == {GRADE_7: APART}
    first, second = grouped.lectures["1@1.1"].courses
    for courses in ((first, replace(second, groups=())), (replace(first, groups=()), second)):
        part = replace(grouped, lectures={**grouped.lectures, "1@1.1": Lecture("1@1.1", 1, courses)})
        assert part.stated_parallel == {}


def test_collision_letter() -> None:
    lessons = {1: LessonTraits(collision="A"), 2: LessonTraits(collision="A"), 3: LessonTraits(collision="B")}
    of = replace(OF, limits=Limits(lessons=lessons))
    assert of.compatible == {GRADE_7: APART}
    # A common group does not undo the letter: the school says with it that they may meet.
    assert with_groups(of, {1: ("EV",), 2: ("EV",)}).compatible == {GRADE_7: APART}


def test_what_overlaps_today_stays_compatible() -> None:
    of = with_groups(school("1 Arnd 7 - Mon1\n2 Beck 7 - Mon1"), {1: ("EV",), 2: ("EV",)})
    assert of.stated_parallel == {}
    assert of.compatible == {GRADE_7: APART}


def test_lesson_number_0_is_in_no_pair() -> None:
    assert with_groups(school("0 Arnd 7 - Mon1\n1 Beck 7 - Tue1"), {0: ("EV",), 1: ("RK",)}).stated_parallel == {}


def test_a_part_of_the_school_knows_it() -> None:
    of = with_groups(OF, {1: ("EV",), 2: ("RK",)})
    assert of.part_of(["1@1.1"]).compatible == {GRADE_7: APART}
    assert of.alone(GRADE_7).may_overlap(GRADE_7, "1@1.1", "2@2.1")
