"""What a repair costs beside the moves, the same in every file, and how its price is explained."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.browser.repairs import repair_of, small_school
from untisopt.domain.resources import Kind
from untisopt.domain.score import Facts, RuleScore, Tier, Violation
from untisopt.report.optimise.facts import Facts as ReportFacts
from untisopt.report.optimise.front import fairness, measures
from untisopt.report.optimise.html import report_html
from untisopt.report.optimise.md import report_md
from untisopt.report.optimise.text import optimise_text
from untisopt.report.optimise.txt import report_txt
from untisopt.report.optimise.xlsx import report_xlsx
from untisopt.report.words.run import brought
from untisopt.report.words.side_effects import comparison, side_costs, side_gains
from untisopt.report.words.summary import quality
from untisopt.report.words.three_sentences import three_sentences
from untisopt.results.optimise import Origin, RepairDocument
from untisopt.rules.days.school_days import TeacherDays

# Arnd 1, 2, 3 becomes 1, 3, 4: one gap. 10.2 has 2 and 3 on Monday, then 3 and 4: it ends later.
GAPS = "Gaps of teachers: 1 a week instead of 0 (none before)."
LATER = "1 of 4 days of grades ends later than before."


@pytest.fixture
def document() -> RepairDocument:
    return repair_of(small_school(), packages=[["2@1.2"]])


def _sheet(document: RepairDocument) -> str:
    book = load_workbook(BytesIO(report_xlsx(document)))
    return "\n".join(str(row[0]) for row in book["Summary"].iter_rows(values_only=True))


def test_costs_stand_in_every_file(document):
    texts = [
        optimise_text(document, "out", ["lesson.txt"]),
        report_txt(document).decode(),
        report_md(document).decode(),
        report_html(document).decode(),
        _sheet(document),
    ]
    for text in texts:
        assert GAPS in text
        assert LATER in text
    # In the page they stand under what it costs.
    page = texts[3]
    assert page.index(">What it costs<") < page.index(GAPS) < page.index(">How good it is<")


def test_gaps_stand_in_the_second_sentence(document):
    costs = three_sentences(document)[1]
    assert costs.endswith("Teachers then have 1 free period between lectures a week instead of 0.")
    # Back to the plan of today: no gap comes on top.
    assert "free periods" not in three_sentences(repair_of(small_school(), {"5@2.1": "Tue2"}))[1]


def test_fewer_gaps_are_a_gain():
    # 10.1 has Monday 1 and 3; lesson 3 goes to Monday 2, lesson 2 to Monday 4: the gap of 10.1 is closed.
    document = repair_of(small_school(), {"3@1.3": "Mon2", "2@1.2": "Mon4"})
    assert "Gaps of grades: 0 a week instead of 1 (none left)." in side_gains(document)
    assert not [line for line in side_costs(document) if line.startswith("Gaps of grades")]
    rows = {row.name: row.verdict for row in measures(ReportFacts(document))}
    assert rows["Gaps of grades"] == "better"


def test_nothing_moves_nothing_is_lost():
    assert side_costs(repair_of(small_school(), {})) == []


def test_earlier_and_later_are_sentences_of_their_own():
    # Tuesday 1 is the only lecture of both grades that day. One period later: both end later and begin later.
    later = repair_of(small_school(), {"5@2.1": "Tue2"})
    assert side_costs(later) == ["2 of 4 days of grades end later than before."]
    # Monday of 10.2 begins with lesson 2 in period 2; lesson 4 goes before it, into period 1.
    earlier = repair_of(small_school(), {"4@1.3": "Mon1"})
    assert [line for line in side_costs(earlier) if "days" in line] == [
        "1 of 4 days of grades begins earlier than before."
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(9, 29, "up 222 %"), (0, 1, "none before"), (4, 4, "as before"), (4, 3, "down 25 %"), (4, 0, "none left")],
)
def test_comparison(before, after, expected):
    # 20 more than 9: 222 %.
    assert comparison(before, after) == expected


def _comfort(document: RepairDocument, before: int, after: int) -> RepairDocument:
    """The document with a comfort rule that finds so many."""
    rules = tuple(TeacherDays(weight=2) if rule.id == "teacher-days" else rule for rule in document.policy.rules)
    found = Violation("teacher-days", Facts(kind=Kind.TEACHER, name="Arnd", week_class=0))
    scores = [
        replace(
            score,
            rules={**score.rules, "teacher-days": RuleScore(Tier.COMFORT, 2, amount)},
            violations=(*score.violations, *([replace(found, amount=amount)] if amount else [])),
        )
        for score, amount in ((document.before, before), (document.after, after))
    ]
    policy = document.policy.with_(rules=rules)
    return replace(document, policy=policy, before=scores[0], after=scores[1])


def test_comfort_that_gets_less_is_a_cost(document):
    worse, better = _comfort(document, 0, 3), _comfort(document, 3, 1)
    title = "More days of teachers at school than so far"
    assert f"{title}: 3 a week instead of 0." in side_costs(worse)
    assert f"{title}: 1 a week instead of 3." in side_gains(better)
    assert "teacher-days" not in [rule.id for rule, _before, _after in brought(worse)]
    assert "teacher-days" in [rule.id for rule, _before, _after in brought(better)]


# -- what the price counts --


def test_price_names_what_has_points(document):
    run = replace(document.run, objective_before=30, objective=17, bound=12)
    # Arnd changes sites, 10.2 does, days of teachers have points; a moved lecture is what is counted in.
    told = quality(replace(_comfort(document, 0, 3), run=run))[1]
    assert told == (
        "Counted in moved lectures, the old plan costs 30 and this one 17 (site changes of teachers: 10 each; "
        "site changes of grades: 10 each; more days of teachers at school than so far: 2 each). No plan that breaks as "
        "few rules can cost less than 12 (proved)."
    ).replace("10 each", f"{min(10, len(document.school.lectures))} each")


def test_gaps_are_counted_at_one_site_too():
    document = repair_of(small_school(sites="H"), packages=[["2@1.2"]])
    run = replace(document.run, objective_before=0, objective=3, bound=0)
    assert "It is not proved that any lecture has to move" in quality(replace(document, run=run))[1]
    told = quality(_comfort(replace(document, run=run), 0, 1))[1]
    assert "this one 3 (more days of teachers at school than so far: 2 each)" in told


# -- choices --


def test_broken_rules_that_the_full_repair_mends(document):
    # The choice leaves the short journeys of today, two of Arnd and one of 10.2; the full repair none.
    run = replace(document.run, status="chosen", rules_after=9, bound=1)
    choice = replace(
        document, run=run, after=document.before, origin=Origin(after=replace(document.after, violations=()))
    )
    assert "3 breaches of rules remain; the full repair leaves 0." in quality(choice)
    nothing = replace(choice, origin=Origin(after=document.before))
    assert "Whether the broken rules that remain can be mended is open." in quality(nothing)


def test_other_version_is_named(document):
    told = quality(replace(document, origin=Origin(after=document.after, version="0.0.9")))
    assert told[1].startswith("The repair was made with untisopt 0.0.9 or under other rules than those of today")


# -- page one --


def test_half_is_a_number_of_lectures():
    teachers, grades = fairness(ReportFacts(repair_of(small_school(), {"5@2.1": "Tue2"})))
    # Lesson 5 is of Beck and of both grades. Teachers: 0 and 1, so half have none; grades: 1 and 1.
    assert teachers.half == "Half of all teachers have no moved lecture."
    assert grades.half == "Half of all grades have at most 1 moved lecture."
