"""Where services are needed first: only what several sources and nearly all draws agree on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from sklearn.metrics import adjusted_rand_score

from safelearn.disclosure.wording import check
from safelearn.errors import Refused
from safelearn.strategy.need import (
    ALSO,
    ELSEWHERE,
    FIRST,
    HIDDEN,
    UNCLEAR,
    WORDS,
    need_score,
)
from safelearn.strategy.sources import Profile
from safelearn.strategy.typology import (
    BETWEEN,
    BOTH,
    FEAR,
    HARM,
    LIVING,
    SERVICES,
    USUAL,
    adjusted_rand,
    typology,
)


def known(values, error, names=("records", "conditions"), left_out=()) -> Profile:
    values = np.asarray(values, dtype=float)
    count = len(values)
    return Profile(
        tuple(f"{i:02d}" for i in range(1, count + 1)), tuple(left_out), tuple(names), values,
        np.broadcast_to(np.asarray(error, dtype=float), values.shape),
        np.tile(np.arange(count)[:, None], (1, values.shape[1])),
    )  # fmt: skip


STEPS = np.repeat(np.arange(12.0, 0, -1)[:, None], 2, axis=1)


def test_exact_figures_place_every_area_in_its_third():
    found = need_score(known(STEPS, 0)).areas
    assert found["rank"].tolist() == list(range(1, 13))
    assert (
        found["rank_lower"].tolist()
        == found["rank_upper"].tolist()
        == list(range(1, 13))
    )
    assert found["need"].tolist() == [FIRST] * 4 + [ALSO] * 4 + [ELSEWHERE] * 4


def test_figures_that_say_nothing_place_nobody():
    found = need_score(known(STEPS * 0.01, 5.0))
    assert found.count(UNCLEAR) == 12


def test_the_ranks_of_two_areas_change_as_often_as_arithmetic_says():
    """Two sources with the same values: the difference of two scores is normal, whatever the weights."""
    gap, error = 1.0, 1.0
    values = np.full((9, 2), -50.0) - np.arange(9)[:, None] * 20
    values[0], values[1] = 100 + gap, 100
    found = need_score(known(values, error), draws=20_000).areas
    # A weight u of the first source, u in 1/4 to 3/4: sd of a score = sqrt(u^2 + (1-u)^2), two scores sqrt(2) of it.
    u = np.random.default_rng(0).uniform(0.5, 1.5, (200_000, 2))
    u = u[:, 0] / u.sum(axis=1)
    expected = norm.cdf(gap / np.sqrt(2 * (u**2 + (1 - u) ** 2))).mean()
    assert found.loc[0, ["rank_lower", "rank_upper"]].tolist() == [1, 2]
    drawn = known(values, error).draws(20_000, 26)
    rng = np.random.default_rng(27)
    weights = 0.5 * rng.uniform(0.5, 1.5, (20_000, 2))
    ahead = ((drawn[:, 0] - drawn[:, 1]) * weights).sum(axis=1) > 0
    assert ahead.mean() == pytest.approx(expected, abs=0.012)


def test_intervals_of_ranks_cover_the_true_ranks_of_other_cities():
    """Truth first, then noisy figures shrunken as the sources are; on 60 cities of 30 areas and three sources."""
    rng = np.random.default_rng(8)
    inside, n = 0, 0
    noise = np.array([0.4, 0.8, 1.2])
    for _ in range(60):
        truth = rng.standard_normal((30, 3))
        seen = truth + noise * rng.standard_normal((30, 3))
        kept = 1 / (1 + noise**2)
        city = known(seen * kept, np.sqrt(kept) * noise, ("records", "victims", "fear"))
        found = need_score(city, draws=800).areas
        rank = (-truth.mean(axis=1)).argsort().argsort() + 1
        inside += ((found["rank_lower"] <= rank) & (rank <= found["rank_upper"])).sum()
        n += 30
    assert 0.93 <= inside / n <= 0.995


def test_records_alone_are_refused():
    with pytest.raises(Refused, match="where people report"):
        need_score(known(STEPS[:, :1], 0.1, ("records",)))


def test_a_handful_of_areas_is_not_sorted():
    with pytest.raises(Refused, match="Too few areas"):
        need_score(known(STEPS[:8], 0.1))


def test_areas_without_a_value_are_listed_and_not_placed():
    found = need_score(known(STEPS, 0, left_out=["00", "99"])).areas
    assert found["area_id"].tolist() == sorted(found["area_id"])
    assert found.set_index("area_id").loc[["00", "99"], "need"].tolist() == [HIDDEN] * 2


def test_a_weight_can_be_given_and_its_influence_is_told():
    values = np.column_stack([np.arange(12.0, 0, -1), np.arange(1.0, 13)])
    even = need_score(known(values, 0.05))
    assert even.count(FIRST) == 0
    records = need_score(known(values, 0.05), {"records": 9, "conditions": 1})
    assert records.areas["rank"].tolist() == list(range(1, 13))
    assert records.weights == {"records": 0.9, "conditions": 0.1}
    assert records.kept["conditions"] <= records.kept["records"] <= 1


def test_the_same_figures_give_the_same_classes_every_time():
    city = known(STEPS, 2.0)
    pd.testing.assert_frame_equal(need_score(city).areas, need_score(city).areas)


@pytest.mark.parametrize("words", [*WORDS.values(), *SERVICES.values()])
def test_classes_and_kinds_speak_of_services_and_blame_nobody(words):
    assert not check(words)
    assert not any(
        w in words.lower() for w in ("worst", "danger", "bad", "risk", "poor")
    )


KINDS = known(
    [[2, 2, 2], [2, -1, 2], [-1, 2, 2], [-1, -1, 2], [-1, -1, -1], [0.5, -1, -1]],
    [[0.1, 0.1, 0.1]] * 5 + [[1, 0.1, 0.1]],
    ("records", "conditions", "fear"),
)


@pytest.mark.clause("draft:26(b)")
def test_each_area_is_of_the_kind_that_its_figures_say():
    found = typology(KINDS)
    assert found.areas["kind"].tolist() == [BOTH, HARM, LIVING, FEAR, USUAL, BETWEEN]
    # An area that lies on the line is above it in half of the draws.
    assert found.areas["steady"].iloc[-1] == pytest.approx(0.5, abs=0.03)
    assert found.kept == pytest.approx(5 / 6)


def test_the_adjusted_rand_index_is_that_of_scikit_learn():
    rng = np.random.default_rng(5)
    for _ in range(20):
        a, b = rng.integers(0, 4, (2, 25))
        assert adjusted_rand(a, b) == pytest.approx(adjusted_rand_score(a, b))
    assert adjusted_rand(np.zeros(5, int), np.zeros(5, int)) == 1


def test_harm_alone_makes_no_kinds():
    with pytest.raises(Refused, match="something beside it"):
        typology(known(STEPS, 0.1, ("records", "victims")))
