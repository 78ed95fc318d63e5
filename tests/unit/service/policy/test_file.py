"""A policy file from an export, and whether one fits an export."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.service.exports import ROWS, write_export
from untisopt.demo import build, files
from untisopt.errors import InputError, OutputError, PolicyError
from untisopt.i18n import use_language
from untisopt.io.policy.file import read_policy
from untisopt.policy import Policy, Preset
from untisopt.rules import ALL_RULES
from untisopt.service.policy.file import check_policy, init_policy
from untisopt.service.reading.plan import read

# Names as real plans have them: markup, quotes, brackets, dots, blanks, formulas, a tab is no part of a name.
AWKWARD = """
<b>"x 1 1 Ma 4.11 177 10.3
=1+1 1 2 Ph F[1] 178 9#1
Mül'ler 1 3 Ma 102 179 10.3
- 1 1 - - 180 -
-- 2 1 De F13 0 9#1
\\n 2 2 De F14 181 [a]
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small demo school without its policy."""
    for name, data in files(build("small", 1)).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "untisopt.toml").unlink()
    return tmp_path


@pytest.fixture
def german() -> Iterator[None]:
    use_language("de")
    yield
    use_language("en")


def _uncommented(text: str) -> str:
    """Every example of the file in force."""
    examples = []
    for line in text.splitlines():
        bare = line.removeprefix("# ")
        try:
            tomllib.loads(bare)
        except tomllib.TOMLDecodeError:
            continue
        examples.append(bare)
    return "\n".join(examples) + "\n"


@pytest.mark.parametrize("preset", [None, *Preset])
def test_read_back_it_is_the_default_policy(tmp_path: Path, preset: Preset | None) -> None:
    export = write_export(tmp_path, policy="")
    made = init_policy(export, preset=preset)
    assert made.path == tmp_path / "untisopt.toml"
    assert made.suggestions == ()
    assert read_policy(made.path) == (Policy() if preset is None else Policy().under(preset))


def test_sites_that_the_room_names_suggest_are_in_force(small: Path) -> None:
    made = init_policy(small)
    (suggestion,) = made.suggestions
    assert suggestion.pattern == "F*"
    assert read_policy(made.path) == Policy(sites={suggestion.name: ("F*",)})
    assert {room.site for room in read(small).school.rooms.values()} == {"main", suggestion.name}


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_example_in_it_can_be_meant(small: Path, language: str) -> None:
    """Without its comment signs the file is a policy that fits the export, but for the break table."""
    use_language(language)
    made = init_policy(small)
    use_language("en")
    text = _uncommented(made.text)
    assert text.count("[[pins]]") == text.count("[[blocked]]") == text.count("[[wishes]]") == 1
    assert text.count("[scope]") == 1
    kept = [line for line in text.splitlines() if not line.startswith(('file = "', '"main > '))]
    (small / "untisopt.toml").write_text("\n".join(kept), encoding="utf-8")
    policy = check_policy(export=small).policy
    assert policy.pins
    assert policy.blocked
    assert policy.wishes
    assert policy.scope


def test_every_rule_with_its_parameters_and_evidence(small: Path) -> None:
    text = init_policy(small).text
    tables = tomllib.loads(text)["rules"]
    assert list(tables) == [rule.id for rule in ALL_RULES]
    chapter = text.partition("[rules.teacher-free-day]")[2].partition("[rules.")[0]
    assert "# enabled = true\n# weight = 1\n" in chapter
    # GPU001 of the demo: Wüh teaches on every day but Tuesday.
    assert "# - Wüh: no lecture on Tue\n" in chapter
    assert '# except = ["' in chapter


def test_in_german(small: Path, german: None) -> None:
    text = init_policy(small).text
    assert "# - Wüh: bisher kein Unterricht am Di\n" in text


def test_awkward_names_stay_names(tmp_path: Path) -> None:
    export = write_export(tmp_path, AWKWARD, policy="")
    made = init_policy(export)
    assert read_policy(made.path) == Policy()
    assert '# - <b>"x: no lecture on Tue, Wed, Thu, Fri\n' in made.text


def test_a_file_that_exists_is_replaced_only_if_forced(tmp_path: Path) -> None:
    export = write_export(tmp_path)
    before = (tmp_path / "untisopt.toml").read_bytes()
    with pytest.raises(OutputError, match=r"untisopt.toml exists already; nothing was changed\n.*--force"):
        init_policy(export)
    assert (tmp_path / "untisopt.toml").read_bytes() == before
    # What stands in it has no say in what is written: its sites would leave nothing to suggest.
    assert read_policy(init_policy(export, force=True).path) == Policy()


def test_the_export_is_never_written(tmp_path: Path) -> None:
    export = write_export(tmp_path, policy="")
    before = export.read_bytes()
    with pytest.raises(OutputError):
        init_policy(export, export, force=True)
    assert export.read_bytes() == before


def test_another_place(tmp_path: Path) -> None:
    export = write_export(tmp_path / "export", policy="")
    made = init_policy(export, tmp_path / "new" / "p.toml")
    assert made.path.is_file()
    assert not (tmp_path / "export" / "untisopt.toml").exists()


def test_an_export_with_defects_gives_no_policy(tmp_path: Path) -> None:
    (tmp_path / "lesson.txt").write_text("nonsense")
    with pytest.raises(InputError):
        init_policy(tmp_path)
    assert not (tmp_path / "untisopt.toml").exists()


def _checked(folder: Path, policy: str, rows: str = ROWS) -> list[tuple[int | None, str, str]]:
    """Line, found and advice of every defect."""
    export = write_export(folder, rows, policy=policy)
    with pytest.raises(PolicyError) as caught:
        check_policy(export=export)
    assert {defect.file for defect in caught.value.defects} == {str(folder / "untisopt.toml")}
    return [(defect.line, defect.found, defect.advice) for defect in caught.value.defects]


def test_names_that_do_not_exist_all_at_once(tmp_path: Path) -> None:
    policy = """\
