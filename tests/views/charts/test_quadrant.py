"""A cross a place, on a page and on a phone; only what can be told apart is named."""

from __future__ import annotations

import numpy as np
import pytest

from safelearn.views.charts import quadrant

BOTH = pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])


def places(released, count, missing=()):
    rng = np.random.default_rng(3)
    risk, fear = rng.uniform(1, 30, count), rng.uniform(0.1, 0.9, count)
    word = np.where((fear > 0.7) & (risk < 8), "one", "unclear")
    frame = {
        "area_id": [f"{k:03d}" for k in range(count)],
        "area_name": [f"Quarter number {k}" for k in range(count)],
        "fear": fear, "fear_lower": fear - 0.08, "fear_upper": fear + 0.08,
        "risk": risk, "risk_lower": risk * 0.7, "risk_upper": risk * 1.4,
        "quadrant": word,
    }  # fmt: skip
    for k in missing:
        frame["risk"][k] = np.nan
    return released(frame, ["area_id", "area_name"])


def chart(table):
    return quadrant(
        table,
        across=("risk", "risk_lower", "risk_upper"),
        up=("fear", "fear_lower", "fear_upper"),
        city=(8.0, 0.5),
        across_unit="Harm",
        up_unit="Fear",
        corners=("more fear, less harm", "more fear, more harm", "less of both", "less fear, more harm"),
        city_words=("city", "city"),
        place="quadrant",
        placed={"one"},
        name="area_name",
        code="area_id",
    )  # fmt: skip


def words(figure):
    return [text.get_text() for text in figure.axes[0].texts]


@BOTH
@pytest.mark.parametrize("count", [4, 24, 60, 270])
def test_any_number_of_places_can_be_drawn(released, draw, count, narrow):
    figure = draw(chart(places(released, count)), narrow)
    low, high = figure.axes[0].get_xlim()
    assert low < 8 < high


def test_names_stand_on_a_page_and_codes_on_a_phone(released, draw):
    table = places(released, 24)
    strong = table.frame.loc[table.frame["quadrant"] == "one"]
    assert set(strong["area_name"]) <= set(words(draw(chart(table), False)))
    phone = words(draw(chart(table), True))
    assert set(strong["area_id"]) <= set(phone)
    others = table.frame.loc[table.frame["quadrant"] != "one", "area_id"]
    assert not set(others) & set(phone)


def test_a_place_without_a_value_is_not_drawn(released, draw):
    full, lacking = places(released, 24), places(released, 24, missing=range(24))
    assert len(draw(chart(lacking), False).axes[0].lines) < len(
        draw(chart(full), False).axes[0].lines
    )


def test_a_plain_frame_is_refused(released):
    with pytest.raises(TypeError, match="approved table"):
        chart(places(released, 4).frame)
