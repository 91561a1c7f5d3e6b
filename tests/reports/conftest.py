"""One small invented city for the tests of the report, measured once a session."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    """The folder of the bundled city: read, never written."""
    from safelearn.resources import bundled_city

    return bundled_city("puerto-sereno")


@pytest.fixture(scope="session")
def found(town):
    """What may be said about it."""
    from safelearn import language
    from safelearn.reports.evidence import gather

    with language.use("en"):
        return gather(town)
