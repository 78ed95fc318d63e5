"""Take the pictures of the HTML pages for README.md: `python docs/make_screenshots.py`.

The pages are those of the small made-up school, repaired in deterministic mode, so that the same version gives the same
pages. Needs Chromium and chromedriver.
"""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from untisopt.engines.session import SolveOptions
from untisopt.service.demo import demo
from untisopt.service.optimise.run import optimise

IMAGES = Path(__file__).resolve().parent / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
)
_PAGES: Mapping[str, Mapping[str, tuple[str, int]]] = {
    "report.html": {
        "report-page-one.png": ("#summary", 1600),
        "report-packages.png": ("#changes", 900),
        "report-grid.png": ("#weeks-viewer", 900),
    },
    "entry-list.html": {"entry-list.png": ("main", 900)},
}
"""By page and picture: what it shows, and its height at most."""


def open_browser(binary: Path, driver: Path, profile: Path) -> Chrome:
    """Start a headless browser that loads nothing from anywhere; `profile` is an empty folder."""
    options = ChromeOptions()
    options.binary_location = str(binary)
    for argument in (*_ARGUMENTS, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return Chrome(options=options, service=Service(executable_path=str(driver)))


def picture(browser: Chrome, selector: str, most: int) -> bytes:
    """What an element looks like, as PNG, with some space around it."""
    browser.execute_script("document.querySelector(arguments[0]).scrollIntoView()", selector)
    left, top, width, height = browser.execute_script(
        "const r = document.querySelector(arguments[0]).getBoundingClientRect();"
        "return [r.left + scrollX, r.top + scrollY, r.width, r.height]",
        selector,
    )
    clip = {"x": left - 24, "y": top - 12, "width": width + 48, "height": min(height + 24, most), "scale": 1}
    options = {"format": "png", "captureBeyondViewport": True, "clip": clip}
    return base64.b64decode(browser.execute_cdp_cmd("Page.captureScreenshot", options)["data"])


def pages(folder: Path) -> Mapping[str, bytes]:
    """The HTML pages of the result by file name."""
    demo(folder, size="small", seed=1)
    result = optimise(folder / "lesson.txt", options=SolveOptions(time_limit=20, workers=1, deterministic=True))
    return {name: content for name, content in result.files.items() if name.endswith(".html")}


def take(browser: Chrome, folder: Path) -> None:
    """Open the pages and write the pictures."""
    # Bars of the browser and a menu that sticks to the window would stand in the middle of a picture.
    hide = "document.head.insertAdjacentHTML('beforeend', '<style>.top, .skip { display: none }</style>')"
    for page, pictures in _PAGES.items():
        browser.get((folder / page).as_uri())
        browser.execute_script(hide)
        for name, (selector, most) in pictures.items():
            (IMAGES / name).write_bytes(picture(browser, selector, most))
            sys.stdout.write(f"docs/images/{name}\n")


def main() -> None:
    """Make the pages in a temporary folder and take their pictures."""
    binary, driver = next(filter(None, map(shutil.which, BROWSERS)), None), shutil.which("chromedriver")
    if binary is None or driver is None:
        sys.exit("Needs Chromium and chromedriver, such as: apt install chromium chromium-driver")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for page, content in pages(folder / "school").items():
            (folder / page).parent.mkdir(exist_ok=True)
            (folder / page).write_bytes(content)
        browser = open_browser(Path(binary), Path(driver), folder / "profile")
        try:
            take(browser, folder)
        finally:
            browser.quit()


if __name__ == "__main__":
    main()
