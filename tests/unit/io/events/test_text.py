"""Events as people write them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import at, school
from untisopt.domain.calendar import Period
from untisopt.domain.events import (
    Added,
    Away,
    BreakChanged,
    Coupled,
    GradeMoved,
    GroupGrown,
    Happening,
    HoursLimited,
    KeptFrom,
    Lengthened,
    PeriodsDropped,
    PutAt,
    Removed,
    Replaced,
    Shortened,
    TravelChanged,
)
from untisopt.domain.resources import Kind
from untisopt.domain.school import School
from untisopt.errors import Defect, InputError
from untisopt.i18n import use_language
from untisopt.io.events.file import events_toml, read_events
from untisopt.io.events.text import _GERMAN, VERBS, parse_event, parse_events

OF = school(
    """
177 Arnd 10.1,10.2 H12 Fri5-6
178 Beck 10.1,10.2 4.11 Mon1-2
179 Äß 7 F1 Tue1
180 Arnd 7 F1 Tue2
180 Arnd 7 F1 Wed2
"""
)
DAYS = {1: "Mon", 2: "Tue", 3: "Wed", 4: "Thu", 5: "Fri"}


def day(*numbers: int) -> frozenset[Period]:
    return frozenset(period for period in OF.grid.periods if period.day in numbers)


def places(*names: str) -> frozenset[Period]:
    return frozenset(map(at, names))


def arnd(periods: frozenset[Period], **more: date) -> Away:
    return Away(kind=Kind.TEACHER, name="Arnd", periods=periods, **more)


@pytest.mark.parametrize(
    ("texts", "happening"),
    [
        (
            (
                "away Arnd Mon",
                "fehlt Arnd Mo",
                "krank Arnd Mo",
                "sick Arnd Mon",
                "AWAY arnd Montag",
                "absent teacher Arnd Mo.",
            ),
            arnd(day(1)),
        ),
        (("krank Arnd Mo", "sick Arnd Mon", "ill Arnd Mon"), arnd(day(1))),
        (("away Arnd Mon 3-4", "fehlt Arnd Mo 3,4", "fehlt Arnd Mo 3 Mo 4"), arnd(places("Mon3", "Mon4"))),
        (("away Arnd Mon-Wed", "fehlt Arnd Mo-Mi", "away Arnd Mon,Tue,Wed", "away Arnd Mo–Mi"), arnd(day(1, 2, 3))),
        (("away Arnd Mon 3, Tue 4", "fehlt Arnd Mo 3, Di 4"), arnd(places("Mon3", "Tue4"))),
        (("away Arnd", "abwesend Arnd"), arnd(frozenset(OF.grid.periods))),
        (("away Arnd 1", "fehlt Arnd 1"), arnd(places(*(f"{name}1" for name in DAYS.values())))),
        (("away Arnd Mon from 2026-01-11", "fehlt Arnd Mo ab 11.1.2026"), arnd(day(1), since=date(2026, 1, 11))),
        (("away 10.1 Fri", "fehlt Klasse 10.1 Fr"), Away(kind=Kind.GRADE, name="10.1", periods=day(5))),
        (("away Äß Fri", 'away "äß" Fri'), Away(kind=Kind.TEACHER, name="Äß", periods=day(5))),
        (("replace Arnd by Beck", "ersetze Arnd durch Beck"), Replaced(old="Arnd", new="Beck")),
        (("replace Arnd by new Neu", "ersetzt Arnd durch neu Neu"), Replaced(old="Arnd", new="Neu")),
        (
            ("replace Arnd by Beck any day", "ersetze Arnd durch Beck jeden Tag"),
            Replaced(old="Arnd", new="Beck", any_day=True),
        ),
        (("hours Arnd 18", "deputat Arnd höchstens 18"), HoursLimited(teacher="Arnd", most=18)),
        (("closed H12 Mon", "gesperrt Raum H12 Mo"), Away(kind=Kind.ROOM, name="H12", periods=day(1))),
        (("closed 4.11 Mon 3", "gesperrt 4.11 Mo 3"), Away(kind=Kind.ROOM, name="4.11", periods=places("Mon3"))),
        (("not 177@5.5 Mon 3", "nicht 177@Fr.5 Mo 3"), KeptFrom(lectures=("177@5.5",), periods=places("Mon3"))),
        (("not 180 Fri", "nicht 180 Fr"), KeptFrom(lectures=("180@2.2", "180@3.2"), periods=day(5))),
        (("at 177@5.5 Mon 3", "bei 177 Mo 3"), PutAt(lecture="177@5.5", period=at("Mon3"))),
        (
            ("add Ma Arnd 10.1 3x1 1x2", "neu Ma Arnd 10.1 3 1x2"),
            Added(subject="Ma", teacher="Arnd", grades=("10.1",), lengths=(1, 1, 1, 2)),
        ),
        (
            ("add Ma Arnd 10.1,10.2 1 in H12+4.11", "neu Ma Arnd 10.1,10.2 1 in H12 und 4.11"),
            Added(subject="Ma", teacher="Arnd", grades=("10.1", "10.2"), lengths=(1,), rooms=("H12", "4.11")),
        ),
        (
            ("add Ma - 7 1 like F1", "neu Ma niemand 7 1 wie F1"),
            Added(subject="Ma", teacher=None, grades=("7",), lengths=(1,), rooms=("F1",), any_like=True),
        ),
        (("remove 177", "streiche 177"), Removed(lesson=177)),
        (("remove 177@5.6", "entfällt 177@Fr.6"), Removed(lesson=177, lectures=("177@5.6",))),
        (("lengthen 177 by 1", "verlängere 177 um 1"), Lengthened(lesson=177, lengths=(1,))),
        (("lengthen 177 by 1x2",), Lengthened(lesson=177, lengths=(2,))),
        (("shorten 180 by 1", "kürze 180 um 1"), Shortened(lesson=180, periods=1)),
        (("couple 177 178", "kopple 177 mit 178", "couple 177 and 178"), Coupled(one=177, other=178)),
        (("site 7 H", "standort 7 nach H"), GradeMoved(grade="7", site="H")),
        (
            ("drop period 10", "frei Stunde 10", "drop 10"),
            PeriodsDropped(periods=frozenset(Period(number, 10) for number in DAYS)),
        ),
        (("drop 10 Fri", "ausfall Fr 10"), PeriodsDropped(periods=places("Fri10"))),
        (("travel H F 35", "fahrzeit H nach F 35"), TravelChanged(origin="H", target="F", minutes=35)),
        (("travel H > F 35",), TravelChanged(origin="H", target="F", minutes=35, both_ways=False)),
        (("break 2 5", "pause nach 2 5 min"), BreakChanged(after=2, minutes=5)),
        (("break 2 5 Fri", "pause 2 5 Fr"), BreakChanged(after=2, minutes=5, days=frozenset({5}))),
    ],
)
def test_both_languages(texts: tuple[str, ...], happening: Happening):
    assert [parse_event(text, OF) for text in texts] == [happening] * len(texts)


def test_group_that_grows():
    from tests.unit.domain.test_happenings import sized

    of = sized(OF, H12=20)
    for text in ("students 177 34", "schüler 177 34"):
        assert parse_event(text, of) == GroupGrown(lesson=177, students=34)
    assert parse_event("students 177 34 Arnd", of) == GroupGrown(lesson=177, students=34, teacher="Arnd")


@pytest.mark.parametrize(
    ("text", "expected", "found", "advice"),
    [
        ("", "an event", "the end of the text (character 1)", ""),
        ("awy Arnd Mon", "an event", "'awy' (character 1)", "you mean away"),
        ("away Arnt Mon", "a teacher or a grade", "'Arnt' (character 6)", "you mean Arnd"),
        ("away  Arnd Mno", "a weekday", "'Mno' (character 12)", ""),
        ("away Arnd Montga", "a weekday", "'Montga' (character 11)", "you mean Montag"),
        ("away Arnd Mon 12", "a period from 1 to 10", "period 12 (character 15)", ""),
        ("away Arnd Mon 4-3", "ascending order", "'4-3' (character 15)", ""),
        ("away Arnd Sat", "a weekday on which the school teaches", "'Sat' (character 11)", "Mon, Tue, Wed, Thu, Fri"),
        ("away Arnd Mon,Sat", "a weekday on which the school teaches", "'Mon,Sat' (character 11)", "Mon, Tue"),
        ("kraenk Arnd Mon", "an event", "'kraenk' (character 1)", "you mean krank"),
        ("vergiss Arnd Mon", "an event", "'vergiss' (character 1)", "you mean one of these: away, replace, hours"),
        ("away Arnd Mon from 2026-13-11", "a day of the calendar", "there is no 11.13. in 2026 (character 20)", ""),
        ("away Arnd Mon from 31.2.2026", "a day of the calendar", "'31.2.2026': there is no 31.2. in 2026", ""),
        ("away Arnd Mon from tomorrow", "a date such as", "'tomorrow' (character 20)", ""),
        ("away Arnd Mon from 2026-01-11 x", "the end of the event", "'x' (character 31)", ""),
        ("replace Arnd Beck", "the word 'by'", "'Beck' (character 14)", ""),
        ("replace Arnd by Arnd", "another teacher", "'Arnd' (character 17)", ""),
        ("hours Arnd viel", "a whole number", "'viel' (character 12)", ""),
        ("closed H13", "a room", "'H13' (character 8)", "you mean H12"),
        ("not 177@5.5", "when it must not be", "'177@5.5'", ""),
        ("not 177@5.4 Mon", "a lecture of the plan", "'177@5.4'", "177@5.5, 177@5.6"),
        ("at 180 Mon 3", "one of the lectures of the lesson", "180 Mon 3", "180@Tue.2, 180@Wed.2"),
        ("at 177 Mon", "one period", "'Mon' (character 8)", ""),
        ("add Ma Arnd 10.3 1", "a grade", "'10.3' (character 13)", "you mean 10.2"),
        ("add Ma Arnd 10.1", "blocks such as", "the end of the text (character 17)", ""),
        ("add Ma Arnd 10.1 0x2", "blocks such as", "'0x2' (character 18)", ""),
        # As typed; the lectures are told with their days written in the same way.
        ("remove 177@Mo.5", "a lecture of the plan", "'177@Mo.5' (character 8)", "177@Fri.5, 177@Fri.6"),
        ("remove 999@1.1", "a lecture of the plan", "'999@1.1' (character 8)", "180, 179, 178"),
        (
            "at 999 Mon 3",
            "the number of a lesson",
            "'999' (character 4)",
            "180, 179, 178 (the lessons have",
        ),
        ("replace Arnd by Beck any week", "the word 'day'", "'week' (character 26)", ""),
        ("couple 177 177", "another lesson", "'177'", ""),
        ("couple 177 179", "two lessons with the same blocks", "177 with blocks of 2, 179 with blocks of 1", ""),
        ("site 7 Filiale", "a site", "'Filiale' (character 8)", ""),
        ("drop", "periods", "the end of the text (character 5)", ""),
        ("travel H H 30", "another site", "'H' (character 10)", ""),
        ("break 2", "the minutes of the break", "the end of the text (character 8)", ""),
        ("students 177 34", "rooms whose size is known", "room H12 without a capacity", "GPU005"),
    ],
)
def test_what_cannot_be_meant(text: str, expected: str, found: str, advice: str):
    with pytest.raises(InputError) as bad:
        parse_event(text, OF)
    (defect,) = bad.value.defects
    assert expected in defect.expected
    assert found in defect.found
    assert advice in defect.advice


@pytest.fixture
def german() -> Iterator[None]:
    use_language("de")
    yield
    use_language("en")


@pytest.mark.usefixtures("german")
def test_german_verbs_are_told_in_german():
    with pytest.raises(InputError) as bad:
        parse_event("vergiss Arnd Mo", OF)
    assert "fehlt, ersetze, deputat, gesperrt, nicht, lege, neu, streiche" in bad.value.defects[0].advice


def test_the_german_verbs_that_are_told_are_understood():
    assert _GERMAN.keys() == VERBS.keys()
    assert all(word in VERBS[verb] for verb, word in _GERMAN.items())


def test_all_defects_at_once():
    with pytest.raises(InputError, match="2 defects") as bad:
        parse_events(["away Nobody Mon", "away Arnd Mon", "closed X"], OF)
    assert [defect.file for defect in bad.value.defects] == ["event 'away Nobody Mon'", "event 'closed X'"]


def test_names_with_blanks_and_odd_characters():
    of = school("1 Arnd 7 H1 Mon1")
    for name in ("van der Berg", "=1+1", "<b>Ö</b>", "O'Neill"):
        named = renamed(of, name)
        quoted = f'"{name}"'
        for written in (quoted, name) if " " not in name or "'" not in name else (quoted,):
            found = parse_event(f"away {written} Mon", named)
            assert isinstance(found, Away)
            assert found.name == name


def renamed(of: School, teacher: str) -> School:
    return Replaced(old="Arnd", new=teacher).happen(of).school


def test_no_two_verbs_share_a_word():
    words = [word for several in VERBS.values() for word in several]
    assert len(words) == len(set(words))


# -- files --

FILE = """
[[event]]
text = "away Arnd Mon 3-4"

