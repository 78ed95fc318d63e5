"""The policy file and the options that override it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.rules.plain import Plain
from untisopt.domain.pins import Hold
from untisopt.domain.resources import Kind
from untisopt.domain.score import Tier
from untisopt.errors import PolicyError
from untisopt.io.policy import file as policy_file
from untisopt.io.policy.file import override, parse_pin, parse_site, read_policy
from untisopt.io.spelling import nearest, you_mean
from untisopt.policy import BlockedTimes, Pin, PinKind, Policy, Preset, RoomChanges, Selector, TimeWish
from untisopt.rules import ALL_RULES, NOBODY_WORSE
from untisopt.rules.days.grade_day import GradeDay
from untisopt.rules.days.grade_gaps import GradeGaps
from untisopt.rules.days.lunch import TeacherLunch
from untisopt.rules.days.teacher_free_day import TeacherFreeDay
from untisopt.rules.lessons.block_kept import BlockKept
from untisopt.rules.lessons.lesson_once_a_day import LessonOnceADay
from untisopt.rules.lessons.subject_not_late import SubjectNotLate

# The file of the documentation, with every table.
FULL = """\
[sites]
main = "Haupthaus"          # name of the site of all rooms that match no pattern
Filiale = ["F*"]
Turnhalle = "T?"

[travel]
minutes = 25
unusable_breaks = ["2-3", "4–5"]
"Haupthaus > Filiale" = 30
"Turnhalle->Haupthaus" = 5

[breaks]
file = "breaks.txt"

[goal]
worth = 3
max_changes = 100

[weeks]
week = 41

[rooms]
change = "same-kind"

[pins]
lessons = [177, "0180"]
teachers = ["Arnd", "Be*"]
grades = "12"
rooms = ["G*"]
subjects = []
days = [5, "Mo"]
lectures = ["177@5.5", "180@Fr.1/2"]

[[blocked]]
teacher = "Arnd"
periods = ["5", "1.3", "Mo.1", "Fr", 2]

[[blocked]]
room = "F13"
periods = "Mi"

[rules.grade-gaps]
enabled = false

