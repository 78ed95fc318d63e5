"""What every report on a repair says in its own form: what was asked, what changes for whom, how it was made."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from untisopt.domain.resources import Kind
from untisopt.domain.score import Tier, Violation
from untisopt.i18n import _, ngettext
from untisopt.policy import Policy
from untisopt.report.words import counts as _counts
from untisopt.report.words.findings import findings
from untisopt.report.words.moves import MovedRun, moved_runs
from untisopt.results.optimise import Compared, RepairDocument
from untisopt.rules import Rule
from untisopt.wording import decimal

SITE_CHANGES = {Kind.TEACHER: "teacher-site-changes", Kind.GRADE: "grade-site-changes"}
"""The rule that counts the site changes of a kind of people."""


def asked(document: RepairDocument) -> list[str]:
    """What was asked: the school, its sites, what a site change may cost, pins."""
    policy, counts = document.policy, document.source.counts
    lines = [
        _("Repair a timetable of {lectures} ({lessons}), {teachers} and {grades}.").format(
            lectures=_counts.lectures(counts.lectures),
            lessons=_counts.lessons(counts.lessons),
            teachers=_counts.teachers(counts.teachers),
            grades=_counts.grades(counts.grades),
        )
    ]
    if len(document.school.sites) > 1:
        lines.append(_sites(document))
        lines += _worth(policy)
    if policy.max_changes is not None:
        text = ngettext("At most {count} lecture may move.", "At most {count} lectures may move.", policy.max_changes)
        lines.append(text.format(count=policy.max_changes) if policy.max_changes else _("No lecture may move."))
    if document.school.pinned:
        text = ngettext("{count} lecture is pinned.", "{count} lectures are pinned.", len(document.school.pinned))
        lines.append(text.format(count=len(document.school.pinned)))
    return lines


def _worth(policy: Policy) -> list[str]:
    """The trade-off; not worth a line where a budget alone decides."""
    if policy.worth is None and policy.max_changes is not None:
        return []
    text = ngettext(
        "A site change saved may cost up to {count} moved lecture.",
        "A site change saved may cost up to {count} moved lectures.",
        policy.effective_worth,
    )
    return [text.format(count=policy.effective_worth)]


def _sites(document: RepairDocument) -> str:
    rooms: defaultdict[str, int] = defaultdict(int)
    for room in document.school.rooms.values():
        if room.site is not None:
            rooms[room.site] += 1
    names = ", ".join(f"{site} ({_counts.rooms(rooms[site])})" for site in document.school.sites)
    minutes = sorted(set(document.school.travel.minutes.values()))
    if not minutes:
        return _("The school teaches at {sites}; the travel time is not known.").format(sites=names)
    span = str(minutes[0]) if len(minutes) == 1 else f"{minutes[0]}-{minutes[-1]}"
    return _("The school teaches at {sites}; the journey takes {minutes} minutes.").format(sites=names, minutes=span)


def rules_a_week(document: Compared) -> list[tuple[Rule, float, float]]:
    """Every rule that was judged, and what it finds a week before and after: the mean over the kinds of weeks."""
    classes = len(document.school.week_classes)
    judged = [rule for rule in document.policy.rules if rule.id in document.before.rules]
    return [
        (rule, _weekly(document.before.of(rule.id), classes), _weekly(document.after.of(rule.id), classes))
        for rule in judged
    ]


def brought(document: Compared) -> list[tuple[Rule, float, float]]:
    """What gets better or worse, or was to: as :func:`rules_a_week`, without rules that find nothing.

    Changes to the plan and comfort that gets less are no part of it: they are what it costs.
    """
    return [
        (rule, before, after)
        for rule, before, after in rules_a_week(document)
        if rule.tier is not Tier.CHANGES and (before or after) and not (rule.tier is Tier.COMFORT and after > before)
    ]


def _weekly(violations: Iterable[Violation], classes: int) -> float:
    """What does not depend on weeks counts in each."""
    found = sum(v.amount * (classes if v.facts.week_class is None else 1) for v in violations)
    return round(found / classes, 2)


def kinds_of_weeks(document: Compared) -> str:
    """How counts are to be read where the weeks differ; empty where they do not."""
    classes = len(document.school.week_classes)
    if classes == 1:
        return ""
    text = _("The plan has {count} kinds of weeks; what happens in several of them is counted in each.")
    return text.format(count=classes)


def still_wrong(document: Compared) -> list[str]:
    """What is still broken, finding by finding."""
    lines: list[str] = []
    for rule in document.policy.rules:
        if rule.tier is Tier.RULES and document.after.amount(rule.id):
            lines += [found.text for found in findings(document.school, rule, document.after.of(rule.id))]
    return lines


def site_changes(document: Compared, kind: Kind) -> dict[str, tuple[float, float]]:
    """Site changes a week before and after by teacher or grade, those with the greatest relief first."""
    before, after = (
        Counter(violation.facts.name for violation in score.of(SITE_CHANGES[kind]))
        for score in (document.before, document.after)
    )
    classes = len(document.school.week_classes)
    names = sorted(before | after, key=lambda name: (after[name] - before[name], name))
    return {name: (before[name] / classes, after[name] / classes) for name in names}


def relief_table(document: Compared) -> list[tuple[str, str, str]]:
    """Rows of a table of the site changes of teachers, with a heading; empty where nobody changes sites."""
    changes = site_changes(document, Kind.TEACHER)
    rows = [(name, decimal(before), decimal(after)) for name, (before, after) in changes.items()]
    return [(_("teacher"), _("before"), _("after")), *rows] if rows else []


def runs_of_people(document: RepairDocument, kind: Kind) -> Iterator[tuple[str, list[MovedRun]]]:
    """What moves for every teacher or grade, sorted; what moves for none of them comes last."""
    groups: defaultdict[str, list[MovedRun]] = defaultdict(list)
    for run in moved_runs(document.school, document.moves):
        lecture = document.school.lectures[run.first.lecture]
        for name in (lecture.grades if kind is Kind.GRADE else lecture.teachers) or ("",):
            groups[name].append(run)
    nobody = _("without a grade") if kind is Kind.GRADE else _("without a teacher")
    for name in sorted(groups, key=lambda name: (not name, name)):
        yield name or nobody, groups[name]


def made(document: RepairDocument) -> Iterable[str]:
    """How the repair was made: versions and options; nothing that differs from run to run."""
    run = document.run
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    yield _("Made with {versions}.").format(versions=versions)
    workers = _("all cores") if run.workers is None else str(run.workers)
    text = _("Time limit {limit} s, workers: {workers}, seed {seed}.")
    yield text.format(limit=decimal(run.time_limit, places=3), workers=workers, seed=run.seed)
    if run.deterministic:
        yield _("The run was deterministic: the same input, options and version give the same result.")
