"""The Timefold programme: how its output is read, how its copy is changed, and what is said where it is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from benchmarks.peers import timefold
from benchmarks.peers.timefold import NotAvailableError, Timefold, trace_of

LINES = {
    "Constraints.java": "x.penalize(HardSoftScore.ofSoft(Plan.WC)).asConstraint();",
    "Incremental.java": "if (s != u.original) changed++;\nif (s != u.original) changed--;",
    "Main.java": "next[0] = Math.max(t * 1.6, 0.5);",
}


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    """A folder that looks like the programme and moves nothing."""
    folder = tmp_path / "programme"
    (folder / "src" / "school").mkdir(parents=True)
    for name, text in LINES.items():
        (folder / "src" / "school" / name).write_text(text, encoding="utf-8")
    (folder / "build.sh").write_text('mkdir -p "$1" && echo built > "$1"/jars.path\n', encoding="utf-8")
    told = "trace 0.2s 0hard/-900soft | 0.7s 0hard/-400soft\nRESULT score=0hard/-400soft wall=1.5 cpu=1.0"
    (folder / "run.sh").write_text(
        f'echo \'[[0, 1], [4, 9]]\' > "$7"\ncat <<X\n{told}\nX\necho "$@" > "$7.told"\n', encoding="utf-8"
    )
    return folder


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Java and the package seem to be there."""
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    monkeypatch.setattr(timefold, "_environment", lambda folder: folder / "python")
    return tmp_path / "build"


def test_trace_leaves_out_clashes_and_ties():
    told = "INFO\ntrace 0.1s -2hard/-50soft | 0.4s 0hard/-900soft | 0.9s 0hard/-900soft | 2.0s 0hard/0soft\nRESULT"
    assert trace_of(told) == [(0.4, 900), (2.0, 0)]
    assert trace_of("RESULT") == []


def test_copy_counts_lectures(programme, tools):
    peer = Timefold.built(programme, tools)
    copied = {name: (peer.source / "src" / "school" / name).read_text(encoding="utf-8") for name in LINES}
    assert "ofSoft(Plan.WC), u -> u.len)" in copied["Constraints.java"]
    assert copied["Incremental.java"].split(";\n") == [
        "if (s != u.original) changed += u.len",
        "if (s != u.original) changed -= u.len;",
    ]
    assert (peer.classes / "jars.path").is_file()
    # The programme itself stays as it is.
    assert (programme / "src" / "school" / "Main.java").read_text(encoding="utf-8") == LINES["Main.java"]


def test_run(programme, tools, tmp_path):
    answer = Timefold.built(programme, tools).solve(tmp_path / "i.json", 2.4, 7, timefold.KEMPE, tmp_path)
    assert answer.plan == [(0, 1), (4, 9)]
    assert answer.trace == [(0.2, 900), (0.7, 400)]
    assert answer.seconds == {"total": 1.5}
    told = (tmp_path / "timefold.json.told").read_text(encoding="utf-8").split()
    assert told[1:6] == [str(tmp_path / "i.json"), "2", "sa:0hard/100soft", "kempe", "7"]
    assert told[7:] == ["-Dkempemax=8", "-Dcalc=inc"]


def test_environment_variable_names_the_programme(programme, tools, monkeypatch):
    monkeypatch.setenv(timefold.VARIABLE, str(programme))
    assert (Timefold.built(None, tools).source / "run.sh").is_file()


def test_another_version_is_refused(programme, tools):
    (programme / "src" / "school" / "Main.java").write_text("other", encoding="utf-8")
    with pytest.raises(NotAvailableError, match=r"another version .*: Main\.java lacks next"):
        Timefold.built(programme, tools)


def test_what_is_missing_is_said(programme, tools, monkeypatch, tmp_path):
    monkeypatch.delenv(timefold.VARIABLE, raising=False)
    with pytest.raises(NotAvailableError, match="name its folder with --timefold or UNTISOPT_TIMEFOLD_PEER"):
        Timefold.built(None, tools)
    with pytest.raises(NotAvailableError, match=r"build\.sh is missing"):
        Timefold.built(tmp_path, tools)
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "javac" else name)
    with pytest.raises(NotAvailableError, match="JDK 17"):
        Timefold.built(programme, tools)


def test_failure_shows_what_the_programme_said(programme, tools, tmp_path):
    peer = Timefold.built(programme, tools)
    (peer.source / "run.sh").write_text("echo out of memory >&2; exit 3\n", encoding="utf-8")
    with pytest.raises(RuntimeError, match=r"ended with 3:\nout of memory"):
        peer.solve(tmp_path / "i.json", 1, 0, timefold.AS_IT_COMES, tmp_path)
