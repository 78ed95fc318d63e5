"""Calendars of teachers and grades, read back with the library that calendar programs are built on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfoNotFoundError

import pytest
from icalendar import Calendar, Event

from tests.builders import grid, move, school
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.i18n import use_language
from untisopt.report.calendar.calendars import SchoolWeek, calendars
from untisopt.report.calendar.time_zones import time_zone

# 1 January 2026 is a Thursday, so week 1 begins on 29 December 2025, and week 41 40 * 7 = 280 days later.
WEEK_41 = SchoolWeek(41, date(2026, 10, 5))
WEEK_43 = SchoolWeek(43, date(2026, 10, 19))
WEEK_44 = SchoolWeek(44, date(2026, 10, 26))
ARND = (Kind.TEACHER, "Arnd")
GRADE = (Kind.GRADE, "10.3")


@dataclass(frozen=True)
class Seen:
    """An event as a calendar program shows it."""

    uid: str
    sequence: int
    start: datetime
    end: datetime
    title: str
    where: str
    text: str

    @property
    def clock(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


def seen(event: Event) -> Seen:
    start, end = event.start, event.end
    assert isinstance(start, datetime)
    assert isinstance(end, datetime)
    texts = (str(event.get(name, "")) for name in ("summary", "location", "description"))
    return Seen(str(event["uid"]), int(str(event["sequence"])), start, end, *texts)


def events(data: bytes) -> list[Seen]:
    return [seen(event) for event in Calendar.from_ical(data).walk("VEVENT") if isinstance(event, Event)]


def only(data: bytes) -> Seen:
    (event,) = events(data)
    return event


def shown(of: School, person=ARND, weeks=(WEEK_41,), **options) -> list[Seen]:
    """The events of one person in one plan."""
    (data,) = calendars(of, weeks, [person], before=of.as_is, **options).values()
    return events(data)


def test_event():
    (event,) = shown(school("177 Arnd 10.3 F13 Fri5"))
    # The fifth period is from 11:30 to 12:15, Friday of week 41 is 9 October, in summer time.
    assert event.start.isoformat() == "2026-10-09T11:30:00+02:00"
    assert event.end.isoformat() == "2026-10-09T12:15:00+02:00"
    assert event.title == "S177 10.3"
    assert event.where == "F13 (F)"
    assert event.text == "Lesson 177\nFri 5"
    assert event.sequence == 0


def test_grade_sees_subject_and_teacher():
    (event,) = shown(school("177 Arnd 10.3 F13 Fri5"), GRADE)
    assert event.title == "S177 Arnd"


def test_calendar_has_a_name_and_its_time_zone():
    of = school("177 Arnd 10.3 F13 Fri5")
    (data,) = calendars(of, [WEEK_41], [ARND], before=of.as_is).values()
    calendar = Calendar.from_ical(data)
    assert (calendar["version"], calendar["x-wr-calname"]) == ("2.0", "Timetable Arnd")
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert b"DTSTART;TZID=Europe/Berlin:20261009T113000\r\n" in data
    assert b"DTSTAMP:20261005T000000Z\r\n" in data  # the first Monday, not the time of the run
    assert data.endswith(b"END:VCALENDAR\r\n")


def test_clocks_change_at_the_local_time_before_the_change():
    of = school("177 Arnd 10.3 F13 Mon1")
    (data,) = calendars(of, [WEEK_41], [ARND], before=of.as_is).values()
    (zone,) = Calendar.from_ical(data).walk("VTIMEZONE")
    # In 2026 the clocks go from 2 to 3 on 29 March and from 3 to 2 on 25 October.
    assert [(part.name, part["dtstart"].to_ical()) for part in zone.subcomponents] == [
        ("STANDARD", b"20260101T000000"),
        ("DAYLIGHT", b"20260329T020000"),
        ("STANDARD", b"20261025T030000"),
    ]
    offsets = [(part["tzoffsetfrom"].to_ical(), part["tzoffsetto"].to_ical()) for part in zone.subcomponents]
    assert offsets == [("+0100", "+0100"), ("+0100", "+0200"), ("+0200", "+0100")]
    assert b"COMMENT" not in data


def test_zone_without_changes():
    zone = time_zone("Asia/Tokyo", date(2026, 1, 1), date(2027, 1, 1))
    (only_part,) = zone.subcomponents
    assert (only_part["dtstart"].to_ical(), only_part["tzoffsetto"].to_ical()) == (b"20260101T000000", "+0900")


def test_zone_that_changes_by_half_an_hour():
    # Lord Howe goes from +11 to +10:30 at 2 o'clock on Sunday, 5 April 2026, and back on 4 October.
    zone = time_zone("Australia/Lord_Howe", date(2026, 1, 1), date(2027, 1, 1))
    assert [part["dtstart"].to_ical() for part in zone.subcomponents[1:]] == [b"20260405T020000", b"20261004T020000"]


def test_clocks_change():
    first, second = shown(school("177 Arnd 10.3 F13 Mon1"), weeks=[WEEK_44, WEEK_43])
    # The clocks go back on Sunday, 25 October 2026: eight o'clock is 6 UTC on the 19th and 7 UTC on the 26th.
    assert first.start.astimezone(UTC) == datetime(2026, 10, 19, 6, tzinfo=UTC)
    assert second.start.astimezone(UTC) == datetime(2026, 10, 26, 7, tzinfo=UTC)


def test_another_time_zone():
    of = school("177 Arnd 10.3 F13 Mon1")
    (lisbon,) = shown(of, timezone="Europe/Lisbon")
    assert lisbon.start.isoformat() == "2026-10-05T08:00:00+01:00"
    (data,) = calendars(of, [WEEK_41], [ARND], before=of.as_is, timezone="UTC").values()
    assert only(data).start == datetime(2026, 10, 5, 8, tzinfo=UTC)
    assert Calendar.from_ical(data).walk("VTIMEZONE") == []
    with pytest.raises(ZoneInfoNotFoundError):
        shown(of, timezone="Europe/Nowhere")


def test_only_weeks_in_which_it_is_held():
    # Week 36 of 2026 begins on 31 August.
    weeks = [SchoolWeek(number, date.fromisocalendar(2026, number, 1)) for number in (36, 37, 38, 39)]
    of = school("1 Arnd 10.3 H1 Mon1 A\n2 Arnd 10.3 H1 Tue1 B\n3 Arnd 10.3 H1 Wed1 AB")
    found = [(event.title.split()[0], event.start.date().isoformat()) for event in shown(of, weeks=weeks)]
    assert found == [
        ("S1", "2026-08-31"),
        ("S3", "2026-09-02"),
        ("S2", "2026-09-08"),
        ("S3", "2026-09-09"),
        ("S1", "2026-09-14"),
        ("S3", "2026-09-16"),
        ("S2", "2026-09-22"),
        ("S3", "2026-09-23"),
    ]


def test_lines_of_one_lecture_with_different_weeks():
    """A coupling of which only one line is held in week 37 shows this line's teacher and room."""
    week = SchoolWeek(37, date(2026, 9, 7))
    (event,) = shown(school("1 Arnd 10.3 H1 Mon1 A\n1 Beck 10.3 H2 Mon1 AB"), GRADE, [week])
    assert (event.title, event.where) == ("S1 Beck", "H2 (H)")


