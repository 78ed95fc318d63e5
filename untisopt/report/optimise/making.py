"""How the run was made: files, options, versions, and what to know about them."""

from __future__ import annotations

from collections.abc import Iterator

from untisopt.domain.school import School
from untisopt.i18n import _
from untisopt.policy import Policy, RoomChanges
from untisopt.report.optimise.facts import RepairFacts
from untisopt.report.words.run import made
from untisopt.report.words.summary import gaps_in_knowledge, suggestion_lines
from untisopt.wording import capitalised, enumerated

Entry = tuple[str, list[str]]
"""A heading and its sentences."""


def entries(facts: RepairFacts) -> list[Entry]:
    """Headings with their sentences; what has none is left out."""
    document = facts.document
    found = (
        (_("Options"), list(options_in_force(facts.document.policy))),
        (_("The run"), list(made(document.run.versions, document.run.options))),
        (_("Kinds of weeks"), weeks_of(facts.school)),
        (_("What was not judged"), gaps_in_knowledge(document)),
        (_("Sites that the room names suggest"), suggestion_lines(document.suggestions)),
        (_("What else was noticed"), list(document.source.notes)),
    )
    sentences = [(title, [capitalised(line) for line in lines]) for title, lines in found if lines]
    return [(_("Files that were read"), [", ".join(document.source.files)]), *sentences]


def options_in_force(policy: Policy) -> Iterator[str]:
    """What the policy says about sites, rooms, weeks, pins and rules, in sentences."""
    for site, patterns in policy.sites.items():
        yield _("Site {site}: rooms {patterns}").format(site=site, patterns=", ".join(patterns))
    if policy.sites:
        yield _("All other rooms: {site}").format(site=policy.main_site)
    if policy.week is not None:
        yield _("Only lectures of calendar week {week} may move.").format(week=policy.week)
    if policy.room_changes is RoomChanges.NONE:
        yield _("Every lecture keeps its rooms.")
    else:
        yield _("A lecture may get another room of the same site and kind.")
    if policy.unusable_breaks:
        pairs = ", ".join(f"{before}-{after}" for before, after in sorted(policy.unusable_breaks))
        yield _("Nobody may travel in the breaks {pairs}.").format(pairs=pairs)
    if policy.pins:
        yield _("Pinned: {pins}").format(pins=enumerated([pin.label for pin in policy.pins]))
    if policy.scope:
        yield _("Only these lectures may move: {scope}").format(scope=enumerated([one.label for one in policy.scope]))
    if policy.blocked:
        names = dict.fromkeys(times.name for times in policy.blocked)
        yield _("Blocked times of {names}").format(names=enumerated(list(names)))
    if policy.wishes:
        names = dict.fromkeys(wish.name for wish in policy.wishes)
        yield _("Time requests of {names}").format(names=enumerated(list(names)))
    off = [rule.title for rule in policy.rules if not rule.weight]
    if off:
        yield _("Rules that are off: {rules}").format(rules=enumerated(off))


def weeks_of(school: School) -> list[str]:
    """The kinds of weeks with their calendar weeks; nothing where there is one only."""
    classes = school.week_classes
    return [f"{kind.name}: {kind.weeks}" for kind in classes] if len(classes) > 1 else []
