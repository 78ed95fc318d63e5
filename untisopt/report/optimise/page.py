"""What every page of a report has: weeks, site changes, sheets, rules, how it was made, and the script that draws."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from importlib.resources import files

from untisopt.domain.resources import Kind
from untisopt.report.optimise.facts import Facts
from untisopt.report.optimise.package_rows import Section, names
from untisopt.report.optimise.rules import rule_rows
from untisopt.report.optimise.script_words import full_day_name, script_words
from untisopt.report.optimise.travel import travel_table
from untisopt.report.optimise.weeks import week_data
from untisopt.report.render.html import data_block, safe
from untisopt.report.words.run import kinds_of_weeks
from untisopt.wording import day_name


def page_context(
    facts: Facts,
    sections: Sequence[Section],
    title: str,
    making: Iterable[tuple[str, list[str]]],
    other_words: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """What the template of all pages lays out.

    Parameters
    ----------
    facts : Facts
    sections : sequence of Section
        The changes.
    title : str
    making : iterable of (str, list of str)
        How it was made: headings with their sentences.
    other_words : mapping of str to object or None
        Words of the script that this page says in another way.
    """
    document = facts.document
    teachers, grades = names(sections, Kind.TEACHER), names(sections, Kind.GRADE)
    script = (files("untisopt.report") / "templates" / "report.js").read_text(encoding="utf-8")
    words = {**script_words(title), **(other_words or {})}
    return {
        "title": title,
        "weeks_note": kinds_of_weeks(document),
        "sections": sections,
        "teachers": teachers,
        "grades": grades,
        "teacher_index": {name: number for number, name in enumerate(teachers)},
        "grade_index": {name: number for number, name in enumerate(grades)},
        "travel": travel_table(facts),
        "day_name": day_name,
        "full_day_name": full_day_name,
        "no_travel": document.not_judged.get("teacher-site-changes", ""),
        "rules": rule_rows(facts),
        "making": making,
        "data": data_block({"words": words, **week_data(facts, sections)}),
        "script": safe(script),
        "script_hash": b64encode(sha256(script.encode()).digest()).decode(),
    }
