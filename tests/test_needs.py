"""Each measure says what it needs of the data, in the words that `city check` knows."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import pytest

from safelearn import diagnosis, estimates, stakeholders
from safelearn.city.contracts import NEEDS

#: What several measures are made of, and measures nothing by itself.
PARTS = {"inputs", "linearisation", "survey_design", "survey_intervals", "codebook"}
MEASURES = [
    f"{room.__name__}.{module.name}"
    for room in (estimates, diagnosis, stakeholders)
    for module in iter_modules(room.__path__)
    if module.name not in PARTS
]


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_declares_its_needs_in_the_common_vocabulary(name):
    needs = import_module(name).NEEDS
    assert isinstance(needs, frozenset)
    assert needs <= NEEDS.keys()
