"""A ladder of repairs in words: the table of its steps, its three options, and how good they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from untisopt.i18n import _, ngettext
from untisopt.report.ladder.json import ladder_data
from untisopt.report.ladder.words import (
    budget_name,
    has_grade_changes,
    judges_site_changes,
    judges_travel,
    option_name,
    option_names,
    other_breaches,
    weekly,
    within,
)
from untisopt.report.optimise.json import result_data
from untisopt.report.optimise.text import optimise_text
from untisopt.report.render.json import dumps
from untisopt.report.render.txt import heading, items, page, paragraph, table, title
from untisopt.report.words import counts as _counts
from untisopt.report.words.findings import limited
from untisopt.report.words.summary import missing_lines, share, suggestion_lines
from untisopt.results.ladder import BEST, MINIMUM, OPTIONS, RECOMMENDED, LadderDocument, LadderStep
from untisopt.results.optimise import RepairDocument
from untisopt.wording import capitalised, decimal

_NOTES = 5


def ladder_txt(document: LadderDocument) -> bytes:
    """Render the report on a ladder as a file; UTF-8."""
    lines = [
        *title(_("Ladder of repairs: {file}").format(file=document.source.files[0])),
        *heading(_("What each budget of moved lectures brings")),
        *ladder_body(document),
        *_doubts(document, show_all=True),
        *heading(_("How it was made")),
        *items(_made(document)),
    ]
    return page(lines).encode()


def ladder_text(document: LadderDocument, folder: str, files: Sequence[str]) -> str:
    """Render what `untisopt ladder` says when it is done."""
    lines = [
        *ladder_body(document),
        *_doubts(document, show_all=False),
        "",
        _("Written to {folder}:").format(folder=folder),
        f"  {', '.join(_files_and_folders(files))}",
    ]
    return page(lines)


def _files_and_folders(names: Sequence[str]) -> Iterator[str]:
    """The names of files, and each folder once for all that is in it."""
    yield from dict.fromkeys(folder + slash for folder, slash, _rest in (name.partition("/") for name in names))


def ladder_json_text(document: LadderDocument, folder: str, files: Sequence[str]) -> str:
    """The same for machines: the content of ladder.json, and where the files are."""
    return dumps({**ladder_data(document), "out": folder, "files": files})


def recommended_text(document: LadderDocument, result: RepairDocument, folder: str, files: Sequence[str]) -> str:
    """Render what `untisopt optimise --ladder` says when it is done: the ladder, then the plan that is written."""
    lines = [
        *table(step_table(document)),
        "",
        *paragraph(_key(document)),
        "",
        _("The plan that is written is the recommended one:"),
        "",
    ]
    return page(lines) + "\n" + optimise_text(result, folder, files)


def recommended_json(document: LadderDocument, result: RepairDocument, folder: str, files: Sequence[str]) -> str:
    """The same for machines: the content of result.json, the ladder, and where the files are."""
    return dumps({**result_data(result), "ladder": ladder_data(document), "out": folder, "files": files})


def ladder_body(document: LadderDocument) -> list[str]:
    """The table, what its columns mean, and the options."""
    lines = [*table(step_table(document)), "", *paragraph(_key(document))]
    if document.run.stopped:
        lines += ["", *paragraph(_("You ended the search; these are the best plans found until then."))]
    for option in OPTIONS:
        heading_line = f"{capitalised(option_name(option))}: {_budget_sentence(document.step(option))}"
        lines += ["", heading_line, *items(option_lines(document, option))]
    return lines


# -- the table -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table of steps: its heading and its cell for a step."""

    name: str
    cell: Callable[[LadderStep], str]


def step_table(document: LadderDocument) -> list[list[str]]:
    """Rows of the table, the heading first: the names of the options, then the columns; what is not judged has none."""
    columns = list(_columns(document))
    rows = [["", *(column.name for column in columns)]]
    for index, step in enumerate(document.steps):
        rows.append([option_names(document, index), *(column.cell(step) for column in columns)])
    return rows


