"""Tables that share totals are safe together, not only each for itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safelearn.disclosure.suppression import protect
from safelearn.errors import SafelearnError

OFFENCES = ["0301", "0401", "0502"]
AREAS, MONTHS, SEXES = (
    ["01", "02", "03"],
    ["2024-01", "2024-02"],
    ["female", "male", "unknown"],
)
FACTS = st.lists(
    st.tuples(
        st.sampled_from(AREAS),
        st.sampled_from(MONTHS),
        st.sampled_from(SEXES),
        st.sampled_from(OFFENCES),
        st.sampled_from([1, 1, 2, 3, 6, 15]),
    ),
    min_size=1,
    max_size=14,
)


def three_tables(facts) -> dict[str, pd.DataFrame]:
    """The same events by area, by month and by sex, each by offence; zeros included."""
    events = pd.DataFrame(facts, columns=["area_id", "month", "sex", "offence", "n"])
    found = {}
    for key, values in (("area_id", AREAS), ("month", MONTHS), ("sex", SEXES)):
        index = pd.MultiIndex.from_product([values, OFFENCES], names=[key, "offence"])
        sums = events.groupby([key, "offence"])["n"].sum()
        found[key] = sums.reindex(index, fill_value=0).reset_index()
    return found


def joint_reader(outsider, safe, tables):
    """All three tables and their totals in one system; offences' totals are the same unknowns in each."""
    reader = outsider.Outsider()
    everything = safe.total is None
    total = reader.unknown("total", shown=safe.total)
    lines = {}
    for code in OFFENCES:
        n = safe.totals["offence"].set_index("offence")["n"][code]
        lines[code] = reader.unknown(
            ("offence", code),
            shown=None if pd.isna(n) else n,
            floor=0 if everything else 1,
        )
    reader.sums_to(lines.values(), total)
    for key in tables:
        frame = safe.tables[key]
        # A line that shows no count above zero may hide zeros as well.
        talks = {
            c: set(frame.loc[frame["n"].fillna(0) > 0, c]) for c in (key, "offence")
        }
        cells = frame.set_index([key, "offence"])
        sums = safe.totals[key].set_index(key)["n"]
        known = []
        for category in sums.index:
            parts = []
            for code in OFFENCES:
                n = cells.loc[(category, code), "n"]
                floor = int(category in talks[key] and code in talks["offence"])
                shown = None if pd.isna(n) else n
                parts.append(
                    reader.unknown((key, category, code), shown=shown, floor=floor)
                )
            shown = None if pd.isna(sums[category]) else sums[category]
            known.append(reader.unknown((key, category), shown=shown))
            reader.sums_to(parts, known[-1])
        for code in OFFENCES:
            column = [reader.names[key, category, code] for category in sums.index]
            reader.sums_to(column, lines[code])
        reader.sums_to(known, total)
    return reader


@settings(max_examples=30, deadline=None)
@given(FACTS)
def test_no_small_count_comes_back_from_three_tables_that_share_their_offences(
    outsider, facts
):
    tables = three_tables(facts)
    safe = protect(tables)
    reader = joint_reader(outsider, safe, tables)
    for key, table in safe.tables.items():
        for row in table[table["small"]].itertuples(index=False):
            limit = 10 if row.offence == "0301" else 5
            assert row.hidden
            low, high = reader.interval((key, row[0], row.offence))
            assert low <= 1 and high >= limit - 1


@settings(max_examples=30, deadline=None)
@given(FACTS)
def test_what_is_shown_is_true_and_what_is_small_is_hidden(facts):
    tables = three_tables(facts)
    safe = protect(tables)
    for key, table in safe.tables.items():
        shown = table["n"].notna()
        assert (table.loc[shown, "n"] == tables[key].loc[shown, "n"]).all()
        assert not table.loc[shown, "small"].any()
        assert (table["hidden"] == ~shown).all()


def test_an_offence_with_a_hidden_total_is_hidden_whole_in_every_table(tidy):
    by_area = tidy([[2, 40, 50, 9], [0, 60, 70, 8], [0, 80, 90, 9]])
    by_month = tidy([[1, 90, 100, 13], [1, 90, 110, 13]], rows="month")
    safe = protect({"area": by_area, "month": by_month})
    lost = safe.totals["offence"].query("hidden")["offence"].tolist()
    # The rarest goes, and with it the next rare, which would otherwise give it away.
    assert lost == ["0401", "0701"]
    for table in safe.tables.values():
        part = table[table["offence"] == "0401"]
        assert part["hidden"].all()


