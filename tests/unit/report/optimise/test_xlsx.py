"""The report as a workbook, read with another library than the one that wrote it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.unit.report.entry.handed_over import nasty, with_packages
from untisopt.i18n import use_language
from untisopt.report.optimise.report import report_xlsx
from untisopt.report.render.xlsx import MOST_CHARACTERS, Column, Sheet, workbook

SHEETS = ["Summary", "Changes", "By teacher", "By grade", "Rules"]


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def records(sheet: Any) -> list[dict[str, Any]]:
    head, *rest = rows(sheet)
    return [dict(zip(head, row, strict=True)) for row in rest]


@pytest.fixture
def book(repaired) -> Workbook:
    return opened(report_xlsx(with_packages(repaired)))


def test_sheets(book):
    assert book.sheetnames == SHEETS
    assert book.properties.title == "Repaired timetable: lesson.txt"
    assert book.properties.created == datetime(2000, 1, 1)


@pytest.mark.parametrize("name", SHEETS)
def test_ready_to_filter_and_print(book, name):
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    assert sheet.freeze_panes in {"A2", "B2", "C2"}
    # The summary is no table to filter.
    assert sheet.auto_filter.ref == (None if name == "Summary" else sheet.dimensions)
    assert sheet.print_title_rows == "$1:$1"
    setup, properties = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    assert (setup.orientation, str(setup.paperSize), setup.fitToHeight) == ("landscape", "9", 0)
    assert properties is not None
    assert properties.fitToPage


def test_summary(book):
    found = rows(book["Summary"])
    assert found[0] == ("Repaired timetable: lesson.txt", "before", "after", "change")
    assert ("Site changes of teachers", 2, 1, -1) in found
    assert ("3 of 11 lectures move (27 %).", None, None, None) in found
    chapters = [row[0] for row, cells in zip(found, book["Summary"].iter_rows(), strict=True) if cells[0].font.b]
    assert chapters[1:] == [
        "In short",
        "What was asked",
        "What it brings, counted per week",
        "What it costs",
        "The changes in packages",
        "How good it is",
        "What was not judged",
        "What else was noticed",
        "How it was made",
    ]


def test_changes(book):
    found = records(book["Changes"])
    assert [(row["package"], row["lecture"]) for row in found] == [
        (1, "Ph 9.1 (lesson 178)"),
        (1, "Ma 10.4 (lesson 179)"),
        (2, "En 9.1 (lesson 181)"),
    ]
    first = found[0]
    assert first.pop("reason").startswith(
        "If it stayed, as far as found: site changes of teachers: 1 more a week. So far: Arnd changes from Haupthaus "
    )
    assert first == {
        "package": 1,
        "lecture": "Ph 9.1 (lesson 178)",
        "lesson": 178,
        "subjects": "Ph",
        "grades": "9.1",
        "teachers": "Arnd",
        "day from": "Mon",
        "period from": 2,
        "day to": "Mon",
        "period to": 3,
        "rooms from": "F13",
        "rooms to": "F13",
        "weeks": "all",
    }


def test_by_teacher(book):
    found = records(book["By teacher"])
    figures = ("teacher", "lectures moved", "site changes a week before", "site changes a week after")
    assert [tuple(row[name] for name in (*figures, "lecture", "from", "to")) for row in found] == [
        ("Arnd", 2, 2, 1, "Ph 9.1 (lesson 178)", "Mon 2", "Mon 3"),
        ("Arnd", 2, 2, 1, "Ma 10.4 (lesson 179)", "Mon 3", "Mon 2"),
        ("Beck", 1, 0, 0, "En 9.1 (lesson 181)", "Mon 3", "Mon 2"),
    ]


def test_who_changes_sites_and_keeps_everything_is_listed(repaired):
    """Arnd's two changes of today are in the list, though nothing moves."""
    found = records(opened(report_xlsx(replace(repaired, moves=(), after=repaired.before)))["By teacher"])
    (arnd,) = found
    assert {name: value for name, value in arnd.items() if value is not None} == {
        "teacher": "Arnd",
        "lectures moved": 0,
        "site changes a week before": 2,
        "site changes a week after": 2,
    }


