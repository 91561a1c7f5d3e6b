"""The page of the bundled city, made once for every format."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def made(town, tmp_path_factory) -> Path:
    """The folder of a diagnosis with its page, and no further format."""
    from safelearn import language
    from safelearn.reports.diagnose import diagnose

    with language.use("en"):
        return diagnose(town, tmp_path_factory.mktemp("formats") / "report").folder


@pytest.fixture(scope="session")
def html(made) -> str:
    """Its page."""
    return (made / "diagnosis.html").read_text(encoding="utf-8")
