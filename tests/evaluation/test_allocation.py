"""Does money go where need is?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.errors import Refused
from safelearn.evaluation.allocation import ALIKE, LESS, allocation


def _city(slope: float, noise: float = 0.1, areas: int = 60) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    residents = rng.uniform(1000, 9000, areas).round()
    need = rng.normal(0, 1, areas)
    amount = 3e-6 * residents * np.exp(slope * need + rng.normal(0, noise, areas))
    codes = [f"{i:02d}" for i in range(areas)]
    return pd.DataFrame(
        {"area_id": codes, "amount": amount, "residents": residents, "need": need}
    )


@pytest.mark.clause("draft:26(f)(iii).2")
def test_less_money_where_need_is_greater_is_found():
    table = _city(-0.45)
    found = allocation(table)
    spread = np.sqrt(np.cov(table["need"], aweights=table["residents"], ddof=0))
    assert found.lower < np.exp(-0.45 * spread) < found.upper
    assert found.verdict == LESS
    a_head = found.fifths.set_index("fifth")["a_head"]
    assert a_head[1] > 2 * a_head[5]


def test_the_interval_is_that_of_a_robust_poisson_regression():
    sm = pytest.importorskip("statsmodels.api")
    from scipy.stats import t

    table = _city(0.2, noise=0.5)
    found = allocation(table)
    w, x = table["residents"], table["need"]
    z = (x - np.average(x, weights=w)) / np.sqrt(np.cov(x, aweights=w, ddof=0))
    design = sm.add_constant(z.to_numpy())
    scaled = table["amount"] / table["amount"].mean() * 100
    offset = np.log(w / w.mean())
    glm = sm.GLM(scaled, design, family=sm.families.Poisson(), offset=offset)
    mu = glm.fit(tol=1e-12).mu
    # The last step of the fit is a weighted regression, whose HC3 errors statsmodels knows.
    working = np.log(mu) - offset + (scaled - mu) / mu
    fit = sm.WLS(working, design, weights=mu).fit()
    half = t.ppf(0.975, 58) * np.asarray(fit.HC3_se)[1]
    slope = np.asarray(fit.params)[1]
    assert found.ratio == pytest.approx(np.exp(slope), rel=1e-6)
    assert found.upper == pytest.approx(np.exp(slope + half), rel=1e-6)


def test_money_without_a_pattern_gets_no_verdict():
    assert allocation(_city(0.0, noise=0.8)).verdict == ALIKE


def test_areas_with_nothing_stay_in():
    table = _city(-0.45)
    table.loc[:9, "amount"] = 0.0
    table.loc[20, "need"] = np.nan
    found = allocation(table)
    assert (found.nothing, found.areas, found.without_need) == (10, 59, 1)
    assert found.fifths["areas"].sum() == 59


def test_a_fifth_holds_about_a_fifth_of_the_residents():
    table = pd.DataFrame(
        {
            "area_id": list("abcdefghij"),
            "amount": [1.0] * 10,
            "residents": [100] * 10,
            "need": range(10),
        }
    )
    fifths = allocation(table).fifths
    assert fifths["residents"].tolist() == [200] * 5
    assert fifths["a_head"].tolist() == [0.01] * 5


def test_few_areas_are_no_pattern():
    with pytest.raises(Refused):
        allocation(_city(-0.45, areas=9))


def test_a_budget_without_areas_cannot_be_judged():
    with pytest.raises(Refused, match="by area"):
        allocation(_city(0.0).assign(amount=0.0))


def test_money_in_one_area_says_nothing_about_need():
    table = _city(0.2, areas=12)
    table.loc[1:, "amount"] = 0
    with pytest.raises(Refused, match="too few areas"):
        allocation(table)
