"""A reader of everything that is published (tables, workbook, map, page, document) recovers no hidden count."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pandas as pd
import pytest

HERE = Path(__file__).parent


def beside(name):
    spec = importlib.util.spec_from_file_location(
        f"all_outputs_{name}", HERE / f"{name}.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WHOLE, PUBLISHED, READ = (
    beside("whole_city"),
    beside("published_city"),
    beside("reader"),
)


@pytest.mark.clause("draft:26(f)(ii).10")
def test_the_reader_finds_what_is_left_open(tmp_path):
    """Three hidden counts are shown again, and small ones beside them follow."""
    cells, x, people = next(
        city for city in map(WHOLE.drawn, range(100)) if 300 < city[1].sum() < 600
    )
    WHOLE.made(tmp_path / "city", cells, x, people)
    out = WHOLE.published(tmp_path / "city", tmp_path / "out")
    assert WHOLE.found(cells, x, people, out)[0] == []
    path = out / "tables" / "counts_by_month.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    lost = table[(table["n"] == READ.HIDDEN) & (table["offence"] != "all")].head(3)
    assert len(lost) == 3
    for k, row in lost.iterrows():
        kinds = [c for c in cells.axes["kind"] if WHOLE.SECTIONS[c] == row["offence"]]
        table.loc[k, "n"] = str(x[cells.where(month=row["month"], kind=kinds)].sum())
    table.to_csv(path, index=False)
    assert WHOLE.found(cells, x, people, out)[0]


def test_the_reader_turns_rates_and_limits_back_into_counts():
    row = {
        "n": READ.HIDDEN,
        "population": "10000",
        "rate": "",
        "lower": "",
        "upper": "",
    }
    assert READ.counts_from_figures(row | {"rate": "70.0"}, 100_000) == (7, 7)
    low, high = READ.byar(7)
    for column, limit in (("lower", low), ("upper", high)):
        told = READ.counts_from_figures(row | {column: str(limit * 10)}, 100_000)
        assert told[0] <= 7 <= told[1] and told[1] - told[0] <= 1
    assert READ.counts_from_figures(row, 100_000) is None


def test_the_reader_sees_a_prior_that_was_made_with_hidden_counts():
    from safelearn.estimates.rates import rates_by_area

    counts = pd.DataFrame(
        {"area_id": list("abcde"), "offence": "0401", "n": [30, 55, 12, 3, 44]}
    )
    people = pd.DataFrame(
        {"area_id": list("abcde"), "population": [900, 2500, 800, 700, 1900]}
    )
    rates = rates_by_area(counts, people)
    text = rates.astype(object).astype("str").to_dict("records")
    for row in text:
        if row["area_id"] == "d":
            row |= {"n": READ.HIDDEN, "rate": READ.HIDDEN, "eb": READ.HIDDEN}
    assert READ.prior_of_the_others(text, 100_000) == (3, 3)


def test_the_reader_sees_a_figure_beside_a_hidden_count_on_page_and_map():
    page = READ.page(
        "<table><tr><th>Code</th><th>Records</th><th>Raw rate</th></tr>"
        f"<tr><td>01</td><td>{READ.HIDDEN}</td><td>12.5</td></tr></table>"
    )
    assert READ.betrayed_on_the_page(page) == [("01", "Raw rate")]
