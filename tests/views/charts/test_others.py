"""The other charts: legible for extremes, honest about what is hidden, scales that mean what they show."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.views.charts import (
    Gap,
    bars,
    heat,
    lorenz,
    missingness,
    population_pyramid,
    pyramid,
    season,
    small_multiples,
)

BOTH = pytest.mark.parametrize("narrow", [False, True], ids=["page", "phone"])
OFFENCES = [
    "Intentional homicide",
    "Serious assault",
    "Rape and other sexual violence by a person known to the victim",
    "Robbery",
    "Burglary of private residential premises",
    "Theft of a motorized land vehicle or parts thereof",
    "Theft",
    "Fraud",
    "Damage to property",
    "Unlawful acts involving controlled drugs",
    "Weapons",
    "Public order",
    "Other acts under universal jurisdiction, not elsewhere classified",
]
AGES = [*[f"{a}–{a + 4}" for a in range(0, 85, 5)], "85+"]


def months(released, ratio, width=0.1):
    ratio = np.asarray(ratio, float)
    frame = {
        "month": range(1, 13),
        "index": ratio,
        "lower": ratio * (1 - width),
        "upper": ratio * (1 + width),
    }
    return released(frame, ["month"])


@BOTH
@pytest.mark.parametrize("spread", [0.001, 0.3, 8.0])
def test_a_season_of_any_strength_is_legible(released, draw, legible, spread, narrow):
    ratio = 1 + spread * (1 + np.sin(np.arange(12))) / 2
    legible(draw(season(months(released, ratio), clear=True), narrow))


def test_no_month_is_coloured_unless_the_twelve_together_differ(released, draw):
    ratio = np.r_[1.4, np.full(11, 0.96)]
    for clear, expected in ((True, 12), (False, 0)):
        figure = draw(season(months(released, ratio, 0.02), clear=clear), False)
        colours = figure.axes[0].collections[1].get_facecolor()
        blue = np.isclose(colours[:, 2], 0x87 / 255, atol=0.01).sum()
        assert blue == expected


def week(released, weight, hidden=None):
    frame = pd.DataFrame(
        [(d, h) for d in range(7) for h in range(24)], columns=["weekday", "hour"]
    )
    frame["n"] = np.asarray(weight, float).ravel()
    return released(frame, ["weekday", "hour"], hidden)


@BOTH
@pytest.mark.parametrize("most", [0, 1, 40, 3_000_000])
def test_a_week_of_any_size_is_legible(released, draw, legible, most, narrow):
    weight = np.random.default_rng(2).integers(0, most + 1, (7, 24))
    legible(draw(heat(week(released, weight), unit="Events", value="n"), narrow))


@BOTH
def test_the_week_shows_the_hours_with_their_intervals(released, draw, legible, narrow):
    weight = np.random.default_rng(2).integers(1, 40, (7, 24))
    hours = {"hour": range(24), "n": weight.sum(0), "lower": weight.sum(0) * 0.8}
    days = {"weekday": range(7), "n": weight.sum(1), "lower": weight.sum(1) * 0.8}
    hours["upper"], days["upper"] = weight.sum(0) * 1.2, weight.sum(1) * 1.2
    figure = draw(
        heat(
            week(released, weight),
            unit="Events",
            value="n",
            by_hour=released(hours, ["hour"]),
            by_day=released(days, ["weekday"]),
        ),
        narrow,
    )
    legible(figure)
    lines = [len(c.get_segments()) for a in figure.axes for c in a.collections]
    assert sorted(lines) == [7, 24]


def test_darker_hours_hold_more(released, draw):
    weight = np.arange(168).reshape(7, 24)
    figure = draw(heat(week(released, weight), unit="Events", value="n"), False)
    cells = next(a for a in figure.axes if len(a.patches) == 168).patches
    light = [sum(cell.get_facecolor()[:3]) for cell in cells]
    assert light == sorted(light, reverse=True)


def offences(released, n, hidden=()):
    n = np.asarray(n, float)
    frame = {
        "offence_name": OFFENCES[: len(n)],
        "n": n,
        "lower": n * 0.9,
        "upper": n * 1.1 + 3,
    }
    return released(frame, ["offence_name"], [k in hidden for k in range(len(n))])


@BOTH
@pytest.mark.parametrize(
    "n", [[0], [7], [0] * 13, 10 ** (np.arange(13) / 2), [9_999_999] * 13], ids=str
)
def test_an_offence_table_of_any_size_is_legible(released, draw, legible, n, narrow):
    legible(draw(bars(offences(released, n), unit="Recorded events"), narrow))


def test_a_hidden_offence_has_words_and_no_bar(released, draw, words_in):
    figure = draw(bars(offences(released, [40, 50, 60], {1}), unit="Events"), False)
    assert "hidden to protect people" in [w for w, _ in words_in(figure)]
    assert [p.get_width() for p in figure.axes[0].patches[:3]] == [40, 0, 60]


def people(released, women, men, hidden=False):
    rows = [("female", women), ("male", men)]
    frame = pd.DataFrame(
        [
            (a, sex, float(v[k]))
            for sex, v in rows
            for k, a in enumerate(AGES[: len(v)])
        ],
        columns=["age_group", "sex", "n"],
    )
    frame["lower"], frame["upper"] = frame["n"] * 0.8, frame["n"] * 1.2 + 2
    small = (frame["n"] > 0) & (frame["n"] < 5)
    return released(frame, ["age_group", "sex"], small if hidden else None)


SIDES = {
    "balanced": (np.arange(18), np.arange(18)),
    "one side": (np.zeros(18), np.full(18, 5000)),
    "nobody": (np.zeros(18), np.zeros(18)),
    "millions": (np.full(18, 3e6), np.full(18, 2e6)),
    "one group": (np.array([3]), np.array([9])),
}


@BOTH
@pytest.mark.parametrize("case", SIDES)
def test_two_sexes_by_age_are_legible(released, draw, legible, case, narrow):
    legible(draw(pyramid(people(released, *SIDES[case]), unit="Victims"), narrow))


def test_both_sides_have_one_scale(released, draw):
    figure = draw(
        pyramid(people(released, np.full(18, 10), np.full(18, 400)), unit="x"), False
    )
    left, right = figure.axes
    per_unit = [
        axes.get_window_extent().width / abs(np.diff(axes.get_xlim())[0])
        for axes in (left, right)
    ]
    assert per_unit[0] == pytest.approx(per_unit[1], rel=0.02)


def test_no_total_is_written_where_a_group_is_hidden(released, draw, words_in):
    table = people(released, np.full(18, 3), np.full(18, 400), hidden=True)
    said = [w.strip() for w, _ in words_in(draw(pyramid(table, unit="x"), False))]
    assert "Women" in said and "Men: 7,200" in said


def test_a_census_needs_no_intervals(released, draw):
    frame = pd.DataFrame(
        [(a, s, 1000) for s in ("female", "male") for a in AGES],
        columns=["age_group", "sex", "population"],
    )
    table = released(frame, ["age_group", "sex"])
    figure = draw(population_pyramid(table, unit="Residents"), False)
    assert not any(axes.collections for axes in figure.axes)


@BOTH
@pytest.mark.parametrize("places", [1, 2, 60, 5000])
@pytest.mark.parametrize("power", [0.02, 1.0])
def test_any_concentration_is_legible(released, draw, legible, places, power, narrow):
    x = np.linspace(0, 1, places + 1)
    table = released({"places_share": x, "events_share": x**power}, ["places_share"])
    points = [
        (0.1, "10% of areas: 45% of events"),
        (0.25, "25% of areas: 70% of events"),
    ]
    legible(draw(lorenz(table, points=points), narrow))


@BOTH
def test_what_is_missing_is_legible_from_none_to_all(released, draw, legible, narrow):
    share = np.linspace(0, 1, 13)
    frame = {"offence_name": OFFENCES, "n": np.full(13, 90)}
    for name, values in (("place", share), ("hour", share[::-1])):
        frame |= {
            name: values,
            f"{name}_lower": np.clip(values - 0.05, 0, 1),
            f"{name}_upper": np.clip(values + 0.05, 0, 1),
        }
    gaps = [
        Gap("Not located", "place", "place_lower", "place_upper"),
        Gap("No hour", "hour", "hour_lower", "hour_upper"),
    ]
    table = released(frame, ["offence_name"], np.arange(13) == 5)
    legible(draw(missingness(table, gaps), narrow))


def courses(released, offences, periods, scale=1.0, yearly=False, hidden=None):
    rng = np.random.default_rng(4)
    when = (
        [str(2010 + k) for k in range(periods)]
        if yearly
        else list(pd.period_range("2010-01", periods=periods, freq="M").astype(str))
    )
    rows = [
        (name, month, float(rng.poisson(10 ** (k / 3)) * scale))
        for k, name in enumerate(offences)
        for month in when
    ]
    frame = pd.DataFrame(rows, columns=["offence_name", "month", "n"])
    frame["lower"], frame["upper"] = frame["n"] * 0.8, frame["n"] * 1.2 + 2
    return released(frame, ["offence_name", "month"], hidden)


@BOTH
@pytest.mark.parametrize(
    ("count", "periods", "scale", "yearly"),
    [
        (1, 12, 1, False),
        (13, 180, 1, False),
        (4, 1, 1, True),
        (13, 15, 1000, True),
        (5, 24, 0, False),
    ],
)
def test_a_panel_an_offence_is_legible(
    released, draw, legible, count, periods, scale, yearly, narrow
):
    table = courses(released, OFFENCES[:count], periods, scale, yearly)
    legible(draw(small_multiples(table), narrow), overlap=0.3)


def test_an_offence_hidden_in_every_month_says_so_in_its_panel(
    released, draw, words_in
):
    hidden = np.r_[np.zeros(24, bool), np.ones(24, bool)]
    table = courses(released, OFFENCES[:2], 24, hidden=hidden)
    figure = draw(small_multiples(table), False)
    said = " ".join(" ".join(w for w, _ in words_in(figure)).split())
    assert "hidden to protect people" in said


def test_a_panel_shows_where_its_recording_changed_and_the_others_do_not(
    released, draw
):
    months = [f"2023-{m:02d}" for m in range(1, 13)]
    rows = pd.DataFrame(
        {
            "offence_name": ["Fraud"] * 12 + ["Theft"] * 12,
            "month": months * 2,
            "n": 20,
            "lower": 15.0,
            "upper": 25.0,
        }
    )
    table = released(rows, ["offence_name", "month"])
    figure = draw(small_multiples(table, changes={"Fraud": ["2023-07"]}), False)
    dashed = [
        [line for line in one.lines if line.get_linestyle() == "--"]
        for one in figure.axes[:2]
    ]
    assert [len(lines) for lines in dashed] == [1, 0]
    # The first of July: half of the year, in decimal years.
    assert dashed[0][0].get_xdata()[0] == pytest.approx(2023.5)
