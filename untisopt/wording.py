"""Words for days, places, lectures and numbers, the same in every sentence that people read."""

from __future__ import annotations

from collections.abc import Sequence

from untisopt.domain.calendar import Period
from untisopt.domain.school import School
from untisopt.i18n import _, current_language, ngettext

MOST_LISTED = 12
"""How many names a sentence lists."""


def decimal(value: float, places: int = 1) -> str:
    """A number for people: no more decimals than needed, a comma in German."""
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",") if current_language() == "de" else text


def capitalised(text: str) -> str:
    """The text with a capital at its start, as a heading begins."""
    return text[:1].upper() + text[1:]


def enumerated(names: Sequence[str]) -> str:
    """Names joined by commas; of a long list only the first ones, and how many more there are."""
    if len(names) <= MOST_LISTED + 1:
        return ", ".join(names)
    more = len(names) - MOST_LISTED
    rest = ngettext("and {count} more", "and {count} more", more).format(count=more)
    return f"{', '.join(names[:MOST_LISTED])} {rest}"


def day_name(day: int) -> str:
    """Short name of a weekday 1..7 in the language in force."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[day - 1] if 1 <= day <= len(names) else str(day)


def place(period: Period) -> str:
    """A period of the week, such as `Fri 5`."""
    return f"{day_name(period.day)} {period.number}"


def lecture_name(school: School, lecture: str) -> str:
    """What a lecture is to people: subjects, grades, lesson number, such as `Ma 10.3 (lesson 177)`."""
    found = school.lectures[lecture]
    what = " ".join(part for part in ("/".join(found.subjects), ", ".join(found.grades)) if part)
    number = _("lesson {number}").format(number=found.lesson) if found.lesson else _("no lesson number")
    return f"{what} ({number})" if what else number


def lecture_names(school: School, lectures: tuple[str, ...]) -> str:
    """Several lectures, joined by a plus."""
    return " + ".join(lecture_name(school, lecture) for lecture in lectures)


def in_weeks(school: School, week_class: int | None) -> str:
    """` in weeks A`, or nothing where all weeks are the same."""
    if week_class is None or len(school.week_classes) == 1:
        return ""
    return " " + _("in weeks {name}").format(name=school.week_classes[week_class].name)
