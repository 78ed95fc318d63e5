"""The report on a repair as a workbook: what a planner filters, sorts and prints."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from untisopt.domain.changes import Move
from untisopt.domain.resources import Kind
from untisopt.domain.score import Tier
from untisopt.i18n import _
from untisopt.report.optimise.change_sheets import Row, changes_sheet, people_sheet, weeks
from untisopt.report.render.xlsx import Column, Sheet, workbook
from untisopt.report.words.findings import findings
from untisopt.report.words.moves import rooms
from untisopt.report.words.packages import gain_line, gains_do_not_add_up, package_title
from untisopt.report.words.reasons import reason_line
from untisopt.report.words.run import asked, brought, made, rules_a_week
from untisopt.report.words.summary import costs, gaps_in_knowledge, quality
from untisopt.report.words.three_sentences import three_sentences
from untisopt.results.optimise import Compared, RepairDocument
from untisopt.rules import Rule
from untisopt.wording import capitalised, day_name, lecture_name, place


def report_xlsx(document: RepairDocument) -> bytes:
    """Render the report as a workbook: summary, changes, by teacher, by grade, rules.

    Returns
    -------
    bytes
        Of an .xlsx file; the same document gives the same bytes.
    """
    facts = _Facts(document)
    sheets = (
        _summary(document),
        _changes(facts),
        _by_person(facts, Kind.TEACHER),
        _by_person(facts, Kind.GRADE),
        rules_sheet(document),
    )
    title = _("Repaired timetable: {file}").format(file=document.source.files[0])
    return workbook(title, _("page {page} of {pages}"), sheets)


class _Facts:
    """What is asked for every move, found once."""

    def __init__(self, document: RepairDocument) -> None:
        self.document = document
        numbers = ((move.lecture, package.number) for package in document.packages for move in package.moves)
        self._packages = dict(numbers)
        self._reasons = {move.lecture: reason_line(document, move) for move in document.moves}

    @property
    def moves(self) -> list[Move]:
        """All moves, package by package."""
        return sorted(self.document.moves, key=lambda m: (self._packages.get(m.lecture, 0), m.before.period, m.lecture))

    def package(self, move: Move) -> int | None:
        return self._packages.get(move.lecture)

    def reason(self, move: Move) -> str:
        return self._reasons[move.lecture]


def _summary(document: RepairDocument) -> Sheet:
    """The page for the decision; sentences stand in the first column, figures beside their names."""
    sentences: tuple[tuple[str, list[str]], ...] = (
        (_("In short"), three_sentences(document)),
        (_("What was asked"), asked(document)),
        (_("What it brings, counted per week"), []),
        (_("What it costs"), costs(document)),
        (_("The changes in packages"), _packages(document)),
        (_("How good it is"), quality(document)),
        (_("What was not judged"), gaps_in_knowledge(document)),
        (_("What else was noticed"), list(map(capitalised, document.source.notes))),
        (_("How it was made"), list(made(document))),
    )
    rows: list[Row] = []
    chapters: set[int] = set()
    for index, (title, lines) in enumerate(sentences):
        # The third chapter is the one with figures.
        content: list[Row] = _figures(document) if index == 2 else [[line, None, None, None] for line in lines]
        if content:
            chapters.add(len(rows))
            rows += [[title, None, None, None], *content]
    columns = (
        Column(_("Repaired timetable: {file}").format(file=document.source.files[0]), 100, wrap=True),
        Column(_("before"), 10),
        Column(_("after"), 10),
        Column(_("change"), 10),
    )
    return Sheet(name=_("Summary"), columns=columns, rows=rows, chapters=frozenset(chapters))


def _packages(document: RepairDocument) -> list[str]:
    """A line for every package, below how the numbers are to be read."""
    lines = [f"{package_title(document, package)}: {gain_line(document, package)}" for package in document.packages]
    return [*filter(None, [gains_do_not_add_up(document)]), *lines]


def _figures(document: RepairDocument) -> list[Row]:
    rows: list[Row] = [
        [capitalised(rule.title), before, after, round(after - before, 2)] for rule, before, after in brought(document)
    ]
    return rows or [[_("Nothing that was judged gets better."), None, None, None]]


def _changes(facts: _Facts) -> Sheet:
    return changes_sheet(Column(_("package"), 10), [_change(facts, move) for move in facts.moves], teachers=12)


def _change(facts: _Facts, move: Move) -> Row:
    school = facts.document.school
    lecture = school.lectures[move.lecture]
    return [
        facts.package(move),
        lecture_name(school, move.lecture),
        lecture.lesson,
        ", ".join(lecture.subjects),
        ", ".join(lecture.grades),
        ", ".join(lecture.teachers),
        day_name(move.before.period.day),
        move.before.period.number,
        day_name(move.after.period.day),
        move.after.period.number,
        ", ".join(rooms(move.before)),
        ", ".join(rooms(move.after)),
        weeks(facts.document, move),
        facts.reason(move),
    ]


def _by_person(facts: _Facts, kind: Kind) -> Sheet:
    moves: dict[str, list[Move]] = {}
    for move in facts.document.moves:
        lecture = facts.document.school.lectures[move.lecture]
        for name in lecture.grades if kind is Kind.GRADE else lecture.teachers:
            moves.setdefault(name, []).append(move)
    own = {
        name: (sum(m.changes_period for m in found), [_for_person(facts, kind, m) for m in found])
        for name, found in moves.items()
    }
    counted = Column(_("lectures moved"), 9)
    return people_sheet(facts.document, kind, counted, Column(_("package"), 10), own, others=12, places=8)


def _for_person(facts: _Facts, kind: Kind, move: Move) -> Row:
    school = facts.document.school
    lecture = school.lectures[move.lecture]
    return [
        facts.package(move),
        lecture_name(school, move.lecture),
        ", ".join(lecture.teachers if kind is Kind.GRADE else lecture.grades),
        place(move.before.period),
        place(move.after.period),
        ", ".join(rooms(move.before)),
        ", ".join(rooms(move.after)),
        weeks(facts.document, move),
        facts.reason(move),
    ]


def rules_sheet(document: Compared) -> Sheet:
    """A row for every rule and what remains of it."""
    columns = (
        Column(_("rule"), 38, wrap=True),
        Column(_("what counts"), 18, wrap=True),
        Column(_("a week before"), 10),
        Column(_("a week after"), 10),
        Column(_("change"), 10),
        Column(_("what remains"), 95, wrap=True),
    )
    rows = chain.from_iterable(_rule(document, *found) for found in rules_a_week(document))
    return Sheet(name=_("Rules"), columns=columns, rows=list(rows), frozen=1)


def _rule(document: Compared, rule: Rule, before: float, after: float) -> Iterator[Row]:
    """A row for every finding that remains, or one without; the moves themselves are no findings here."""
    head: Row = [capitalised(rule.title), _tier(rule.tier), before, after, round(after - before, 2)]
    left = () if rule.tier is Tier.CHANGES else document.after.of(rule.id)
    remaining = [found.text for found in findings(document.school, rule, left)]
    for sentence in remaining or [""]:
        yield [*head, sentence]


def _tier(tier: Tier) -> str:
    """What a rule counts as, in a word."""
    names = {
        Tier.RULES: _("must hold"),
        Tier.SITE_CHANGES: _("site changes"),
        Tier.CHANGES: _("changes to the plan"),
        Tier.COMFORT: _("comfort"),
    }
    return names[tier]
