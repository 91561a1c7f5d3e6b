"""The report of the bundled city in a real browser: whole without a network, every area drawn, on screen and phone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from safelearn.reports.diagnose import diagnose
from safelearn.resources import bundled_city

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.needs("python:playwright")]


@pytest.fixture(scope="module")
def page_file(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("browser") / "report"
    return diagnose(bundled_city("puerto-sereno"), out).report


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        yield browser
        browser.close()


def opened(browser, file: Path, width: int):
    """The page with every part unfolded, and what it asked for and complained about."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    asked, failed, said = [], [], []
    page.on("request", lambda r: asked.append(r.url))
    page.on("requestfailed", lambda r: failed.append(r.url))
    page.on(
        "console",
        lambda m: said.append(m.text) if m.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda e: said.append(str(e)))
    page.goto(file.resolve().as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate(
        "document.querySelectorAll('iframe').forEach(f => f.scrollIntoView())"
    )
    page.wait_for_timeout(1500)
    outside = [
        u for u in asked if not u.startswith(("file:", "data:", "about:", "blob:"))
    ]
    return page, outside, failed, said


def test_the_report_asks_no_network_for_anything_and_nothing_fails(browser, page_file):
    page, outside, failed, said = opened(browser, page_file, 1280)
    assert (outside, failed, said) == ([], [], [])
    page.close()


def test_the_interactive_map_draws_every_area_of_the_city(
    browser, page_file, city_areas
):
    page, *_ = opened(browser, page_file, 1280)
    drawn = [
        frame.locator("path.leaflet-interactive").count() for frame in page.frames[1:]
    ]
    assert drawn == [city_areas]
    page.close()


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_nothing_is_wider_than_the_screen(browser, page_file, width):
    page, *_ = opened(browser, page_file, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_every_picture_says_what_it_shows(browser, page_file):
    page, *_ = opened(browser, page_file, 1280)
    pictures = page.locator("main img")
    assert pictures.count() >= 12
    for i in range(pictures.count()):
        assert len(pictures.nth(i).get_attribute("alt") or "") > 10
    page.close()


def test_every_figure_has_its_numbers(browser, page_file):
    page, *_ = opened(browser, page_file, 1280)
    figures = page.locator("figure.fig").count()
    tables = page.locator("details.numbers table").count()
    assert figures >= 12
    assert tables == figures
    page.close()


@pytest.fixture(scope="module")
def city_areas() -> int:
    from safelearn.city.folder import City

    return len(City.open(bundled_city("puerto-sereno")).table("areas"))