[rules.lunch]
weight = 2
minutes = 40
strict = true
name = "Mittag"
days = [1, 5]
across = ["6-7"]
most = 3
"""


@dataclass(frozen=True, kw_only=True)
class Gaps(Plain):
    id: ClassVar[str] = "grade-gaps"
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class Lunch(Plain):
    """A rule with a parameter of every type that a file can set, and one (`table`) that it cannot."""

    id: ClassVar[str] = "lunch"
    weight: int = 0
    minutes: int = 30
    strict: bool = False
    name: str = ""
    days: tuple[int, ...] = ()
    across: tuple[str, ...] = ()
    most: int | None = None
    table: dict[str, int] | None = None

    def __post_init__(self) -> None:
        if self.minutes > 300:
            raise ValueError("nobody eats for five hours")


class Fixed(Plain):
    """A rule without any parameter."""

    id: ClassVar[str] = "fixed"
    weight = 1


RULES: tuple[Any, ...] = (Gaps(), Lunch(), Fixed())
DAYS = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


@pytest.fixture(autouse=True)
def _own_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_file, "ALL_RULES", RULES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "breaks.txt").write_text("1 08:00-08:45\n", encoding="utf-8")
    return tmp_path


def read(folder: Path, text: str, encoding: str = "utf-8") -> Policy:
    path = folder / "untisopt.toml"
    path.write_bytes(text.encode(encoding))
    return read_policy(path)


def lines(caught: pytest.ExceptionInfo[PolicyError]) -> list[int | None]:
    return [defect.line for defect in caught.value.defects]


def test_every_table(folder: Path) -> None:
    policy = read(folder, FULL)
    assert policy.main_site == "Haupthaus"
    assert policy.sites == {"Filiale": ("F*",), "Turnhalle": ("T?",)}
    assert [policy.site_of(room) for room in ("F13", "T1", "T12", "101")] == [
        "Filiale",
        "Turnhalle",
        "Haupthaus",
        "Haupthaus",
    ]
    assert policy.travel_minutes == 25
    assert policy.travel == {("Haupthaus", "Filiale"): 30, ("Turnhalle", "Haupthaus"): 5}
    assert policy.unusable_breaks == {(2, 3), (4, 5)}
    assert policy.breaks_file == folder / "breaks.txt"
    assert (policy.worth, policy.max_changes, policy.week) == (3, 100, 41)
    assert policy.room_changes is RoomChanges.SAME_KIND
    assert [str(pin) for pin in policy.pins] == [
        "lesson:177",
        "lesson:180",
        "teacher:Arnd",
        "teacher:Be*",
        "grade:12",
        "room:G*",
        "day:5",
        "day:1",
        "lecture:177@5.5",
        "lecture:180@5.1/2",
    ]
    # "5" and "Fr" are the same day and count once.
    assert policy.blocked == (
        BlockedTimes(Kind.TEACHER, "Arnd", ((5, None), (1, 3), (1, 1), (2, None))),
        BlockedTimes(Kind.ROOM, "F13", ((3, None),)),
    )
    lunch = Lunch(weight=2, minutes=40, strict=True, name="Mittag", days=(1, 5), across=("6-7",), most=3)
    assert list(policy.rules) == [Gaps(weight=0), lunch, RULES[2]]
    assert policy.rule("grade-gaps") is None


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[goal]\n[pins]\n[sites]\n[rules]\n"])
def test_what_is_not_mentioned_stays_default(folder: Path, text: str) -> None:
    policy = read(folder, text)
    assert policy.with_(rules=ALL_RULES) == Policy()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings(folder: Path, encoding: str) -> None:
    assert read(folder, 'pins.teachers = ["Müller"]\r\n', encoding).pins == (Pin(PinKind.TEACHER, "Müller"),)


def test_inline_and_dotted_forms_are_the_same(folder: Path) -> None:
    policy = read(
        folder,
        'goal.worth = 7\nsites = { main = "H", F = "F*" }\nblocked = [{ grade = 12, periods = ["Fr"] }]\n'
        "rules = { grade-gaps = { weight = 3 } }\n",
    )
    assert (policy.worth, policy.main_site, policy.sites) == (7, "H", {"F": ("F*",)})
    assert policy.blocked == (BlockedTimes(Kind.GRADE, "12", ((5, None),)),)
    assert policy.rules[0].weight == 3


def test_lines_of_inline_tables_are_those_of_the_key(folder: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        read(folder, "\ngoal.worth = -1\nweeks = {\tweek = 0 }\nblocked = [{ grade = 12, periods = [9] }]\n")
    assert lines(caught) == [2, 3, 4]


def test_lines_of_elements_of_a_long_list(folder: Path) -> None:
    text = '[pins]\nlessons = [\n  177, 1770,\n  "x",  # 5\n]\ndays = [\n  "Mo",\n  9,\n  \'Xx\',\n]\n'
    with pytest.raises(PolicyError) as caught:
        read(folder, text)
    assert lines(caught) == [4, 8, 9]


def test_directions_need_no_sites_table(folder: Path) -> None:
    # Sites can come from the export: then nobody knows their names here.
    assert read(folder, '[travel]\n"A > B" = 7\n').travel == {("A", "B"): 7}


def test_breaks_file_is_relative_to_the_policy_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    (folder / "untisopt.toml").write_text('breaks.file = "breaks.txt"\n', encoding="utf-8")
    policy = read_policy(Path(folder.name) / "untisopt.toml")
    assert policy.breaks_file == Path(folder.name) / "breaks.txt"


@pytest.mark.parametrize(
    ("table", "weight"),
    [
        ("enabled = true", 1),  # a rule that is off by default gets the smallest weight
        ("enabled = true\nweight = 4", 4),
        ("enabled = false\nweight = 4", 0),
        ("weight = 0", 0),
        ("minutes = 20", 0),
    ],
)
def test_weight_of_a_rule_that_is_off_by_default(folder: Path, table: str, weight: int) -> None:
    assert read(folder, f"[rules.lunch]\n{table}\n").rules[1].weight == weight


def test_a_rule_without_weight_is_left_out(folder: Path) -> None:
    assert [rule.id for rule in read(folder, "[rules.fixed]\nenabled = false\n").rules] == ["grade-gaps", "lunch"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("weight = 1001", "weight in .rules.lunch. to be a whole number from 0 to 1000, found 1001"),
        ("weight = true", "weight in .rules.lunch. to be a whole number from 0 to 1000, found true"),
        ("strict = 1", "strict in .rules.lunch. to be true or false, found 1"),
        ("name = 1", "name in .rules.lunch. to be a text in quotes, found 1"),
        ("days = 1", "days in .rules.lunch. to be a list of whole numbers, found 1"),
        ('days = ["Fr"]', "days in .rules.lunch. to be a whole number that is not negative, found 'Fr'"),
        ('across = "6-7"', "across in .rules.lunch. to be a list of texts in quotes, found '6-7'"),
        ("across = [6]", "across in .rules.lunch. to be a text in quotes, found 6"),
        ("minutes = 301", "parameters that the rule can take, found nobody eats for five hours"),
        ("table = {}", "a key of .rules.lunch., found 'table'"),
        ("id = 1", "a key of .rules.lunch., found 'id'"),
        ("enabled = true\nweight = 0", "a weight of at least 1 for a rule that is enabled, found 0"),
    ],
)
def test_parameters_of_rules_are_checked_by_their_type(folder: Path, line: str, message: str) -> None:
    with pytest.raises(PolicyError, match=rf"^1 defect .*\n.*line \d: expected {message}"):
        read(folder, f"[rules.lunch]\n{line}\n")


def test_deep_nesting_is_an_error_of_the_file(folder: Path) -> None:
    with pytest.raises(PolicyError, match="expected valid TOML"):
        read(folder, "a = " + "[" * 50_000)


@given(st.text(alphabet=st.sampled_from("[]goalworthpins.=\"'#\n 159{},-"), max_size=60))
def test_any_text_is_a_policy_or_a_policy_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    try:
        read(tmp_path_factory.getbasetemp(), text)
    except PolicyError as error:
        places = [defect.line or 1 for defect in error.defects]
    else:
        places = []
    assert all(1 <= line <= text.count("\n") + 1 for line in places)


@pytest.mark.parametrize(
    ("text", "pin"),
    [
        ("teacher:Arnd", "teacher:Arnd"),
        (" teacher : Von der Au ", "teacher:Von der Au"),
        ("lesson:177", "lesson:177"),
        ("177", "lesson:177"),
        ("lecture:177@5.5", "lecture:177@5.5"),
        ("177@Fr.5/2", "lecture:177@5.5/2"),
        ("grade:10.3", "grade:10.3"),
        ("room:F*", "room:F*"),
        ("subject:Ma:LK", "subject:Ma:LK"),
        *((f"day:{name}", "day:5") for name in ("5", "Fr", "fr.", "Fri", "Freitag", "FRIDAY")),
        *((f"day:{name}", f"day:{day}") for day, name in enumerate(DAYS[:7], start=1)),
        *((f"day:{name}", f"day:{day}") for day, name in enumerate(DAYS[7:], start=1)),
    ],
)
def test_pins(text: str, pin: str) -> None:
    assert str(parse_pin(text)) == pin


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Arnd", r"--pin: expected a kind and a name .*, found 'Arnd'\n  Maybe you mean teacher:Arnd"),
        ("", r"--pin: expected a kind and a name .*, found ''$"),
        ("teachr:Arnd", "a kind of pin before the colon, found 'teachr:Arnd'\n  Maybe you mean teacher"),
        ("teacher:", "a name in quotes"),
        ("lesson:Ma", "an Untis lesson number"),
        ("177@8.1", "a weekday"),
        ("177@", "a lesson number with its day and period"),
        ("day:Mittwch", "Maybe you mean Mittwoch"),
    ],
)
def test_bad_pins(text: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        parse_pin(text)


def test_sites() -> None:
    assert parse_site("Filiale=F*") == ("Filiale", ("F*",))
    assert parse_site(" Alte Schule = F*, G1 ,") == ("Alte Schule", ("F*", "G1"))


@pytest.mark.parametrize("text", ["Filiale", "Filiale=", "=F*", "", "Filiale=,"])
def test_bad_sites(text: str) -> None:
    with pytest.raises(PolicyError, match="--site: expected a site and a pattern on its rooms"):
        parse_site(text)


def test_options_override_the_policy(folder: Path) -> None:
    base = read(folder, FULL)
    policy = override(
        base,
        main_site="Neubau",
        sites=["Filiale=G*", "Filiale=H*", "Halle=X"],
        travel_minutes=20,
        unusable_breaks=["6-7"],
        breaks_file=folder / "breaks.txt",
        week=40,
        worth=0,
        max_changes=12,
        room_changes="none",
        pins=["teacher:Arnd", "day:Fr", "42"],
    )
    assert policy.main_site == "Neubau"
    assert policy.sites == {"Filiale": ("G*", "H*"), "Turnhalle": ("T?",), "Halle": ("X",)}
    assert (policy.travel_minutes, policy.travel) == (20, base.travel)
    assert policy.unusable_breaks == {(6, 7)}
    assert (policy.week, policy.worth, policy.max_changes) == (40, 0, 12)
    assert policy.room_changes is RoomChanges.NONE
    # Arnd and Friday are pinned already: only lesson 42 is new.
    assert policy.pins == (*base.pins, Pin(PinKind.LESSON, "42"))


def test_options_that_are_not_given_change_nothing(folder: Path) -> None:
    base = read(folder, FULL)
    assert override(base) == base
    assert override(base, sites=(), pins=[], week=None, worth=None, max_changes=None, breaks_file=None) == base


def test_all_bad_options_at_once(folder: Path) -> None:
    with pytest.raises(PolicyError) as caught:
        override(
            Policy(),
            sites=["main=F*", "Filiale"],
            unusable_breaks=["2"],
            breaks_file=folder / "break.txt",
            week=0,
            worth=-1,
            room_changes="all",
            pins=["Arnd", "177", "day:9"],
        )
    assert sorted(defect.file for defect in caught.value.defects) == [
        "--breaks",
        "--pin",
        "--pin",
        "--room-changes",
        "--site",
        "--site",
        "--unusable-break",
        "--week",
        "--worth",
    ]
    assert "Maybe you mean breaks.txt" in str(caught.value)


def test_nearest() -> None:
    ids = ["teacher-clash", "teacher-gaps", "grade-gaps"]
    assert nearest("grade_gap", ids) == "grade-gaps"
    assert nearest("GRADE-GAPS", ids) == "grade-gaps"
    assert nearest("lunch", ids) is None
    assert you_mean("lunch", ids) == "you mean one of these: teacher-clash, teacher-gaps, grade-gaps"
    assert you_mean("lunch", []) == ""
    assert you_mean("x", [f"name{number}" for number in range(13)]).endswith("name11, ...")


def test_real_rules_can_be_set(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever rules exist: each takes a weight and can be switched off."""
    monkeypatch.setattr(policy_file, "ALL_RULES", ALL_RULES)
    tables = "".join(f"[rules.{rule.id}]\nenabled = false\n" for rule in ALL_RULES)
    assert all(policy_rule.weight == 0 for policy_rule in read(folder, tables).rules)
    weights: dict[str, Any] = {rule.id: 3 for rule in ALL_RULES}
    tables = "".join(f"[rules.{rule_id}]\nweight = {weight}\n" for rule_id, weight in weights.items())
    assert {rule.id: rule.weight for rule in read(folder, tables).rules} == weights


