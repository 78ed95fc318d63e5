"""Single values of a policy: weekdays, periods, breaks, sites, pins; the same in the file and on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from untisopt.domain.pins import Hold
from untisopt.i18n import _
from untisopt.io.side_text import shown
from untisopt.io.spelling import nearest, you_mean
from untisopt.policy import Pin, PinKind, Preset, Selector

_DAY_NAMES = (
    ("mo", "mon", "monday", "montag"),
    ("di", "tu", "tue", "tues", "tuesday", "dienstag"),
    ("mi", "we", "wed", "wednesday", "mittwoch"),
    ("do", "th", "thu", "thur", "thurs", "thursday", "donnerstag"),
    ("fr", "fri", "friday", "freitag"),
    ("sa", "sat", "saturday", "samstag", "sonnabend"),
    ("so", "su", "sun", "sunday", "sonntag"),
)
_DAYS = {name: number for number, names in enumerate(_DAY_NAMES, start=1) for name in names}
_TRUTHS = {
    **dict.fromkeys(("true", "yes", "ja", "on", "1"), "true"),
    **dict.fromkeys(("false", "no", "nein", "off", "0"), "false"),
}
Choice = TypeVar("Choice", bound=StrEnum)
_DASH = "[-\u2010-\u2015\u2212]"


class BadValueError(ValueError):
    """A value that cannot be taken; whoever knows its place turns it into a :class:`~untisopt.errors.Defect`."""

    def __init__(self, expected: str, found: str, advice: str = "") -> None:
        super().__init__(expected, found, advice)
        self.expected = expected
        self.found = found
        self.advice = advice


def written(value: object) -> str:
    """A value as it is written in TOML, cut to a length that fits a line."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return _("a table")
    return shown(json.dumps(value, ensure_ascii=False, default=str))[1:-1].replace('\\"', '"')


def whole_number(low: int, high: int) -> Callable[[object], int]:
    """Make a reader of whole numbers `low` to `high`, both included."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            expected = _("a whole number from {low} to {high}").format(low=low, high=high)
            raise BadValueError(expected, written(value), number_meant(value, low, high))
        return value

    return read


def wish(value: object) -> int:
    """Read the value of a time request that is no ban."""
    if isinstance(value, bool) or not isinstance(value, int) or value not in (-2, -1, 1, 2, 3):
        advice = number_meant(value, 1, 3)
        if value == -3:
            advice = _("a period that must not be used belongs into [[blocked]]")
        raise BadValueError(_("-2 or -1 (rather not), or 1 to 3 (welcome)"), written(value), advice)
    return value


def number_meant(value: object, low: int, high: int) -> str:
    """Advice where a number stands in quotes or with a decimal point; empty for anything else."""
    if isinstance(value, float) and value.is_integer() and low <= value <= high:
        return _("you mean {name}").format(name=int(value))
    text = value.strip() if isinstance(value, str) else ""
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not low <= int(text) <= high:
        return ""
    return _("you mean {value} without quotes").format(value=int(text))


def truth(value: object) -> bool:
    """Read true or false."""
    if not isinstance(value, bool):
        meant = _TRUTHS.get(str(value).strip().casefold()) if isinstance(value, str | int) else None
        raise BadValueError(
            _("true or false"), written(value), _("you mean {name}").format(name=meant) if meant else ""
        )
    return value


def name(value: object) -> str:
    """Read a name or a shell pattern; a whole number is a name, too (`grades = [12]`)."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        # 10.10 and 10.1 are the same number, but not the same class.
        raise BadValueError(_("a name in quotes"), written(value), _("you mean '{value}'").format(value=value))
    if not isinstance(value, str) or not value.strip():
        raise BadValueError(_("a name in quotes"), written(value))
    return value.strip()


def weekday(value: object) -> int:
    """Read a weekday, 1 to 7 or a German or English name, long or short."""
    text = str(value).strip().rstrip(".").casefold() if isinstance(value, str | int) else ""
    if text in _DAYS:
        return _DAYS[text]
    if isinstance(value, bool) or not re.fullmatch("[1-7]", text):
        raise BadValueError(_("a weekday (1 to 7 or a name such as Fr)"), written(value), _near_day(text))
    return int(text)


def period(value: object) -> tuple[int, int | None]:
    """Read `5` or `Fr` (a whole day) or `5.3` or `Fr.3` (a period of it) as weekday and period number."""
    text = value.strip() if isinstance(value, str) else str(value)
    found = re.fullmatch(r"([^\W_]+)\.?(?:[.\s]\s*(\d{1,2}))?", text)
    if isinstance(value, float):
        raise BadValueError(_("a period in quotes"), written(value), _("you mean '{value}'").format(value=value))
    if found is None or not isinstance(value, str | int):
        raise BadValueError(_("a weekday (such as Fr) or a period of it (such as Fr.3)"), written(value))
    try:
        day = weekday(found[1] if isinstance(value, str) else value)
    except BadValueError as bad:
        raise BadValueError(bad.expected, written(value), bad.advice) from None
    return day, int(found[2]) if found[2] else None


