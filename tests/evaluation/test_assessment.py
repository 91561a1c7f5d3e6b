"""Every design on one programme: what it says, what it cannot do, and which of them answers."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from safelearn.city.cube import count_cube
from safelearn.city.folder import City
from safelearn.errors import Refused
from safelearn.evaluation.assessment import FEWER, MOVED, UNCLEAR, assess
from safelearn.evaluation.interventions import Intervention, interventions
from safelearn.resources import bundled_city

MONTHS = [str(m) for m in pd.period_range("2021-01", "2025-12", freq="M")]
START = MONTHS.index("2024-01")


def programme(**areas: tuple[str, ...]) -> Intervention:
    return Intervention(
        "I01",
        "Lamps",
        pd.Timestamp("2024-01-01"),
        None,
        areas,
        offences=(),
        assignment="by_need",
    )


def steady(**levels: tuple[int, int]) -> pd.DataFrame:
    """The same count each month before, and another each month after."""
    rows = [
        {"area_id": area, "month": month, "n": after if k >= START else before}
        for area, (before, after) in levels.items()
        for k, month in enumerate(MONTHS)
    ]
    return pd.DataFrame(rows)


def test_a_fall_to_three_fifths_beside_steady_areas_is_fewer():
    found = assess(
        programme(treated=("a", "b"), control=("c", "d")),
        steady(a=(10, 6), b=(10, 6), c=(10, 10), d=(12, 12)),
        MONTHS,
    )
    assert found.controlled.ratio == pytest.approx(0.6)
    assert found.verdict == FEWER
    # 24 months of 20 cases were to be expected, 12 were recorded.
    assert found.averted[0] == pytest.approx(24 * (20 - 12))
    assert found.neighbours == ""
    assert found.averted_with_neighbours is None


def test_what_falls_everywhere_alike_is_no_success():
    found = assess(
        programme(treated=("a", "b"), control=("c", "d")),
        steady(a=(10, 6), b=(10, 6), c=(10, 6), d=(20, 12)),
        MONTHS,
    )
    assert found.alone.upper < 1
    assert found.verdict == UNCLEAR


def test_without_areas_to_compare_with_no_fall_counts_as_an_effect():
    found = assess(programme(treated=("a",)), steady(a=(20, 5)), MONTHS)
    assert found.alone.upper < 1
    assert found.verdict == UNCLEAR
    assert found.averted is None
    assert "no areas to compare with" in found.cannot_say[0]


def test_harm_that_turns_up_next_door_is_said_to_have_moved():
    found = assess(
        programme(
            treated=("a", "b"),
            control=("c", "d"),
            treated_buffer=("e",),
            control_buffer=("f",),
        ),
        steady(a=(10, 5), b=(10, 5), c=(10, 10), d=(10, 10), e=(10, 16), f=(10, 10)),
        MONTHS,
    )
    assert found.neighbours == MOVED
    assert found.quotient.quotient == pytest.approx(-6 / 10)
    assert found.averted_with_neighbours[0] == pytest.approx(24 * (10 - 6))


def test_areas_that_stood_out_just_before_the_start_are_named():
    peak = steady(a=(10, 10), b=(10, 10), c=(10, 10), d=(10, 10))
    last_year = peak["month"].between("2023-01", "2023-12")
    peak.loc[last_year & peak["area_id"].isin(["a", "b"]), "n"] = 16
    found = assess(programme(treated=("a", "b"), control=("c", "d")), peak, MONTHS)
    assert found.at_a_peak
    level = steady(a=(10, 10), b=(10, 10), c=(10, 10), d=(10, 10))
    found = assess(programme(treated=("a", "b"), control=("c", "d")), level, MONTHS)
    assert not found.at_a_peak


def test_too_few_cases_are_refused_before_anything_is_computed():
    with pytest.raises(Refused) as caught:
        assess(
            programme(treated=("a",), control=("c",)),
            steady(a=(0, 0), c=(10, 10)),
            MONTHS,
        )
    assert "Lamps" in caught.value.what


@pytest.fixture(scope="module")
def lights():
    """The programme of Puerto Sereno on the offences that it was planted on, and what was planted."""
    city = City.open(bundled_city("puerto-sereno"))
    truth = json.loads((city.folder / "truth.json").read_text(encoding="utf-8"))
    cube = count_cube(city.incidents(), city.table("areas")["area_id"])
    counts = cube.by("area_id", "offence", "month", sensitive="none")
    counts = counts[counts["offence"].isin(truth["intervention"]["offences"])]
    counts = counts.groupby(["area_id", "month"], as_index=False)["n"].sum()
    planned = interventions(city.table("interventions"))[0]
    return assess(planned, counts, MONTHS), truth["intervention"]


@pytest.mark.clause("draft:25(o).2")
def test_the_planted_effect_lies_in_the_intervals(lights):
    found, truth = lights
    effect = truth["effect_as_factor"]
    assert found.controlled.lower <= effect <= found.controlled.upper
    assert found.clustered.lower <= effect <= found.clustered.upper
    assert found.verdict == FEWER


@pytest.mark.clause("draft:16.1")
def test_the_planted_displacement_lies_in_its_interval(lights):
    found, truth = lights
    effect, displaced = truth["effect_as_factor"], truth["displaced_share_of_prevented"]
    # What the records would hold without the programme, from what they hold with it.
    after = int(found.sums.set_index("role").loc["treated", "after"])
    prevented = after / effect * (1 - effect)
    difference = found.difference
    assert difference.local_lower <= -prevented <= difference.local_upper
    moved = displaced * prevented
    assert difference.displaced_lower <= moved <= difference.displaced_upper
    total = -prevented + moved
    assert difference.lower <= total <= difference.upper
