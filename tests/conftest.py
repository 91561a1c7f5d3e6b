"""What every test can ask for, and the one way to skip: `@pytest.mark.needs("chromium")`."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REALDATA = Path(
    os.environ.get("SAFELEARN_REALDATA", ROOT.parent / "shared" / "realdata")
)


def _present(name: str) -> bool:
    if name.startswith("realdata"):
        return (REALDATA / name.partition("/")[2]).exists()
    if name.startswith("python:"):
        return importlib.util.find_spec(name.removeprefix("python:")) is not None
    return shutil.which(name) is not None


def pytest_runtest_setup(item: pytest.Item) -> None:
    for marker in item.iter_markers("needs"):
        for name in marker.args:
            if _present(name):
                continue
            if os.environ.get("CI") == "true" and not name.startswith("realdata"):
                pytest.fail(
                    f"{name} is missing, and CI must have it: run .ci/system-tools"
                )
            pytest.skip(f"needs {name}, which this machine does not have")


@pytest.fixture
def realdata() -> Path:
    """The folder of open data that is never committed (skip by `needs("realdata/FOLDER")`)."""
    return REALDATA


@pytest.fixture(autouse=True)
def _plain_english():
    """Each test starts in English, whatever the one before spoke."""
    from safelearn import language

    with language.use("en"):
        yield


@pytest.fixture(autouse=True)
def _close_figures():
    """No test leaves a figure open for the next."""
    yield
    import sys

    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
