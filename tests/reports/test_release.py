"""Counts of one year by month and by area are protected together, and nothing hidden comes back."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelearn.city.settings import Disclosure
from safelearn.errors import SafelearnError
from safelearn.reports.period import period_of
from safelearn.reports.release import OTHER, Release

MONTHS = [f"2024-{m:02d}" for m in range(1, 13)]
AREAS = ["01", "02", "03", "04"]
KINDS = ["0101", "0401", "0502"]


def tables(counts: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`counts` by area, month and offence, as the two tables that the report publishes."""
    rows = [
        (a, m, kind, int(counts[i, j, k]))
        for (i, a), (j, m), (k, kind) in product(
            enumerate(AREAS), enumerate(MONTHS), enumerate(KINDS)
        )
    ]
    frame = pd.DataFrame(rows, columns=["area_id", "month", "offence", "n"])
    by_month = frame.groupby(["month", "offence"], as_index=False)["n"].sum()
    by_month.insert(0, "year", by_month["month"].str[:4])
    by_area = frame.groupby(["area_id", "offence"], as_index=False)["n"].sum()
    return by_month, by_area


def released(counts: np.ndarray) -> Release:
    by_month, by_area = tables(counts)
    totals = by_month.groupby("month")["n"].sum()
    period = period_of(MONTHS, [max(n, 8) for n in totals])
    release = Release(Disclosure(), "public")
    release.share_counts(by_month, by_area, period)
    return release


few = st.lists(st.sampled_from([0, 0, 0, 1, 1, 2, 3, 7]), min_size=144, max_size=144)


@settings(max_examples=25, deadline=None)
@given(few)
def test_whatever_the_counts_the_attack_finds_nothing(values):
    release = released(np.array(values).reshape(4, 12, 3))
    assert release.attack() > 0


@settings(max_examples=25, deadline=None)
@given(few)
def test_no_small_count_is_shown_and_no_shown_count_is_changed(values):
    counts = np.array(values).reshape(4, 12, 3)
    release = released(counts)
    by_month, by_area = tables(counts)
    for name, truth, keys in (
        ("by_month", by_month, ["month", "offence"]),
        ("by_area", by_area, ["area_id", "offence"]),
    ):
        shown = release.shared[name]
        alone = shown[~shown["offence"].isin(["all", OTHER])]
        both = alone.merge(truth, on=keys, suffixes=("", "_true"))
        assert len(both) == len(alone)
        visible = both.dropna(subset=["n"])
        assert (visible["n"] == visible["n_true"]).all()
        assert not shown["n"].between(1, 4).any()
    totals = by_area.groupby("area_id")["n"].sum()
    for row in release.shared["by_area"].dropna().itertuples():
        if row.offence == "all":
            assert row.n == totals[row.area_id]


def test_offences_that_are_rare_by_area_stand_together_so_that_the_city_keeps_its_total():
    counts = np.full((4, 12, 3), 20)
    counts[:, :, 0] = 0
    counts[0, 3, 0], counts[2, 5, 0], counts[3, 5, 0] = 3, 4, 2
    release = released(counts)
    assert set(release.shared["by_area"]["offence"]) == {"all", "0401", "0502", OTHER}
    years = release.shared["by_year"].set_index("offence")["n"]
    assert years["0101"] == 9


def test_the_attack_stops_a_release_in_which_one_hidden_count_stands_alone():
    counts = np.full((4, 12, 3), 20)
    release = released(counts)
    frame = release.shared["by_month"]
    lonely = (frame["month"] == "2024-05") & (frame["offence"] == "0401")
    release.shared["by_month"] = frame.assign(n=frame["n"].mask(lonely))
    with pytest.raises(SafelearnError) as caught:
        release.attack()
    assert "2024-05" in caught.value.where
