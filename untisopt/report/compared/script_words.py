"""The words of the page's script in the language in force; what stands in braces is filled in by the script."""

from __future__ import annotations

from collections.abc import Callable

from untisopt.i18n import _, ngettext


def full_day_name(day: int) -> str:
    """Name of a weekday 1..7."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[day - 1] if 1 <= day <= len(names) else str(day)


def script_words(source: str) -> dict[str, object]:
    """Texts by key; plural forms as `[one, other]`. `source` is the line above every sheet."""
    return {
        "shown": _("{shown} of {all} changes shown"),
        "listed": _("{shown} of {all} listed"),
        "moves": _plural(lambda count: ngettext("{name}: {count} change", "{name}: {count} changes", count)),
        "before": _("Before"),
        "after": _("After"),
        "weekOf": _("Week of {name}"),
        "new": _("new"),
        "gone": _("gone"),
        "room": _("other room"),
        "teacher": _("other teacher"),
        "to": _("to {place}"),
        "from": _("from {place}"),
        "period": _("Period"),
        "week": _("week {name}"),
        "lesson": _("lesson {number}"),
        "noPlace": _("no place"),
        "nothing": _("Nothing changes."),
        "nobody": _("Nobody fits this search."),
        "none": _("No change fits this search."),
        "sheet": _("What changes for {name}"),
        "sheetChanges": _plural(
            lambda count: ngettext(
                "{count} lecture stands elsewhere in the new timetable.",
                "{count} lectures stand elsewhere in the new timetable.",
                count,
            )
        ),
        "rooms": _plural(
            lambda count: ngettext(
                "{count} lecture gets another room only.", "{count} lectures get another room only.", count
            )
        ),
        "teachers": _plural(
            lambda count: ngettext(
                "{count} lecture gets another teacher only.", "{count} lectures get another teacher only.", count
            )
        ),
        "travel": _("Site changes a week: {after} instead of {before}."),
        "travelSame": _("Site changes a week: {after}, as before."),
        "old": _("So far"),
        "fresh": _("From now on"),
        "what": _("Lecture"),
        "who": _("With"),
        "where": _("Room"),
        "why": _("Why"),
        "stays": _("stays"),
        "insteadOf": _("instead of {room}"),
        "noRoom": _("no room"),
        "newWeek": _("The new week"),
        "source": source,
    }


def _plural(text: Callable[[int], str]) -> list[str]:
    """Both forms of a text, as the script chooses between them: languages of the catalogue have two."""
    return [text(1), text(2)]
