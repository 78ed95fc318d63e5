"""Writing a plan back into the XML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.io.untis.xml.conftest import EVERY, times
from untisopt.domain.calendar import Period
from untisopt.domain.timetable import Placement, Timetable
from untisopt.io.untis import Export, anonymise, as_gpu001, read_export, revised
from untisopt.io.untis.rows.match import match
from untisopt.policy import Policy


def moved(export: Export, places: dict[str, tuple[int, int]]) -> Timetable:
    plan = export.school.as_is
    return plan.replace({id_: plan[id_].at(Period(*place)) for id_, place in places.items()})


def written(export: Export, timetable: Timetable) -> str:
    return revised(export, timetable)["untis.xml"].decode()


def changed(export: Export, timetable: Timetable) -> list[tuple[str, str]]:
    """The lines that differ, before and after."""
    before, after = export.timetable_file.data.decode().splitlines(), written(export, timetable).splitlines()
    return [(one.strip(), other.strip()) for one, other in zip(before, after, strict=True) if one != other]


@pytest.fixture
def small(fixtures: Path) -> Export:
    return read_export(fixtures / "xml-small")


def test_an_unchanged_plan_is_the_file(small: Export, fixtures: Path) -> None:
    assert revised(small, small.school.as_is) == {"untis.xml": (fixtures / "xml-small/untis.xml").read_bytes()}


def test_day_period_times_and_nothing_else(small: Export) -> None:
    (pair,) = changed(small, moved(small, {"17@3.1": (2, 3)}))

    before = "<assigned_day>3</assigned_day><assigned_period>1</assigned_period><assigned_starttime>0800"
    after = "<assigned_day>2</assigned_day><assigned_period>3</assigned_period><assigned_starttime>0955"
    assert (before in pair[0], after in pair[1]) == (True, True)
    assert pair[1].endswith('<assigned_endtime>1040</assigned_endtime><assigned_room id="RM_4.11"/></time>')


def test_the_times_are_those_of_the_grid_of_the_lesson(small: Export) -> None:
    # Period 1 of the grid Kurz ends at 08:30.
    (pair,) = changed(small, moved(small, {"22@2.2": (2, 1)}))

    assert "<assigned_starttime>0800</assigned_starttime><assigned_endtime>0830</assigned_endtime>" in pair[1]


def test_marks_of_own_days_move_along(small: Export) -> None:
    marks, place = changed(small, moved(small, {"21@3.2": (1, 2)}))

    # Wednesday of week 38 stays a holiday; the plan holds the lesson in that week, so Monday gets a mark.
    assert marks == (
        "<occurence>0010000001000000F00000010000</occurence>",
        "<occurence>1000000100000010F00001000000</occurence>",
    )
    assert "<assigned_day>1</assigned_day>" in place[1]


def test_all_lines_of_a_coupling_move(small: Export) -> None:
    pairs = changed(small, moved(small, {"18@2.1": (2, 3)}))

    assert len(pairs) == 2
    assert all("<assigned_period>3</assigned_period>" in after for _before, after in pairs)


def test_rooms(small: Export) -> None:
    plan = small.school.as_is
    timetable = plan.replace({"18@2.1": Placement(Period(2, 1), (("TH 1", "4.11"), ()))})

    (pair,) = changed(small, timetable)

    assert pair[1] == pair[0].replace('"RM_TH 2"', '"RM_4.11"')


def test_what_was_written_is_found_again(small: Export, tmp_path: Path) -> None:
    timetable = moved(small, {"17@3.1": (2, 3), "21@3.2": (1, 2), "19@1.3": (3, 3), "18@2.1": (1, 4)})
    (tmp_path / "untis.xml").write_bytes(revised(small, timetable)["untis.xml"])

    again = read_export(tmp_path)

    assert match(small, again).timetable == timetable
    assert not match(small, again).mismatch
    assert small.timetable_file.fixed_fields() == again.timetable_file.fixed_fields()


def test_another_room_count_is_refused(small: Export) -> None:
    plan = small.school.as_is

    with pytest.raises(ValueError, match="argument 2 is shorter"):
        revised(small, plan.replace({"17@3.1": Placement(Period(3, 1), ((),))}))
    with pytest.raises(ValueError, match="must hold the lectures"):
        revised(small, Timetable({}))


def test_blanks_colons_and_missing_elements_stay(read_text, read_xml) -> None:
    export = read_xml(
        '<lesson id="LS_700"><lesson_teacher id="TR_Arn"/><times><time><assigned_day> 1 </assigned_day>'
        "<assigned_period><!-- a -->1</assigned_period><assigned_endtime/>"
        "<assigned_room id='RM_101 RM_102'></assigned_room></time></times></lesson>",
        grid=times(),
    )

    after = written(export, export.school.as_is.replace({"7@1.1": Placement(Period(2, 3), (("101", "103"),))}))

    assert "<assigned_day> 2 </assigned_day><assigned_period>3</assigned_period><assigned_endtime/>" in after
    assert "<assigned_room id='RM_101 RM_103'></assigned_room>" in after


def test_periods_are_counted_from_1_below_labels_from_0(read_xml) -> None:
    grid = re.sub(r"<period>(\d)</period>", lambda m: f"{m[0]}<label>{int(m[1]) - 1}</label>", times())
    export = read_xml(f"LS_700 Ma Arn 9a 101@1.1 {EVERY}", grid=grid)

    after = written(export, moved(export, {"7@1.0": (1, 3)}))

    assert "<assigned_period>4</assigned_period><assigned_starttime>1015</assigned_starttime>" in after


def test_weekends_do_not_count_beside_a_break_table(read_xml, tmp_path: Path) -> None:
    # A break table holds on all seven days, but the school has five: its marks 1111100 do not depend on the day.
    (tmp_path / "breaks.txt").write_text("1 08:00-08:45\n2 08:45-09:30\n")
    export = read_xml("LS_700 Ma Arn 9a 101@1.1 " + "1111100" * 4, policy=Policy(breaks_file=tmp_path / "breaks.txt"))

    assert "1111100" * 4 in written(export, moved(export, {"7@1.1": (4, 2)}))


def test_gpu001(small: Export) -> None:
    lines = as_gpu001(small, moved(small, {"18@2.1": (2, 3)})).decode("utf-8").splitlines()

    # By number, coupling line, class: as Untis writes it. Lessons of A and B weeks stand beside each other.
    assert [line for line in lines if line.startswith("18,")] == [
        '18,"9a","Bäu","Sp","TH 1",2,3,,',
        '18,"9a","Bäu","Sp","TH 2",2,3,,',
        '18,"10.3","De W","Sp",,2,3,,',
        '18,"9a <b>","De W","Sp",,2,3,,',
    ]
    assert {'19,"10.3","O\'N","Mu","102",1,3,,', '20,"10.3","O\'N","Ku","102",1,3,,'} <= set(lines)


def test_pseudonyms(small: Export, tmp_path: Path) -> None:
    (data,) = anonymise(small).values()
    text = data.decode()

    for name in ("Arnold", "Bäu", "De W", "O'N", "Erfundene", "9a &lt;b&gt;", "Physik", "Halbjahr", "made up"):
        assert name not in text
    (tmp_path / "untis.xml").write_bytes(data)
    again = read_export(tmp_path).school
    assert list(again.lectures) == list(small.school.lectures)
    assert again.week_classes == small.school.week_classes
    assert again.grid == small.school.grid
    # The dummy teacher is called like a subject, so the subject gets a pseudonym as well; others keep their name.
    assert again.lectures["17@1.1"].subjects == ("Ma",)
    assert again.lectures["7@1.4"].subjects == ("Sub01",)
    assert again.lectures["17@1.1"].teachers == ("T01",)
    assert again.lectures["18@2.1"].courses[0].groups == ("G001",)