def test_coupling():
    of = school("1 Arnd 10.3 H1 Mon1\n1 Beck 10.3,10.4 F2+F3 Mon1\n1 - 10.3 x9 Mon1")
    (grade,) = shown(of, GRADE)
    # Lines without a teacher come first; room x9 is on no site.
    assert (grade.title, grade.where) == ("S1, S1 Arnd, S1 Beck", "x9, H1 (H), F2, F3 (F)")
    (beck,) = shown(of, (Kind.TEACHER, "Beck"))
    assert (beck.title, beck.where) == ("S1 10.3, 10.4", "F2, F3 (F)")


def test_without_room_sites_and_number():
    of = school("0 Arnd 10.3 - Mon1", sites="H")
    (event,) = shown(of)
    assert event.where == ""
    assert event.text == "No lesson number\nMon 1"
    (event,) = shown(school("5 Arnd 10.3 H1 Mon1", sites="H"))
    assert event.where == "H1"


def test_doubles():
    """One event from 8:45 to 11:20 would hold the break of 20 minutes; that of 10 minutes is inside one."""
    double = shown(school("1 Arnd 10.3 H1 Mon1-2"))
    assert [event.clock for event in double] == ["08:00-09:30"]
    assert double[0].text == "Lesson 1\nMon 1-2"
    across = shown(school("1 Arnd 10.3 H1 Mon2-3"))
    assert [event.clock for event in across] == ["08:45-09:30", "09:50-10:35"]
    short = shown(school("1 Arnd 10.3 H1 Mon4-5"))
    # 10:35 to 11:20, a break of 10 minutes, 11:30 to 12:15.
    assert [event.clock for event in short] == ["10:35-12:15"]
    rooms = shown(school("1 Arnd 10.3 H1 Mon1\n1 Arnd 10.3 H2 Mon2"))
    assert [event.where for event in rooms] == ["H1 (H)", "H2 (H)"]


