"""The mark by which a test says which clause's product it exercises."""

from __future__ import annotations

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "clause(id, ...): exercises what serves these clauses"
    )
