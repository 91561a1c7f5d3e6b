"""What is recorded, how it changes, when it happens: tables of offences, released.

Trends, seasons and changes are measured on released months; an offence with a hidden month has no trend in the
report. The verdict on a change is about records: whether harm itself rose is not theirs to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from safelearn.city.cube import CountCube
from safelearn.city.population import population_by
from safelearn.diagnosis import trends
from safelearn.errors import Refused
from safelearn.estimates.intervals import byar_interval
from safelearn.language import t
from safelearn.reports import findings
from safelearn.reports.changes import recording_changed
from safelearn.reports.measuring import counts
from safelearn.reports.measuring.counts import ALL
from safelearn.reports.measuring.hours import hour_tables
from safelearn.reports.names import is_by_police, offence_name
from safelearn.reports.period import Period, in_words
from safelearn.reports.release import Release
from safelearn.reports.unknown import unknown_table

if TYPE_CHECKING:
    from safelearn.city.settings import Settings

PER = 100_000
#: The verdict where recording changed in between.
CHANGED = "recording changed"


def offence_tables(
    cube: CountCube,
    frame: pd.DataFrame,
    period: Period,
    release: Release,
    population: pd.DataFrame | None,
    able: set[str],
    settings: Settings,
) -> None:
    """Every table of the section on recorded offences, and of what is missing in the records."""
    release.share_counts(
        counts.by_month(cube, period), counts.by_area(cube, period), period
    )
    months = release.shared["by_month"]
    bounds = byar_interval(months["n"].to_numpy(dtype=float, na_value=np.nan))
    release.approve(
        "counts_by_month",
        months[["month", "offence", "n"]].assign(
            lower=bounds.lower, upper=bounds.upper
        ),
        keys=["month", "offence"],
        measures=["n", "lower", "upper"],
        title=t("Recorded offences by month"),
    )
    _by_offence(months, period, release, population, settings)
    if cube.undated >= release.least:
        release.results["undated"] = cube.undated
    if "trends" in able:
        _trend(months, period, release)
    if "timing" in able:
        hour_tables(frame, period, release)
    unknown_table(frame, period, release)


def totals(frame: pd.DataFrame) -> dict[str, int]:
    """Events in all, with an area, with an hour."""
    weight = frame["count"].to_numpy(dtype=np.int64)
    timed = frame["time_precision"].isin(["minute", "hour"]).to_numpy()
    return {
        "records": int(weight.sum()),
        "located": int(weight[frame["area_id"].notna().to_numpy()].sum()),
        "timed": int(weight[timed].sum()),
    }


def _by_offence(
    months: pd.DataFrame,
    period: Period,
    release: Release,
    population: pd.DataFrame | None,
    settings: Settings,
) -> None:
    """One row an offence: this year, the year before, the change with its interval, the rate."""
    years = release.shared["by_year"]
    here = years[years["period"] == "focus"].set_index("offence")["n"]
    past = years[years["period"] == "before"].set_index("offence")["n"]
    rows = []
    for code in here.index:
        n, before = here[code], past.get(code, pd.NA)
        row = {
            "offence": code,
            "offence_name": offence_name(code),
            "n": n,
            "before": before,
        }
        found = None
        if pd.notna(n) and pd.notna(before):
            found = _change(
                months[months["offence"] == code], period, float(before), float(n)
            )
        row |= {"ratio": np.nan, "lower": np.nan, "upper": np.nan, "verdict": ""}
        if found is not None:
            row |= {"ratio": found.ratio, "lower": found.lower, "upper": found.upper}
            row["verdict"] = verdict_on(code, found, months, period, settings)
            release.results[f"change:{code}"] = found
        rows.append(row)
    table = pd.DataFrame(rows)
    n = table["n"].to_numpy(dtype=float, na_value=np.nan)
    whole = byar_interval(n)
    table["n_lower"], table["n_upper"] = whole.lower, whole.upper
    # Without a year before there is nothing to compare with, and nothing hidden.
    change = ["ratio", "lower", "upper", "verdict"]
    compared = ["before", *change] if period.before else []
    measures = ["n", "n_lower", "n_upper", *compared]
    if population is not None:
        people = population_by(population, (), year=int(period.focus[-1][:4]))[
            "population"
        ].sum()
        rate = byar_interval(n, people * period.years, PER)
        table["rate"], table["rate_lower"], table["rate_upper"] = (
            rate.rate,
            rate.lower,
            rate.upper,
        )
        measures += ["rate", "rate_lower", "rate_upper"]
    derived = ["n_lower", "n_upper", "rate", "rate_lower", "rate_upper", *change]
    made = {"n": [d for d in derived if d in measures]}
    release.approve(
        "counts_by_offence",
        table[["offence", "offence_name", *measures]],
        keys=["offence", "offence_name"],
        measures=measures,
        derived=made | ({"before": change} if compared else {}),
        title=t("Recorded offences by kind"),
    )
    _kinds_changed(months, table, period, release, settings)
    if f"change:{ALL}" in release.results:
        found = release.results[f"change:{ALL}"]
        verdict = str(table.loc[table["offence"] == ALL, "verdict"].iloc[0])
        if verdict == CHANGED:
            # No number reaches across a change in recording, so none is a finding.
            del release.results[f"change:{ALL}"]
        release.sentences["change"] = findings.change(
            verdict,
            found.ratio,
            t("offences"),
            in_words(period.before),
            in_words(period.focus),
            by_police=False,
        )


def verdict_on(
    code: str,
    found: trends.Change,
    months: pd.DataFrame,
    period: Period,
    settings: Settings,
) -> str:
    """What may be said of a change, or why nothing may."""
    first, last = (period.before or period.focus)[0], period.focus[-1]
    if is_by_police(code):
        return "refused"
    if recording_changed(code, settings, first, last):
        return CHANGED
    if code != ALL:
        return found.verdict
    kinds = [o for o in months["offence"].unique() if o != ALL]
    touched = [o for o in kinds if recording_changed(o, settings, first, last)]
    # All offences together still compare if those recorded in another way do not decide the verdict.
    if touched and _verdict_without(touched, months, period) != found.verdict:
        return CHANGED
    return found.verdict


def _verdict_without(touched: list[str], months: pd.DataFrame, period: Period) -> str:
    by_month = months.pivot(index="month", columns="offence", values="n")
    rest = by_month[ALL] - by_month[touched].sum(axis=1, skipna=False)
    before, after = (
        rest[list(part)].sum(skipna=False) for part in (period.before, period.focus)
    )
    if rest.isna().any() or not period.before:
        return ""
    found = _change(rest.rename("n").reset_index(), period, float(before), float(after))
    return found.verdict if found else ""


def _kinds_changed(
    months: pd.DataFrame,
    table: pd.DataFrame,
    period: Period,
    release: Release,
    settings: Settings,
) -> None:
    """How many kinds changed clearly since the year before, and since the first complete year."""
    kinds = table[table["offence"] != ALL]
    verdicts = list(kinds["verdict"])
    if period.before:
        release.sentences["kinds"] = findings.kinds_changed(
            verdicts.count("up"),
            verdicts.count("down"),
            len(kinds),
            in_words(period.before),
            in_words(period.focus),
        )
    first = period.span[:12]
    if len(period.span) < 24 or first == period.before:
        return
    verdicts = []
    for code, part in months[months["offence"].isin(kinds["offence"])].groupby(
        "offence"
    ):
        n = part.set_index("month")["n"]
        changed = recording_changed(code, settings, first[0], period.focus[-1])
        if n.isna().any() or is_by_police(code) or changed:
            continue
        found = _change(
            part,
            period,
            float(n[list(first)].sum()),
            float(n[list(period.focus)].sum()),
        )
        verdicts.append(found.verdict if found else "")
    release.sentences["courses"] = findings.kinds_changed(
        verdicts.count("up"),
        verdicts.count("down"),
        len(verdicts),
        in_words(first),
        in_words(period.focus),
    )


def _change(
    months: pd.DataFrame, period: Period, before: float, after: float
) -> trends.Change | None:
    """The change between the two periods, with the dispersion of the series behind it."""
    if before + after == 0 or period.yearly:
        # How much counts vary by themselves, only a series of months tells.
        return None
    series = _series(months, period)
    try:
        dispersion = trends.monthly_dispersion(series)
    except Refused:
        return None
    return trends.change(
        before,
        after,
        dispersion=dispersion,
    )


def _series(months: pd.DataFrame, period: Period) -> pd.DataFrame:
    ends = (
        f"{period.months[0]}-01",
        str(pd.Period(period.months[-1], "M").end_time.date()),
    )
    return trends.monthly_series(months[["month", "n"]], ends)


def _trend(months: pd.DataFrame, period: Period, release: Release) -> None:
    """The monthly series of all offences with its moving mean, and the season."""
    series = _series(months[months["offence"] == ALL], period)
    if series["n"].isna().any():
        return
    frame = series[["month", "n"]].copy()
    try:
        mean = trends.moving_mean(series).set_index("month")
        if len(mean) < 2:
            raise Refused(t("One mean of twelve months makes no line."))
        # The mean of twelve months stands at their middle, not at their end.
        mean.index = [str(pd.Period(m, "M") - 5) for m in mean.index]
        for column in ("mean", "lower", "upper"):
            frame[column] = frame["month"].map(mean[column])
    except Refused:
        bounds = byar_interval(frame["n"].to_numpy(dtype=float))
        frame["lower"], frame["upper"] = bounds.lower, bounds.upper
    measures = [c for c in frame if c != "month"]
    release.approve(
        "trend",
        frame,
        keys=["month"],
        measures=measures,
        title=t("All recorded offences by month, with the mean of twelve months"),
    )
    try:
        season = trends.seasonal_index(series)
    except Refused as refused:
        release.results["season_refused"] = refused
        return
    release.results["season"] = season
    table = pd.DataFrame(
        {
            "month": range(1, 13),
            "index": season.index,
            "lower": season.lower,
            "upper": season.upper,
            "different": season.different,
        }
    )
    release.approve(
        "season",
        table,
        keys=["month"],
        measures=["index", "lower", "upper", "different"],
        title=t("Recorded offences by month of the year, relative to an average month"),
        derived={},
    )
    high = [
        m for m in range(1, 13) if season.different[m - 1] and season.index[m - 1] > 1
    ]
    low = [
        m for m in range(1, 13) if season.different[m - 1] and season.index[m - 1] < 1
    ]
    release.sentences["season"] = findings.season(season.clear, high, low)
