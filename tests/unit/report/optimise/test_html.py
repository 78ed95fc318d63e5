"""The page that a head teacher decides from: one sound file, whatever the names, whatever is known of the school."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest

from tests.browser.repairs import AWAY, LESSONS, NASTY, PLAIN, repair_of, small_school, two_weeks
from tests.builders import ALL_WEEKS, grid
from tests.unit.report.optimise.html_pages import Page, data_of, parsed
from tests.unit.service.ladder.ladders import RUNGS, search_that_finds, use_search, write_school
from untisopt.domain.events import lesson_added
from untisopt.domain.lessons import Course
from untisopt.i18n import use_language
from untisopt.report.optimise.facts import MINUS, RepairFacts
from untisopt.report.optimise.front import fairness, measures, touched
from untisopt.report.optimise.html import report_html, rises
from untisopt.report.optimise.package_rows import sections
from untisopt.report.optimise.picture import Part, chosen, order, picture
from untisopt.report.optimise.rules import rule_rows
from untisopt.report.optimise.travel import travel_table
from untisopt.report.optimise.weeks import week_data
from untisopt.report.render.html import data_block
from untisopt.report.words.side_effects import side_costs
from untisopt.results.ladder import LadderDocument
from untisopt.results.optimise import RepairDocument
from untisopt.service.ladder.run import ladder


def page(document: RepairDocument, ladder: LadderDocument | None = None) -> Page:
    return parsed(report_html(document, ladder))


@pytest.fixture
def document() -> RepairDocument:
    return repair_of(small_school(), packages=[["2@1.2"]])


# -- one file --


def test_refers_to_nothing_outside(document):
    parsed = page(document)
    for tag, attributes in parsed.tags:
        for name in ("src", "href", "action", "data", "xlink:href", "srcset", "poster"):
            value = attributes.get(name)
            assert value is None or value.startswith("#") or value == "data:,", f"{tag} {name}={value}"
    styles = "".join(text for tag, text in parsed.texts if tag == "style")
    assert "@import" not in styles
    # The picture refers to its own pattern; nothing else has an address.
    text = report_html(document).decode()
    assert set(re.findall(r"url\(([^)]*)\)", text)) == {"#ladder-hatch"}
    assert set(re.findall(r"https?://[^\s\"'<]*", text)) == {"http://www.w3.org/2000/svg"}


def test_policy_allows_its_own_script_only(document):
    parsed = page(document)
    (rule,) = [a["content"] for a in parsed.of("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    (script,) = [text for tag, text in parsed.texts if tag == "script" and "use strict" in text]
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert rule is not None
    assert rule.startswith("default-src 'none'; ")
    assert f"script-src 'sha256-{digest}';" in rule
    assert not [a for _tag, a in parsed.tags if any(name.startswith("on") for name in a)]


def test_same_bytes_every_time(document):
    assert report_html(document) == report_html(document)


def test_links_lead_somewhere_and_ids_are_unique(document):
    parsed = page(document)
    ids = [a["id"] for _tag, a in parsed.tags if "id" in a]
    assert len(ids) == len(set(ids))
    pointed = [str(a["href"])[1:] for a in parsed.of("a")]
    pointed += [str(a["for"]) for a in parsed.of("label") if "for" in a]
    pointed += [name for _tag, a in parsed.tags for name in str(a.get("aria-labelledby") or "").split()]
    assert pointed
    assert set(pointed) <= set(ids)


def test_headings_are_in_order_and_tables_have_heads(document):
    parsed = page(document)
    levels = [int(tag[1]) for tag, _a in parsed.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(a.get("scope") in ("row", "col", "colgroup", "rowgroup") for a in parsed.of("th"))
    assert len(parsed.of("caption")) == len(parsed.of("table"))


# -- names --


def test_names_are_text_whatever_they_hold():
    moves = {**AWAY, "4@1.3": "Mon2"}
    parsed = page(repair_of(small_school(NASTY), moves, packages=[["2@1.2", "4@1.3"]]))
    plain = page(repair_of(small_school(PLAIN), moves, packages=[["2@1.2", "4@1.3"]]))
    # The same tags with the same attributes, in another order at most: names are sorted.
    assert sorted((tag, *a) for tag, a in parsed.tags) == sorted((tag, *a) for tag, a in plain.tags)
    assert NASTY["arnd"] in parsed.text
    assert NASTY["b"] in parsed.text
    # What was not judged names an option with braces; no placeholder is left.
    assert not re.search(r"\{[a-z_]+\}", parsed.text)


def test_names_come_through_the_data_unharmed():
    data = data_of(page(repair_of(small_school(NASTY))))
    assert [name for name, _long in data["teachers"]] == sorted(["Beck", NASTY["arnd"]])
    assert ["H" + NASTY["room"], ""] in data["rooms"]


def test_data_cannot_end_its_element():
    text = data_block({"x": "</script><!--&\u2028ä"})
    assert text == '{"x":"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028ä"}'
    assert json.loads(text) == {"x": "</script><!--&\u2028ä"}


def test_braces_in_names_are_no_placeholders():
    names = {**PLAIN, "arnd": "{name} {count} %s %(x)s"}
    assert "{name} {count} %s %(x)s" in page(repair_of(small_school(names), packages=[["2@1.2"]])).text


# -- languages --


def test_speaks_the_language_in_force(document):
    use_language("de")
    german = page(document)
    use_language("en")
    english = page(document)
    assert (german.of("html")[0]["lang"], english.of("html")[0]["lang"]) == ("de", "en")
    assert "Was es bringt" in german.text
    assert "Wie gut es ist" in german.text
    assert "What it brings" in english.text
    assert data_of(german)["days"][0][1] == "Mo"


def test_plural_forms_of_the_script():
    words = data_of(page(repair_of(small_school())))["words"]
    assert words["moves"] == ["{name}: {count} change", "{name}: {count} changes"]


# -- what is known and what is not --


def test_nothing_moves():
    parsed = page(repair_of(small_school(), {}))
    assert "No lecture moves: the plan stays as it is." in parsed.text
    assert data_of(parsed)["runs"] == []
    assert "filter-text" not in [a.get("id") for a in parsed.of("input")]


def test_moves_without_packages():
    parsed = page(repair_of(small_school()))
    assert "All changes" in parsed.text
    # The picture is made of packages.
    assert "ladder" not in [a.get("class") for a in parsed.of("figure")]


def test_one_site():
    parsed = page(repair_of(small_school(sites="H"), packages=[["2@1.2"]]))
    assert "Site changes were not judged. no second site is known" in parsed.text
    assert not parsed.of("figure")


def test_without_times():
    parsed = page(repair_of(small_school(on=grid(days=2, breaks=(0, 20, 0, 10), times=False)), packages=[["2@1.2"]]))
    assert data_of(parsed)["periods"] == [[1, ""], [2, ""], [3, ""], [4, ""]]
    assert "Journeys of teachers with too little time" not in parsed.text


def test_says_what_is_missing_without_script(document):
    parsed = page(document)
    assert len(parsed.of("noscript")) == 2
    # What needs the script is hidden until it runs.
    assert all("hidden" in a for _tag, a in parsed.tags if "data-script" in a)
    assert sum("data-script" in a for _tag, a in parsed.tags) == 3


# -- page one --


def test_what_it_brings(document):
    rows = {row.name: row for row in measures(RepairFacts(document))}
    # Arnd: H F H F before would be two changes, H H . F after: one; the breaks of 0 and 20 minutes were too short.
    changes = rows["Site changes of teachers"]
    assert (changes.before, changes.after, changes.change, changes.comparison) == ("2", "1", MINUS + "1", "down 50 %")
    short = rows["Journeys of teachers with too little time"]
    assert (short.before, short.after, short.comparison, short.verdict) == ("2", "1", "down 50 %", "better")
    # Arnd 1, 2, 3 becomes 1, 3, 4: period 2 is free now. That is a cost.
    assert "Gaps of teachers" not in rows
    assert "Gaps of teachers: 1 a week instead of 0 (none before)." in side_costs(document)
    # 10.1 has 1 and 3, so one gap, on which nothing changes; 10.2 has 2 and 3, then 3 and 4: none.
    assert (rows["Gaps of grades"].before, rows["Gaps of grades"].comparison) == ("1", "as before")
    # Grade 10.2: from the branch to the main building at 2>3 before, the other way round at 3>4 after.
    assert (rows["Site changes of grades"].before, rows["Site changes of grades"].after) == ("1", "1")


def test_means_of_two_kinds_of_weeks():
    rows = {row.name: row for row in measures(RepairFacts(repair_of(two_weeks(), {})))}
    # A weeks: main building, branch, one change; B weeks: none. In the mean 0.5 a week.
    assert rows["Site changes of teachers"].before == "0.5"


def test_who_is_hit(document):
    assert [(name, amount) for name, amount, _share, _percent in touched(RepairFacts(document))] == [
        ("Lectures moved", "1 of 5"),
        ("Teachers touched", "1 of 2"),
        ("Grades touched", "1 of 2"),
    ]
    teachers, grades = fairness(RepairFacts(document))
    assert teachers.hardest == "Hardest hit: Arnd, 1 of 3 lectures."
    assert teachers.bars == (("0", 1), ("1", 1))
    # The lower median of 0 and 1: one grade of two has none.
    assert grades.half == "Half of all grades have no moved lecture."


def test_bars_double():
    school = small_school()
    moves = {"2@1.2": "Mon4", "1@1.1": "Tue2", "3@1.3": "Tue3"}
    teachers, _grades = fairness(RepairFacts(repair_of(school, moves)))
    # Arnd 3, Beck 0.
    assert teachers.bars == (("0", 1), ("1", 0), ("2", 0), ("3–4", 1))


def test_room_changes_are_no_moves():
    facts = RepairFacts(repair_of(small_school(), {}, rooms={"4@1.3": "H3>H1"}))
    assert ("Only another room", "1 of 5", "20 %", 20) in touched(facts)
    assert fairness(facts) == []
    (row,) = sections(facts)[0].changes
    assert (row.before, row.after, row.rooms_before, row.rooms_after) == ("Mon 3", "", "H3", "H1")


def test_picture_of_packages_ends_in_the_result():
    moves = {**AWAY, "1@1.1": "Tue3"}
    document = repair_of(small_school(), moves, packages=[["2@1.2"], ["1@1.1"]])
    chart = picture(RepairFacts(document), None)
    assert chart is not None
    (panel,) = chart.panels
    # Today Arnd 2 and grade 10.2 one (F1 then H3); in the end 1 (H F) and 1.
    assert panel.plans[0] == (0, 3.0)
    assert panel.plans[-1] == (2, 2.0)
    assert len(panel.plans) == 3
    assert panel.bounds == ((None, 1.0),)


def test_claims_no_bound_that_is_not_proved(document):
    claim = "It is proved that no valid plan lies below the broken line."
    assert claim in page(document).text
    assert claim not in page(repair_of(small_school(), packages=[["2@1.2"]], least=0)).text


def test_picture_of_a_ladder(tmp_path, monkeypatch):
    use_search(monkeypatch, search_that_finds(*RUNGS))
    found = ladder(write_school(tmp_path))
    document = repair_of(small_school())
    chart = picture(RepairFacts(document), found)
    assert chart is not None
    assert len(chart.panels) == 1
    # One lecture moves, as in the smallest rung.
    assert [mark.label for mark in chart.marks if mark.label.endswith("(this plan)")] == [
        "Minimum: 1 lecture (this plan)"
    ]
    assert "best valid plan found with so many moved lectures" in page(document, found).text


def test_order_of_parts():
    one, two, three = repair_of(small_school(), {**AWAY, "1@1.1": "Tue3", "3@1.3": "Tue4"}).moves

    def parts(*relieves: int) -> list[Part]:
        needs = (frozenset[int](), frozenset({0}), frozenset[int]())
        return [Part((m,), n, r) for m, n, r in zip((one, two, three), needs, relieves, strict=True)]

    # Part 1 relieves 4 with 2 lectures, as it needs part 0; part 2 relieves 3 with one.
    assert order(parts(0, 4, 3)) == [[2], [0, 1]]
    assert order(parts(0, 8, 3)) == [[0, 1], [2]]
    # Part 0 pays for itself; then part 1 has nothing left to wait for.
    assert order(parts(5, 4, 3)) == [[0], [1], [2]]
    assert order([]) == []


@pytest.mark.parametrize(("steps", "expected"), [(0, [0]), (1, [0, 1]), (3, [0, 1, 2, 3]), (48, list(range(0, 49, 2)))])
def test_not_too_many_points(steps, expected):
    assert chosen(steps) == expected


# -- further down --


def test_parts_of_a_package():
    document = repair_of(small_school(), {**AWAY, "1@1.1": "Tue3"}, packages=[["2@1.2", "1@1.1"]])
    (section,) = sections(RepairFacts(document))
    assert [(part.name, part.needs) for part in section.parts] == [("1.1", ""), ("1.2", "only with 1.1")]
    (change,) = section.parts[0].changes
    assert (change.before, change.after, change.lesson, change.teachers) == ("Mon 1", "Tue 3", 1, "Arnd")


def test_changes_in_no_package():
    document = repair_of(small_school(), {**AWAY, "1@1.1": "Tue3"}, packages=[["2@1.2"]])
    assert [section.title for section in sections(RepairFacts(document))][1:] == ["Changes that are in no package"]


def test_heat(document):
    table = travel_table(RepairFacts(document))
    assert table is not None
    (row,) = table.rows
    # Two days and the sum; 0 and 20 minutes are too short for 25, and so is 0 for 3>4 after.
    assert [cell.text for cell in row.before] == ["2", "", "2"]
    assert [cell.text for cell in row.after] == ["1", "", "1"]
    assert [cell.level for cell in row.before] == [2, 0, 0]
    assert row.before[0].too_short
    assert row.after[0].too_short


def test_rules_say_what_is_gone_and_new(document):
    rows = {row.id: row for row in rule_rows(RepairFacts(document))}
    found = rows["teacher-site-changes"]
    assert (found.before, found.after, found.change) == (2, 1, MINUS + "1")
    # 1>2 and 2>3 are gone, 3>4 is new.
    assert [(group.kind, len(group.rows)) for group in found.groups] == [("new", 1), ("gone", 2)]
    assert found.groups[0].rows[0].text == "Arnd changes from H to F on Mon between periods 3 and 4"
    assert found.groups[0].rows[0].lectures == "S3 10.1 (lesson 3), S2 10.2 (lesson 2)"
    assert rows["moved-lectures"].groups == ()


def test_weeks(document):
    facts = RepairFacts(document)
    data: Mapping[str, Any] = week_data(facts, sections(facts))
    assert [day[:2] for day in data["days"]] == [[1, "Mon"], [2, "Tue"]]
    assert data["periods"][0] == [1, "08:00–08:45"]
    assert data["teachers"] == [["Arnd", ""], ["Beck", ""]]
    # Lesson 2: Monday 2 to Monday 4, subject S2, Arnd (0), grade 10.2 (1), room F1 (0), which stays, in every week.
    assert [name for name, _long in data["rooms"]] == ["F1", "H1", "H2", "H3", "H4"]
    assert data["lectures"][1] == [2, 1, 2, 1, 4, [[1, 0, [1], [0], 0, 1]]]
    # The package is one part, and the plan around the lecture was searched anew: it saves one site change.
    reason = "With other moves it brings for all together, as far as found: site changes of teachers: 1 fewer a week."
    assert data["runs"] == [[[1], 1, [reason]]]
    assert data["travel"] == {"0": ("2", "1")}
    assert len(data["lectures"]) == len(LESSONS)


def test_periods_that_a_day_lacks():
    document = repair_of(small_school(on=grid(days=2, breaks=(0, 20, 0, 10), short_days={2: 2})))
    assert data_of(page(document))["missing"] == [[2, 3], [2, 4], [2, 5]]


def test_broken_rules_that_have_no_row_of_their_own():
    # Beck is put where Arnd's grade 10.1 and Beck himself are already: a clash.
    document = repair_of(small_school(), {"4@1.3": "Tue1"})
    names = [row.name for row in measures(RepairFacts(document))]
    assert "Broken rule: teacher clash" in names


def test_lecture_that_had_no_place():
    course = Course(9, "Ku", "Beck", ("10.1",), ALL_WEEKS)
    school = lesson_added(small_school(), [(course, ("H4",))], [1]).school
    (new,) = school.unplaced
    document = repair_of(school, {new.id: "Tue2"}, packages=[[new.id]])
    (change,) = sections(RepairFacts(document))[0].changes
    assert (change.before, change.after) == ("no place", "Tue 2")
    # Beck has Tuesday 1 and 2 then; without a place it is nobody's gap.
    assert {row.name: row for row in measures(RepairFacts(document))}["Gaps of teachers"].after == "0"
    assert "Ku 10.1" in page(document).text


def test_picture_that_rises_says_why(document):
    chart = picture(RepairFacts(document), None)
    assert chart is not None
    (panel,) = chart.panels
    # From 3 site changes a week of today to 2.
    assert panel.plans == ((0, 3.0), (1, 2.0))
    assert not rises(chart)
    assert rises(replace(chart, panels=(replace(panel, plans=((0, 3.0), (1, 4.0), (2, 1.0))),)))
    assert "Where the line rises" not in page(document).text
