"""Two releases beside each other, and totals of others, give no hidden count away."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from safelearn.city.settings import Disclosure
from safelearn.disclosure.attack import attack
from safelearn.errors import SafelearnError
from safelearn.reports.elsewhere import Total, known_totals
from safelearn.reports.known_before import FOCUS, KnownBefore
from safelearn.reports.period import period_of
from safelearn.reports.previous import Earlier
from safelearn.reports.release import Release

MONTHS = [f"2024-{m:02d}" for m in range(1, 13)]
AREAS = ["", "01", "02", "03", "04", "05"]
KINDS = ["0101", "0301", "0401", "0501"]


def counts(seed=3, scale=1.0):
    rng = np.random.default_rng(seed)
    mean = np.array([0.15, 0.4, 6.0, 9.0]) * scale
    return rng.poisson(mean, (len(AREAS), len(MONTHS), len(KINDS)))


def release(x, earlier=None, totals=(), least=Disclosure()):  # noqa: B008 (frozen)
    rows = [
        (a, m, k, int(x[i, j, c]))
        for (i, a), (j, m), (c, k) in product(
            enumerate(AREAS), enumerate(MONTHS), enumerate(KINDS)
        )
    ]
    frame = pd.DataFrame(rows, columns=["area_id", "month", "offence", "n"])
    by_month = frame.groupby(["month", "offence"], as_index=False)["n"].sum()
    by_month.insert(0, "year", "2024")
    by_area = frame.groupby(["area_id", "offence"], as_index=False)["n"].sum()
    period = period_of(MONTHS, [100] * 12)
    made = Release(least, "public", known=KnownBefore(earlier, totals))
    made.share_counts(by_month, by_area, period)
    made.attack()
    return made


def as_published(made) -> Earlier:
    """What a reader has of a release, in the form of its files."""
    shared = made.shared
    year = shared["by_year"]
    tables = {
        "counts_by_month": shared["by_month"][["month", "offence", "n"]],
        "counts_by_area": shared["by_area"][["area_id", "offence", "n"]],
        "counts_by_offence": year.loc[year["period"] == FOCUS, ["offence", "n"]],
    }
    focus = {"focus": [MONTHS[0], MONTHS[-1]], "before": []}
    return Earlier("2025-03-01", tables, {"period": focus})


def same(one, other, name):
    keys = [c for c in one.shared[name] if c not in ("n", "universe", "period")]
    left, right = (
        r.shared[name].set_index(keys)["n"].astype("Int64").sort_index()
        for r in (one, other)
    )
    return left.equals(right)


def test_the_same_counts_are_published_the_same_way_again():
    first = release(counts())
    again = release(counts(), as_published(first))
    assert all(same(first, again, name) for name in ("by_month", "by_area"))
    assert again.known.repeated == []


def test_a_few_corrections_do_not_point_at_single_events():
    x = counts()
    first = release(x)
    x = x.copy()
    x[1, 4, 2] += 1
    x[3, 7, 3] -= 2
    again = release(x, as_published(first))
    assert again.known.repeated == [FOCUS]
    assert all(same(first, again, name) for name in ("by_month", "by_area"))


def test_a_year_that_was_corrected_by_much_is_published_anew():
    x = counts()
    first = release(x)
    again = release(x + counts(seed=8, scale=0.5), as_published(first))
    assert again.known.repeated == []
    assert not same(first, again, "by_month")
    months = again.shared["by_month"]
    whole = months[(months["offence"] == "0501")].set_index("month")["n"]
    true = (x + counts(seed=8, scale=0.5))[:, :, 3].sum(axis=0)
    shown = whole.dropna()
    assert len(shown) and (shown.to_numpy() == true[whole.notna().to_numpy()]).all()


def test_what_was_shown_under_a_lower_threshold_is_hidden_today_and_gives_nothing_else():
    x = counts(scale=1.5)
    first = release(x, least=Disclosure(threshold=3, sensitive_threshold=3))
    again = release(x, as_published(first), least=Disclosure(threshold=8))
    for name in ("by_month", "by_area"):
        assert not again.shared[name]["n"].between(1, 7).any()


@pytest.mark.parametrize("seed", range(6))
def test_a_reader_of_both_releases_knows_no_hidden_count_of_either(seed):
    x = counts(seed=seed, scale=0.6)
    first = release(x)
    later = x.copy()
    rng = np.random.default_rng(seed)
    for _ in range(4):
        later[tuple(rng.integers(0, n) for n in x.shape)] += 1
    again = release(later, as_published(first))
    told = again._told()
    tables = [*again._by_universe()]
    assert attack(tables, told=told) == []
    # The same reader, if corrected counts had simply been published.
    naive = release(later)
    assert same(first, again, "by_month") or not same(naive, first, "by_month")


def test_an_earlier_release_that_gives_a_count_away_is_not_repeated():
    x = counts()
    first = release(x)
    earlier = as_published(first)
    months = earlier.tables["counts_by_month"]
    true = pd.Series(
        {
            (m, k): int(x[:, j, c].sum())
            for (j, m), (c, k) in product(enumerate(MONTHS), enumerate(KINDS))
        }
    )
    at = pd.MultiIndex.from_frame(months[["month", "offence"]])
    first_of = {m: g.index for m, g in months[months["n"].isna()].groupby("month")}
    # All hidden counts of a month but one small one come out: the rest follows by subtraction.
    for rows in first_of.values():
        values = [true.get(at[r]) for r in rows]
        small = [r for r, v in zip(rows, values, strict=True) if v and v < 5]
        if small and all(v is not None for v in values):
            told = [r for r in rows if r != small[0]]
            months.loc[told, "n"] = [true[at[r]] for r in told]
            break
    else:
        pytest.fail("no month to plant the leak in")
    with pytest.raises(SafelearnError, match="could be worked out"):
        release(x, earlier)


def test_a_total_that_others_publish_is_taken_in():
    x = counts()
    national = Total("2024", "0101", "", int(x[:, :, 0].sum()))
    made = release(x, totals=[national])
    year = made.shared["by_year"].set_index("offence")["n"]
    alone = release(x).shared["by_year"].set_index("offence")["n"]
    assert made._told()["a total known from elsewhere"]
    hidden = set(year.index[year.isna()]) - {"0101"}
    assert len(hidden) != 1, (year, alone)


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_a_statistics_offices_table_is_read_in_its_own_words(tmp_path):
    file = write(
        tmp_path / "ine.csv",
        "Año;Delito;Casos\n2024;0101;53\n2024;03;1.204\n2024;Total;20.500\n",
    )
    found = known_totals(file)
    assert found == (
        Total("2024", "0101", "", 53),
        Total("2024", "03", "", 1204),
        Total("2024", "", "", 20500),
    )
    assert found[1].parts(["0301", "0302", "0401"]) == [
        (("offence", "0301"),),
        (("offence", "0302"),),
    ]
    assert found[0].of(MONTHS) and not Total("2023", "", "", 1).of(MONTHS)


def test_months_and_areas_of_others_are_cut_as_this_report_cuts_them(tmp_path):
    file = write(
        tmp_path / "also.csv",
        "year,month,area_id,offence,n\n2024,5,,0401,17\n2024,,03,all,90\n",
    )
    month, area = known_totals(file)
    assert month.cut == (("month", "2024-05"), ("offence", "0401"))
    assert area.cut == (("area_id", "03"),)
    assert month.of(MONTHS) and not month.of(MONTHS[:3])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("offence,n\n0101,3\n", "year"),
        ("year,offence\n2024,0101\n", "n"),
    ],
)
def test_a_file_without_a_period_or_a_count_is_refused(tmp_path, text, said):
    with pytest.raises(SafelearnError, match="lacks a column") as caught:
        known_totals(write(tmp_path / "also.csv", text))
    assert said in caught.value.what and "ICCS" in caught.value.remedy


def test_a_row_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(SafelearnError) as caught:
        known_totals(write(tmp_path / "also.csv", "year,n\n2024,5\nlast year,6\n"))
    assert caught.value.where == "also.csv, row 3"
