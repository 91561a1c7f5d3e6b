"""The survey of the bundled city and what was planted in it, read once a session."""

from __future__ import annotations

import json

import pytest


@pytest.fixture(scope="session")
def town_survey():
    """Answers of the residents' survey of Puerto Sereno, and its truth."""
    from safelearn.city.folder import City
    from safelearn.resources import bundled_city

    folder = bundled_city("puerto-sereno")
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return City.open(folder).table("survey"), truth
