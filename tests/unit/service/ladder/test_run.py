"""Ladders of repairs with a search that finds what the test says: steps, options, invariants, files."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NoReturn

import pytest

import untisopt
from tests.result_files import RESULT, without_input
from tests.unit.service.exports import moved, solver_that_moves
from tests.unit.service.ladder.ladders import (
    BREACH,
    CHANGE,
    FEW,
    MORE,
    MOST,
    ROWS,
    RUNGS,
    Found,
    search_that_finds,
    use_search,
    write_school,
)
from untisopt.domain.school import School
from untisopt.engines.session import SolveOptions
from untisopt.errors import InternalError, OutputError
from untisopt.policy import Policy
from untisopt.service.ladder.run import LadderResult, check_ladder_target, default_ladder_out, ladder, ladder_names
from untisopt.service.reading.plan import read

LADDER = {"ladder.csv", "ladder.svg", "ladder.json", "ladder.txt"}


def _never(*_args: object, **_options: object) -> NoReturn:
    raise ZeroDivisionError("must not be reached")


@pytest.fixture
def lesson(tmp_path):
    return write_school(tmp_path / "export")


@pytest.fixture
def found(lesson, monkeypatch) -> LadderResult:
    use_search(monkeypatch, search_that_finds(*RUNGS))
    return ladder(lesson)


def test_steps(found):
    assert [step.budget for step in found.steps] == [0, 1, 2, 3, None]
    assert [step.moved for step in found.steps] == [0, 1, 2, 2, 5]
    assert [step.site_changes for step in found.steps] == [3, 2, 1, 1, 0]
    assert [step.too_short for step in found.steps] == [2, 0, 0, 0, 0]
    points = [2 * BREACH + 3 * CHANGE, 2 * CHANGE, CHANGE, CHANGE, 0]
    assert [step.points for step in found.steps] == points
    # Arnd and grade 9.1; Beck and 9.2 besides; all three and 10.3, 10.4 as well.
    assert [(step.teachers, step.grades) for step in found.steps] == [(0, 0), (1, 1), (2, 2), (2, 2), (3, 4)]


def test_what_is_proved(found):
    # Seven points are one site change; three lectures moved, nothing is proved; no site changes cannot be beaten.
    assert [step.site_changes_at_least for step in found.steps[1:]] == [1, 1, 0, 0]
    assert [step.proved for step in found.steps[1:]] == [False, True, False, True]
    assert [step.gap for step in found.steps[1:]] == [0.5, 0.0, 1.0, 0.0]


def test_bound_on_breaches_leaves_site_changes_open(lesson, monkeypatch):
    # At least one breach, and then seven points; the plan of today has two.
    use_search(monkeypatch, search_that_finds(Found(1, {}, BREACH + CHANGE)))
    (_today, step) = ladder(lesson).steps
    assert (step.too_short, step.too_short_at_least, step.site_changes_at_least) == (2, 1, None)


def test_named_options(found):
    # A site change is worth two lectures: 2*2+1, 1*2+2 and 0*2+5 are 5, 4 and 5.
    assert found.named == {"minimum": 1, "recommended": 2, "best": 4}


@pytest.mark.parametrize(
    ("policy", "recommended"),
    [
        ("[goal]\nworth = 1\n", 1),  # 2+1, 1+2, 0+5: the first of equals
        ("[goal]\nworth = 4\n", 4),  # 8+1, 4+2, 0+5
    ],
)
def test_recommended_follows_the_worth(tmp_path, monkeypatch, policy, recommended):
    use_search(monkeypatch, search_that_finds(*RUNGS))
    assert ladder(write_school(tmp_path, policy)).named["recommended"] == recommended


def test_minimum_mends_as_many_breaches_as_the_best(lesson, monkeypatch):
    # Monday 8 instead of 2 for Arnd's hour at the branch mends both breaches; 4 instead of 2 mends one (3 > 4 is none).
    use_search(monkeypatch, search_that_finds(Found(1, {"178@1.2": (1, 4)}, 0), Found(2, MORE, 0)))
    steps = ladder(lesson).steps
    assert [step.too_short for step in steps] == [2, 1, 0]
    assert ladder(lesson).named["minimum"] == 2


def test_minimum_where_nothing_is_too_short(tmp_path, monkeypatch):
    # Only Beck's site change: the smallest step that saves it.
    rows = "\n".join(line for line in ROWS.splitlines() if not line.startswith("Arnd 1 2"))
    beck = {"180@1.1": (2, 1)}
    use_search(monkeypatch, search_that_finds(Found(1, {}, 0), Found(2, beck, 0), Found(None, beck, 0)))
    # The plan with one moved lecture fits the first budget, too.
    assert ladder(write_school(tmp_path, rows=rows)).named["minimum"] == 1


def test_plans_serve_smaller_budgets_that_they_fit(lesson, monkeypatch):
    use_search(monkeypatch, search_that_finds(Found(1, {}, 0), Found(2, FEW, 0), Found(4, MORE, 0)))
    steps = ladder(lesson).steps
    assert [(step.budget, step.moved) for step in steps] == [(0, 0), (1, 1), (2, 2), (4, 2)]


def test_nothing_found(lesson, monkeypatch):
    use_search(monkeypatch, search_that_finds())
    found = ladder(lesson)
    assert found.named == {"minimum": 0, "recommended": 0, "best": 0}
    result = found.option("best")
    assert result.moves == ()
    assert result.files["lesson.txt"] == lesson.read_bytes()


def test_plan_of_the_trade_off_is_a_step(lesson, monkeypatch):
    # Its two moves are a budget between one and five; what is proved for five holds for it.
    use_search(
        monkeypatch,
        search_that_finds(Found(1, FEW, CHANGE), Found(5, MOST, 0)),
        solver_that_moves(MORE, bound=3),
    )
    found = ladder(lesson)
    assert [(step.budget, step.moved, step.bound) for step in found.steps] == [
        (0, 0, 7),
        (1, 1, 7),
        (2, 2, 0),
        (5, 5, 0),
    ]
    assert found.named["recommended"] == 2
    # One site change at two, two moves; the search by the trade-off has proved three, the ladder two.
    result = found.option("recommended")
    assert (result.run.objective, result.run.bound) == (4, 3)


def test_plan_of_the_trade_off_serves_a_budget_that_is_there(lesson, monkeypatch):
    use_search(monkeypatch, search_that_finds(Found(1, FEW, 0), Found(2, FEW, 0)), solver_that_moves(MORE))
    steps = ladder(lesson).steps
    assert [(step.budget, step.moved) for step in steps] == [(0, 0), (1, 1), (2, 2)]


def test_no_time_for_the_trade_off(lesson, monkeypatch):
    use_search(monkeypatch, search_that_finds(*RUNGS), _never)
    assert len(ladder(lesson, trade_share=0).steps) == 5
    # Nor after Ctrl-C.
    assert len(ladder(lesson, should_stop=lambda: True).steps) == 5


def test_time_is_shared(lesson, monkeypatch):
    given: list[float] = []

    def noting(search: Callable[..., Any]) -> Callable[..., Any]:
        def noted(school: School, policy: Policy, options: SolveOptions, **rest: Any) -> Any:
            given.append(options.time_limit)
            return search(school, policy, options, **rest)

        return noted

    use_search(monkeypatch, noting(search_that_finds(*RUNGS)), noting(solver_that_moves({})))
    ladder(lesson, options=SolveOptions(time_limit=80), trade_share=0.25)
    assert given == [60, 20]


def test_largest_budget(tmp_path, monkeypatch):
    use_search(monkeypatch, search_that_finds(*RUNGS))
    found = ladder(write_school(tmp_path, "[goal]\nworth = 2\nmax_changes = 2\n"))
    assert [step.budget for step in found.steps] == [0, 1, 2]
    assert found.named == {"minimum": 1, "recommended": 2, "best": 2}


# -- options as results ----------------------------------------------------------------------------------------------


def test_minimum_as_a_result(found):
    result = found.option("minimum")
    assert result.timetable == moved(found.school.as_is, FEW)
    assert (result.policy.max_changes, result.policy.effective_worth) == (1, 1)
    # Two site changes and a moved lecture; one site change is proved to be needed.
    assert (result.run.objective, result.run.bound, result.run.status) == (3, 1, "feasible")


def test_recommended_as_a_result(found):
    result = found.option("recommended")
    assert result.timetable == moved(found.school.as_is, MORE)
    assert result.policy == found.policy
    # One site change at two, two moves: 4. Nobody pays less than 2, for the site change of plans that move up to one.
    assert (result.run.objective, result.run.bound) == (4, 2)
    assert without_input(result.files) == RESULT


def test_best_as_a_result(found):
    result = found.option("best")
    assert result.timetable == moved(found.school.as_is, MOST)
    assert (result.policy.max_changes, result.policy.worth) == (None, 7)
    # Five moves. Plans with three move three and need no site change as far as is proved; with fewer, 7 or 7 + 2.
    assert (result.run.objective, result.run.bound) == (5, 3)


def test_proved_option(lesson, monkeypatch):
    use_search(monkeypatch, search_that_finds(Found(1, FEW, 2 * CHANGE), Found(2, MORE, CHANGE), Found(None, MORE, 7)))
    # 2*2 for up to one moved lecture, 2+2 for two, 2+3 for three and more: 4 in all cases.
    recommended = ladder(lesson).option("recommended")
    assert (recommended.run.objective, recommended.run.bound, recommended.run.status) == (4, 4, "optimal")


def test_site_change_in_one_kind_of_week(tmp_path, monkeypatch):
    # Beck's way to the branch in A weeks only: a lecture that moves for it costs two points, one per kind of week.
    rows = "Beck 1 1 De 103 180 9.2 A\nBeck 1 4 En F14 181 9.3 A\nCarl 1 8 Ch 104 182 10.3 B\n"
    use_search(monkeypatch, search_that_finds(Found(1, {"180@1.1": (2, 1)}, 0)))
    result = ladder(write_school(tmp_path, rows=rows)).option("minimum")
    assert result.policy.worth == 2
    assert (result.run.objective_before, result.run.objective) == (2, 2)


def test_dear_moves(tmp_path, monkeypatch):
    # Beck's one site change, and a moved lecture weighs three: a worth of one would not pay for it, that of all four
    # lectures does.
    rows = "\n".join(line for line in ROWS.splitlines() if not line.startswith("Arnd"))
    use_search(monkeypatch, search_that_finds(Found(1, {"180@1.1": (2, 1)}, 0)))
    policy = "[goal]\nworth = 2\n[rules.moved-lectures]\nweight = 3\n"
    result = ladder(write_school(tmp_path, policy, rows=rows)).option("minimum")
    assert result.policy.worth == 4
    assert (result.run.objective_before, result.run.objective) == (4, 3)


def test_stopped(lesson, monkeypatch):
    use_search(monkeypatch, search_that_finds(*RUNGS))
    found = ladder(lesson, should_stop=lambda: True)
    assert found.run.stopped
    assert found.option("minimum").run.status == "stopped"


def test_unknown_option(found):
    with pytest.raises(ValueError, match="'middle' is not one of minimum, recommended, best"):
        found.option("middle")


def test_option_says_where_it_comes_from(found):
    report = " ".join(found.option("minimum").files["report.txt"].decode().split())
    assert "this is the option minimum of a ladder of repairs: at most 1 lecture may move" in report
    assert found.source.notes == found.plan.notes  # the ladder itself says nothing of it


# -- invariants ------------------------------------------------------------------------------------------------------


def test_wishes_are_counted_besides(tmp_path, monkeypatch):
    # Today Arnd has a lecture at Mon 1, which counts 2; the last step puts it elsewhere, and Carl where he would rather
    # not be: 1. The search knows neither; its points are those of rules and site changes.
    wishes = '[[wishes]]\nteacher = "Arnd"\nperiods = ["Mo.1"]\n'
    wishes += '[[wishes]]\nteacher = "Carl"\nperiods = ["Mo.6"]\nvalue = -1\n'
    wishes += "[rules.wishes]\nweight = 1\n"
    lesson = write_school(tmp_path / "export", "[goal]\nworth = 2\n" + wishes)
    use_search(monkeypatch, search_that_finds(Found(1, FEW, 0), Found(None, MOST, 0)))
    steps = ladder(lesson).steps
    assert [step.amounts["wishes"] for step in steps] == [2, 2, 1]
    assert [step.site_changes for step in steps] == [3, 2, 0]


def test_step_that_costs_wishes_is_a_step(tmp_path, monkeypatch):
    # Arnd saves a site change by going to Mon 7 with one lecture, at 1000 points of a wish.
    wishes = '[rules.wishes]\nweight = 1000\n[[wishes]]\nteacher = "Arnd"\nperiods = ["Mo.7"]\n'
    lesson = write_school(tmp_path / "export", "[goal]\nworth = 2\n[rules.teacher-travel]\nenabled = false\n" + wishes)
    use_search(monkeypatch, search_that_finds(Found(1, FEW, 0)))
    steps = ladder(lesson).steps
    assert [(step.site_changes, step.amounts["wishes"]) for step in steps] == [(3, 0), (2, 2)]


@pytest.mark.parametrize(
    ("rung", "message"),
    [
        (Found(1, FEW, 0, points_off=-1), "the solver counts"),
        (Found(1, FEW, 2 * CHANGE + 1), "out of order"),
        (Found(1, MORE, 0), "2 lectures were moved, 1 are allowed"),
        # Two lectures of Arnd on Monday 1.
        (Found(1, {"179@1.3": (1, 1)}, 0), "the rule .* is newly broken"),
        # Nothing gained.
        (Found(1, {"182@1.8": (1, 6)}, 0), "the result is worse than the plan before"),
    ],
)
def test_breach_of_an_invariant(lesson, monkeypatch, rung, message):
    use_search(monkeypatch, search_that_finds(rung))
    with pytest.raises(InternalError, match=message) as caught:
        ladder(lesson)
    assert json.loads(caught.value.dump)["moved"].keys() == rung.moves.keys()


# -- files -----------------------------------------------------------------------------------------------------------


def test_written_folder(found, lesson, tmp_path):
    written = found.write(tmp_path / "out", options=["minimum", "best"])
    files = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    below = {f"{option}/{name}" for option in ("minimum", "best") for name in RESULT}
    assert set(written) == files
    assert without_input(files) == LADDER | below
    # The files that force a plan are there only where a GPU002 lies beside the input.
    assert set(ladder_names(found.plan, ["minimum", "best"])) >= files
    assert (tmp_path / "out" / "best" / "lesson.txt").read_bytes() == found.option("best").files["lesson.txt"]
    with pytest.raises(OutputError, match="expected an empty folder"):
        found.write(tmp_path / "out")
    assert default_ladder_out(lesson) == lesson.parent / "untisopt-ladder"


def test_unknown_option_writes_nothing(found, tmp_path):
    with pytest.raises(ValueError, match="'middle'"):
        found.write(tmp_path / "out", options=["middle"])
    assert not (tmp_path / "out").exists()


def test_input_is_protected(found, lesson):
    plan = read(lesson)
    check_ladder_target(plan, lesson.parent / "new", ladder_names(plan, ["best"]), force=False)
    with pytest.raises(OutputError, match="expected an empty folder"):
        check_ladder_target(plan, lesson.parent, ladder_names(plan, []), force=False)
    with pytest.raises(OutputError, match="file of the input"):
        check_ladder_target(plan, lesson.parent.parent, ["export/lesson.txt"], force=True)


def test_recommended_with_the_ladder_beside_it(found):
    result = found.recommended()
    assert without_input(result.files) == LADDER | RESULT
    assert result.timetable == found.option("recommended").timetable


def test_deterministic_files_hold_no_times(lesson, monkeypatch):
    use_search(monkeypatch, search_that_finds(*RUNGS))
    plain, fixed = (
        json.loads(ladder(lesson, options=SolveOptions(deterministic=on)).files["ladder.json"]) for on in (False, True)
    )
    assert plain["seconds"] == {"search": 0.25}
    assert "seconds" not in fixed
    assert str(lesson.parent) not in json.dumps(fixed)


# -- the library -----------------------------------------------------------------------------------------------------


def test_table(found):
    table = found.table
    assert list(table["moved"]) == [0, 1, 2, 2, 5]
    assert list(table["teacher_site_changes"]) == [3, 2, 1, 1, 0]
    assert table["budget"].isna().tolist() == [False] * 4 + [True]
    assert table.loc[2, "options"] == ("recommended",)
    assert str(table["site_changes_at_least"].dtype) == "Int64"


def test_public_name(lesson, monkeypatch):
    use_search(monkeypatch, search_that_finds(*RUNGS))
    seen: list[int] = []
    result = untisopt.ladder(lesson, on_progress=lambda _seconds, rungs: seen.append(len(rungs)))
    assert isinstance(result, LadderResult)
    assert seen == [1, 2, 3, 4]
    assert result.options.time_limit == 300
