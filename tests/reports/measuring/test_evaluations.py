"""What may be said of each intervention of a city, and what of one that cannot be evaluated."""

from __future__ import annotations

import json
import shutil
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from safelearn.city.cube import count_cube
from safelearn.city.settings import Disclosure
from safelearn.disclosure.approval import HIDDEN
from safelearn.errors import Refused
from safelearn.evaluation.interventions import Intervention, windows
from safelearn.language import use
from safelearn.reports.chapters import evaluation_page as page
from safelearn.reports.evidence import gather
from safelearn.reports.measuring.beside_diagnosis import (
    must_not_give_away,
    must_not_undo_releases,
)
from safelearn.reports.measuring.evaluated import stepped
from safelearn.reports.period import period_of
from safelearn.reports.release import Release


def other(rows: pd.DataFrame, code: str, name: str, **changes) -> pd.DataFrame:
    return rows.assign(intervention_id=code, name=name, programme_id=None, **changes)


@pytest.fixture(scope="module")
def several(town, tmp_path_factory):
    """Puerto Sereno with its programme on the offences it was planted on, and three that cannot be evaluated."""
    folder = tmp_path_factory.mktemp("several") / "town"
    folder.mkdir()
    kept = (
        "areas.csv",
        "areas.geojson",
        "incidents.parquet",
        "budget.csv",
        "city.toml",
    )
    for name in kept:
        shutil.copyfile(town / name, folder / name)
    rows = pd.read_csv(town / "interventions.csv", dtype=str)
    truth = json.loads((town / "truth.json").read_text(encoding="utf-8"))
    codes = truth["intervention"]["offences"]
    # A row holds one offence; those of all rows are counted together.
    lights = rows.assign(offence=[codes[k % len(codes)] for k in range(len(rows))])
    treated = rows[rows["role"] == "treated"]
    late = other(rows, "I02", "Night buses", starts_on="2025-11-01")
    alone = other(treated, "I03", "Football nights", offence="0401")
    closed = other(rows, "I04", "One door for survivors", offence="0301")
    every = pd.concat([lights, late, alone, closed])
    every.to_csv(folder / "interventions.csv", index=False)
    with use("en"):
        return gather(folder, template="evaluation"), truth["intervention"]


def by_id(found, code: str):
    every = found.results["evaluations"]
    return next(m for m in every if m.intervention.intervention_id == code)


@pytest.mark.clause("draft:25(g)")
def test_the_planted_effect_lies_in_every_released_interval(several):
    found, truth = several
    table = found.tables["intervention_effects"].frame
    own = table[(table["intervention_id"] == "I01") & (table["scale"] == "ratio")]
    own = own[own["comparison"] != "before and after"]
    assert {"against compared areas", "each area one fact"} < set(own["comparison"])
    effect = truth["effect_as_factor"]
    assert (own["lower"] <= effect).all() and (effect <= own["upper"]).all()


def test_counts_leave_by_group_of_areas_and_without_domestic_violence(several, town):
    found, truth = several
    counts = found.tables["intervention_counts"].frame
    own = counts[counts["intervention_id"] == "I01"].set_index("role")
    rows = pd.read_parquet(town / "incidents.parquet")
    rows = rows[
        rows["offence"].astype("str").isin(truth["offences"])
        & rows["area_id"].astype("str").isin(truth["treated"])
        & (rows["domestic"].astype("str") != "yes")
    ]
    after = rows["occurred_from"] >= truth["starts_on"]
    assert own.loc["treated", "cases_after"] == rows.loc[after, "count"].sum()
    assert set(own.index) == {"treated", "treated_buffer", "control", "control_buffer"}


def test_the_series_is_shown_in_steps_that_hide_nothing(several):
    found, _ = several
    made = by_id(found, "I01")
    series = found.tables["intervention_series"].frame
    own = series[series["intervention_id"] == "I01"]
    assert made.step == 3
    assert not own["n"].between(1, 4).any()
    # Sixty months, the start between two steps.
    assert len(own) == 20
    assert "2024-01" in set(own["month"])


def test_what_cannot_be_evaluated_says_why_and_is_in_the_manifest(several):
    found, _ = several
    for code, words in (("I02", "Night buses began"), ("I04", "Sexual violence")):
        made = by_id(found, code)
        assert made.found is None
        assert words in made.refused.what
        assert found.refusals[f"evaluation of {code}"] == made.refused.what
    tables = found.tables["intervention_effects"].frame
    assert set(tables["intervention_id"]) == {"I01", "I03"}


def test_a_programme_without_comparison_gets_a_number_and_no_verdict(several):
    found, _ = several
    made = by_id(found, "I03")
    assert made.found.controlled is None
    html = str(page.summary(found))
    assert "What Football nights changed cannot be told" in html
    assert "Cannot say" in html


