"""The certainty mark is the weakest of precision, coverage and measurement, and says which."""

from __future__ import annotations

import pytest

from safelearn.reports.certainty import certainty


def test_deaths_that_are_counted_precisely_are_strong_evidence():
    mark = certainty(
        relative_error=0.04, coverage=0.99, reporting="independent", what="593 deaths"
    )
    assert (mark.level, mark.reason) == (3, "593 deaths")


@pytest.mark.parametrize(
    ("error", "coverage", "reporting", "level"),
    [
        (0.10, 0.95, "independent", 3),
        (0.11, 0.95, "independent", 2),
        (0.25, 0.95, "independent", 2),
        (0.26, 0.95, "independent", 1),
        (0.05, 0.94, "independent", 2),
        (0.05, 0.84, "independent", 1),
        (0.05, 0.99, "checked", 2),
        (0.05, 0.99, "depends", 1),
        (float("nan"), 0.99, "independent", 1),
    ],
)
def test_the_weakest_of_the_three_decides(error, coverage, reporting, level):
    mark = certainty(relative_error=error, coverage=coverage, reporting=reporting)
    assert mark.level == level


def test_records_alone_are_thin_evidence_and_say_why():
    assert "reported and recorded" in certainty(relative_error=0.01).reason


def test_too_few_places_are_named_as_the_reason():
    mark = certainty(relative_error=0.05, coverage=0.8, reporting="independent")
    assert "80%" in mark.reason


def test_an_invented_city_is_never_more_than_thin_evidence():
    mark = certainty(
        relative_error=0.01, coverage=1, reporting="independent", synthetic=True
    )
    assert mark.level == 1
    assert "invented" in mark.reason
