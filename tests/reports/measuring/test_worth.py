"""Was an intervention worth what it cost, in money?"""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from safelearn import language
from safelearn.reports import response_findings
from safelearn.reports.measuring.worth import INDEX, WORTH, worth


def _evaluated(years=(2025,)):
    intervention = SimpleNamespace(
        intervention_id="I9", name="Lamps", programme_id="G9"
    )
    found = SimpleNamespace(averted=(20.0, 10.0, 30.0), averted_with_neighbours=None)
    spent = SimpleNamespace(currency="XTS", years=years, amount=1000.0)
    return SimpleNamespace(
        intervention=intervention, found=found, spent=spent, offences=("0401", "0504")
    )


PRICES = pd.DataFrame(
    {
        "offence": ["0401", "0504"],
        "cost": [100.0, 20.0],
        "currency": "XTS",
        "price_year": 2025,
        "source": "Invented",
    }
)
COUNTS = SimpleNamespace(
    frame=pd.DataFrame({"offence": ["0401", "0504"], "n": [30, 10]})
)
DIAGNOSIS = SimpleNamespace(tables={"counts_by_offence": COUNTS})


def _budget(*years):
    return pd.DataFrame(
        {"programme_id": "G9", "year": list(years), "spent": 1000.0, "currency": "XTS"}
    )


@pytest.mark.clause("draft:26(f)(iii).6")
def test_a_ratio_comes_with_its_interval_its_seed_and_its_prices(scope_of):
    scope = scope_of(unit_costs=PRICES, budget=_budget(2025))
    scope.release.results["evaluations"] = (_evaluated(),)
    worth(scope, DIAGNOSIS)
    row = scope.release.tables[WORTH].frame.iloc[0]
    # Three robberies to one theft cost 80 a case; 20 cases a year late: 1,600 / 1.035 for 1,000.
    assert row["benefit_cost_ratio"] == pytest.approx(1600 / 1.035 / 1000)
    assert row["lower"] == pytest.approx(0.8 / 1.035, abs=0.03)
    assert (row["seed"], row["draws"]) == (26, 10_000)
    with language.use("en"):
        said = response_findings.worth(scope.release.results["worth"][0])[0]
    assert "recorded harm worth 1.55 XTS was averted" in said
    assert "how many cases were averted" in said


def test_money_of_two_years_is_not_added_without_an_index(scope_of):
    scope = scope_of(unit_costs=PRICES, budget=_budget(2024, 2025), statistics=None)
    scope.release.results["evaluations"] = (_evaluated((2024, 2025)),)
    worth(scope, DIAGNOSIS)
    assert WORTH not in scope.release.tables
    assert INDEX in scope.release.results["worth"][0].refused.remedy


def test_an_index_of_the_city_brings_years_together(scope_of):
    index = pd.DataFrame(
        {"indicator_id": INDEX, "period": ["2024", "2025"], "numerator": [50.0, 100.0], "denominator": None,
         "source": "Invented office"}
    )  # fmt: skip
    scope = scope_of(unit_costs=PRICES, budget=_budget(2024, 2025), statistics=index)
    scope.release.results["evaluations"] = (_evaluated((2024, 2025)),)
    worth(scope, DIAGNOSIS)
    row = scope.release.tables[WORTH].frame.iloc[0]
    # 10 cases a year at 80, late; (1,000 x 2 + 1,000) / 2 a year.
    assert row["benefit_cost_ratio"] == pytest.approx(800 / 1.035 / 1500)


def test_a_city_without_unit_costs_gets_no_ratio(scope_of):
    scope = scope_of(unit_costs=None)
    scope.release.results["evaluations"] = (_evaluated(),)
    worth(scope, DIAGNOSIS)
    assert "worth" not in scope.release.results