[sites]
Filiale = ["F*"]
Halle = ["T*"]
[[pins]]
teacher = ["Arnt", "Beck"]
[[blocked]]
grade = "9.2"
periods = ["Mo"]
[scope]
grades = ["11.*"]
"""
    found = _checked(tmp_path, policy)
    assert [line for line, _found, _advice in found] == [3, 5, 7, 10]
    assert found[1] == (5, "pin 'teacher:Arnt', which nothing matches", "you mean Arnd")
    assert found[2] == (7, "grade '9.2'", "you mean 9.1")


def test_exceptions_and_breaks_that_do_not_exist(tmp_path: Path) -> None:
    policy = """\
[travel]
unusable_breaks = ["2-3", "8-9"]
[rules.teacher-free-day]
except = ["Arnd", "Carlo"]
[[pins]]
teacher = "Zeus"
"""
    # The export has eight periods; what does not fit is told together with what cannot be read.
    assert [(line, found) for line, found, _advice in _checked(tmp_path, policy)] == [
        (2, "'8-9'"),
        (4, "'Carlo'"),
        (6, "pin 'teacher:Zeus', which nothing matches"),
    ]


def test_pin_at_a_blocked_time(tmp_path: Path) -> None:
    policy = '[[pins]]\nlesson = 178\n[[blocked]]\nteacher = "Arnd"\nperiods = ["Mo.2"]\n'
    ((_line, found, _advice),) = _checked(tmp_path, policy)
    assert found == (
        "Ph 9.1 (lesson 178) at Mon 2, which stays (pinned by the policy (lesson:178)) although Arnd is blocked there"
    )
    # Held by its room alone, the lecture can leave the blocked time.
    export = write_export(tmp_path, policy=policy.replace("178\n", '178\nhold = "room"\n'))
    assert check_policy(export=export).free == 11


def test_nothing_may_move(tmp_path: Path) -> None:
    # Grade 9.1 is never taught by Carl.
    ((_line, found, _advice),) = _checked(tmp_path, '[scope]\ngrades = ["9.1"]\nteachers = ["Carl"]\n')
    assert found == "none: all are pinned or outside the scope"


def test_max_changes_below_the_shortest_block(tmp_path: Path) -> None:
    # The only block in the scope is the double of lesson 180 on Tuesday.
    policy = "[goal]\nmax_changes = 1\n[scope]\nlessons = [180]\ndays = [2]\n"
    assert _checked(tmp_path, policy) == [(2, "1", "")]
    export = write_export(tmp_path, policy=policy.replace("= 1\n", "= 2\n"))
    assert check_policy(export=export).free == 2


def test_what_has_no_effect(tmp_path: Path) -> None:
    policy = """\
