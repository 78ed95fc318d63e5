"""The moved lectures for machines."""

from __future__ import annotations

from collections.abc import Sequence

from untisopt.domain.changes import Move
from untisopt.domain.school import School
from untisopt.report.render.json import dumps
from untisopt.report.words.moves import move_record, people


def changes_data(school: School, moves: Sequence[Move]) -> dict[str, object]:
    """The moves and whom they touch, as plain data."""
    teachers, grades = people(school, moves)
    return {
        "moved_lectures": sum(move.changes_period for move in moves),
        "changed_rooms_only": sum(not move.changes_period for move in moves),
        "teachers": teachers,
        "grades": grades,
        "moves": [move_record(school, move) for move in moves],
    }


def changes_json(school: School, moves: Sequence[Move]) -> bytes:
    """One record per moved lecture, in the order of the places before; UTF-8."""
    return dumps(changes_data(school, moves)).encode()
