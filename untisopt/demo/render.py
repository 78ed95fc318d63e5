"""Writes a made-up school as the Info-Timetable export: `lesson.txt` with its sibling files, policy and break table."""

from __future__ import annotations

from untisopt.demo.grid import DAYS, PERIODS, TIMES, TRAVEL_MINUTES, WEEKS, break_after, monday, week_flags
from untisopt.demo.model import BRANCH, MAIN, DemoSchool, Row

__all__ = ["breaks", "encode", "info_timetable", "policy", "read_me"]

_CODE = "1"
_TENTH_COLUMN = "0"


def encode(lines: list[str]) -> bytes:
    """Return lines as Untis writes them: Windows-1252, every line ended by CRLF."""
    return "".join(line + "\r\n" for line in lines).encode("cp1252")


def info_timetable(school: DemoSchool) -> dict[str, bytes]:
    """Return the files of the Info-Timetable export, tab-separated and without quotes."""
    return {
        "lesson.txt": encode(_lesson_lines(school)),
        "time.txt": encode(_time_lines()),
        "date.txt": encode(_date_lines()),
        "teacher.txt": encode([f"{person.short}\t{person.surname}\t{person.first_name}" for person in school.teachers]),
        "class.txt": encode([f"{grade.name}\tKlasse {grade.name}" for grade in school.grades]),
        "room.txt": encode([f"{room.name}\t{room.long_name}" for room in school.rooms]),
    }


def _lesson_lines(school: DemoSchool) -> list[str]:
    """Rows by teacher in master-data order, then weekday, period, lesson number, grade."""
    places = {person.short: index for index, person in enumerate(school.teachers)}
    grades = {grade.name: index for index, grade in enumerate(school.grades)} | {"": -1}
    rows = sorted(
        school.rows(),
        key=lambda row: (places[row.teacher], row.day, row.period, row.number, grades[row.grade], row.room),
    )
    return [_lesson_line(row) for row in rows]


def _lesson_line(row: Row) -> str:
    fields = (
        row.teacher,
        row.day,
        row.period,
        row.subject,
        row.room,
        row.number,
        _CODE,
        row.grade,
        week_flags(row.weeks),
    )
    return "\t".join(str(field) for field in (*fields, _TENTH_COLUMN))


def _time_lines() -> list[str]:
    return [
        f"{day}\t{PERIODS}\t{period}\t{begin}\t{end}"
        for day in range(1, DAYS + 1)
        for period, (begin, end) in enumerate(TIMES, start=1)
    ]


def _date_lines() -> list[str]:
    """School weeks count on through the holidays, from the first exported week."""
    lines = []
    for week in WEEKS:
        first = monday(week)
        lines.append(f"{week}\t{first.day}.{first.month}.\t{first:%Y%m%d}\t{week - WEEKS[0] + 1}")
    return lines


def policy(school: DemoSchool) -> bytes:
    """Return the policy file `untisopt.toml`, UTF-8 as TOML demands."""
    text = f"""\
# Made-up school, not a real one: every name and every lesson was invented by `untisopt demo`.
# Frei erfundene Schule: jeder Name und jede Stunde stammt aus `untisopt demo`.
# {school.name}; size {school.size}, seed {school.seed}.

[sites]
main = "Haupthaus"
Filiale = ["F*"]

[travel]
minutes = {TRAVEL_MINUTES}
"""
    return text.encode("utf-8")


def breaks() -> bytes:
    """Return the break table as schools print it: periods with their times, longer breaks on lines of their own."""
    lines = []
    for period, (begin, end) in enumerate(TIMES, start=1):
        lines.append(f"{period} {begin[:2]}:{begin[2:]}-{end[:2]}:{end[2:]}")
        if period < PERIODS and break_after(period):
            lines.append(f"Pause {break_after(period)} min")
    return encode(lines)


def read_me(school: DemoSchool) -> dict[str, bytes]:
    """Return the explanation of the folder in German and English."""
    rows = sum(1 for _ in school.rows())
    homes = {site: sum(grade.site == site for grade in school.grades) for site in (MAIN, BRANCH)}
    figures = (len(school.grades), len(school.teachers), rows, homes[BRANCH], TRAVEL_MINUTES)
    return {
        "LIESMICH.txt": encode(_GERMAN.format(school.name, *figures, school.size, school.seed).splitlines()),
        "README.txt": encode(_ENGLISH.format(school.name, *figures, school.size, school.seed).splitlines()),
    }


_GERMAN = """\
{0}

ALLES HIER IST FREI ERFUNDEN. Diese Schule gibt es nicht; Personen, Klassen, Räume und Stunden hat
`untisopt demo` ausgewürfelt (Größe {6}, Startwert {7}). Ähnlichkeiten mit wirklichen Menschen sind Zufall.

Die Schule: {1} Klassen, {2} Lehrkräfte, {3} Zeilen Stundenplan in der Woche, 5 Tage mit 10 Stunden.
{4} Klassen haben ihre Räume in der Filiale (Räume F...), {5} Minuten Weg vom Haupthaus. Der Plan
nimmt auf den Weg keine Rücksicht.

lesson.txt, time.txt, date.txt, teacher.txt, class.txt, room.txt
                Export "Datenbank" des Info-Stundenplans
breaks.txt      Stunden- und Pausentafel
untisopt.toml   Einstellungen: Standorte, Wegzeit, Ziel
gpu/            derselbe Plan als Untis-Dateien GPU001 bis GPU006, GPU009 und GPU016
xml/            derselbe Plan als XML-Export, ohne die Aufsichten

Lehrkraft "Spo" ist ein Platzhalter, der gleichzeitig in zwei Unterrichten steht. Unterrichtsnummer 0
sind Aufsichten. A-Wochen und B-Wochen wechseln sich ab; A ist die erste Woche in date.txt.
"""
_ENGLISH = """\
{0}

EVERYTHING HERE IS MADE UP. This school does not exist; `untisopt demo` drew its people, grades, rooms and
lessons at random (size {6}, seed {7}). Any likeness to real people is chance.

The school: {1} grades, {2} teachers, {3} timetable rows a week, 5 days of 10 periods. {4} grades have
their rooms at the branch ("Filiale", rooms F...), {5} minutes from the main building. The plan ignores
the way.

lesson.txt, time.txt, date.txt, teacher.txt, class.txt, room.txt
                export "Datenbank" of the Info-Timetable
breaks.txt      table of periods and breaks
untisopt.toml   settings: sites, travel time, goal
gpu/            the same plan as Untis files GPU001 to GPU006, GPU009 and GPU016
xml/            the same plan as XML export, without the break supervisions

Teacher "Spo" is a dummy that stands in two lessons at once. Lesson number 0 is break supervision.
A weeks and B weeks alternate; A is the first week of date.txt.
"""
