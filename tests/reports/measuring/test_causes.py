"""What may be said of causes: ratios only, with their warning, refused where areas or events are few."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.city.cube import count_cube
from safelearn.city.folder import City
from safelearn.city.settings import Disclosure
from safelearn.reports.measuring.causes import causes, warning
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.period import period_of
from safelearn.reports.release import Release


def measured(folder, keep=None) -> Scope:
    """The causes of a city, or of those of its areas that `keep` names."""
    city = City.open(folder)
    incidents, areas = city.incidents(), city.table("areas")
    cube = count_cube(incidents, areas["area_id"])
    months = cube.by("month")
    period = period_of(months["month"], months["n"], bounds=city.settings.period)
    scope = Scope(city, Release(Disclosure(), "public"), frozenset(), period, cube)
    if keep is not None:
        scope.__dict__["areas"] = areas[areas["area_id"].isin(keep)].reset_index(
            drop=True
        )
    causes(scope)
    return scope


@pytest.fixture(scope="module")
def found(town) -> Scope:
    return measured(town)


@pytest.mark.clause("draft:25(d).3", "draft:5.2")
def test_only_ratios_leave_with_their_warning(found):
    table = found.release.tables["risk_and_protective_factors"]
    assert not {"n", "population", "area_id"} & set(table.frame)
    assert warning() in table.notes
    assert "ecological fallacy" in warning()


def test_alone_and_beside_how_busy_areas_are_are_told_apart(found):
    """Planted: poorer areas have more violence; visitors make the rich centre look worse by residents."""
    table = found.release.tables["risk_and_protective_factors"].frame
    housing = table.set_index("factor").loc["inadequate_housing"]
    assert housing["alone"] < housing["beside"]
    assert housing["beside_lower"] > 1
    services = table.set_index("factor").loc["public_transport_access"]
    assert services["beside_upper"] < 1


def test_deprived_areas_are_not_told_apart_from_their_neighbours_where_they_lie_together(
    found,
):
    table = found.release.tables["risk_and_protective_factors"].frame.set_index(
        "factor"
    )
    assert np.isnan(table.loc["inadequate_housing", "around"])
    assert np.isfinite(table.loc["lamps_working", "around"])


def test_the_number_of_events_is_said_roughly(found):
    events = found.release.results["risk_factors"]["events"]
    assert events == float(f"{events:.1e}")


def test_ten_areas_are_too_few(town):
    scope = measured(town, keep=[f"01{k:02d}" for k in range(1, 11)])
    assert "risk_factors" in scope.refused
    assert "risk_and_protective_factors" not in scope.release.tables


@pytest.mark.clause("draft:5.3", "draft:25(d).2b")
def test_what_people_gave_up_is_told_for_the_city_and_by_area_from_thirty_answers(
    found,
):
    shares = found.release.tables["consequences"].frame.set_index("item")["value"]
    gave_up = found.release.results["gave_up"]
    assert shares.max() <= gave_up <= shares.sum()
    by_area = found.release.tables["consequences_by_area"].frame
    shown = by_area.dropna(subset=["value"])
    assert (shown["n"] >= 30).all()
    assert by_area["value"].isna().any()
    assert by_area["area_id"].is_monotonic_increasing


def test_a_city_without_statistics_or_survey_says_nothing():
    from safelearn.resources import bundled_city

    scope = measured(bundled_city("northmoor"))
    assert not scope.release.tables
    assert not scope.refused