def test_two_offences_of_one_event_each_need_a_third_to_hide_with(tidy):
    # The sum of hidden totals is known: two of them that add up to two are one each.
    safe = protect(
        {"area": tidy([[1, 1, 40, 50]]), "month": tidy([[1, 1, 40, 50]], rows="month")}
    )
    assert safe.totals["offence"]["hidden"].tolist() == [True, True, True, False]


def test_zeros_stay_where_all_hidden_offences_have_none(tidy):
    by_area = tidy([[2, 40, 50, 9], [0, 60, 70, 0], [0, 80, 90, 9]])
    by_month = tidy([[1, 90, 100, 9], [1, 90, 110, 9]], rows="month")
    safe = protect({"area": by_area, "month": by_month}).tables["area"]
    second = safe[safe["area_id"] == "02"]
    assert second["n"].tolist() == [0, 60, 70, 0]


def test_a_table_by_one_key_is_hidden_like_the_totals_of_the_others(tidy):
    by_area = tidy([[2, 40, 50, 9], [0, 60, 70, 8]])
    alone = pd.DataFrame(
        {"offence": ["0401", "0501", "0601", "0701"], "n": [2, 100, 120, 17]}
    )
    safe = protect({"area": by_area, "alone": alone})
    assert safe.tables["alone"]["n"].isna().tolist() == [True, False, False, True]


def test_a_list_of_counts_hides_the_small_one_and_the_next():
    counts = pd.DataFrame({"offence": list("abcd"), "n": [0, 3, 12, 40]})
    assert protect(counts).cells["hidden"].tolist() == [False, True, True, False]


def test_a_city_with_three_events_shows_nothing_at_all():
    safe = protect(
        pd.DataFrame({"area_id": ["01", "02"], "offence": "0401", "n": [3, 0]})
    )
    assert safe.total is None
    assert safe.cells["n"].isna().all()
    assert all(frame["n"].isna().all() for frame in safe.totals.values())


def test_a_cell_that_is_not_in_the_file_is_zero_and_does_not_appear():
    counts = pd.DataFrame(
        {"area_id": ["01", "01", "02"], "offence": ["a", "b", "b"], "n": [30, 40, 50]}
    )
    assert len(protect(counts).cells) == 3


def test_keys_can_be_joined_into_one_axis():
    cells = pd.DataFrame(
        {
            "sex": ["female", "male"] * 2,
            "age_group": ["20-24"] * 2 + ["25-29"] * 2,
            "offence": "0401",
            "n": [30, 3, 40, 50],
        }
    )
    safe = protect(cells, rows=["sex", "age_group"], columns="offence")
    assert safe.cells["hidden"].tolist() == [True, True, False, False]
    assert list(safe.totals) == ["sex+age_group", "offence"]
    with pytest.raises(SafelearnError, match="rows and which its columns"):
        protect(cells)


def test_tables_of_different_events_are_not_protected_together(tidy):
    a, b = tidy([[20, 30]]), tidy([[20, 31]], rows="month")
    with pytest.raises(SafelearnError, match="same events"):
        protect({"a": a, "b": b})
    c = tidy([[21, 29]], rows="month")
    with pytest.raises(SafelearnError, match="different totals by offence"):
        protect({"a": a, "c": c})


def test_a_cell_that_stands_twice_is_refused():
    counts = pd.DataFrame({"area_id": ["01", "01"], "offence": "a", "n": [1, 2]})
    with pytest.raises(SafelearnError, match="several rows"):
        protect(counts)


def test_the_same_counts_give_the_same_hidden_cells(tidy):
    counts = tidy(np.random.default_rng(5).poisson(4, (20, 9)))
    first, second = protect(counts).cells, protect(counts).cells
    pd.testing.assert_frame_equal(first, second)


def test_without_any_event_everything_is_shown_as_zero(tidy):
    safe = protect(tidy(np.zeros((3, 2), dtype=int)))
    assert safe.cells["n"].tolist() == [0] * 6
