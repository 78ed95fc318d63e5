"""The policy file and the options that override it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from untisopt.domain.resources import Kind
from untisopt.errors import PolicyError
from untisopt.io import policy_file
from untisopt.io.policy_file import override, parse_pin, parse_site, read_policy
from untisopt.io.suggest import nearest, you_mean
from untisopt.policy import BlockedTimes, Pin, PinKind, Policy, RoomChanges
from untisopt.rules import ALL_RULES

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
class Gaps:
    id: ClassVar[str] = "grade-gaps"
    weight: int = 1


@dataclass(frozen=True, kw_only=True)
class Lunch:
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


class Fixed:
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
        ('days = ["Fr"]', "days in .rules.lunch. to be a whole number from 0 to 527040, found 'Fr'"),
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
