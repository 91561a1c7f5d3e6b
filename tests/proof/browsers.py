"""Reports of other cities in a real browser: whole without a network, every area drawn, no wider than the screen.

The tests look at the report of one bundled city. Here each city is another one, drawn from its own seed, small or
large, with names, counts and gaps that nobody has looked at; the last of four has no population, and one in
four speaks the pseudo-language, whose sentences are longer and whose forgotten ones stand out.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

WIDTHS = (320, 768, 1440)
LOCAL = ("file:", "data:", "about:", "blob:")


def prove(size: int, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Diagnose `size` cities and open each report at three widths."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return {"tried": 0, "failed": [], "skipped": "Chromium is not installed"}
    from playwright.sync_api import sync_playwright

    from safelearn.errors import SafelearnError

    failed: list[str] = []
    tried = {"cities": 0, "pages": 0, "areas_drawn": 0}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        for seed in range(size):
            tried["cities"] += 1
            progress(seed + 1, size)
            try:
                report, areas = _report(Path(folder) / str(seed), seed)
            except SafelearnError as error:
                failed.append(f"city {seed} has no report: {error}".replace("\n", " "))
                continue
            for width in WIDTHS:
                drawn = _open(browser, report, width, f"city {seed}", failed)
                tried["pages"] += 1
                if drawn != areas:
                    failed.append(f"city {seed}: {drawn} of {areas} areas are drawn")
                tried["areas_drawn"] += drawn
        browser.close()
    return {"tried": tried, "failed": failed}


def _report(folder: Path, seed: int) -> tuple[Path, int]:
    from safelearn.city.folder import City
    from safelearn.reports.diagnose import diagnose
    from safelearn.simulation.build import build_city

    city = folder / "city"
    people = (30_000, 400_000, 120_000, 60_000)[seed % 4]
    city.parent.mkdir(parents=True)
    build_city(city, 7_000 + seed, population=people, recorded=people // 12, years=3)
    areas = len(City.open(city).table("areas"))
    if seed % 4 == 3:
        # Without residents there are no rates, and a map of counts would show where people live.
        (city / "population.csv").unlink()
        areas = 0
    language = "qps" if seed % 4 == 2 else "en"
    made = diagnose(city, folder / "report", language=language)
    return made.report, areas


def _open(browser: Any, report: Path, width: int, who: str, failed: list[str]) -> int:
    """Open every part of a report; how many areas its map draws."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    page.on(
        "request",
        lambda r: None if r.url.startswith(LOCAL) else said.append(f"asks for {r.url}"),
    )
    page.on("requestfailed", lambda r: said.append(f"did not get {r.url[:80]}"))
    page.on("pageerror", lambda e: said.append(f"breaks: {e}"))
    page.goto(report.resolve().as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.evaluate(
        "document.querySelectorAll('iframe').forEach(f => f.scrollIntoView())"
    )
    page.wait_for_timeout(1500)
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
        said.append(f"is {wide} wide")
    nameless = page.evaluate(
        "[...document.querySelectorAll('img')].filter(i => !i.alt.trim()).length"
    )
    if nameless:
        said.append(f"has {nameless} pictures without words")
    drawn = max(
        (f.locator("path.leaflet-interactive").count() for f in page.frames[1:]),
        default=0,
    )
    page.close()
    failed += [f"{who}, {width} px: the page {sentence}" for sentence in said]
    return drawn
