"""Write docs/rules.md from the documentation in the modules of the rules: `python docs/make_rules.py`."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

import untisopt
from untisopt.results.rulebook import RuleDocument
from untisopt.rules import ALL_RULES, Rule
from untisopt.rules.protocol import Group
from untisopt.service.demo import demo
from untisopt.service.rulebook import list_rules

PAGE = Path(__file__).with_name("rules.md")

ALWAYS, IF_STATED, OFF = "yes", "if stated", "off"
_TIERS = ("must hold", "as few as possible", "price", "comfort")


CHAPTERS: Mapping[Group, tuple[str, str]] = {
    Group.STAYS: ("What stays", "Lectures, days and times that a repair leaves alone."),
    Group.CLASHES: ("Clashes", "Who or what is needed twice at a time."),
    Group.SITES: (
        "Ways and sites",
        "Sites and travel times come from the policy (or sites from GPU005); the times of the breaks from the export.",
    ),
    Group.TEACHERS: (
        "A teacher's days and weeks",
        "Limits of the master data, promises of the school, and what a good week is.",
    ),
    Group.GRADES: ("A class's days", "untisopt calls a class, such as 10.3, a grade."),
    Group.LESSONS: ("Lessons and subjects", "How the lectures of a lesson or a subject lie in the week."),
    Group.ROOMS: ("Rooms", "They only matter where lectures may change rooms (`--room-changes same-kind`)."),
    Group.NOBODY_WORSE: (
        "Nobody worse",
        (
            "Hard limits: the week of today is the limit for everybody. `nobody_worse = true` in the table `[goal]` of "
            "the policy file, or `--preset published`, switches all of them on."
        ),
    ),
    Group.PRICE: (
        "The price of a change",
        "What changes for people; weighed against the gain by `--worth` and limited by `--max-changes`.",
    ),
    Group.OTHER: ("Other rules", ""),
}
"""Title and text of each chapter of the page, in its order."""

_HEAD = """\
# The rules

What untisopt checks and counts. `untisopt rules` lists the rules on the terminal, `untisopt rules teacher-travel`
prints one of them, and `untisopt check` says what each of them finds in your plan, and which ones it could not judge.
This page is made from the modules of the rules (`python docs/make_rules.py`).

- **Counts as.** *Must hold*: what is broken today may stay broken, but never gets worse. *As few as possible*: what a
  repair is made for. *Price*: what a repair costs. *Comfort*: weighed after all that.
- **In force.** *Yes*: from the start. *If stated*: as soon as the export or the policy file states a limit, without
  being switched on; until then `untisopt check` lists it as not judged. *Off*: only if the policy file gives it a
  weight.
- **Comes from.** Where the limit, or the evidence for it, is found. *Today's plan*: no file states it, so the plan as
  it is is the measure; `untisopt check` lists what was read off it.

Every rule can be switched off, weighted or adjusted in the [policy file](policy.md):

```toml
[rules.grade-gaps]
enabled = false

[rules.grade-site-changes]
weight = 2

[rules.teacher-in-a-row]
most = 5
tier = "comfort"
```

With `tier`, most of the rules that must hold can be made wishes with a price, and some wishes rules that must hold
([which ones](policy.md#rules)).
"""

# What planners look for and do not find: each with the reason.
_LEFT_OUT = (
    (
        "Valid from and to (GPU002, fields 15 and 16) beside lesson.txt or an XML",
        (
            "A lecture is held in the weeks that the timetable itself shows (week flags, dates of the XML), and these "
            "say more than two dates. Beside GPU001, which knows no weeks, they count ([how](formats.md#the-gpu-set))"
        ),
    ),
    (
        "Wish rooms (GPU002, fields 8 and 20)",
        (
            "Their lists say which rooms may stand in for one another. That a lesson gets the first of them is no "
            "rule: the room of today is what the planner settled on after the wish"
        ),
    ),
    (
        ("Lessons across marked breaks (GPU002 and GPU006, flag E), optional subjects (GPU006, flag F)"),
        (
            "They are read and not judged yet. Which breaks are marked is in no export, so `block-kept` takes today's "
            "plan as evidence"
        ),
    ),
    (
        "The least number of gaps or afternoons, the longest lunch break",
        "They are goals for a plan that is made from nothing. A repair would move lectures in order to create gaps",
    ),
    (
        "Rooms of weights 0 to 3 (GPU005)",
        (
            "How much a room is wanted matters where rooms are assigned. A repair keeps rooms, or changes them for "
            "others of the same kind"
        ),
    ),
    (
        "Hours a week of teachers and lessons",
        "No lecture is ever added or dropped, except by an event (`untisopt repair`)",
    ),
)


def rules_page() -> str:
    """The page as it should be."""
    documents = {rule.id: rule for rule in list_rules()}
    in_force = _in_force()
    parts = [_HEAD, _table(documents, in_force)]
    for group, rules in chapters().items():
        title, text = CHAPTERS[group]
        parts.append(f"## {title}\n\n{text}\n" if text else f"## {title}\n")
        parts += [_rule(documents[rule.id], in_force[rule.id], rule.source) for rule in rules]
    return "\n".join([*parts, _left_out()]).rstrip("\n") + "\n"


def chapters() -> dict[Group, list[Rule]]:
    """The rules of each chapter that has any, in the order in which they are judged."""
    found = {group: [rule for rule in ALL_RULES if rule.group is group] for group in CHAPTERS}
    return {group: rules for group, rules in found.items() if rules}


def _in_force() -> dict[str, str]:
    """Whether each rule is in force for a school that has sites and an Info-Timetable export, but states no limits."""
    with tempfile.TemporaryDirectory() as folder:
        demo(Path(folder), size="small", seed=1)
        school = untisopt.read(folder).school
    stated = {rule.id: IF_STATED if rule.missing(school) else ALWAYS for rule in ALL_RULES}
    return {rule.id: stated[rule.id] if rule.weight else OFF for rule in ALL_RULES}


def _table(documents: Mapping[str, RuleDocument], in_force: Mapping[str, str]) -> str:
    lines = [
        "## All of them",
        "",
        "| rule | counts | counts as | in force | comes from |",
        "| --- | --- | --- | --- | --- |",
    ]
    for group, rules in chapters().items():
        title, _text = CHAPTERS[group]
        lines.append(f"| **[{title}](#{_anchor(title)})** | | | | |")
        for rule in rules:
            document, id_ = documents[rule.id], rule.id
            cells = (f"[`{id_}`](#{id_})", _plain(document.title), _TIERS[rule.tier], in_force[id_], rule.source)
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _left_out() -> str:
    rows = [f"| {what} | {why} |" for what, why in _LEFT_OUT]
    return "\n".join(["## What there is no rule for, and why", "", "| what | why |", "| --- | --- |", *rows]) + "\n"


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _rule(rule: RuleDocument, in_force: str, source: str) -> str:
    lines = [f"### {rule.id}", "", _plain(rule.summary), ""]
    lines += [f"*Counts as: {_TIERS[rule.tier]}. In force: {in_force}. Comes from: {source}.*", ""]
    for name, text in rule.sections.items():
        lines += [f"**{name}.** {_plain(text)}", ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Text in which nothing is Markdown by accident."""
    return re.sub(r"([*_<>\[\]])", r"\\\1", text)


if __name__ == "__main__":
    PAGE.write_text(rules_page(), encoding="utf-8", newline="\n")
