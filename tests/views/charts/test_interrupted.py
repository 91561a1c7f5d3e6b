"""A series and its start: what was counted, what was expected, and nothing more than is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.views.charts import interrupted

MONTHS = [str(m) for m in pd.period_range("2021-01", "2025-12", freq="M")]


def series(released, followed: bool = True):
    n = np.full(60, 20) + np.arange(60) % 5
    expected = np.full(60, 22.0) if followed else np.full(60, np.nan)
    return released(
        {
            "month": MONTHS,
            "n": n,
            "expected": expected,
            "expected_lower": expected * 0.8,
            "expected_upper": expected * 1.2,
        },
        ["month"],
    )


def drawn(released, draw, narrow=False, **rest):
    chart = interrupted(
        series(released, **rest), unit="Cases a month", start="2024-01", words="Lamps"
    )
    return draw(chart, narrow)


@pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])
@pytest.mark.parametrize("followed", [True, False])
def test_the_series_is_legible_on_page_and_phone(
    released, draw, legible, narrow, followed
):
    legible(drawn(released, draw, narrow, followed=followed))


def test_the_band_of_what_was_expected_begins_with_the_programme(released, draw):
    figure = drawn(released, draw)
    band = figure.axes[0].collections[0].get_paths()[0].vertices
    # The middle of January 2024, not a day before.
    assert band[:, 0].min() == pytest.approx(2024 + 0.5 / 12)


def test_without_a_model_nothing_is_said_to_be_expected(released, draw):
    figure = drawn(released, draw, followed=False)
    words = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert words == ["Counted"]
    assert not figure.axes[0].collections
