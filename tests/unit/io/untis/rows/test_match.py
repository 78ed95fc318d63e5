"""Two exports of one school."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from untisopt.domain.calendar import Period
from untisopt.domain.changes import changes
from untisopt.domain.timetable import Placement
from untisopt.io.untis import Altered, Export, Mismatch, as_gpu001, match, read_export, revised


def places(before: Export, after: Export) -> dict[str, tuple[Period, Period]]:
    found = match(before, after)
    return {m.lecture: (m.before.period, m.after.period) for m in changes(before.school.as_is, found.timetable)}


@pytest.mark.parametrize("name", ["ab-weeks", "excerpt-tabs", "excerpt-blanks", "gpu-quoted", "gpu-plain", "utf8-bom"])
def test_an_export_matches_itself(fixtures: Path, name: str) -> None:
    export = read_export(fixtures / name)

    found = match(export, read_export(fixtures / name))

    assert found.timetable == export.school.as_is
    assert not found.mismatch


def test_what_was_written_is_found_again(fixtures: Path, tmp_path: Path) -> None:
    export = read_export(fixtures / "gpu-quoted")
    plan = export.school.as_is
    timetable = plan.replace(
        {
            "3@4.5": Placement(Period(2, 3), (("101", "TH2"),)),
            "3@4.6": Placement(Period(2, 4), (("101", "TH2"),)),
            "9@2.3": plan["9@2.3"].at(Period(4, 1)),
        }
    )
    for raw in export.files.values():
        (tmp_path / raw.name).write_bytes(raw.data)
    for name, data in revised(export, timetable).items():
        (tmp_path / name).write_bytes(data)

    assert match(export, read_export(tmp_path)).timetable == timetable


def test_a_double_stays_a_double(read_lesson) -> None:
    before = read_lesson("Arn 1 3 Ma 101 7 9a", "Arn 1 4 Ma 101 7 9a")
    after = read_lesson("Arn 1 4 Ma 101 7 9a", "Arn 1 5 Ma 101 7 9a")

    # One period later as a whole, and not period 3 jumping over period 4.
    assert places(before, after) == {
        "7@1.3": (Period(1, 3), Period(1, 4)),
        "7@1.4": (Period(1, 4), Period(1, 5)),
    }


def test_what_stays_is_paired_first(read_lesson) -> None:
    before = read_lesson("Arn 1 1 Ma 101 7 9a", "Arn 2 1 Ma 101 7 9a", "Arn 3 1 Ma 101 7 9a")
    after = read_lesson("Arn 2 1 Ma 101 7 9a", "Arn 3 1 Ma 101 7 9a", "Arn 4 1 Ma 101 7 9a")

    assert places(before, after) == {"7@1.1": (Period(1, 1), Period(4, 1))}


def test_a_block_that_was_cut(read_lesson) -> None:
    before = read_lesson("Arn 1 1 Ma 101 7 9a", "Arn 1 2 Ma 101 7 9a")
    after = read_lesson("Arn 1 1 Ma 101 7 9a", "Arn 3 2 Ma 101 7 9a")

    assert places(before, after) == {"7@1.2": (Period(1, 2), Period(3, 2))}


def test_doubles_that_come_to_stand_one_after_the_other(read_lesson) -> None:
    rows = [f"Arn 1 {period} Ma 101 7 9a" for period in (1, 2, 5, 6)]
    before = read_lesson(*rows)
    after = read_lesson(*(f"Arn 1 {period} Ma 101 7 9a" for period in (1, 2, 3, 4)))

    # What looks like a block of four are the double that stays and the double that moved from 5-6 to 3-4.
    assert places(before, after) == {
        "7@1.5": (Period(1, 5), Period(1, 3)),
        "7@1.6": (Period(1, 6), Period(1, 4)),
    }


def test_double_that_comes_to_stand_where_it_stood_in_part(read_lesson) -> None:
    before = read_lesson(*(f"Arn 1 {period} Ma 101 7 9a" for period in (1, 2, 4, 5)))
    after = read_lesson(*(f"Arn 1 {period} Ma 101 7 9a" for period in (1, 2, 3, 4)))

    # The second double is one period earlier as a whole; period 4 does not stay while 5 jumps over it to 3.
    assert places(before, after) == {
        "7@1.4": (Period(1, 4), Period(1, 3)),
        "7@1.5": (Period(1, 5), Period(1, 4)),
    }


def test_single_lecture_and_double_side_by_side(read_lesson) -> None:
    before = read_lesson(*(f"Arn 1 {period} Ma 101 7 9a" for period in (1, 3, 4)))
    after = read_lesson(*(f"Arn 1 {period} Ma 101 7 9a" for period in (3, 4, 5)))

    # The double stays, the single lecture goes behind it; not the double one later and the single one before it.
    assert places(before, after) == {"7@1.1": (Period(1, 1), Period(1, 5))}


def test_lost_added_altered(read_lesson) -> None:
    before = read_lesson("Arn 1 1 Ma 101 7 9a", "Arn 1 2 De 101 8 9a", "Arn 1 3 Ge 101 9 9a")
    after = read_lesson("Arn 2 1 Ma 101 7 9a", "Bau 1 2 Mu 101 8 9b", "Arn 1 3 Ge 101 10 9a")

    found = match(before, after)

    altered = Altered("8@1.2", "8@1.2", ("teachers", "grades", "subjects"))
    assert found.mismatch == Mismatch(("9@1.3",), ("10@1.3",), (altered,))
    # A lost lecture stands where it was.
    assert found.timetable["9@1.3"] == before.school.as_is["9@1.3"]
    assert found.timetable["7@1.1"].period == Period(2, 1)


def test_another_teacher_in_a_lecture_that_moved(read_lesson) -> None:
    before = read_lesson("Arn 1 1 Ma 101 7 9a", "Arn 2 1 Ma 101 7 9a")
    after = read_lesson("Arn 1 1 Ma 101 7 9a", "Bau 3 1 Ma 102 7 9a")

    found = match(before, after)

    assert found.mismatch.altered == (Altered("7@2.1", "7@3.1", ("teachers",)),)
    assert found.timetable["7@2.1"] == Placement(Period(3, 1), (("102",),))


def test_other_weeks(read_lesson) -> None:
    rows = ("Arn 1 1 Ma 101 7 9a 36,37,38,39", "Arn 1 2 Ge 101 8 9a 37,39")
    before = read_lesson("Arn 1 3 De 101 9 9a 36,38", *rows)
    after = read_lesson("Arn 1 3 De 101 9 9a 37,39", *rows, "Arn 1 4 Ek 101 10 9a 36,38")

    assert match(before, after).mismatch == Mismatch(
        added=("10@1.4",), altered=(Altered("9@1.3", "9@1.3", ("weeks",)),)
    )


def test_other_exported_weeks_with_the_same_classes(read_lesson) -> None:
    before = read_lesson("Arn 1 1 Ma 101 7 9a 36,38", "Arn 1 2 Ge 101 8 9a 37,39")
    after = read_lesson("Arn 1 1 Ma 101 7 9a 40,42", "Arn 3 2 Ge 101 8 9a 41,43")

    assert not match(before, after).mismatch
    assert places(before, after) == {"8@1.2": (Period(1, 2), Period(3, 2))}


def test_rooms_keep_their_position(read_lesson) -> None:
    before = read_lesson("Arn 1 1 Sp TH1 7 9a", "Arn 1 1 Sp TH2 7 9a")
    after = read_lesson("Arn 1 1 Sp TH2 7 9a", "Arn 1 1 Sp TH3 7 9a")

    assert match(before, after).timetable["7@1.1"].rooms == (("TH3", "TH2"),)


def test_lesson_txt_and_its_gpu001(fixtures: Path, tmp_path: Path) -> None:
    before = read_export(fixtures / "excerpt-tabs")
    (tmp_path / "GPU001.TXT").write_bytes(as_gpu001(before, before.school.as_is))

    found = match(before, read_export(tmp_path))

    assert found.timetable == before.school.as_is
    assert not found.mismatch


def as_gpu(export: Export, folder: Path, **moves: tuple[int, int]) -> Export:
    """The GPU001 of a plan in which lectures were moved; `a7_1_1=(2, 2)` moves `7@1.1`, `b...` is its `/2`."""
    plan = export.school.as_is
    changes_ = {}
    for name, place in moves.items():
        lesson, day, number = name[1:].split("_")
        id_ = f"{lesson}@{day}.{number}" + ("/2" if name[0] == "b" else "")
        changes_[id_] = plan[id_].at(Period(*place))
    folder.mkdir()
    (folder / "GPU001.TXT").write_bytes(as_gpu001(export, plan.replace(changes_)))
    return read_export(folder)


A_AND_B = ("Arn 1 1 Ma 101 7 9a 36,38", "Bau 1 1 Ge 102 7 9a 37,39", "Arn 2 1 Ma 101 7 9a 36,38")


def test_lectures_of_a_and_b_weeks_are_one_in_gpu001(read_lesson, tmp_path: Path) -> None:
    export = read_lesson(*A_AND_B)
    gpu = as_gpu(export, tmp_path / "gpu")

    assert (list(export.school.lectures), list(gpu.school.lectures)) == (
        ["7@1.1", "7@1.1/2", "7@2.1"],
        ["7@1.1", "7@2.1"],
    )
    for pair in ((export, gpu), (gpu, export)):
        found = match(*pair)
        assert not found.mismatch
        assert found.timetable == pair[0].school.as_is
        assert len(found.notes) == 1


def test_one_of_two_lectures_that_are_one_in_gpu001_has_moved(read_lesson, tmp_path: Path) -> None:
    export = read_lesson(*A_AND_B)
    gpu = as_gpu(export, tmp_path / "gpu", b7_1_1=(3, 2))

    assert not match(export, gpu).mismatch
    assert places(export, gpu) == {"7@1.1/2": (Period(1, 1), Period(3, 2))}


def test_both_lectures_that_are_one_in_gpu001_have_moved(read_lesson, tmp_path: Path) -> None:
    export = read_lesson(*A_AND_B)
    gpu = as_gpu(export, tmp_path / "gpu", a7_1_1=(3, 2), b7_1_1=(3, 2))

    assert not match(export, gpu).mismatch
    assert places(export, gpu) == {
        "7@1.1": (Period(1, 1), Period(3, 2)),
        "7@1.1/2": (Period(1, 1), Period(3, 2)),
    }
    # Seen from GPU001 it is one lecture that moves back.
    assert places(gpu, export) == {"7@3.2": (Period(3, 2), Period(1, 1))}


def test_rooms_that_differ_between_the_weeks(read_lesson, tmp_path: Path) -> None:
    export = read_lesson("Arn 1 1 Ma 101 7 9a 36,38", "Arn 1 1 Ma 102 7 9a 37,39", "Bau 1 1 Ge 103 8 9b 36,37,38,39")
    gpu = as_gpu(export, tmp_path / "gpu")

    # GPU001 has one line with two rooms.
    assert gpu.school.as_is["7@1.1"].rooms == (("101", "102"),)
    found = match(export, gpu)
    assert not found.mismatch
    assert found.timetable == export.school.as_is
    other = Placement(Period(1, 1), (("104", "102"),))
    moved = gpu.school.as_is.replace({"7@1.1": other})
    (tmp_path / "gpu/GPU001.TXT").write_bytes(revised(gpu, moved)["GPU001.TXT"])
    found = match(export, read_export(tmp_path / "gpu"))
    assert [found.timetable[id_].rooms for id_ in ("7@1.1", "7@1.1/2")] == [(("104",),), (("102",),)]


def test_week_classes_correspond_by_their_weeks(read_lesson) -> None:
    # One export begins a week later: its A weeks are the B weeks of the other one.
    before = read_lesson("Arn 1 1 Ma 101 7 9a 36,38,40,42", "Arn 1 1 Ge 101 8 9a 37,39,41,43")
    after = read_lesson("Arn 1 1 Ma 101 7 9a 38,40,42", "Arn 1 1 Ge 101 8 9a 37,39,41")

    assert after.school.week_classes[0].weeks == after.school.lectures["8@1.1"].weeks
    assert not match(before, after).mismatch


PERIODS = [Period(day, number) for day in (1, 2, 3) for number in (1, 2, 3, 4)]


@given(
    # Per lesson: its periods before and after, as many as it has lectures.
    plan=st.lists(
        st.integers(1, 4).flatmap(
            lambda count: st.tuples(
                st.lists(st.sampled_from(PERIODS), min_size=count, max_size=count, unique=True),
                st.lists(st.sampled_from(PERIODS), min_size=count, max_size=count, unique=True),
            )
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_plan_survives_writing_and_matching(
    plan: list[tuple[list[Period], list[Period]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    flags = "1" * 53
    rows = [
        f"T{lesson % 2}\t{period.day}\t{period.number}\tMa\tR{lesson}\t{lesson}\t1\t{grade}\t{flags}\t0\r\n"
        for lesson, (periods, _after) in enumerate(plan, 1)
        for period in periods
        for grade in ("9a", "9b")
    ]
    folder = tmp_path_factory.mktemp("plan")
    path = folder / "lesson.txt"
    path.write_text("".join(rows), newline="")
    before = read_export(path)
    targets = {
        f"{lesson}@{old.day}.{old.number}": new
        for lesson, pair in enumerate(plan, 1)
        for old, new in zip(*pair, strict=True)
    }
    as_is = before.school.as_is
    timetable = as_is.replace({id_: as_is[id_].at(period) for id_, period in targets.items()})

    data = revised(before, timetable)["lesson.txt"]

    path.write_bytes(data)
    found = match(before, read_export(path))
    assert not found.mismatch
    # Lectures of one lesson are alike, so only their periods as a set are certain.
    for lesson, (_before, after) in enumerate(plan, 1):
        assert sorted(p.period for id_, p in found.timetable.items() if id_.startswith(f"{lesson}@")) == sorted(after)
    assert sorted(data.splitlines()) == sorted(revised(before, found.timetable)["lesson.txt"].splitlines())


def test_a_double_across_a_long_break_is_paired_with_one_that_bears_it(tmp_path: Path) -> None:
    # No break between 1 and 2, 30 min between 2 and 3. Two alike doubles, one of them across the break: if one stands
    # across it again, it is that one, although the other comes first in the week.
    for name, places_ in {"before": ["1 1", "1 2", "4 2", "4 3"], "after": ["2 2", "2 3", "5 1", "5 2"]}.items():
        folder = tmp_path / name
        folder.mkdir()
        rows = [f"Arn {place} Ma 101 7 1 9a {'-' * 40}1{'-' * 12}".replace(" ", "\t") for place in places_]
        (folder / "lesson.txt").write_text("\n".join(rows) + "\n")
        times = ["800 845", "845 930", "1000 1045"]
        grid = [f"{day} 3 {n} {time}".replace(" ", "\t") for day in range(1, 6) for n, time in enumerate(times, 1)]
        (folder / "time.txt").write_text("\n".join(grid) + "\n")

    found = places(read_export(tmp_path / "before"), read_export(tmp_path / "after"))

    assert found["7@4.2"] == (Period(4, 2), Period(2, 2))
    assert found["7@1.1"] == (Period(1, 1), Period(5, 1))
