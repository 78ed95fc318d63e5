"""What `untisopt suggest` says, for machines."""

from __future__ import annotations

from untisopt.domain.ways import Effect, Way
from untisopt.report.render.json import dumps
from untisopt.report.suggest.way import target, worst_line
from untisopt.report.words.moves import move_record, people
from untisopt.results.suggest import SuggestDocument


def suggest_json(document: SuggestDocument) -> str:
    """The ways to move a lecture, as JSON."""
    return dumps(suggest_data(document))


def suggest_data(document: SuggestDocument) -> dict[str, object]:
    """The ways to move a lecture as plain data; sentences are in the language in force."""
    found = document.found
    return {
        "format": 1,
        "path": document.source.path,
        "lectures": found.block.lectures,
        "from": {
            "day": document.school.as_is[found.block.id].period.day,
            "period": document.school.as_is[found.block.id].period.number,
        },
        "complete": found.complete,
        "examined": found.examined,
        "judged": found.judged,
        "ways": [_way_data(document, way) for way in found.ways],
        "obstacles": [
            {"day": o.start.day, "period": o.start.number, "rules": list(o.violations)} for o in found.obstacles
        ],
    }


def _way_data(document: SuggestDocument, way: Way) -> dict[str, object]:
    to = target(document, way)
    teachers, grades = people(document.school, way.moves)
    return {
        "to": {"day": to.day, "period": to.number},
        "blocks": way.blocks,
        "swap": way.swap,
        "points": way.points,
        "mended": way.mended,
        "gain": way.gain,
        "rules": dict(way.more),
        "teachers": teachers,
        "grades": grades,
        "moves": [move_record(document.school, move) for move in way.moves],
        "worst": "" if way.worst is None else worst_line(document, way.worst),
        "effects": [_effect_data(effect) for effect in way.effects],
        "alike": [
            {
                "to": {"day": alike.start.day, "period": alike.start.number},
                "points": alike.points,
                "mended": alike.mended,
                "gain": alike.gain,
            }
            for alike in way.alike
        ],
    }


def _effect_data(effect: Effect) -> dict[str, object]:
    return {
        "kind": effect.person[0].value,
        "name": effect.person[1],
        "points": effect.points,
        "rules": dict(effect.more),
        "gaps": effect.gaps,
        "moved": effect.moved,
        "other_day": effect.other_day,
        "other_rooms": effect.other_rooms,
    }