PINS = """\
[[pins]]
teacher = ["Arnd", "Be*"]
hold = "time"

[[pins]]
course = "177/Ma/Arnd"
hold = "room"

[[pins]]
day = "Fr"

[scope]
grades = ["10.*", 9]
lessons = 177
days = ["Mo"]
"""


def test_pins_one_by_one_and_scope(folder: Path) -> None:
    policy = read(folder, PINS)
    assert policy.pins == (
        Pin(PinKind.TEACHER, "Arnd", Hold.TIME),
        Pin(PinKind.TEACHER, "Be*", Hold.TIME),
        Pin(PinKind.COURSE, "177/Ma/Arnd", Hold.ROOM),
        Pin(PinKind.DAY, "5", Hold.BOTH),
    )
    assert [str(selector) for selector in policy.scope] == ["grade:10.*", "grade:9", "lesson:177", "day:1"]
    # Whoever finds out that nobody is called so can say where it stands.
    file = str(folder / "untisopt.toml")
    assert [pin.place for pin in policy.pins] == [(file, 2), (file, 2), (file, 6), (file, 10)]
    assert [selector.place for selector in policy.scope] == [(file, 13), (file, 13), (file, 14), (file, 15)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[pins]]\nteacher = "A"\nday = 5', r"one of lesson, .*, day in \[\[pins\]\], found teacher, day"),
        ('[[pins]]\nhold = "time"', r"one of lesson, .* in \[\[pins\]\], found none of them"),
        ('[[pins]]\nteachers = "A"', r"a key of \[\[pins\]\], found 'teachers'\n  Maybe you mean teacher"),
        ('[[pins]]\nteacher = "A"\nhold = "tme"', r"one of \(time, room, both\), found 'tme'\n  Maybe you mean time"),
        ('[[pins]]\ncourse = "177"', r"a lesson number, subject and teacher \(such as 177/Ma/Arnd\), found '177'"),
        ('[[pins]]\ncourse = "Ma/177/A"', r"a lesson number, subject and teacher"),
        ("pins = [1]", r"expected a table \[\[pins\]\], found 1"),
        ("pins = 1", r"expected a table \[pins\], found 1"),
        ("[[pins]]\nlesson = []", r"line 2: expected at least one name for lesson in \[\[pins\]\], found \[\]"),
        ("[scope]\ngrades = []", r"line 2: expected at least one name for grades in \[scope\], found \[\]"),
        ("[scope]\ngrade = [9]", r"a key of \[scope\], found 'grade'\n  Maybe you mean grades"),
        ("[scope]\ngrades = [10.3]", r"a name in quotes, found 10.3\n  Maybe you mean '10.3'"),
        ("scope = 3", r"expected a table \[scope\], found 3"),
        ('preset = "drft"', r"line 1: expected the preset to be one of \(draft, published\), found 'drft'\n.* draft"),
        ("preset = 1", r"the preset to be one of"),
        ('preset = ["draft"]', r"the preset to be one of"),
        ('prest = "draft"', r"a table of the policy, found 'prest'\n  Maybe you mean preset"),
        ("[goal]\nnobody_worse = 1", r"nobody_worse in \[goal\] to be true or false, found 1"),
        ('[goal]\nnobody_worse = "ja"', r"to be true or false, found 'ja'\n  Maybe you mean true"),
        ('[goal]\nworth = "3"', r"from 0 to 1000, found '3'\n  Maybe you mean 3 without quotes"),
        ("[goal]\nworth = 3.0", r"found 3.0\n  Maybe you mean 3$"),
        ("nobody_worse = true", r"found 'nobody_worse'\n  Maybe it belongs below \[goal\]"),
    ],
)
def test_bad_pins_scope_and_preset(folder: Path, text: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        read(folder, text + "\n")


def test_preset_and_what_goes_before_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_file, "ALL_RULES", ALL_RULES)
    draft = read(folder, 'preset = "draft"\n')
    assert draft == Policy().under(Preset.DRAFT)
    assert (draft.worth, draft.room_changes) == (100, RoomChanges.SAME_KIND)
    assert draft.rule("teacher-free-day") is None
    text = 'preset = "draft"\ngoal.worth = 4\nrooms.change = "none"\nrules.teacher-free-day.enabled = true\n'
    policy = read(folder, text)
    assert (policy.worth, policy.room_changes) == (4, RoomChanges.NONE)
    assert policy.rule("teacher-free-day") is not None
    assert policy.rule("grade-day") is None


