"""Records of a town of 50,000 people, and the rates one works out from them by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from safelearn.city.cube import count_cube
from safelearn.disclosure.approval import approve
from safelearn.estimates.intervals import byar_interval
from safelearn.indicators.from_records import record_figures

COUNTS = {
    "all": 620,
    "0101": 20,
    "0201": 160,
    "0401": 200,
    "0501": 100,
    "0502": 140,
}


def offences(hidden: tuple[str, ...] = (), **counts: int):
    frame = pd.DataFrame({"offence": list(COUNTS), "n": list(COUNTS.values())})
    frame["n"] = frame["n"].astype("Int64").mask(frame["offence"].isin(hidden))
    return approve("counts_by_offence", frame, keys=["offence"], measures=["n"])


def figures(hidden: tuple[str, ...] = (), **more) -> dict:
    made = record_figures(
        {"counts_by_offence": offences(hidden)},
        period="2025-01/2025-12",
        years=1.0,
        periods=5,
        **({"residents": 50_000.0} | more),
    )
    return {f.indicator_id: f for f in made}


def rows(offence: str, keys: list[str | None], sex: str = "female") -> pd.DataFrame:
    n = len(keys)
    return pd.DataFrame(
        {
            "occurred_from": pd.to_datetime(["2025-03-04 10:00"] * n).astype(
                "datetime64[s]"
            ),
            "time_precision": pd.Categorical(["minute"] * n),
            "area_id": pd.Categorical(["01"] * n),
            "offence": pd.Categorical([offence] * n),
            "victim_sex": pd.Categorical([sex] * n, categories=["female", "male"]),
            "victim_age": pd.array([30] * n, dtype="Int16"),
            "domestic": pd.Categorical(["no"] * n),
            "place_key": keys,
            "count": np.ones(n, dtype="int32"),
        }
    )


def test_a_rate_is_events_over_residents_with_byar_s_interval():
    robbery = figures()["robbery_rate"]
    assert robbery.value == pytest.approx(400.0)
    bounds = byar_interval(200, 50_000, 100_000)
    assert (robbery.lower, robbery.upper) == (bounds.lower, bounds.upper)
    assert (robbery.n, robbery.periods) == (200, 5)


def test_property_crime_adds_section_05_and_leaves_robbery_out():
    assert figures()["property_crime_rate"].value == pytest.approx(480.0)


def test_a_hidden_count_gives_no_indicator_and_no_sum():
    found = figures(hidden=("0502",))
    assert found["property_crime_rate"].status == "hidden"
    assert found["robbery_rate"].measured


def test_without_residents_there_is_no_rate_and_without_dwellings_no_burglary_rate():
    assert figures(residents=None)["robbery_rate"].needs == "population"
    burglary = rows("05012", [f"k{i}" for i in range(40)])
    found = figures(cube=count_cube(burglary, ["01"]), months=("2025-03",))
    assert found["residential_burglary_rate"].needs == "population.dwellings"


def test_a_finer_class_is_counted_where_its_parent_and_the_rest_are_shown():
    cube = count_cube(rows("05012", [f"k{i}" for i in range(40)]), ["01"])
    common = {"cube": cube, "months": ("2025-03",), "dwellings": 20_000.0}
    assert figures(**common)["residential_burglary_rate"].value == pytest.approx(2.0)
    # 97 of 100 burglaries: the other three could be worked out.
    most = count_cube(rows("05012", [f"k{i}" for i in range(97)]), ["01"])
    assert (
        figures(**(common | {"cube": most}))["residential_burglary_rate"].status
        == "hidden"
    )
    assert (
        figures(hidden=("0501",), **common)["residential_burglary_rate"].measured
        is False
    )


def test_a_second_burglary_at_one_address_is_a_repeat():
    # 30 addresses, ten of them hit twice: 10 of 40 burglaries follow another.
    keys = [f"k{i}" for i in range(30)] + [f"k{i}" for i in range(10)]
    found = figures(incidents=rows("05012", keys))["repeat_burglary_share"]
    assert found.value == pytest.approx(25.0)
    assert found.n == 40
    assert found.lower < 25 < found.upper


def test_repeats_are_refused_where_most_addresses_are_unknown_or_few_came_again():
    unknown = rows("05012", [f"k{i}" for i in range(30)] + [None] * 10)
    assert figures(incidents=unknown)["repeat_burglary_share"].status == "refused"
    twice = rows("05012", [f"k{i}" for i in range(38)] + ["k1", "k2"])
    assert figures(incidents=twice)["repeat_burglary_share"].status == "hidden"


def test_violence_against_women_counts_women_and_only_violent_offences():
    frame = pd.concat(
        [
            rows("0401", [None] * 30),
            rows("0401", [None] * 20, sex="male"),
            rows("05012", [None] * 50),
        ],
        ignore_index=True,
    )
    common = {"cube": count_cube(frame, ["01"]), "months": ("2025-03",)}
    found = figures(women=25_000.0, **common)["violence_against_women_rate"]
    assert found.value == pytest.approx(120.0)
    assert found.definition.direction.value == "0*"
    assert figures(**common)["violence_against_women_rate"].needs == "population.sex"
    hidden = figures(hidden=("0401",), women=25_000.0, **common)
    assert hidden["violence_against_women_rate"].status == "hidden"


def test_fewer_than_sixteen_events_are_too_few_for_a_rate():
    few = pd.DataFrame({"offence": ["0101"], "n": pd.array([15], dtype="Int64")})
    table = approve("counts_by_offence", few, keys=["offence"], measures=["n"])
    made = record_figures(
        {"counts_by_offence": table}, period="2025", years=1.0, residents=50_000.0
    )
    homicide = next(f for f in made if f.indicator_id == "intentional_homicide_rate")
    assert (homicide.status, homicide.needs) == ("too few", "16")
    assert np.isnan(homicide.value) and np.isnan(homicide.n)


def test_concentration_is_taken_from_what_the_report_released():
    results = {"concentration": SimpleNamespace(generalised=0.35)}
    found = figures(results=results)["crime_concentration"]
    assert (found.value, found.n) == (0.35, 620)


def test_near_repeats_are_those_of_burglary_as_the_report_released_them():
    def ratio(*rows: tuple):
        columns = ["offence", "events", "ratio", "lower", "upper"]
        frame = pd.DataFrame(rows, columns=columns)
        table = approve(
            "near_repeat_reach",
            frame,
            keys=["offence"],
            measures=columns[1:],
            derived={},
        )
        made = record_figures(
            {"counts_by_offence": offences(), "near_repeat_reach": table},
            period="2025",
            years=1.0,
        )
        return next(f for f in made if f.indicator_id == "near_repeat_ratio")

    robbery = ("0401", 700, np.nan, np.nan, np.nan)
    found = ratio(robbery, ("05012", 650, 1.67, 1.59, 1.75))
    assert (found.value, found.lower, found.n) == (1.67, 1.59, 650)
    assert ratio(robbery).status == "none found"


def test_a_city_without_records_has_no_record_indicators():
    assert record_figures({}, period="", years=1.0) == []