[travel]
minutes = 20
[[pins]]
teacher = "Arnd"
hold = "time"
[[blocked]]
teacher = "Beck"
periods = ["Fr"]
[[wishes]]
teacher = "Beck"
periods = ["Mo"]
[rules.availability]
enabled = false
[rules.pinned]
enabled = false
[rules.grade-gaps]
enabled = false
except = ["9.1"]
"""
    review = check_policy(export=write_export(tmp_path, policy=policy))
    assert review.without_effect == (
        "[travel] has no effect, because fewer than two sites are known.",
        "Every lecture keeps its rooms anyway, because [rooms] does not allow changes: hold makes no difference.",
        "The exceptions of grade-gaps have no effect, because the rule is off.",
        "[[blocked]] has no effect, because the rule availability is off.",
        "[[wishes]] has no effect, because the rule wishes is off.",
        "[pins] and [scope] have no effect, because the rule pinned is off.",
    )
    assert "teacher-travel" in review.not_judged


@pytest.mark.parametrize(("value", "told"), [(3, False), (2, True), (-1, True)])
def test_core_times_hold_without_the_rule_of_wishes(tmp_path: Path, value: int, told: bool) -> None:
    policy = f'[[wishes]]\nteacher = "Beck"\nperiods = ["Mo"]\nvalue = {value}\n'
    review = check_policy(export=write_export(tmp_path, policy=policy))
    assert any("[[wishes]] has no effect" in line for line in review.without_effect) is told


def test_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text('[[pins]]\nteacher = "Nobody"\n')
    review = check_policy(path)
    assert (review.export, review.policy.pins[0].name) == (None, "Nobody")


def test_no_policy_beside_the_export(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="no file of this name"):
        check_policy(export=write_export(tmp_path, policy=""))


IN_VAIN = """\
[rules.block-kept]
never_across = ["2 - 3", "8 - 9"]
[rules.subject-not-late.subjects]
Mathe = 3
Ma = 99
M* = 0
[rules.grade-main-in-a-row]
subjects = ["ZZZ", "Ma"]
[rules.grade-half-day]
grades = ["ZZZ", "9.*"]
afternoon = 8
[rules.subject-afternoons]
most = { ZZ = 1, De = 2 }
[rules.teacher-lunch]
window = "50-60"
[rules.teacher-half-day-site]
afternoon = 9
""".replace("M*", '"M*"')


def test_what_rules_name_in_vain(tmp_path: Path) -> None:
    # The export has eight periods. Subjects are exact names, grades may be patterns; the last rule is off by default.
    found = _checked(tmp_path, IN_VAIN)
    assert [(line, text) for line, text, _advice in found] == [
        (2, "'8-9'"),
        (4, "'Mathe'"),
        (5, "'Ma' = 99"),
        (6, "'M*'"),
        (6, "'M*' = 0"),
        (8, "'ZZZ'"),
        (10, "'ZZZ'"),
        (13, "'ZZ'"),
        (15, "'50-60'"),
        (17, "9"),
    ]
    assert found[1][2] == "you mean Ma"


def test_parameters_of_a_rule_that_is_off_have_no_effect(tmp_path: Path) -> None:
    export = write_export(tmp_path, policy="[rules.teacher-half-day-site]\nafternoon = 7\n")
    (text,) = check_policy(export=export).without_effect
    assert text == (
        "What [rules.teacher-half-day-site] says has no effect, because the rule is off (enabled = true switches it "
        "on)."
    )


def test_days_and_periods_in_the_words_of_the_file(tmp_path: Path) -> None:
    policy = '[[blocked]]\nteacher = "Arnd"\nperiods = ["Mo",\n"Mo.99"]\n[scope]\ndays = ["So"]\n'
    assert _checked(tmp_path, policy) == [
        (4, "period Mo.99", ""),
        (6, "'day:So', which nothing matches", "you mean one of these: Mon, Tue"),
    ]
