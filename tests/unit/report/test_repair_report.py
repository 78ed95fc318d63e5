"""The report on a repair after events: page, workbook, Markdown; the events come first, packages do not come at all."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from tests.unit.report.html_pages import data_of, parsed
from tests.unit.service.exports import write_export
from untisopt.report.repair_answer import proof_lines
from untisopt.service.repair import RepairOptions, RepairResult, repair
from untisopt.solve.session import SolveOptions

QUICK = RepairOptions(solve=SolveOptions(time_limit=20, workers=1))
# Grade 7 is taught in periods 1 to 4 of Monday, 1 to 3 of Tuesday, 8 in 1 and 2 of Monday, 1 and 3 of Tuesday.
ROWS = """
Arnd 1 1 Ma 101 1 7
Arnd 1 2 Ma 101 1 7
Arnd 2 1 Ph 102 2 7
Beck 1 3 De 101 3 7
Beck 1 4 De 101 3 7
Beck 2 2 En 101 4 7
Beck 2 3 En 101 4 7
Cohn 1 1 Bi 103 5 8
Cohn 1 2 Ch 103 6 8
Cohn 2 1 Ch 103 6 8
Cohn 2 3 Sp TH 7 8
"""
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
        "is impossible (proved by CP-SAT)",
        "What changes",
        "What is proved",
        "No plan that satisfies the events changes less: proved by CP-SAT.",
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
        "A plan in which everything has a place is impossible (proved by CP-SAT",
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
        ({"status": "minimum"}, "No plan that satisfies the events changes less: proved by CP-SAT."),
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
