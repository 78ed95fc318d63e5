"""A repair after events for machines."""

from __future__ import annotations

from collections.abc import Mapping

from untisopt.domain.changes import Move
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement
from untisopt.report.optimise.changes_json import changes_data
from untisopt.report.optimise.json import policy_data, source_data
from untisopt.report.render.json import dumps
from untisopt.report.words.events import event_words
from untisopt.report.words.findings import score_rows
from untisopt.results.events import EventsDocument

FORMAT = 1


def repair_data(document: EventsDocument) -> dict[str, object]:
    """The repair as plain data; in deterministic mode nothing depends on the machine or the hour."""
    school, original = document.school, document.original
    data: dict[str, object] = {
        "format": FORMAT,
        "versions": dict(document.versions),
        "input": source_data(document.source),
        "policy": policy_data(document.policy),
        "options": {**document.options, "weigh": "people" if document.by_people else "lectures"},
        "events": [
            {"text": event.text, "words": event_words(event.happening, original), "from": _date(event.happening.since)}
            for event in document.events
        ],
        "status": document.status,
        "complete": document.is_complete,
        "proof": {
            "best": document.is_best,
            "points": document.points,
            "bound": document.bound,
            "least_unplaced": document.least_unplaced,
            "left": document.left,
            "least_left": document.least_left,
            "least_moved": document.least_moved,
            "solvers": document.solvers,
        },
        **changes_data(school, document.moves),
        "placed": [
            {**_record(school, move.lecture, move.after), "courses": _courses(school, move)} for move in document.placed
        ],
        "unplaced": [
            {
                **_record(school, found.lecture, original.as_is.get(found.lecture)),
                "everywhere": found.everywhere,
                "best_places": [{"day": p[0], "period": p[1], "obstacles": why} for p, why in found.reasons],
                "exceptions": [{"rule": rule, "name": name} for rule, name in found.exceptions],
            }
            for found in document.unplaced
        ],
        "shortages": document.shortages,
        "cut": [_record(school, id_, original.as_is.get(id_)) for id_ in document.cut],
        "removed": [_record(original, id_, original.as_is[id_]) for id_ in document.removed],
        "remaining": document.remaining,
        "rules": score_rows(document.policy, document.before, document.after),
        "notes": document.notes,
        "ask": document.ask,
    }
    return data if document.options.get("deterministic") else {**data, "seconds": dict(document.seconds)}


def repair_json(document: EventsDocument) -> bytes:
    """The repair as a file; UTF-8."""
    return dumps(repair_data(document)).encode()


def repair_json_text(document: EventsDocument, folder: str | None, files: tuple[str, ...]) -> str:
    """What the command prints: the content of the file, and where the files are; None where nothing is written."""
    return dumps({**repair_data(document), "out": folder, "files": files})


def _date(day: object) -> str | None:
    return None if day is None else str(day)


def _courses(school: School, move: Move) -> list[Mapping[str, object]]:
    """The courses of an added lecture with their rooms."""
    courses = school.lectures[move.lecture].courses
    return [
        {"subject": course.subject, "teacher": course.teacher, "grades": course.grades, "rooms": rooms}
        for course, rooms in zip(courses, move.after.rooms, strict=True)
    ]


def _record(school: School, lecture: str, place: Placement | None) -> Mapping[str, object]:
    """A lecture with one place: its new one, or the one that it loses."""
    found = school.lectures[lecture]
    at = None if place is None or place.period.day < 1 else {"day": place.period.day, "period": place.period.number}
    rooms = () if place is None else tuple(dict.fromkeys(room for course in place.rooms for room in course))
    return {
        "lecture": lecture,
        "lesson": found.lesson,
        "subjects": found.subjects,
        "grades": found.grades,
        "teachers": found.teachers,
        "rooms": rooms,
        "at": at,
    }
