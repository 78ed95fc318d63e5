"""The packages of a repair for machines; a result folder keeps them, so that they can be chosen from later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from untisopt.domain.changes import Move
from untisopt.domain.resources import Kind
from untisopt.domain.score import Facts, Violation
from untisopt.i18n import _
from untisopt.report.render.json import dumps
from untisopt.report.words.packages import gain_line, package_title
from untisopt.report.words.reasons import reason_line
from untisopt.results.optimise import RepairDocument
from untisopt.results.packages import Package, PackagePart, Reason, Stay

FORMAT = 1
_TUPLES = ("periods", "lectures", "sites", "detail")


def packages_json(document: RepairDocument) -> bytes:
    """Every package with its parts, gains and reasons; UTF-8."""
    return dumps(packages_data(document)).encode()


def packages_data(document: RepairDocument) -> dict[str, object]:
    """The packages as plain data; sentences are in the language in force."""
    return {"format": FORMAT, "packages": [_package(document, package) for package in document.packages]}


def _package(document: RepairDocument, package: Package) -> dict[str, object]:
    return {
        "number": package.number,
        "title": package_title(document, package),
        "brings": gain_line(document, package),
        "gain": dict(package.gain),
        "alone": dict(package.alone),
        "points": package.points,
        "parts": [
            {
                "name": part.name,
                "needs": [package.parts[index].name for index in part.needs],
                "lectures": [move.lecture for move in part.moves],
                "gain": None if part.gain is None else dict(part.gain),
            }
            for part in package.parts
        ],
        "reasons": [
            {
                "lecture": move.lecture,
                "sentence": reason_line(document, move),
                "relieves": [_violation(violation) for violation in package.reasons[move.lecture].relieves],
                "makes_room_for": package.reasons[move.lecture].makes_room_for,
                "stay": asdict(package.reasons[move.lecture].stay),
            }
            for move in package.moves
        ],
    }


def _violation(violation: Violation) -> dict[str, object]:
    facts = asdict(violation.facts)
    kind = violation.facts.kind
    return {"rule": violation.rule, "amount": violation.amount, **facts, "kind": None if kind is None else kind.value}


def packages_from(data: Mapping[str, Any], moves: Sequence[Move]) -> tuple[Package, ...]:
    """The packages as they were before they were written.

    Parameters
    ----------
    data : mapping
        What :func:`packages_data` made.
    moves : sequence of Move
        All moves of the repair.

    Raises
    ------
    ValueError
        The data is not what this version writes, or does not hold the moves, with what is wrong.
    """
    if data.get("format") != FORMAT:
        raise ValueError(_("packages in the format {format}").format(format=data.get("format")))
    by_lecture = {move.lecture: move for move in moves}
    try:
        packages = tuple(_read_package(record, by_lecture) for record in data["packages"])
    except (KeyError, TypeError) as cause:
        raise ValueError(_("packages without {key}").format(key=cause)) from cause
    held = [move.lecture for package in packages for part in package.parts for move in part.moves]
    if sorted(held) != sorted(by_lecture):
        raise ValueError(_("packages that do not hold every changed lecture once"))
    return packages


def _read_package(record: Mapping[str, Any], moves: Mapping[str, Move]) -> Package:
    index = {part["name"]: i for i, part in enumerate(record["parts"])}
    parts = tuple(
        PackagePart(
            name=part["name"],
            moves=tuple(moves[lecture] for lecture in part["lectures"]),
            needs=tuple(index[name] for name in part["needs"]),
            # Results of the first version do not hold it.
            gain=part.get("gain"),
        )
        for part in record["parts"]
    )
    reasons = {reason["lecture"]: _read_reason(reason) for reason in record["reasons"]}
    return Package(
        number=record["number"],
        moves=tuple(moves[lecture] for lecture in reasons),
        parts=parts,
        gain=record["gain"],
        alone=record["alone"],
        points=record["points"],
        reasons=reasons,
    )


def _read_reason(record: Mapping[str, Any]) -> Reason:
    return Reason(
        relieves=tuple(_read_violation(found) for found in record["relieves"]),
        makes_room_for=tuple(record["makes_room_for"]),
        stay=Stay(**record["stay"]),
    )


def _read_violation(record: Mapping[str, Any]) -> Violation:
    facts = {key: value for key, value in record.items() if key not in ("rule", "amount")}
    facts["kind"] = None if facts["kind"] is None else Kind(facts["kind"])
    facts |= {key: tuple(facts[key]) for key in _TUPLES}
    return Violation(record["rule"], Facts(**facts), record["amount"])
