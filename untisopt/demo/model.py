"""The made-up school as plain data: what the generator builds and what the renderers write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = [
    "BRANCH",
    "MAIN",
    "DemoSchool",
    "Duty",
    "Grade",
    "Lesson",
    "Line",
    "Placement",
    "Room",
    "Row",
    "Subject",
    "Teacher",
    "TimeRequest",
]

MAIN = "main"
BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class Teacher:
    """A teacher, or a dummy that stands for several people.

    Attributes
    ----------
    short, surname, first_name
        Names as Untis exports them; a dummy has no first name.
    gender
        1 female, 2 male, 3 diverse, 0 for a dummy (coding of GPU004 field 31).
    qualifications
        Subjects the teacher may teach, the main one first.
    target
        Wished periods a week.
    days_off
        Number of days without teaching that a part-time teacher has agreed on, 0 for full-time staff.
    free_days
        The days (1 = Monday) off, once they are fixed.
    blocked
        Further (day, period) at which the teacher is not available.
    external, dummy
        An external teacher comes at agreed times only; a dummy may stand in several lessons at once.
    """

    short: str
    surname: str
    first_name: str
    gender: int
    qualifications: tuple[str, ...]
    target: int
    days_off: int = 0
    free_days: tuple[int, ...] = ()
    blocked: tuple[tuple[int, int], ...] = ()
    external: bool = False
    dummy: bool = False


@dataclass(frozen=True, slots=True)
class Grade:
    """A class as Untis names it, e.g. `10.3`; `upper` years are taught in bands and may have gaps."""

    name: str
    year: int
    site: str
    home_room: str
    upper: bool


@dataclass(frozen=True, slots=True)
class Room:
    """A room; `kind` says what it is for (`home`, `course`, `gym`, `ph`, ...), `capacity` counts pupils."""

    name: str
    long_name: str
    site: str
    kind: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject; `main` subjects carry the flag `H` in GPU006."""

    short: str
    long_name: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One coupling line of a lesson: a teacher with a subject and pupils of some grades."""

    teacher: str
    subject: str
    grades: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """An Untis lesson number with its coupling lines.

    Attributes
    ----------
    weeks
        `AB` every week, `A` or `B` every other week.
    blocks
        Lengths of the blocks a week holds, e.g. `(2, 1)`.
    locked
        True for a lesson with flag `X`.
    band
        Name of the band the lesson belongs to, empty for none. Lessons of one band run in parallel in one grade.
    """

    number: int
    lines: tuple[Line, ...]
    weeks: str
    blocks: tuple[int, ...]
    locked: bool = False
    band: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """One coupling line in one period: `line` counts from 0 within the lesson, `rooms` may be empty or several."""

    number: int
    line: int
    day: int
    period: int
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duty:
    """A row with lesson number 0: occupies the teacher, has no grade and never moves."""

    teacher: str
    subject: str
    day: int
    period: int


@dataclass(frozen=True, slots=True)
class TimeRequest:
    """A time request of GPU016: kind `L`, `K`, `R` or `F`, value -3 (blocked) to +3."""

    kind: str
    name: str
    day: int
    period: int
    value: int


@dataclass(frozen=True, slots=True)
class Row:
    """One timetable row as exports hold it: coupling line x grade x room x period."""

    number: int
    line: int
    teacher: str
    subject: str
    grade: str
    room: str
    day: int
    period: int
    weeks: str


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """The whole made-up school with its timetable."""

    size: str
    seed: int
    teachers: tuple[Teacher, ...]
    grades: tuple[Grade, ...]
    rooms: tuple[Room, ...]
    subjects: tuple[Subject, ...]
    lessons: tuple[Lesson, ...]
    placements: tuple[Placement, ...]
    duties: tuple[Duty, ...]
    requests: tuple[TimeRequest, ...]
    name: str = field(default="Gymnasium am Kranichpfuhl (frei erfunden)")

    def rows(self) -> Iterator[Row]:
        """Yield every timetable row, duties (lesson number 0) first, then by lesson, line, grade, day, period, room."""
        for duty in self.duties:
            yield Row(0, 0, duty.teacher, duty.subject, "", "", duty.day, duty.period, "AB")
        lessons = {lesson.number: lesson for lesson in self.lessons}
        for slot in sorted(self.placements):
            lesson = lessons[slot.number]
            line = lesson.lines[slot.line]
            for grade in line.grades:
                for room in slot.rooms or ("",):
                    yield Row(
                        slot.number,
                        slot.line,
                        line.teacher,
                        line.subject,
                        grade,
                        room,
                        slot.day,
                        slot.period,
                        lesson.weeks,
                    )

    def sites(self) -> dict[str, str]:
        """Return the site of every room."""
        return {room.name: room.site for room in self.rooms}
