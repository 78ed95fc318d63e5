"""The answer to a wish in words: every condition, and what to write or do to give it up."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace

import pytest

from tests.builders import at, school
from untisopt.domain.calendar import Period
from untisopt.domain.changes import changes
from untisopt.domain.conditions import MOST_CHANGES, Condition
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Facts, Violation
from untisopt.policy import BlockedTimes, Policy, RoomChanges
from untisopt.report.why_not.text import why_not_json, why_not_text
from untisopt.report.why_not.words import already_there, by_hand, condition_text, policy_lines, ranges
from untisopt.results.source import Counts, Source
from untisopt.results.why_not import IMPOSSIBLE, POSSIBLE, THERE, UNDECIDED, PlanFound, Reasons, WayOut, WhyNotDocument
from untisopt.rules import judge

OF = school(
    """
1 Arnd 7 H1 Mon1
2 Beck 7 H2 Mon2-3
2 Beck 7 H2 Tue1
3 Arnd 8 H2 Tue3
""",
    blocked={"Arnd": "Mon2 Tue1 Mon3"},
    pinned=["2@1.2"],
)
NOTHING = Counts(rows=0, lessons=0, lectures=0, blocks=0, teachers=0, grades=0, rooms=0)
EXCHANGE = {"1@1.1": OF.as_is["1@1.1"].at(at("Tue1")), "2@2.1": OF.as_is["2@2.1"].at(at("Mon1"))}


def document(verdict: str, **facts: object) -> WhyNotDocument:
    known: dict[str, object] = {
        "source": Source(path="lesson.txt", kind="lesson", files=("lesson.txt",), counts=NOTHING),
        "school": OF,
        "policy": Policy(max_changes=3),
        "asked": "S1 7 Mon 2",
        "is_event": False,
        "places": (("1@1.1", at("Mon2")),),
        "verdict": verdict,
        "seconds": 60.0,
        "before": judge(OF, OF.as_is, Policy().rules),
    }
    return WhyNotDocument(**{**known, **facts})  # type: ignore[arg-type]


def plan(of: School = OF, bound: int = 2) -> PlanFound:
    timetable = of.as_is.replace(EXCHANGE)
    return PlanFound(
        moves=changes(of.as_is, timetable),
        moved=2,
        is_minimum=bound == 2,
        bound=bound,
        after=judge(of, timetable, Policy().rules),
    )


def way(*given_up: Condition, other_rooms: bool = False, physical: bool = False) -> WayOut:
    return WayOut(given_up=given_up, other_rooms=other_rooms, physical=physical, plan=plan())


@pytest.mark.parametrize(
    ("condition", "text"),
    [
        (
            Condition("teacher-clash", Kind.TEACHER, "Beck"),
            "Beck cannot teach two lessons at once (on Mon 2 today: S2 7 (lesson 2))",
        ),
        (Condition("teacher-clash", Kind.TEACHER, "Arnd"), "Arnd cannot teach two lessons at once"),
        (
            Condition("grade-clash", Kind.GRADE, "7"),
            "7 cannot have two lessons at once (on Mon 2 today: S2 7 (lesson 2))",
        ),
        (Condition("room-clash", Kind.ROOM, "H1"), "room H1 cannot hold two lessons at once"),
        (
            Condition("teacher-travel", Kind.TEACHER, "Arnd"),
            "Arnd needs enough time for every journey between the sites",
        ),
        (
            Condition("teacher-free-day", Kind.TEACHER, "Arnd", 3),
            "Arnd has no lecture on Wed so far, and that day stays free",
        ),
        (Condition("availability", Kind.TEACHER, "Arnd", 1), "Arnd is blocked on Mon 2-3"),
        (
            Condition("grade-day", Kind.GRADE, "7"),
            "7 keeps the times of its day (taught on 2 days in periods 1 to 3)",
        ),
        (Condition("pinned", None, "2@1.2"), "S2 7 (lesson 2) stays on Mon 2-3: flag X"),
        (
            Condition("block-kept", None, "2@1.2"),
            "the periods of S2 7 (lesson 2) at Mon 2-3 stay together and span no longer break than today",
        ),
        (Condition("lesson-once-a-day", None, "2"), "S2 7 (lesson 2) stands no more often on one day than today"),
        (Condition("grade-gaps", Kind.GRADE, "7"), "7 gets no more free periods between its lectures than today"),
        (Condition(MOST_CHANGES), "at most 3 lectures move (--max-changes)"),
        (
            Condition("teacher-in-a-row", Kind.TEACHER, "Arnd"),
            "not more than today: {title} (Arnd)",
        ),
        (Condition("doubles", None, "2"), "not more than today: {title} (S2 7 (lesson 2))"),
        (Condition("subject-not-late", None, "2@1.2"), "not more than today: {title} (S2 7 (lesson 2))"),
    ],
    ids=lambda value: value.rule if isinstance(value, Condition) else "",
)
def test_conditions(condition, text):
    titles = {rule.id: rule.title for rule in Policy().rules}
    assert condition_text(document(IMPOSSIBLE), condition) == text.format(title=titles.get(condition.rule))


def test_exceptions_in_the_policy_file():
    lines = policy_lines(
        document(IMPOSSIBLE),
        way(
            Condition("teacher-free-day", Kind.TEACHER, "Arnd", 3),
            Condition("teacher-free-day", Kind.TEACHER, 'B"eck', 3),
        ),
    )
    assert tomllib.loads("\n".join(lines)) == {"rules": {"teacher-free-day": {"except": ["Arnd", 'B"eck']}}}


def test_whole_rules_in_the_policy_file():
    found = way(Condition("block-kept", None, "2@1.2"), Condition(MOST_CHANGES))
    assert policy_lines(document(IMPOSSIBLE), found) == [
        "[rules.block-kept]",
        "enabled = false",
        "[goal]",
        "max_changes = 2",
    ]
    assert by_hand(document(IMPOSSIBLE), found) == [
        "This switches the rule off for everybody; look at the other findings of a repair then.",
        "Or on the command line a larger --max-changes.",
    ]


def test_closed_times_are_opened_one_by_one():
    broken = Violation("closed-times", Facts(day=3, periods=(7,), lectures=("1@1.1",)))
    found = replace(way(Condition("closed-times", None, "1@1.1")), meant=frozenset({broken}))
    assert policy_lines(document(IMPOSSIBLE), found) == ["[times]", 'open = ["Wed.7"]']
    assert not by_hand(document(IMPOSSIBLE), found)
    opened = document(IMPOSSIBLE, policy=Policy(opened=((6, None),), stated=frozenset({"opened"})))
    assert policy_lines(opened, found) == ["[times]", 'open = ["Sat", "Wed.7"]']
    assert already_there(opened, found) == [
        "[times] is in the policy file already: replace the line there, or add it to that table."
    ]


def test_what_no_line_can_say():
    of_untis = document(IMPOSSIBLE)
    blocked = Condition("availability", Kind.TEACHER, "Arnd", 1)
    of_policy = document(IMPOSSIBLE, policy=Policy(blocked=(BlockedTimes(Kind.TEACHER, "Arnd", ((1, 2),)),)))
    assert policy_lines(of_untis, way(blocked)) == []
    assert "GPU016" in by_hand(of_untis, way(blocked))[0]
    assert "[[blocked]]" in by_hand(of_policy, way(blocked))[0]
    assert "--pin" in by_hand(of_untis, way(Condition("pinned", None, "2@1.2")))[0]
    assert "somebody else" in by_hand(of_untis, way(Condition("teacher-clash", Kind.TEACHER, "Arnd")))[0]
    assert "coupled" in by_hand(of_untis, way(Condition("grade-clash", Kind.GRADE, "7")))[0]
    assert "room" in by_hand(of_untis, way(Condition("room-clash", Kind.ROOM, "H1")))[0]


def test_impossible():
    core = (Condition("grade-clash", Kind.GRADE, "7"), Condition("pinned", None, "2@1.2"))
    text = why_not_text(
        document(
            IMPOSSIBLE,
            reasons=(Reasons(conditions=core, smallest=True),),
            ways=(way(core[1]), way(other_rooms=True), way(core[0], physical=True)),
            ways_complete=False,
        )
    )
    assert text.startswith("Wish: S1 7 Mon 2\n================\n\nMeant: S1 7 (lesson 1); today on Mon 1.\n")
    assert "No plan can meet this wish: proved, and confirmed by a second, different solve." in text
    assert "These two conditions cannot hold together with the wish; without one of them it is possible:" in " ".join(
        text.split()
    )
    assert "A. Give up: S2 7 (lesson 2) stays on Mon 2-3: flag X" in text
    assert "B. Let lectures have other rooms of the same kind." in text
    assert '       [rooms]\n       change = "same-kind"\n' in text
    assert "C. Only if this did not hold" in text
    assert "Then 2 lectures move, and no plan does with fewer changes (proved)." in text
    # Arnd is blocked on Tuesday 1, to where the exchange leads him.
    assert "What else is broken then:\n       - Arnd is blocked at Tue 1 but has S1 7 (lesson 1)" in text
    assert "Mon 1 -> Tue 1  S1 7 (lesson 1) with Arnd in H1" in text
    assert "The time limit ended the search for other ways." in text


@pytest.mark.parametrize(
    ("periods", "told"),
    [
        ("Mon2", ["Mon 2"]),
        ("Mon1-3 Mon5", ["Mon 1-3", "Mon 5"]),
        ("Mon1-8 Tue3", ["Mon", "Tue 3"]),
        ("", []),
    ],
)
def test_ranges(periods, told):
    # The grid of the builder has so many periods on Monday that this is all of it, or a part.
    whole = {period.number for period in OF.grid.periods if period.day == 1}
    found = [period for text in periods.split() for period in _periods(text)]
    found += [Period(1, number) for number in whole if "Mon1-8" in periods]
    assert ranges(OF.grid, found) == told


def _periods(text: str) -> list[Period]:
    first, _dash, last = text.partition("-")
    start = at(first)
    return [Period(start.day, number) for number in range(start.number, int(last or start.number) + 1)]


def told(**facts: object) -> str:
    return " ".join(why_not_text(document(IMPOSSIBLE, **facts)).split())


def test_a_core_of_which_not_every_member_was_tried():
    core = (Condition("grade-gaps", Kind.GRADE, "7"), Condition("pinned", None, "2@1.2"))
    reason = Reasons(conditions=core, smallest=True)
    one = "These two conditions cannot hold together with the wish; one of them has to go:"
    assert one in told(reasons=(reason,), ways=(way(core[1]),))
    assert one in told(reasons=(reason, reason), ways=(way(*core),))
    both = "These two conditions cannot hold together after the event; without one of them it is possible:"
    assert both in told(reasons=(reason,), ways=(way(core[0]), way(core[1])), is_event=True)


def test_no_time_for_the_ways():
    core = (Condition("grade-clash", Kind.GRADE, "7"), Condition("pinned", None, "2@1.2"))
    text = why_not_text(document(IMPOSSIBLE, reasons=(Reasons(conditions=core, smallest=True),), ways_complete=False))
    last = text[text.index("What would make it possible") :]
    assert "Giving up one of these may help; what that costs was not examined in time" in last
    # The pin first: nobody can give up the other one.
    assert last.index("stays on Mon 2-3: flag X") < last.index("7 cannot have two lessons at once")


def test_undecided_says_what_is_known():
    pin, gaps = Condition("pinned", None, "2@1.2"), Condition("grade-gaps", Kind.GRADE, "7")
    text = why_not_text(document(UNDECIDED, suspected=(pin,), nearest=(gaps,)))
    assert "--time-limit" in text
    assert "no second solve has confirmed that it does:\n  - S2 7 (lesson 2) stays on Mon 2-3: flag X\n" in text
    assert "The best plan found so far breaks this" in text
    assert "- 7 gets no more free periods" in text


def test_no_other_rooms_where_they_are_allowed():
    room = way(Condition("room-clash", Kind.ROOM, "H1"))
    policy = Policy(room_changes=RoomChanges.SAME_KIND)
    assert "--room-changes same-kind" in by_hand(document(IMPOSSIBLE), room)[0]
    assert "--room-changes same-kind" not in by_hand(document(IMPOSSIBLE, policy=policy), room)[0]


def test_one_reason_and_several():
    one = Reasons(conditions=(Condition("grade-gaps", Kind.GRADE, "7"),), smallest=True)
    text = why_not_text(document(IMPOSSIBLE, reasons=(one, one)))
    assert text.count("One condition alone stands against it:") == 2
    assert "Why not: reason 2" in text
    assert "Nothing: another wish" in text
    assert (
        "what is asked for"
        in why_not_text(document(IMPOSSIBLE, reasons=(Reasons(conditions=(), smallest=True),))).lower()
    )


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"verdict": THERE}, "It stands there already."),
        ({"verdict": THERE, "is_event": True}, "The plan of today stands in spite of that"),
        ({"verdict": UNDECIDED, "seconds": 0.5}, "Not decided within 0.5 seconds"),
        ({"verdict": POSSIBLE, "plan": plan()}, "2 lectures move, and no plan does with fewer changes (proved)."),
        ({"verdict": POSSIBLE, "plan": plan(bound=1)}, "2 lectures move; whether fewer are enough is open."),
        ({"verdict": POSSIBLE, "plan": plan(bound=0)}, "2 lectures move in the plan that was found;"),
        ({"verdict": IMPOSSIBLE, "is_event": True}, "After this event no plan meets everything"),
        ({"verdict": IMPOSSIBLE}, "Which conditions stand against it was not found in time."),
    ],
)
def test_other_answers(facts, text):
    assert text in why_not_text(document(**facts)).replace("\n", " ")


def test_what_is_given_up_is_not_told_as_broken():
    # The exchange leads Arnd to Tuesday 1, where he is blocked: that is what is given up. S2 stands on Monday twice.
    blocked = Condition("availability", Kind.TEACHER, "Arnd", 2)
    found = plan()
    meant = frozenset(v for v in found.after.of("availability") if v.facts.name == "Arnd" and v.facts.day == 2)
    assert len(meant) == 1
    one = WayOut(given_up=(blocked,), other_rooms=False, physical=False, plan=found, meant=meant)
    broken = "       - Arnd is blocked at Tue 1"
    text = why_not_text(document(IMPOSSIBLE, ways=(one,)))
    assert "What else is broken then:\n       - S2 7 (lesson 2) stands 2 times on Mon\n" in text
    assert broken not in text
    assert broken in why_not_text(document(IMPOSSIBLE, ways=(way(blocked),)))


def test_what_remains_comes_first():
    facts = {"is_event": True, "places": (), "remaining": ("Arnd has a duty",)}
    text = why_not_text(document(IMPOSSIBLE, rest=POSSIBLE, plan=plan(), **facts))
    assert "whatever moves, this remains:\n  - Arnd has a duty.\n\nEverything else\n" in text
    assert "This is possible, and no rule is newly broken: 2 lectures move" in text
    assert "Nothing else has to change." in why_not_text(document(IMPOSSIBLE, rest=THERE, **facts))
    assert "No plan meets the rest of it either: proved" in why_not_text(document(IMPOSSIBLE, rest=IMPOSSIBLE, **facts))
    assert "Not decided within 60 seconds" in why_not_text(document(IMPOSSIBLE, rest=UNDECIDED, **facts))
    data = json.loads(why_not_json(document(IMPOSSIBLE, rest=POSSIBLE, plan=plan(), **facts)))
    assert (data["verdict"], data["rest"], data["remaining"]) == ("impossible", "possible", ["Arnd has a duty"])


def test_json_holds_the_same():
    core = (Condition("pinned", None, "2@1.2"),)
    data = json.loads(
        why_not_json(document(IMPOSSIBLE, reasons=(Reasons(conditions=core, smallest=True),), ways=(way(*core),)))
    )
    assert data["verdict"] == "impossible"
    assert data["reasons"][0]["smallest"]
    assert data["reasons"][0]["conditions"][0]["name"] == "2@1.2"
    assert data["ways"][0]["plan"]["moved_lectures"] == 2
    assert data["ways"][0]["broken"]