[[event]]
fehlt = 1
"""
WHOLE = """
[[event]]
away = "Arnd"
when = "Mon 3-4"
from = 2026-01-11

[[event]]
replace = "Arnd"
by = "Beck"
any_day = true

[[event]]
add = "Ma"
teacher = "Beck"
grades = ["10.1", "10.2"]
lengths = "2x1"
in = "H12"

[[event]]
couple = 177
with = 178

[[event]]
travel = "H"
to = "F"
minutes = 35
"""


def test_tables_say_the_same_as_words(tmp_path):
    path = tmp_path / "events.toml"
    path.write_text(WHOLE, encoding="utf-8")
    found = read_events(OF, ["remove 180"], path)
    texts = [
        "away Arnd Mon 3-4 from 2026-01-11",
        "replace Arnd by Beck any day",
        "add Ma Beck 10.1,10.2 2x1 in H12",
        "couple 177 with 178",
        "travel H to F 35",
        "remove 180",
    ]
    assert [source.text for source in found] == texts
    assert [source.happening for source in found] == list(parse_events(texts, OF))


def test_a_file_written_by_us_is_read_again(tmp_path):
    path = tmp_path / "events.toml"
    texts = ['away "Arnd" Mon', "closed 4.11"]
    path.write_text(events_toml(texts), encoding="utf-8")
    assert [source.text for source in read_events(OF, [], path)] == texts


def test_defects_of_a_file_have_their_line(tmp_path):
    path = tmp_path / "events.toml"
    path.write_text(FILE + '\n[[event]]\naway = "Arnt"\n\n[[event]]\naway = "Arnd"\nwen = "Mon"\n', encoding="utf-8")
    with pytest.raises(InputError) as bad:
        read_events(OF, ["closed X"], path)
    found = {(defect.line, defect.found) for defect in bad.value.defects}
    # Line 5 holds the table whose verb is German (tables have English keys), 9 the misspelt name, 13 the misspelt key.
    assert found == {
        (5, "none of them"),
        (9, "'Arnt'"),
        (13, "'wen'"),
        (None, "'X' (character 8)"),
    }


def defect_in(path: Path, text: str) -> Defect:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as bad:
        read_events(OF, [], path)
    (defect,) = bad.value.defects
    return defect


def test_a_file_without_events(tmp_path):
    path = tmp_path / "none.toml"
    for text in ("", "# later\n", "event = []\n"):
        defect = defect_in(path, text)
        assert (defect.expected, defect.found) == ("tables [[event]]", "none: none.toml holds no [[event]]")


@pytest.mark.parametrize(
    ("text", "line", "expected", "found", "advice"),
    [
        ('[[event]]\nwhen = "Mon"\naway = 5\n', 3, "a text in quotes", "5", 'you mean "5"'),
        ("[[event]]\nsite = 10.1\n", 2, "a text in quotes", "10.1", 'you mean "10.1"'),
        ("[[event]]\nadd = true\n", 2, "a text in quotes", "true", ""),
        ("[[event]]\ntext = 5\n", 2, "a text in quotes", "5", 'you mean "5"'),
        ('[[event]]\naway = "Arnd"\nfrom = 5\n', 3, "a date such as", "5", ""),
        ('[[event]]\nhours = "Arnd"\nmost = "viele"\n', 3, "a whole number", "'viele'", ""),
        ('[[event]]\nreplace = "Arnd"\nby = "Beck"\nany_day = 1\n', 4, "true or false", "1", ""),
        # Words that nobody has seen in one line have no characters, but lines.
        ('[[event]]\naway = "Arnd"\nwhen = "Mon 33"\n', 3, "a period from 1 to 10", "period 33", ""),
        ("[[event]]\ncouple = 177\nwith = 999\n", 3, "the number of a lesson", "'999'", "180, 179, 178"),
        ("[[event]]\ncouple = 177\nwith = 179\n", 2, "two lessons with the same blocks", "177 with blocks of 2", ""),
        ('[[event]]\n\ntext = "away Arnt"\n', 3, "a teacher or a grade", "'Arnt' (character 6)", "you mean Arnd"),
    ],
)
def test_values_that_cannot_be_meant(tmp_path, text: str, line: int, expected: str, found: str, advice: str):
    defect = defect_in(tmp_path / "events.toml", text)
    assert defect.line == line
    assert expected in defect.expected
    assert defect.found.startswith(found)
    assert advice in defect.advice


@pytest.mark.parametrize(
    ("text", "line", "column", "found", "advice"),
    [
        ('[[event]]\naway = "Arnd\n', 2, 13, "'away = \"Arnd'", "a text lacks the quotes at its end"),
        ("[[event]]\naway = Arnd\n", 2, 8, "'away = Arnd'", "a text lacks its quotes"),
        ('[[event]\naway = "Arnd"\n', 1, 8, "'[[event]'", "the heading of a table lacks a bracket"),
        ('[[event]]\naway "Arnd"\n', 2, 6, "'away \"Arnd\"'", "a key lacks its = and value"),
        ('[[event]]\naway = "Arnd" Mon\n', 2, 15, "'away = \"Arnd\" Mon'", "something stands behind the value"),
        ('[[event]]\nadd = "Ma"\ngrades = ["7"\n', 3, None, "'grades = [\"7\"'", "a list lacks the bracket"),
        ('[[event]]\naway = "Arnd"\naway = "Beck"\n', 3, 14, "'away = \"Beck\"'", "stands there twice"),
    ],
)
def test_what_is_no_toml_is_told_without_the_words_of_the_parser(
    tmp_path, text: str, line: int, column: int | None, found: str, advice: str
):
    defect = defect_in(tmp_path / "events.toml", text)
    assert (defect.line, defect.found) == (line, found)
    assert column in (None, defect.column)
    assert advice in defect.advice


def test_numbers_may_be_numbers_or_texts(tmp_path):
    path = tmp_path / "events.toml"
    path.write_text('[[event]]\nremove = "180"\n\n[[event]]\nlengthen = 177\nby = 1\n', encoding="utf-8")
    assert [source.text for source in read_events(OF, [], path)] == ["remove 180", "lengthen 177 by 1"]


@pytest.mark.parametrize(
    ("said", "canonical"),
    [
        ("Arnd fehlt Mo", "fehlt Arnd Mo"),
        ("Arnd krank Mo 3-4", "away Arnd Mon 3-4"),
        ("F1 gesperrt Mi", "closed F1 Wed"),
    ],
)
def test_name_before_the_verb(said: str, canonical: str) -> None:
    assert parse_event(said, OF) == parse_event(canonical, OF)


def test_name_that_looks_like_a_verb() -> None:
    of = school("1 Arnd 7 - Mon1\n2 Weg 8 - Mon2")
    # Weg is a teacher here, and the German word for away elsewhere.
    assert parse_event("replace Weg by Arnd", of) == Replaced(old="Weg", new="Arnd")
    assert parse_event("away Weg Mon", of) == parse_event("fehlt Weg Mo", of)


@pytest.mark.parametrize("text", ['replace Arnd by new ""', "add ' ' Arnd 7 1"])
def test_empty_names(text: str) -> None:
    with pytest.raises(InputError, match=r"found '\s*' \(character"):
        parse_event(text, school("1 Arnd 7 - Mon1"))


@pytest.mark.parametrize("text", ["at 0@1.2 Mon 3", "not 0@1.2 Mon"])
def test_lesson_number_0_never_moves(text: str) -> None:
    with pytest.raises(InputError, match=r"which has the lesson number 0\n +Maybe it is a duty"):
        parse_event(text, school("1 Arnd 7 - Mon1\n0 Arnd - - Mon2"))
