"""The changes, package by package, as rows of tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from untisopt.domain.changes import Move
from untisopt.domain.runs import MovedRun, moved_runs
from untisopt.i18n import _
from untisopt.report.compared.rows import Change, Part, Section, change_row
from untisopt.report.optimise.facts import RepairFacts
from untisopt.report.words.moves import place_range
from untisopt.report.words.packages import gain_line, helps_alone, package_title, part_gain
from untisopt.report.words.reasons import reason_sentences
from untisopt.results.optimise import RepairDocument
from untisopt.results.packages import Package
from untisopt.wording import enumerated


def sections(facts: RepairFacts) -> list[Section]:
    """All changes; those that no package holds, if there are any, come last."""
    document = facts.document
    found = [_section(facts, package) for package in document.packages]
    packed = {move.lecture for package in document.packages for move in package.moves}
    rest = [move for move in document.moves if move.lecture not in packed]
    if rest:
        title = _("Changes that are in no package") if found else _("All changes")
        found.append(Section(0, title, "", (Part("", "", "", _changes(facts, rest)),)))
    return found


def _section(facts: RepairFacts, package: Package) -> Section:
    title, gain = package_title(facts.document, package), gain_line(facts.document, package)
    return Section(package.number, title, gain, tuple(_parts(facts, package)), helps_alone(facts.document, package))


def _parts(facts: RepairFacts, package: Package) -> Iterator[Part]:
    if len(package.parts) < 2:
        yield Part("", "", "", _changes(facts, package.moves))
        return
    for part in package.parts:
        needed = enumerated(package.needed_names(part))
        needs = _("only with {parts}").format(parts=needed) if needed else ""
        yield Part(part.name, needs, part_gain(facts.document, part), _changes(facts, part.moves))


def _changes(facts: RepairFacts, moves: Sequence[Move]) -> tuple[Change, ...]:
    return tuple(_change(facts.document, run) for run in moved_runs(facts.school, moves))


def _change(document: RepairDocument, run: MovedRun) -> Change:
    school, move, length = document.school, run.first, len(run.moves)
    return change_row(
        school,
        run,
        before=place_range(move.before.period, length) if school.is_placed(move.lecture) else _("no place"),
        after=place_range(move.after.period, length) if move.changes_period else "",
        reason=_reason(document, run, handed_out=False),
        on_sheet=_reason(document, run, handed_out=True),
    )


def _reason(document: RepairDocument, run: MovedRun, *, handed_out: bool) -> tuple[str, ...]:
    """The sentences of all lectures of a run, each once."""
    told = (text for one in run.moves for text in reason_sentences(document, one, handed_out=handed_out))
    return tuple(dict.fromkeys(told))
