"""Repairs after one event: how long until the fewest changes are proved, or that no plan satisfies the event.

`python benchmarks/events.py --size ong --events 50` draws events with a seed, repairs the plan after each, judges every
plan anew, and prints the figures.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # started as a script
    sys.path.insert(0, str(ROOT))

import untisopt  # noqa: E402
from benchmarks.alone import Data, Repairs, run_alone, told_seconds  # noqa: E402
from benchmarks.measure import run  # noqa: E402
from untisopt.domain.changes import changes  # noqa: E402
from untisopt.domain.events import Event, away, lesson_added  # noqa: E402
from untisopt.domain.lessons import Course  # noqa: E402
from untisopt.domain.resources import Kind  # noqa: E402
from untisopt.domain.school import School  # noqa: E402
from untisopt.domain.score import Tier  # noqa: E402
from untisopt.domain.timetable import Timetable  # noqa: E402
from untisopt.engines.session import SolveOptions  # noqa: E402
from untisopt.policy import Policy, RoomChanges  # noqa: E402
from untisopt.rules import judge  # noqa: E402
from untisopt.solve.events.search import ExactRepair, ExactStatus, fewest_changes  # noqa: E402

EVENTS = 50
"""Events of each type."""
WITHIN = 60.0
"""Seconds within which an answer counts as proved in time."""
SEED = 2026


@dataclass(frozen=True, slots=True)
class Drawn:
    """An event that was drawn: what it is called, its kind of policy, and the event itself."""

    name: str
    event: Event
    policy: Policy


Draw = Callable[[Random, School, Policy], Drawn]


def teacher_away(rng: Random, school: School, policy: Policy) -> Drawn:
    """A teacher is away on a day on which he teaches."""
    name, day = rng.choice(_busy_days(school, Kind.TEACHER))
    periods = [period for period in school.grid.periods if period.day == day]
    return Drawn(f"{name}, day {day}", away(school, (Kind.TEACHER, name), periods), policy)


def room_closed(rng: Random, school: School, policy: Policy) -> Drawn:
    """A room is closed on a day on which it is used; other rooms of its kind may stand in."""
    name, day = rng.choice(_busy_days(school, Kind.ROOM))
    periods = [period for period in school.grid.periods if period.day == day]
    changed = policy.with_(room_changes=RoomChanges.SAME_KIND)
    return Drawn(f"{name}, day {day}", away(school, (Kind.ROOM, name), periods), changed)


def lesson_of_one_or_two_added(rng: Random, school: School, policy: Policy) -> Drawn:
    """A teacher gets a lesson more, of one or two lectures, in a grade he teaches, in a room he uses there."""
    lines = sorted(
        {
            (course.teacher, course.grades, course.subject, rooms)
            for id_, lecture in school.lectures.items()
            for course, rooms in zip(lecture.courses, school.as_is[id_].rooms, strict=True)
            if lecture.lesson and course.teacher and len(course.grades) == 1 and rooms
        }
    )
    teacher, grades, subject, rooms = rng.choice(lines)
    number = max(school.blocks_of_lesson, default=0) + 1
    weeks = school.week_classes[0].weeks
    for week_class in school.week_classes[1:]:
        weeks = weeks | week_class.weeks
    lengths = rng.choice([(1,), (2,), (1, 1)])
    event = lesson_added(school, [(Course(number, subject, teacher, grades, weeks), rooms)], lengths)
    return Drawn(f"{subject} of {teacher} in {', '.join(grades)}, lengths {lengths}", event, policy)


DRAWS: dict[str, Draw] = {
    "teacher away for a day": teacher_away,
    "room closed for a day": room_closed,
    "lesson added": lesson_of_one_or_two_added,
}


def _busy_days(school: School, kind: Kind) -> list[tuple[str, int]]:
    """Who or what has regular lectures on which day."""
    found = set()
    for (one, name), week_class, day in school.today.days:
        occupied = school.today.day((one, name), week_class, day) if one is kind else ()
        if any(school.lectures[lecture].lesson for o in occupied for lecture in o.lectures):
            found.add((name, day))
    return sorted(found)


# -- measuring ---------------------------------------------------------------------------------------------------------


def events(settings: Repairs) -> Data:
    """Draw events of every type, repair after each, and gather the figures."""
    count: int = getattr(settings, "events", EVENTS)
    schools = list(_schools(settings.size, settings.seeds))
    types = {}
    for name, draw in DRAWS.items():
        rng = Random(f"{SEED} {name}")
        found = []
        for i in range(count):
            school, policy = schools[i % len(schools)]
            found.append(measure(school, draw(rng, school, policy), settings.seconds))
            print(f"  {name}: {found[-1]}", file=sys.stderr, flush=True)
        types[name] = {**summary(found), "runs": found}
    return {"size": settings.size, "seconds": settings.seconds, "seed": SEED, "types": types}


def _schools(size: str, seeds: Sequence[int]) -> Iterator[tuple[School, Policy]]:
    for seed in seeds:
        with tempfile.TemporaryDirectory(prefix="untisopt-bench-") as folder:
            path = Path(folder) / f"{size}-{seed}"
            run("demo", path, "--size", size, "--seed", seed)
            plan = untisopt.read(path)
            yield plan.school, plan.policy


def measure(original: School, drawn: Drawn, seconds: float) -> Data:
    """Repair after one event, with the seconds from the call to the proof, and verify the answer."""
    school, policy = drawn.event.school, drawn.policy
    before = judge(school, school.as_is, policy.rules)
    began = time.perf_counter()
    found = fewest_changes(
        school, policy, SolveOptions(time_limit=seconds), before=before, required=drawn.event.required
    )
    return {
        "event": drawn.name,
        "status": found.status.value,
        "hit": len(found.hit),
        "changes": found.points,
        "moved": found.moved,
        "changed_rooms": found.changed_rooms,
        "bound": found.bound,
        "unmet": len(found.unmet),
        "level": found.level.value,
        "solvers": list(found.solvers),
        "seconds": found.seconds["proof"],
        "wall_seconds": time.perf_counter() - began,
        "wrong": wrong(original, drawn, found),
    }


def wrong(original: School, drawn: Drawn, found: ExactRepair) -> list[str]:
    """What is wrong with an answer, found without the model: rules broken newly, the event not satisfied, the count."""
    timetable = found.timetable
    if timetable is None:
        return [] if found.status in (ExactStatus.UNDECIDED, *NO_PLAN) else ["no plan"]
    school = drawn.event.school
    before = judge(original, original.as_is, drawn.policy.rules)
    after = judge(school, timetable, drawn.policy.rules)
    stays = _broken_by_duties(drawn)
    problems = [
        f"{rule} broken {score.amount} times, before {before.amount(rule)}"
        for rule, score in after.rules.items()
        if score.tier is Tier.RULES and score.amount > before.amount(rule) + stays[rule]
    ]
    problems += [f"{lecture} is still there" for lecture in _still_there(drawn.event, timetable)]
    homeless = [lecture for lecture, placement in timetable.items() if placement.period not in school.grid]
    problems += [f"{lecture} has no place" for lecture in homeless]
    moved = sum(m.changes_period and m.lecture in original.lectures for m in changes(school.as_is, timetable))
    if moved != found.moved:
        problems.append(f"{moved} lectures moved, not {found.moved}")
    return problems


def _broken_by_duties(drawn: Drawn) -> Counter[str]:
    """What lesson number 0 breaks by the event: duties such as break supervisions never move, somebody covers them."""
    school = drawn.event.school
    found: Counter[str] = Counter()
    for violation in judge(school, school.as_is, drawn.policy.rules).violations:
        lectures = violation.facts.lectures
        if lectures and not any(school.lectures[id_].lesson for id_ in lectures):
            found[violation.rule] += violation.amount
    return found


NO_PLAN = (ExactStatus.IMPOSSIBLE, ExactStatus.IMPOSSIBLE_UNCONFIRMED)


def _still_there(event: Event, timetable: Timetable) -> Iterator[str]:
    """Regular lectures that use a person or room in a period in which that must not be."""
    school = event.school
    for lecture, placement in timetable.items():
        rooms = ((Kind.ROOM, room) for room in school.rooms_used(lecture, placement))
        used = [*school.people[lecture], *rooms] if school.lectures[lecture].lesson else []
        if any(placement.period in event.required.vacated.get(resource, ()) for resource in used):
            yield lecture


def summary(runs: Sequence[Data]) -> Data:
    """The figures of one type of event."""
    statuses = Counter(run_["status"] for run_ in runs)
    proved = [r["seconds"] for r in runs if r["status"] in (ExactStatus.MINIMUM, ExactStatus.IMPOSSIBLE)]
    minimum = [r for r in runs if r["status"] == ExactStatus.MINIMUM]
    # An answer that was not proved took longer than any other.
    in_order = sorted(proved) + [float("inf")] * (len(runs) - len(proved))
    return {
        "count": len(runs),
        "statuses": dict(statuses),
        "wrong": sum(bool(run_["wrong"]) for run_ in runs),
        "median_seconds": _finite(statistics.median(in_order)) if runs else None,
        "seconds_of_90_percent": _finite(in_order[-(-9 * len(in_order) // 10) - 1]) if runs else None,
        "most_seconds": max(proved, default=None),
        "proved_in_time": sum(seconds <= WITHIN for seconds in proved) / len(runs) if runs else None,
        "impossible_confirmed": statuses[ExactStatus.IMPOSSIBLE],
        "impossible_unconfirmed": statuses[ExactStatus.IMPOSSIBLE_UNCONFIRMED],
        "changes_beyond_hit": dict(sorted(Counter(r["changes"] - r["hit"] for r in minimum).items())),
        "median_changes": statistics.median(r["changes"] for r in minimum) if minimum else None,
        "most_changes": max((r["changes"] for r in minimum), default=None),
    }


def _finite(seconds: float) -> float | None:
    return None if seconds == float("inf") else seconds


# -- showing -----------------------------------------------------------------------------------------------------------

COLUMNS = (
    "event",
    "drawn",
    "median until proved",
    "90 % until",
    f"proved within {WITHIN:.0f} s",
    "fewest changes, median",
    "most",
    "impossible, confirmed",
    "impossible, not confirmed",
    "open",
    "wrong",
)


def table(data: Data) -> str:
    """The figures as a table in Markdown; an en dash where an answer is not proved in time."""
    rows = [COLUMNS, ("---",) + ("--:",) * (len(COLUMNS) - 1)]
    rows += [_row(name, found) for name, found in data["types"].items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(name: str, found: Data) -> tuple[str, ...]:
    decided = (ExactStatus.MINIMUM, *NO_PLAN)
    share = found["proved_in_time"]
    return (
        name,
        str(found["count"]),
        told_seconds(found["median_seconds"]),
        told_seconds(found["seconds_of_90_percent"]),
        "–" if share is None else f"{share:.0%}",
        "–" if found["median_changes"] is None else f"{found['median_changes']:g}",
        "–" if found["most_changes"] is None else str(found["most_changes"]),
        str(found["impossible_confirmed"]),
        str(found["impossible_unconfirmed"]),
        str(found["count"] - sum(found["statuses"].get(status.value, 0) for status in decided)),
        str(found["wrong"]),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and write the data where asked to."""
    return run_alone(
        arguments,
        "Repairs after one event; benchmarks/README.md says what they mean.",
        events,
        table,
        seconds=(WITHIN, "time limit of a repair (default: 60)"),
        events=(EVENTS, f"of each type (default: {EVENTS})"),
    )


if __name__ == "__main__":
    sys.exit(main())
