"""A ladder of repairs as people and machines read it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from tests.unit.service.ladder.ladders import BREACH, CHANGE, RUNGS, Found, search_that_finds, use_search, write_school
from untisopt.i18n import use_language
from untisopt.report.ladder.text import ladder_text, ladder_txt, option_lines, quality, recommended_text, step_table
from untisopt.results.ladder import LadderDocument
from untisopt.service.ladder.run import LadderResult, ladder


@pytest.fixture
def found(tmp_path, monkeypatch) -> LadderResult:
    use_language("en")
    use_search(monkeypatch, search_that_finds(*RUNGS))
    return ladder(write_school(tmp_path))


def words(text: str) -> str:
    return " ".join(text.split())


def changed(document: LadderDocument, index: int, **values: object) -> LadderDocument:
    """The ladder with other facts about one step."""
    steps = list(document.steps)
    steps[index] = replace(steps[index], **values)  # type: ignore[arg-type]
    return replace(document, steps=tuple(steps))


def test_table(found):
    assert step_table(found) == [
        ["", "at most", "moved", "teachers", "grades", "site changes", "at least", "too short", "at least"],
        ["", "today", "0", "0", "0", "3", "", "2", ""],
        ["minimum", "1", "1", "1", "1", "2", "1", "0", "0"],
        ["recommended", "2", "2", "2", "2", "1", "1", "0", "0"],
        ["", "3", "2", "2", "2", "1", "0", "0", "0"],
        ["best", "any number", "5", "3", "4", "0", "0", "0", "0"],
    ]


def test_table_says_what_is_not_known(found):
    table = step_table(changed(found, 1, site_changes_at_least=None))
    assert table[2][6] == "?"
    assert "A question mark: not known" in ladder_text(changed(found, 1, site_changes_at_least=None), "out", [])
    assert "A question mark" not in ladder_text(found, "out", [])


def test_site_changes_of_grades_have_a_column(found):
    amounts = {**found.steps[1].amounts, "grade-site-changes": 4}
    table = step_table(changed(found, 1, amounts=amounts))
    # Two site changes of teachers and four of grades.
    assert [row[5:7] for row in table[:3]] == [["site changes", "of teachers"], ["3", "3"], ["6", "2"]]


def test_other_breaches_have_a_column(found):
    amounts = {**found.today.amounts, "room-clash": 2}
    table = step_table(changed(found, 0, amounts=amounts))
    assert [row[-1] for row in table] == ["other breaches", "2", "0", "0", "0", "0"]


def test_several_kinds_of_weeks(found):
    school = replace(found.school, week_classes=found.school.week_classes * 2)
    assert step_table(replace(found, school=school))[1][5] == "1.5"  # three site changes in two kinds of weeks


def test_what_is_not_judged_has_no_column(tmp_path, monkeypatch):
    from tests.unit.service.exports import write_export

    use_language("en")
    use_search(monkeypatch, search_that_finds())
    found = ladder(write_export(tmp_path, policy=""))
    assert step_table(found)[0] == ["", "at most", "moved", "teachers", "grades"]
    assert "no second site is known" in words(ladder_text(found, "out", []))
    assert "Neither site changes nor journeys could be judged." in found.files["ladder.svg"].decode()


def test_options_in_words(found):
    assert option_lines(found, "minimum") == [
        "The smallest budget whose plan has as few journeys with too little time as the best plan of the ladder.",
        "Site changes of teachers: 2 a week instead of 3.",
        "Journeys with too little time: 0 a week instead of 2.",
        "1 of 7 lectures moves (14 %). This touches 1 of 3 teachers and 1 of 5 grades.",
        "How good it is: with at most 1 moved lecture, site changes can fall to 1 a week at best (proved).",
    ]
    recommended, best = option_lines(found, "recommended"), option_lines(found, "best")
    assert recommended[0] == "From here on, further site changes saved would cost 2 moved lectures or more each."
    assert recommended[-1] == "How good it is: proved to be the best plan there is with at most 2 moved lectures."
    assert best[0] == "The best plan found, whatever it costs in moved lectures."
    assert best[-1] == "How good it is: proved to be the best plan there is however many lectures move."


def test_options_that_are_one_plan(tmp_path, monkeypatch):
    use_search(monkeypatch, search_that_finds(*RUNGS[:2]))
    found = ladder(write_school(tmp_path, "[goal]\nworth = 2\nmax_changes = 2\n"))
    assert (
        option_lines(found, "recommended")[0] == "Even the last site changes saved cost at most 2 moved lectures each."
    )
    best = option_lines(found, "best")
    assert best[:2] == ["The best plan found within the largest budget allowed.", "This is the recommended plan."]


def test_recommended_because_of_the_rules(found):
    # The steps before it leave a journey with too little time: what they cost in site changes does not matter.
    for index in (0, 1):
        found = changed(found, index, amounts={**found.steps[index].amounts, "teacher-travel": 1})
    assert option_lines(found, "recommended")[0] == (
        "No plan with fewer moved lectures was found that breaks as few rules, and that counts first."
    )


def test_plan_of_today_as_an_option(tmp_path, monkeypatch):
    use_search(monkeypatch, search_that_finds())
    found = ladder(write_school(tmp_path))
    for option in ("minimum", "best"):
        assert option_lines(found, option) == ["No better plan was found.", "Nothing changes."]
    text = ladder_txt(found).decode()
    assert "Minimum: the plan of today" in text


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"proved": True}, "proved to be the best plan there is with at most 1 moved lecture"),
        ({"site_changes_at_least": 1}, "site changes can fall to 1 a week at best (proved)"),
        ({"site_changes_at_least": 0}, "it is not known how much better a plan could be"),
        (
            {"site_changes_at_least": None, "too_short_at_least": 1, "amounts": {"teacher-travel": 2}},
            "journeys with too little time can fall to 1 a week at best (proved)",
        ),
        (
            {"site_changes_at_least": None, "too_short_at_least": 0, "amounts": {"teacher-travel": 2}},
            "it is not known how much better a plan could be",
        ),
    ],
)
def test_quality_in_words(found, facts, expected):
    step = replace(found.steps[1], **{"proved": False, **facts})
    assert expected in quality(found, step)


def test_text_of_the_command(found):
    files = ["ladder.csv", "minimum/lesson.txt", "minimum/report.txt"]
    text = ladder_text(found, "school/out", files)
    assert text.endswith("Written to school/out:\n  ladder.csv, minimum/\n")
    assert "Minimum: at most 1 lecture may move\n" in text
    assert "Best: any number of lectures may move\n" in text
    assert max(map(len, text.splitlines())) <= 100


def test_stopped(found):
    stopped = replace(found, run=replace(found.run, stopped=True))
    assert "You ended the search" in ladder_txt(stopped).decode()
    assert "You ended the search" not in ladder_txt(found).decode()


def test_recommended_plan_with_its_ladder(found):
    text = words(recommended_text(found, found.recommended(), "out", ["lesson.txt"]))
    assert "recommended 2 2 2 2 1 1 0 0" in text
    assert "The plan that is written is the recommended one: - Site changes of teachers: 1 a week instead of 3" in text


def test_csv(found):
    text = found.files["ladder.csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert text.count("\r\n") == 6
    assert rows[0][:2] == ["lectures that may move at most", "lectures moved"]
    assert rows[1] == ["today", "0", "0", "0", "3", "0", "", "2", "", "0", "", ""]
    assert rows[2] == ["1", "1", "1", "1", "2", "0", "1", "0", "0", "0", "no", "minimum"]
    assert rows[5] == ["any number", "5", "3", "4", "0", "0", "0", "0", "0", "0", "yes", "best"]


def test_json(found):
    data = json.loads(found.files["ladder.json"])
    assert data["named"] == {"minimum": 1, "recommended": 2, "best": 4}
    assert data["points_per_unit"]["teacher-site-changes"] == CHANGE
    assert data["points_per_unit"]["teacher-travel"] == BREACH
    step = data["steps"][1]
    assert (step["budget"], step["points"], step["bound"], step["gap"], step["proved"]) == (1, 14, 7, 0.5, False)
    assert step["rules"]["moved-lectures"] == 1
    assert data["steps"][-1]["budget"] is None


def test_budget_that_proves_breaches_only(tmp_path, monkeypatch):
    use_language("en")
    use_search(monkeypatch, search_that_finds(Found(1, {}, BREACH + CHANGE)))
    data = json.loads(ladder(write_school(tmp_path)).files["ladder.json"])
    assert data["steps"][1]["site_changes_at_least"] is None
