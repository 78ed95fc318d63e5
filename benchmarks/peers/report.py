"""The figures of the peers as Markdown and as a picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.chart import Line, line_chart
from benchmarks.peers.answer import score_at, time_of
from benchmarks.peers.solvers import OURS, TITLES
from benchmarks.tables import table

MOMENTS = (1.0, 5.0, 20.0, 60.0, 300.0)
_EARLIEST = 0.1
# For the demo of the Gymnasium's size and a minute.
_WANTED = {"timefold": "0.35 at most, after 1 s", "timefold-kempe": "0.8 at most, after 15 s"}
Data = dict[str, Any]


@dataclass(frozen=True)
class Runs:
    """The runs of one size with one time limit.

    Parameters
    ----------
    size : str
    seconds : float
    schools : mapping of str to dict
        By name, in the order of their seeds.
    cells : mapping of (str, str) to dict
        Sound runs by school and solver.
    """

    size: str
    seconds: float
    schools: Mapping[str, Data]
    cells: Mapping[tuple[str, str], Data]

    @property
    def solvers(self) -> list[str]:
        """Those that were measured, in the order of the titles."""
        return [name for name in TITLES if any(solver == name for _, solver in self.cells)]

    def of(self, solver: str) -> dict[str, Data]:
        """The runs of a solver by school."""
        return {school: cell for (school, name), cell in self.cells.items() if name == solver}

    def score(self, school: str, solver: str, seconds: float) -> int:
        """The score at a moment; before the first better plan that of the plan of today."""
        cell = self.cells[school, solver]
        if seconds >= self.seconds:
            return self._score(cell)
        found = score_at([(when, score) for when, score in cell["trace"]], seconds)
        return self._score(self.schools[school]["before"]) if found is None else found

    @staticmethod
    def _score(judged: Data) -> int:
        return int(judged["score"])

    def bound(self, school: str) -> float | None:
        """The highest lower limit that any solver proved."""
        bounds = [cell["bound"] for (name, _), cell in self.cells.items() if name == school]
        return max((bound for bound in bounds if bound is not None), default=None)


def page(data: Data) -> str:
    """All tables, size by size."""
    parts = [_about(data)]
    for runs in all_runs(data):
        picture = f"![scores over time]({_picture_link(runs)})" if runs.size != "own" else ""
        title = f"### {_title(runs)}"
        parts += [part for part in (title, picture, _medians(runs), _ratios(runs), _each(runs)) if part]
    parts += list(_failures(data))
    return "\n\n".join(parts) + "\n"


def pictures(data: Data) -> dict[str, str]:
    """Scores over time as SVG, by file name; none for schools of a user."""
    return {picture_name(runs): _picture(runs) for runs in all_runs(data) if runs.size != "own"}


def picture_name(runs: Runs) -> str:
    """Name of the file with the picture of some runs."""
    return f"peers-{runs.size}-{runs.seconds:g}s.svg"


def all_runs(data: Data) -> list[Runs]:
    """The figures by size and time limit."""
    found: dict[tuple[str, float], dict[tuple[str, str], Data]] = {}
    for key, cell in data["cells"].items():
        school, solver, seconds = key.rsplit("/", 2)
        if not cell.get("error"):
            size = data["schools"][school]["size"]
            found.setdefault((size, float(seconds)), {})[school, solver] = cell
    result = []
    for (size, seconds), cells in sorted(found.items(), key=lambda item: (_rows(data, item[0][0]), item[0][1])):
        names = sorted({school for school, _ in cells}, key=lambda name: (data["schools"][name]["seed"] or 0, name))
        result.append(Runs(size, seconds, {name: data["schools"][name] for name in names}, cells))
    return result


def _rows(data: Data, size: str) -> int:
    return max(int(about["rows"]) for about in data["schools"].values() if about["size"] == size)


def _picture_link(runs: Runs) -> str:
    return f"../docs/images/{picture_name(runs)}"


def _title(runs: Runs) -> str:
    schools = "schools of your own" if runs.size == "own" else f"demo `{runs.size}`, seeds {_seeds(runs)}"
    return f"{schools}, {runs.seconds:g} s"


def _seeds(runs: Runs) -> str:
    return ", ".join(str(about["seed"]) for about in runs.schools.values())


def _about(data: Data) -> str:
    machine = data["machine"]
    measured = (
        f"Measured on {data['date']}: {machine['cores']} cores ({machine['cpu']}), {machine['system']}, Python "
        f"{machine['python']}, untisopt {machine['untisopt']}, ortools {machine['ortools']}."
    )
    measured_ones = {key.rsplit("/", 2)[1] for key in data["cells"]}
    missing = [
        f"{TITLES[name]} is not in the tables: {why}."
        for name, why in data["skipped"].items()
        if name not in measured_ones
    ]
    return "\n".join((measured, *missing))


def _medians(runs: Runs) -> str:
    """Scores at the moments, median over the schools."""
    moments = [moment for moment in MOMENTS if moment <= runs.seconds] or [runs.seconds]
    if moments[-1] < runs.seconds:
        moments.append(runs.seconds)
    rows = []
    for solver in runs.solvers:
        schools = runs.of(solver)
        scores = [median(runs.score(school, solver, moment) for school in schools) for moment in moments]
        rows.append((TITLES[solver], *map(_number, scores), _gap(runs, solver)))
    heading = ("score, median", *(f"after {moment:g} s" for moment in moments), "not proved to be needed")
    return table(heading, rows)


def _gap(runs: Runs, solver: str) -> str:
    """Median share of the last score above the best bound known."""
    gaps = []
    for school, cell in runs.of(solver).items():
        bound = runs.bound(school)
        if bound is not None and cell["score"]:
            gaps.append(max(0.0, 1 - bound / cell["score"]))
    return f"{100 * median(gaps):.0f} %" if gaps else "-"


def _ratios(runs: Runs) -> str:
    """How untisopt compares with every other solver."""
    rows = []
    for solver in (name for name in runs.solvers if name != OURS and OURS in runs.solvers):
        schools = [school for school in runs.of(solver) if (school, OURS) in runs.cells]
        if schools:
            ratios = [_ratio(runs.cells[school, OURS], runs.cells[school, solver]) for school in schools]
            span = f"{min(ratios):.2f} to {max(ratios):.2f}"
            wanted = _WANTED.get(solver, "") if (runs.size, runs.seconds) == ("ong", 60.0) else ""
            least = _least_ratio(runs, solver, schools)
            catching_up = _catching_up(runs, solver, schools)
            rows.append((TITLES[solver], f"{median(ratios):.2f}", span, least, catching_up, wanted))
    heading = (
        "rival",
        "untisopt's score / rival's, median",
        "from best to worst seed",
        "no plan allows less than",
        "untisopt is as good after",
        "wanted",
    )
    return table(heading, rows) if rows else ""


def _ratio(ours: Data, rival: Data) -> float:
    """Our score per theirs; 1 if both are 0."""
    if not rival["score"]:
        return 1.0 if not ours["score"] else float("inf")
    return float(ours["score"] / rival["score"])


def _least_ratio(runs: Runs, solver: str, schools: Sequence[str]) -> str:
    """Median of the proved minimum per score of a rival: what even the best plan of all would have."""
    found = [
        bound / runs.cells[school, solver]["score"]
        for school in schools
        if (bound := runs.bound(school)) is not None and runs.cells[school, solver]["score"]
    ]
    return f"{median(found):.2f}" if found else "-"


def _catching_up(runs: Runs, solver: str, schools: Sequence[str]) -> str:
    """Median time in which untisopt reaches the last score of a rival."""
    times = [time_of(runs.cells[school, OURS]["trace"], runs.cells[school, solver]["score"]) for school in schools]
    reached = [time for time in times if time is not None]
    if 2 * len(reached) <= len(times):
        return f"not within {runs.seconds:g} s in {len(times) - len(reached)} of {len(times)}"
    # Those that never catch up count as the slowest.
    middle = median([time if time is not None else float("inf") for time in times])
    never = f" (never in {len(times) - len(reached)} of {len(times)})" if len(reached) < len(times) else ""
    return f"{middle:.1f} s{never}"


def _each(runs: Runs) -> str:
    """The last score of every solver on every school."""
    rows = []
    for school, about in runs.schools.items():
        scores = [
            _number(runs.cells[school, solver]["score"]) if (school, solver) in runs.cells else "-"
            for solver in runs.solvers
        ]
        before = _number(about["before"]["score"])
        bound = runs.bound(school)
        stays = sum(about["pinned"].values())
        rows.append((school, before, *scores, "-" if bound is None else _number(bound), str(stays)))
    heading = ("school", "today", *(TITLES[solver] for solver in runs.solvers), "proved minimum", "blocks that stay")
    return table(heading, rows)


def _failures(data: Data) -> Iterator[str]:
    for key, cell in data["cells"].items():
        if cell.get("error"):
            yield f"`{key}` failed and is not counted: {cell['error']}"


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ")


def _picture(runs: Runs) -> str:
    """Median score over the schools at moments that are equally far apart on the logarithmic axis."""
    count = 160
    step = (runs.seconds / _EARLIEST) ** (1 / (count - 1))
    moments = [_EARLIEST * step**i for i in range(count)]
    lines = []
    for solver in runs.solvers:
        schools = runs.of(solver)
        points = [(moment, median(runs.score(s, solver, moment) for s in schools)) for moment in moments[:-1]]
        points.append((runs.seconds, median(runs.score(s, solver, runs.seconds) for s in schools)))
        lines.append(
            Line(TITLES[solver], [(when, max(1.0, score)) for when, score in points], list(TITLES).index(solver))
        )
    title = f"Score over time: demo {runs.size}, median of {len(runs.schools)} schools"
    return line_chart(title, "seconds", "score (lower is better)", lines)
