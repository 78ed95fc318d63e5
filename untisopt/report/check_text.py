"""What `untisopt check` says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict

from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.domain.score import Tier, total
from untisopt.errors import path_name
from untisopt.i18n import _, ngettext
from untisopt.report.optimise.json import policy_data, source_data
from untisopt.report.render.json import dumps
from untisopt.report.render.txt import heading, items, page, paragraph, table, title
from untisopt.report.words import counts as _counts
from untisopt.report.words.findings import findings, lessons_of, limited, per_week, score_rows, weeks_suffix
from untisopt.report.words.summary import missing_lines, suggestion_lines
from untisopt.results.check import CheckDocument, SiteChange
from untisopt.results.source import Source
from untisopt.wording import capitalised, day_name, enumerated

_PER_WEEK = ("teacher-site-changes", "grade-site-changes", "teacher-travel", "grade-travel")


def check_text(document: CheckDocument, *, show_all: bool = False) -> str:
    """Render what was read, every rule with its findings, site changes, and what was inferred.

    Parameters
    ----------
    document : CheckDocument
    show_all : bool
        Whether long lists are shown in full.
    """
    titles = {rule.id: rule.title for rule in document.policy.rules}
    lines = [
        *title(_("Timetable: {path}").format(path=path_name(document.source.path))),
        "",
        *items(read_lines(document.source, document.school)),
        *heading(_("Rules")),
        *table(_rule_table(document)),
        *_rule_findings(document, show_all),
        *_site_changes(document, show_all),
        *_inferences(document, show_all),
    ]
    if document.not_judged:
        lines += [*heading(_("What was not judged")), *items(missing_lines(titles, document.not_judged))]
    if document.suggestions:
        lines += [*heading(_("Sites that the room names suggest")), *items(suggestion_lines(document.suggestions))]
    if document.source.notes:
        lines += [*heading(_("What else was noticed")), *items(document.source.notes)]
    return page(lines)


def read_lines(source: Source, school: School) -> list[str]:
    """What was read, in a few lines."""
    counts = source.counts
    return [
        _("files: {files}").format(files=", ".join(source.files)),
        _("{rows}: {lessons} with {lectures} in {blocks}").format(
            rows=_counts.rows(counts.rows),
            lessons=_counts.lessons(counts.lessons),
            lectures=_counts.lectures(counts.lectures),
            blocks=_counts.blocks(counts.blocks),
        ),
        ", ".join([_counts.teachers(counts.teachers), _counts.grades(counts.grades), _counts.rooms(counts.rooms)]),
        _weeks(school, with_numbers=source.knows_weeks),
        *_sites(school),
    ]


def _weeks(school: School, *, with_numbers: bool) -> str:
    """Kinds of weeks; made-up numbers of weeks are not shown."""
    classes = school.week_classes
    if len(classes) > 1:
        names = ", ".join(f"{c.name} ({c.weeks})" if with_numbers else c.name for c in classes)
        return _("{count} kinds of weeks: {names}").format(count=len(classes), names=names)
    weeks = str(classes[0].weeks)
    return _("no weeks are stated") if weeks == "-" else _("all weeks are alike: {weeks}").format(weeks=weeks)


def _sites(school: School) -> list[str]:
    if len(school.sites) < 2:
        return []
    rooms = [room.site for room in school.rooms.values()]
    sites = ", ".join(f"{site} ({_counts.rooms(rooms.count(site))})" for site in school.sites)
    return [_("{count} sites: {sites}").format(count=len(school.sites), sites=sites)]


def _rule_table(document: CheckDocument) -> list[list[str]]:
    weekly = len(document.school.week_classes) > 1
    rows = [[_("rule"), _("count"), *([_("per week")] if weekly else [])]]
    for rule in document.policy.rules:
        score = document.judgement.rules.get(rule.id)
        if score is None or score.tier is Tier.CHANGES:
            continue  # a plan is not changed against itself
        mean = per_week(document.school, score.amount) if rule.id in _PER_WEEK else ""
        rows.append([f"{rule.id}: {rule.title}", str(score.amount), *([mean] if weekly else [])])
    return rows


def _rule_findings(document: CheckDocument, show_all: bool) -> list[str]:
    lines: list[str] = []
    for rule in document.policy.rules:
        violations = document.judgement.of(rule.id)
        if not violations or rule.tier is Tier.SITE_CHANGES:
            continue  # site changes have a chapter of their own
        found = findings(document.school, rule, violations)
        sentences = [f.text + _lessons(lessons_of(document.school, f.lectures), f.text) for f in found]
        lines += [*heading(f"{capitalised(rule.title)} ({len(found)})"), *items(limited(sentences, show_all))]
    return lines


def _lessons(numbers: list[int], text: str) -> str:
    """The lesson numbers, unless the sentence names them already."""
    named = set(re.findall(r"\d+", text)) if _("lesson {number}").format(number="") in text else set()
    missing = [str(number) for number in numbers if str(number) not in named]
    if not missing:
        return ""
    word = ngettext("lesson {numbers}", "lessons {numbers}", len(missing))
    return f" [{word.format(numbers=enumerated(missing))}]"


def _site_changes(document: CheckDocument, show_all: bool) -> list[str]:
    chapters = ((Kind.TEACHER, _("Site changes of teachers")), (Kind.GRADE, _("Site changes of grades")))
    lines: list[str] = []
    for kind, name in chapters:
        changes = [change for change in document.site_changes if change.kind is kind]
        if changes:
            by_person: defaultdict[str, list[SiteChange]] = defaultdict(list)
            for change in changes:
                by_person[change.name].append(change)
            told = [f"{person}: {_person(document.school, own)}" for person, own in _most_first(by_person)]
            lines += [*heading(name), *_breaks(changes), "", *items(limited(told, show_all))]
    return lines


def _most_first(by_person: dict[str, list[SiteChange]]) -> list[tuple[str, list[SiteChange]]]:
    """Those with the most changes that are too short first, then those with the most changes."""
    return sorted(by_person.items(), key=lambda item: (-sum(c.too_short for c in item[1]), -len(item[1]), item[0]))


def _person(school: School, changes: Sequence[SiteChange]) -> str:
    return ", ".join(_change(school, change) for change in changes)


def _change(school: School, change: SiteChange) -> str:
    where = f"{day_name(change.day)} {change.before}>{change.after}"
    if change.minutes is not None:
        text = _("{minutes} min, too short") if change.too_short else _("{minutes} min")
        where += f" ({text.format(minutes=change.minutes)})"
    return where + weeks_suffix(school, change.week_classes)


def _breaks(changes: Sequence[SiteChange]) -> list[str]:
    """How many changes fall into which break, the most frequent first."""
    counts: defaultdict[tuple[int, int, int | None, bool], int] = defaultdict(int)
    for change in changes:
        counts[change.before, change.after, change.minutes, change.too_short] += 1
    rows = [[_("between periods"), _("minutes"), _("changes"), ""]]
    for (before, after, minutes, short), count in sorted(counts.items(), key=lambda item: (-item[1], item[0][:2])):
        length = "?" if minutes is None else str(minutes)
        rows.append([f"{before} > {after}", length, str(count), _("too short") if short else ""])
    return table(rows)


def _inferences(document: CheckDocument, show_all: bool) -> list[str]:
    titles = {rule.id: capitalised(rule.about) for rule in document.policy.rules}
    by_rule: defaultdict[str, list[str]] = defaultdict(list)
    for inference in document.inferences:
        by_rule[inference.rule].append(f"{inference.subject}: {inference.evidence}")
    if not by_rule:
        return []
    text = _("No file states these; untisopt keeps to them unless the policy file switches the rule off.")
    lines = [*heading(_("Taken from the present plan")), *paragraph(text)]
    for rule, evidence in by_rule.items():
        lines += [f"  {titles[rule]} ({rule})", *items(limited(evidence, show_all), indent="    ")]
    return lines


def check_data(document: CheckDocument) -> dict[str, object]:
    """The same for machines."""
    return {
        "format": 1,
        "input": source_data(document.source),
        "policy": policy_data(document.policy),
        "week_classes": [{"name": c.name, "weeks": str(c.weeks)} for c in document.school.week_classes],
        "sites": list(document.school.sites),
        "tiers": document.judgement.tiers,
        "rules": [{**row, "findings": _found(document, str(row["rule"]))} for row in _rows(document)],
        "not_judged": dict(document.not_judged),
        "site_changes": [_site_change_data(document.school, change) for change in document.site_changes],
        "inferences": [asdict(inference) for inference in document.inferences],
        "suggestions": [{**asdict(s), "option": s.option} for s in document.suggestions],
    }


def check_json(document: CheckDocument) -> str:
    """The same for machines, as JSON."""
    return dumps(check_data(document))


def _rows(document: CheckDocument) -> list[dict[str, object]]:
    return score_rows(document.policy, document.judgement)


def _found(document: CheckDocument, rule_id: str) -> list[dict[str, object]]:
    rule = next(rule for rule in document.policy.rules if rule.id == rule_id)
    return [
        {
            "text": finding.text,
            "amount": total(finding.violations),
            "name": finding.facts.name,
            "day": finding.facts.day,
            "periods": finding.facts.periods,
            "lessons": lessons_of(document.school, finding.lectures),
            "lectures": finding.lectures,
            "week_classes": [document.school.week_classes[index].name for index in finding.week_classes],
        }
        for finding in findings(document.school, rule, document.judgement.of(rule_id))
    ]


def _site_change_data(school: School, change: SiteChange) -> dict[str, object]:
    return {
        **asdict(change),
        "kind": change.kind.value,
        "week_classes": [school.week_classes[index].name for index in change.week_classes],
    }