def test_before_and_after():
    of = school("1 Arnd 10.3 H1 Mon1\n2 Arnd 10.3 H2 Mon2\n3 Arnd 10.3 H3 Mon3", groups=["H2 H4"])
    after = move(of, {"1@1.1": "Fri4"}, {"2@1.2": "H2>H4"})
    files = calendars(of, [WEEK_41], [ARND, GRADE], before=of.as_is, after=after)
    assert list(files) == [
        "before/teachers/Arnd.ics",
        "after/teachers/Arnd.ics",
        "before/grades/10.3.ics",
        "after/grades/10.3.ics",
    ]
    old = {event.uid: event for event in events(files["before/teachers/Arnd.ics"])}
    new = {event.uid: event for event in events(files["after/teachers/Arnd.ics"])}
    # The same events, each of them a later version: importing the second file moves those of the first.
    assert old.keys() == new.keys()
    assert {event.sequence for event in old.values()} == {0}
    assert {event.sequence for event in new.values()} == {1}
    told = {old[uid].title: (event.title, event.text) for uid, event in new.items()}
    assert told == {
        "S1 10.3": ("S1 10.3 (moved)", "Lesson 1\nFri 4\nBefore: Mon 1, H1 (H)"),
        "S2 10.3": ("S2 10.3 (other room)", "Lesson 2\nMon 2\nBefore: Mon 2, H2 (H)"),
        "S3 10.3": ("S3 10.3", "Lesson 3\nMon 3"),
    }
    moved = next(event for event in new.values() if event.title.endswith("(moved)"))
    assert moved.start.isoformat() == "2026-10-09T10:35:00+02:00"


def test_another_room_of_somebody_else_is_no_change_for_me():
    of = school("1 Arnd 10.3 H1 Mon1\n1 Beck 10.4 H2 Mon1", groups=["H2 H4"])
    files = calendars(of, [WEEK_41], [ARND], before=of.as_is, after=move(of, {}, {"1@1.1": "H2>H4"}))
    assert only(files["after/teachers/Arnd.ics"]).title == "S1 10.3"


def test_both_plans_have_the_same_events_where_a_double_comes_to_span_a_break():
    """Mon 1-2 is one event in itself, but at Mon 2-3 it is two: so it is two in both files."""
    of = school("1 Arnd 10.3 H1 Mon1-2")
    files = calendars(of, [WEEK_41], [ARND], before=of.as_is, after=move(of, {"1@1.1": "Mon2"}))
    old, new = (
        {event.uid: event.start.strftime("%H:%M") for event in events(files[f"{plan}/teachers/Arnd.ics"])}
        for plan in ("before", "after")
    )
    assert sorted(old.values()) == ["08:00", "08:45"]
    assert {old[uid]: start for uid, start in new.items()} == {"08:00": "08:45", "08:45": "09:50"}


