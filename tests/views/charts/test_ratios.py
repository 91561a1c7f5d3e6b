"""Rate ratios round 1: half and double weigh the same, everything legible on a page and on a phone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.views.charts import ratios

BOTH = pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])
LEGEND = ("Beside how busy areas are", "Alone", "With other conditions")
UNIT = "Recorded violence where the condition is one standard deviation higher, as a multiple"


def conditions(released, count=9, scale=0.25, joint=True):
    rng = np.random.default_rng(count)
    frame = {"factor_name": [f"Condition number {k}" for k in range(count)]}
    for name in ("beside", "alone", "together"):
        value = np.exp(rng.normal(0, scale, count))
        if name == "together":
            value[1::2] = np.nan
            value = value if joint else value * np.nan
        frame[name] = value
        frame[f"{name}_lower"] = value * np.exp(-scale)
        frame[f"{name}_upper"] = value * np.exp(scale)
    return released(frame, ["factor_name"])


@BOTH
@pytest.mark.parametrize("count", [1, 3, 9, 14])
def test_any_number_of_conditions_is_legible(released, draw, legible, count, narrow):
    legible(draw(ratios(conditions(released, count), unit=UNIT, legend=LEGEND), narrow))


@pytest.mark.parametrize("scale", [0.01, 0.25, 2.0])
def test_half_and_double_are_as_far_from_no_association(released, draw, scale):
    chart = ratios(conditions(released, scale=scale), unit=UNIT, legend=LEGEND)
    low, high = draw(chart, False).axes[0].get_xlim()
    assert low * high == pytest.approx(1)
    assert 1.29 < high <= 10.001


def test_without_a_joint_model_its_mark_is_not_explained(released, draw, words_in):
    chart = ratios(conditions(released, joint=False), unit=UNIT, legend=LEGEND)
    assert LEGEND[2] not in str(words_in(draw(chart, False)))


def test_a_plain_frame_is_not_drawn():
    with pytest.raises(TypeError, match="approved"):
        ratios(pd.DataFrame({"factor_name": ["a"]}), unit=UNIT, legend=LEGEND)
