"""The page of the bundled city, made once for every format."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def made(diagnosed) -> Path:
    """The folder of a diagnosis with its page, and no further format."""
    return diagnosed("northmoor")


@pytest.fixture(scope="session")
def html(made) -> str:
    """Its page."""
    return (made / "diagnosis.html").read_text(encoding="utf-8")
