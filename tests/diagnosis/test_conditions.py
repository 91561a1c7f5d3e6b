"""What areas are like: figures of other offices and the city's own lists, never anybody's identity."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.diagnosis import conditions
from safelearn.errors import SafelearnError

AREAS = [f"{k:02d}" for k in range(30)]


def figures(
    indicator="inadequate_housing", group="everyone", period="2023", areas=AREAS
):
    return pd.DataFrame(
        {
            "indicator_id": indicator,
            "area_id": areas,
            "group": group,
            "period": period,
            "numerator": np.arange(len(areas), dtype=float),
            "denominator": 100.0,
        }
    )


def test_the_latest_figure_of_each_area_is_taken():
    both = pd.concat([figures(period="2019"), figures().assign(numerator=50.0)])
    frame, found = conditions.from_statistics(both, AREAS)
    assert frame["inadequate_housing"].tolist() == [0.5] * 30
    assert found[0].expected == conditions.RISK
    assert found[0].name == "Inadequate housing"


@pytest.mark.parametrize(
    "group", ["migrants", "persons_with_disabilities", "indigenous_peoples"]
)
def test_figures_on_identity_are_never_taken_by_area(group):
    frame, found = conditions.from_statistics(figures(group=group), AREAS)
    assert frame.empty
    assert not found


def test_figures_of_few_areas_or_without_a_denominator_are_left_out():
    frame, _ = conditions.from_statistics(figures(areas=AREAS[:10]), AREAS)
    assert frame.empty
    frame, _ = conditions.from_statistics(figures().assign(denominator=np.nan), AREAS)
    assert frame.empty


def test_an_indicator_of_the_citys_own_has_its_code_for_a_name_and_nothing_is_expected_of_it():
    _, found = conditions.from_statistics(figures("single_parents"), AREAS)
    assert (found[0].name, found[0].expected) == ("single_parents", "")


def test_no_condition_from_the_citys_lists_has_residents_below_the_line():
    # A rate by residents and a condition by residents would go together by arithmetic alone.
    streets = pd.DataFrame(
        {
            "area_id": AREAS,
            "length_m": 100.0,
            "lamps": 4,
            "lamps_working": 3,
            "pavement": "none",
        }
    )
    frame, found = conditions.from_lists(AREAS, streets=streets)
    assert [one.key for one in found] == ["lamps_working", "pavements"]
    assert frame["lamps_working"].eq(0.75).all()
    assert frame["pavements"].eq(0).all()


def test_two_names_for_one_thing_do_not_enter_together():
    rng = np.random.default_rng(1)
    poor = rng.normal(size=60)
    frame = pd.DataFrame(
        {"services": poor, "housing": -poor, "lamps": rng.normal(size=60)}
    )
    made = [conditions.Condition(key, key, "", "") for key in frame]
    assert conditions.to_enter_together(frame, made) == ["services", "lamps"]


def test_ten_areas_are_asked_of_every_term():
    rng = np.random.default_rng(2)
    frame = pd.DataFrame(rng.normal(size=(45, 6)), columns=list("abcdef"))
    made = [conditions.Condition(key, key, "", "") for key in frame]
    assert (
        len(conditions.to_enter_together(frame, made)) == 3
    )  # 45 areas: a constant and three
    assert len(conditions.to_enter_together(frame, made, controls=2)) == 1


def test_how_busy_an_area_is_comes_from_its_streets_and_its_residents():
    streets = pd.DataFrame(
        {
            "area_id": ["a", "a", "b", "c"],
            "length_m": [100.0, 300.0, 100.0, 100.0],
            "active_frontage": [0.0, 1.0, 0.5, 0.25],
            "land_uses": [1, 1, 2, 3],
        }
    )
    found = conditions.activity(pd.Series({"a": 1000.0, "b": np.e, "c": 0.0}), streets)
    assert found.loc["b", "log_residents"] == pytest.approx(1.0)
    assert np.isnan(found.loc["c", "log_residents"])
    # Frontage .75 .5 .25 and uses 1 2 3 are one standard deviation apart, in opposite order.
    assert found["activity"].tolist() == pytest.approx([0, 0, 0])
    assert "activity" not in conditions.activity(pd.Series({"a": 1.0}))


def test_sexual_and_domestic_violence_and_what_police_look_for_are_not_counted_by_area():
    counts = pd.DataFrame(
        {
            "area_id": ["a", "a", "a", "a", "", "b"],
            "offence": ["020111", "0301", "020112", "0601", "0401", "0101"],
            "sensitive": ["none", "sexual", "domestic", "none", "none", "none"],
            "n": [5, 7, 11, 13, 17, 19],
        }
    )
    found = conditions.violence_by_area(counts, conditions.VIOLENCE)
    assert found.to_dict() == {"a": 5, "b": 19}
    with pytest.raises(SafelearnError, match="sexual or domestic"):
        conditions.violence_by_area(
            counts.drop(columns="sensitive"), conditions.SERIOUS
        )
