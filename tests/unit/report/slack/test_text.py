"""What `untisopt slack` says: full rooms, absences, and where to ask on."""

from __future__ import annotations

from tests.builders import school
from untisopt.domain.slack import Absence, Answer, Freedom, Slack
from untisopt.policy import Policy
from untisopt.report.slack.text import slack_text
from untisopt.results.slack import SlackDocument
from untisopt.results.source import Counts, Source
from untisopt.solve.slack import full_rooms

NOTHING = Counts(rows=0, lessons=0, lectures=0, blocks=0, teachers=0, grades=0, rooms=0)

# H1 and H2 are both taken on Monday in periods 1 to 5, in the third in A weeks only, and in the fifth in both.
ROWS = """
1 Arnd 10.1 H1 Mon1-2 AB
2 Beck 10.2 H2 Mon1-2 AB
3 Arnd 10.1 H1 Mon3 A
4 Beck 10.2 H2 Mon3 AB
5 Arnd 10.1 H1 Mon5 AB
6 Beck 10.2 H2 Mon5 AB
"""


def _text(*absences: Absence, changes: int = 2, show_all: bool = False) -> str:
    of = school(ROWS, groups=["H1 H2"])
    found = Slack(
        lectures=(Freedom("1@1.1", alone=False, swap=False), Freedom("5@1.5", alone=True, swap=True)),
        fixed=0,
        loads=(),
        rooms=full_rooms(of),
        absences=absences,
        changes=changes,
    )
    source = Source(path="Plan 1/lesson.txt", kind="lesson", files=("lesson.txt",), counts=NOTHING)
    return slack_text(SlackDocument(source=source, school=of, policy=Policy(), found=found, seed=1), show_all=show_all)


def test_periods_in_a_row_are_one():
    assert "  - H1, H2: Mon 1-2, Mon 3 (weeks A), Mon 5\n" in _text()


def test_where_to_ask_on():
    """The command stays in one line and can be copied."""
    assert '\n  untisopt suggest "Plan 1/lesson.txt" --lecture 1@1.1\n' in _text()


def test_an_absence_that_needs_no_search():
    """Three lectures and two that may move: nobody had to look for a plan."""
    lines = _text(Absence("Arnd", 1, 3, Answer.NO, None), Absence("Beck", 1, 2, Answer.NO, None)).splitlines()
    assert [line.split()[2:] for line in lines if line.startswith(("  Arnd", "  Beck"))] == [
        ["3", "no:", "more", "lectures", "than", "may", "move"],
        ["2", "no"],
    ]
