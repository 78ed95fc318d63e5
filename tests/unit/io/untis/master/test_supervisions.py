"""GPU009: break supervisions."""

from __future__ import annotations

from dataclasses import replace

from untisopt.domain.calendar import EVERY_WEEK, Period, TimeGrid, Timeslot, WeekSet
from untisopt.domain.limits import Supervision
from untisopt.domain.resources import Room
from untisopt.io.untis.files.notes import Findings, NoteKind
from untisopt.io.untis.files.records import RawFile
from untisopt.io.untis.files.siblings import Role
from untisopt.io.untis.master.supervisions import Frame, read_supervisions

# Two days of three periods: 08:00-08:45, 08:45-09:30, 09:50-10:35; 20 minutes before the third.
TIMES = {1: Timeslot(480, 525), 2: Timeslot(525, 570), 3: Timeslot(590, 635)}
WEEKS = WeekSet.of([36, 37, 38])
FRAME = Frame(
    teachers={"Ärm", "De W"},
    grid=TimeGrid({Period(day, number): slot for day in (1, 2) for number, slot in TIMES.items()}),
    rooms={"101": Room("101", "Haus"), "102": Room("102", "Haus"), "F11": Room("F11", "Filiale")},
    weeks=WEEKS,
    calendar_weeks=True,
)
# Columns 10 and 11 are the corridors of a room; the room XX is in no plan.
ROOMS = (
    '"101","Raum",,,,,,,,"Flur 1","Hof",\r\n"102","Raum",,,,,,,,"Flur 1",,\r\n"F11","Raum",,,,,,,,"Flur F","Hof",\r\n'
    '"XX","Raum",,,,,,,,"Flur 1","Keller",\r\n"103","Raum"\r\n'
)


def read(*lines: str, frame: Frame = FRAME, rooms: str = ROOMS) -> tuple[tuple[Supervision, ...], Findings]:
    findings = Findings()
    texts = {Role.GPU005: RawFile.parse("GPU005.TXT", rooms.encode("cp1252"))} if rooms else {}
    raw = RawFile.parse("GPU009.TXT", "".join(line + "\r\n" for line in lines).encode("cp1252"))
    return read_supervisions(texts, raw, frame, findings), findings


def texts(findings: Findings) -> list[str]:
    assert findings.defects == []
    return [note.text for note in findings.notes]


def test_no_file() -> None:
    findings = Findings()

    assert read_supervisions({}, None, FRAME, findings) == ()
    assert findings.notes == []


def test_a_supervision() -> None:
    found, findings = read('"Flur 1","Ärm",1,3,15,"36~38",')

    assert found == (
        Supervision(
            corridor="Flur 1",
            teacher="Ärm",
            before=Period(1, 3),
            minutes=15,
            weeks=WeekSet.of([36, 38]),
            site="Haus",
        ),
    )
    assert [(note.kind, note.text) for note in findings.notes] == [
        (NoteKind.GUESSED, "GPU009.TXT: 1 break supervision, taken as the break before its period")
    ]


def test_sites_of_corridors() -> None:
    found, findings = read(*(f'"{name}","Ärm",1,3,15,,' for name in ("Flur 1", "Flur F", "Hof", "Keller", "Dach")))

    # The yard is at rooms of both sites, no known room is at the cellar, and no room at all at the roof.
    assert [one.site for one in found] == ["Haus", "Filiale", None, None, None]
    text = (
        "GPU009.TXT: the sites of 3 supervisions are unknown, because no single site has all rooms of their corridors "
        "(GPU005)"
    )
    assert text in texts(findings)


def test_without_gpu005_no_site_is_known() -> None:
    found, _findings = read('"Flur 1","Ärm",1,3,15,,', rooms="")

    assert found[0].site is None


def test_empty_fields_follow_from_the_grid() -> None:
    found, findings = read('"Flur 1","De W",2,3,,,', '"Flur 1","De W",2,1', '"Flur 1","De W",2,4,,,')

    # 20 minutes before period 3; before the first and after the last period nobody knows.
    assert [(one.before.number, one.minutes) for one in found] == [(3, 20), (1, 0), (4, 0)]
    assert {one.weeks for one in found} == {WEEKS}
    assert len(texts(findings)) == 1


def test_weeks_that_are_no_calendar_weeks() -> None:
    frame = replace(FRAME, weeks=EVERY_WEEK, calendar_weeks=False)
    found, findings = read('"Flur 1","De W",2,3,15,"36",', frame=frame)

    assert found[0].weeks == EVERY_WEEK
    text = "GPU009.TXT: supervisions count in all weeks, because the timetable knows no calendar weeks"
    assert text in texts(findings)


def test_what_is_not_used_is_counted() -> None:
    found, findings = read(
        '"Flur 1",,1,3,15,,', '"Flur 1","Weg",1,3,15,,', '"Flur 1","Ärm",3,3,15,,', '"Flur 1","Ärm",1,5,15,,'
    )

    assert found == ()
    assert texts(findings) == [
        "GPU009.TXT: 1 supervision without a teacher is not used",
        "GPU009.TXT: 1 supervision of a teacher whom this plan does not know is not used",
        "GPU009.TXT: 2 supervisions outside the time grid are not used",
    ]


def test_every_bad_cell_is_a_defect() -> None:
    found, findings = read('"Flur 1","Ärm",8,"x",15,"54",', '"Flur 1","Ärm",1,3,"lang","KW36",')

    assert found == ()
    assert [(d.line, d.column, d.expected, d.found) for d in findings.defects] == [
        (1, 3, "a weekday from 1 to 7", "'8'"),
        (1, 4, "a period from 0 to 61", "'x'"),
        (1, 6, "calendar weeks from 1 to 53, joined with ~, or nothing", "'54'"),
        (2, 6, "calendar weeks from 1 to 53, joined with ~, or nothing", "'KW36'"),
        (2, 5, "a whole number or nothing", "'lang'"),
    ]
