"""The attack finds every planted leak, and none in what the library protects."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safelearn import language
from safelearn.disclosure.approval import HIDDEN, approve
from safelearn.disclosure.attack import ELSEWHERE, SINCE, attack
from safelearn.disclosure.suppression import protect
from safelearn.errors import SafelearnError
from safelearn.estimates.intervals import byar_interval
from safelearn.estimates.rates import empirical_bayes, rates_by_area

AREAS = ["01", "02", "03", "04", "05"]
EVENTS = np.array([40, 3, 25, 60, 18])
PEOPLE = np.array([9000, 2100, 7000, 12000, 3900])
MEASURES = ["n", "population", "rate", "lower", "upper", "eb", "share", "class", "mark"]


def release(name, frame, keys=("area_id", "offence"), **told):
    """An approved table, as a careless analyst could have made it."""
    measures = [c for c in frame if c not in keys]
    return approve(name, frame, keys=list(keys), measures=measures, **told)


def naive(*shown, events=EVENTS, hide=None, prior_from=None):
    """One offence by area; small counts are hidden, but columns in `shown` stay beside them."""
    gone = (events >= 1) & (events < 5) if hide is None else hide
    exposure = PEOPLE / 1e5
    raw = byar_interval(events, exposure)
    used = np.where(gone, np.nan, events) if prior_from == "shown" else events
    from safelearn.estimates.rates import fit_prior

    eb = empirical_bayes(events, exposure, fit_prior(used, exposure))
    frame = pd.DataFrame(
        {
            "area_id": AREAS,
            "offence": "0401",
            "n": pd.array(events, dtype="Int64"),
            "population": PEOPLE,
            "rate": raw.rate,
            "lower": raw.lower,
            "upper": raw.upper,
            "eb": eb,
            "share": events / events.sum(),
            "class": np.digitize(raw.rate, [200, 400, 450]).astype(str),
            "mark": np.where(events < 16, "unstable", ""),
        }
    )
    frame = frame[
        [
            "area_id",
            "offence",
            "n",
            "population",
            *[c for c in MEASURES[2:] if c in shown],
        ]
    ]
    frame["n"] = frame["n"].mask(gone)
    return release("rates_by_area", frame, derived={"n": ()}, universe="u")


def found(tables, **more):
    return [(dict(b.cell).get("area_id"), b.interval) for b in attack(tables, **more)]


def test_without_anything_beside_it_the_hidden_count_is_safe():
    assert attack([naive()]) == []


def test_a_rate_times_the_population_is_the_count():
    assert found([naive("rate")]) == [("02", (3, 3))]


def test_the_limits_of_byars_interval_are_the_count():
    table = naive("rate", "lower")
    frame = table.frame.assign(rate=table.frame["rate"].where(table.frame["n"].notna()))
    assert found([release("r", frame, derived={"n": ()})]) == [("02", (3, 3))]


def test_a_smoothed_rate_is_turned_back_with_the_prior_that_the_others_tell():
    events = np.array([80, 3, 25, 30, 18])
    table = naive("rate", "eb", events=events, prior_from="shown")
    frame = table.frame.assign(rate=table.frame["rate"].where(table.frame["n"].notna()))
    assert found([release("r", frame, derived={"n": ()})]) == [("02", (3, 3))]


def test_a_prior_made_with_the_hidden_count_tells_it_through_the_other_areas():
    table = naive("rate", "eb")
    frame = table.frame
    frame.loc[1, ["rate", "eb"]] = np.nan
    (breach,) = attack([release("r", frame, derived={"n": ()})])
    assert breach.interval == (3, 3)
    assert "smoothed rates of other areas" in breach.how


def test_a_prior_made_with_two_hidden_counts_tells_both_by_mean_and_spread():
    events = np.array([40, 3, 25, 60, 2])
    table = naive("rate", "eb", events=events)
    frame = table.frame
    frame.loc[[1, 4], ["rate", "eb"]] = np.nan
    assert found([release("r", frame, derived={"n": ()})]) == [
        ("02", (3, 3)),
        ("05", (2, 2)),
    ]


def test_a_prior_made_without_the_hidden_counts_tells_nothing():
    table = naive("rate", "eb", prior_from="shown")
    frame = table.frame
    frame.loc[1, ["rate", "eb"]] = np.nan
    assert attack([release("r", frame, derived={"n": ()})]) == []


def test_a_share_tells_the_count_and_the_shares_of_others_tell_the_total():
    assert found([naive("share")]) == [("02", (3, 3))]
    frame = naive("share").frame
    frame.loc[1, "share"] = np.nan
    assert found([release("r", frame, derived={"n": ()})]) == [("02", (3, 3))]


def test_a_colour_on_the_map_narrows_the_count_down():
    # The hidden area is coloured like one of 120 per 100,000, between areas of 90 and of 150 in other
    # colours. With 2,100 people that leaves two or three events.
    frame = pd.DataFrame(
        {
            "area_id": ["01", "02", "03", "04"],
            "offence": "0401",
            "n": pd.array([36, None, 60, 90], dtype="Int64"),
            "population": [40_000, 2_100, 50_000, 60_000],
            "rate": [90.0, None, 120.0, 150.0],
            "class": ["low", "middle", "middle", "high"],
        }
    )
    (breach,) = attack([release("r", frame, derived={"n": ()})])
    assert breach.interval == (2, 3)
    assert "class" in breach.how
    assert attack([release("r", frame)]) == []


def test_an_empty_mark_says_that_a_count_is_sixteen_or_more():
    events = np.array([40, 22, 25, 60, 18])
    hide = np.array([False, True, False, False, True])
    table = naive("mark", events=events, hide=hide)
    # Sixteen or more is not small: nothing about people is told, and nothing is reported.
    assert attack([table]) == []


def test_the_only_hidden_cell_of_a_row_is_found_by_subtraction():
    cells = pd.DataFrame(
        {
            "area_id": ["01", "01", "02", "02"],
            "offence": ["a", "b"] * 2,
            "n": pd.array([None, 20, 30, 40], dtype="Int64"),
        }
    )
    totals = pd.DataFrame({"area_id": ["01", "02"], "n": [23, 70]})
    tables = [
        release("cells", cells, universe="u"),
        release("totals", totals, keys=["area_id"], universe="u"),
    ]
    (breach,) = attack(tables)
    assert breach.table == "cells"
    assert breach.interval == (3, 3)
    assert breach.sentence == (
        "In the table `cells`, the hidden count of area_id 01 and offence a is known to be 3 from sums and "
        "differences of the published tables."
    )


def test_totals_that_stand_in_the_same_table_as_all_are_used_as_well():
    cells = pd.DataFrame(
        {
            "month": ["2024-01", "2024-02", "all"],
            "n": pd.array([None, 30, 34], dtype="Int64"),
        }
    )
    (breach,) = attack([release("cells", cells, ["month"], universe="u")])
    assert breach.interval == (4, 4)


def test_areas_without_a_row_for_the_events_that_have_no_place_only_bound_the_total():
    cells = pd.DataFrame(
        {"area_id": ["01", "02", "all"], "n": pd.array([None, 30, 33], dtype="Int64")}
    )
    (breach,) = attack([release("cells", cells, ["area_id"], universe="u")])
    assert breach.interval == (1, 3)


def test_two_hidden_cells_of_a_shown_small_sum_are_narrowed_down():
    cells = pd.DataFrame(
        {"area_id": ["01", "02", "03"], "n": pd.array([None, None, 30], dtype="Int64")}
    )
    total = pd.DataFrame({"area_id": ["all"], "n": [34]})
    tables = [
        release("a", cells, ["area_id"], universe="u"),
        release("b", total, ["area_id"], universe="u"),
    ]
    assert found(tables) == [("01", (1, 3)), ("02", (1, 3))]


def test_a_table_that_is_safe_alone_is_opened_by_another_that_shares_its_totals(tidy):
    by_area = pd.DataFrame(
        {
            "area_id": ["", "01", "", "01"],
            "offence": ["a", "a", "b", "b"],
            "n": pd.array([30, None, 50, 60], dtype="Int64"),
        }
    )
    by_month = pd.DataFrame(
        {
            "month": ["2024-01", "2024-02"] * 2,
            "offence": ["a", "a", "b", "b"],
            "n": pd.array([20, 12, 50, 60], dtype="Int64"),
        }
    )
    area, month = (
        release("area", by_area, universe="u"),
        release("month", by_month, ["month", "offence"], universe="u"),
    )
    assert attack([area]) == []
    (breach,) = attack([area, month])
    assert (breach.table, breach.interval) == ("area", (2, 2))


def test_a_cell_hidden_in_one_table_and_shown_in_another_is_a_breach():
    hidden = pd.DataFrame(
        {"offence": ["a", "b"], "n": pd.array([None, None], dtype="Int64")}
    )
    shown = pd.DataFrame({"offence": ["a", "b"], "n": [7, 8]})
    tables = [
        release("x", hidden, ["offence"], universe="u"),
        release("y", shown, ["offence"], universe="u"),
    ]
    assert [b.interval for b in attack(tables)] == [(7, 7), (8, 8)]


def test_an_earlier_release_that_showed_a_cell_gives_it_away():
    table = naive()
    before = table.csv_frame().assign(n=[40, 4, 25, 60, 18])
    ((area, interval),) = found([table], previous={"rates_by_area": before})
    assert (area, interval) == ("02", (4, 4))


def test_few_new_events_since_an_earlier_release_are_a_small_count():
    table = naive()
    before = table.csv_frame()
    assert before.loc[1, "n"] == HIDDEN
    before.loc[0, "n"] = 38
    before.loc[2, "n"] = 10
    (breach,) = attack([table], previous={"rates_by_area": before})
    assert (dict(breach.cell)["area_id"], breach.how, breach.interval) == (
        "01",
        SINCE,
        (2, 2),
    )


def test_a_national_total_gives_the_one_hidden_area_away():
    total = {"u": {(("offence", "0401"),): int(EVENTS.sum())}}
    frame = pd.concat(
        [naive().frame, pd.DataFrame({"area_id": [""], "offence": ["0401"], "n": [0]})],
        ignore_index=True,
    )
    table = release("r", frame[["area_id", "offence", "n"]], universe="u")
    assert attack([table]) == []
    (breach,) = attack([table], known_totals=total)
    assert (breach.how, breach.interval) == (ELSEWHERE, (3, 3))


def test_tables_that_contradict_each_other_are_an_error():
    a = pd.DataFrame({"month": ["1", "2"], "n": [20, 30]})
    b = pd.DataFrame({"offence": ["a", "b"], "n": [20, 31]})
    with pytest.raises(SafelearnError, match="contradict"):
        attack(
            [
                release("a", a, ["month"], universe="u"),
                release("b", b, ["offence"], universe="u"),
                release(
                    "c",
                    pd.DataFrame(
                        {"area_id": ["x"], "n": pd.array([None], dtype="Int64")}
                    ),
                    ["area_id"],
                    universe="u",
                ),
            ]
        )


def test_a_breach_is_told_in_the_readers_language():
    (breach,) = attack([naive("rate")])
    with language.use("qps"):
        assert breach.sentence.startswith("⟦")


# ---- what the library protects ---------------------------------------------------------------


@st.composite
def cities(draw):
    """Counts by area and offence, events without a place among them, and a population."""
    areas, offences = draw(st.integers(1, 7)), draw(st.integers(1, 4))
    count = st.one_of(st.just(0), st.integers(1, 4), st.integers(5, 40), st.just(2000))
    size = (areas + 1) * offences
    x = np.array(draw(st.lists(count, min_size=size, max_size=size))).reshape(
        areas + 1, offences
    )
    people = draw(st.lists(st.integers(0, 30_000), min_size=areas, max_size=areas))
    return x, people


def city_tables(x, people):
    """Everything a report publishes about areas and offences, through the library's own pipeline."""
    codes = [f"{401 + 100 * j:04d}" for j in range(x.shape[1])]
    places = ["", *[f"{i:02d}" for i in range(1, x.shape[0])]]
    cells = pd.DataFrame(
        [
            (a, c, int(x[i, j]))
            for i, a in enumerate(places)
            for j, c in enumerate(codes)
        ],
        columns=["area_id", "offence", "n"],
    )
    totals = x.sum(axis=0)
    months = pd.DataFrame(
        [
            (m, c, int(n))
            for j, c in enumerate(codes)
            for m, n in (
                ("2024-01", totals[j] // 2),
                ("2024-02", totals[j] - totals[j] // 2),
            )
        ],
        columns=["month", "offence", "n"],
    )
    safe = protect({"counts_by_area": cells, "counts_by_month": months})
    counts = safe.tables["counts_by_area"][["area_id", "offence", "n"]]
    population = pd.DataFrame({"area_id": places[1:], "population": people})
    rates = rates_by_area(counts, population)
    told = {"universe": "all"}
    tables = [
        release("counts_by_area", counts, **told),
        release("rates_by_area", rates, **told),
        release(
            "counts_by_month",
            safe.tables["counts_by_month"][["month", "offence", "n"]],
            ["month", "offence"],
            **told,
        ),
        *(
            release(f"by_{key}", frame[[key, "n"]], [key], **told)
            for key, frame in safe.totals.items()
        ),
    ]
    truth = {
        "counts_by_area": cells["n"],
        "counts_by_month": months["n"],
        "rates_by_area": cells.loc[cells["area_id"] != "", "n"].reset_index(drop=True),
    }
    return tables, truth


@settings(max_examples=40, deadline=None)
@given(cities())
@example((np.array([[0], [3]]), [1000]))
@example((np.zeros((5, 3), dtype=int), [1000] * 4))
@example((np.ones((6, 4), dtype=int), [5000] * 5))
@example((np.array([[0, 0], [9000, 2], [0, 1]]), [800, 20_000]))
def test_no_hidden_cell_comes_back_by_subtraction_from_a_rate_or_from_a_smoothed_rate(
    city,
):
    tables, truth = city_tables(*city)
    assert attack(tables, truth=truth) == []


@settings(max_examples=30, deadline=None)
@given(cities(), st.randoms(use_true_random=False))
def test_no_published_figure_depends_on_a_hidden_count(city, random):
    x, people = city
    tables, _ = city_tables(x, people)
    rates = tables[1].frame
    gone = rates["n"].isna()
    other = rates.assign(n=rates["n"].mask(gone, random.randint(1, 4)))
    again = rates_by_area(
        other.assign(n=other["n"].mask(gone))[["area_id", "offence", "n"]],
        pd.DataFrame({"area_id": rates["area_id"].unique(), "population": people}),
    )
    pd.testing.assert_frame_equal(
        again.loc[~gone.to_numpy(), ["rate", "eb", "eb_lower"]].reset_index(drop=True),
        rates.loc[~gone, ["rate", "eb", "eb_lower"]].reset_index(drop=True),
    )
    assert (
        rates.loc[gone, ["rate", "lower", "upper", "eb", "mark"]].isna().all(axis=None)
    )
