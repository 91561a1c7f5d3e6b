"""Every part of a report on one page, in a real browser and on paper.

Chromium counts requests, measures widths and runs axe-core; the PDF is made as the report's is.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from markupsafe import Markup

from safelearn.disclosure.approval import approve

pytestmark = pytest.mark.needs("chromium", "python:playwright")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AREAS = 60


def _approved(frame, keys, hidden=None):
    frame = pd.DataFrame(frame)
    measures = [c for c in frame if c not in keys]
    derived = {"n": [m for m in measures if m != "n"]} if "n" in measures else {}
    return approve(
        "sample",
        frame,
        keys=keys,
        measures=measures,
        hidden=hidden,
        derived=derived,
        least=1,
    )


def _rates():
    value = np.random.default_rng(7).gamma(2, 20, AREAS)
    value[11] = np.nan
    frame = {
        "area_id": [f"{k + 1:02d}" for k in range(AREAS)],
        "area_name": [
            f"{k + 1:02d} Neighbourhood of San Juan {k + 1}" for k in range(AREAS)
        ],
        "n": np.full(AREAS, 40),
        "rate": value * 1.1,
        "eb": value,
        "eb_lower": value * 0.8,
        "eb_upper": value * 1.3,
        "mark": ["unstable" if k % 9 == 0 else "" for k in range(AREAS)],
    }
    return _approved(frame, ["area_id", "area_name"], np.arange(AREAS) % 13 == 5)


def _city():
    import geopandas as gpd
    from shapely import box

    squares = [
        box(
            -77 + 0.01 * (k % 8),
            -12 + 0.01 * (k // 8),
            -76.99 + 0.01 * (k % 8),
            -11.99 + 0.01 * (k // 8),
        )
        for k in range(AREAS)
    ]
    names = [f"{k + 1:02d}" for k in range(AREAS)]
    return gpd.GeoDataFrame(
        {"area_id": names, "area_name": names}, geometry=squares, crs=4326
    )


def _parts():
    from safelearn.views import charts, figures, maps, marks, tables

    months = pd.period_range("2016-01", "2025-12", freq="M").astype(str)
    n = np.linspace(160, 40, len(months)).round()
    monthly = _approved(
        {"month": months, "n": n, "mean": n, "lower": n * 0.9, "upper": n * 1.1},
        ["month"],
    )
    rates, city = _rates(), maps.shapes(_city())
    words = {
        "source": "Police records, 2016 to 2025",
        "period": "2016 to 2025",
        "n": "12,000 records",
        "denominator": "none: counts, not rates",
        "stamp": marks.SYNTHETIC,
    }
    column = tables.Column
    by_month = tables.table(
        monthly,
        [column("Month", "month"), column("Records", "n", "count")],
        caption="By month",
    )
    columns = [
        column("Area", "area_name"),
        column("Rate per 100,000", "eb", "rate"),
        column("95% interval", ("eb_lower", "eb_upper"), "rate"),
        column("Raw rate", "rate", "rate"),
        column("Records", "n", "count"),
        column("Note", "mark", words=tables.mark_words()),
        column("Code", "area_id"),
    ]
    by_area = tables.table(rates, columns, caption="Rates by area")
    finding = marks.Finding(
        "Recorded violence fell by three quarters in ten years",
        "−75%",
        "records, 2025 compared with 2016",
        "−80% to −70%",
        marks.THIN,
        "every record has a date, but the city is invented",
        "figure-1",
        marks.SYNTHETIC,
    )
    priorities = [
        ["Young men", marks.certainty(3), "Health office", "Review cases of 2025"]
    ]
    return {
        "summary": [
            marks.findings([finding] * 5),
            tables.text_table(
                ["Priority", "How sure", "Who decides", "First step"],
                priorities * 4,
                caption="Priorities to discuss",
                label=1,
            ),
            marks.key(),
        ],
        "time": [
            figures.figure(
                charts.trend(monthly, unit="Records a month"),
                number=1,
                title="Recorded violence fell from 2016 to 2025",
                unit="Records a month with their 95% interval.",
                alt="A line that falls.",
                numbers=by_month,
                **words,
            ),
        ],
        "where": [
            figures.figure(
                maps.pair(rates, city, unit="Violence per 100,000 residents, 2025"),
                number=2,
                title="Rates differ between neighbourhoods",
                unit="Per 100,000 residents. North is up.",
                alt="Two maps.",
                numbers=by_area,
                keep_table=True,
                extra=maps.interactive(
                    rates,
                    city,
                    title="Interactive map of rates by area",
                    unit="Per 100,000 residents",
                    columns=columns[:6],
                    stamp=marks.SYNTHETIC,
                ),
                **words,
            ),
            figures.figure(
                charts.ranges(
                    rates,
                    unit="Per 100,000",
                    raw="rate",
                    reference=(40.0, "city average 40"),
                ),
                number=3,
                title="Most neighbourhoods cannot be told apart from the city",
                unit="Smoothed rate with its 95% interval, in code order.",
                alt="Dots and intervals.",
                numbers=by_area,
                **words,
            ),
        ],
        "missing": [
            marks.refusal("No population by sex and age.", "Add population.csv."),
            marks.cards(
                [
                    marks.not_measured(
                        "Fear", "It matters.", "A survey.", "where.", "a.xlsx", "25(b)"
                    ),
                    marks.comes_later("Perception", "How safe people feel."),
                ]
            ),
        ],
    }


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Path:
    """The parts as an executed notebook, rendered as a report."""
    import nbformat

    from safelearn.reports.page import heading, prose
    from safelearn.reports.render import FRONT, to_html

    folder = tmp_path_factory.mktemp("page")
    front = {
        "lang": "en",
        "dir": "ltr",
        "title": "Safety diagnosis: Puerto Invented, 2025",
        "subtitle": "What is known, how sure we are, and what has not been measured yet.",
        "kicker": "City safety diagnosis",
        "publisher": "the city",
        "facts": [["Period", "2016 to 2025"], ["Areas", "60 neighbourhoods"]],
        "footer": "Sources: none, the city is invented.",
        "warning": "This city is invented. Do not cite.",
        "warning_tag": "Synthetic data.",
        "warning_short": "Synthetic data. Do not cite.",
        "marking": "",
        "words": {"skip": "Skip", "contents": "Contents", "failed": "Failed."},
    }
    outputs = [{FRONT: front, "text/plain": "front"}]
    titles = {
        "summary": "summary",
        "time": "offences",
        "where": "where",
        "missing": "missing",
    }
    for name, parts in _parts().items():
        lead = (
            ""
            if name == "summary"
            else "One sentence that says what this section is about. " * 2
        )
        html = Markup().join(
            [heading(titles[name], lead), *parts, prose("And one more.")]
        )
        outputs.append({"text/html": str(html)})
    cells = []
    for data in outputs:
        cell = nbformat.v4.new_code_cell("")
        cell.outputs = [nbformat.v4.new_output("display_data", data)]
        cells.append(cell)
    path = folder / "page.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    out = folder / "page.html"
    out.write_text(to_html(path), encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def browser():
    import shutil

    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, page):
    """Open the page at a width; requests and errors are written down."""
    opened = []

    def go(width, height=900, **context):
        here = browser.new_context(
            viewport={"width": width, "height": height}, **context
        )
        opened.append(here)
        tab = here.new_page()
        tab.asked, tab.errors = [], []
        tab.on("request", lambda r: tab.asked.append(r.url))
        tab.on("pageerror", lambda e: tab.errors.append(str(e)))
        tab.on(
            "console",
            lambda m: (
                tab.errors.append(m.text) if m.type in ("error", "warning") else None
            ),
        )
        tab.goto(page.as_uri())
        return tab

    yield go
    for here in opened:
        here.close()


def open_everything(tab):
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    tab.locator("iframe").scroll_into_view_if_needed()
    frame = tab.locator("iframe").element_handle().content_frame()
    frame.wait_for_selector(
        f"path.leaflet-interactive >> nth={AREAS - 1}", state="attached"
    )
    tab.wait_for_timeout(300)
    return frame


def axe(frame):
    import axe_playwright_python

    root = Path(axe_playwright_python.__file__).parent
    frame.evaluate(next(root.rglob("axe.min.js")).read_text(encoding="utf-8"))
    found = frame.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, iframes: false})",
        RULES,
    )
    return [
        (v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]
    ]


def test_the_page_asks_nobody_for_anything(visit, page):
    tab = visit(1280)
    open_everything(tab)
    asked = [
        u for u in tab.asked if not u.startswith(("data:", "about:", page.as_uri()))
    ]
    assert asked == []
    assert tab.errors == []


def test_as_many_areas_are_drawn_as_the_city_has(visit):
    frame = open_everything(visit(1280))
    assert frame.locator("path.leaflet-interactive").count() == AREAS


@pytest.mark.needs("python:axe_playwright_python")
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_stands_in_the_way_of_a_reader(visit, width):
    tab = visit(width, bypass_csp=True)
    frame = open_everything(tab)
    assert axe(tab.main_frame) == []
    assert axe(frame) == []


@pytest.mark.parametrize(
    ("width", "css"),
    [
        (1280, ""),
        (360, ""),
        (320, ""),
        (640, "html { font-size: 200% }"),
        (
            320,
            "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
            " word-spacing: .16em !important } p { margin-block-end: 2em !important }",
        ),
    ],
    ids=["desktop", "phone", "small phone", "200 % text", "text spacing"],
)
def test_the_page_is_never_wider_than_the_screen(visit, width, css):
    tab = visit(width)
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    if css:
        tab.add_style_tag(content=css)
    assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_the_first_tab_leads_past_the_contents(visit):
    tab = visit(1280)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#main"


def test_a_phone_gets_the_narrow_pictures(visit):
    widths = {
        size: visit(size).evaluate("[...document.images].map(i => i.naturalWidth)")
        for size in (1280, 360)
    }
    assert set(widths[1280]) == {720} and set(widths[360]) == {326}


def test_the_page_is_set_in_its_own_letters(visit):
    tab = visit(1280)
    tab.evaluate("document.fonts.ready")
    loaded = tab.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family + f.weight)"
    )
    assert {f.replace('"', "") for f in loaded} == {
        "Safelearn Sans400",
        "Safelearn Sans700",
    }


@pytest.mark.parametrize("width", [1280, 360])
def test_an_area_tells_its_numbers_to_the_keyboard(visit, width):
    frame = open_everything(visit(width))
    area = frame.locator("path.leaflet-interactive").nth(20)
    area.focus()
    said = frame.locator(".leaflet-tooltip").inner_text()
    assert "21 Neighbourhood of San Juan 21" in said and "95% interval" in said
    assert "21 Neighbourhood of San Juan 21" in area.get_attribute("aria-label")
    tip = frame.locator(".leaflet-tooltip").bounding_box()
    room = frame.locator("#map_1").bounding_box()
    assert (
        tip["x"] >= room["x"] and tip["x"] + tip["width"] <= room["x"] + room["width"]
    )


def test_the_map_shows_what_is_hidden_unstable_and_unknown(visit):
    frame = open_everything(visit(1280))
    fills = frame.evaluate(
        "[...document.querySelectorAll('path.leaflet-interactive')].map(p => p.getAttribute('fill'))"
    )
    for kind in ("unstable", "hidden", "none"):
        assert any(kind in fill for fill in fills)
    missing = frame.evaluate(
        "[...document.querySelectorAll('path.leaflet-interactive')]"
        ".map(p => p.getAttribute('fill')).filter(f => f.startsWith('url'))"
        ".filter(f => !document.querySelector(f.slice(4, -1))).length"
    )
    assert missing == 0
    assert "Synthetic data" in frame.locator(".key").inner_text()


@pytest.fixture(scope="module")
def paper(page, tmp_path_factory) -> list[np.ndarray]:
    """The pages of the PDF as grey pictures."""
    import shutil
    import subprocess

    from PIL import Image

    from safelearn.reports.formats.pdf import to_pdf

    folder = tmp_path_factory.mktemp("paper")
    pdf = folder / "page.pdf"
    pdf.write_bytes(to_pdf(page.read_text(encoding="utf-8")))
    assert pdf.stat().st_size < 1_000_000
    command = [
        shutil.which("pdftoppm"),
        "-r",
        "50",
        "-png",
        str(pdf),
        str(folder / "p"),
    ]
    subprocess.run(command, check=True)
    return [
        np.asarray(Image.open(p).convert("L")) for p in sorted(folder.glob("p-*.png"))
    ]


@pytest.mark.needs("python:weasyprint", "pdftoppm")
def test_paper_has_no_half_empty_pages(paper):
    assert len(paper) >= 4
    for number, sheet in enumerate(paper[:-1], start=1):
        # The text area: margins of 20 and 18 mm of 297 are the running head and foot.
        inside = sheet[round(sheet.shape[0] * 0.075) : round(sheet.shape[0] * 0.93)]
        inked = np.flatnonzero((inside < 200).any(axis=1))
        assert inked.max() > 0.5 * len(inside), f"page {number} is half white"


def test_the_page_stays_light(page):
    html = page.read_text(encoding="utf-8")
    assert len(html.encode()) < 3_000_000
    assert not re.findall(r'(?:src|href)="https?:', html)
