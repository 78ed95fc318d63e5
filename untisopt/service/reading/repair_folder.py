"""Read the folder of a repair after events again: what was read, what happened, and what came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from untisopt.domain.calendar import Period
from untisopt.domain.events import Event, combined, with_compatible
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement, Timetable
from untisopt.engines.session import SolveOptions
from untisopt.errors import Defect, InputError
from untisopt.i18n import _
from untisopt.io.events.file import read_events
from untisopt.io.output.left_over import REPAIR_JSON
from untisopt.policy import RoomChanges
from untisopt.results.event_report import EventReason, RepairReport
from untisopt.results.events import EventsDocument, ToldEvent, Unplaced
from untisopt.rules import judge
from untisopt.service.check import not_judged
from untisopt.service.events.files import EVENTS_TOML, plan_files, with_removed
from untisopt.service.events.outcome import EventsOutcome, RepairOptions, events_document
from untisopt.service.events.rows import changes_rows
from untisopt.service.events.search import Answer
from untisopt.service.reading.plan import POLICY_NAME, Plan, folder_of, read
from untisopt.service.reading.result_folder import CHANGES_JSON, INPUT, is_result, placement, read_json, result_error
from untisopt.wording import enumerated

Data = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class StoredRepair:
    """A repair after events that was written before.

    Parameters
    ----------
    path : Path
        Its folder.
    outcome : EventsOutcome
        What was read and what happened; of the answer only the plan is known.
    told : mapping of str to object
        What repair.json says besides: parameters of an EventsDocument that the plan alone does not give.
    """

    path: Path
    outcome: EventsOutcome = field(repr=False)
    told: Mapping[str, Any] = field(repr=False)

    @property
    def plan(self) -> Plan:
        """The copy of what was read."""
        return self.outcome.plan

    @cached_property
    def document(self) -> EventsDocument:
        """What the reports on it were made of."""
        return replace(events_document(self.outcome), **self.told)

    @property
    def holds_the_same(self) -> bool:
        """Whether the repaired plan holds the lectures of the plan that was read, with the same teachers."""
        return not changes_rows(self.plan.school, self.outcome.event.school, self.outcome.answer.timetable)

    @property
    def repaired_plan(self) -> Plan:
        """What was read, with the school and the plan of after the events."""
        before = self.outcome.event.school
        school = with_compatible(replace(before, as_is=self.outcome.answer.timetable), before.compatible)
        return replace(self.plan, export=replace(self.plan.export, school=school))

    def report(self, reasons: Mapping[str, EventReason]) -> RepairReport:
        """Both plans, with the reasons of moves."""
        document = self.document
        school, after = with_removed(document, self.outcome.answer.timetable)
        missing = not_judged(document.school, document.policy)
        return RepairReport(document=document, school=school, planned=after, reasons=reasons, not_judged=missing)


def is_repair(path: Path) -> bool:
    """Whether a path is the folder of a repair after events, or a file in it."""
    folder = folder_of(path)
    return (folder / REPAIR_JSON).is_file() and (folder / INPUT).is_dir() and not is_result(folder)


def read_repair(path: Path) -> StoredRepair:
    """Read the folder of a repair after events.

    Parameters
    ----------
    path : Path
        The folder, or a file in it.

    Raises
    ------
    InputError
        It is none, or was changed since it was written.
    """
    folder = folder_of(path)
    data = read_json(folder / REPAIR_JSON)
    try:
        name = str(data["input"]["files"][0])
        rooms = RoomChanges(data["policy"]["room_changes"])
        options = _options(data["options"])
        answer = _told(data)
    except (KeyError, IndexError, TypeError, ValueError) as cause:
        raise _other_content(folder, _("no {key}").format(key=cause)) from cause
    plan = read(folder / INPUT / name, folder / INPUT / POLICY_NAME)
    told = tuple(
        ToldEvent(text=one.text, happening=one.happening) for one in read_events(plan.school, [], folder / EVENTS_TOML)
    )
    policy = plan.policy.with_(room_changes=rooms)
    event = combined(plan.school, [one.happening for one in told], [one.text for one in told])
    timetable = _timetable(folder, plan, event, data)
    _refuse_edited(folder, plan, event, timetable)
    outcome = EventsOutcome(
        plan=plan,
        told=told,
        event=event,
        policy=policy,
        answer=Answer(timetable=timetable, exact=None, partial=None),
        before=judge(plan.school, plan.school.as_is, policy.rules),
        notes=(),
        options=options,
    )
    return StoredRepair(path=folder, outcome=outcome, told=answer)


def _other_content(folder: Path, found: str) -> InputError:
    advice = _("another version has written it, or it was changed; repair the plan anew")
    return result_error(folder / REPAIR_JSON, found, advice)


def _told(data: Data) -> dict[str, object]:
    """What was found and proved; figures that older results do not have are not known."""
    proof = data["proof"]
    return {
        "status": str(data["status"]),
        "unplaced": tuple(_unplaced(data)),
        "cut": _ids(data, "cut"),
        "removed": _ids(data, "removed"),
        "remaining": tuple(map(str, data["remaining"])),
        "shortages": tuple(map(str, data["shortages"])),
        "points": proof["points"],
        "bound": proof["bound"],
        "least_unplaced": int(proof["least_unplaced"]),
        "left": int(proof.get("left", 0)),
        "least_left": int(proof.get("least_left", 0)),
        "least_moved": int(proof.get("least_moved", 0)),
        "is_best": bool(proof["best"]),
        "solvers": tuple(map(str, proof["solvers"])),
        "notes": tuple(map(str, data["notes"])),
        "ask": tuple(map(str, data["ask"])),
    }


def _options(data: Data) -> RepairOptions:
    search = SolveOptions(
        time_limit=data["time_limit"],
        workers=data["workers"],
        seed=data["seed"],
        deterministic=data["deterministic"],
    )
    return RepairOptions(solve=search, by_people=data["weigh"] == "people")


def _timetable(folder: Path, plan: Plan, event: Event, data: Data) -> Timetable:
    """The repaired plan: what moves, what was added, and what has no place, which stands on weekdays below 1."""
    as_is = plan.school.as_is
    try:
        moves = read_json(folder / CHANGES_JSON)["moves"]
        places = {str(move["lecture"]): placement(move) for move in moves}
        places |= {str(one["lecture"]): _added(one) for one in data["placed"]}
        off = {*_ids(data, "unplaced"), *_ids(data, "cut"), *_ids(data, "removed")} & event.school.lectures.keys()
    except (KeyError, TypeError, ValueError) as cause:
        raise _other_content(folder, _("no {key}").format(key=cause)) from cause
    strange = sorted(places.keys() - event.school.lectures.keys())
    if strange:
        text = _("changes of lectures that the input does not have: {lectures}")
        raise _other_content(folder, text.format(lectures=enumerated(strange)))
    found = {id_: places.get(id_, as_is.get(id_, place)) for id_, place in event.school.as_is.items()}
    return Timetable({**found, **_off_plan(event.school, off)})


def _added(data: Data) -> Placement:
    at = data["at"]
    rooms = tuple(tuple(course["rooms"]) for course in data["courses"])
    return Placement(Period(int(at["day"]), int(at["period"])), rooms)


def _off_plan(school: School, lectures: set[str]) -> dict[str, Placement]:
    """Weekdays below all others, one per block."""
    lowest = min([1, *(place.period.day for place in school.as_is.values())])
    blocks = dict.fromkeys(school.block_of[id_] for id_ in school.lectures if id_ in lectures)
    return {id_: place for id_, place in school.aside(blocks, lowest).items() if id_ in lectures}


def _ids(data: Data, key: str) -> tuple[str, ...]:
    return tuple(str(found["lecture"]) for found in data[key])


def _unplaced(data: Data) -> Iterator[Unplaced]:
    for found in data["unplaced"]:
        places = tuple(((one["day"], one["period"]), tuple(one["obstacles"])) for one in found["best_places"])
        yield Unplaced(
            lecture=found["lecture"],
            reasons=places,
            everywhere=tuple(found["everywhere"]),
            exceptions=tuple((str(one["rule"]), str(one["name"])) for one in found.get("exceptions", ())),
        )


def _refuse_edited(folder: Path, plan: Plan, event: Event, timetable: Timetable) -> None:
    """A plan that somebody has changed by hand is not the one that the repair speaks of."""
    for name, expected in plan_files(plan, event.school, timetable).items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != expected:
            found = _("another one") if path.is_file() else _("no such file")
            advice = _("repair the plan anew, or compare the two with untisopt diff")
            raise InputError(
                [Defect(file=str(path), expected=_("the plan that untisopt has written"), found=found, advice=advice)]
            )
