"""Packages, their gains and what drives their moves in words, as a planner says it to a colleague."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from untisopt.domain.score import Tier, Violation
from untisopt.i18n import _, ngettext
from untisopt.report.words import counts as _counts
from untisopt.report.words.findings import findings, per_week
from untisopt.report.words.moves import moved_runs, place_range
from untisopt.results.optimise import RepairDocument
from untisopt.results.packages import Package, PackagePart, Reason, Stay
from untisopt.wording import lecture_name

_MOVED, _ROOMS = "moved-lectures", "changed-rooms"
_NAMED = 2
"""Lessons and the like that a title or a sentence names."""


def package_title(document: RepairDocument, package: Package) -> str:
    """What a package is about, such as `Package 3: Ma 10.3 (lesson 177), De 7.1 (lesson 12) and 2 more`."""
    names = list(dict.fromkeys(lecture_name(document.school, move.lecture) for move in package.moves))
    return _("Package {number}: {what}").format(number=package.number, what=first_few(names))


def gain_line(document: RepairDocument, package: Package) -> str:
    """What a package brings and costs: `4 lectures move; site changes of teachers: 3 fewer a week`."""
    return "; ".join(gain_parts(document, package))


def gain_parts(document: RepairDocument, package: Package) -> list[str]:
    """What a package brings and costs, in parts of a sentence.

    What it brings if made alone and what is lost if it alone is left out are two numbers: both are said where they
    differ.
    """
    alone = ", ".join(differences(document, _negated(package.alone)))
    left_out = ", ".join(differences(document, package.gain))
    if dict(package.alone) == dict(package.gain):
        return [_moved(package), alone or _("no difference")]
    parts = [
        _moved(package),
        _("made alone: {differences}").format(differences=alone or _("no difference")),
        _("left out: {differences}").format(differences=left_out or _("no difference")),
    ]
    return parts if helps_alone(document, package) else [*parts, _("only together with the others")]


def _moved(package: Package) -> str:
    rooms = sum(move.changes_rooms for move in package.moves)
    text = _counts.moving(sum(move.changes_period for move in package.moves))
    if rooms:
        changed = ngettext("{count} lecture gets another room", "{count} lectures get another room", rooms)
        text += "; " + changed.format(count=rooms)
    return text


def _negated(amounts: Mapping[str, int]) -> dict[str, int]:
    return {rule: -amount for rule, amount in amounts.items()}


def helps_alone(document: RepairDocument, package: Package) -> bool:
    """Whether a package makes the plan of today better if nothing else is made: the first tier that changes decides."""
    for tier in Tier:
        rules = (rule for rule in document.policy.rules if rule.tier is tier)
        points = sum(rule.weight * package.alone.get(rule.id, 0) for rule in rules)
        if points:
            return points > 0
    return False


def gains_do_not_add_up(document: RepairDocument) -> str:
    """How the numbers of the packages are to be read; empty where each package brings the same in every choice."""
    if all(dict(package.alone) == dict(package.gain) for package in document.packages):
        return ""
    return _(
        "The gains of packages do not add up: one makes room for what another brings. Made alone: what a package "
        "changes in the plan of today. Left out: what changes if all others are made without it."
    )


def part_gain(document: RepairDocument, part: PackagePart) -> str:
    """What is lost if a part and those that need it are left out; empty where nothing is known or lost."""
    lost = differences(document, part.gain or {})
    return _("left out: {differences}").format(differences=", ".join(lost)) if lost else ""


def differences(document: RepairDocument, more: Mapping[str, int]) -> list[str]:
    """One phrase per rule that finds more or less, in the order of the rules; changes to the plan are no part of it.

    An amount that no single week can have is said to be a mean.
    """
    phrases = []
    for rule in document.policy.rules:
        amount = 0 if rule.id in (_MOVED, _ROOMS) else more.get(rule.id, 0)
        if amount:
            text = _("{what}: {count} more a week") if amount > 0 else _("{what}: {count} fewer a week")
            if amount % len(document.school.week_classes):
                text = (
                    _("{what}: {count} more a week on average")
                    if amount > 0
                    else _("{what}: {count} fewer a week on average")
                )
            phrases.append(text.format(what=rule.title, count=per_week(document.school, abs(amount))))
    return phrases


def why(document: RepairDocument, reason: Reason) -> str:
    """What drives a move: what is wrong so far, or would be wrong if this lecture alone stayed."""
    sentences = []
    if reason.makes_room_for:
        sentences.append(makes_room(document, reason))
    finding = so_far(document, reason)
    if finding:
        sentences.append(_("So far: {finding}.").format(finding=finding))
    else:
        found = _in_words(document, reason.relieves)
        if found:
            sentences.append(_("If it alone stayed: {finding}.").format(finding=found[0]))
    return " ".join(sentences) or _("It moves because of others in its package.")


def so_far(document: RepairDocument, reason: Reason) -> str:
    """The first finding of the plan of today that a move ends; empty where there is none.

    What would be wrong only because the rest of the package moves is no reason to a person.
    """
    known = [v for v in reason.relieves if (v.rule, replace(v.facts, lectures=())) in document.found_before]
    found = _in_words(document, known)
    return found[0] if found else ""


def makes_room(document: RepairDocument, reason: Reason) -> str:
    """Which lectures come to where a lecture leaves, or need its people or rooms then."""
    moves = [document.move_of[lecture] for lecture in reason.makes_room_for if lecture in document.move_of]
    names = [
        _("{lecture} on {place}").format(
            lecture=lecture_name(document.school, run.first.lecture),
            place=place_range(run.first.after.period, len(run.moves)),
        )
        for run in moved_runs(document.school, moves)
    ]
    staying = [lecture for lecture in reason.makes_room_for if lecture not in document.move_of]
    names += [lecture_name(document.school, lecture) for lecture in staying]
    return _("It makes room for {lectures}.").format(lectures=first_few(names))


def first_few(names: Sequence[str]) -> str:
    """The first names of a list and how many more there are."""
    more = len(names) - _NAMED
    if more <= 1:
        return ", ".join(names)
    text = ngettext("{names} and {count} more", "{names} and {count} more", more)
    return text.format(names=", ".join(names[:_NAMED]), count=more)


def _in_words(document: RepairDocument, violations: Sequence[Violation]) -> list[str]:
    sentences: list[str] = []
    for rule in document.policy.rules:
        own = [violation for violation in violations if violation.rule == rule.id]
        sentences += [finding.text for finding in findings(document.school, rule, own)] if own else []
    return sentences


def stay_line(document: RepairDocument, stay: Stay) -> str:
    """What it would cost if the lecture stayed where it is, rule by rule."""
    phrases = differences(document, stay.amounts)
    moved = stay.amounts.get(_MOVED, 0)
    if moved:
        text = (
            ngettext("{count} moved lecture more", "{count} moved lectures more", moved)
            if moved > 0
            else ngettext("{count} moved lecture fewer", "{count} moved lectures fewer", -moved)
        )
        phrases.append(text.format(count=abs(moved)))
    if not phrases:
        return _("It could stay at no cost.")
    text = (
        _("Keeping it in place means, as far as found: {differences}.")
        if stay.searched
        else _("Keeping it in place, and with it what needs it, means: {differences}.")
    )
    return text.format(differences="; ".join(phrases))
