"""The report of the bundled city in a real browser: whole without a network, every area drawn, on screen and phone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from safelearn.resources import bundled_city

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.needs("python:playwright")]


@pytest.fixture(scope="module")
def page_file(diagnosed) -> Path:
    return diagnosed("puerto-sereno") / "diagnosis.html"


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
    assert page.locator("figure.fig").count() >= 12
    bare = page.evaluate(
        """[...document.querySelectorAll('figure.fig')].filter(f =>
             !f.querySelector('details.numbers table')
             && !(f.nextElementSibling?.matches('details.numbers')
                  && f.nextElementSibling.querySelector('table'))).map(f => f.id)"""
    )
    assert bare == []
    page.close()


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.needs("python:axe_playwright_python")
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_stands_in_the_way_of_a_reader(browser, page_file, width):
    import axe_playwright_python

    script = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
    context = browser.new_context(
        viewport={"width": width, "height": 900}, bypass_csp=True
    )
    page = context.new_page()
    page.goto(page_file.resolve().as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    # Rows of a table are alike, and contrast is measured cell by cell: the first six stand for all.
    page.evaluate(
        "document.querySelectorAll('tbody tr:nth-child(n+7)').forEach(r => r.remove())"
    )
    page.evaluate(script.read_text(encoding="utf-8"))
    found = page.evaluate(
        "([rules, contrast]) => axe.run(document, {runOnly: {type: 'tag', values: rules}, iframes: false, "
        "rules: {'color-contrast': {enabled: contrast}}})",
        # Colours are the same at every width, and most of the time goes into measuring them.
        [RULES, width == 360],
    )
    context.close()
    assert [
        (v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]
    ] == []


@pytest.mark.parametrize(("width", "listed"), [(1280, True), (360, False)])
def test_contents_are_listed_beside_the_text_and_folded_on_a_phone(
    browser, page_file, width, listed
):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(page_file.resolve().as_uri())
    links = page.locator("nav.toc a:visible")
    sections = page.locator("main h2").count()
    assert links.count() == (sections if listed else 0)
    if not listed:
        page.locator("nav.toc summary").click()
        assert links.count() == sections
    page.close()


def test_the_first_screens_say_what_is_known_how_surely_and_what_is_not(
    browser, page_file
):
    page, *_ = opened(browser, page_file, 1280)
    findings = page.locator("li.finding")
    assert 3 <= findings.count() <= 5
    for i in range(findings.count()):
        assert findings.nth(i).locator(".sure").count() == 1
    unknown = page.locator(".unknown li")
    assert unknown.count() >= 1
    assert (
        unknown.first.bounding_box()["y"]
        < page.locator("main table").first.bounding_box()["y"]
    )
    page.close()


@pytest.fixture(scope="module")
def city_areas() -> int:
    from safelearn.city.folder import City

    return len(City.open(bundled_city("puerto-sereno")).table("areas"))
