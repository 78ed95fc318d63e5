"""A policy file to begin with: every table and rule, what the present plan shows, all of it as comments to confirm.

What stands in it uncommented is the preset and the site that the names of the rooms suggest first; read back, it is
the default policy with these two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.i18n import _, ngettext
from untisopt.policy import DEFAULT_WORTH, RATHER_NOT, Preset
from untisopt.report.policy.comments import comment, example, key, value
from untisopt.report.policy.init_rules import rule_lines
from untisopt.results.policy import PolicyDraft
from untisopt.results.source import SiteSuggestion
from untisopt.wording import day_name, enumerated

_MOST_ROOMS = 6
_MINUTES = 25
_MAX_CHANGES = 40


def policy_init_toml(draft: PolicyDraft) -> str:
    """Write the file.

    Parameters
    ----------
    draft : PolicyDraft

    Returns
    -------
    str
        TOML, with comments in the language in force.
    """
    chapters = (_head, _sites, _travel, _breaks, _goal, _weeks, _rooms, _pins, _scope, _blocked, _wishes)
    lines = [line for chapter in chapters for line in (*chapter(draft), "")]
    lines += [
        *comment(_("Rules, and what the present plan shows. No file states it: confirm it, or drop it.")),
        *_keys(),
        "",
    ]
    lines += [line for rule in draft.policy.rules for line in (*rule_lines(rule, draft.judged), "")]
    return "\n".join(lines).rstrip("\n") + "\n"


def _keys() -> Iterator[str]:
    """What the keys mean that most rules have."""
    yield from comment(_("enabled: whether the rule is on."))
    yield from comment(_("weight: its price where it is a wish (1: as much as a moved lecture); 0 is off."))
    yield from comment(_("tier: what it counts as, a rule (must-hold) or a wish with a price (comfort)."))
    yield from comment(_("What all other keys mean is told by: untisopt rules NAME"))


def _head(draft: PolicyDraft) -> Iterator[str]:
    yield from comment(_("Policy of untisopt for {source}.").format(source=draft.source))
    yield from comment(
        _(
            "Lines that begin with # do nothing. To change something, take away the # in front of a key and change "
            "its value."
        )
    )
    yield from comment(_("To check the file: untisopt policy check FILE --export PATH"))
    yield ""
    yield from comment(
        _("draft: the plan is still being made, nearly everything may move; what it shows is no evidence yet.")
    )
    yield from comment(_("published: people live by the plan; few changes, and what it shows is kept."))
    yield _line("preset", draft.preset, Preset.PUBLISHED)


def _sites(draft: PolicyDraft) -> Iterator[str]:
    yield "[sites]"
    yield from comment(_("Name of the site of all rooms that match no pattern:"))
    yield example("main", draft.policy.main_site)
    if draft.suggestions:
        yield from comment(_("GUESSED from the names of the rooms and from who goes where. Confirm it, or delete it:"))
        for name, suggestion in draft.named_suggestions:
            yield from comment(_rooms_told(suggestion))
            # The first guess is the surest; the others are examples.
            in_force = suggestion is draft.suggestions[0]
            yield f"{key(name)} = {value((suggestion.pattern,))}" if in_force else example(name, (suggestion.pattern,))
        return
    known = [site for site in draft.school.sites if len(draft.school.sites) > 1]
    if known:
        yield from comment(_("The export states these sites: {sites}").format(sites=enumerated(known)))
    yield from comment(
        _("Further sites: patterns on the names of their rooms (* stands for anything, ? for one character):")
    )
    yield example(_("Branch"), ("F*", "G1"))


def _rooms_told(suggestion: SiteSuggestion) -> str:
    rooms = ", ".join(suggestion.rooms[:_MOST_ROOMS]) + (", ..." if len(suggestion.rooms) > _MOST_ROOMS else "")
    text = ngettext(
        "{count} room ({rooms}) with {share} of the lectures",
        "{count} rooms ({rooms}) with {share} of the lectures",
        len(suggestion.rooms),
    )
    return text.format(count=len(suggestion.rooms), rooms=rooms, share=f"{round(100 * suggestion.lectures)} %")


def _travel(draft: PolicyDraft) -> Iterator[str]:
    school = draft.school
    yield "[travel]"
    yield from comment(_("Minutes between any two sites; without them, nobody can tell which breaks are too short:"))
    yield example("minutes", _MINUTES)
    guessed = [name for name, _suggestion in draft.named_suggestions]
    names = [draft.policy.main_site, *guessed] if guessed else list(school.sites)
    if len(names) > 1:
        yield from comment(_("One direction only:"))
        yield example(f"{names[0]} > {names[1]}", _MINUTES)
    yield from comment(_("Breaks in which nobody may travel, whatever their length, as the periods before and after."))
    yield from comment(_breaks_told(school))
    yield example("unusable_breaks", (_first_break(school),))


def _breaks_told(school: School) -> str:
    """Lengths of the breaks of the first day."""
    day = next(iter(school.grid.days), 1)
    lengths = [(number, school.grid.break_after(day, number)) for number in school.grid.numbers(day)]
    told = [
        _("{before}-{after} ({minutes} min)").format(before=number, after=number + 1, minutes=minutes)
        for number, minutes in lengths
        if minutes
    ]
    if not told:
        return _("The times of the periods are not known.")
    return _("Breaks on {day}: {breaks}").format(day=day_name(day), breaks=", ".join(told))


def _first_break(school: School) -> str:
    numbers = school.grid.numbers(next(iter(school.grid.days), 1)) or (1, 2)
    return f"{numbers[0]}-{numbers[0] + 1}"


def _breaks(draft: PolicyDraft) -> Iterator[str]:
    yield "[breaks]"
    yield from comment(_("A table of the times of the periods, beside this file, where the export states none:"))
    yield example("file", "breaks.txt")


def _goal(draft: PolicyDraft) -> Iterator[str]:
    worth = DEFAULT_WORTH if draft.policy.worth is None else draft.policy.worth
    yield "[goal]"
    yield from comment(_("A site change saved may cost up to so many moved lectures:"))
    yield example("worth", worth)
    yield from comment(_("Most lectures that may move at all; without it, there is no limit:"))
    yield example("max_changes", _MAX_CHANGES)
    yield from comment(
        _("Let nobody's week get worse than it is today: more gaps, more days at school, more site changes and so on:")
    )
    yield example("nobody_worse", True)


def _weeks(draft: PolicyDraft) -> Iterator[str]:
    yield "[weeks]"
    if draft.weeks_known:
        yield from comment(_("Let only the lectures of one calendar week move:"))
        yield example("week", next(iter(draft.school.week_classes[0].weeks), 1))
    else:
        yield from comment(_("This export does not say in which calendar weeks a lecture is held."))


def _rooms(draft: PolicyDraft) -> Iterator[str]:
    yield "[rooms]"
    yield from comment(_("Whether a lecture may get another room: none, or same-kind (same site and kind of room)."))
    yield example("change", draft.policy.room_changes)


def _pins(draft: PolicyDraft) -> Iterator[str]:
    yield from comment(
        _(
            "What stays: lesson, lecture, course, teacher, grade, room, subject or day; hold says whether the time, "
            "the room or both stay. As often as you like:"
        )
    )
    yield from ("# [[pins]]", example("teacher", _first(draft.school.teachers, "Arnd")), example("hold", "both"))


def _scope(draft: PolicyDraft) -> Iterator[str]:
    yield from comment(_("Only lectures that match may move; without it, all may. Also lessons, teachers, days:"))
    yield from ("# [scope]", example("grades", (_first(draft.school.grades, "10.*"),)))


def _blocked(draft: PolicyDraft) -> Iterator[str]:
    yield from comment(
        _("When a teacher, grade or room must not be used: whole days, or periods of a day. As often as you like:")
    )
    yield "# [[blocked]]"
    # Another one than in the example of a pin, at times without lectures, so that all examples could be meant together.
    teacher = max(draft.school.teachers, default="Beck")
    yield example("teacher", teacher)
    yield example("periods", _free_times(draft.school, teacher))


def _wishes(draft: PolicyDraft) -> Iterator[str]:
    yield from comment(
        _(
            "When somebody would rather not be used (-2, -1), or is welcome to be (1 to 3); the rule wishes gives it a "
            "price. As often as you like:"
        )
    )
    yield "# [[wishes]]"
    teacher = min(draft.school.teachers, default="Arnd")
    yield from (example("teacher", teacher), example("periods", (day_name(5),)), example("value", RATHER_NOT))


def _free_times(school: School, teacher: str) -> tuple[str, ...]:
    """The last day on which a teacher has nothing, and the first free period of another day."""
    busy = {school.as_is[id_].period for id_ in school.lectures_of.get((Kind.TEACHER, teacher), ())}
    days = [day for day in school.grid.days if all(period.day != day for period in busy)]
    others = [period for period in school.grid.periods if period not in busy and period.day not in days]
    found = [day_name(day) for day in days[-1:]] + [f"{day_name(p.day)}.{p.number}" for p in others[:1]]
    return tuple(found) or (day_name(1),)


def _first(names: Mapping[str, object] | Iterable[str], otherwise: str) -> str:
    """The first name, so that the example could be meant."""
    return min(names, default=otherwise)


def _line(name: str, given: Enum | None, otherwise: Enum) -> str:
    """A key with its value; as an example where nothing is given."""
    return f"{name} = {value(given)}" if given is not None else example(name, otherwise)
