"""The report on a repair that planners and head teachers read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from untisopt.domain.score import Tier
from untisopt.i18n import _, ngettext
from untisopt.policy import Policy
from untisopt.report import _counts
from untisopt.report._findings import findings
from untisopt.report._layout import heading, items, page, paragraph, table, title
from untisopt.report._moves import MovedRun, move_line, moved_runs
from untisopt.report.documents import RepairDocument
from untisopt.report.summary import costs, gains, gaps_in_knowledge, quality, score_table, suggestion_lines
from untisopt.wording import decimal


def report_txt(document: RepairDocument) -> bytes:
    """Render the report: what was asked, what it brings and costs, how good it is, then every change.

    Returns
    -------
    bytes
        UTF-8.
    """
    lines = [
        *title(_("Repaired timetable: {file}").format(file=document.source.files[0])),
        *heading(_("What it brings")),
        *items(gains(document) or [_("Nothing that was judged gets better.")]),
        *heading(_("What it costs")),
        *items(costs(document)),
        *heading(_("How good it is")),
        *items(quality(document)),
        *heading(_("What was asked")),
        *items(_asked(document)),
        *heading(_("The score, rule by rule")),
        *_score(document),
        *_remains(document),
        *_relief(document),
        *_changes(document),
        *_doubts(document),
        *heading(_("How it was made")),
        *items(_made(document)),
    ]
    return page(lines).encode()


def _asked(document: RepairDocument) -> list[str]:
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


def _score(document: RepairDocument) -> list[str]:
    titles = {rule.id: rule.title for rule in document.policy.rules}
    lines = table(score_table(titles, document.before, document.after))
    classes = len(document.school.week_classes)
    if classes > 1:
        text = _("The plan has {count} kinds of weeks; what happens in several of them is counted in each.")
        lines += ["", *paragraph(text.format(count=classes))]
    return lines


def _remains(document: RepairDocument) -> list[str]:
    """What is still broken, finding by finding."""
    lines: list[str] = []
    for rule in document.policy.rules:
        if rule.tier is Tier.RULES and document.after.amount(rule.id):
            lines += [found.text for found in findings(document.school, rule, document.after.of(rule.id))]
    return [*heading(_("What remains wrong")), *items(lines)] if lines else []


def _relief(document: RepairDocument) -> list[str]:
    """Site changes of every teacher before and after, those with the greatest relief first."""
    before, after = (
        Counter(violation.facts.name for violation in score.of("teacher-site-changes"))
        for score in (document.before, document.after)
    )
    if not before and not after:
        return []
    classes = len(document.school.week_classes)
    names = sorted(before | after, key=lambda name: (after[name] - before[name], name))
    rows = [(name, decimal(before[name] / classes), decimal(after[name] / classes)) for name in names]
    head = (_("teacher"), _("before"), _("after"))
    return [*heading(_("Site changes a week, by teacher")), *table([head, *rows])]


def _changes(document: RepairDocument) -> list[str]:
    runs = moved_runs(document.school, document.moves)
    if not runs:
        return []
    grades: defaultdict[str, list[MovedRun]] = defaultdict(list)
    teachers: defaultdict[str, list[MovedRun]] = defaultdict(list)
    for run in runs:
        lecture = document.school.lectures[run.first.lecture]
        for grade in lecture.grades or ("",):
            grades[grade].append(run)
        for teacher in lecture.teachers or ("",):
            teachers[teacher].append(run)
    return [
        *heading(_("Changes by grade")),
        *_groups(document, grades, _("without a grade")),
        *heading(_("Changes by teacher")),
        *_groups(document, teachers, _("without a teacher")),
    ]


def _groups(document: RepairDocument, groups: dict[str, list[MovedRun]], nobody: str) -> list[str]:
    lines: list[str] = []
    for name in sorted(groups, key=lambda name: (not name, name)):
        lines += ["", f"  {name or nobody}"] if lines else [f"  {name or nobody}"]
        lines += [f"    {move_line(document.school, run)}" for run in groups[name]]
    return lines


def _doubts(document: RepairDocument) -> list[str]:
    lines: list[str] = []
    missing = gaps_in_knowledge(document)
    if missing:
        lines += [*heading(_("What was not judged")), *items(missing)]
    if document.suggestions:
        lines += [*heading(_("Sites that the room names suggest")), *items(suggestion_lines(document.suggestions))]
    if document.source.notes:
        lines += [*heading(_("What else was noticed")), *items(document.source.notes)]
    return lines


def _made(document: RepairDocument) -> Iterable[str]:
    run = document.run
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    yield _("Made with {versions}.").format(versions=versions)
    workers = _("all cores") if run.workers is None else str(run.workers)
    text = _("Time limit {limit} s, workers: {workers}, seed {seed}.")
    yield text.format(limit=decimal(run.time_limit, places=3), workers=workers, seed=run.seed)
    if run.deterministic:
        yield _("The run was deterministic: the same input, options and version give the same result.")