def test_option_preset_changes_what_the_file_does_not_state(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_file, "ALL_RULES", ALL_RULES)
    text = 'preset = "draft"\ngoal.max_changes = 9\nrules.grade-day.weight = 5\nrules.teacher-free-day.except = ["A"]\n'
    base = read(folder, text)
    policy = override(base, preset="published")
    assert (policy.worth, policy.max_changes, policy.room_changes) == (3, 9, RoomChanges.NONE)
    assert policy.rule("grade-day") == GradeDay(weight=5)
    # The file states the exception, not whether the rule is on.
    assert policy.rule("teacher-free-day") == TeacherFreeDay(except_=("A",))
    assert all(policy.rule(rule) is not None for rule in NOBODY_WORSE)
    assert override(base, preset="published", worth=8).worth == 8
    with pytest.raises(PolicyError, match=r"--preset: expected one of .draft, published., found 'final'"):
        override(base, preset="final")


def test_nobody_worse_is_a_switch_for_several_rules(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_file, "ALL_RULES", ALL_RULES)
    one, *others = NOBODY_WORSE
    on = read(folder, f"goal.nobody_worse = true\nrules.{one}.enabled = false\n")
    assert on.rule(one) is None
    assert all(on.rule(rule) is not None for rule in others)
    off = read(folder, 'preset = "published"\ngoal.nobody_worse = false\n')
    assert all(off.rule(rule) is None for rule in NOBODY_WORSE)
    assert all(override(off, preset="published").rule(rule) is None for rule in NOBODY_WORSE), "the file says no"


