"""The page of the entry list in a browser: ticks are counted, kept, and never mixed up between lists."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from tests.builders import move, school
from untisopt.report.entry.html import entry_list_html
from untisopt.service.entry import entry_list

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    binary = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("needs Chromium and chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,900"):
        options.add_argument(argument)
    opened = webdriver.Chrome(options=options, service=Service(driver))
    yield opened
    opened.quit()


def page(to: str) -> bytes:
    """Three steps: two lectures of Arnd change places, one of them goes to Monday 3 for the moment."""
    long = "X" * 60
    of = school(
        f"1 Arnd 5a H1 Mon1\n2 Arnd {long},{','.join(f'g{i}' for i in range(30))} {long} Mon2\n3 Beck 5c H3 Tue1"
    )
    after = move(of, {"1@1.1": "Mon2", "2@1.2": "Mon1", "3@2.1": to})
    return entry_list_html(entry_list(of, of.as_is, after))


def boxes(browser: webdriver.Chrome) -> list[bool]:
    return [box.is_selected() for box in browser.find_elements(By.CSS_SELECTOR, "input[type=checkbox]")]


def text(browser: webdriver.Chrome, id_: str) -> str:
    return browser.find_element(By.ID, id_).text


def test_ticks_are_kept(browser, tmp_path: Path):
    (tmp_path / "list.html").write_bytes(page("Tue2"))
    (tmp_path / "other.html").write_bytes(page("Tue3"))
    browser.get((tmp_path / "list.html").as_uri())
    assert text(browser, "progress") == "0 of 4 entered"
    browser.find_elements(By.CSS_SELECTOR, "input[type=checkbox]")[0].click()
    # By keyboard: the button leads to the first open step, the space bar ticks it.
    browser.find_element(By.ID, "next").send_keys(Keys.ENTER)
    browser.switch_to.active_element.send_keys(Keys.SPACE)
    assert text(browser, "progress") == "2 of 4 entered"
    # The browser writes what it keeps in its own time.
    WebDriverWait(browser, 10).until(lambda b: b.refresh() or boxes(b) == [True, True, False, False])
    assert text(browser, "progress") == "2 of 4 entered"
    browser.get((tmp_path / "other.html").as_uri())
    assert boxes(browser) == [False] * 4
    assert browser.get_log("browser") == []


def test_browser_that_keeps_nothing(browser):
    # A page without an origin has no storage: reading it raises.
    browser.get("data:text/html;base64," + base64.b64encode(page("Tue2")).decode())
    browser.find_elements(By.CSS_SELECTOR, "input[type=checkbox]")[0].click()
    assert text(browser, "progress") == "1 of 4 entered"
    assert "does not keep the ticks" in text(browser, "forgetful")
    assert browser.get_log("browser") == []


def test_nothing_to_scroll_sideways(browser, tmp_path: Path):
    (tmp_path / "list.html").write_bytes(page("Tue2"))
    browser.get((tmp_path / "list.html").as_uri())
    width, seen = browser.execute_script(
        "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert width <= seen
