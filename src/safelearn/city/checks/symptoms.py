"""What is odd about these incidents? In: canonical incidents. Out: problems, each with its count and remedy.

Each check is a trap that published crime data have set before: times (`mistimed`), places (`misplaced`), rows that
are not events (`repeated`), months that never came (`coverage`), text that was mended on the way (`figures`);
here are those of victims and offences. Each problem says in which offences and years its rows lie.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from safelearn.city.checks.coverage import coverage_problems
from safelearn.city.checks.figures import figure_problems
from safelearn.city.checks.misplaced import outside, place_problems
from safelearn.city.checks.missingness import gaps
from safelearn.city.checks.mistimed import time_problems
from safelearn.city.checks.problems import SEVERITIES, Problem
from safelearn.city.checks.repeated import repeat_problems
from safelearn.city.checks.shares import Slices, slices
from safelearn.city.columns.crosswalk import NOT_STATED
from safelearn.language import listing, t, tn

if TYPE_CHECKING:
    from safelearn.city.settings import Settings

_TABLE = "incidents"
#: A year has what another has not: shares of rows without it, and rows that show it.
_WITHOUT, _WITH, _FEW = 0.9, 0.5, 50


def incident_problems(
    incidents: pd.DataFrame,
    figures: Mapping[str, int] | None = None,
    figures_by: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    areas: pd.DataFrame | None = None,
    settings: Settings | None = None,
) -> list[Problem]:
    """Everything odd about a table of incidents, the gravest first.

    Parameters
    ----------
    incidents : DataFrame
        Canonical incidents.
    figures : mapping, optional
        Counts that imports kept, such as ``impossible_ages`` (see `figures`).
    figures_by : mapping, optional
        Where the rows of those figures lie (see `tallies`).
    areas : DataFrame, optional
        The city's areas: districts are watched too where they are known.
    settings : Settings, optional
        The city's: changes in recording that it has marked are not suggested again.
    """
    if incidents.empty:
        return []
    kept = figures or {}
    sliced = slices(incidents)

    def split(name: str) -> Mapping[str, Any]:
        if name == "outside":
            return sliced.split(outside(incidents))
        by = (figures_by or {}).get(name)
        return sliced.shares(by["by_offence"], by["by_year"]) if by else {}

    found = [
        *time_problems(incidents, sliced, kept),
        *place_problems(incidents, sliced),
        *figure_problems(kept, len(incidents), split),
        *_zeros(incidents, sliced),
        *_offences(incidents, sliced),
        *_years_without(incidents, sliced),
        *repeat_problems(incidents, sliced),
        *coverage_problems(incidents, sliced, areas, settings),
    ]
    return sorted(found, key=lambda p: SEVERITIES.index(p.severity))


def _zeros(incidents: pd.DataFrame, sliced: Slices) -> list[Problem]:
    """Ages of 0 that mean "not known"."""
    ages = incidents["victim_age"].to_numpy(dtype=np.float32, na_value=np.nan)
    none = ages == 0
    zero = int(none.sum())
    infants = int(((ages >= 1) & (ages <= 3)).sum()) / 3
    if zero < 20 or zero <= 5 * max(infants, 1):
        return []
    return [
        Problem(
            "ages of 0",
            "warning",
            _TABLE,
            zero,
            tn(
                "{n} victim is aged 0, many more than 1 to 3: 0 probably means not known.",
                "{n} victims are aged 0, many more than 1 to 3: 0 probably means not known.",
                zero,
            ),
            t("Ask the source, and leave the youngest group out until you know."),
            **sliced.split(none),
        )
    ]


def _offences(incidents: pd.DataFrame, sliced: Slices) -> list[Problem]:
    unknown = incidents["offence"].isna().to_numpy()
    n = int(unknown.sum())
    if not n:
        return []
    everything = n == len(incidents)
    words = incidents.loc[unknown, "offence_label"].unique()
    nameless = set(words) <= {NOT_STATED}
    return [
        Problem(
            "unclassified",
            "warning" if n > 0.05 * len(incidents) else "note",
            _TABLE,
            n,
            t("No row says which offence it is in the international classification.")
            if everything
            else tn(
                "{n} row has an offence that is not in the international classification.",
                "{n} rows have offences that are not in the international classification.",
                n,
            ),
            t(
                "Import the file again with --replace, and name its offence with --offence."
            )
            if nameless
            else t(
                "Open review/offences.xlsx, choose what each word means, save it, and import that workbook."
            ),
            **sliced.split(unknown),
        )
    ]


def _years_without(incidents: pd.DataFrame, sliced: Slices) -> list[Problem]:
    """What some years say of their rows and others do not: the column came later, or was lost."""
    words = {
        "not_located": (t("the area"), "place:area"),
        "not_timed": (t("the hour"), "time:hour"),
        "sex_unknown": (t("the victim's sex"), "victim:sex"),
        "age_unknown": (t("the victim's age"), "victim:age"),
    }
    of = dict(zip(sliced.years, sliced.rows_by_year, strict=True))
    years = [y for y in sliced.years if y and of[y] >= _FEW]
    found = []
    for gap, rows in gaps(incidents).items():
        if gap not in words:
            continue
        counts = sliced.counts(rows)[1]
        share = {y: counts.get(y, 0) / of[y] for y in years}
        without = [y for y in years if share[y] >= _WITHOUT]
        if not without or min(share.values()) > _WITH:
            continue
        what, need = words[gap]
        n = sum(counts[y] for y in without)
        found.append(
            Problem(
                "years without",
                "warning",
                _TABLE,
                n,
                t(
                    "In {years} the rows do not say {what}; in other years they do.",
                    years=listing(without),
                    what=what,
                ),
                t("Compare only years that have it, or ask the source for the others."),
                **sliced.split(rows),
                fails=(need,),
            )
        )
    return found
