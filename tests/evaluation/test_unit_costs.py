"""What does one case of an offence cost, where, when and in which money?"""

from __future__ import annotations

import pandas as pd
import pytest

from safelearn.errors import Refused, SafelearnError
from safelearn.evaluation.unit_costs import PriceIndex, Transfer, unit_costs


@pytest.fixture
def study():
    return pd.DataFrame(
        {
            "offence": ["0401", "020111"],
            "label": ["Robbery", "Serious assault"],
            "cost": [1000.0, 4000.0],
            "cost_lower": [800.0, 3000.0],
            "cost_upper": [1300.0, 5500.0],
            "currency": ["XTS", "XTS"],
            "price_year": [2020, 2020],
            "country": ["AA", "AA"],
            "source": ["Invented study", "Invented study"],
        }
    )


CPI = PriceIndex("XTS", {2020: 80, 2025: 100}, "invented statistics office")


def test_prices_of_the_same_place_and_year_stay_as_they_are(study):
    found = unit_costs(study, currency="XTS", price_year=2020, country="AA")
    assert found.of("0401") == (1000, 800, 1300)
    assert found.notes == ()
    assert not found.table["restated"].any()


@pytest.mark.clause("draft:26(f)(iii).6")
def test_two_price_years_are_not_mixed_without_an_index(study):
    with pytest.raises(Refused, match="2020"):
        unit_costs(study, currency="XTS", price_year=2025, country="AA")
    found = unit_costs(
        study, currency="XTS", price_year=2025, country="AA", index=[CPI]
    )
    # 1000 x 100 / 80
    assert found.of("0401") == pytest.approx((1250, 1000, 1625))
    assert "invented statistics office" in found.notes[0]
    assert found.table["price_year"].tolist() == [2020, 2020]


def test_two_currencies_are_not_mixed(study):
    with pytest.raises(Refused, match="XTS"):
        unit_costs(study, currency="XUA", price_year=2020, country="AA")


def test_a_price_does_not_travel_to_another_country_in_silence(study):
    with pytest.raises(Refused, match="AA"):
        unit_costs(study, currency="XTS", price_year=2020, country="BB")


def test_a_stated_parity_takes_prices_abroad_and_says_so(study):
    way = Transfer("AA", "XTS", "XUA", 2025, 2.0, "invented parity")
    found = unit_costs(
        study,
        currency="XUA",
        price_year=2025,
        country="BB",
        index=[CPI],
        transfers=[way],
    )
    assert found.of("0401")[0] == pytest.approx(1000 * 100 / 80 * 2)
    assert any("invented parity" in note for note in found.notes)


def test_an_offence_without_a_price_gets_none_from_its_neighbour(study):
    found = unit_costs(study, currency="XTS", price_year=2020)
    with pytest.raises(Refused, match="0501"):
        found.of("0501")


def test_a_mix_of_offences_costs_their_weighted_mean(study):
    found = unit_costs(study, currency="XTS", price_year=2020)
    # 3 robberies and 1 assault: (3 x 1000 + 4000) / 4.
    assert found.mean({"0401": 3, "020111": 1}) == pytest.approx((1750, 1350, 2350))


def test_a_version_changes_with_a_price_and_with_nothing_else(study):
    first = unit_costs(study, currency="XTS", price_year=2020).version
    assert first == unit_costs(study.copy(), currency="XTS", price_year=2020).version
    study.loc[0, "cost"] = 1001.0
    assert first != unit_costs(study, currency="XTS", price_year=2020).version


def test_two_studies_of_one_offence_are_not_averaged(study):
    study["offence"] = "0401"
    with pytest.raises(SafelearnError, match="two unit costs"):
        unit_costs(study, currency="XTS", price_year=2020)


def test_a_price_outside_its_limits_is_a_mistake_in_the_table(study):
    study.loc[0, "cost_upper"] = 900.0
    with pytest.raises(SafelearnError, match="limits"):
        unit_costs(study, currency="XTS", price_year=2020)
