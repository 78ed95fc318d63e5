"""Why a lecture moves, in one or two sentences that its teacher understands: in lists, tables and sheets."""

from __future__ import annotations

from untisopt.domain.changes import Move
from untisopt.i18n import _
from untisopt.report.words.packages import differences, first_few, makes_room, so_far
from untisopt.results.optimise import RepairDocument
from untisopt.results.packages import Package, PackagePart, Reason, Stay

_PHRASES = 2
"""Rules that a sentence names."""
_MOVED = "moved-lectures"


def reason_of(document: RepairDocument, move: Move) -> Reason | None:
    """The reason of a move; None where packages were not made."""
    found = document.part_of.get(move.lecture)
    return None if found is None else found[0].reasons.get(move.lecture)


def reason_line(document: RepairDocument, move: Move) -> str:
    """Why a lecture moves, and what it would cost if it stayed; empty where packages were not made."""
    return " ".join(reason_sentences(document, move))


def reason_sentences(document: RepairDocument, move: Move, *, handed_out: bool = False) -> tuple[str, ...]:
    """What it costs if it stays, then what drives it; where only its package has a reason, what that saves.

    Who gets a sheet `handed_out` does not know the packages: there they are not named. What is counted concerns
    everybody, which a sheet for one person has to say.
    """
    reason = reason_of(document, move)
    if reason is None:
        return ()
    finding = so_far(document, reason)
    if finding:
        return _if_it_stayed(document, reason.stay, handed_out), _("So far: {finding}.").format(finding=finding)
    sentences = [_with_other_moves(document, reason.stay) if handed_out else _of_the_package(document, move, reason)]
    if reason.makes_room_for:
        sentences.append(makes_room(document, reason))
    return tuple(sentences)


def _worse(document: RepairDocument, stay: Stay) -> list[str]:
    """What would get worse if a lecture stayed, the rules that matter most."""
    worse = {rule: amount for rule, amount in stay.amounts.items() if amount > 0}
    return differences(document, worse)[:_PHRASES]


def _if_it_stayed(document: RepairDocument, stay: Stay, handed_out: bool) -> str:
    worse = _worse(document, stay)
    if not worse:
        return _no_gain(stay)
    text = (
        _("If it stayed, as far as found: {differences}.")
        if stay.searched
        else _("If it stayed, and with it what needs it: {differences}.")
    )
    if handed_out:
        text = (
            _("If it stayed, this would be worse for all together, as far as found: {differences}.")
            if stay.searched
            else _("If it stayed, and with it what needs it, this would be worse for all together: {differences}.")
        )
    return text.format(differences=", ".join(worse))


def _no_gain(stay: Stay) -> str:
    if stay.amounts.get(_MOVED, 0) > 0:
        return _("If it stayed, more lectures would have to move.")
    return _("It could stay at no cost.")


def _saved(document: RepairDocument, stay: Stay) -> list[str]:
    """What a move brings, the rules that matter most."""
    return differences(document, {rule: -amount for rule, amount in stay.amounts.items() if amount > 0})[:_PHRASES]


def _with_other_moves(document: RepairDocument, stay: Stay) -> str:
    saved = _saved(document, stay)
    if not saved:
        return _no_gain(stay)
    text = _("With other moves it brings for all together: {differences}.")
    if stay.searched:
        text = _("With other moves it brings for all together, as far as found: {differences}.")
    return text.format(differences=", ".join(saved))


def _of_the_package(document: RepairDocument, move: Move, reason: Reason) -> str:
    """What a lecture saves together with others, where it has no reason of its own."""
    (package, part), stay = document.part_of[move.lecture], reason.stay
    saved = _saved(document, stay)
    if not saved:
        return _no_gain(stay)
    name = _("Part of package {number}").format(number=package.number)
    if part is not None and len(package.parts) > 1:
        name = _("Part of package {number} ({part})").format(number=package.number, part=part.name)
    others = _made_with(package, part)
    fewer = -stay.amounts.get(_MOVED, 0)
    text = _("{name}. It brings: {differences}.")
    if stay.searched:
        text = _("{name}. It brings, as far as found: {differences}.")
    elif part is not None and fewer > len(part.moves):
        text = _("{name}. With all of the package it brings: {differences}.")
        if fewer <= len(part.moves) + sum(len(other.moves) for other in others):
            text = _("{name}. Together with {others} it brings: {differences}.")
    names = first_few([other.name for other in others])
    return text.format(name=name, others=names, differences=", ".join(saved))


def _made_with(package: Package, part: PackagePart | None) -> list[PackagePart]:
    """The parts that are left out with a part."""
    names = package.needing_names(part) if part is not None else ()
    return [other for other in package.parts if other.name in names]