def test_people_weeks_and_lectures_have_their_own_identities():
    of = school("1 Arnd 10.3 H1 Mon1\n2 Arnd 10.3 H1 Tue1")
    files = calendars(of, [WEEK_41, WEEK_43], [ARND, GRADE], before=of.as_is)
    uids = [event.uid for data in files.values() for event in events(data)]
    assert len(uids) == len(set(uids)) == 8


def test_names_with_everything():
    of = school("1 Müller;\\x 10.3 F,1 Mon1")
    name = "Müller;\\x"
    (data,) = calendars(of, [WEEK_41], [(Kind.TEACHER, name)], before=of.as_is).values()
    assert Calendar.from_ical(data)["x-wr-calname"] == f"Timetable {name}"
    assert only(data).where == "F,1 (F)"
    (grade,) = calendars(of, [WEEK_41], [GRADE], before=of.as_is).values()
    assert only(grade).title == f"S1 {name}"
    assert "SUMMARY:S1 Müller\\;\\\\x\r\n".encode() in grade


def test_long_lines_are_folded():
    grades = ",".join(f"Klaße{number}" for number in range(30))
    of = school(f"1 Arnd {grades} H1 Mon1")
    (data,) = calendars(of, [WEEK_41], [ARND], before=of.as_is).values()
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert only(data).title == "S1 " + grades.replace(",", ", ")


def test_control_characters():
    of = school("1 Arnd 10\x013 H1 Mon1")
    (data,) = calendars(of, [WEEK_41], [ARND], before=of.as_is).values()
    assert b"\x01" not in data
    assert only(data).title == "S1 10\N{REPLACEMENT CHARACTER}3"


def test_unsafe_file_names():
    of = school("1 CON 10/3 H1 Mon1\n2 con a:b H1 Mon2\n3 Arnd. a?b H1 Mon3")
    people = [(Kind.TEACHER, name) for name in of.teachers] + [(Kind.GRADE, name) for name in of.grades]
    assert list(calendars(of, [WEEK_41], people, before=of.as_is)) == [
        "teachers/Arnd_.ics",
        "teachers/_CON.ics",
        "teachers/_con (2).ics",
        "grades/10_3.ics",
        "grades/a_b.ics",
        "grades/a_b (2).ics",
    ]


def test_who_has_nothing_gets_no_file():
    of = school("1 Arnd 10.3 H1 Mon1 A\n2 Beck 10.3 H1 Tue1 B")
    week = SchoolWeek(36, date(2026, 8, 31))
    assert list(calendars(of, [week], [ARND, (Kind.TEACHER, "Beck")], before=of.as_is)) == ["teachers/Arnd.ics"]


def test_german():
    use_language("de")
    try:
        of = school("1 Arnd 10.3 H1 Mon1")
        files = calendars(of, [WEEK_41], [ARND], before=of.as_is, after=move(of, {"1@1.1": "Tue1"}))
    finally:
        use_language("en")
    # Only the words that other parts of the program have as well: the catalogue is kept elsewhere.
    assert "Di 1" in only(files["after/teachers/Arnd.ics"]).text


def test_same_bytes():
    of = school("1 Arnd 10.3 H1 Mon1-2\n2 Beck 10.3 H1 Tue1")
    people = [(Kind.TEACHER, "Beck"), ARND, GRADE]
    assert calendars(of, [WEEK_43, WEEK_41], people, before=of.as_is) == calendars(
        of, [WEEK_41, WEEK_43], people[::-1], before=of.as_is
    )


def test_what_cannot_be_shown():
    of = school("1 Arnd 10.3 H1 Mon1", on=grid(times=False))
    with pytest.raises(ValueError, match=r"period 1\.1 has no clock times"):
        shown(of)
    with pytest.raises(ValueError, match="at least one week"):
        shown(of, weeks=[])