def test_exceptions_are_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_file, "ALL_RULES", ALL_RULES)
    policy = read(folder, 'rules.lesson-once-a-day.except = [177, "18*"]\nrules.grade-gaps.except = ["10.3", "Ä ö"]\n')
    assert policy.rule("lesson-once-a-day") == LessonOnceADay(except_=("177", "18*"))
    assert policy.rule("grade-gaps") == GradeGaps(except_=("10.3", "Ä ö"))


@dataclass(frozen=True, kw_only=True)
class Limits(Plain):
    id: ClassVar[str] = "limits"
    weight: int = 1
    most: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    share: float = 0.5


def test_tables_and_decimals_as_parameters(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_file, "ALL_RULES", (Limits(),))
    text = '[rules.limits]\nshare = 1\nmost = { Arnd = 3, "Von der Au" = 0 }\n[rules.limits.texts]\n"10.3" = "x"\n'
    (rule,) = read(folder, text).rules
    found: object = rule
    assert found == Limits(most={"Arnd": 3, "Von der Au": 0}, texts={"10.3": "x"}, share=1.0)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("most = 3", r"most in .rules.limits. to be a table of names and values \(such as { Arnd = 2 }\), found 3"),
        (
            'most = { A = "3" }',
            r"A in .* to be a whole number that is not negative, found '3'\n  Maybe you mean 3 without quotes",
        ),
        ("texts = { A = 3 }", r"to be a text in quotes, found 3"),
        ("share = -1", r"to be a number that is not negative, found -1"),
        ("share = true", r"to be a number that is not negative, found true"),
    ],
)
def test_bad_tables_and_decimals(folder: Path, monkeypatch: pytest.MonkeyPatch, line: str, message: str) -> None:
    monkeypatch.setattr(policy_file, "ALL_RULES", (Limits(),))
    with pytest.raises(PolicyError, match=message):
        read(folder, f"[rules.limits]\n{line}\n")