@pytest.mark.clause("draft:26(f)(iii).6")
def test_money_is_told_only_of_whole_years_in_the_budget(several, town):
    found, _ = several
    spent = by_id(found, "I01").spent
    budget = pd.read_csv(town / "budget.csv")
    own = budget[budget["programme_id"].eq("G01") & budget["year"].isin([2024, 2025])]
    assert spent.amount == own["spent"].sum()
    assert spent.years == (2024, 2025)
    averted = by_id(found, "I01").found.averted
    assert spent.a_case.cost == pytest.approx(spent.amount / averted[0])
    assert by_id(found, "I03").spent is None


def test_every_section_opens_and_each_limit_stands_once(several):
    found, _ = several
    sections = [page.change, page.moved, page.sure, page.cost, page.limits]
    html = [str(section(found)) for section in sections]
    assert all("<h2" in part for part in html)
    assert "2024" in html[0] and "<figure" in html[0]
    assert "tend to fall by themselves" in html[4]
    assert html[4].count("tend to fall by themselves") == 1
    assert "340 of 362 lamps" in html[2]


def scope(counts: dict[tuple[str, str], int], least: int = 5):
    """A city whose year holds these counts by area and offence, spread over its months."""
    rows = [
        {"area_id": area, "offence": offence, "month": k % 12 + 1}
        for (area, offence), n in counts.items()
        for k in range(n)
    ]
    frame = pd.DataFrame(rows)
    when = pd.to_datetime({"year": 2024, "month": frame["month"], "day": 1})
    frame = frame.assign(
        occurred_from=when.astype("datetime64[s]"),
        occurred_to=pd.NaT,
        time_precision="day",
        victim_sex=None,
        victim_age=pd.array([None] * len(frame), dtype="Int16"),
        domestic="no",
        count=np.int32(1),
    )
    cube = count_cube(frame, sorted({area for area, _ in counts}))
    months = cube.by("month")
    return SimpleNamespace(
        cube=cube,
        period=period_of(months["month"], months["n"]),
        release=Release(Disclosure(threshold=least), "public"),
    )


def programme(**areas) -> Intervention:
    return Intervention(
        "I01", "Lamps", pd.Timestamp("2024-01-01"), None, areas, (), "by_need"
    )


def test_a_sum_that_gives_a_hidden_count_away_is_not_told():
    counts = {(f"a{k}", code): 20 + k for k in range(8) for code in ("0401", "0501")}
    counts[("a1", "0401")] = 2
    city = scope(counts)
    with pytest.raises(Refused) as caught:
        # With a2, of which the diagnosis may show the count, the sum would tell that of a1.
        must_not_give_away(
            city, [(["a1"], ["0401"], city.period.focus)], programme(treated=("a1",))
        )
    assert "give hidden counts away" in caught.value.what
    every = sorted({area for area, _ in counts})
    told = [(every, ["0401", "0501"], city.period.focus)]
    must_not_give_away(city, told, programme(treated=tuple(every)))


def published(folder, cells: dict[tuple[str, str], int | None]) -> None:
    """A release of the diagnosis of 2024 that shows these counts; None was hidden."""
    release = folder / "releases" / "2025-02-01"
    (release / "tables").mkdir(parents=True)
    manifest = {"city": "Town", "period": {"focus": ["2024-01", "2024-12"]}}
    (release / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (release / "release.json").write_text('{"date": "2025-02-01"}', encoding="utf-8")
    lines = ["area_id,area_name,offence,n"]
    lines += [
        f"{area},{area},{offence},{HIDDEN if n is None else n}"
        for (area, offence), n in cells.items()
    ]
    table = release / "tables" / "counts_by_area.csv"
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_count_that_a_release_hid_is_not_told_by_a_later_sum(tmp_path):
    counts = {("a1", "0401"): 2, ("a2", "0401"): 30, ("a3", "0401"): 40}
    city = scope(counts)
    city.city = SimpleNamespace(folder=tmp_path)
    year = city.period.focus
    one = programme(treated=("a1", "a2"))
    must_not_undo_releases(city, [(["a1", "a2"], ["0401"], year)], one)
    published(tmp_path, counts | {("a1", "0401"): None, ("a3", "0401"): None})
    with pytest.raises(Refused):
        must_not_undo_releases(city, [(["a1", "a2"], ["0401"], year)], one)
    # Of a1 and a3 together 42 are told, and nobody knows how they are shared.
    must_not_undo_releases(city, [(["a1", "a3"], ["0401"], year)], one)


def test_steps_grow_until_no_count_is_small():
    months = [str(m) for m in pd.period_range("2021-01", "2025-12", freq="M")]
    one = programme(treated=("a",))
    compared = windows(one, months)
    few = pd.DataFrame({"area_id": "a", "month": months, "n": 2})
    step, series = stepped(few, one, compared, 5)
    assert step == 3
    assert set(series["n"]) == {6}
    assert series["after"].sum() == 8
    rare = few.assign(n=[1 if k % 5 == 0 else 0 for k in range(60)])
    step, series = stepped(rare, one, compared, 5)
    assert step == 0 and series.empty
