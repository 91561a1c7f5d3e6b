"""Verdicts on records are withheld where the records themselves changed."""

from __future__ import annotations

import pytest

from safelearn.city.settings import RecordingChange, Settings
from safelearn.reports.changes import recording_changed


def city(offence: str, date: str = "2023-07-01") -> Settings:
    change = RecordingChange(
        date=date, offence=offence, note="Reports can be made online."
    )
    return Settings(name="Aldea", timezone="UTC", recording_changes=(change,))


@pytest.mark.parametrize(
    ("offence", "code", "changed"),
    [
        ("0701", "0701", True),
        ("07", "0701", True),
        ("070111", "0701", True),
        ("", "0401", True),
        ("0701", "0401", False),
    ],
)
def test_a_change_concerns_its_own_offence_and_what_lies_under_or_over_it(
    offence, code, changed
):
    assert recording_changed(code, city(offence), "2023-01", "2024-12") is changed


@pytest.mark.parametrize(
    ("first", "last", "changed"),
    [
        ("2023-01", "2024-12", True),
        ("2023-07", "2024-12", False),
        ("2024-01", "2025-12", False),
        ("2022-01", "2023-06", False),
        ("2022-01", "2023-07", True),
    ],
)
def test_only_a_change_between_the_two_periods_matters(first, last, changed):
    assert recording_changed("0701", city("0701"), first, last) is changed


def test_the_bundled_city_does_not_call_its_online_reports_a_rise(found):
    # Records of fraud rise by half from July 2023, because they can be made online; no other kind rises.
    assert "fell clearly" in found.sentences["courses"]
    assert "rose" not in found.sentences["courses"]


def months(**yearly):
    """Two years of months: for each kind, events a month in 2023 and in 2024; their sum is all."""
    import pandas as pd

    names = [f"{y}-{m:02d}" for y in (2023, 2024) for m in range(1, 13)]
    parts = [
        pd.DataFrame({"month": names, "offence": code, "n": [a] * 12 + [b] * 12})
        for code, (a, b) in yearly.items()
    ]
    table = pd.concat(parts, ignore_index=True)
    total = table.groupby("month", as_index=False)["n"].sum().assign(offence="all")
    return pd.concat([total, table], ignore_index=True)


def verdict(table, settings, code="all"):
    from safelearn.diagnosis import trends
    from safelearn.reports.measuring.records import verdict_on
    from safelearn.reports.period import period_of

    own = table[table["offence"] == code]
    before, after = (
        own.loc[own["month"].str.startswith(y), "n"].sum() for y in ("2023", "2024")
    )
    found = trends.change(float(before), float(after), dispersion=1.0)
    period = period_of(list(own["month"]), list(own["n"]))
    return found.verdict, verdict_on(code, found, table, period, settings)


def test_no_verdict_on_all_offences_if_one_recorded_in_another_way_decides_it():
    table = months(**{"0401": (100, 100), "0701": (50, 100)})
    assert verdict(table, city("0701")) == ("up", "recording changed")


def test_a_verdict_on_all_offences_stays_if_it_is_the_same_without_that_offence():
    table = months(**{"0401": (100, 150), "0701": (10, 20)})
    assert verdict(table, city("0701")) == ("up", "up")


def test_no_verdict_on_all_offences_if_that_offence_is_hidden():
    table = months(**{"0401": (100, 150), "0701": (10, 20)})
    table["n"] = table["n"].astype("Int64")
    hidden = (table["offence"] == "0701") & (table["month"] == "2024-03")
    table.loc[hidden, "n"] = None
    assert verdict(table, city("0701")) == ("up", "recording changed")


def test_a_change_that_concerns_every_offence_leaves_no_verdict():
    table = months(**{"0401": (100, 150)})
    assert verdict(table, city(""))[1] == "recording changed"
    assert verdict(table, city(""), "0401")[1] == "recording changed"


def test_a_change_before_both_years_leaves_the_verdict():
    table = months(**{"0401": (100, 150)})
    assert verdict(table, city("", date="2022-07-01"))[1] == "up"


def test_a_marked_change_is_said_with_its_day_its_offence_and_its_note():
    from safelearn.reports.changes import changes_between, said

    (one,) = changes_between(city("0701"), "2023-01", "2024-12")
    assert one.month == "2023-07"
    words = said([one])
    assert "1 July 2023" in words and "fraud" in words and "online" in words
    assert "online." not in words, "the note ends inside the sentence"


def test_every_figure_over_time_draws_and_says_the_marked_change(found):
    import re

    from safelearn.reports import chapters

    page = str(chapters.offences(found))
    figures = re.findall(r"<figure.*?</figure>", page, flags=re.DOTALL)
    over_time = [f for f in figures if "a month" in f.split("</figcaption>")[0]]
    assert len(over_time) == 2, "the series of all offences, and one a kind"
    for figure in over_time:
        caption, rest = figure.split("</figcaption>")
        alt = re.search(r'alt="([^"]*)"', rest)[1]
        for text in (caption, alt):
            assert "Dashed: recording changed." in text and "1 July 2023" in text


def test_no_comparison_is_a_finding_where_recording_changed():
    from safelearn.reports import findings

    words = findings.change(
        "recording changed", 1.4, "offences", "2023", "2024", by_police=False
    )
    assert "do not compare" in words and "40" not in words
