"""A headless Chromium for the tests of HTML pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from docs.make_screenshots import BROWSERS, open_browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One browser for all tests; without Chromium they are skipped, unless UNTISOPT_REQUIRE_BROWSER=1 forbids it."""
    binary = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if binary is None or driver is None:
        reason = "needs Chromium and chromedriver, such as: apt install chromium chromium-driver"
        if os.environ.get("UNTISOPT_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    opened = open_browser(Path(binary), Path(driver), tmp_path_factory.mktemp("browser"))
    yield opened
    opened.quit()