@pytest.mark.parametrize(
    ("text", "pin"),
    [
        ("teacher:Arnd@time", Pin(PinKind.TEACHER, "Arnd", Hold.TIME)),
        ("177@room", Pin(PinKind.LESSON, "177", Hold.ROOM)),
        ("177@Fr.5@time", Pin(PinKind.LECTURE, "177@5.5", Hold.TIME)),
        ("grade:10.3@both", Pin(PinKind.GRADE, "10.3")),
        ("course:177/Ma/Arnd", Pin(PinKind.COURSE, "177/Ma/Arnd")),
        ("course: 177 / D/Ä / Von der Au @room", Pin(PinKind.COURSE, "177/D/Ä/Von der Au", Hold.ROOM)),
    ],
)
def test_pins_with_a_hold(text: str, pin: Pin) -> None:
    assert parse_pin(text) == pin
    assert parse_pin(str(pin)) == pin


def test_scope_of_the_options_replaces_that_of_the_policy(folder: Path) -> None:
    policy = override(read(folder, PINS), scope=["grade:8", "177", "grade:8"])
    assert policy.scope == (Selector(PinKind.GRADE, "8"), Selector(PinKind.LESSON, "177"))
    with pytest.raises(PolicyError, match="--scope: expected a kind of pin before the colon, found 'klass:8'"):
        override(Policy(), scope=["klass:8"])


