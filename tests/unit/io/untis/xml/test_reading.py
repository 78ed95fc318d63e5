"""Reading XML exports: the fixture as a whole, then one thing after the other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.unit.io.untis.xml.conftest import A_WEEKS, B_WEEKS, EVERY, times, xml
from untisopt.domain.calendar import Period, Timeslot, WeekSet
from untisopt.domain.lessons import Course
from untisopt.domain.resources import Grade, Kind, Room, Teacher
from untisopt.domain.timetable import Placement
from untisopt.errors import InputError, PolicyError
from untisopt.io.untis import Export, Role, read_export
from untisopt.policy import Policy

ALL = WeekSet.of([36, 37, 38, 39])


def notes(export: Export) -> str:
    return "\n".join(note.text for note in export.notes)


@pytest.fixture
def small(fixtures: Path) -> Export:
    return read_export(fixtures / "xml-small")


def test_kind_and_files(small: Export) -> None:
    assert (small.kind, small.timetable, dict(small.files)) == ("xml", Role.XML, {})
    assert [file.name for file in small.all_files] == ["untis.xml"]


def test_counts(small: Export) -> None:
    # Rows, one per time and class: lesson 17 has 3 x 2, 18 has 1 + 2, 19 to 22 have one each, 7 has two.
    # Lessons 7, 17 to 22; lesson 23 stands nowhere. Lectures: 3 of 17, 1 each of 18 to 22, 2 of 7. One double.
    counts = small.counts
    assert (counts.rows, counts.lessons, counts.lectures, counts.blocks) == (15, 7, 10, 9)
    assert (counts.teachers, counts.grades, counts.rooms) == (5, 4, 5)


def test_couplings_rooms_and_groups(small: Export) -> None:
    courses = (
        Course(18, "Sp", "Bäu", ("9a",), ALL, ("Sp_m",)),
        Course(18, "Sp", "De W", ("10.3", "9a <b>"), ALL),
    )
    assert small.school.lectures["18@2.1"].courses == courses
    assert small.school.as_is["18@2.1"] == Placement(Period(2, 1), (("TH 1", "TH 2"), ()))
    assert small.school.lectures["7@2.4"].courses == (Course(7, "", "Mittag", ("9a",), ALL),)


def test_weeks(small: Export) -> None:
    # 19 by its own marks, 20 by those of its scheme, 21 by its own days (Wednesday of week 38 is a holiday).
    weeks = {id_: list(small.school.lectures[id_].weeks) for id_ in ("19@1.3", "20@1.3", "21@3.2")}
    assert weeks == {"19@1.3": [36, 38], "20@1.3": [37, 39], "21@3.2": [36, 37, 38, 39]}
    assert [(c.name, list(c.weeks)) for c in small.school.week_classes] == [("A", [36, 38]), ("B", [37, 39])]
    assert small.mondays[36] == date(2025, 9, 1)


def test_master_data(small: Export) -> None:
    assert small.school.teachers["O'N"] == Teacher("O'N", "O'Neill", "Nora")
    assert small.school.teachers["Mittag"] == Teacher("Mittag")
    assert small.school.grades["9a <b>"] == Grade("9a <b>", "Klasse 9a <b>")
    room = small.school.rooms["4.11"]
    assert room == Room("4.11", None, "Physik & Technik", 24, room.group)


def test_grids(small: Export) -> None:
    # Three classes use Haupt with four periods a day, one uses Kurz; 08:50 is 530 minutes after midnight.
    grid = small.school.grid
    assert (grid.days, grid.numbers(2)) == ((1, 2, 3), (1, 2, 3, 4))
    assert grid.slots[Period(2, 2)] == Timeslot(530, 575)
    assert "the XML has 2 time grids; breaks and journeys are judged by" in notes(small)


def test_a_class_does_not_get_periods_that_its_grid_lacks(small: Export) -> None:
    # Kurz has three periods a day.
    assert small.school.blocked == {(Kind.GRADE, "FOS 1"): frozenset({Period(1, 4), Period(2, 4), Period(3, 4)})}
    assert "FOS 1 gets no lecture in periods that its own time grid lacks" in notes(small)


def test_a_break_table_leaves_the_classes_their_grids(fixtures: Path, tmp_path: Path) -> None:
    table = tmp_path / "breaks.txt"
    table.write_text("".join(f"{n} {7 + n:02}:00-{7 + n:02}:45\n" for n in range(1, 7)))

    school = read_export(fixtures / "xml-small/untis.xml", Policy(breaks_file=table)).school

    # Periods 5 and 6 of the table are in no grid of the XML, which says nothing about them.
    assert school.blocked == {(Kind.GRADE, "FOS 1"): frozenset({Period(1, 4), Period(2, 4), Period(3, 4)})}


def test_a_class_outside_its_grid_is_no_defect(fixtures: Path, read_text) -> None:
    text = (fixtures / "xml-small/untis.xml").read_text(encoding="utf-8")
    start = text.index("LS_2200")
    moved = text[start:].replace("<assigned_period>2<", "<assigned_period>4<", 1)

    school = read_text(text[:start] + moved).school

    # It is taught on Tuesday 4 today, so this period cannot be one that it does not have.
    assert school.as_is["22@2.4"].period == Period(2, 4)
    assert school.blocked == {(Kind.GRADE, "FOS 1"): frozenset({Period(1, 4), Period(3, 4)})}


def test_what_is_not_planned_is_said(small: Export) -> None:
    assert "lesson 23 has no place in the timetable yet" in notes(small)
    assert "lesson 22 has fewer places in the timetable than periods" in notes(small)
    assert "student group Sp_m is read" in notes(small)


def test_a_file_without_its_usual_name(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(xml("LS_700 Ma Arn 9a 101@1.1"))

    export = read_export(tmp_path / "plan.txt")

    assert export.kind == "xml"
    assert "plan.txt is read as XML, judged by its content" in notes(export)


def test_one_of_several_in_a_folder(tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text(xml("LS_700 Ma Arn 9a 101@1.1"))
    (tmp_path / "other.xml").write_text("<settings/>")

    with pytest.raises(InputError, match=r"expected one XML export, found a\.xml, b\.xml"):
        read_export(tmp_path)
    (tmp_path / "Untis.xml").write_text(xml("LS_800 Ma Arn 9a 101@1.1"))
    assert set(read_export(tmp_path).school.lectures) == {"8@1.1"}


def test_text_files_beside(tmp_path: Path) -> None:
    (tmp_path / "untis.xml").write_text(xml("LS_700 Ma Arn 9a 101@1.1", "LS_800 Ge Bau 9b 102@1.1"))
    (tmp_path / "GPU001.TXT").write_text('1,"9a","Arn","Ma","101",1,1,,\r\n')
    (tmp_path / "GPU002.TXT").write_text("7" + "," * 23 + "X" + "," * 23 + "\r\n")
    (tmp_path / "GPU005.TXT").write_text('"101","Long","102",,,"1",,20,\r\n')
    (tmp_path / "time.txt").write_text("1\t1\t1\t800\t845\r\n")

    export = read_export(tmp_path)

    assert export.school.rooms["101"] == Room("101", "1", "Long", 20, frozenset())
    assert export.school.pinned == {"7@1.1": "locked in Untis (flag X of GPU002)"}
    assert "untis.xml is read as the timetable, because it knows the weeks; GPU001.TXT is not used" in notes(export)
    assert "time.txt is not used" in notes(export)


def test_lesson_txt_wins(tmp_path: Path, fixtures: Path) -> None:
    (tmp_path / "lesson.txt").write_bytes((fixtures / "excerpt-tabs/lesson.txt").read_bytes())
    (tmp_path / "untis.xml").write_text(xml("LS_700 Ma Arn 9a 101@1.1"))

    assert read_export(tmp_path).kind == "lesson"


@pytest.mark.parametrize(("id_", "number"), [("LS_134500", 1345), ("LS_701", 7), ("LS_000", 0), ("1200", 12)])
def test_lesson_numbers(read_xml, id_: str, number: int) -> None:
    lectures = read_xml(f"{id_} Ma Arn 9a 101@1.1", "LS_9900 Ge Bau 9b 102@1.1").school.lectures

    assert list(lectures) == [f"{number}@1.1", "99@1.1"]


def test_letters_without_dates_are_counted_from_the_begin_of_the_school_year(read_xml) -> None:
    export = read_xml(
        f"LS_700 Ma Arn 9a 101@1.1 {EVERY}",
        '<lesson id="LS_800"><lesson_teacher id="TR_Bau"/><week>B</week><times><time><assigned_day>1</assigned_day>'
        "<assigned_period>1</assigned_period></time></times></lesson>",
    )

    assert list(export.school.lectures["8@1.1"].weeks) == [37, 39]
    assert "the XML gives no dates of the weeks B; they are counted" in notes(export)


def test_letters_without_a_school_year_are_places_in_a_cycle(read_xml) -> None:
    lesson = '<lesson id="LS_{}00"><lesson_teacher id="TR_{}"/>{}<times><time><assigned_day>1</assigned_day>'
    lesson += "<assigned_period>1</assigned_period></time></times></lesson>"
    rows = [lesson.format(7, "Arn", "<week>A</week>"), lesson.format(8, "Bau", "<week>B</week>")]
    export = read_xml(*rows, general="<general><week_periodicity>2</week_periodicity></general>")

    assert [(c.name, list(c.weeks)) for c in export.school.week_classes] == [("A", [1]), ("B", [2])]
    assert export.school.lectures["8@1.1"].weeks == WeekSet.of([2])


def test_dates_without_a_school_year_are_not_used(read_xml) -> None:
    export = read_xml(f"LS_700 Ma Arn 9a 101@1.1 {EVERY}", general="")

    assert [c.name for c in export.school.week_classes] == [""]
    assert "the XML states no school year, so the dates of 1 lesson are not used" in notes(export)
    with pytest.raises(PolicyError, match=r"no choice of a week, because untis.xml knows no calendar weeks"):
        read_xml("LS_700 Ma Arn 9a 101@1.1", general="", policy=Policy(week=36))


def test_one_week(read_xml) -> None:
    export = read_xml(
        f"LS_700 Ma Arn 9a 101@1.1 {A_WEEKS}", f"LS_800 Ge Bau 9a 101@1.1 {B_WEEKS}", policy=Policy(week=37)
    )

    assert export.school.pinned == {"7@1.1": "not held in week 37"}


def test_only_the_term_counts(read_xml) -> None:
    general = (
        "<general><schoolyearbegindate>20250901</schoolyearbegindate><schoolyearenddate>20250928</schoolyearenddate>"
        "<termname>Herbst</termname><termbegindate>20250901</termbegindate><termenddate>20250914</termenddate></general>"
    )
    export = read_xml(f"LS_700 Ma Arn 9a 101@1.1 {EVERY}", general=general)

    assert [list(c.weeks) for c in export.school.week_classes] == [[36, 37]]
    assert "only the weeks of the term Herbst count, 2025-09-01 to 2025-09-14" in notes(export)


def test_labels_that_begin_with_0(read_xml) -> None:
    grid = times().replace("</period>", "</period><label>L</label>")
    for number in range(1, 5):
        grid = grid.replace(f"<period>{number}</period><label>L", f"<period>{number}</period><label>{number - 1}")

    export = read_xml("LS_700 Ma Arn 9a 101@1.1", grid=grid)

    assert list(export.school.lectures) == ["7@1.0"]
    assert export.school.grid.numbers(1) == (0, 1, 2, 3)


def test_lessons_whose_days_contradict_each_other_stay(read_xml) -> None:
    # Monday and Tuesday in weeks 36 and 38, Monday only in 37 and 39.
    export = read_xml(
        "LS_700 Ma Arn 9a 101@1.1,101@2.1 " + ("1100000" + "1000000") * 2, f"LS_800 Ge Bau 9b 102@1.1 {EVERY}"
    )

    assert {id_: list(lecture.weeks) for id_, lecture in export.school.lectures.items()} == {
        "7@1.1": [36, 37, 38, 39],
        "7@2.1": [36, 38],
        "8@1.1": [36, 37, 38, 39],
    }
    assert set(export.school.pinned) == {"7@1.1", "7@2.1"}
    assert "lesson 7 stays where it is, because its dates differ" in notes(export)


def test_a_section_that_is_an_excerpt(read_xml) -> None:
    # One of two classes in use is missing: half of them, so the section is an excerpt.
    export = read_xml("LS_700 Ma Arn 9a 101@1.1", "LS_800 Ge Bau FOS 102@1.1")

    assert export.school.grades["FOS"] == Grade("FOS")
    assert "classes holds only 1 of 2 ids in use; it lacks CL_FOS" in notes(export)


def _known_rooms() -> list[str]:
    """Ten lessons in known rooms, so that one unknown room is a slip and no excerpt."""
    rooms = [f'<room id="RM_{i}"/>' for i in range(200, 210)]
    lessons = [f"LS_{i}00 Ge Bau 9b {190 + i}@{i // 4}.{i % 4 + 1}" for i in range(10, 20)]
    return [*lessons, "".join(rooms)]


def test_an_unknown_id_is_told_once(read_xml) -> None:
    *lessons, rooms = _known_rooms()

    # Lines: document, general, timeperiods with 20 periods and its end (3 to 24), rooms, subjects, teachers and classes
    # with two lines each (25 to 32), the further rooms and the begin of the lessons (33), the first lesson.
    with pytest.raises(InputError, match=r"line 34: expected an id that stands in rooms, found 'RM_2001'") as error:
        read_xml("LS_700 Ma Arn 9a 2001@1.1", "LS_800 Ma Arn 9a 2001@1.2", *lessons, more=f"<rooms>{rooms}</rooms>")

    assert len(error.value.defects) == 1
    assert error.value.defects[0].advice == "you mean RM_201"


LESSON = "LS_700 Ma Arn 9a 101@1.1"
TIME = "<timeperiod><day>1</day><period>1</period><starttime>0800</starttime><endtime>0845</endtime></timeperiod>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (xml(LESSON, grid=""), "untis.xml: expected periods in timeperiods, found not a single one"),
        (xml(), "untis.xml: expected lessons, found not a single one"),
        (xml("LS_700 Ma Arn 9a 101@1.5"), r"expected a period of the time grid, 1 to 4 on weekday 1, found '5'"),
        (xml("LS_700 Ma Arn 9a 101@6.1"), r"expected a weekday of the time grid \(1, 2, 3, 4, 5\), found '6'"),
        (xml("LS_700 Ma Arn 9a 101@x.1"), "expected a weekday and a period as numbers, found 'x' '1'"),
        (xml("LS_7 Ma Arn 9a 101@1.1"), "expected an id made of LS_, the lesson number and two digits"),
        (xml("LS_A00 Ma Arn 9a 101@1.1"), "found 'LS_A00'"),
        (xml(LESSON, grid=TIME + "\n" + TIME), "line 5: .*found period 1 of weekday 1 a second time, first in line 4"),
        (xml(LESSON, grid=TIME.replace("0845", "0800")), "expected an end after the begin 08:00, found 08:00"),
        (xml(LESSON, grid=TIME.replace("0845", "8.45")), "expected a time such as 830 or 0830, found endtime '8.45'"),
        (xml(LESSON, grid=TIME.replace("<day>1", "<day>8")), "expected a weekday from 1 to 7, found day '8'"),
        (
            xml(LESSON, grid=TIME + TIME.replace("<period>1", "<period>2").replace("0845", "0930")),
            "expected a begin not before 08:45, the end of period 1, found 08:00",
        ),
        (xml(LESSON + " 11x11"), "expected the characters 0, 1 and F, one per day of the school year, found 'x'"),
        (xml(LESSON + " " + "1" * 29), "expected at most 28 characters, one per day of the school year, found 29"),
        (
            xml(LESSON).replace("20250928", "20250931"),
            "expected a date as YYYYMMDD, found schoolyearenddate '20250931'",
        ),
        (xml(LESSON).replace("20250928", "20270928"), "expected a school year of at least a week"),
        (
            xml(LESSON, more="<rooms><room/></rooms>"),
            "expected an id such as RM_..., found the element room without an id",
        ),
    ],
)
def test_defects(read_text, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_text(text)


def test_fewer_marks_than_days(read_xml) -> None:
    export = read_xml(LESSON + " 11111FF11111FF")

    assert list(export.school.lectures["7@1.1"].weeks) == [36, 37]
    assert "14 characters for 28 days" in notes(export)


def test_twice_defined(read_xml) -> None:
    export = read_xml(LESSON, more='<rooms><room id="RM_101"><capacity>9</capacity></room></rooms>')

    assert "'RM_101' is defined twice; line " in notes(export)
    assert export.school.rooms["101"].capacity is None


def test_a_break_table_takes_the_place_of_the_times(tmp_path: Path) -> None:
    (tmp_path / "breaks.txt").write_text("1 09:00-09:45\n2 09:50-10:35\n")
    path = tmp_path / "untis.xml"
    path.write_text(xml(LESSON))
    policy = Policy(breaks_file=tmp_path / "breaks.txt")

    export = read_export(path, policy)

    assert export.school.grid.slots == {Period(1, 1): Timeslot(540, 585), Period(1, 2): Timeslot(590, 635)}
    assert "the times of untis.xml are not used, because a break table was given" in notes(export)
    path.write_text(xml("LS_700 Ma Arn 9a 101@1.3"))
    with pytest.raises(InputError, match="expected a period of the break table, found '3'"):
        read_export(path, policy)
