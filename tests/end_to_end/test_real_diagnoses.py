"""Real open data through the whole chain: import, accounting, measures, release."""

from __future__ import annotations

from pathlib import Path

import pytest

from safelearn.city.folder import City
from safelearn.city.importing import import_file
from safelearn.city.scaffold import new_city
from safelearn.city.settings import update_settings
from safelearn.reports.chapters.city import city as city_chapter
from safelearn.reports.chapters.offences import offences
from safelearn.reports.chapters.where import where
from safelearn.reports.conclusions import priorities
from safelearn.reports.evidence import gather


def imported(folder: Path, zone: str, *files: tuple[Path, dict]) -> City:
    new_city(folder, name=folder.name)
    update_settings(folder, {"timezone": zone})
    for path, options in files:
        import_file(folder, path, **options)
    return City.open(folder)


@pytest.mark.needs("realdata/lancashire")
def test_in_lancashire_245_wards_get_a_rate_and_26_say_why_not(realdata, tmp_path):
    source = realdata / "lancashire"
    city = imported(
        tmp_path / "lancashire",
        "Europe/London",
        (source / "lancashire_wards.gpkg", {}),
        (source / "lancashire_ward_pop.xlsx", {}),
        (source / "lancashire_asb.tab", {"offence": "Anti-social behaviour"}),
    )
    found = gather(city.folder)
    assert found.records == 56_434
    rates = found.tables["rates_by_area"].where(offence="all").frame
    assert len(rates) == 271
    assert int((rates["mark"] == "no population").sum()) == 26
    assert int(rates["rate"].notna().sum()) == 245
    assert rates.loc[rates["mark"] == "no population", "rate"].isna().all()
    assert {"near_repeat", "timing"} <= set(found.refusals)
    assert found.period.name() == "2022"
    # Twelve months have one mean, which is no line: each month has its own band.
    assert "mean" not in found.tables["trend"].measures
    assert "twelve months" not in str(offences(found))
    text = str(city_chapter(found))
    assert "1,304,472 residents in 245 areas" in text
    assert "An area is here: area" not in text


@pytest.mark.needs("realdata/medellin")
def test_in_medellin_every_death_is_counted_and_the_evening_is_the_peak(
    realdata, tmp_path
):
    source = realdata / "medellin"
    city = imported(
        tmp_path / "medellin",
        "America/Bogota",
        (source / "medellin_comunas.gpkg", {}),
        (source / "medellin_homicides.csv", {}),
    )
    found = gather(city.folder)
    line = next(x for x in found.inventory if x.table == "incidents")
    assert (line.rows_read, line.rows_used) == (9_360, 9_360)
    assert (found.records, found.located, found.timed) == (9_360, 9_277, 9_360)
    # 593 deaths in 2019, 591 in 2018: the count of the local year, not of the UTC year.
    years = found.tables["counts_by_offence"].frame.set_index("offence")
    local = city.incidents()["occurred_from"].dt.year.value_counts()
    assert years.loc["0101", "n"] == local[2019]
    assert years.loc["0101", "before"] == local[2018]
    first, last, _ = found.results["peak"]
    assert 17 <= first <= 21
    assert last - first == 6
    # No population was given: counts and no rates, said in a sentence.
    assert "rates_by_area" not in found.tables
    assert "rates_by_area" in found.refusals
    sexes = found.results["share_women"].share
    assert 0 < sexes < 0.12
    # Without rates no area lies above or below one.
    asked = [p.what for p in priorities(found)]
    assert "Areas in which half of the offences are recorded" in asked
    assert not any("rate" in question for question in asked)
    # The figure is of 2019, which has 593 records: 9,277 are those of ten years.
    shown = str(where(found))
    assert "of all 9,360 records, 99.1% have a place" in shown
    assert "9,277" not in shown


@pytest.mark.needs("realdata/vancouver")
def test_in_vancouver_masked_violence_is_in_every_total_and_reported_by_offence(
    realdata, tmp_path
):
    source = realdata / "vancouver"
    city = imported(
        tmp_path / "vancouver",
        "America/Vancouver",
        (source / "vancouver_neighbourhoods.geojson", {}),
        (source / "vancouver_crimes_2020.zip", {}),
    )
    found = gather(city.folder)
    assert found.records == 37_512
    frame = city.incidents()
    violent = frame["offence_label"].isin(["Offence Against a Person", "Homicide"])
    assert int(violent.sum()) == 3_750
    assert frame.loc[violent, "longitude"].isna().all()
    # One other record has no coordinates either; all the rest have.
    assert int(frame.loc[~violent, "longitude"].isna().sum()) == 1
    # A map of points would show a city without violence; the missingness table says so.
    missing = found.tables["missingness_by_offence"].frame.set_index("offence")
    assert missing.loc["02", "no_coordinates"] == missing.loc["02", "n"] == 3_731
    assert missing.loc["0101", "n"] == 19
    assert any("3,750 rows have no coordinates" in line for line in found.problems)
    months = found.tables["counts_by_month"].where(offence="all").frame
    assert months["n"].sum() == 37_512
