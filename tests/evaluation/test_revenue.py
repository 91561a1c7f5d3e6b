"""Which money of its own could the city raise for safety, and who would pay it?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.errors import Refused, SafelearnError
from safelearn.evaluation.revenue import (
    FINES,
    NO_POWER,
    ON_THE_POOREST,
    revenue_options,
)


@pytest.fixture
def worksheet():
    return pd.DataFrame(
        {
            "option": ["Parking", "Market levy", "Fines for noise"],
            "kind": ["parking", "local_levy", "fine"],
            "base": [400_000, 1_000_000, 2_000],
            "rate": [0.5, 0.01, 50],
            "paid": [0.8, 0.5, 0.4],
            "paid_lower": [0.6, 0.4, 0.2],
            "paid_upper": [0.9, 0.6, 0.5],
            "collection_share": [0.25, 0.1, 0.5],
            "legal_power": ["yes", "no", "yes"],
            "poorest_pay": [0.02, 0.30, np.nan],
            "poorest_income": [0.06, 0.06, 0.06],
        }
    )


@pytest.mark.clause("draft:26(f)(iii).1")
def test_an_option_brings_what_is_paid_less_what_collecting_costs(worksheet):
    found = revenue_options(worksheet, gap=240_000).set_index("option")
    assert found.loc["Parking", "net"] == pytest.approx(120_000)
    assert found.loc["Parking", "net_upper"] == pytest.approx(135_000)
    assert found.loc["Parking", "fills"] == pytest.approx(0.5)
    assert found.loc["Market levy", "net"] == pytest.approx(4_500)


def test_what_speaks_against_an_option_stands_beside_it(worksheet):
    flags = revenue_options(worksheet).set_index("option")["flags"]
    assert flags["Parking"] == ""
    assert flags["Market levy"] == f"{NO_POWER}, {ON_THE_POOREST}"
    assert flags["Fines for noise"] == FINES


def test_a_power_that_nobody_looked_up_is_no_power(worksheet):
    found = revenue_options(worksheet.drop(columns="legal_power"))
    assert found["flags"].str.contains(NO_POWER).all()


def test_that_everybody_pays_is_not_assumed(worksheet):
    worksheet.loc[0, "paid"] = np.nan
    with pytest.raises(Refused):
        revenue_options(worksheet)


def test_a_share_above_one_is_a_mistake(worksheet):
    worksheet.loc[0, "collection_share"] = 25
    with pytest.raises(SafelearnError):
        revenue_options(worksheet)