def test_by_grade(book):
    assert [(row["grade"], row["lectures moved"], row["teachers"]) for row in records(book["By grade"])] == [
        ("10.4", 1, "Arnd"),
        ("9.1", 2, "Arnd"),
        ("9.1", 2, "Beck"),
    ]


def test_rules(book):
    found = {row["rule"]: row for row in records(book["Rules"])}
    travel = found["Travel time of teachers too short"]
    assert (travel["what counts"], travel["a week before"], travel["a week after"]) == ("must hold", 2, 1)
    assert travel["change"] == -1
    # The change 2>3 is left: 20 minutes from 9:30 to 9:50, the journey takes 25.
    assert "between periods 2 and 3: 20 min, 25 min needed" in travel["what remains"]
    assert found["Moved lectures"]["what remains"] is None


def test_every_name_stays_a_text(tmp_path, monkeypatch):
    book = opened(report_xlsx(nasty(tmp_path, monkeypatch)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell for cell in cells if cell.hyperlink is not None] == []
    for text in ("=1+1", "http://x", "10.4", "<b>9", "F*1*"):
        assert {cell.data_type for cell in cells if cell.value == text} == {"s"}


def test_weeks(repaired):
    """What is in both kinds of weeks counts once a week, as it is."""
    classes = tuple(replace(repaired.school.week_classes[0], name=name) for name in "AB")
    school = replace(repaired.school, week_classes=classes)
    found = records(opened(report_xlsx(replace(repaired, school=school)))["By teacher"])
    # The two findings of one class, shared by two: one a week.
    assert found[0]["site changes a week before"] == 1


def test_without_packages(repaired):
    found = records(opened(report_xlsx(replace(repaired, packages=())))["Changes"])
    assert {(row["package"], row["reason"]) for row in found} == {(None, None)}


def test_same_bytes(repaired, monkeypatch):
    document = with_packages(repaired)
    first = report_xlsx(document)
    # On another day: a ZIP file has a time for each of its entries.
    monkeypatch.setattr("time.localtime", lambda *_args: (2031, 1, 1, 0, 0, 0, 2, 1, 0))
    assert report_xlsx(document) == first
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_characters_that_xml_forbids():
    text = "a\x01b\x0bc\ud800d\ufffe\t_x0041_"
    data = workbook(text, "{page}", [Sheet(name="S", columns=(Column("x", 5),), rows=[[text]])])
    mark = "\N{REPLACEMENT CHARACTER}"
    assert opened(data)["S"]["A2"].value == f"a{mark}b{mark}c{mark}d{mark}\t_x0041_"


def test_long_texts_are_cut():
    data = workbook("t", "{page}", [Sheet(name="S", columns=(Column("x", 5, wrap=True),), rows=[["x" * 40_000]])])
    value = opened(data)["S"]["A2"].value
    assert value == "x" * (MOST_CHARACTERS - 1) + "\N{HORIZONTAL ELLIPSIS}"


def test_rows_are_high_enough():
    """21 characters a line at a width of 20: four lines of 15 points for 4 words of 15 letters."""
    columns = (Column("x", 20, wrap=True), Column("y", 5))
    words = " ".join(["x" * 15] * 4)
    book = opened(workbook("t", "{page}", [Sheet(name="S", columns=columns, rows=[[words, 1], ["x", words]])]))
    # 15 points are what a row has unless something else is said; a text that is not wrapped needs no more.
    assert (book["S"].row_dimensions[2].height, book["S"].row_dimensions[3].height) == (60, None)


def test_footer():
    """An ampersand would begin a code."""
    data = workbook("R & D", "{page} of {pages}", [Sheet(name="S", columns=(Column("x", 5),), rows=[["x"]])])
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert "<oddFooter>&amp;LR &amp;&amp; D&amp;R&amp;P of &amp;N</oddFooter>" in sheet


def test_german_names_of_sheets(repaired):
    use_language("de")
    names = opened(report_xlsx(repaired)).sheetnames
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert len(set(names)) == 5
