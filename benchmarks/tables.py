"""The figures as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- figures:begin -->", "<!-- figures:end -->"
Data = dict[str, Any]
Row = Sequence[str]


def markdown(results: Data) -> str:
    """Everything that was measured, and on what."""
    machine, cases = results["machine"], results["cases"]
    measured = (
        f"Measured on {results['date']}: {machine['cores']} cores ({machine['cpu']}), {machine['system']}, Python "
        f"{machine['python']}, untisopt {machine['untisopt']}, ortools {machine['ortools']}, numba {machine['numba']}."
    )
    parts = [measured]
    rows = list(_speed(cases))
    if rows:
        parts.append(table(("what", "measured", "wanted"), rows))
    if "repair" in cases:
        parts.append(_repairs(cases["repair"]))
    return "\n\n".join(parts) + "\n"


def insert(page: str, figures: str, name: str = "figures") -> str:
    """Put figures between the markers of a page; `name` is that of the markers.

    Raises
    ------
    ValueError
        The page lacks the markers.
    """
    before, begin, rest = page.partition(f"<!-- {name}:begin -->")
    _old, end, after = rest.partition(f"<!-- {name}:end -->")
    if not begin or not end:
        raise ValueError(f"the page needs the markers <!-- {name}:begin --> and <!-- {name}:end -->")
    return f"{before}{begin}\n{figures.rstrip()}\n{end}{after}"


def write_text(path: Path, text: str) -> None:
    """Write a text file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)


def _speed(cases: Data) -> Iterable[Row]:
    if "start" in cases:
        yield "`untisopt --help`", seconds(cases["start"]["help_seconds"]), "< 0.25 s"
    for size, found in cases.get("reading", {}).items():
        wanted = "< 1 s" if size == "ong" else ""
        yield f"reading and understanding {found['rows']} rows", seconds(found["read_seconds"]), wanted
        yield f"the same, and judging the plan, {found['rows']} rows", seconds(found["judge_seconds"]), wanted
        yield f"`untisopt check` as a whole, {found['rows']} rows", seconds(found["check_seconds"]), ""
    if "repair" in cases:
        yield from _cost_of_runs(cases["repair"])
    if "first-run" in cases:
        found = cases["first-run"]
        yield "first better plan, very first run on a machine (small)", seconds(found["first_plan_seconds"]), ""
        yield "first better plan, every later run (small)", seconds(found["again_seconds"]), ""


def _cost_of_runs(case: Data) -> Iterable[Row]:
    runs, size = case["runs"], case["size"]
    is_target = size == "ong"
    worst = {key: _most(run[key] for run in runs) for key in ("first_plan_seconds", "build_seconds", "memory_bytes")}
    memory = worst["memory_bytes"]
    yield (
        f"first better plan after the start of the program ({size})",
        seconds(worst["first_plan_seconds"]),
        "< 5 s" if is_target else "",
    )
    yield f"building the model ({size})", seconds(worst["build_seconds"]), "< 1 s" if is_target else ""
    yield f"most memory ({size})", "-" if memory is None else f"{memory / 2**20:.0f} MB", "< 1 GB" if is_target else ""


def _most(values: Iterable[float | None]) -> float | None:
    """The largest; None if one is unknown."""
    known = list(values)
    return None if None in known else max(value for value in known if value is not None)


def _repairs(case: Data) -> str:
    heading = (
        "school",
        "teacher site changes a week",
        "fewer",
        "no plan saves more than",
        "too short, teachers",
        "too short, grades",
        "lectures moved",
        "rules newly broken",
        "cost, proved minimum",
    )
    rows = [_repair(run) for run in case["runs"]]
    title = (
        f"Demo school `{case['size']}`, {case['seconds']:g} s, default trade-off; one line per `--seed` of the demo:"
    )
    return f"{title}\n\n{table(heading, rows)}"


def _repair(run: Data) -> Row:
    before, after = run["site_changes_before"], run["site_changes_after"]
    fewer = f"{100 * (before - after) / before:.0f} %" if before else "-"
    return (
        str(run["seed"]),
        f"{before:g} → {after:g}",
        fewer,
        f"{100 * (before - run['site_changes_at_least']) / before:.0f} %" if before else "-",
        _short(run, "teacher"),
        _short(run, "grade"),
        f"{run['moved']} of {run['lectures']} ({100 * run['moved'] / run['lectures']:.0f} %)",
        ", ".join(run["newly_broken"]) or ("none" if run["sound"] else "not sound"),
        _quality(run),
    )


def _short(run: Data, kind: str) -> str:
    text = f"{run[f'{kind}_short_before']:g} → {run[f'{kind}_short_after']:g}"
    if not run[f"{kind}_short_after"]:
        return text
    proved = run["short_at_least"]
    return f"{text} (of {run['short_after']:g} left, {proved:g} are proved unavoidable)"


def _quality(run: Data) -> str:
    before, after, bound = run["cost_before"], run["cost_after"], run["cost_bound"]
    if run["status"] == "optimal":
        return f"{before:g} → {after:g}, proved to be the best"
    return f"{before:g} → {after:g}, at least {'?' if bound is None else f'{bound:g}'}"


def seconds(value: float | None) -> str:
    """A time as text; `-` for None."""
    if value is None:
        return "-"
    return f"{value:.2f} s" if value < 10 else f"{value:.0f} s"


def table(heading: Row, rows: Sequence[Row]) -> str:
    """A Markdown table."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
