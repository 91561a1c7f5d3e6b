"""Each trap that published crime data have set is noticed, and honest data are left in peace."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from safelearn.city.checks.misplaced import lie_of_points
from safelearn.city.checks.problems import FAILS
from safelearn.city.checks.symptoms import incident_problems


@pytest.fixture
def incidents(day):
    """The incidents of an honest city, or of one with such columns."""

    def made_up(n=2000, **columns):
        """Events of an honest city: local times, points of their own, victims of all ages."""
        rng = np.random.default_rng(5)
        hour = rng.choice(24, size=n, p=np.array(day) / sum(day))
        minutes = rng.integers(0, 365, n) * 1440 + hour * 60 + rng.integers(0, 60, n)
        made = pd.DataFrame(
            {
                "incident_id": pd.Series([None] * n, dtype="str"),
                "occurred_from": pd.Timestamp("2023-01-01")
                + pd.to_timedelta(minutes, unit="min"),
                "time_precision": "minute",
                "area_id": "01",
                "longitude": rng.normal(-75, 0.1, n),
                "latitude": rng.normal(6, 0.1, n),
                "place_precision": "exact",
                "offence": "0401",
                "offence_label": "Robbery",
                "victim_sex": "female",
                "victim_age": rng.integers(1, 80, n),
                "count": 1,
            }
        )
        return made.assign(**columns)

    return made_up


def codes(rows, **options):
    return {p.code for p in incident_problems(rows, **options)}


def test_an_honest_city_has_no_problem(incidents):
    assert incident_problems(incidents()) == []


def test_times_of_another_zone(incidents):
    rows = incidents()
    assert "time zone" in codes(
        rows.assign(occurred_from=rows["occurred_from"] + pd.Timedelta(hours=5))
    )


def test_months_only(incidents):
    assert "month only" in codes(incidents(time_precision="month"))


def test_midnights_that_mean_unknown(incidents):
    rows = incidents()
    some = np.arange(len(rows)) % 10 == 0
    rows.loc[some, "occurred_from"] = rows.loc[some, "occurred_from"].dt.floor("D")
    problem = next(p for p in incident_problems(rows) if p.code == "midnight")
    assert problem.n >= 200 and problem.severity == "note"


def test_full_hours_alike_are_no_midnight_heap(incidents):
    rows = incidents()
    assert "midnight" not in codes(
        rows.assign(occurred_from=rows["occurred_from"].dt.floor("h"))
    )


def test_firsts_of_the_month_that_mean_unknown(incidents):
    rows = incidents()
    some = np.arange(len(rows)) % 10 == 0
    rows.loc[some, "occurred_from"] = (
        rows.loc[some, "occurred_from"].dt.to_period("M").dt.to_timestamp()
    )
    assert "first of month" in codes(rows)


def test_points_that_were_moved_show_by_how_often_they_repeat(incidents):
    rows = incidents()
    moved = rows.assign(
        longitude=rows["longitude"].round(1), latitude=rows["latitude"].round(1)
    )
    assert "snapped points" in codes(moved) and lie_of_points(moved).snapped


def test_one_point_for_all_that_has_no_address(incidents):
    rows = incidents()
    rows.loc[:150, ["longitude", "latitude"]] = (-75.0, 6.0)
    assert lie_of_points(rows).top_share == pytest.approx(151 / 2000)
    assert "snapped points" in codes(rows)


def test_points_that_the_source_calls_moved_are_moved_however_they_look(incidents):
    assert "snapped points" in codes(incidents(place_precision="snapped"))


def test_violent_offences_without_coordinates(incidents):
    rows = incidents()
    rows.loc[:199, "offence_label"] = "Homicide"
    rows.loc[:199, ["longitude", "latitude"]] = np.nan
    rows.loc[:99, "area_id"] = None
    problem = next(p for p in incident_problems(rows) if p.code == "masked offences")
    assert problem.n == 200 and "Homicide" in problem.sentence
    assert "100 of them are counted in the area" in problem.sentence


def test_coordinates_missing_here_and_there_are_no_mask(incidents):
    rows = incidents()
    rows.loc[::5, ["longitude", "latitude"]] = np.nan
    assert "masked offences" not in codes(rows)


def test_too_few_rows_with_an_area(incidents):
    rows = incidents()
    rows.loc[::4, "area_id"] = None
    assert next(p for p in incident_problems(rows)).severity == "warning"
    rows.loc[::2, "area_id"] = None
    rows.loc[1::4, "area_id"] = None
    assert next(p for p in incident_problems(rows)).severity == "error"


def test_ages_that_cannot_be_and_zeros_that_mean_unknown(incidents):
    assert "impossible ages" in codes(incidents(), figures={"impossible_ages": 3})
    rows = incidents()
    rows.loc[::10, "victim_age"] = 0
    assert "ages of 0" in codes(rows)


def test_offences_outside_the_classification(incidents):
    rows = incidents()
    rows.loc[::10, "offence"] = None
    assert "unclassified" in codes(rows)


def test_what_importing_put_right_is_still_said(incidents):
    figures = {"zero_coordinates": 7, "outside": 2, "swapped": 5}
    found = {p.code: p.n for p in incident_problems(incidents(), figures)}
    assert found == {"zero coordinates": 7, "outside": 2, "swapped coordinates": 5}


def one(rows, code, **options):
    return next(p for p in incident_problems(rows, **options) if p.code == code)


@pytest.fixture
def two_kinds(incidents):
    """Half robberies of 2022, half thefts of 2023; and which are robberies."""
    n = 1000
    rows = incidents(n)
    half = np.arange(n) < n // 2
    kinds = np.where(half, "Robbery", "Theft")
    moved = rows["occurred_from"].where(~half, rows["occurred_from"] - YEAR)
    return rows.assign(offence_label=kinds, occurred_from=moved), half


YEAR = pd.Timedelta(days=365)


def test_midnights_are_split_by_offence_and_year(two_kinds):
    rows, robbery = two_kinds
    some = robbery & (np.arange(len(rows)) % 4 == 0)
    rows.loc[some, "occurred_from"] = rows.loc[some, "occurred_from"].dt.floor("D")
    at_midnight = rows["occurred_from"].dt.time == pd.Timestamp(0).time()
    found = one(rows, "midnight")
    assert found.n == at_midnight.sum() >= 125
    # Every fourth of the robberies, all of them of 2022; thefts have a chance midnight or none.
    assert found.by_offence["Robbery"] == pytest.approx(0.25, abs=0.01)
    assert found.by_year["2022"] == pytest.approx(0.25, abs=0.01)
    assert found.by_offence.get("Theft", 0) < 0.01
    assert found.fails == ("time:hour",)


def test_months_only_are_split_by_offence_and_year(two_kinds):
    rows, robbery = two_kinds
    precision = np.where(robbery, "month", "minute")
    found = one(rows.assign(time_precision=precision), "month only")
    assert (found.n, found.severity) == (500, "note")
    assert (found.by_offence, found.by_year) == ({"Robbery": 1.0}, {"2022": 1.0})
    assert found.fails == ("time:day", "time:hour")


def test_a_file_of_one_week_has_as_many_firsts_as_it_has(incidents):
    # 1 to 7 May: one day in seven is a first, and nothing is odd about it.
    rows = incidents()
    week = rows["occurred_from"].dt.normalize().min() + pd.Timedelta(days=120)
    day = pd.to_timedelta(np.arange(len(rows)) % 7, unit="D")
    clock = rows["occurred_from"] - rows["occurred_from"].dt.normalize()
    assert week.day == 1
    assert "first of month" not in codes(rows.assign(occurred_from=week + day + clock))


def test_masked_offences_are_split_and_fail_rates_only_if_the_area_is_not_named(
    two_kinds,
):
    rows, robbery = two_kinds
    rows.loc[robbery, ["longitude", "latitude"]] = np.nan
    named = one(rows, "masked offences")
    assert (named.n, named.by_offence) == (500, {"Robbery": 1.0})
    assert named.by_year == {"2022": 1.0}
    assert named.fails == ("place:exact",)
    rows.loc[robbery, "area_id"] = None
    assert one(rows, "masked offences").fails == ("place:exact", "place:area")


def test_rows_without_an_area_are_split_by_offence_and_year(two_kinds):
    rows, robbery = two_kinds
    rows.loc[robbery & (np.arange(len(rows)) % 2 == 0), "area_id"] = None
    found = one(rows, "located share")
    assert found.n == 250
    assert (found.by_offence, found.by_year) == ({"Robbery": 0.5}, {"2022": 0.5})
    assert found.fails == ("place:area",)


def test_offences_without_a_code_and_ages_of_0_are_split(two_kinds):
    rows, robbery = two_kinds
    rows.loc[robbery, "offence"] = None
    assert one(rows, "unclassified").by_offence == {"Robbery": 1.0}
    rows.loc[robbery, "victim_age"] = 0
    found = one(rows, "ages of 0")
    assert (found.n, found.by_year) == (500, {"2022": 1.0})


def test_a_year_that_does_not_say_the_victims_sex_is_no_year_without_women(two_kinds):
    rows, robbery = two_kinds
    rows.loc[robbery, "victim_sex"] = None
    found = one(rows, "years without")
    assert "2022" in found.sentence and "sex" in found.sentence
    assert (found.n, found.fails) == (500, ("victim:sex",))


def test_a_column_missing_in_every_year_alike_is_no_year_without(two_kinds):
    rows, _ = two_kinds
    rows.loc[::2, "victim_sex"] = None
    assert "years without" not in codes(rows)


def test_the_rows_of_a_figure_are_split_where_the_import_says_where_they_lie(two_kinds):
    rows, _ = two_kinds
    by = {"by_offence": {"Robbery": 25, "Gone": 3}, "by_year": {"2022": 25}}
    found = one(
        rows,
        "impossible ages",
        figures={"impossible_ages": 28},
        figures_by={"impossible_ages": by},
    )
    # 25 of 500 robberies; an offence that later files took away has no share.
    assert (found.by_offence, found.by_year) == ({"Robbery": 0.05}, {"2022": 0.05})


def test_points_outside_every_area_are_split(two_kinds):
    rows, robbery = two_kinds
    rows.loc[robbery & (np.arange(len(rows)) % 10 == 0), "area_id"] = None
    found = one(rows, "outside", figures={"outside": 50})
    assert found.by_offence == {"Robbery": 0.1}


FIGURES = {
    "zero_coordinates": "zero coordinates",
    "unreadable_coordinates": "unreadable coordinates",
    "off_the_earth": "off the earth",
    "outside": "outside",
    "swapped": "swapped coordinates",
    "impossible_ages": "impossible ages",
    "serial_dates": "serial dates",
    "epoch_dates": "epoch dates",
    "words_for_missing": "words for missing",
    "decimal_commas": "decimal commas",
    "mended_letters": "mended letters",
    "broken_letters": "broken letters",
    "spaces_in_headers": "spaces in headers",
}


@pytest.mark.parametrize(("figure", "code"), FIGURES.items())
def test_what_the_readers_saw_in_the_text_is_said(figure, code, incidents):
    assert codes(incidents(), figures={figure: 3}) == {code}
    assert codes(incidents(), figures={figure: 0}) == set()


def test_letters_broken_in_many_rows_are_a_warning_and_in_few_a_note(incidents):
    assert (
        one(incidents(), "broken letters", figures={"broken_letters": 3}).severity
        == "note"
    )
    many = one(incidents(), "broken letters", figures={"broken_letters": 300})
    assert many.severity == "warning" and "place:area" in many.fails


def test_hours_that_nobody_knows_say_nothing_about_the_zone(incidents):
    rows = incidents()
    moved = rows.assign(occurred_from=rows["occurred_from"] + pd.Timedelta(hours=9))
    later = moved["occurred_from"] + pd.Timedelta(hours=6)
    assert "time zone" in codes(moved)
    assert "time zone" not in codes(moved.assign(occurred_to=later))
    soon = moved["occurred_from"] + pd.Timedelta(minutes=20)
    assert "time zone" in codes(moved.assign(occurred_to=soon))


def test_a_zone_in_the_stamps_is_believed_only_as_far_as_the_quiet_hours_bear_it_out(
    incidents,
):
    rows = incidents()
    held = one(rows, "zone letter", figures={"zone_letter": 2000})
    assert held.severity == "note" and "5 h" in held.sentence
    few = one(rows.iloc[:50], "zone letter", figures={"zone_letter": 50})
    assert few.severity == "warning" and "too few" in few.sentence
    moved = rows.assign(occurred_from=rows["occurred_from"] + pd.Timedelta(hours=5))
    found = codes(moved, figures={"zone_letter": 2000})
    assert "time zone" in found and "zone letter" not in found


def test_a_mark_that_the_city_has_made_is_not_suggested_again(incidents):
    from safelearn.city.settings import Settings

    n = 24 * 60
    month = np.repeat(pd.date_range("2020-01-01", periods=24, freq="MS"), 60)
    days = np.tile(np.arange(60) % 28, 24)
    rows = incidents(n).assign(
        occurred_from=month + pd.to_timedelta(days, unit="D") + pd.Timedelta(hours=13),
        time_precision="day",
    )
    theft = np.tile(np.arange(60) >= 30, 24)
    fraud = rows.assign(
        offence_label=np.where(theft, "Theft", "Fraud"),
        offence=np.where(theft, "0502", "0701"),
    )
    late = fraud["occurred_from"] >= pd.Timestamp("2021-01-01")
    kept = fraud[theft | late | (np.arange(n) % 3 == 0)]
    found = one(kept, "sudden change")
    assert "Fraud" in found.sentence and "2021-01" in found.sentence
    assert found.severity == "note" and "recording_changes" in found.remedy
    change = {"date": "2021-01-01", "offence": "0701", "note": "Online"}
    marked = Settings(name="Villa", timezone="UTC", recording_changes=(change,))
    assert "sudden change" not in codes(kept, settings=marked)


def test_a_sentence_for_everybody_gives_no_share_of_a_sudden_change():
    """Beside a count that is shown, a ratio would give away one that is hidden."""
    from safelearn.city.checks.abrupt import Jump
    from safelearn.city.checks.coverage import change_problems

    (problem,) = change_problems([Jump("Rape", "2022-03", 0.05)])
    assert "0.05" not in problem.sentence and "%" not in problem.sentence


def test_every_problem_is_a_code_that_is_known():
    assert set(FIGURES.values()) <= set(FAILS)


def test_words_without_a_code_are_chosen_in_the_review_and_a_file_without_words_is_named(
    incidents,
):
    words = incidents().assign(offence=pd.NA, offence_label="Mugging")
    assert "review/offences.xlsx" in one(words, "unclassified").remedy
    nameless = words.assign(offence_label="not stated")
    assert "--offence" in one(nameless, "unclassified").remedy
