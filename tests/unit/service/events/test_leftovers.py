"""What a repair leaves to people: rooms that a site has not, duties and break supervisions."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import at, school
from untisopt.domain.calendar import EVERY_WEEK
from untisopt.domain.events import Away, GradeMoved, Replaced
from untisopt.domain.limits import Limits, Supervision
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.service.events.leftovers import left_behind, supervisions_left, takeover_notes

# 7 has a coupling of two halls and a single lecture at H, one lecture at F already.
TABLE = """
1 Arnd 7 H1 Mon1
1 Beck 7 H2 Mon1
1 Arnd 7 H1 Tue2
1 Beck 7 H2 Tue2
2 Cohn 7 H3 Wed1
3 Cohn 7 F1 Wed2
0 Arnd - - Fri1
0 Arnd - - Fri3
"""
MOVED = GradeMoved(grade="7", site="F")


def supervised(of: School) -> School:
    several = [
        Supervision(corridor=f"C{number}", teacher="Arnd", before=at(place), minutes=20, weeks=EVERY_WEEK)
        for number, place in enumerate(("Tue3", "Mon3"), start=1)
    ]
    return replace(of, limits=Limits(supervisions=tuple(several)))


def test_what_stays_is_told_by_its_lectures():
    of = school(TABLE)
    (text,) = left_behind([MOVED], of, of.as_is)
    assert text == (
        "7: these keep their rooms, because F has none of the kind that are free: "
        "S1 7 (lesson 1) Mon 1, Tue 2, S2 7 (lesson 2) Wed 1"
    )


def test_one_lecture_that_stays_and_none():
    of = school("2 Cohn 7 H3 Wed1\n3 Cohn 7 F1 Wed2")
    expected = "7: S2 7 (lesson 2) Wed 1 keeps its rooms, because F has none of the kind that is free"
    assert left_behind([MOVED], of, of.as_is) == (expected,)
    of = school("3 Cohn 7 F1 Wed2")
    assert left_behind([MOVED], of, of.as_is) == ()


def test_supervisions_of_somebody_who_is_away():
    away = Away(kind=Kind.TEACHER, name="Arnd", periods=frozenset(map(at, ("Mon3", "Tue2"))))
    expected = "Arnd is away, but supervises C2 in the break before Mon 3"
    assert supervisions_left([away, away], supervised(school(TABLE))) == (expected,)
    assert supervisions_left([replace(away, name="Beck")], supervised(school(TABLE))) == ()


def test_what_is_taken_over_besides_lessons():
    of = supervised(school(TABLE))
    # Both duties have the same name; lesson numbers of supervisions are none, so they stay with Arnd.
    taken, kept = takeover_notes([Replaced(old="Arnd", new="Beck")], of)
    assert taken.startswith(
        "Beck takes over from Arnd what has no lesson number as well; all of it stays in its periods:"
    )
    assert taken.endswith("Fri 1, Fri 3")
    assert kept == (
        "Arnd still has break supervisions (GPU009), which have to be given to somebody in Untis: "
        "before C2 Mon 3, C1 Tue 3"
    )
    assert takeover_notes([Replaced(old="Cohn", new="Beck")], of) == ()
