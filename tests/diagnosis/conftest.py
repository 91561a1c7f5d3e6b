"""The bundled city, the survey of it and what was planted in it, read once a session."""

from __future__ import annotations

import json

import pytest


@pytest.fixture(scope="session")
def puerto_sereno():
    """The folder of the bundled city."""
    from safelearn.city.folder import City
    from safelearn.resources import bundled_city

    return City.open(bundled_city("puerto-sereno"))


@pytest.fixture(scope="session")
def planted():
    """The truth of Puerto Sereno."""
    from safelearn.resources import bundled_city

    path = bundled_city("puerto-sereno") / "truth.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def town_survey(puerto_sereno, planted):
    """Answers of the residents' survey of Puerto Sereno, and its truth."""
    return puerto_sereno.table("survey"), planted
