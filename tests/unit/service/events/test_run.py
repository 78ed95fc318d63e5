"""Repairs after events: what comes out, what is written, and that both can be verified."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import untisopt
from tests.unit.service.events.repairs import QUICK, ROWS
from tests.unit.service.exports import write_export
from untisopt.engines.session import SolveOptions
from untisopt.errors import InputError, UsageError
from untisopt.io.untis import read_export
from untisopt.report.events.advice import command_line
from untisopt.report.events.answer import headline
from untisopt.report.events.text import repair_text
from untisopt.service.events.run import RepairOptions, RepairResult, read_all, repair
from untisopt.service.verify.events import verify_repair


@pytest.fixture
def lesson(tmp_path) -> Path:
    return write_export(tmp_path / "export", ROWS, policy="")


def repaired(lesson: Path, *texts: str, options: RepairOptions = QUICK) -> RepairResult:
    return repair(lesson, texts, options)


def written(result: RepairResult, folder: Path) -> Path:
    result.write(folder)
    return folder / "lesson.txt"


def rows(path: Path) -> set[tuple[str, ...]]:
    """Teacher, day, period, subject, room, lesson, class."""
    lines = path.read_text(encoding="cp1252").splitlines()
    return {tuple(line.split("\t")[i] for i in (0, 1, 2, 3, 4, 5, 7)) for line in lines}


@pytest.mark.parametrize(
    ("text", "moved", "gone", "new"),
    [
        # Arnd's Ph leaves Tuesday 1 for the only free period of 7 in its day, Tuesday 4.
        ("away Arnd Tue 1", 1, 1, 1),
        # Nothing of Cohn collides with Arnd's lessons but Bi and Ch on Monday, Ch on Tuesday: see below.
        ("remove 5", 0, 1, 0),
        ("remove 6@1.2", 0, 1, 0),
        ("replace Arnd by new Neumann", 0, 3, 3),
        # A period more of Sport for 8: Tuesday 2 is free between two lectures.
        ("lengthen 7 by 1", 0, 0, 1),
        ("add Ma Arnd 8 1 in 102", 0, 0, 1),
        ("add Ku - 8 1", 0, 0, 1),
    ],
)
def test_only_what_happens_changes(lesson, tmp_path, text, moved, gone, new):
    result = repaired(lesson, text)
    assert (result.status, result.moved, result.is_complete) == ("minimum", moved, True)
    after = written(result, tmp_path / "result")
    assert (len(rows(lesson) - rows(after)), len(rows(after) - rows(lesson))) == (gone, new)
    plan = untisopt.read(lesson)
    assert verify_repair(plan, after, read_all(plan, [text])).ok


def test_unchanged_rows_stay_byte_for_byte(lesson, tmp_path):
    after = written(repaired(lesson, "remove 5", "add Ma Arnd 8 1 in 102"), tmp_path / "result")
    old, new = (path.read_bytes().splitlines(keepends=True) for path in (lesson, after))
    assert [line for line in old if line not in new] == [line for line in old if b"\tBi\t" in line]
    (added,) = (line for line in new if line not in old)
    assert added.endswith(b"\t0\r\n")
    # Rows of Arnd stand together, in the order of the week.
    places = [line.split(b"\t")[:3] for line in new]
    assert places == sorted(places)


def test_a_clash_of_the_new_teacher_is_mended(lesson, tmp_path):
    # Cohn takes Arnd's three lectures of 7: Ma on Monday 1-2 meets Bi and Ch of 8, Ph on Tuesday 1 meets Ch.
    text = "replace Arnd by Cohn"
    result = repaired(lesson, text)
    assert result.status == "minimum"
    assert result.points == result.bound
    assert result.moved >= 2
    plan = untisopt.read(lesson)
    after = written(result, tmp_path / "result")
    assert verify_repair(plan, after, read_all(plan, [text])).ok
    assert not {fields[0] for fields in rows(after)} & {"Arnd"}


def test_what_has_no_place_is_listed_with_what_stands_in_the_way(lesson, tmp_path):
    result = repaired(lesson, "away Arnd Mon-Fri")
    assert result.status == "impossible"
    assert {found.lecture for found in result.unplaced} == {"1@1.1", "1@1.2", "2@2.1"}
    assert result.least_unplaced == 3
    assert not result.is_complete
    for unplaced in result.unplaced:
        assert (unplaced.everywhere, unplaced.reasons) == (("Arnd is away all week",), ())
    after = written(result, tmp_path / "result")
    assert rows(lesson) - rows(after) == {fields for fields in rows(lesson) if fields[0] == "Arnd"}
    plan = untisopt.read(lesson)
    found = verify_repair(plan, after, read_all(plan, ["away Arnd Mon-Fri"]))
    assert (found.ok, len(found.unplaced), found.lost, found.altered, found.added, found.broken) == (
        *(True, 3),
        *((), (), (), ()),
    )


def test_hours_are_cut_and_listed(lesson, tmp_path):
    # Arnd has a double and a single: with two periods allowed the single waits for a place.
    result = repaired(lesson, "hours Arnd 2")
    assert (result.cut, result.unplaced, result.is_complete) == (("2@2.1",), (), True)
    text = repair_text(result, "result", ())
    assert "1 lecture loses its place, as wanted; fewer is impossible." in text
    assert "- Ph 7 (lesson 2) with Arnd, so far Tue 1" in text
    plan = untisopt.read(lesson)
    assert verify_repair(plan, written(result, tmp_path / "r"), read_all(plan, ["hours Arnd 2"])).ok


def test_several_events_at_once(lesson, tmp_path):
    texts = ["away Arnd Tue 1", "remove 5", "add Ma Cohn 7 1 in 101"]
    result = repaired(lesson, *texts)
    assert result.is_complete
    assert [event.text for event in result.events] == texts
    assert len(result.placed) == 1
    plan = untisopt.read(lesson)
    folder = tmp_path / "result"
    after = written(result, folder)
    assert verify_repair(plan, after, read_all(plan, (), folder / "events.toml")).ok


def test_verify_finds_what_is_wrong(lesson, tmp_path):
    plan = untisopt.read(lesson)
    text = "remove 5"
    after = written(repaired(lesson, text), tmp_path / "result")
    good = after.read_bytes()
    events = read_all(plan, [text])
    after.write_bytes(lesson.read_bytes())
    assert len(verify_repair(plan, after, events).added) == 1
    after.write_bytes(good.replace(b"Cohn\t2\t3\tSp", b"Beck\t2\t3\tSp"))
    assert not verify_repair(plan, after, events).ok
    after.write_bytes(good.replace(b"Arnd\t2\t1\tPh", b"Arnd\t1\t1\tPh"))
    assert [broken.rule for broken in verify_repair(plan, after, events).broken][:1] == ["teacher-clash"]
    away = read_all(plan, ["away Cohn Tue 3", text])
    after.write_bytes(good)
    assert verify_repair(plan, after, away).altered == (
        "Sp 8 (lesson 7) stands at Tue 3, where an event does not want it",
    )


def test_an_event_about_rooms_lets_rooms_change(tmp_path):
    # 101 and 102 host the same subjects, so one stands in for the other.
    table = "Arnd 1 1 Ma 101 1 7\nArnd 2 1 Ma 102 1 7\nBeck 1 2 Ma 101 2 8\nBeck 2 2 Ma 102 2 8"
    lesson = write_export(tmp_path / "export", table, policy="")
    result = repaired(lesson, "closed 101 Mon 1")
    assert (result.moved, result.changed_rooms, result.status) == (0, 1, "minimum")
    assert any("--room-changes none" in note for note in result.notes)
    fixed = repaired(lesson, "closed 101 Mon 1", options=RepairOptions(solve=QUICK.solve, rooms_as_stated=True))
    assert fixed.changed_rooms == 0


def test_headlines(lesson):
    result = repaired(lesson, "away Arnd Tue 1")
    assert headline(result)[0] == "1 lecture moves; without a move it is impossible (proved)."
    # Whoever sits at a terminal may want to know by what.
    assert headline(result, tools=True)[0] == "1 lecture moves; without a move it is impossible (proved by CP-SAT)."
    assert headline(repaired(lesson, "away Arnd Fri"))[0] == "Nothing has to change: the plan fits as it is."
    assert headline(repaired(lesson, "add Ku - 8 1"))[0] == "1 added lecture gets a place."


def test_json_holds_everything(lesson):
    data = json.loads(repaired(lesson, "away Arnd Mon-Fri from 2026-01-11").files["repair.json"])
    assert data["events"] == [
        {
            "text": "away Arnd Mon-Fri from 2026-01-11",
            "words": "Arnd is away: all week, from 2026-01-11 on",
            "from": "2026-01-11",
        }
    ]
    assert (data["status"], data["complete"], len(data["unplaced"])) == ("impossible", False, 3)
    assert data["unplaced"][0]["everywhere"] == ["Arnd is away all week"]
    assert data["ask"][:2] == ["untisopt", "why-not"]
    assert data["ask"][3:] == ["--event", "away Arnd Mon-Fri from 2026-01-11"]


def test_a_gap_that_a_removed_lesson_leaves_is_told(lesson):
    # Grade 7 has Ma 1-2, De 3-4 on Monday and Ph 1, En 2-3 on Tuesday: without lesson 4 nothing is left behind Ph,
    # without En's first period (4@2.2) Tuesday has 1 and 3.
    assert not any("lecture is gone" in note for note in repaired(lesson, "remove 2").notes)
    notes = repaired(lesson, "remove 4@2.2").notes
    assert "because a lecture is gone: 7 gets 1 more free period between lectures on Tue" in notes


def test_a_date_changes_nothing_and_that_is_told(lesson):
    one, other = (repaired(lesson, text) for text in ("away Arnd Tue 1", "away Arnd Tue 1 from 2026-01-11"))
    assert one.timetable == other.timetable
    (note,) = set(other.notes) - set(one.notes)
    assert note == "the plan of a week knows no dates: from 2026-01-11 on is told, but changes nothing in the plan"


def test_what_can_be_done_ends_with_the_command(lesson):
    options = RepairOptions(solve=QUICK.solve, asked_with=("--site", "Alter Bau=F*"))
    result = repaired(lesson, 'away "Arnd" Mon-Fri', options=options)
    text = repair_text(result, "result", ())
    command = f'untisopt why-not {lesson} --site "Alter Bau=F*" --event "away \'Arnd\' Mon-Fri"'
    assert f"    {command}\n" in text
    assert command in result.files["repair.txt"].decode()
    assert "What you can do" not in repair_text(repaired(lesson, "away Arnd Tue 1"), "result", ())


def test_the_command_asks_with_the_rooms_that_the_repair_may_change(tmp_path):
    # One room for two lessons, closed all week: nothing stands in for it.
    lesson = write_export(tmp_path / "export", "Arnd 1 1 Ma 101 1 7\nBeck 1 2 Bi BIO 2 7", policy="")
    ask = repaired(lesson, "closed BIO").ask
    assert ask == ("untisopt", "why-not", str(lesson), "--room-changes", "same-kind", "--event", "closed BIO")


def test_no_question_where_periods_are_cut(lesson):
    # why-not cannot be asked about these; see its own tests.
    result = repaired(lesson, "hours Arnd 2", "away Cohn Mon-Fri")
    assert result.unplaced
    assert result.ask == ()


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("lesson.txt", "lesson.txt"),
        ("C:\\Plan\\lesson.txt", "C:\\Plan\\lesson.txt"),
        ("Meine Schule", '"Meine Schule"'),
        ('away "Frau X" Mon', "\"away 'Frau X' Mon\""),
        ("", '""'),
        ("Filiale=F*", '"Filiale=F*"'),
    ],
)
def test_words_as_they_are_typed(word, typed):
    assert command_line([word]) == typed


def test_the_places_that_an_event_rules_out_come_last(lesson):
    # Cohn's Sp of Tuesday 3 must be held on Friday 4, when grade 8 is never taught: that is the place to speak of.
    (unplaced,) = repaired(lesson, "at 7@2.3 Fri 4").unplaced
    assert [place for place, _why in unplaced.reasons] == [(5, 4)]
    assert "outside the periods in which 8 is taught" in unplaced.reasons[0][1][0]


def test_deterministic_runs_give_the_same_files(lesson):
    options = RepairOptions(solve=SolveOptions(time_limit=20, deterministic=True))
    one, other = (repaired(lesson, "replace Arnd by Cohn", "away Beck Mon 3", options=options) for _ in range(2))
    assert one.files == other.files


def test_export_of_gpu_files(tmp_path):
    folder = tmp_path / "gpu"
    folder.mkdir()
    # Grade 7 is taught in periods 1 and 2 of Monday and Tuesday; Tuesday 2 is free for it and for Beck, who is there.
    table = (
        '1,"7","Arnd","Ma","101",1,1,,\r\n'
        '1,"7","Arnd","Ma","101",2,1,,\r\n'
        '2,"7","Beck","De","~101~102",1,2,,\r\n'
        '3,"8","Beck","De","103",2,1,,\r\n'
    )
    (folder / "GPU001.TXT").write_bytes(table.encode())
    result = repair(folder, ["add Ku Beck 7 1 in 101+102", "replace Arnd by new O'Neill"], QUICK)
    assert result.is_complete
    after = result.files["GPU001.TXT"].decode().splitlines()
    assert after[0] == '1,"7","O\'Neill","Ma","101",1,1,,'
    assert after[2] == '2,"7","Beck","De","~101~102",1,2,,'
    assert after[4] == '4,"7","Beck","Ku","~101~102",2,2,,'
    (folder / "GPU001.TXT").write_bytes(result.files["GPU001.TXT"])
    assert len(read_export(folder).school.lectures) == 5


def test_no_event(lesson):
    with pytest.raises(UsageError, match="no event"):
        read_all(untisopt.read(lesson))


def test_events_that_exclude_one_another(lesson):
    with pytest.raises(InputError, match="event 2"):
        repaired(lesson, "remove 5", "lengthen 5 by 1")


def test_a_closed_room_without_a_stand_in_is_the_reason_everywhere(tmp_path):
    # BIO alone hosts Bi; 101 and 102 host the same subjects, so 102 has a stand-in, if one that is closed just then.
    table = "Arnd 1 1 Bi BIO 1 7\nArnd 1 2 Ma 101 2 7\nBeck 1 2 Ma 102 3 8"
    lesson = write_export(tmp_path / "export", table, policy="")
    (found,) = repaired(lesson, "closed BIO").unplaced
    assert found.everywhere == ("BIO is closed all week, and no other room of its kind is known",)
    (found,) = repaired(lesson, "closed 102", "closed 101 Mon 2").unplaced[:1]
    assert found.everywhere == ()
    assert found.reasons


def test_somebody_else_could_take_over(lesson):
    text = repair_text(repaired(lesson, "away Arnd Mon-Fri"), None, ())
    advice = (
        "Let somebody else take over all lessons of Arnd; in place of that Arnd is away, for instance: --event "
        '"replace Arnd by new Neumann"'
    )
    assert advice in " ".join(text.split())


def test_who_has_more_periods_than_are_left_is_told(tmp_path):
    # 7 has three periods, De and En of Tuesday 1 being held in turn; only Monday 1 and 2 are left to it. Arnd could do.
    table = "Arnd 1 1 Ma 101 1 7\nArnd 1 2 Ph 101 2 7\nBeck 2 1 De 101 3 7 A\nCohn 2 1 En 101 4 7 B"
    lesson = write_export(tmp_path / "export", table, policy="")
    later = ", ".join(f"Mon {number}" for number in untisopt.read(lesson).school.grid.numbers(1)[2:])
    assert later
    result = repaired(lesson, "away 7 Tue-Fri", f"away 7 {later}")
    assert result.shortages == ("7 has 3 periods a week, and 2 are left",)
    assert "7 has 3 periods a week, and 2 are left." in repair_text(result, None, ())
    assert repaired(lesson, "away 7 Tue-Fri").shortages == ()


# Dorn has a duty without a lesson number on Tuesday 4.
DUTY = f"{ROWS.rstrip()}\nDorn 1 3 Ku 104 8 8\nDorn 2 4 Auf - 0 -\n"


@pytest.fixture
def with_duty(tmp_path) -> Path:
    return write_export(tmp_path / "duty", DUTY, policy="")


def test_a_duty_that_stands_in_the_way_remains(with_duty):
    result = repaired(with_duty, "away Dorn Tue 4")
    (finding,) = result.remaining
    assert finding.startswith("Lessons without a number never move: Dorn is blocked at Tue 4")
    assert (result.moved, result.points, result.is_complete) == (0, None, False)
    assert headline(result) == ["1 thing remains broken.", "Nothing else has to change."]


def test_who_takes_over_is_told_the_duties(with_duty):
    result = repaired(with_duty, "replace Dorn by new Neu")
    text = "Neu takes over from Dorn what has no lesson number as well; it stays in its period: "
    assert f"{text}Auf (no lesson number) Tue 4" in result.notes


def test_events_that_contradict_each_other_are_told_with_their_words(lesson):
    with pytest.raises(InputError) as bad:
        repaired(lesson, "remove 5", "away Arnd Tue 1", "at 5@1.1 Tue 3")
    (defect,) = bad.value.defects
    assert defect.file == "event 3 ('at 5@1.1 Tue 3')"
    assert defect.found == "lecture 5@1.1, which is removed by event 1 ('remove 5') already"


def test_what_is_gone_for_good_is_not_left_over(lesson):
    # Lesson 1 is a double and loses both periods: that is all that is wanted, and nothing waits for a place.
    result = repaired(lesson, "shorten 1 by 2")
    assert (result.removed, result.unplaced, result.cut) == (("1@1.1", "1@1.2"), (), ())
    assert (result.left, result.least_left, result.least_unplaced, result.is_best) == (0, 0, 0, True)
    assert "counted together" not in repair_text(result, "result", ())


def test_a_shorter_lesson_of_somebody_who_is_away(lesson, tmp_path):
    # Of the five periods of the lessons 5 and 6 of Cohn one is gone; the rest has no place, and is told.
    texts = ["shorten 6 by 1", "away Cohn Mon-Fri"]
    result = repaired(lesson, *texts)
    own = [id_ for id_, found in result.original.lectures.items() if "Cohn" in found.teachers]
    assert len(result.removed) == 1
    assert {found.lecture for found in result.unplaced} == {*own} - {*result.removed}
    plan = untisopt.read(lesson)
    assert verify_repair(plan, written(result, tmp_path / "r"), read_all(plan, texts)).ok
