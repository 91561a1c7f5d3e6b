"""What did not come, in words. In: canonical incidents, areas, settings. Out: problems.

Months without a row, months covered in part, areas and offences that fell silent, dates far from all others, and
offences whose records changed at once. A change in recording that the city has marked is not suggested again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from safelearn.city.checks.abrupt import Jump, jumps
from safelearn.city.checks.completeness import Completeness, Silence, completeness
from safelearn.city.checks.monthly import Monthly, coded, monthly, pairs_of
from safelearn.city.checks.problems import Problem
from safelearn.city.checks.shares import Slices
from safelearn.language import between, listing, t, tn

if TYPE_CHECKING:
    from safelearn.city.settings import Settings

_TABLE = "incidents"
#: So many are named in a sentence.
_NAMED = 5
#: An offence of this share of the events, fallen silent, changes the total.
_MATTERS = 0.05


def coverage(
    incidents: pd.DataFrame, areas: pd.DataFrame | None = None
) -> tuple[Monthly, Completeness] | None:
    """What came in each month, and what did not; None where no row has a month."""
    counts = monthly(incidents)
    if counts is None:
        return None
    parents = {}
    if areas is not None:
        named = areas[areas["parent"].notna()]
        parents = dict(zip(named["area_id"], named["parent"], strict=True))
    return counts, completeness(counts, parents, by_area=_not_sexual(incidents, counts))


def coverage_problems(
    incidents: pd.DataFrame,
    sliced: Slices,
    areas: pd.DataFrame | None = None,
    settings: Settings | None = None,
) -> list[Problem]:
    """Everything that did not come, as problems."""
    found = coverage(incidents, areas)
    if found is None:
        return []
    counts, complete = found
    return [
        *_empty(complete, counts),
        *_part(complete),
        *_far(counts, sliced),
        *_silent_areas(complete.silences),
        *_silent_offences(complete.silences, counts),
        *change_problems(_unmarked(counts, complete, incidents, settings)),
    ]


def _not_sexual(incidents: pd.DataFrame, counts: Monthly) -> np.ndarray:
    """Whether each offence may be looked at by area: sexual offences are not."""
    codes = _codes(incidents)
    return np.array([not codes.get(o, "").startswith("03") for o in counts.offences])


def _codes(incidents: pd.DataFrame) -> dict[str, str]:
    """Label -> ICCS code, of labels that have one."""
    label, labels = coded(incidents["offence_label"])
    code, codes = coded(incidents["offence"])
    both = np.flatnonzero(pairs_of(label, code, len(codes), len(labels)))
    return {labels[at // len(codes)]: codes[at % len(codes)] for at in both}


def _empty(complete: Completeness, counts: Monthly) -> list[Problem]:
    n = len(complete.empty)
    if not n:
        return []
    years = pd.Series([m[:4] for m in counts.months])
    lost = years.where(pd.Series(counts.months).isin(complete.empty)).dropna()
    share = (lost.value_counts() / years.value_counts()).dropna()
    return [
        Problem(
            "empty months",
            "warning",
            _TABLE,
            n,
            tn(
                "{n} month has no row at all: {months}.",
                "{n} months have no row at all: {months}.",
                n,
                months=_some(complete.empty),
            ),
            t(
                "Ask the source for them: until then they count as months without crime."
            ),
            by_year={str(y): round(float(s), 4) for y, s in share.items()},
        )
    ]


def _part(complete: Completeness) -> list[Problem]:
    n = len(complete.part)
    if not n:
        return []
    return [
        Problem(
            "part month",
            "note",
            _TABLE,
            n,
            tn(
                "{months} is not covered whole, so it is left out where months are compared.",
                "{months} are not covered whole, so they are left out where months are compared.",
                n,
                months=listing(list(complete.part)),
            ),
            t("Import the next file when it comes: the month is completed then."),
        )
    ]


def _far(counts: Monthly, sliced: Slices) -> list[Problem]:
    n = int(counts.far.sum())
    if not n:
        return []
    return [
        Problem(
            "far dates",
            "note",
            _TABLE,
            n,
            tn(
                "{n} row is dated more than a year before or after all others.",
                "{n} rows are dated more than a year before or after all others.",
                n,
            ),
            t(
                "Look for typing mistakes in the year; or set the period in city.xlsx, and they are left out."
            ),
            **sliced.split(counts.far),
        )
    ]


def _silent_areas(silences: Sequence[Silence]) -> list[Problem]:
    whole = [s for s in silences if s.kind in ("district", "area")]
    of_one = [s for s in silences if s.kind == "area and offence"]
    if not whole and not of_one:
        return []
    parts = []
    if whole:
        parts.append(
            tn(
                "{n} area or district sent nothing for months, which is no chance: {which}.",
                "{n} areas or districts sent nothing for months, which is no chance: {which}.",
                len(whole),
                which=_some([f"{s.unit} ({_span(s)})" for s in whole]),
            )
        )
    if of_one:
        places = len({s.unit for s in of_one})
        parts.append(
            tn(
                "In {n} area one kind of offence did not come for months.",
                "In {n} areas one kind of offence did not come for months.",
                places,
            )
        )
    return [
        Problem(
            "silent areas",
            "warning",
            _TABLE,
            sum(s.months for s in (*whole, *of_one)),
            " ".join(parts),
            t(
                "Ask whether the office there sent its records. Read no calm and no fall there until you know."
            ),
        )
    ]


def _silent_offences(silences: Sequence[Silence], counts: Monthly) -> list[Problem]:
    silent = [s for s in silences if s.kind == "offence"]
    if not silent:
        return []
    size = dict(zip(counts.offences, counts.by_offence.sum(axis=1), strict=True))
    matters = any(size[s.offence] > _MATTERS * counts.total.sum() for s in silent)
    return [
        Problem(
            "silent offences",
            "warning" if matters else "note",
            _TABLE,
            sum(s.months for s in silent),
            tn(
                "{n} kind of offence has months without a row, which is no chance: {which}.",
                "{n} kinds of offences have months without a row, which is no chance: {which}.",
                len(silent),
                which=_some([f"{s.offence} ({_span(s)})" for s in silent]),
            ),
            t(
                "Ask whether it was recorded under another name then; if so, give both names one code."
            ),
        )
    ]


def change_problems(found: Sequence[Jump]) -> list[Problem]:
    """Offences whose records changed at once, as a question."""
    if not found:
        return []
    # No number: beside a count that is shown, a ratio would give one away that is hidden.
    words = [
        t("{offence} (more from {month} on)", offence=jump.offence, month=jump.month)
        if jump.ratio > 1
        else t(
            "{offence} (fewer from {month} on)", offence=jump.offence, month=jump.month
        )
        for jump in found
    ]
    return [
        Problem(
            "sudden change",
            "note",
            _TABLE,
            len(found),
            tn(
                "Records of {n} kind of offence changed from one month to the next, and stayed so: {which}.",
                "Records of {n} kinds of offences changed from one month to the next, and stayed so: {which}.",
                len(found),
                which=_some(words),
            ),
            t(
                "Ask whether the way of recording changed. If it did, mark it on the sheet recording_changes "
                "of city.xlsx: no comparison will then be made across it."
            ),
        )
    ]


def _unmarked(
    counts: Monthly,
    complete: Completeness,
    incidents: pd.DataFrame,
    settings: Settings | None,
) -> list[Jump]:
    covered = np.array(
        [m not in (*complete.part, *complete.empty) for m in counts.months]
    )
    silent = {s.offence for s in complete.silences if s.kind == "offence"}
    marked = settings.recording_changes if settings else ()
    codes = _codes(incidents)
    found = []
    for jump in jumps(counts, covered):
        at = pd.Period(jump.month, "M").ordinal
        code = codes.get(jump.offence, "")
        known = any(
            abs(pd.Period(change.date, "M").ordinal - at) <= 1
            and code.startswith(change.offence)
            for change in marked
        )
        if not known and jump.offence not in silent:
            found.append(jump)
    return found


def _span(silence: Silence) -> str:
    if silence.first == silence.last:
        return silence.first
    return between(silence.first, silence.last)


def _some(names: Sequence[str]) -> str:
    """The first few, and how many more."""
    if len(names) <= _NAMED:
        return listing(list(names))
    more = tn("{n} more", "{n} more", len(names) - _NAMED)
    return listing([*names[:_NAMED], more])
