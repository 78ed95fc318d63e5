"""The entry list as people read it: text, table, page."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import pytest

from tests.builders import move, school
from untisopt.domain.calendar import Period
from untisopt.domain.changes import Move
from untisopt.domain.entry import Step, StepKind
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement, Timetable
from untisopt.i18n import use_language
from untisopt.report.entry.csv import entry_list_csv
from untisopt.report.entry.document import facts, step_words
from untisopt.report.entry.html import entry_list_html
from untisopt.report.entry.txt import entry_list_txt
from untisopt.results.entry import EntryListDocument
from untisopt.service.entry import EntryOptions, entry_list
from untisopt.service.verify.replay import replay


def swapped() -> tuple[School, Timetable]:
    """A double and two singles of Arnd change places, one of them with its room; beside them a lecture of A weeks."""
    rows = (
        "177 Arnd 10.3 F13 Mon1-2 AB",
        "180 Arnd 9.1 H1 Mon3 AB",
        "181 Arnd 9.2 H2 Mon4 AB",
        "190 Beck 8.1 H3 Tue1 A",
    )
    of = school("\n".join(rows), rooms=["F14"])
    after = move(of, {"177@1.1": "Mon3", "180@1.3": "Mon1", "181@1.4": "Mon2", "190@2.1": "Tue2"})
    return of, move_rooms(after, "180@1.3", "F14")


def move_rooms(timetable: Timetable, lecture: str, room: str) -> Timetable:
    return timetable.replace({lecture: Placement(timetable[lecture].period, ((room,),))})


@pytest.fixture
def document() -> EntryListDocument:
    of, after = swapped()
    return entry_list(of, of.as_is, after, EntryOptions(source="school/lesson.txt", packages={"190@2.1": 2}))


def single(kind: StepKind, move: Move, of: School, partner: int | None = None) -> EntryListDocument:
    lesson = of.lectures[move.lecture].lesson
    step = Step(number=1, kind=kind, lesson=lesson, moves=(move,), partner=partner)
    return EntryListDocument(school=of, steps=(step,), parkings=0, least_parkings=0)


def test_text(document):
    # The double waits for both singles, and they for it: two circles with the double in common, so one parking is the
    # fewest. Lesson 190 is in a package and comes first, then the lowest number: 177 cannot enter before 180 and 181.
    lines = entry_list_txt(document).decode().splitlines()
    assert lines[:3] == ["Entry list", "==========", "school/lesson.txt"]
    assert "  - 5 steps for 5 moved lectures." in lines
    steps = lines[lines.index("Steps") + 3 :]
    assert steps == [
        "[ ]     1  Tue 1 -> Tue 2  S190 8.1, lesson 190, with Beck",
        "           room: H3; only in weeks A; package 2",
        "[ ]     2  Mon 1-2 -> Mon 5-6  S177 10.3, lesson 177, with Arnd",
        "           room: F13",
        "           for the moment; comes back in step 5",
        "[ ]     3  Mon 3 -> Mon 1  S180 9.1, lesson 180, with Arnd",
        "           room: H1 -> F14",
        "[ ]     4  Mon 4 -> Mon 2  S181 9.2, lesson 181, with Arnd",
        "           room: H2",
        "[ ]     5  Mon 5-6 -> Mon 3-4  S177 10.3, lesson 177, with Arnd",
        "           room: F13",
        "           comes back; was put there in step 2",
    ]


def test_facts_of_parkings(document):
    assert facts(document)[1].startswith("1 lecture or double has to be put away for the moment")
    assert facts(document)[1].endswith("No order does with fewer; that is proved.")
    of, _after = swapped()
    unproved = EntryListDocument(school=of, steps=document.steps, parkings=3, least_parkings=2, set_asides=1)
    assert facts(unproved)[1].endswith("Every order needs at least 2; that is proved.")
    assert facts(unproved)[2].startswith("1 of them finds no free place")


def test_nothing_to_enter():
    of, _after = swapped()
    empty = entry_list(of, of.as_is, of.as_is)
    assert "Nothing to enter" in entry_list_txt(empty).decode()
    assert "<table" not in entry_list_html(empty).decode()
    assert entry_list_csv(empty).count(b"\r\n") == 1


def read_steps(table: bytes) -> list[Step]:
    """The steps from the columns for scripts, nothing else."""
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""), delimiter=";"))
    steps = []
    for row in rows:
        records = json.loads(row["moves_json"])
        assert row["lecture_ids"].split() == [record["lecture"] for record in records]
        moves = tuple(
            Move(r["lecture"], _placement(r["from"], r["rooms_from"]), _placement(r["to"], r["rooms_to"]))
            for r in records
        )
        steps.append(Step(number=int(next(iter(row.values()))), kind=StepKind.MOVE, lesson=0, moves=moves))
    return steps


def _placement(period: list[int], rooms: list[list[str]]) -> Placement:
    return Placement(Period(*period), tuple(map(tuple, rooms)))


@pytest.mark.parametrize("language", ["en", "de"])
def test_table_can_be_replayed(document, language):
    use_language(language)
    of, after = swapped()
    assert replay(of, of.as_is, read_steps(entry_list_csv(document))) == after


def test_table(document):
    data = entry_list_csv(document)
    assert data.startswith(
        b"\xef\xbb\xbfstep;done;lecture;teachers;from;to;weeks;package;note;lecture_ids;moves_json\r\n"
    )
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[1][:10] == [
        "1",
        "",
        "S190 8.1 (lesson 190)",
        "Beck",
        "Tue 1 (H3)",
        "Tue 2 (H3)",
        "A",
        "2",
        "",
        "190@2.1",
    ]
    assert rows[3][4:7] == ["Mon 3 (H1)", "Mon 1 (F14)", "all"]


def test_formulas_and_delimiters_in_names():
    of = school("177 =1+1;x 10.3 @H1 Mon1")
    document = entry_list(of, of.as_is, move(of, {"177@1.1": "Mon2"}))
    _header, row = csv.reader(io.StringIO(entry_list_csv(document).decode("utf-8-sig"), newline=""), delimiter=";")
    assert row[3] == "'=1+1;x"
    assert row[5] == "Mon 2 (@H1)"


class Page(HTMLParser):
    """Counts elements and keeps the texts of cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.cells: list[str] = []
        self._in_cell = False

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "td":
            self._in_cell = True
            self.cells.append("")

    def handle_endtag(self, tag):
        self._in_cell = self._in_cell and tag != "td"

    def handle_data(self, data):
        if self._in_cell:
            self.cells[-1] += data


