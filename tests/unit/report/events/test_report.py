"""The report on a repair after events: page, workbook, Markdown; the events come first, packages do not come at all."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from tests.unit.report.optimise.html_pages import data_of, parsed
from tests.unit.service.events.repairs import QUICK, ROWS
from tests.unit.service.exports import write_export
from untisopt.domain.calendar import Period
from untisopt.domain.events import Replaced
from untisopt.i18n import use_language
from untisopt.io.events.text import parse_event
from untisopt.report.events.advice import advice
from untisopt.report.events.answer import headline, proof_lines
from untisopt.report.events.changes import EventsFacts
from untisopt.report.events.front import MOST_ROWS, front_lists, touched
from untisopt.report.events.lists import waiting
from untisopt.results.event_report import Fate, RepairReport
from untisopt.service.events.files import with_removed
from untisopt.service.events.run import RepairResult, repair

# Arnd's Ph goes to Monday 1 and Ma, which stands there, has to leave: whatever else moves, these three lectures do.
SWAP = "at 2@2.1 Mon 1"
MANY = ("replace Arnd by new Neumann", "remove 5", "add Ku - 8 1")
NASTY = """
=1+1 1 1 Ma 101 1 <b>9
=1+1 1 2 Ma 101 1 <b>9
Be|ck 1 3 </script><script>alert(1)</script> F*1* 3 10.3
Be|ck 2 3 De F*1* 3 10.3
"""


def repaired(folder: Path, *texts: str, rows: str = ROWS) -> RepairResult:
    return repair(write_export(folder / "export", rows, policy=""), texts, QUICK)


def headings(data: bytes, tag: str) -> list[str]:
    found = MarkdownIt("commonmark").enable(["table"]).parse(data.decode())
    return [found[i + 1].content for i, one in enumerate(found) if one.type == "heading_open" and one.tag == tag]


def sheets(result: RepairResult) -> dict[str, list[dict[str, Any]]]:
    book = load_workbook(io.BytesIO(result.files["report.xlsx"]))
    found: dict[str, list[dict[str, Any]]] = {}
    for name in book.sheetnames:
        head, *rest = book[name].iter_rows(values_only=True)
        found[name] = [dict(zip(map(str, head), row, strict=True)) for row in rest]
    return found


# -- the page --


def test_the_first_page_says_events_changes_proof_and_side_effects_in_this_order(tmp_path):
    text = parsed(repaired(tmp_path, SWAP).files["report.html"]).text
    wanted = [
        "Timetable after events: lesson.txt",
        "Ph 7 (lesson 2) of Tue 1 must be held at Mon 1.",
        # Of grade 7 nothing can stay but what fits beside Ph; see the test of the reasons.
        "is impossible (proved)",
        "What changes",
        "What is proved",
        "No plan that satisfies the events changes less: proved.",
        "Side effects",
        "Gaps of teachers",
        "All changes, and why",
    ]
    places = [text.index(sentence) for sentence in wanted]
    assert places == sorted(places)


def test_no_word_of_packages_or_saved_site_changes(tmp_path):
    result = repaired(tmp_path, SWAP)
    page = parsed(result.files["report.html"]).text + result.files["report.md"].decode()
    assert "ackage" not in page
    assert "What it brings" not in page
    assert "site change saved" not in page


def test_page_refers_to_nothing_outside_and_is_the_same_every_time(tmp_path):
    result = repaired(tmp_path, *MANY)
    page = parsed(result.files["report.html"])
    for tag, attributes in page.tags:
        for name in ("src", "href", "action"):
            value = attributes.get(name)
            assert value is None or value.startswith("#") or value == "data:,", f"{tag} {name}={value}"
    ids = [attributes["id"] for _tag, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    again = repair(tmp_path / "export" / "lesson.txt", MANY, QUICK)
    assert again.files["report.html"] == result.files["report.html"]


def test_names_stay_texts(tmp_path):
    result = repaired(tmp_path, "away =1+1 Mon 1", rows=NASTY)
    page = parsed(result.files["report.html"])
    assert len(page.of("script")) == 2
    assert "=1+1 is away: Mon 1." in page.text
    assert "<b>9" in page.text
    assert {row["grades"] for row in sheets(result)["Changes"]} == {"<b>9"}


def test_every_change_has_its_reason(tmp_path):
    result = repaired(tmp_path, SWAP)
    rows = {row["lecture"]: row for row in sheets(result)["Changes"]}
    why = rows["Ph 7 (lesson 2)"]["reason"]
    assert why.startswith("Ph 7 (lesson 2) of Tue 1 must be held at Mon 1.")
    assert "It makes room for Ph 7 (lesson 2) on Mon 1" in rows["Ma 7 (lesson 1)"]["reason"]
    assert all(row["reason"] for row in rows.values())
    assert {row["what"] for row in rows.values()} == {"Moved"}


def test_a_name_keeps_its_small_letter_at_the_beginning_of_a_sentence(tmp_path):
    # The subject is sp, not Sp.
    result = repaired(tmp_path, "not 7@2.3 Tue 3", rows=ROWS.replace(" Sp ", " sp "))
    (row,) = [row for row in sheets(result)["Changes"] if row["lesson"] == 7]
    assert row["reason"].startswith("sp 8 (lesson 7) of Tue 3 must not be held: Tue 3.")


def test_clash_with_what_stays_is_the_reason(tmp_path):
    # Cohn takes Ma on Monday 1-2, where Cohn teaches Bi and Ch of 8, and Ph on Tuesday 1, where Cohn teaches Ch: three
    # of these have to leave at least, whichever.
    rows = [row for row in sheets(repaired(tmp_path, "replace Arnd by Cohn"))["Changes"] if row["what"] == "Moved"]
    assert len(rows) == 3
    assert all(row["reason"].startswith(f"Cohn is needed twice at {row['day from']} ") for row in rows)


# -- lectures that come, go or change hands --


def test_page_data_of_lectures_that_come_and_go(tmp_path):
    data = data_of(parsed(repaired(tmp_path, *MANY).files["report.html"]))
    by_lesson = {lecture[0]: lecture for lecture in data["lectures"]}
    # Bi of 8 is gone: it stands on Monday 1 and then on no weekday. Ku is new.
    lesson, day, number, day_after, _number, _courses, word = by_lesson[5]
    assert (lesson, day, number, word) == (5, 1, 1, "no longer taught")
    assert day_after < 1
    assert by_lesson[8][1] < 1 <= by_lesson[8][3]
    assert by_lesson[8][-1] == "new"
    # Ma stays with another teacher: Neumann, and Arnd behind.
    teachers = [name for name, _long in data["teachers"]]
    (course,) = by_lesson[1][5]
    assert (teachers[course[1]], teachers[course[6]]) == ("Neumann", "Arnd")
    assert by_lesson[1][1:3] == by_lesson[1][3:5]
    (other,) = by_lesson[3][5]
    assert len(other) == 6


def test_lists_of_lectures_that_come_go_and_change_hands(tmp_path):
    result = repaired(tmp_path, *MANY)
    rows = sheets(result)["Changes"]
    told = {(row["what"], row["lecture"], row["day from"], row["day to"]) for row in rows}
    assert told == {
        ("Added", "Ku 8 (lesson 8)", None, "Mon"),
        ("No longer taught", "Bi 8 (lesson 5)", "Mon", None),
        ("With another teacher only", "Ma 7 (lesson 1)", "Mon", "Mon"),
        ("With another teacher only", "Ph 7 (lesson 2)", "Tue", "Tue"),
    }
    by_teacher = sheets(result)["By teacher"]
    # Arnd and Neumann both have the three lectures that Neumann takes over; Cohn loses Bi.
    assert {name: sum(row["teacher"] == name for row in by_teacher) for name in ("Arnd", "Neumann", "Cohn")} == {
        "Arnd": 3,
        "Neumann": 3,
        "Cohn": 1,
    }
    assert "Neumann instead of Arnd" in result.files["report.md"].decode()


def test_gaps_of_somebody_who_is_replaced_count_where_they_were(tmp_path):
    # Arnd has Ma on Monday 1, then Ph on Monday 3: one gap before. Neumann has the same two: one gap after.
    rows = "Arnd 1 1 Ma 101 1 7\nArnd 1 3 Ph 101 2 7\nBeck 1 2 De 101 3 7"
    result = repaired(tmp_path, "replace Arnd by new Neumann", rows=rows)
    figures = {row[0]: row[1:] for row in _summary(result)}
    assert figures["Gaps of teachers"] == (1, 1, 0)


def _summary(result: RepairResult) -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(result.files["report.xlsx"]))
    return list(book["Summary"].iter_rows(values_only=True))


# -- what has no place --


def test_what_has_no_place_is_said_everywhere(tmp_path):
    result = repaired(tmp_path, "away Arnd Mon-Fri")
    page = parsed(result.files["report.html"]).text
    for sentence in (
        "A plan in which everything has a place is impossible (proved, and confirmed by a second calculation).",
        "3 lectures have no place; fewer is impossible.",
        "Why these have no place",
        "Arnd has 3 periods a week, and 0 are left.",
        "Ma 7 (lesson 1) with Arnd, so far Mon 1-2 ; Arnd is away all week",
        "No plan leaves less without a place, and none that leaves as little changes less: proved.",
        "What you can do",
        "untisopt why-not",
    ):
        assert sentence in page, sentence
    md = result.files["report.md"]
    assert "Why these have no place" in headings(md, "h2")
    assert [row["what"] for row in sheets(result)["Changes"]] == ["Without a place"] * 3


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"status": "minimum"}, "No plan that satisfies the events changes less: proved."),
        (
            {"status": "minimum", "solvers": ("cp-sat", "highs")},
            "No plan that satisfies the events changes less: proved, and confirmed by a second calculation.",
        ),
        (
            {"status": "best-found", "bound": 2, "is_best": False},
            "The time limit ended the search: at least 2 lectures have to move. Whether fewer are enough is open.",
        ),
        (
            {"status": "undecided", "points": None, "is_best": False},
            "The time limit ended the search: a plan that leaves less without a place may exist.",
        ),
        (
            {"status": "undecided", "points": None, "is_best": False, "least_unplaced": 1},
            "At least 1 lecture has no place in any plan: proved.",
        ),
        (
            {"status": "undecided", "points": None, "is_best": False, "left": 3, "least_left": 2},
            "Counted together, week by week, 3 are left over; no plan leaves fewer than 2 (proved).",
        ),
        (
            {"status": "undecided", "points": None, "is_best": False, "least_moved": 1},
            "At least 1 lecture has to move in any plan that leaves as little: proved.",
        ),
        ({"status": "minimum", "points": None, "is_best": True}, "No plan changes less: proved."),
        ({"status": "minimum", "points": 0}, "The plan satisfies the events without moving anything."),
    ],
)
def test_what_is_proved(tmp_path, changes, says):
    result = repaired(tmp_path, SWAP)
    lines = proof_lines(replace(result, **changes))
    assert lines[0] == says
    assert len(lines) == 2


def test_nothing_has_to_change(tmp_path):
    result = repaired(tmp_path, "away Arnd Fri")
    page = parsed(result.files["report.html"]).text
    assert "Arnd is away: Fri. Nothing has to change: the plan fits as it is." in page
    assert "No lecture moves: the plan stays as it is." in page
    assert sheets(result)["Changes"] == []


# -- the other forms --


def test_chapters_of_the_markdown(tmp_path):
    data = repaired(tmp_path, SWAP).files["report.md"]
    assert headings(data, "h1") == ["Timetable after events: lesson.txt"]
    assert headings(data, "h2") == [
        "What happens",
        "What changes",
        "What is proved",
        "Side effects",
        "Changes by grade",
        "Changes by teacher",
        "The score, rule by rule",
        "What was not judged",
        "How it was made",
    ]


def test_sheets_of_the_workbook(tmp_path):
    result = repaired(tmp_path, SWAP)
    assert list(sheets(result)) == ["Summary", "Changes", "By teacher", "By grade", "Rules"]
    chapters = [row[0] for row in _summary(result)]
    wanted = ["What happens", "In short", "What is proved", "Side effects, counted per week", "How it was made"]
    assert [title for title in chapters if title in wanted] == wanted


# -- what a planner and a head teacher look for first --

# 101 and 102 host the same subjects, so they stand in for one another.
TWO_ROOMS = "Arnd 1 1 Ma 101 1 7\nArnd 2 1 Ma 102 1 7\nBeck 1 2 Ma 101 2 8\nBeck 2 2 Ma 102 2 8"


def test_what_only_gets_another_room_is_not_said_to_move(tmp_path):
    # Ma of Monday 1 stays there and goes from 101 to 102.
    result = repaired(tmp_path, "closed 101 Mon 1", rows=TWO_ROOMS)
    assert (result.moved, result.changed_rooms) == (0, 1)
    page = " ".join(parsed(result.files["report.html"]).text.split())
    front = page[: page.index("Side effects")]
    assert "Only another room Mon 1 Ma 7 (lesson 1) Arnd 101 \N{RIGHTWARDS ARROW} 102" in front
    assert "Only another room 1 of 4 25 %" in front
    assert "Moved" not in front
    assert [row["what"] for row in sheets(result)["Changes"]] == ["Only another room"]


def test_lectures_that_move_and_get_another_room_are_counted_with_the_rooms(tmp_path):
    result = repaired(tmp_path, "closed 101 Mon 1", rows=TWO_ROOMS)
    school = result.school
    (move,) = result.moves
    both = replace(move, after=replace(move.after, period=Period(3, 1)))
    document = replace(result, moves=(both,))
    report = RepairReport(document=document, school=school, planned=result.timetable, reasons={}, not_judged={})
    names = {name: part for name, part, _share, _percent in touched(EventsFacts(report))}
    assert names["Lectures moved"] == "1 of 4"
    assert names["Another room (1 of them moves as well)"] == "1 of 4"


def test_what_has_no_place_says_what_takes_its_old_one(tmp_path):
    # Arnd is away on both days on which grade 7 is taught, so his three lectures have no place.
    result = repaired(tmp_path, "away Arnd Mon-Tue")
    rows = {(row["day from"], row["period from"]): row["reason"] for row in sheets(result)["Changes"]}
    assert rows["Tue", 1].startswith("Arnd is away at Tue 1. ")
    assert rows["Tue", 1].endswith("No other place is free.")
    assert "outside" not in rows["Tue", 1]


def test_lectures_without_a_place_are_not_left_out_for_those_that_move(tmp_path):
    result = repaired(tmp_path, "away Arnd Mon-Tue")
    facts = EventsFacts(_report(result))
    # Five more move than the page has rows for: of these some are left out, of the others none.
    many = [facts.document.fates[Fate.UNPLACED][0]] * (MOST_ROWS + 5)
    assert len(result.unplaced) == 3
    facts.document.__dict__["fates"] = {
        **facts.document.fates,
        Fate.MOVED: tuple(replace(move, before=move.before.at(Period(2, i + 1))) for i, move in enumerate(many)),
    }
    lists = {found.title: found for found in front_lists(facts)}
    assert not lists["Without a place"].more
    assert lists["Moved"].more


def _report(result: RepairResult) -> RepairReport:
    school, planned = with_removed(result, result.timetable)
    return RepairReport(document=result, school=school, planned=planned, reasons={}, not_judged={})


def test_blocks_that_are_alike_are_told_once(tmp_path):
    # 7 is full but for Tuesday 4 (see the head): one of three new lectures fits, two do not.
    result = repaired(tmp_path, "add Ku - 7 3x1 in 102")
    assert len(result.unplaced) == 2
    (one,) = waiting(result)
    assert one.lecture == "Ku 7 (lesson 8), 2 periods"
    assert set(one.lectures) == {found.lecture for found in result.unplaced}
    page = " ".join(parsed(result.files["report.html"]).text.split())
    assert "Without a place new \N{RIGHTWARDS ARROW} no place 2 times Ku 7 (lesson 8)" in page


def test_solvers_are_named_where_it_says_how_it_was_made(tmp_path):
    result = repaired(tmp_path, SWAP)
    text = parsed(result.files["report.html"]).text
    front = text[: text.index("All changes, and why")]
    assert "CP-SAT" not in front
    assert "Proved by CP-SAT" in text
    assert "CP-SAT" in result.files["repair.txt"].decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        # A plan is proved to change least, although a search for as much as possible ran out of time beside it.
        ({"status": "minimum", "is_best": False}, False),
        ({"status": "best-found", "is_best": False}, True),
        ({"status": "impossible", "points": None, "is_best": True}, False),
    ],
)
def test_more_time_is_not_advised_beside_a_proof(tmp_path, changes, said):
    result = replace(repaired(tmp_path, SWAP), **changes)
    assert any("--time-limit" in line for line in advice(result)) is said


# -- advice --


def test_exceptions_that_are_advised_help(tmp_path):
    # Two new lectures, one free period (see above): the other could stand beside what 7 has, as on Tuesday 5.
    rows = "add Ku - 7 2x1 in 102"
    result = repaired(tmp_path / "before", rows)
    (lost,) = result.unplaced
    assert lost.exceptions == (("grade-day", "7"),)
    (told,) = [line for line in advice(result) if "untisopt.toml" in line]
    assert 'under [rules.grade-day] the line except = ["7"].' in told
    policy = '[rules.grade-day]\nexcept = ["7"]\n'
    after = repair(write_export(tmp_path / "after", ROWS, policy=policy), [rows], QUICK)
    assert after.unplaced == ()


def test_no_exception_helps_somebody_who_is_away(tmp_path):
    result = repaired(tmp_path, "away Arnd Mon-Fri")
    assert [found.exceptions for found in result.unplaced] == [()] * 3
    assert not [line for line in advice(result) if "untisopt.toml" in line]


def test_a_closed_room_without_a_stand_in_says_how_to_name_one(tmp_path):
    # TH alone hosts Sp.
    told = " ".join(advice(repaired(tmp_path, "closed TH")))
    assert "Say which room may stand in for TH: in Untis as its alternative room (GPU005)" in told
    assert "stand in for" not in " ".join(advice(repaired(tmp_path / "other", "away Cohn Mon-Fri")))


def test_events_are_advised_in_the_language_in_force_and_are_read(tmp_path):
    result = repaired(tmp_path, "away Arnd Mon-Fri")
    for language in ("en", "de"):
        use_language(language)
        (event,) = re.findall(r'--event "([^"]+ Neumann)"', " ".join(advice(result)))
        assert parse_event(event, result.original) == Replaced(old="Arnd", new="Neumann")


def test_how_little_of_a_grade_comes_to_another_site(tmp_path):
    # 10.3 has 4 lectures in 101; no room at the branch hosts Ma, Ch or Bi.
    lesson = write_export(tmp_path / "export")
    result = repair(lesson, ["site 10.3 to Filiale"], QUICK)
    assert headline(result)[0] == (
        "Of 4 lectures that 10.3 has away from Filiale, 4 do not come there: no room of their kind is free at Filiale."
    )
