"""One small invented city for the tests of the report, measured once a session."""

from __future__ import annotations

import functools

import pytest


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    """The folder of the bundled city: read, never written."""
    from safelearn.resources import bundled_city

    return bundled_city("puerto-sereno")


@pytest.fixture(scope="session")
def measured():
    """What may be said about a bundled city, by its name; measured once."""
    from safelearn import language
    from safelearn.reports.evidence import gather
    from safelearn.resources import bundled_city

    @functools.cache
    def of(name):
        with language.use("en"):
            return gather(bundled_city(name))

    return of


@pytest.fixture(scope="session")
def found(measured):
    """What may be said about the bundled city."""
    return measured("puerto-sereno")


class Changed:
    """The bundled city with some of its tables changed or taken away."""

    def __init__(self, folder, tables):
        from safelearn.city.folder import City

        self.city, self.tables = City.open(folder), tables
        self.settings = self.city.settings

    def table(self, name):
        return self.tables[name] if name in self.tables else self.city.table(name)


@pytest.fixture(scope="session")
def scope_of(town):
    """`scope_of(budget=frame)`: measure parts without the rest of a report; None takes a table away."""
    from safelearn.city.settings import Disclosure
    from safelearn.reports.measuring.scope import Scope
    from safelearn.reports.release import Release

    def make(**tables):
        release = Release(Disclosure(), "public")
        return Scope(Changed(town, tables), release, frozenset())

    return make
