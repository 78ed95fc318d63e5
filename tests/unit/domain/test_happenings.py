"""What can happen to a school: every kind by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import WEEKS_A, at, school
from untisopt.domain.calendar import Period
from untisopt.domain.events import (
    Added,
    Away,
    BreakChanged,
    Coupled,
    Cut,
    EventError,
    GradeMoved,
    GroupGrown,
    Happening,
    HoursLimited,
    KeptFrom,
    Lengthened,
    PeriodsDropped,
    PutAt,
    Removed,
    Replaced,
    Requirements,
    Shortened,
    TravelChanged,
    combined,
)
from untisopt.domain.limits import LessonSequence, Limits, SequenceKind
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.errors import InputError
from untisopt.rules import ALL_RULES, judge

# Arnd and Beck both teach on Monday 1; Arnd has a double on Tuesday, Beck nothing.
TWO = """
1 Arnd 7 H1 Mon1
2 Beck 8 H2 Mon1
3 Arnd 7 H1 Tue1-2
4 Beck 8 H2 Wed1
"""
ARND, BECK = (Kind.TEACHER, "Arnd"), (Kind.TEACHER, "Beck")


def places(*names: str) -> frozenset[Period]:
    return frozenset(map(at, names))


def sized(of: School, **capacities: int) -> School:
    rooms = {name: replace(room, capacity=capacities.get(name)) for name, room in of.rooms.items()}
    return replace(of, rooms=rooms)


def test_a_new_teacher_takes_over_and_keeps_the_own_limits():
    of = school(TWO, blocked={"Beck": "Mon4"})
    event = Replaced(old="Arnd", new="Beck").happen(of)
    assert event.school.lectures["1@1.1"].teachers == ("Beck",)
    assert ARND not in event.school.lectures_of
    assert event.required.forbidden == dict.fromkeys(("1@1.1", "3@2.1", "3@2.2"), places("Mon4"))
    # Beck teaches on Monday and Wednesday, so all other days of the five stay free.
    assert {period.day for period in event.required.vacated[BECK]} == {2, 4, 5}
    assert "Arnd" in event.school.teachers


def test_a_new_teacher_who_may_come_on_any_day_keeps_no_free_day():
    assert Replaced(old="Arnd", new="Beck", any_day=True).happen(school(TWO)).required == Requirements()


def test_somebody_new_has_no_limits():
    event = Replaced(old="Arnd", new="Neu").happen(school(TWO))
    assert event.required == Requirements()
    assert event.school.lectures_of[Kind.TEACHER, "Neu"] == ("1@1.1", "3@2.1", "3@2.2")


def test_what_a_takeover_puts_together_is_not_declared_compatible():
    # Beck would be needed twice on Monday 1. Nobody has planned that, so it is a clash.
    of = school(TWO)
    after = Replaced(old="Arnd", new="Beck").happen(of).school
    assert after.compatible == of.compatible == {}
    assert judge(after, after.as_is, ALL_RULES).amount("teacher-clash") == 1


def test_hours_cut_the_regular_lectures_of_a_teacher():
    of = school(TWO + "0 Arnd - - Fri1")
    cuts = HoursLimited(teacher="Arnd", most=2).happen(of).required.cuts
    assert cuts == (Cut(lectures=frozenset({"1@1.1", "3@2.1", "3@2.2"}), most=2),)


def test_an_added_lesson_gets_the_next_number_and_all_weeks():
    of = school("1 Arnd 7 H1 Mon1 A\n2 Beck 8 H2 Mon1 B")
    after = Added(subject="Ma", teacher="Beck", grades=("8", "7"), lengths=(1, 2), rooms=("H1",)).happen(of).school
    lecture = after.lectures["3@0.1"]
    assert lecture.grades == ("7", "8")
    assert lecture.weeks.mask & WEEKS_A.mask
    assert [block.length for block in after.unplaced] == [1, 2]
    assert after.as_is["3@0.1"].rooms == (("H1",),)


def test_a_removed_lecture_splits_its_block():
    of = school("1 Arnd 7 H1 Mon1-3")
    after = Removed(lesson=1, lectures=("1@1.2",)).happen(of).school
    assert [block.lectures for block in after.blocks] == [("1@1.1",), ("1@1.3",)]
    assert Removed(lesson=1).happen(school(TWO)).school.lectures.keys() == {"2@1.1", "3@2.1", "3@2.2", "4@3.1"}


def test_a_lesson_that_is_gone_cannot_be_removed():
    with pytest.raises(EventError, match="expected a lesson of the school, found 9"):
        Removed(lesson=9).happen(school(TWO))


def test_a_longer_lesson_takes_its_usual_lecture_as_pattern():
    # Two lectures in H1, one in H2: the new one is in H1.
    of = school("1 Arnd 7 H1 Mon1\n1 Arnd 7 H1 Tue1\n1 Arnd 7 H2 Wed1")
    after = Lengthened(lesson=1, lengths=(2,)).happen(of).school
    assert [after.as_is[id_].rooms for id_ in after.unplaced[0].lectures] == [(("H1",),)] * 2
    assert after.unplaced[0].lesson == 1


def test_a_shorter_lesson_loses_whole_blocks():
    of = school(TWO)
    assert Shortened(lesson=3, periods=2).happen(of).required.cuts == (
        Cut(lectures=frozenset({"3@2.1", "3@2.2"}), fewer=2, for_good=True),
    )
    with pytest.raises(EventError, match="blocks of lesson 3 that have 1 periods together, found 2") as bad:
        Shortened(lesson=3, periods=1).happen(of)
    assert "remove 3@2.2" in bad.value.advice


def test_coupled_lessons_may_share_their_grades():
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H2 Tue1")
    event = Coupled(one=1, other=2).happen(of)
    assert event.required.together == ((1, 2),)
    assert event.school.may_overlap((Kind.GRADE, "7"), "1@1.1", "2@2.1")
    assert not of.may_overlap((Kind.GRADE, "7"), "1@1.1", "2@2.1")


def test_coupled_lessons_need_not_follow_one_another():
    kinds = [*SequenceKind]
    sequences = [LessonSequence(name=kind, kind=kind, lessons=(2, 1)) for kind in kinds]
    other = LessonSequence(name="other", kind=SequenceKind.FIXED, lessons=(1, 3))
    of = school("1 Arnd 7 H1 Mon1\n2 Beck 7 H2 Mon2\n3 Carl 7 H2 Mon3")
    of = replace(of, limits=Limits(sequences=(*sequences, other)))
    after = Coupled(one=1, other=2).happen(of).school
    assert [sequence.name for sequence in after.limits.sequences] == [SequenceKind.SIMULTANEOUS, "other"]


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("1 Arnd 7 H1 Mon1\n2 Beck 7 H2 Tue1-2", "1 with blocks of 1, 2 with blocks of 2"),
        ("1 Arnd 7 H1 Mon1\n2 Arnd 8 H2 Tue1", "Arnd in both"),
    ],
)
def test_lessons_that_cannot_be_coupled(table: str, problem: str):
    with pytest.raises(EventError, match=problem):
        Coupled(one=1, other=2).happen(school(table))


def test_a_grade_moves_to_rooms_of_the_kind():
    # S1 to S3 are taught in H1 and in F2, S4 in H4 only. F1 knows none of them.
    of = school(
        "1 Arnd 7 H1 Mon1\n1 Beck 8 F2 Tue1\n4 Arnd 7 H4 Mon2\n5 Cohn 9 F1 Mon1\n6 Cohn 9 H1 Mon3",
    )
    after = GradeMoved(grade="7", site="F").happen(of).school
    assert after.as_is["1@1.1"].rooms == (("F2",),)
    assert after.as_is["4@1.2"].rooms == (("H4",),)
    assert after.as_is["6@1.3"].rooms == (("H1",),)


def test_two_rooms_of_a_lecture_stay_two():
    # Both courses of lesson 1 may be in F1 or F2: the plan shows S1 in both. They do not get the same room.
    table = "1 Arnd 7 H1 Mon1\n1 Beck 7 H2 Mon1\n1 Arnd 8 F1 Tue1\n1 Beck 8 F2 Tue1"
    rooms = GradeMoved(grade="7", site="F").happen(school(table)).school.as_is["1@1.1"].rooms
    assert sorted(rooms) == [("F1",), ("F2",)]


# Lesson 1 is a coupling of grades 7 and 8 in the halls H1 and H2; F1 and F2 are halls as well.
HALLS = "1 Arnd 7,8 H1 Mon1\n1 Beck 7,8 H2 Mon1\n1 Arnd 9 F1 Tue1\n1 Beck 9 F2 Tue1"


def halls(of: School) -> tuple[tuple[str, ...], ...]:
    return GradeMoved(grade="7", site="F").happen(of).school.as_is["1@1.1"].rooms


def test_the_halves_of_a_coupling_each_need_a_room_for_their_own_subject():
    # Subjects are named after lessons. Nothing but lesson 2 is in F1, and nothing but lesson 3 in F2.
    own = school("1 Arnd 7 H1 Mon1\n1 Beck 7 H2 Mon1\n2 Dorn 9 F1 Tue1\n3 Emil 9 F2 Tue1")
    courses = tuple(replace(c, subject=s) for c, s in zip(own.lectures["1@1.1"].courses, ("S2", "S3"), strict=True))
    of = replace(own, lectures={**own.lectures, "1@1.1": replace(own.lectures["1@1.1"], courses=courses)})
    assert halls(of) == (("F1",), ("F2",))


@pytest.mark.parametrize(
    "busy",
    ["5 Cohn 9 F2 Mon1", "5 Cohn 9 F1 Mon1"],
)
def test_a_coupling_is_not_torn(busy: str):
    # One hall alone is free at the other site on Monday 1: both halves stay.
    assert halls(school(HALLS)) == (("F1",), ("F2",))
    assert halls(school(f"{HALLS}\n{busy}")) == (("H1",), ("H2",))


def test_a_coupling_stays_where_a_room_is_closed_but_not_where_it_is_used_in_other_weeks():
    assert halls(school(HALLS, blocked={"F2": "Mon1"})) == (("H1",), ("H2",))
    weeks = "\n".join(f"{row} A" for row in HALLS.splitlines())
    assert halls(school(f"{weeks}\n5 Cohn 9 F2 Mon1 B")) == (("F1",), ("F2",))


def test_dropped_periods():
    assert PeriodsDropped(periods=places("Mon1")).happen(school(TWO)).required.dropped == places("Mon1")


def test_travel_there_and_back():
    of = school(TWO, travel=25)
    both = TravelChanged(origin="H", target="F", minutes=40).happen(of).school.travel
    assert (both.between("H", "F"), both.between("F", "H")) == (40, 40)
    one = TravelChanged(origin="H", target="F", minutes=40, both_ways=False).happen(of).school.travel
    assert (one.between("H", "F"), one.between("F", "H")) == (40, 25)


def test_a_longer_break_shifts_the_rest_of_the_day():
    # The break 2-3 has 20 minutes; with 35, period 3 begins 15 minutes later (9:50 to 10:05), and so does all after it.
    of = school(TWO)
    after = BreakChanged(after=2, minutes=35, days=frozenset({1})).happen(of).school.grid
    assert after.break_after(1, 2) == 35
    assert after.break_after(1, 6) == of.grid.break_after(1, 6) == 30
    assert str(after.slots[at("Mon3")]) == "10:05-10:50"
    assert after.break_after(2, 2) == 20


def test_a_break_behind_the_last_period():
    with pytest.raises(EventError, match="nothing known between periods 10 and 11"):
        BreakChanged(after=10, minutes=5).happen(school(TWO))


def test_a_group_that_grows_does_not_fit_small_rooms():
    of = sized(school(TWO, rooms=["H9"]), H1=30, H2=28)
    # H1 has 30 seats, H2 28, H9 nobody knows how many.
    unfit = GroupGrown(lesson=1, students=31).happen(of).required.unfit
    assert unfit == {("1@1.1", 0): frozenset({"H1", "H2", "H9"})}
    assert GroupGrown(lesson=1, students=30).happen(of).required.unfit == {}
    with pytest.raises(EventError, match="room H2 without a capacity"):
        GroupGrown(lesson=2, students=30).happen(sized(of, H1=30))


def test_events_happen_one_after_the_other():
    # Lesson 5 is what the first event adds, the second one asks Beck, its teacher, to stay away.
    of = school(TWO)
    happenings: list[Happening] = [
        Added(subject="Ma", teacher="Beck", grades=("7",), lengths=(1,)),
        Away(kind=Kind.TEACHER, name="Beck", periods=places("Mon1")),
        Away(kind=Kind.TEACHER, name="Beck", periods=places("Mon2")),
        KeptFrom(lectures=("1@1.1",), periods=places("Mon3")),
        PutAt(lecture="4@3.1", period=at("Wed1")),
        Replaced(old="Arnd", new="Neu"),
        Removed(lesson=1),
    ]
    event = combined(of, happenings)
    assert event.required.vacated == {BECK: places("Mon1", "Mon2")}
    assert event.school.blocked[BECK] == places("Mon1", "Mon2")
    assert event.required.forbidden.keys() == {"4@3.1"}  # lesson 1 is gone
    assert event.school.blocks_of_lesson.keys() == {2, 3, 4, 5}
    assert event.school.lectures["3@2.1"].teachers == ("Neu",)


def test_an_event_that_an_earlier_one_makes_impossible():
    found = "event 2: expected something that is still taught, found lesson 1, which is removed by event 1 already"
    with pytest.raises(InputError, match=found):
        combined(school(TWO), [Removed(lesson=1), Lengthened(lesson=1, lengths=(1,))])


# -- events against each other --

# Lesson 5 has a double and a single; 6 is Beck's only lesson of two lectures.
MORE = TWO + "5 Dorn 9 H3 Mon1-2\n5 Dorn 9 H3 Thu1\n6 Emil 8 H4 Thu2\n6 Emil 8 H4 Fri2"


def put(lecture: str, place: str) -> PutAt:
    return PutAt(lecture=lecture, period=at(place))


def teacher_away(name: str, *names: str) -> Away:
    return Away(kind=Kind.TEACHER, name=name, periods=places(*names))


CONTRADICTIONS: list[tuple[list[Happening], str, str]] = [
    ([Removed(lesson=1), put("1@1.1", "Tue3")], "event 2", "lecture 1@1.1, which is removed by event 1 already"),
    ([put("1@1.1", "Tue3"), Removed(lesson=1)], "event 1", "lecture 1@1.1, which is removed by event 2"),
    ([Removed(lesson=1), Removed(lesson=1)], "event 2", "lesson 1, which is removed by event 1 already"),
    (
        [Removed(lesson=6, lectures=("6@4.2",)), Removed(lesson=6, lectures=("6@4.2",))],
        *("event 2", "lecture 6@4.2, which is removed by event 1 already"),
    ),
    (
        [Removed(lesson=1), KeptFrom(lectures=("1@1.1",), periods=places("Fri1"))],
        *("event 2", "lecture 1@1.1, which is removed by event 1 already"),
    ),
    ([Removed(lesson=2), Coupled(one=1, other=2)], "event 2", "lesson 2, which is removed by event 1 already"),
    ([Lengthened(lesson=1, lengths=(1,)), Removed(lesson=1)], "event 1", "lesson 1, which is removed by event 2"),
    (
        [KeptFrom(lectures=("1@1.1",), periods=places("Mon2", "Mon3")), put("1@1.1", "Mon3")],
        *("event 2", "event 1, which keeps lecture 1@1.1 from there"),
    ),
    # The same the other way round: it is always the event that puts something somewhere that cannot be.
    (
        [put("1@1.1", "Mon3"), KeptFrom(lectures=("1@1.1",), periods=places("Mon3"))],
        *("event 1", "event 2, which keeps lecture 1@1.1 from there"),
    ),
    ([put("1@1.1", "Mon3"), put("1@1.1", "Mon4")], "event 2", "event 1, which keeps lecture 1@1.1 from there"),
    # 3 is a double: with its second half on Friday 4, the first one is on Friday 3, when Arnd is away.
    ([teacher_away("Arnd", "Fri3"), put("3@2.2", "Fri4")], "event 2", "event 1, which keeps lecture 3@2.1 from there"),
    # Arnd teaches lessons 1 and 3; of the double the second half is on Friday 4.
    (
        [put("3@2.1", "Fri3"), put("1@1.1", "Fri4")],
        *("event 2", "event 1, which puts lecture 3@2.2 there, and Arnd teaches both"),
    ),
    ([PeriodsDropped(periods=places("Fri1")), put("1@1.1", "Fri1")], "event 2", "event 1, which keeps lecture 1@1.1"),
    ([HoursLimited(teacher="Emil", most=0), put("6@4.2", "Fri5")], "event 1", "event 2, which wants a place for"),
    # Of the double and the single of lesson 5, one period can only be the single.
    (
        [Shortened(lesson=5, periods=1), put("5@4.1", "Fri5")],
        "event 1",
        "event 2, which wants a place for lecture 5@4.1",
    ),
    (
        [Shortened(lesson=5, periods=1), Removed(lesson=5, lectures=("5@4.1",))],
        *("event 1", "event 2, which removes lecture 5@4.1"),
    ),
    (
        [Shortened(lesson=5, periods=1), Shortened(lesson=5, periods=1)],
        *("event 2", "by how much lesson 5 is shortened, settled by event 1"),
    ),
    (
        [Replaced(old="Arnd", new="Beck"), Replaced(old="Arnd", new="Dorn")],
        *("event 2", "who takes over from Arnd, settled by event 1"),
    ),
    ([GradeMoved(grade="7", site="F")] * 2, "event 2", "the site of 7, settled by event 1"),
    (
        [
            TravelChanged(origin="H", target="F", minutes=30),
            TravelChanged(origin="F", target="H", minutes=40, both_ways=False),
        ],
        *("event 2", "the way from F to H, settled by event 1"),
    ),
    (
        [BreakChanged(after=2, minutes=30), BreakChanged(after=2, minutes=5, days=frozenset({3}))],
        *("event 2", "the break after period 2, settled by event 1"),
    ),
]


@pytest.mark.parametrize(("happenings", "where", "found"), CONTRADICTIONS)
def test_events_that_contradict_each_other(happenings: list[Happening], where: str, found: str):
    with pytest.raises(InputError) as bad:
        combined(school(MORE), happenings)
    (defect,) = bad.value.defects
    assert defect.file == where
    assert found in defect.found


def test_events_are_named_by_their_words_where_these_are_known():
    with pytest.raises(InputError) as bad:
        combined(school(TWO), [Removed(lesson=1), Removed(lesson=1)], ["remove 1", "streiche 1"])
    (defect,) = bad.value.defects
    assert defect.file == "event 2 ('streiche 1')"
    assert defect.found == "lesson 1, which is removed by event 1 ('remove 1') already"


def test_events_that_agree():
    happenings: list[Happening] = [
        Removed(lesson=6, lectures=("6@4.2",)),
        Removed(lesson=6),
        KeptFrom(lectures=("1@1.1",), periods=places("Mon2")),
        put("1@1.1", "Mon3"),
        put("3@2.1", "Fri1"),
        put("3@2.2", "Fri2"),
        teacher_away("Beck", "Mon3"),
        Lengthened(lesson=1, lengths=(1,)),
        Lengthened(lesson=1, lengths=(1,)),
        BreakChanged(after=2, minutes=30, days=frozenset({1})),
        BreakChanged(after=2, minutes=5, days=frozenset({3})),
    ]
    assert combined(school(MORE), happenings).school.blocks_of_lesson.keys() == {1, 2, 3, 4, 5}


def test_a_teacher_may_be_put_into_one_period_twice_where_that_is_no_clash():
    # Beck and Arnd are two; lessons 1 and 2 are held in turn, or stand together today already.
    assert combined(school(TWO), [put("1@1.1", "Fri1"), put("2@1.1", "Fri1")]).required.forbidden
    in_turn = school("1 Arnd 7 H1 Mon1 A\n2 Arnd 8 H2 Mon2 B")
    assert combined(in_turn, [put("1@1.1", "Fri1"), put("2@1.2", "Fri1")]).required.forbidden
    together = school("1 Arnd 7 H1 Mon1\n2 Arnd 8 H2 Mon1")
    assert combined(together, [put("1@1.1", "Fri1"), put("2@1.1", "Fri1")]).required.forbidden


def test_what_one_event_puts_somewhere_does_not_lose_its_place_by_another_one():
    # Arnd has a single and a double; of two periods the single that is put somewhere is one.
    (cut,) = combined(school(TWO), [HoursLimited(teacher="Arnd", most=2), put("1@1.1", "Fri5")]).required.cuts
    assert cut == Cut(lectures=frozenset({"3@2.1", "3@2.2"}), most=1)
    (cut,) = combined(school(MORE), [put("6@4.2", "Mon5"), Shortened(lesson=6, periods=1)]).required.cuts
    assert cut.lectures == {"6@5.2"}


# -- lectures that are alike --

TWINS = "1 Arnd 7 H1 Mon1\n1 Arnd 7 H1 Tue1\n1 Arnd 7 H1 Tue3\n2 Beck 7 H1 Mon2"


def test_lectures_that_are_alike_do_not_take_a_forbidden_place():
    # Lesson 1 leaves Tuesday 1; its lecture of Monday must not go there instead, the one of Tuesday 3 stays.
    event = KeptFrom(lectures=("1@2.1",), periods=places("Tue1", "Tue2", "Tue3")).happen(school(TWINS))
    assert event.required.forbidden == {
        "1@1.1": places("Tue1", "Tue2", "Tue3"),
        "1@2.1": places("Tue1", "Tue2", "Tue3"),
        "1@2.3": places("Tue1", "Tue2"),
    }


def test_lectures_with_other_people_are_not_alike():
    of = school("1 Arnd 7 H1 Mon1\n1 Beck 8 H2 Tue1")
    assert KeptFrom(lectures=("1@2.1",), periods=places("Tue1")).happen(of).required.forbidden.keys() == {"1@2.1"}


def test_a_lecture_is_not_put_where_one_like_it_stands():
    with pytest.raises(EventError, match=r"expected a period in which lesson 1 is not held yet, found 1@2\.1, which"):
        PutAt(lecture="1@1.1", period=at("Tue1")).happen(school(TWINS))
    # A double may move by one period, onto its own second half.
    double = school("1 Arnd 7 H1 Mon1-2")
    ids = list(double.lectures)
    assert PutAt(lecture=ids[0], period=double.as_is[ids[1]].period).happen(double).required.forbidden
