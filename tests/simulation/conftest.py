"""The bundled city and a smaller one, founded once for all tests of the simulation."""

from __future__ import annotations

import pytest

from safelearn.simulation.build import SEED
from safelearn.simulation.feelings import feel
from safelearn.simulation.tables import all_tables
from safelearn.simulation.town import found_town


@pytest.fixture(scope="session")
def town():
    """The bundled city, with everything that nobody there knows."""
    return found_town(SEED)


@pytest.fixture(scope="session")
def adults(town):
    return feel(town)


@pytest.fixture(scope="session")
def tables(town):
    return all_tables(town)


@pytest.fixture(scope="session")
def big_town():
    """Five times the incidents: planted factors show through chance."""
    return found_town(11, recorded=300_000)
