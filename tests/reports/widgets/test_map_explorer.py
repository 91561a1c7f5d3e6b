"""A map to turn, that shows nothing a report of that year would not show."""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.disclosure.attack import attack
from safelearn.reports.measuring.years_by_area import RATES, SEXES, YearsByArea
from safelearn.reports.widgets import map_explorer
from safelearn.resources import bundled_city


@pytest.fixture(scope="module")
def made():
    return map_explorer(bundled_city("puerto-sereno"))


@pytest.fixture(scope="module")
def years():
    return YearsByArea(bundled_city("puerto-sereno"))


@pytest.mark.clause("draft:25(d).2")
def test_another_offence_group_or_year_is_another_map(made):
    seen = {made.answer.value}
    for setting in ({"offence": "0401"}, {"year": "2024"}, {"offence": "all"}, {"group": "female"}):  # fmt: skip
        made.move(**setting)
        assert "data:image/svg+xml" in made.answer.value
        seen.add(made.answer.value)
    assert len(seen) == 5
    made.move(offence="all", group="all", year="2025")


def test_its_figures_are_those_of_the_report(years, found):
    ours = years.tables("2025")[RATES].frame
    report = found.tables[RATES].frame
    keys = ["area_id", "offence"]
    both = ours.merge(report, on=keys, suffixes=("", "_report"))
    assert len(both) == len(ours) == len(report)
    for column in ("n", "eb", "rate"):
        pd.testing.assert_series_equal(
            both[column], both[f"{column}_report"], check_names=False
        )


def test_women_and_men_are_shown_for_all_offences_only(made):
    page = made.static(offence="0401", group="female")
    assert "finer figures would point at people" in page


def test_a_hidden_count_of_women_or_men_cannot_be_worked_out(years):
    tables = years.tables("2024")
    covered = tables[SEXES].frame["n"].isna()
    assert covered.any(), "the year has an area with few records, or this tests nothing"
    assert attack(list(tables.values())) == []
    # By hand: of one area's three parts, at least two are hidden, or its total is.
    parts = tables[SEXES].frame.assign(covered=covered).groupby("area_id")["covered"].sum()  # fmt: skip
    assert set(parts) <= {0, 2, 3}


def test_a_city_without_incidents_is_refused(tmp_path):
    from safelearn.city.scaffold import new_city
    from safelearn.errors import Refused

    with pytest.raises(Refused):
        map_explorer(new_city(tmp_path / "x", name="X").folder)


def test_the_static_map_says_what_it_shows(made):
    page = made.static(year="2024", offence="0401")
    assert "Offence: Robbery; Who was harmed: Everybody; Year: 2024" in page
    assert "where people report more, more is recorded" in page