def _defects(folder: Path, text: str) -> list[tuple[int | None, str, str]]:
    with pytest.raises(PolicyError) as caught:
        read(folder, text)
    return [(defect.line, defect.found, defect.advice) for defect in caught.value.defects]


def test_breaks_that_no_block_may_span(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_file, "ALL_RULES", (BlockKept(),))
    # Blanks and long dashes are as good as in unusable_breaks.
    policy = read(folder, '[rules.block-kept]\nnever_across = ["2 - 3", "4\u20135"]\n')
    assert policy.rules == (BlockKept(never_across=("2-3", "4-5")),)
    assert _defects(folder, '[rules.block-kept]\nnever_across = ["abc", "1-3",\n"99-100"]\n') == [
        (2, "'abc'", ""),
        (2, "'1-3'", "you mean 1-2"),
        (3, "'99-100'", ""),
    ]


def test_what_the_rule_cannot_take_has_the_line_of_its_key(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_file, "ALL_RULES", (TeacherLunch(),))
    text = '[rules.teacher-lunch]\nleast = 1\nwindow = "7-4"\n'
    assert _defects(folder, text) == [(3, "7-4 is no window such as 5-7", "")]


def test_every_element_that_is_no_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_file, "ALL_RULES", (TeacherFreeDay(),))
    # The number 1 is a name, the two others are none.
    text = '[rules.teacher-free-day]\nexcept = [1,\n"",\n"  "]\n'
    assert [line for line, _found, _advice in _defects(folder, text)] == [3, 4]
    text = '[rules.teacher-free-day]\nexcept = "Arnd"\n'
    assert _defects(folder, text) == [(2, "'Arnd'", 'you mean ["Arnd"]')]


def test_period_numbers_have_a_range_of_their_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_file, "ALL_RULES", (SubjectNotLate(),))
    with pytest.raises(PolicyError, match=r"line 2: expected Ma in .* to be a whole number from 0 to 99, found 'six'"):
        read(folder, '[rules.subject-not-late]\nsubjects = { Ma = "six" }\n')


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ('[scope]\ngrades = ["7.*"\n[goal]\nworth = 3\n', "a list lacks the bracket ] at its end"),
        ("[goal\nworth = 3\n", "the heading of a table lacks the bracket ]"),
        ('preset = "draft\n', "a text lacks the quotes at its end"),
        ("preset = 'draft\n", "a text lacks the quotes at its end"),
        ("[goal]\nworth\n", "a key lacks its = and value"),
        ("[goal]\nworth = 3 max_changes = 4\n", "something stands behind the value"),
        ("[rules.x]\nmost = { A = 1\n", "a table in braces lacks its closing brace"),
        ("= 3\n", "a key lacks its name"),
    ],
)
def test_what_is_no_toml_gets_advice(folder: Path, text: str, advice: str) -> None:
    ((_line, _found, told),) = _defects(folder, text)
    assert told.startswith(advice)


