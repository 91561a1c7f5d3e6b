"""What changed since the report before: the verdicts and their sentences."""

from __future__ import annotations

import dataclasses
from datetime import date

import pandas as pd
import pytest

from safelearn.indicators import change
from safelearn.reports import since_findings
from safelearn.reports.chapters.changed import changed
from safelearn.reports.evidence import gather
from safelearn.reports.export import write
from safelearn.reports.measuring.since import INDICATORS, RECORDS
from safelearn.reports.previous import read_earlier
from safelearn.resources import bundled_city


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A city's report on 2023, and the one on 2024 that follows it."""
    room = tmp_path_factory.mktemp("since")
    city = bundled_city("rio-manso")
    write(gather(city, year=2023), room / "2023")
    return gather(city, year=2024, previous=room / "2023"), room / "2023"


@pytest.mark.clause("draft:25(d).7")
def test_the_two_periods_are_compared_in_todays_records(two):
    now, folder = two
    before = read_earlier(folder).tables["counts_by_offence"].set_index("offence")["n"]
    table = now.tables[RECORDS].frame.set_index("offence")
    assert table.loc["all", "before"] == before["all"]
    months = now.tables["counts_by_month"].frame
    own = months[months["offence"] == "all"]
    totals = own.groupby(own["month"].str[:4])["n"].sum()
    days = {"2023": 365, "2024": 366}
    ratio = (totals["2024"] / days["2024"]) / (totals["2023"] / days["2023"])
    assert table.loc["all", "ratio"] == pytest.approx(ratio, rel=1e-9)
    assert table.loc["all", "lower"] < ratio < table.loc["all", "upper"]


def test_offences_that_police_find_carry_no_verdict(two):
    table = two[0].tables[RECORDS].frame.set_index("offence")
    drugs = [code for code in table.index if code.startswith("06")]
    for code in drugs:
        assert table.loc[code, "verdict"] == "refused"
        assert pd.isna(table.loc[code, "ratio"])


def test_records_never_stand_without_what_is_known_of_reporting(two):
    page = str(changed(two[0]))
    first = page.index("Whether victims report as often as before was not measured")
    assert first < page.index("What changed</h3>") < page.index("What cannot be said")


def test_a_correction_of_the_records_is_said_as_one(two):
    now = two[0]
    again = dataclasses.replace(
        now.previous, manifest={"period": {"focus": ["2024-01", "2024-12"]}}
    )
    page = str(changed(dataclasses.replace(now, previous=again)))
    n, before = now.tables[RECORDS].where(offence="all").frame[["n", "before"]].iloc[0]
    assert f"{abs(n - before):,}" in page and "of 2024 have" in page
    assert since_findings.corrected(100, 103, 5, "2024") == ""
    assert since_findings.corrected(100, None, 5, "2024") == ""


def test_an_earlier_report_that_was_published_is_named_with_its_day(two):
    now = two[0]
    assert "earlier draft" in str(changed(now))
    out = dataclasses.replace(now.previous, published=date(2024, 3, 1))
    page = str(changed(dataclasses.replace(now, previous=out)))
    assert "published on 1 March 2024" in page


def test_without_an_earlier_report_there_is_no_chapter_unless_a_cycle_is_set(two):
    alone = dataclasses.replace(two[0], previous=None)
    assert changed(alone) == ""
    settings = alone.settings.model_copy(update={"cycle": 12})
    page = str(changed(dataclasses.replace(alone, settings=settings)))
    assert "This is the first" in page or "this is the first" in page
    assert "every 12 months" in page


def test_indicators_of_another_version_are_not_compared(two):
    now, folder = two
    found = now.tables[INDICATORS].frame
    assert not found.empty
    earlier = read_earlier(folder).indicators
    earlier["version"] = "another"
    compared = change.non_regression(now.results["indicators"].table, earlier)
    seen = compared[~compared["verdict"].isin([change.NEW, change.GONE])]
    assert set(seen["verdict"]) == {change.NOT_COMPARABLE}


def row(verdict, **more):
    return {
        "indicator_name": "Feels safe after dark",
        "group": "everyone",
        "before": 40.0,
        "now": 45.25,
        "verdict": verdict,
        "reporting": "",
        "complaints": "",
        **more,
    }


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (change.BETTER, "40.0 then, 45.2 now. That is better."),
        (change.WORSE, "That is worse."),
        (change.LOWER, "depend on reporting"),
        (change.HIGHER, "depend on reporting"),
    ],
)
def test_a_change_is_said_with_both_numbers(verdict, words):
    (line,) = since_findings.indicators(pd.DataFrame([row(verdict)])).changed
    print(line)
    assert words in line


@pytest.mark.parametrize("told", ["up", "down", "no clear change", "not measured"])
def test_what_is_known_of_reporting_is_said_before_any_change(told):
    frame = pd.DataFrame([row(change.LOWER, reporting=told, complaints=told)])
    lines = since_findings.reporting(frame)
    print(" ".join(lines))
    assert len(lines) == 2 and lines[0] != lines[1]
    if told == "down":
        assert "fewer records need not mean less harm" in lines[0]


def test_every_reason_for_silence_has_a_sentence():
    verdicts = [change.CANNOT_TELL, change.NOT_COMPARABLE, change.NO_VERDICT]
    verdicts += [change.SAME_PERIOD, change.NEW, change.GONE]
    names = [f"Indicator {k}" for k in range(9)]
    for verdict in verdicts:
        rows = [row(verdict, indicator_name=name) for name in names]
        (line,) = since_findings.indicators(pd.DataFrame(rows)).unsaid
        print(line)
        assert "Indicator 0" in line and "3 more" in line