def test_page(document):
    page = Page()
    page.feed(entry_list_html(document).decode())
    assert page.tags.count("input") == len(document.steps) == 5
    # Box, step, package, lesson, subject, grades, teachers, from, to, room, weeks, note.
    assert page.cells[:12] == ["step 1", "1", "2", "190", "S190", "8.1", "Beck", "Tue 1", "Tue 2", "H3", "A", ""]
    assert page.cells[12:24][7:] == ["Mon 1-2", "Mon 5-6", "F13", "", "for the moment; comes back in step 5"]
    assert page.cells[24:36][9] == "H1 → F14"


def test_page_needs_nothing_else(document):
    text = entry_list_html(document).decode()
    assert "http" not in text
    assert "src=" not in text
    assert 'href="' not in text


def test_markup_in_names_stays_text():
    of = school("177 <b>A&\"' <script>alert(1)</script> H1 Mon1")
    document = entry_list(of, of.as_is, move(of, {"177@1.1": "Mon2"}), EntryOptions(source="<i>x</i>"))
    text = entry_list_html(document).decode()
    assert text.count("<script>") == 1
    assert "<b>A" not in text
    assert "<i>x" not in text
    page = Page()
    page.feed(text)
    assert "<script>alert(1)</script>" in page.cells


def test_ticks_belong_to_one_list(document):
    of, after = swapped()
    other = entry_list(of, of.as_is, after.replace({"190@2.1": of.as_is["190@2.1"]}))
    same_in_german = _key(document, "de")
    assert _key(document, "en") == same_in_german != _key(other, "en")


def _key(document: EntryListDocument, language: str) -> str:
    use_language(language)
    return entry_list_html(document).decode().split('data-key="')[1].split('"')[0]


def test_notes():
    of = school("1 Arnd 5a H1 Mon1\n1 Beck 5b H2 Mon1", rooms=["H3"])
    home = of.as_is["1@1.1"]
    bare = Placement(home.period, ((), ()))
    away = Placement(Period(-1, 1), ((), ()))
    one_room = Placement(home.period, (("H1",), ("H3",)))
    none = "(no room)"
    cases = [
        (StepKind.ROOMS, Move("1@1.1", home, one_room), None, "only the room changes", "H2 -> H3 (Beck)"),
        (
            StepKind.PARK,
            Move("1@1.1", home, bare),
            7,
            "stays without its room for the moment",
            f"H1 -> {none} (Arnd); H2",
        ),
        (
            StepKind.UNPARK,
            Move("1@1.1", bare, home),
            7,
            "gets its room; it had none since step 7",
            f"{none} -> H1 (Arnd)",
        ),
        (
            StepKind.PARK,
            Move("1@1.1", home, bare.at(Period(2, 1))),
            7,
            "for the moment, without a room",
            "H1 -> (no room)",
        ),
        (StepKind.SET_ASIDE, Move("1@1.1", home, away), 7, "off the plan for the moment", ""),
        (StepKind.SET_ASIDE, Move("1@1.1", home, away), None, "is taken off the plan", ""),
        (StepKind.PLACE, Move("1@1.1", away, home), 7, "back on the plan; was taken off in step 7", "H1, H2"),
        (StepKind.PLACE, Move("1@1.1", away, home), None, "is new on the plan", "H1, H2"),
    ]
    for kind, one, partner, note, rooms in cases:
        shown = single(kind, one, of, partner)
        words = step_words(shown, shown.steps[0])
        assert words.note.startswith(note)
        assert words.rooms.startswith(rooms)
        assert words.temporary == (partner is not None and kind in (StepKind.PARK, StepKind.SET_ASIDE))
    assert step_words(single(*[(k, m, of, p) for k, m, p, _n, _r in cases][4]), shown.steps[0]).before == "off the plan"


def test_lecture_without_people():
    of = school("190 - - - Wed1")
    document = entry_list(of, of.as_is, move(of, {"190@3.1": "Wed2"}))
    assert "[ ]     1  Wed 1 -> Wed 2  S190, lesson 190" in entry_list_txt(document).decode()
    assert "           room: (no room)" in entry_list_txt(document).decode()
