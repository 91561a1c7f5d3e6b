"""What is let out of hot spots and repeats: planted truth is found, and no cell says what a table hides."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from safelearn.diagnosis.grid import in_metres
from safelearn.disclosure.wording import check
from safelearn.reports import hot_spot_findings as findings
from safelearn.reports.measuring.placed import kind_of

KINDS = {
    "theft from person": "05022",
    "robbery": "0401",
    "assault": "02011",
    "serious assault": "02011",
    "vehicle theft": "05021",
}


@pytest.fixture(scope="module")
def truth(town):
    return json.loads((town / "truth.json").read_text(encoding="utf-8"))


@pytest.mark.clause("draft:25(d).2")
def test_every_planted_hot_spot_is_on_the_map(found, truth):
    """Within its radius and a cell of it, for one of the offences that were planted there."""
    grid = found.results["hot_spot_grid"]
    cells = found.tables["hot_spot_cells"].frame
    at = cells["cell"].str.split(".", expand=True).astype(int)
    x = grid.west + (at[1] + 0.5) * grid.size
    y = grid.south + (at[0] + 0.5) * grid.size
    for spot in truth["hot_spots"]:
        east, north = in_metres([spot["longitude"]], [spot["latitude"]], grid.crs)
        near = np.hypot(x - east[0], y - north[0]) <= spot["radius_m"] + grid.size
        of = cells["offence"].isin([KINDS[o] for o in spot["offences"]])
        assert (near & of).any(), spot["id"]


def test_planted_places_stay_hot_over_the_years(found, truth):
    spots = found.tables["hot_spots"].frame
    market = spots[(spots["offence"] == "05022") & spots["areas"].str.contains("0106")]
    assert "persistent" in set(market["pattern"])


@pytest.mark.clause("draft:25(d).2")
def test_near_repeats_are_found_as_planted_and_for_burglary_of_homes_alone(
    found, truth
):
    planted = truth["near_repeats"]
    reach = found.tables["near_repeat_reach"].frame.set_index("offence")
    assert reach.index[reach["days"] > 0].tolist() == ["05012"]
    homes = reach.loc["05012"]
    # A standard deviation of 90 m to each side and a mean delay of 9 days: 86 % lie within 180 m, 95 % within 27 days.
    assert planted["distance"] < homes["metres"] <= 3.5 * planted["distance"]
    assert planted["delay"] < homes["days"] <= 4.5 * planted["delay"]
    assert homes["lower"] > 1.3 and homes["same_place"] > 5


def test_maps_of_earlier_years_are_held_against_the_last(found):
    table = found.tables["hot_spot_accuracy"].frame
    assert (
        (table["lower"] <= table["events_share"])
        & (table["events_share"] <= table["upper"])
    ).all()
    pai = table["events_share"] / table["ground_share"]
    assert np.allclose(table["pai"], pai, rtol=0.2)
    assert (table["pei"] <= 1).all() and "n" not in table


def test_the_card_says_how_often_marked_places_were_wrong_in_each_kind_of_settlement(
    found,
):
    card = found.algorithm_cards["hot_spots"]
    assert {"Areas of the kind “formal”"} <= {error.group for error in card.errors}
    assert all(0 <= error.value <= 0.7 and error.n >= 20 for error in card.errors)


def test_no_cell_reaches_into_an_area_whose_count_is_hidden(found):
    counts = found.tables["counts_by_area"]
    frame, hidden = counts.frame, counts.hidden["n"]
    gone = set(frame.loc[hidden & (frame["offence"] == "0401"), "area_id"])
    assert gone
    spots = found.tables["hot_spots"].frame
    for areas in spots.loc[spots["offence"] == "0401", "areas"]:
        assert not gone & set(areas.split(", "))


def test_what_leaves_holds_no_count_of_a_cell_and_no_small_one_of_a_hot_spot(found):
    spots = found.tables["hot_spots"].frame
    assert (spots["events"] >= 10).all() and (spots["events"] % 10 == 0).all()
    cells = found.tables["hot_spot_cells"]
    assert cells.measures == ("spot", "pattern")
    assert found.results["hot_spot_grid"].size >= 250
    pairs = found.tables["near_repeat"].frame["pairs"].dropna()
    assert not pairs.between(1, 4).any()


def test_violence_in_the_family_and_sexual_violence_are_no_cells(found):
    for name in ("hot_spots", "near_repeat_reach"):
        assert not found.tables[name].frame["offence"].str.startswith("03").any()
    assert (
        kind_of("0301") == kind_of("0601") == kind_of("0701") == kind_of("0801") == ""
    )
    assert (kind_of("050221"), kind_of("0401"), kind_of("02012")) == (
        "05022",
        "0401",
        "02012",
    )


def test_hot_spots_stand_in_the_order_of_codes(found):
    spots = found.tables["hot_spots"].frame
    for _, rows in spots.groupby("offence"):
        assert rows["areas"].str.split(", ").tolist() == sorted(
            rows["areas"].str.split(", ")
        )


def test_groups_of_areas_come_from_shown_rates_only(found):
    rates = found.tables["smoothed_rates_by_area"].frame
    table = found.tables["groups_of_areas"].frame.merge(
        rates[["area_id", "offence", "rate"]], on=["area_id", "offence"]
    )
    without = table[table["rate"].isna()]
    assert (without["moran"] == "").all() and (without["gi_star"] == "").all()
    i, p = found.results["moran:all"]
    assert i > 0.3 and p < 0.01


SENTENCES = {
    "none": findings.gather(0, None, "2021", "2025"),
    "one year": findings.gather(3, None, "2020", "2020"),
    "one": findings.gather(1, None, "2020", "2020"),
    "stay": findings.gather(12, 4, "2021", "2025"),
    "none stays": findings.gather(12, 0, "2021", "2025"),
    "one of one": findings.gather(1, 1, "2021", "2025"),
    "forecast": findings.forecast(2.1, 12.0, "2025"),
    "one forecast": findings.forecast(4.0, 4.0, "2025"),
    "poor forecast": findings.forecast(0.8, 1.2, "2025"),
    "repeats": findings.repeats("Burglary", 200, 28, 1.67),
    "same place": findings.repeats("Burglary", 0, 14, float("nan")),
    "no repeats": findings.any_repeats(4),
    "no repeat": findings.any_repeats(1),
    "alike": findings.alike(0.5, True, 8),
    "alike, no group": findings.alike(0.2, True, 0),
    "one in a group": findings.alike(0.2, True, 1),
    "unlike": findings.alike(-0.4, True, 0),
    "cannot be told": findings.alike(0.1, False, 0),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_sentences_can_be_read(name):
    """Run with ``pytest -s`` to read them all."""
    said = SENTENCES[name]
    print(f"{name:16} {said}")
    assert said[0].isupper() and "{" not in said and not said.endswith(".")
    assert check(said) == []


def test_points_that_were_moved_are_refused_in_words(tmp_path):
    """Month and street only: neither a grid nor repeats, and the reason is in the manifest's refusals."""
    import shutil

    from safelearn.city.folder import City
    from safelearn.reports.evidence import gather
    from safelearn.resources import bundled_city

    folder = tmp_path / "moved"
    shutil.copytree(
        bundled_city("puerto-sereno"), folder, ignore=shutil.ignore_patterns("source")
    )
    rows = City.open(folder).incidents()
    moved = rows.assign(
        longitude=rows["longitude"].round(3),
        latitude=rows["latitude"].round(3),
        time_precision=pd.Categorical(
            ["month"] * len(rows), ["minute", "hour", "day", "month", "year"]
        ),
    )
    moved["occurred_from"] = (
        moved["occurred_from"].dt.to_period("M").dt.start_time.astype("datetime64[s]")
    )
    moved["occurred_to"] = pd.NaT
    moved.to_parquet(folder / "incidents.parquet")
    found = gather(folder)
    assert "not where the events happened" in found.refused("hotspots")
    assert "day of no event is known" in found.refused("near_repeat")
    assert "hot_spots" not in found.tables and "groups_of_areas" in found.tables
