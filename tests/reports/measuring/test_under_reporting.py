"""What leaves on reporting: nothing hidden comes back, and every change in records has reporting beside it."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from safelearn.city.folder import City
from safelearn.reports.chapters.offences import offences as records_chapter
from safelearn.reports.chapters.reporting import reporting as chapter
from safelearn.reports.conclusions import findings
from safelearn.reports.measuring.under_reporting import recorded_parts


@pytest.fixture(scope="module")
def kharwell(measured):
    return measured("kharwell")


@pytest.mark.clause("draft:25(d).1", "draft:11")
def test_the_released_shares_hold_the_planted_reporting_of_women_and_men(found, town):
    truth = json.loads((town / "truth.json").read_text("utf-8"))["reporting"]
    table = found.tables["recorded_and_estimated"].where(
        harm="assault", breakdown="sex"
    )
    rows = table.frame.set_index("group")
    for sex, planted in truth["violence_told_by_sex_of_victim"].items():
        assert rows.loc[sex, "lower"] < planted < rows.loc[sex, "upper"]


def test_sexual_violence_is_shown_for_the_city_by_sex_only(found):
    for name in ("told_police", "recorded_and_estimated"):
        frame = found.tables[name].frame
        cuts = set(frame.loc[frame["harm"] == "sexual_violence", "breakdown"])
        assert cuts <= {"city", "sex"}


def test_a_few_victims_times_their_weights_are_no_number(found):
    frame = found.tables["recorded_and_estimated"].frame
    few = frame["mark"] == "too few answers"
    numbers = ["recorded", "estimated", "value", "lower", "upper"]
    assert few.any()
    assert frame.loc[few, numbers].isna().all(axis=None)


def test_children_are_left_out_and_all_parts_are_protected_together(found, town):
    """Adults and children of a section add up to its released total, or some are hidden."""
    from safelearn.reports.measuring.scope import Scope
    from safelearn.reports.release import FOCUS, Release

    city = City.open(town)
    release = Release(city.settings.disclosure, "public")
    totals = found.tables["counts_by_offence"].frame[["offence", "n"]]
    release.shared["by_year"] = totals.assign(period=FOCUS)
    incidents = city.incidents()
    rows = incidents[incidents["occurred_from"].dt.year == 2025]
    parts = recorded_parts(Scope(city, release, frozenset()), rows)
    whole = parts.groupby("section")["n"].sum(skipna=False)
    known = totals.set_index("offence")["n"].reindex(whole.index)
    assert (whole.isna() | (whole == known)).all()
    shown = parts.loc[parts["n"].notna() & (parts["n"] > 0), "n"]
    assert shown.min() >= city.settings.disclosure.threshold
    sexual = parts[parts["section"] == "0301"]
    assert sexual.loc[sexual["n"].notna() & (sexual["n"] > 0), "n"].min() >= 10


@pytest.mark.parametrize("which", ["found", "kharwell"])
def test_reporting_stands_beside_every_change_in_records(which, request):
    evidence = request.getfixturevalue(which)
    said = evidence.sentences["beside_change"]
    assert "told the police" in said
    assert said in str(records_chapter(evidence))
    change = next(f for f in findings(evidence) if f.link == "offences")
    assert "told the police" in change.reason


def test_complaints_stand_there_too_where_they_are_counted(found, kharwell):
    assert (
        "Complaints about the police: 250 in 2024, 244 in 2025."
        in found.sentences["beside_change"]
    )
    assert "Complaints" not in kharwell.sentences["beside_change"]


def test_the_summary_says_what_is_never_reported(found, kharwell):
    for evidence in (found, kharwell):
        (said,) = [f for f in findings(evidence) if f.link == "reporting"]
        assert "victims of violence told the police" in said.sentence
        assert said.interval


def test_records_that_lump_kinds_together_are_compared_together_or_not_at_all(kharwell):
    harms = set(kharwell.tables["recorded_and_estimated"].frame["harm"])
    assert "assault_or_threat" in harms
    assert not harms & {"assault", "threat", "theft_from_person"}
    assert "Not compared, because records and questions do not mean the same" in str(
        chapter(kharwell)
    )


def test_groups_of_too_few_victims_are_named(found):
    assert ("settlement", "informal") in found.results["too_few_victims"]
    assert (
        "Too few victims were asked to say anything of: informal settlements."
        in str(chapter(found))
    )


def test_the_records_of_another_year_are_not_compared(town):
    from safelearn.reports.evidence import gather

    evidence = gather(town, year=2022, language="en")
    assert "recorded_and_estimated" not in evidence.tables
    assert "asks about other months" in evidence.refused("recorded_and_estimated")
    assert "told_police" in evidence.tables


def test_a_wave_of_two_years_says_how_reporting_changed(town):
    from safelearn.reports.measuring.beside import beside_records
    from safelearn.reports.measuring.scope import Scope
    from safelearn.reports.period import Period
    from safelearn.reports.release import Release

    def wave(year, police):
        told = ["police"] * police + ["nobody"] * (60 - police)
        return pd.DataFrame(
            {"year": year, "robbery": "last_12_months", "robbery_told": told}
        )

    months = {y: tuple(f"{y}-{m:02d}" for m in range(1, 13)) for y in (2024, 2025)}
    both = months[2024] + months[2025]
    period = Period(both, months[2025], months[2024], both, ())
    city = City.open(town)
    scope = Scope(
        city, Release(city.settings.disclosure, "public"), frozenset(), period
    )
    beside_records(
        scope, pd.concat([wave(2023, 30), wave(2025, 12)], ignore_index=True)
    )
    said = scope.release.sentences["beside_change"]
    assert "From 2023 to 2025 fewer victims of violence told the police" in said
    assert "records can fall without less harm" in said
    beside_records(scope, None)
    assert "no survey says so" in scope.release.sentences["beside_change"]
