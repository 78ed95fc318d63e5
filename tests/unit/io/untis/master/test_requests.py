"""GPU016: blocked times and wishes."""

from __future__ import annotations

from untisopt.domain.calendar import Period, TimeGrid, Timeslot
from untisopt.domain.resources import Kind
from untisopt.io.untis.files.notes import Findings, NoteKind
from untisopt.io.untis.files.records import RawFile
from untisopt.io.untis.master.requests import Requests, read_requests

KNOWN = {Kind.TEACHER: {"Ärm", "De W"}, Kind.GRADE: {"4.11"}, Kind.ROOM: {"TH1"}}


def read(*lines: str, first: int = 1) -> tuple[Requests, Findings]:
    """Requests of a plan with two days of four periods, the first of which is called `first`."""
    grid = TimeGrid({Period(day, number): Timeslot() for day in (1, 2) for number in range(first, first + 4)})
    findings = Findings()
    raw = RawFile.parse("GPU016.TXT", "\r\n".join(lines).encode("cp1252"))
    return read_requests(raw, KNOWN, {"SP", "D"}, grid, findings), findings


def test_no_file() -> None:
    findings = Findings()

    assert read_requests(None, KNOWN, (), TimeGrid({}), findings) == Requests()
    assert findings.notes == []


def test_by_whom_they_concern() -> None:
    found, findings = read(
        '"L","Ärm",1,1,-3',
        '"L","Ärm",1,2,-2',
        '"K","4.11",2,4,+3',
        '"R","TH1",1,1,1',
        '"F","SP",2,1,-3',
        '"F","D",1,1,2',
    )

    assert found.blocked == {(Kind.TEACHER, "Ärm"): {Period(1, 1)}}
    assert found.wishes == {
        (Kind.TEACHER, "Ärm"): {Period(1, 2): -2},
        (Kind.GRADE, "4.11"): {Period(2, 4): 3},
        (Kind.ROOM, "TH1"): {Period(1, 1): 1},
    }
    assert found.subjects == {"SP": {Period(2, 1): -3}, "D": {Period(1, 1): 2}}
    assert [note.text for note in findings.notes] == ["GPU016.TXT: time requests: blocked 1, wishes 3, of subjects 2"]


def test_the_last_wish_counts_and_0_is_none() -> None:
    found, _findings = read("L;Ärm;1;1;-2", "L;Ärm;1;1;-1", "L;De W;1;1;2", "L;De W;1;1;0", "F;D;1;1;1", "F;D;1;1;0")

    assert found.wishes == {(Kind.TEACHER, "Ärm"): {Period(1, 1): -1}}
    assert found.subjects == {}


def test_a_blocked_time_is_no_wish() -> None:
    found, _findings = read("L;Ärm;1;1;-3", "L;Ärm;1;1;2")

    assert found.blocked == {(Kind.TEACHER, "Ärm"): {Period(1, 1)}}
    assert found.wishes == {}


def test_periods_count_from_1_where_the_grid_starts_at_0() -> None:
    found, _findings = read("L;Ärm;1;1;-2", "L;Ärm;1;4;-1", first=0)

    assert found.wishes == {(Kind.TEACHER, "Ärm"): {Period(1, 0): -2, Period(1, 3): -1}}


def test_what_means_nothing_is_counted() -> None:
    found, findings = read("L;Ärm;1;5;-3", "L;Ärm;3;1;-1", "L;Weg;1;1;-3", "R;Äule;1;1;2", "F;XX;1;1;2")

    assert found == Requests()
    # Period 5 and weekday 3 are outside the grid; Weg, Äule and XX are in no file.
    assert [(note.kind, note.text) for note in findings.notes] == [
        (NoteKind.LEFT_OUT, "GPU016.TXT: 2 time requests lie outside the time grid and mean nothing"),
        (
            NoteKind.LEFT_OUT,
            "GPU016.TXT holds time requests of 3 names that this plan does not know, such as Weg",
        ),
    ]


def test_one_cell_with_several_values_is_noted() -> None:
    found, findings = read("L;Ärm;1;1;-2", "L;Ärm;1;1;-1", "L;Ärm;1;2;1", "L;Ärm;1;2;1", "F;D;1;1;-3", "F;D;1;1;2")

    assert found.wishes == {(Kind.TEACHER, "Ärm"): {Period(1, 1): -1, Period(1, 2): 1}}
    assert found.subjects == {"D": {Period(1, 1): 2}}
    # The same value twice is no contradiction.
    (text,) = [note.text for note in findings.notes if note.kind is NoteKind.ODD]
    assert text == (
        "GPU016.TXT: 2 periods have several time requests with different values, such as Ärm Mon 1; the last one "
        "counts, but -3 of a teacher, grade or room before all others"
    )


def test_the_nearest_name_is_proposed() -> None:
    _found, findings = read("L;ärm;1;1;-2")

    assert findings.notes[-1].text == (
        "GPU016.TXT holds time requests of 1 name that this plan does not know: ärm (you mean Ärm)"
    )
