"""The entry list as a service, its replay, and the folder of forcing files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.builders import at, move, school
from tests.unit.service.exports import write_export
from tests.unit.solve.entry.entries import off, random_target
from untisopt.demo import build, files
from untisopt.domain.changes import Move
from untisopt.domain.entry import EntryList, Step, StepKind
from untisopt.domain.school import School
from untisopt.domain.timetable import Placement, Timetable
from untisopt.errors import InternalError
from untisopt.io.untis import read_export
from untisopt.service.entry import EntryOptions, entry_list, forcing_folder
from untisopt.service.verify.replay import replay
from untisopt.solve.entry import order as solver

SWAP = "1 Arnd 5a H1 Mon1\n2 Arnd 5b H2 Mon2"


def step(of: School, number: int, lecture: str, start: str, end: str, rooms: tuple[str, ...] | None = None) -> Step:
    before = of.as_is[lecture].at(at(start))
    after = before.at(at(end)) if rooms is None else Placement(at(end), (rooms,))
    lesson = of.lectures[lecture].lesson
    return Step(number=number, kind=StepKind.MOVE, lesson=lesson, moves=(Move(lecture, before, after),))


def test_replay_reaches_the_plan():
    of = school(SWAP)
    steps = [
        step(of, 1, "1@1.1", "Mon1", "Mon5"),
        step(of, 2, "2@1.2", "Mon2", "Mon1"),
        step(of, 3, "1@1.1", "Mon5", "Mon2"),
    ]
    assert replay(of, of.as_is, steps) == move(of, {"1@1.1": "Mon2", "2@1.2": "Mon1"})


def test_replay_finds_a_teacher_needed_twice():
    # The same end, but 2 comes before 1 has left.
    of = school(SWAP)
    steps = [step(of, 1, "2@1.2", "Mon2", "Mon1"), step(of, 2, "1@1.1", "Mon1", "Mon2")]
    with pytest.raises(InternalError, match=r"step 1 clashes for Arnd: 1@1\.1, 2@1\.2"):
        replay(of, of.as_is, steps)


def test_replay_finds_a_room_needed_twice():
    of = school("1 Arnd 5a H1 Mon1\n2 Beck 5b H2 Mon1\n3 Carl 5c H3 Mon2")
    steps = [step(of, 1, "3@1.2", "Mon2", "Mon1", ("H1",)), step(of, 2, "1@1.1", "Mon1", "Mon1", ("H3",))]
    with pytest.raises(InternalError, match="step 1 clashes for H1"):
        replay(of, of.as_is, steps)


def test_replay_counts_per_week():
    # Held in A weeks and in B weeks: nobody is needed twice.
    of = school("1 Arnd 5a H1 Mon1 A\n2 Arnd 5b H2 Mon2 B")
    steps = [step(of, 1, "2@1.2", "Mon2", "Mon1"), step(of, 2, "1@1.1", "Mon1", "Mon2")]
    assert replay(of, of.as_is, steps)["1@1.1"].period == at("Mon2")


def test_replay_lets_pass_what_clashes_at_the_end_as_well():
    of = school(SWAP)
    assert replay(of, of.as_is, [step(of, 1, "2@1.2", "Mon2", "Mon1")])["2@1.2"].period == at("Mon1")


def test_replay_finds_a_lecture_that_stands_elsewhere():
    of = school(SWAP)
    with pytest.raises(InternalError, match=r"step 1 starts where its lecture does not stand: 1@1\.1"):
        replay(of, of.as_is, [step(of, 1, "1@1.1", "Tue1", "Tue2")])


def test_replay_stays_in_the_grid():
    # The days have ten periods.
    of = school(SWAP)
    with pytest.raises(InternalError, match="step 1 leads to Mon 11"):
        replay(of, of.as_is, [step(of, 1, "1@1.1", "Mon1", "Mon11")])


def test_replay_of_a_lecture_set_aside():
    of = school(SWAP)
    before = of.as_is["1@1.1"]
    away = Step(number=1, kind=StepKind.SET_ASIDE, lesson=1, moves=(Move("1@1.1", before, off(before, 1, 0)),))
    back = Step(
        number=3, kind=StepKind.PLACE, lesson=1, moves=(Move("1@1.1", off(before, 1, 0), before.at(at("Mon2"))),)
    )
    steps = [away, step(of, 2, "2@1.2", "Mon2", "Mon1"), back]
    assert replay(of, of.as_is, steps) == move(of, {"1@1.1": "Mon2", "2@1.2": "Mon1"})


def test_document():
    of = school(SWAP)
    document = entry_list(of, of.as_is, move(of, {"1@1.1": "Mon2", "2@1.2": "Mon1"}), EntryOptions(source="plan"))
    assert (document.parkings, document.least_parkings, document.set_asides) == (1, 1, 0)
    assert (document.source, document.lectures, len(document.steps)) == ("plan", 2, 3)


def test_list_that_misses_the_plan_is_not_handed_over(monkeypatch):
    of = school(SWAP)
    monkeypatch.setattr(solver, "entry_order", lambda *_args, **_options: EntryList(steps=()))
    with pytest.raises(InternalError, match=r"does not lead to the plan: 1@1\.1"):
        entry_list(of, of.as_is, move(of, {"1@1.1": "Tue2"}))


def test_lecture_that_leaves_the_plan():
    of = school(SWAP)
    after = of.as_is.replace({"1@1.1": off(of.as_is["1@1.1"], 7, 0)})
    assert [step.kind for step in entry_list(of, of.as_is, after).steps] == [StepKind.SET_ASIDE]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    for name, data in files(build("small", 1)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_demo_school(demo):
    of = read_export(demo).school
    after = random_target(Random(3), of, 300)
    document = entry_list(of, of.as_is, after)
    assert document.lectures > 50
    assert document.parkings == document.least_parkings > 0


def test_forcing_folder_of_a_gpu_export(demo):
    export = read_export(demo / "gpu")
    found = forcing_folder(export, _one_moved(export.school))
    assert list(found) == ["INSTRUCTIONS.html", "GPU002.TXT", "GPU016.TXT", "undo/GPU002.TXT", "undo/GPU016.TXT"]
    page = found["INSTRUCTIONS.html"].decode()
    assert "delimiter: comma; text delimiter: &#34;; encoding: Windows-1252" in page


def test_forcing_folder_without_lesson_data_says_what_to_export(tmp_path):
    export = read_export(write_export(tmp_path))
    found = forcing_folder(export, _one_moved(export.school))
    assert list(found) == ["INSTRUCTIONS.html"]
    assert b"export the lessons (GPU002)" in found["INSTRUCTIONS.html"]


def _one_moved(of: School) -> Timetable:
    block = next(block for block in of.blocks if block.lesson and block.length == 1)
    place = of.as_is[block.id]
    other = next(period for period in of.grid.periods if period != place.period)
    return of.as_is.replace({block.id: replace(place, period=other)})