def _columns(document: LadderDocument) -> Iterator[Column]:
    yield Column(_("at most"), budget_name)
    yield Column(_("moved"), lambda step: str(step.moved))
    yield Column(_("teachers"), lambda step: str(step.teachers))
    yield Column(_("grades"), lambda step: str(step.grades))
    if judges_site_changes(document):
        yield Column(_("site changes"), lambda step: weekly(document, step.site_changes))
        if has_grade_changes(document):
            yield Column(_("of teachers"), lambda step: weekly(document, step.teacher_changes))
        yield Column(_("at least"), lambda step: _least(document, step, step.site_changes_at_least))
    if judges_travel(document):
        yield Column(_("too short"), lambda step: weekly(document, step.too_short))
        yield Column(_("at least"), lambda step: _least(document, step, step.too_short_at_least))
    if other_breaches(document, document.today):
        yield Column(_("other breaches"), lambda step: str(other_breaches(document, step)))


def _least(document: LadderDocument, step: LadderStep, amount: int | None) -> str:
    if step.is_today:
        return ""
    return "?" if amount is None else weekly(document, amount)


def _key(document: LadderDocument) -> str:
    """What the columns mean."""
    sentences = [
        _("At most: how many lectures may move; moved: how many do in the best plan found."),
        _("Teachers, grades: how many of them it touches."),
    ]
    if judges_site_changes(document):
        sentences.append(_("Site changes: those of teachers and grades in a week."))
    if judges_travel(document):
        sentences.append(_("Too short: their journeys in a week with too little time."))
    if other_breaches(document, document.today):
        sentences.append(_("Other breaches: how often other rules are broken."))
    sentences.append(_("At least: no plan that moves at most so many lectures has fewer; this is proved."))
    if any(step.site_changes_at_least is None for step in document.steps[1:]):
        sentences.append(
            _("A question mark: not known, because it is open whether a plan with fewer broken rules exists.")
        )
    return " ".join(sentences)


# -- the options -----------------------------------------------------------------------------------------------------


def option_lines(document: LadderDocument, option: str) -> list[str]:
    """Why an option has its name, what it brings, what it costs, how good it is."""
    step = document.step(option)
    lines = [_reason(document, option)]
    if step.is_today:
        return [*lines, _("Nothing changes.")]
    if option != RECOMMENDED and _same_plan(step, document.step(RECOMMENDED)):
        same = _("This is the recommended plan.")
        return [*lines, same, quality(document, step)]
    return [*lines, *_gain(document, step), _cost(document, step), quality(document, step)]


def _breaches(document: LadderDocument, step: LadderStep) -> int:
    """How often a step breaks rules of the first tier."""
    return step.too_short + other_breaches(document, step)


def _same_plan(one: LadderStep, other: LadderStep) -> bool:
    return (one.points, one.moved) == (other.points, other.moved)


def _budget_sentence(step: LadderStep) -> str:
    if step.is_today:
        return _("the plan of today")
    if step.budget is None:
        return _("any number of lectures may move")
    text = ngettext("at most {count} lecture may move", "at most {count} lectures may move", step.budget)
    return text.format(count=step.budget)


def _reason(document: LadderDocument, option: str) -> str:
    reasons = {MINIMUM: _why_minimum, RECOMMENDED: _why_recommended, BEST: _why_best}
    return reasons[option](document)


def _why_minimum(document: LadderDocument) -> str:
    step = document.step(MINIMUM)
    if step.is_today:
        return _("No better plan was found.")
    if step.too_short < document.today.too_short:
        return _(
            "The smallest budget whose plan has as few journeys with too little time as the best plan of the ladder."
        )
    if other_breaches(document, step) < other_breaches(document, document.today):
        return _("The smallest budget whose plan breaks as few rules as the best plan of the ladder.")
    return _("The smallest budget that brings anything.")


def _why_recommended(document: LadderDocument) -> str:
    worth = document.policy.effective_worth
    step = document.step(RECOMMENDED)
    smaller = document.steps[: document.named[RECOMMENDED]]
    if smaller and all(_breaches(document, other) > _breaches(document, step) for other in smaller):
        return _("No plan with fewer moved lectures was found that breaks as few rules, and that counts first.")
    if _same_plan(step, document.step(BEST)):
        text = ngettext(
            "Even the last site changes saved cost at most {worth} moved lecture each.",
            "Even the last site changes saved cost at most {worth} moved lectures each.",
            worth,
        )
    else:
        text = ngettext(
            "From here on, further site changes saved would cost {worth} moved lecture or more each.",
            "From here on, further site changes saved would cost {worth} moved lectures or more each.",
            worth,
        )
    return text.format(worth=worth)


