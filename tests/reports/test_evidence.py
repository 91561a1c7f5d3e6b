"""What stands under the figures of a report about its denominators."""

from __future__ import annotations

from dataclasses import replace


def test_captions_name_the_year_of_the_residents(found):
    assert found.residents(2023) == "residents, 2023"
    assert "assumed" not in found.source("population")


def test_a_year_that_nobody_stated_is_called_assumed_wherever_residents_are_named(
    found,
):
    doubtful = replace(found, population_year_assumed=True)
    assert doubtful.residents(2023) == "residents, 2023 (the year is assumed)"
    assert doubtful.residents().endswith("of a year that is assumed")
    assert doubtful.source("population").endswith("(the year is assumed)")
    assert "assumed" not in doubtful.source("incidents")
