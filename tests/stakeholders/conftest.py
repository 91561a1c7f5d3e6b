"""The registers of the bundled city, with what was planted in them."""

from __future__ import annotations

import json

import pytest


@pytest.fixture(scope="session")
def port():
    """Puerto Sereno."""
    from safelearn.city.folder import City
    from safelearn.resources import bundled_city

    return City.open(bundled_city("puerto-sereno"))


@pytest.fixture(scope="session")
def planted(port):
    """What was planted in its registers; measures never read it."""
    return json.loads((port.folder / "truth.json").read_text("utf-8"))["stakeholders"]
