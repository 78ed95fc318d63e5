"""Every defective timetable in tests/data/bad gives exactly these messages, all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from untisopt.errors import InputError
from untisopt.io.untis import read_export

BAD = Path(__file__).parent.parent / "data" / "bad"

# Path below tests/data/bad to its messages: where, expected and found; then the advice.
MESSAGES: dict[str, list[tuple[str, str]]] = {
    "blanks-with-empty-column": [
        (
            (
                "lesson.txt, line 3: expected columns separated by blanks, none of them empty, with the week "
                "flags in column 9, found week flags in column 8"
            ),
            "a column is empty or a name contains a blank, so the columns cannot be told apart: export with TABs",
        ),
        (
            (
                "lesson.txt, line 4: expected columns separated by blanks, none of them empty, with the week "
                "flags in column 9, found week flags in column 10"
            ),
            "a column is empty or a name contains a blank, so the columns cannot be told apart: export with TABs",
        ),
    ],
    "date-bad-lines": [
        (
            "date.txt, line 2, column 1: expected a calendar week from 1 to 53, found '54'",
            "date.txt was edited by hand: export it again",
        ),
        (
            "date.txt, line 3, column 3: expected the Monday of the week as YYYYMMDD, found nothing",
            "date.txt was edited by hand: export it again",
        ),
        (
            "date.txt, line 4, column 3: expected the Monday of the week as YYYYMMDD, found '20251320'",
            "date.txt was edited by hand: export it again",
        ),
        (
            "date.txt, line 5, column 1: expected every calendar week once, found week 41 a second time",
            "date.txt was edited by hand: export it again",
        ),
    ],
    "defects-in-several-files": [
        (
            "time.txt, line 4, column 4: expected a time such as 745 or 0745, found '8.00'",
            "time.txt was edited by hand: export it again",
        ),
        (
            "date.txt, line 1, column 1: expected a calendar week from 1 to 53, found 'KW41'",
            "date.txt was edited by hand: export it again",
        ),
        ("lesson.txt, line 2, column 3: expected a period from 0 to 60, found 'x'", ""),
    ],
    "empty-file": [
        (
            "lesson.txt: expected rows of a timetable, found an empty file",
            "the export was broken off, or the wrong weeks were chosen",
        ),
    ],
    "every-week-differs": [
        (
            "lesson.txt: expected weeks that repeat, found 3 different weeks (36, 37, 38)",
            "choose one with --week 36, or export more weeks, so that A and B weeks show at least twice",
        ),
    ],
    "folder-without-timetable": [
        (
            (
                "folder-without-timetable: expected lesson.txt, GPU001.TXT or an XML export of Untis, found only "
                "teacher.txt"
            ),
            "another folder is meant, or the export of the timetable is missing",
        ),
    ],
    "gpu001-numbers": [
        ("GPU001.TXT, line 3, column 1: expected a lesson number, found '2x'", ""),
        ("GPU001.TXT, line 4, column 6: expected a weekday from 1 to 7, found '0'", ""),
        ("GPU001.TXT, line 4, column 7: expected a period from 0 to 60, found nothing", ""),
        (
            "GPU001.TXT, line 5: expected at least 7 columns, found 2 columns",
            "the row was cut off, or the export uses another delimiter",
        ),
    ],
    "gpu002-bad-values": [
        (
            "GPU002.TXT, line 1, column 10: expected a whole number or nothing, found 'viele'",
            "GPU002.TXT was edited by hand or has other columns: export it again",
        ),
        (
            "GPU002.TXT, line 2, column 15: expected a date as YYYYMMDD or nothing, found '20250230'",
            "GPU002.TXT was edited by hand or has other columns: export it again",
        ),
        (
            "GPU002.TXT, line 2, column 16: expected a date as YYYYMMDD or nothing, found '31.7.2026'",
            "GPU002.TXT was edited by hand or has other columns: export it again",
        ),
        (
            "GPU002.TXT, line 3, column 28: expected a whole number or nothing, found 'eins'",
            "GPU002.TXT was edited by hand or has other columns: export it again",
        ),
        (
            "GPU002.TXT, line 4, column 30: expected lengths of blocks such as 3 or 3,3, or nothing, found '3,x'",
            "GPU002.TXT was edited by hand or has other columns: export it again",
        ),
    ],
    "gpu002-as-timetable/GPU002.TXT": [
        (
            "gpu002-as-timetable/GPU002.TXT: expected a timetable, found GPU002.TXT, which holds no timetable",
            "lesson.txt or GPU001.TXT of the export is meant",
        ),
    ],
    "gpu016-bad-lines": [
        ("GPU016.TXT, line 2, column 1: expected L, K, R or F, found 'X'", ""),
        ("GPU016.TXT, line 3, column 3: expected a weekday from 1 to 7, found '8'", ""),
        ("GPU016.TXT, line 4, column 4: expected a period counted from 1, found '0'", ""),
        ("GPU016.TXT, line 5, column 5: expected a value from -3 to 3, found '-4'", ""),
        ("GPU016.TXT, line 6: expected kind, name, day, period and value, found 3 columns", ""),
    ],
    "heading": [
        (
            "lesson.txt, line 1: expected numbers in columns 2, 3, 6, found 'Tag', 'Stunde', 'Nr'",
            "this is a heading, or the columns were rearranged: export the file again and leave it as it is",
        ),
    ],
    "lesson-number-with-letters": [
        ("lesson.txt, line 4, column 6: expected a lesson number, found '178b'", ""),
        ("lesson.txt, line 5, column 6: expected a lesson number, found nothing", ""),
    ],
    # The limits of a class stand before those of teachers, rooms and subjects; 2.5 gaps are none, and -2 is no number.
    "master-data-bad-values": [
        (
            "GPU003.TXT, line 1, column 7: expected a whole number or nothing, found 'vier'",
            "GPU003.TXT was edited by hand or has other columns: export it again",
        ),
        (
            "GPU004.TXT, line 1, column 9: expected a whole number or nothing, found '6-8'",
            "GPU004.TXT was edited by hand or has other columns: export it again",
        ),
        (
            "GPU004.TXT, line 1, column 11: expected a whole number or nothing, found '2.50000'",
            "GPU004.TXT was edited by hand or has other columns: export it again",
        ),
        (
            "GPU004.TXT, line 1, column 14: expected a whole number or nothing, found '-2'",
            "GPU004.TXT was edited by hand or has other columns: export it again",
        ),
        (
            "GPU005.TXT, line 1, column 7: expected a whole number from 0 to 4 or nothing, found '5'",
            "GPU005.TXT was edited by hand or has other columns: export it again",
        ),
        (
            "GPU006.TXT, line 1, column 10: expected a whole number or nothing, found 'viel'",
            "GPU006.TXT was edited by hand or has other columns: export it again",
        ),
    ],
    "mixed-delimiters": [
        (
            (
                "lesson.txt, line 3: expected columns separated by TAB, as in the other rows, found columns "
                "separated by ';'"
            ),
            "the file was put together from two exports",
        ),
    ],
    "no-week-with-teaching": [
        (
            "lesson.txt: expected weeks with teaching, found not a single row that is held",
            "weeks without teaching were exported: choose others in Untis",
        ),
    ],
    "nul-bytes": [
        (
            "lesson.txt, line 3: expected text, found a NUL byte: this is no text file",
            "choose UTF-8 or the Windows code page in the export dialog, or save the file as UTF-8 in the editor",
        ),
    ],
    "only-empty-lines": [
        (
            "lesson.txt: expected rows of a timetable, found an empty file",
            "the export was broken off, or the wrong weeks were chosen",
        ),
    ],
    "period-off-the-grid": [
        (
            "lesson.txt, line 4, column 3: expected a period of the time grid, 1 to 3 on weekday 2, found '5'",
            "the break table or time.txt belongs to another timetable",
        ),
        (
            "lesson.txt, line 5, column 2: expected a weekday of the time grid (1, 2), found '6'",
            "the break table or time.txt belongs to another timetable",
        ),
    ],
    "period-out-of-range": [
        ("lesson.txt, line 2, column 3: expected a period from 0 to 60, found '61'", ""),
        ("lesson.txt, line 3, column 3: expected a period from 0 to 60, found '2.5'", ""),
        ("lesson.txt, line 4, column 3: expected a period from 0 to 60, found '-1'", ""),
    ],
    "short-row": [
        (
            "lesson.txt, line 2: expected at least 8 columns, found 5 columns",
            "the row was cut off, or the export uses another delimiter",
        ),
    ],
    "time-bad-numbers": [
        (
            "time.txt, line 7, column 1: expected a weekday from 1 to 7, found '0'",
            "time.txt was edited by hand: export it again",
        ),
        (
            "time.txt, line 8, column 3: expected a period from 0 to 60, found '61'",
            "time.txt was edited by hand: export it again",
        ),
        (
            "time.txt, line 9, column 4: expected a time such as 745 or 0745, found '870'",
            "time.txt was edited by hand: export it again",
        ),
        (
            "time.txt, line 10: expected weekday, number of periods, period, begin and end, found 3 columns",
            "time.txt was edited by hand: export it again",
        ),
    ],
    "time-end-before-begin": [
        (
            "time.txt, line 2, column 5: expected an end after the begin 09:30, found 08:45",
            "time.txt was edited by hand: export it again",
        ),
    ],
    "time-overlapping-periods": [
        (
            "time.txt, line 2, column 4: expected a begin not before 08:45, the end of period 1, found 08:40",
            "time.txt was edited by hand: export it again",
        ),
    ],
    "time-period-twice": [
        (
            (
                "time.txt, line 7, column 3: expected every period once, found period 3 of weekday 2 a second "
                "time, first in line 6"
            ),
            "time.txt was edited by hand: export it again",
        ),
    ],
    "unclosed-quote": [
        (
            "GPU001.TXT, line 3: expected a closing quote, found the end of the line",
            "a text with a line break was cut off",
        ),
    ],
    "unknown-columns/plan.txt": [
        (
            (
                "unknown-columns/plan.txt: expected a timetable, found neither 9 columns with the week flags of "
                "lesson.txt nor the 7 columns of GPU001"
            ),
            "lesson.txt or GPU001.TXT of the export is meant",
        ),
    ],
    "unknown-room": [
        ("lesson.txt, line 11, column 5: expected a room of room.txt, found 'f11'", "you mean F11"),
    ],
    "unknown-teacher-and-class": [
        ("lesson.txt, line 4, column 1: expected a teacher of teacher.txt, found 'Dron'", "you mean Dorn"),
        (
            "lesson.txt, line 5, column 8: expected a grade of class.txt, found '4b'",
            "you mean one of these: 0a, 1a, 2a, 3a, 4a, 5a, 6a, 7a, 8a, 9a",
        ),
    ],
    "utf-16": [
        (
            "lesson.txt: expected UTF-8 or Windows-1252, found UTF-16",
            "choose UTF-8 or the Windows code page in the export dialog, or save the file as UTF-8 in the editor",
        ),
    ],
    "week-flags-foreign-character": [
        (
            "lesson.txt, line 4, column 9: expected week flags made of -, 0, 1 and x, found '?' for week 40",
            "the row was edited by hand or the columns are shifted: export the file again",
        ),
    ],
    "week-flags-missing": [
        (
            "lesson.txt, line 4, column 9: expected 53 week flags, found nothing",
            "the row was edited by hand or the columns are shifted: export the file again",
        ),
    ],
    "week-flags-too-short": [
        (
            (
                "lesson.txt, line 4, column 9: expected 53 week flags, found 52 characters: "
                "'----------------------------------------1-----------'"
            ),
            "the row was edited by hand or the columns are shifted: export the file again",
        ),
    ],
    "weekday-out-of-range": [
        ("lesson.txt, line 2, column 2: expected a weekday from 1 to 7, found '8'", ""),
        ("lesson.txt, line 3, column 2: expected a weekday from 1 to 7, found 'Mo'", ""),
    ],
    "xml-export/untis.xml": [
        (
            "untis.xml: expected periods in timeperiods, found not a single one",
            "export the timetable again, with the time grid",
        ),
        (
            "untis.xml: expected lessons, found not a single one",
            "the export was broken off, or it was made without the lessons",
        ),
    ],
}


@pytest.mark.parametrize("path", MESSAGES)
def test_defects_are_named(path: str) -> None:
    with pytest.raises(InputError) as caught:
        read_export(BAD / path)

    expected = [text + (f"\n  Maybe {advice}" if advice else "") for text, advice in MESSAGES[path]]
    assert [str(defect).replace(f"{BAD}/", "") for defect in caught.value.defects] == expected


def test_every_bad_timetable_is_listed() -> None:
    folders = {path.name for path in BAD.iterdir() if path.is_dir()}

    assert folders == {path.split("/")[0] for path in MESSAGES}