def adjacent_periods(value: object) -> tuple[int, int]:
    """Read a break such as `2-3` as the numbers of the periods before and after it."""
    found = re.fullmatch(rf"\s*(\d{{1,2}})\s*{_DASH}\s*(\d{{1,2}})\s*", value) if isinstance(value, str) else None
    if found is None:
        raise BadValueError(_("the periods before and after a break (such as 2-3)"), written(value))
    before, after = int(found[1]), int(found[2])
    if after != before + 1:
        advice = _("you mean {before}-{after}").format(before=before, after=before + 1)
        raise BadValueError(_("two periods that follow one another"), written(value), advice)
    return before, after


def direction(value: str) -> tuple[str, str]:
    """Read `Haupthaus > Filiale` as the names of two sites."""
    origin, arrow, target = (part.strip() for part in value.replace("->", ">").partition(">"))
    if not arrow or not origin or not target or ">" in target:
        raise BadValueError(_("two sites (such as 'Haupthaus > Filiale')"), written(value))
    if origin == target:
        raise BadValueError(_("two different sites"), written(value))
    return origin, target


def choice(kind: type[Choice]) -> Callable[[object], Choice]:
    """Make a reader of one of a few words."""
    words = [member.value for member in kind]

    def read(value: object) -> Choice:
        if not isinstance(value, str) or value not in words:
            best = nearest(str(value), words)
            advice = _("you mean {name}").format(name=best) if best else ""
            raise BadValueError(_("one of ({names})").format(names=", ".join(words)), written(value), advice)
        return kind(value)

    return read


hold = choice(Hold)
preset = choice(Preset)


def selected(kind: PinKind) -> Callable[[object], str]:
    """Make a reader of what stands behind one kind of pin or scope: the name as a selector has it."""
    readers: dict[PinKind, Callable[[object], str]] = {
        PinKind.LESSON: _lesson,
        PinKind.LECTURE: _lecture,
        PinKind.COURSE: _course,
        PinKind.DAY: lambda value: str(weekday(value)),
    }
    return readers.get(kind, name)


def pin_of(kind: PinKind) -> Callable[[object], Pin]:
    """Make a reader of what stands behind one kind of pin."""
    read = selected(kind)
    return lambda value: Pin(kind, read(value))


def pin(text: str) -> Pin:
    """Read a pin as it is written on the command line, `teacher:Arnd`; a bare number is a lesson.

    `@time` or `@room` at the end holds the period or the rooms alone.
    """
    before, at, after = text.rpartition("@")
    if at and after.strip() in [member.value for member in Hold]:
        found = selector(before)
        return Pin(found.kind, found.name, Hold(after.strip()), written=found.written)
    found = selector(text)
    return Pin(found.kind, found.name, written=found.written)


def selector(text: str) -> Selector:
    """Read a kind and a name as they are written on the command line, `grade:10.*`; a bare number is a lesson."""
    before, colon, after = text.partition(":")
    if not colon:
        if re.fullmatch(r"\s*\d+\s*", text):
            return Selector(PinKind.LESSON, _lesson(text))
        if "@" in text:
            return Selector(PinKind.LECTURE, _lecture(text), written=text.strip())
        advice = _("you mean teacher:{name}").format(name=text.strip()) if text.strip() else ""
        raise BadValueError(_("a kind and a name (such as teacher:Arnd or lesson:177)"), written(text), advice)
    kinds = [kind.value for kind in PinKind]
    if before.strip() not in kinds:
        raise BadValueError(_("a kind of pin before the colon"), written(text), you_mean(before, kinds))
    kind = PinKind(before.strip())
    return Selector(kind, selected(kind)(after), written=after.strip())


def site(text: str) -> tuple[str, tuple[str, ...]]:
    """Read `Filiale=F*,G1` as the name of a site and its patterns."""
    before, _equals, after = text.partition("=")
    patterns = tuple(pattern.strip() for pattern in after.split(",") if pattern.strip())
    if not before.strip() or not patterns:
        raise BadValueError(_("a site and a pattern on its rooms (such as Filiale=F*)"), written(text))
    return before.strip(), patterns


def _lesson(value: object) -> str:
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise BadValueError(_("an Untis lesson number (such as 177)"), written(value))
    return str(int(text))


def _course(value: object) -> str:
    parts = [part.strip() for part in value.split("/")] if isinstance(value, str) else []
    # A subject may hold a slash, a lesson number does not; the teacher may be missing in Untis.
    if len(parts) < 3 or not re.fullmatch(r"[\d*?]{1,9}", parts[0], re.ASCII):
        expected = _("a lesson number, subject and teacher (such as 177/Ma/Arnd)")
        raise BadValueError(expected, written(value))
    return "/".join(parts)


def _lecture(value: object) -> str:
    found = re.fullmatch(r"\s*(\d{1,9})@([^\W_]+)\.(\d{1,2})(/\d+)?\s*", value) if isinstance(value, str) else None
    if found is None:
        raise BadValueError(_("a lesson number with its day and period (such as 177@5.5)"), written(value))
    try:
        day = weekday(found[2])
    except BadValueError as bad:
        raise BadValueError(bad.expected, written(value), bad.advice) from None
    return f"{int(found[1])}@{day}.{int(found[3])}{found[4] or ''}"


def _near_day(text: str) -> str:
    best = nearest(text, _DAYS) if len(text) > 2 else None
    return _("you mean {name}").format(name=best.capitalize()) if best else ""
