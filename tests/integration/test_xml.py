"""XML exports from end to end: byte for byte, repaired, and compared with the other formats of the same plan."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from random import Random

import pytest

from untisopt.demo import build, files
from untisopt.domain.timetable import Timetable
from untisopt.engines.session import SolveOptions
from untisopt.io.untis import Export, as_gpu001, read_export, revised
from untisopt.io.untis.rows.match import match
from untisopt.io.untis.xml.document import XmlDocument, looks_like_untis
from untisopt.service.diff import diff
from untisopt.service.optimise.run import optimise
from untisopt.service.reading.plan import read
from untisopt.service.verify.plans import verify

REPOSITORY = Path(__file__).parents[2]
FORMATS = ("lesson.txt", "gpu/GPU001.TXT", "xml/untis.xml")


def _shared() -> Path:
    """The folder with data of others: UNTISOPT_SHARED_DATA, else the usual place beside the repository."""
    named = os.environ.get("UNTISOPT_SHARED_DATA")
    return Path(named) if named else REPOSITORY.parent / "shared" / "data"


def _exports(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*.xml") if looks_like_untis(path))


EXPORTS = list(_exports(REPOSITORY / "fixtures", _shared()))


def test_there_is_a_fixture() -> None:
    assert any(path.is_relative_to(REPOSITORY) for path in EXPORTS)


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_byte_is_given_back(path: Path) -> None:
    document = XmlDocument.parse(path.name, path.read_bytes())

    assert document.edited([]) == path.read_bytes()
    same = [document.with_text(e, e.text) for e in document.root.walk() if not e.children and "&" not in e.text]
    # Where the text is escaped in another way than ours, the bytes differ, but not what they say.
    again = XmlDocument.parse(path.name, document.edited([edit for edit in same if edit is not None]))
    assert [e.text for e in again.root.walk()] == [e.text for e in document.root.walk()]


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_unchanged_plan_is_written_as_it_was_read(path: Path) -> None:
    export = read_export(path)

    assert revised(export, export.school.as_is) == {path.name: path.read_bytes()}


@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_moves_are_found_again(path: Path, tmp_path: Path) -> None:
    """Every block that may move goes to some other place of the grid, three times over."""
    export = read_export(path)
    for seed in range(3):
        timetable = _shuffled(export, Random(seed))
        written = tmp_path / f"{seed}.xml"
        written.write_bytes(revised(export, timetable)[path.name])

        again = read_export(written)

        assert [c.weeks for c in again.school.week_classes] == [c.weeks for c in export.school.week_classes]
        found = match(export, again)
        assert not found.mismatch
        assert sorted(_places(found.timetable)) == sorted(_places(timetable))


def _shuffled(export: Export, rng: Random) -> Timetable:
    """A plan in which every lecture keeps a period of its own within its lesson."""
    school, taken = export.school, set()
    placements = {}
    for id_, lecture in school.lectures.items():
        place = school.as_is[id_]
        if id_ in school.pinned:
            taken.add((lecture.lesson, place.period))
            continue
        free = [period for period in school.grid.periods if (lecture.lesson, period) not in taken]
        placements[id_] = place.at(rng.choice(free))
        taken.add((lecture.lesson, placements[id_].period))
    return school.as_is.replace(placements)


def _places(timetable: Timetable) -> list[tuple[str, int, int]]:
    """Lesson and period: lectures of one lesson may be alike, so only their periods as a set are certain."""
    return [(id_.partition("@")[0], *place.period) for id_, place in timetable.items()]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small made-up school in all three formats."""
    folder = tmp_path_factory.mktemp("school")
    for name, data in files(build("small", 1)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.mark.parametrize(("one", "other"), list(permutations(FORMATS, 2)))
def test_the_formats_of_one_plan_do_not_differ(school: Path, one: str, other: str) -> None:
    found = diff(school / one, school / other)

    assert (found.moves, found.lost, found.added) == ((), (), ())
    assert verify(school / one, school / other).ok


def test_what_is_not_compared_is_said(school: Path) -> None:
    # The XML has no duties (lesson number 0); the lesson groups of GPU002 are no calendar weeks.
    notes = diff(school / FORMATS[1], school / FORMATS[2]).after.notes

    assert [note for note in notes if "not compared" in note] == [
        "the weeks of the lectures are not compared, because the two exports do not state the same weeks",
        "what has no lesson number is not compared, because only one of the two formats exports it",
    ]
    assert not any("not compared" in note for note in diff(school / FORMATS[0], school / FORMATS[0]).after.notes)


@pytest.mark.parametrize("path", ["lesson.txt", "xml/untis.xml"])
def test_the_gpu001_that_is_written_does_not_differ(school: Path, tmp_path: Path, path: str) -> None:
    export = read_export(school / path)
    (tmp_path / "GPU001.TXT").write_bytes(as_gpu001(export, export.school.as_is))

    for pair in ((school / path, tmp_path / "GPU001.TXT"), (tmp_path / "GPU001.TXT", school / path)):
        found = diff(*pair)
        assert (found.moves, found.lost, found.added) == ((), (), ())


def test_the_xml_beside_a_break_table_keeps_its_own_times(school: Path, tmp_path: Path) -> None:
    (tmp_path / "untis.xml").write_bytes((school / "xml/untis.xml").read_bytes())
    (tmp_path / "breaks.txt").write_text("1 07:00-07:45\n")

    for path in (tmp_path, tmp_path / "untis.xml"):
        assert read(path).school.grid == read_export(school / "xml").school.grid


@pytest.mark.slow
def test_repair(school: Path, tmp_path: Path) -> None:
    options = SolveOptions(time_limit=2, workers=1, seed=1, deterministic=True)

    result = optimise(school / "xml/untis.xml", options=options)

    result.write(tmp_path / "out")
    assert {"untis.xml", "GPU001.TXT"} <= {path.name for path in (tmp_path / "out").iterdir()}
    assert result.before.amount("teacher-site-changes") > result.after.amount("teacher-site-changes")
    before = school / "xml/untis.xml"
    for name in ("untis.xml", "GPU001.TXT"):
        after = diff(before, tmp_path / "out" / name)
        assert {move.lecture: move.after for move in after.moves} == {m.lecture: m.after for m in result.moves}
        assert verify(before, tmp_path / "out" / name).ok
    # Nothing but the elements of places differs.
    pairs = zip(before.read_text().splitlines(), result.files["untis.xml"].decode().splitlines(), strict=True)
    changed = {line.strip().partition(">")[0] for one, line in pairs if one != line}
    assert changed <= {"<assigned_day", "<assigned_period", "<assigned_starttime", "<assigned_endtime"}
    assert {"<assigned_day", "<assigned_starttime"} <= changed


def test_an_altered_export_is_not_sound(school: Path, tmp_path: Path) -> None:
    text = (school / "xml/untis.xml").read_text(encoding="utf-8")
    start = text.index("<lesson_teacher")
    old = text[start : text.index("/>", start)]
    other = next(f'<lesson_teacher id="TR_{name}"' for name in ("Kra", "Reg") if name not in old)
    (tmp_path / "untis.xml").write_text(text.replace(old, other, 1), encoding="utf-8")

    result = verify(school / "xml/untis.xml", tmp_path / "untis.xml")

    # The lesson of the first element has its row once less and the new one once more, per time of the lesson.
    assert not result.ok
    assert {text.partition(":")[0] for text in result.altered} == {"missing 4 times", "4 times too many"}
