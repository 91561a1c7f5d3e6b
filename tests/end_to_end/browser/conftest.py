"""JupyterLab as `safelearn lab` starts it, and Chromium looking at it."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest

from safelearn.execution.lab import Lab

MINUTE = 60_000


@pytest.fixture(scope="session")
def lab_in_chromium():
    """Open a folder's notebook; `height` so that the notebook keeps every cell it needs in the page."""

    @contextmanager
    def opened(folder: Path, private: Path, *, first: str, height: int, **environment):
        from playwright.sync_api import sync_playwright

        lab = Lab(folder, private, first=first, environment=environment, browser=False)
        try:
            address = lab.address()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=shutil.which("chromium"),
                    args=["--no-sandbox", "--disable-dev-shm-usage"],
                )
                page = browser.new_page(viewport={"width": 1280, "height": height})
                page.goto(address, wait_until="domcontentloaded")
                page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=2 * MINUTE)
                yield page
                browser.close()
        finally:
            lab.close()

    return opened


@pytest.fixture(scope="session")
def run_all():
    """Run every cell, once the kernel waits for something to do."""

    def pressed(page) -> None:
        from playwright.sync_api import expect

        expect(page.get_by_text("| Idle")).to_be_visible(timeout=2 * MINUTE)
        page.wait_for_timeout(1500)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()

    return pressed
