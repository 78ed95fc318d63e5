"""The page of head teachers in a browser: it opens without a word, draws, filters, is reached by keyboard, prints."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select

from tests.browser.repairs import AWAY, NASTY, repair_of, small_school, two_weeks
from untisopt.i18n import use_language
from untisopt.report.compared.facts import MINUS
from untisopt.report.optimise.html import report_html

MOVES = {**AWAY, "4@1.3": "Mon2"}
PACKAGES = [["2@1.2"], ["4@1.3"]]
A4 = {"paperWidth": 210 / 25.4, "paperHeight": 297 / 25.4}
LETTER = {"paperWidth": 8.5, "paperHeight": 11}


_STANDS_STILL = """
const [element, done] = arguments;
element.scrollIntoView({block: "center"});
let before = null, frames = 0;
(function look() {
  const {top, left} = element.getBoundingClientRect();
  const now = `${top} ${left}`;
  frames = now === before ? frames + 1 : 0;
  before = now;
  if (frames === 3) done(); else requestAnimationFrame(look);
})();
"""


def show(browser: Chrome, folder: Path, content: bytes) -> None:
    browser.get_log("browser")
    path = folder / "report.html"
    path.write_bytes(content)
    browser.get(path.as_uri())


@pytest.fixture
def page(browser: Chrome, tmp_path: Path) -> Iterator[Chrome]:
    show(browser, tmp_path, report_html(repair_of(small_school(), MOVES, packages=PACKAGES)))
    yield browser
    # Neither errors nor warnings, in any of the tests.
    assert browser.get_log("browser") == []


def find(browser: Chrome, selector: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, selector)


def press(browser: Chrome, selector: str) -> None:
    """Click on something once it stands still: packages that come into view take their real height a frame later."""
    element = find(browser, selector)
    browser.execute_async_script(_STANDS_STILL, element)
    element.click()


def texts(browser: Chrome, selector: str) -> list[str]:
    return [element.text for element in browser.find_elements(By.CSS_SELECTOR, selector) if element.is_displayed()]


def pdf_pages(browser: Chrome, **options: object) -> int:
    """How many sheets the page prints on."""
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, **options})
    content = base64.b64decode(printed["data"])
    return max(int(count) for count in re.findall(rb"/Count (\d+)", content))


# -- filters --


def test_all_changes_are_shown_first(page):
    assert len(texts(page, ".package tr[data-teachers]")) == 2
    assert find(page, "#filter-count").text == "2 of 2 changes shown"


@pytest.mark.parametrize(
    ("field", "value", "left"),
    [("teacher", "Arnd", "S2 10.2"), ("teacher", "Beck", "S4 10.2"), ("package", "2", "S4 10.2")],
)
def test_filters(page, field, value, left):
    Select(find(page, f"#filter-{field}")).select_by_visible_text(value)
    (row,) = texts(page, ".package tr[data-teachers]")
    assert left in row
    assert len(texts(page, ".package")) == 1
    assert find(page, "#filter-count").text == "1 of 2 changes shown"


def test_search_and_reset(page):
    find(page, "#filter-text").send_keys("beck S4")
    assert len(texts(page, ".package tr[data-teachers]")) == 1
    find(page, "#filter-text").send_keys(" nothing")
    assert texts(page, ".package tr[data-teachers]") == []
    assert find(page, "#filter-count").text == "No change fits this search."
    press(page, ".filters button")
    assert len(texts(page, ".package tr[data-teachers]")) == 2


# -- weeks --


def cells(browser: Chrome, selector: str, table: int) -> list[str]:
    week = browser.find_elements(By.CSS_SELECTOR, "#weeks-viewer .week")[table]
    return [" ".join(entry.text.split()) for entry in week.find_elements(By.CSS_SELECTOR, selector)]


def test_week_of_a_teacher(page):
    assert find(page, "#weeks-viewer h3").text == "Week of Arnd"
    assert cells(page, ".entry.gone", 0) == [f"S2 10.2 F1 {MINUS} gone to Mon 4"]
    assert cells(page, ".entry.new", 1) == ["S2 10.2 F1 + new from Mon 2"]
    # Lessons 1 and 3 stay.
    assert len(cells(page, ".entry", 0)) == len(cells(page, ".entry", 1)) == 3


def test_week_of_a_grade_and_of_a_room(page):
    press(page, "#weeks-viewer input[value=grade]")
    assert find(page, "#weeks-viewer h3").text == "Week of 10.2"
    assert cells(page, ".entry.new", 1) == ["S4 Beck H3 + new from Mon 3", "S2 Arnd F1 + new from Mon 2"]
    press(page, "#weeks-viewer input[value=room]")
    assert find(page, "#weeks-viewer h3").text == "Week of F1"
    assert cells(page, ".entry.new", 1) == ["S2 Arnd 10.2 + new from Mon 2"]


def test_choosing_and_searching_somebody(page):
    assert [text.strip() for text in texts(page, "#weeks-list option")] == ["Arnd: 1 change", "Beck: 1 change"]
    find(page, "#weeks-search").send_keys("beck")
    assert find(page, "#weeks-viewer h3").text == "Week of Beck"
    assert find(page, "#weeks-viewer .listed").text == "1 of 2 listed"
    find(page, "#weeks-search").send_keys("!")
    assert find(page, "#weeks-viewer .listed").text == "Nobody fits this search."
    assert texts(page, "#weeks-viewer .week") == []


def test_rooms_without_changes_are_listed_when_asked_for(page):
    press(page, "#weeks-viewer input[value=room]")
    assert [text.strip() for text in texts(page, "#weeks-list option")] == ["F1: 1 change", "H3: 1 change"]
    press(page, "#weeks-viewer .only")
    assert len(texts(page, "#weeks-list option")) == 5


def test_another_room_is_marked(browser, tmp_path):
    show(browser, tmp_path, report_html(repair_of(small_school(), {}, rooms={"4@1.3": "H3>H1"})))
    assert cells(browser, ".entry.room", 1) == ["S4 10.2 H1 ↔ other room"]
    press(browser, "#weeks-viewer input[value=room]")
    assert [text.strip() for text in texts(browser, "#weeks-list option")] == ["H1: 1 change", "H3: 1 change"]
    assert cells(browser, ".entry.new", 1) == ["S4 Beck 10.2 + new from Mon 3, H3"]
    assert "→" not in find(browser, "#sheets-viewer .place.to").text


def test_weeks_of_a_kind_are_named(browser, tmp_path):
    show(browser, tmp_path, report_html(repair_of(two_weeks(), {})))
    press(browser, "#weeks-viewer .only")
    assert cells(browser, ".entry", 0) == ["S1 10.1 H1", "S2 10.1 F1 week A", "S3 10.1 H2 week B"]


# -- names --


def test_names_from_the_export_stay_text(browser, tmp_path):
    show(browser, tmp_path, report_html(repair_of(small_school(NASTY), MOVES, packages=PACKAGES)))
    # One script with data and one that draws; no picture, no alert.
    assert browser.execute_script("return document.scripts.length") == 2
    assert browser.execute_script("return document.images.length") == 0
    find(browser, "#weeks-search").send_keys("alert(1)")
    assert find(browser, "#weeks-viewer h3").text == f"Week of {NASTY['arnd']}"
    assert NASTY["arnd"] in find(browser, "#changes").text
    assert browser.get_log("browser") == []


# -- sheets --


def test_sheet_of_a_teacher(page):
    sheet = find(page, "#sheets-viewer .sheet")
    assert sheet.find_element(By.TAG_NAME, "h3").text == "What changes for Arnd"
    assert "1 lecture stands elsewhere in the new timetable. Site changes a week: 1 instead of 2." in sheet.text
    (row,) = sheet.find_elements(By.CSS_SELECTOR, ".changes tbody tr")
    assert row.text.split("\n")[0].startswith("Mon 2 → Mon 4 S2 10.2 F1")


@pytest.mark.parametrize(("button", "sheets"), [("print-one", 1), ("print-all", 2)])
def test_sheets_are_printed_alone(page, button, sheets):
    page.execute_script("window.print = () => { window.asked = true }")
    press(page, f".{button}")
    assert page.execute_script("return window.asked")
    # Nothing but the sheets, one per page.
    assert pdf_pages(page) == sheets
    page.execute_script("dispatchEvent(new Event('afterprint'))")
    assert page.execute_script("return document.body.className") == ""
    assert texts(page, "#print-area .sheet") == []


# -- the whole page --


def test_first_stop_of_the_keyboard_is_the_link_to_the_content(page):
    find(page, "body").send_keys(Keys.TAB)
    link = page.switch_to.active_element
    assert link.text == "Skip to the content"
    assert link.rect["x"] >= 0
    link.send_keys(Keys.ENTER)
    assert page.switch_to.active_element.get_attribute("id") == "summary"


def test_everything_is_reached_by_keyboard(page):
    focused = set()
    find(page, "body").send_keys(Keys.TAB)
    for _ in range(60):
        active = page.switch_to.active_element
        focused.add(active.get_attribute("id") or active.get_attribute("class") or active.tag_name)
        active.send_keys(Keys.TAB)
    assert {"filter-text", "filter-teacher", "weeks-search", "weeks-list", "print-one", "print-all"} <= focused


@pytest.mark.parametrize("lang", ["en", "de"])
def test_no_scrolling_sideways(browser, tmp_path, lang):
    use_language(lang)
    long = {"arnd": "W" * 40, "a": "10.1", "b": "Q" * 30, "room": "M" * 40}
    show(browser, tmp_path, report_html(repair_of(small_school(long), MOVES, packages=PACKAGES)))
    for width in (1280, 400):
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("paper", [A4, LETTER])
@pytest.mark.parametrize("lang", ["en", "de"])
def test_first_page_fits_on_one_sheet(browser, tmp_path, lang, paper):
    use_language(lang)
    show(browser, tmp_path, report_html(repair_of(small_school(), MOVES, packages=PACKAGES)))
    whole = pdf_pages(browser, **paper, preferCSSPageSize=paper is A4)
    browser.execute_script("document.querySelectorAll('main > section + section').forEach((one) => one.remove())")
    assert pdf_pages(browser, **paper, preferCSSPageSize=paper is A4) == 1
    # What follows begins on another sheet.
    assert whole > 1


def test_readable_without_script(browser, tmp_path):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        show(browser, tmp_path, report_html(repair_of(small_school(), MOVES, packages=PACKAGES)))
        assert len(texts(browser, ".package tr[data-teachers]")) == 2
        assert len(texts(browser, "noscript .note")) == 2
        assert texts(browser, ".filters, .viewer") == []
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_text_stands_out_enough(page):
    # 4.5:1 is what WCAG 2 asks for at level AA.
    assert page.execute_script(_LEAST_CONTRAST) >= 4.5


_LEAST_CONTRAST = """
const light = (rgb) => rgb.map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const parse = (text) => text.match(/[\\d.]+/g).map(Number);
function behind(element) {
  for (let e = element; e; e = e.parentElement) {
    const [r, g, b, a] = parse(getComputedStyle(e).backgroundColor);
    if (a !== 0) return [r, g, b];
  }
  return [255, 255, 255];
}
let least = 21;
for (const e of document.querySelectorAll("main *:not(svg, svg *, option)")) {
  if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || !e.offsetParent) continue;
  const [one, other] = [light(parse(getComputedStyle(e).color).slice(0, 3)), light(behind(e))];
  least = Math.min(least, (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05));
}
return least;
"""