def _why_best(document: LadderDocument) -> str:
    if document.step(BEST).is_today:
        return _("No better plan was found.")
    if document.policy.max_changes is not None:
        return _("The best plan found within the largest budget allowed.")
    return _("The best plan found, whatever it costs in moved lectures.")


def _gain(document: LadderDocument, step: LadderStep) -> Iterator[str]:
    today = document.today
    counts = [
        (_("Site changes of teachers"), today.teacher_changes, step.teacher_changes),
        (_("Site changes of grades"), today.grade_changes, step.grade_changes),
        (_("Journeys with too little time"), today.too_short, step.too_short),
    ]
    for what, before, after in counts:
        if before or after:
            text = _("{what}: {after} a week instead of {before}.")
            if before == after:
                text = _("{what}: {after} a week, as before.")
            yield text.format(what=what, before=weekly(document, before), after=weekly(document, after))
    broken, breaks = other_breaches(document, today), other_breaches(document, step)
    if broken:
        yield _("Other broken rules: {after} instead of {before}.").format(before=broken, after=breaks)


def _cost(document: LadderDocument, step: LadderStep) -> str:
    counts = document.source.counts
    text = ngettext(
        "{count} of {total} lectures moves ({share}).", "{count} of {total} lectures move ({share}).", step.moved
    ).format(count=step.moved, total=counts.lectures, share=share(step.moved, counts.lectures))
    touched = _("This touches {teachers} of {all_teachers} teachers and {grades} of {all_grades} grades.")
    people = {"teachers": step.teachers, "grades": step.grades}
    totals = {"all_teachers": counts.teachers, "all_grades": counts.grades}
    return f"{text} {touched.format(**people, **totals)}"


def quality(document: LadderDocument, step: LadderStep) -> str:
    """What is proved about a step: that it is the best, how much better a plan could be at most, or nothing."""
    limit = within(step)
    if step.proved:
        return _("How good it is: proved to be the best plan there is {limit}.").format(limit=limit)
    least = step.site_changes_at_least
    if least is not None and step.site_changes > least > 0:
        text = _("How good it is: {limit}, site changes can fall to {least} a week at best (proved).")
        return text.format(limit=limit, least=weekly(document, least))
    if least is None and step.too_short > step.too_short_at_least > 0:
        text = _(
            "How good it is: {limit}, journeys with too little time can fall to {least} a week at best (proved); "
            "how far site changes can fall is not known."
        )
        return text.format(limit=limit, least=weekly(document, step.too_short_at_least))
    return _("How good it is: {limit}, it is not known how much better a plan could be.").format(limit=limit)


# -- doubts and circumstances ----------------------------------------------------------------------------------------


def _doubts(document: LadderDocument, *, show_all: bool) -> list[str]:
    lines: list[str] = []
    missing = missing_lines({rule.id: rule.title for rule in document.policy.rules}, document.not_judged)
    if missing:
        lines += ["", _("Not judged:"), *items(missing)]
    if document.suggestions:
        lines += ["", _("Sites that the room names suggest:"), *items(suggestion_lines(document.suggestions))]
    if document.source.notes:
        lines += ["", _("Noticed:"), *items(limited(document.source.notes, show_all=show_all, most=_NOTES))]
    return lines


def _made(document: LadderDocument) -> Iterator[str]:
    run, counts = document.run, document.source.counts
    yield _("The timetable holds {lectures} ({lessons}), {teachers} and {grades}.").format(
        lectures=_counts.lectures(counts.lectures),
        lessons=_counts.lessons(counts.lessons),
        teachers=_counts.teachers(counts.teachers),
        grades=_counts.grades(counts.grades),
    )
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    yield _("Made with {versions}.").format(versions=versions)
    workers = _("all cores") if run.workers is None else str(run.workers)
    text = _("Time limit {limit} s, workers: {workers}, seed {seed}.")
    yield text.format(limit=decimal(run.time_limit, places=3), workers=workers, seed=run.seed)
    if run.deterministic:
        yield _("The run was deterministic: the same input, options and version give the same result.")
