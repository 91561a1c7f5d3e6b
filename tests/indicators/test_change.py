"""Two releases of a small city: what got better, what got worse, and what cannot be told."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from safelearn.estimates.intervals import wilson_interval
from safelearn.guidelines.catalogue import Direction
from safelearn.indicators import change
from safelearn.indicators.change import Value, difference, from_one, verdict

MORE, LESS = Direction.MORE_IS_BETTER, Direction.LESS_IS_BETTER


def value(low: float, mid: float, high: float) -> Value:
    return Value(mid, low, high)


def test_the_difference_of_two_shares_has_the_published_interval():
    # Newcombe (1998), Statistics in Medicine 17:873, table II, 56/70 less 48/80, method 10: 0.0524 to 0.3339.
    one, two = wilson_interval(56, 70), wilson_interval(48, 80)
    found = difference(
        Value(one.share, one.lower, one.upper), Value(two.share, two.lower, two.upper)
    )
    assert found.value == pytest.approx(0.2)
    assert found.lower == pytest.approx(0.0524, abs=5e-5)
    assert found.upper == pytest.approx(0.3339, abs=5e-5)


def test_a_verdict_needs_intervals_that_allow_it():
    wide, high, low = value(40, 50, 60), value(64, 66, 68), value(34, 36, 38)
    assert verdict(MORE, high, low) == change.BETTER
    assert verdict(LESS, high, low) == change.WORSE
    assert verdict(LESS, low, high) == change.BETTER
    assert verdict(MORE, wide, value(45, 52, 59)) == change.NO_CLEAR
    assert verdict(MORE, high, Value(36, math.nan, math.nan)) == change.CANNOT_TELL


def test_more_officers_are_neither_better_nor_worse():
    found = verdict(Direction.NEITHER, value(300, 300, 300), value(200, 200, 200))
    assert found == change.NO_VERDICT


def test_a_ratio_should_come_nearer_to_one_from_either_side():
    near, under, over = value(0.95, 1.05, 1.15), value(0.3, 0.4, 0.5), value(2, 2.5, 3)
    towards = Direction.TOWARDS_ONE
    assert verdict(towards, near, over) == change.BETTER
    assert verdict(towards, near, under) == change.BETTER
    assert verdict(towards, over, near) == change.WORSE
    assert from_one(near).lower == 0, "an interval around one may be at one"


def test_a_rise_that_may_be_trust_gets_no_verdict_without_a_survey():
    now, before = value(190, 200, 210), value(90, 100, 110)
    needs = Direction.NEEDS_SURVEY
    assert verdict(needs, now, before) == change.CANNOT_TELL
    # Twice as many victims report: the records doubled by that alone.
    doubled = value(36, 40, 44), value(18, 20, 22)
    assert verdict(needs, now, before, doubled) == change.NO_CLEAR
    # As many report as before: then harm has risen.
    steady = value(19, 20, 21), value(19, 20, 21)
    assert verdict(needs, now, before, steady) == change.WORSE
    # Fewer are recorded and more of the victims report: harm has fallen.
    assert verdict(needs, before, now, doubled) == change.BETTER


def release(rows: list[dict]) -> pd.DataFrame:
    usual = {
        "version": "1",
        "breakdown": "all",
        "group": "everyone",
        "source": "survey",
        "precision": "interval",
        "status": "measured",
    }
    return pd.DataFrame(
        [usual | {"indicator_name": r["indicator_id"]} | r for r in rows]
    )


def line(name: str, low: float, mid: float, high: float, year: str, **more) -> dict:
    limits = {"value": mid, "lower": low, "upper": high, "period": year}
    return {"indicator_id": name} | limits | more


BEFORE = release(
    [
        line("feels_safe_after_dark", 58, 60, 62, "2023"),
        line("trust_in_police", 40, 44, 48, "2023"),
        line("any_harassment_prevalence", 20, 22, 24, "2023", version="before 2024"),
        line("robbery_rate", 390, 400, 410, "2023", source="incidents"),
        line("property_crime_rate", 990, 1000, 1010, "2023", source="incidents"),
        line("intentional_homicide_rate", 14, 16, 18, "2023", source="incidents"),
        line("clearance_rate", 19, 20, 21, "2023", source="justice"),
        line("complaints_upheld", 30, 33, 36, "2023", source="justice"),
        line(
            "inadequate_housing",
            math.nan,
            20,
            math.nan,
            "2013",
            source="statistics",
            precision="full count",
        ),
        line("neet", math.nan, 22, math.nan, "2023", precision="not known"),
        line("bribery_prevalence", 10, 12, 14, "2023"),
    ]
)
NOW = release(
    [
        line("feels_safe_after_dark", 50, 52, 54, "2025"),
        line("trust_in_police", 41, 45, 49, "2025"),
        line("any_harassment_prevalence", 10, 12, 14, "2025", version="renamed 2024"),
        line("robbery_rate", 290, 300, 310, "2025", source="incidents"),
        line("property_crime_rate", 790, 800, 810, "2025", source="incidents"),
        line("intentional_homicide_rate", 8, 10, 12, "2025", source="incidents"),
        line("clearance_rate", 29, 30, 31, "2025", source="justice"),
        line("complaints_upheld", 30, 34, 38, "2025", source="justice"),
        line(
            "inadequate_housing",
            math.nan,
            18,
            math.nan,
            "2023",
            source="statistics",
            precision="full count",
        ),
        line("neet", math.nan, 12, math.nan, "2025", precision="not known"),
        line("avoidance", 60, 62, 64, "2025"),
    ]
)


def said(now: pd.DataFrame, before: pd.DataFrame, column: str = "verdict") -> dict:
    found = change.non_regression(now, before)
    return dict(zip(found["indicator_id"], found[column], strict=True))


@pytest.mark.clause("draft:22")
def test_nothing_that_was_achieved_is_lost_in_silence():
    compared = change.non_regression(NOW, BEFORE)
    lost = change.fell_back(compared)
    assert lost["indicator_id"].tolist() == ["feels_safe_after_dark"]
    row = lost.iloc[0]
    # 52 [50, 54] less 60 [58, 62]: -8, and the half-widths add up as sqrt(2^2 + 2^2).
    assert row["difference"] == pytest.approx(-8)
    assert row["lower"] == pytest.approx(-8 - math.sqrt(8))
    assert row["upper"] == pytest.approx(-8 + math.sqrt(8))


def test_each_figure_is_called_what_it_can_be_called():
    assert said(NOW, BEFORE) == {
        "intentional_homicide_rate": "better",
        "feels_safe_after_dark": "worse",
        "any_harassment_prevalence": "not comparable",
        "robbery_rate": "lower in the records",
        "property_crime_rate": "lower in the records",
        "avoidance": "new",
        "trust_in_police": "no clear change",
        "bribery_prevalence": "no longer measured",
        "clearance_rate": "cannot be told",
        "complaints_upheld": "cannot be told",
        "inadequate_housing": "better",
        "neet": "cannot be told",
    }


def test_fewer_records_are_less_robbery_only_with_reporting_beside_them():
    before = pd.concat(
        [BEFORE, release([line("reporting_rate_physical", 28, 30, 32, "2023")])]
    )
    now = pd.concat(
        [NOW, release([line("reporting_rate_physical", 29, 31, 33, "2025")])]
    )
    assert said(now, before)["robbery_rate"] == "better"
    assert said(now, before, "reporting")["robbery_rate"] == "no clear change"
    assert said(now, before, "complaints")["robbery_rate"] == "no clear change"
    # A survey on violence says nothing on who reports a theft.
    assert said(now, before)["property_crime_rate"] == "lower in the records"
    assert said(NOW, BEFORE, "reporting")["robbery_rate"] == "not measured"


def test_the_same_year_twice_is_one_measurement():
    again = NOW.assign(value=NOW["value"] + 10)
    assert set(said(again, NOW).values()) == {"same period"}


def test_a_file_of_an_earlier_version_with_fewer_columns_still_compares():
    old = BEFORE[["indicator_id", "indicator_name", "version", "value"]].assign(
        lower=BEFORE["lower"].astype(str),
        upper=BEFORE["upper"].astype(str),
        period=BEFORE["period"],
        source=BEFORE["source"],
    )
    assert said(NOW, old)["feels_safe_after_dark"] == "worse"