def test_tier_of_a_rule(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_file, "ALL_RULES", ALL_RULES)
    rule = read(folder, '[rules.teacher-in-a-row]\nmost = 5\ntier = "comfort"\n').rule("teacher-in-a-row")
    assert rule is not None
    assert (rule.tier, rule.weight) == (Tier.COMFORT, 1)
    default = next(found for found in ALL_RULES if found.id == "teacher-in-a-row")
    assert default.tier is Tier.RULES


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[rules.grade-gaps]\ntier = "Comfort"',
            r"one of .must-hold, comfort., found 'Comfort'\n +Maybe you mean comfort",
        ),
        ("[rules.grade-gaps]\ntier = 3", r"one of .must-hold, comfort., found 3"),
        ('[rules.pinned]\ntier = "comfort"', r"a rule that may count as something else, found 'pinned'"),
        ('[rules.wishes]\ntier = "must-hold"', r"a rule that may count as something else, found 'wishes'"),
    ],
)
def test_tier_that_is_none(folder: Path, text: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_file, "ALL_RULES", ALL_RULES)
    with pytest.raises(PolicyError, match=message):
        read(folder, f"{text}\n")


def test_wishes(folder: Path) -> None:
    text = '[[wishes]]\nteacher = "Arnd"\nperiods = ["Fr", "Mo.2"]\n[[wishes]]\nroom = "F1"\nperiods = [3]\nvalue = 1\n'
    assert read(folder, text).wishes == (
        TimeWish(Kind.TEACHER, "Arnd", ((5, None), (1, 2)), value=-2),
        TimeWish(Kind.ROOM, "F1", ((3, None),), value=1),
    )


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            "value = -3",
            r"value in .* to be -2 or -1 .rather not., or 1 to 3 .welcome., found -3\n +Maybe .* \[\[blocked\]\]",
        ),
        ("value = 0", r"or 1 to 3 .welcome., found 0"),
        ("value = true", r"or 1 to 3 .welcome., found true"),
        ("value = '2'", r"or 1 to 3 .welcome., found '2'\n +Maybe you mean 2 without quotes"),
        ("value = 2.0", r"or 1 to 3 .welcome., found 2.0\n +Maybe you mean 2"),
        ("valeu = 1", r"found 'valeu'"),
    ],
)
def test_wishes_that_are_none(folder: Path, lines: str, message: str) -> None:
    with pytest.raises(PolicyError, match=message):
        read(folder, f'[[wishes]]\nteacher = "Arnd"\nperiods = ["Fr"]\n{lines}\n')


def test_wish_of_nobody(folder: Path) -> None:
    with pytest.raises(PolicyError, match=r"one of teacher, grade, room in \[\[wishes\]\], found none of them"):
        read(folder, '[[wishes]]\nperiods = ["Fr"]\n')


def test_table_that_was_pasted_a_second_time(folder: Path) -> None:
    text = "# from policy init\n[rules.grade-gaps]\n# weight = 1\n\n[goal]\nworth = 3\n[rules.grade-gaps]\nweight = 2\n"
    with pytest.raises(PolicyError) as bad:
        read(folder, text)
    (defect,) = bad.value.defects
    assert (defect.line, defect.found) == (7, "'[rules.grade-gaps]'")
    assert defect.advice == (
        "[rules.grade-gaps] stands in line 2 already: put the lines below it there, and leave out this heading"
    )
