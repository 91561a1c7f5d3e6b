"""What every test can ask for, and the one way to skip: `@pytest.mark.needs("chromium")`."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# First of all, as a program that uses it does: it settles which library writes the XML of workbooks.
from safelearn import language

# How long an example takes says nothing of whether it is right.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

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


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef):
    """What several tests share is made in English, and leaves no language behind for the next."""
    if fixturedef.scope == "function":
        return (yield)
    with language.use("en"):
        return (yield)


@pytest.fixture
def realdata() -> Path:
    """The folder of open data that is never committed (skip by `needs("realdata/FOLDER")`)."""
    return REALDATA


@pytest.fixture(scope="session")
def diagnosed(tmp_path_factory) -> Callable[[str], Path]:
    """The folder of a bundled city's diagnosis: read, never written, and made once however many processes test."""
    from filelock import FileLock

    from safelearn.reports.diagnose import diagnose
    from safelearn.resources import bundled_city

    room = tmp_path_factory.getbasetemp()
    room = room.parent if "PYTEST_XDIST_WORKER" in os.environ else room

    def folder(name: str) -> Path:
        with FileLock(room / f"{name}.lock"):
            if not (room / "diagnosed" / name).is_dir():
                diagnose(bundled_city(name), room / "diagnosed" / name)
        return room / "diagnosed" / name

    return folder


@pytest.fixture(scope="session", autouse=True)
def _one_workbook_for_the_same_settings():
    """Hundreds of tests make a city's folder; the workbook in it is made once for the same settings and language."""
    from safelearn.city import workbook

    write, made = workbook.write_workbook, {}

    def copied(path: Path, settings) -> None:
        about = settings.model_dump_json(), language.current()
        if about not in made:
            write(path, settings)
            made[about] = path.read_bytes()
        path.write_bytes(made[about])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook, "write_workbook", copied)
        yield


@pytest.fixture(autouse=True)
def _plain_english():
    """Each test starts in English, whatever the one before spoke."""
    with language.use("en"):
        yield


@pytest.fixture(autouse=True)
def _close_figures():
    """No test leaves a figure open for the next."""
    yield
    import sys

    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
