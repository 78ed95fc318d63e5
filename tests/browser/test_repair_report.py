"""The page of a repair after events in a browser: weeks and sheets of lectures that come, go and change hands."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from tests.unit.service.exports import write_export
from untisopt.engines.session import SolveOptions
from untisopt.service.events.run import RepairOptions, repair

ROWS = """
Arnd 1 1 Ma 101 1 7
Arnd 1 2 Ma 101 1 7
Arnd 2 1 Ph 102 2 7
Beck 1 3 De 101 3 7
Cohn 1 1 Bi 103 5 8
Cohn 1 2 Ch 103 6 8
Cohn 2 1 Ch 103 6 8
Cohn 2 3 Sp TH 7 8
"""
EVENTS = ("replace Arnd by new Neumann", "remove 5", "add Ku Cohn 8 1 in 102")
A4 = {"paperWidth": 210 / 25.4, "paperHeight": 297 / 25.4}


@pytest.fixture
def page(browser: Chrome, tmp_path: Path) -> Iterator[Chrome]:
    options = RepairOptions(solve=SolveOptions(time_limit=20, workers=1, deterministic=True))
    result = repair(write_export(tmp_path / "export", ROWS, policy=""), EVENTS, options)
    browser.get_log("browser")
    path = tmp_path / "report.html"
    path.write_bytes(result.files["report.html"])
    browser.get(path.as_uri())
    yield browser
    # Neither errors nor warnings, in any of the tests.
    assert browser.get_log("browser") == []


def choose(browser: Chrome, viewer: str, kind: str, name: str) -> None:
    root = browser.find_element(By.ID, f"{viewer}-viewer")
    button = root.find_element(By.CSS_SELECTOR, f"input[value={kind}]")
    browser.execute_script("arguments[0].click()", button)
    select = Select(root.find_element(By.CSS_SELECTOR, "select.list"))
    (index,) = [i for i, option in enumerate(select.options) if option.text.split(":")[0] == name]
    select.select_by_index(index)


def texts(browser: Chrome, selector: str) -> list[str]:
    return [" ".join(one.text.split()) for one in browser.find_elements(By.CSS_SELECTOR, selector)]


def test_weeks_of_who_is_replaced_and_who_comes(page):
    choose(page, "weeks", "teacher", "Arnd")
    before, after = (texts(page, f"#weeks-viewer .pair > :nth-child({n}) .entry") for n in (1, 2))
    assert sorted(before) == [
        "Ma 7 101 \N{MINUS SIGN} gone to Neumann",
        "Ma 7 101 \N{MINUS SIGN} gone to Neumann",
        "Ph 7 102 \N{MINUS SIGN} gone to Neumann",
    ]
    assert after == []
    choose(page, "weeks", "teacher", "Neumann")
    assert texts(page, "#weeks-viewer .pair > :nth-child(1) .entry") == []
    assert set(texts(page, "#weeks-viewer .pair > :nth-child(2) .entry")) == {
        "Ma 7 101 + new from Arnd",
        "Ph 7 102 + new from Arnd",
    }


def test_week_of_a_grade_with_what_goes_and_comes(page):
    choose(page, "weeks", "grade", "8")
    before, after = (texts(page, f"#weeks-viewer .pair > :nth-child({n}) .entry") for n in (1, 2))
    assert "Bi Cohn 103 \N{MINUS SIGN} no longer taught" in before
    assert not [entry for entry in before if entry.startswith("Ku")]
    assert [entry for entry in after if entry.startswith("Ku")] == ["Ku Cohn 102 + new"]
    choose(page, "weeks", "grade", "7")
    assert "Ma Neumann 101 \N{LEFT RIGHT ARROW} other teacher" in texts(
        page, "#weeks-viewer .pair > :last-child .entry"
    )
    assert "Ma Arnd 101 \N{LEFT RIGHT ARROW} other teacher" in texts(page, "#weeks-viewer .pair > :first-child .entry")


def test_sheets(page):
    choose(page, "sheets", "teacher", "Arnd")
    assert texts(page, "#sheets-viewer table.changes tbody tr") == [
        "Mon 1-2 → Neumann Ma 7 101 Arnd is replaced by Neumann.",
        "Tue 1 → Neumann Ph 7 102 Arnd is replaced by Neumann.",
    ]
    choose(page, "sheets", "grade", "7")
    rows = texts(page, "#sheets-viewer table.changes tbody tr")
    assert rows[0] == "Mon 1-2 stays Ma Neumann instead of Arnd 101 Arnd is replaced by Neumann."
    assert "3 lectures get another teacher only." in texts(page, "#sheets-viewer .sheet > p")


def test_changes_are_filtered_by_what_becomes_of_them(page):
    Select(page.find_element(By.ID, "filter-package")).select_by_visible_text("No longer taught")
    shown = [row.text for row in page.find_elements(By.CSS_SELECTOR, "tr[data-teachers]") if row.is_displayed()]
    assert len(shown) == 1
    assert "Bi 8" in shown[0]


def test_first_page_is_one_sheet(page):
    # The other sections are printed on sheets of their own: without them one page is left.
    page.execute_script("for (const one of document.querySelectorAll('main > section:not(#summary)')) one.remove()")
    printed = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, **A4})
    content = base64.b64decode(printed["data"])
    assert max(int(count) for count in re.findall(rb"/Count (\d+)", content)) == 1


def test_the_first_page_does_not_scroll_sideways(page):
    shares = "return [...document.querySelectorAll('.touched .share')].map((one) => one.getBoundingClientRect().right)"
    for width in (1280, 1100, 700, 400):
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        assert page.execute_script("return document.documentElement.scrollWidth") <= width
        assert all(0 < right <= width for right in page.execute_script(shares))
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_percentages_are_printed(page):
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    shown = [one.is_displayed() for one in page.find_elements(By.CSS_SELECTOR, ".touched .share")]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert shown
    assert all(shown)
