"""Did an indicator get better, worse, or can that not be told? Two figures and their precision go in, a word comes out.

A word is only given where the interval of the difference allows it. Records of police follow what is reported as well
as what happens: what victims have to report gets no "better" or "worse" from records alone, and an indicator whose
rise may mean trust (direction ``0*``) gets none without a survey at both times. `non_regression` does this for two
whole tables (draft:22: step by step, and nothing that was achieved given up).
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from safelearn.estimates.contrasts import Value, difference
from safelearn.guidelines.catalogue import Direction, indicator
from safelearn.indicators.figures import FULL_COUNT, INTERVAL, MEASURED

BETTER, WORSE, NO_CLEAR = "better", "worse", "no clear change"
CANNOT_TELL, NO_VERDICT = "cannot be told", "no verdict"
LOWER, HIGHER = "lower in the records", "higher in the records"
NOT_COMPARABLE, NEW, GONE = "not comparable", "new", "no longer measured"
SAME_PERIOD = "same period"
#: Recorded indicators on violence, for which the survey's reporting rate speaks.
REPORTED = frozenset(
    {"robbery_rate", "serious_assault_rate", "violence_against_women_rate"}
)
#: A killing is recorded whether or not anybody reports it.
ALWAYS_KNOWN = frozenset({"intentional_homicide_rate"})
REPORTING, COMPLAINTS = "reporting_rate_physical", "complaints_upheld"
COLUMNS = [
    "indicator_id",
    "indicator_name",
    "breakdown",
    "group",
    "period_before",
    "before",
    "period_now",
    "now",
    "difference",
    "lower",
    "upper",
    "verdict",
    "reason",
    "reporting",
    "complaints",
]


def from_one(value: Value) -> Value:
    """How far a ratio is from one, for indicators that should come near it."""
    lower, upper = abs(value.lower - 1), abs(value.upper - 1)
    inside = value.lower <= 1 <= value.upper
    return Value(
        abs(value.value - 1),
        0.0 if inside else min(lower, upper),
        max(lower, upper),
    )


def verdict(
    direction: Direction,
    now: Value,
    before: Value,
    reporting: tuple[Value, Value] | None = None,
) -> str:
    """What may be said of a change.

    Parameters
    ----------
    direction : Direction
        What a change means for safety.
    now, before : Value
    reporting : pair of Value, optional
        The share of victims who report, now and before, from a survey at both times. With it, what is recorded is
        compared as if reporting had not changed.

    Returns
    -------
    str
        `BETTER`, `WORSE`, `NO_CLEAR`, `CANNOT_TELL` or, for an indicator that is neither good nor bad, `NO_VERDICT`.

    Notes
    -----
    With `reporting`, harm has risen where the ratio of what was recorded exceeds the ratio of the reporting rates for
    every pair of values in their intervals: the bounds are those of the worst case, wider than 95 %.
    """
    if direction == Direction.NEITHER:
        return NO_VERDICT
    if not (now.known and before.known):
        return CANNOT_TELL
    if direction == Direction.NEEDS_SURVEY and reporting is None:
        return CANNOT_TELL
    if direction == Direction.TOWARDS_ONE:
        now, before = from_one(now), from_one(before)
    found = difference(now, before)
    if reporting is not None:
        found = _as_if_reported_alike(now, before, *reporting)
    if found.lower <= 0 <= found.upper:
        return NO_CLEAR
    up = found.lower > 0
    return BETTER if up == (direction == Direction.MORE_IS_BETTER) else WORSE


def non_regression(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """What became of each indicator since an earlier release (draft:22, draft:25(d).7).

    Parameters
    ----------
    now, before : DataFrame
        Two tables of indicators (`catalogue.compute`, or ``indicators.csv`` as `exchange.read` gives it).

    Returns
    -------
    DataFrame
        `COLUMNS`, one row an indicator and group that was measured at either time. ``verdict`` is one of this module's
        words; ``reason`` says in a few words why there is none; ``reporting`` and ``complaints`` stand beside every
        figure from police records, because fewer records can mean that people have stopped going to the police.

    Notes
    -----
    Figures of two versions of a definition are not one series. Two figures of one period are the same measurement. The
    two surveys, or years of records, are taken as independent.
    """
    keys = ["indicator_id", "breakdown", "group"]
    both = _measured(now).merge(
        _measured(before), on=keys, how="outer", suffixes=("_now", "_before")
    )
    series = {name: _pair(both, name) for name in (REPORTING, COMPLAINTS)}
    rows = [_row(row, series) for _, row in both.iterrows()]
    found = pd.DataFrame(rows, columns=COLUMNS)
    found["_order"] = found["indicator_id"].map(_number)
    return found.sort_values(
        ["_order", "breakdown", "group"], kind="stable", ignore_index=True
    ).drop(columns="_order")


def fell_back(compared: pd.DataFrame) -> pd.DataFrame:
    """The rows in which something that had been achieved was clearly lost."""
    return compared[compared["verdict"] == WORSE].reset_index(drop=True)


def _measured(table: pd.DataFrame) -> pd.DataFrame:
    if "status" in table:
        table = table[table["status"] == MEASURED]
    kept = ["indicator_id", "indicator_name", "version", "breakdown", "group"]
    kept += ["value", "lower", "upper", "period", "source", "precision"]
    out = table.reindex(columns=kept).copy()
    out["breakdown"] = out["breakdown"].astype("object").fillna("all")
    out["group"] = out["group"].astype("object").fillna("everyone")
    for column in ("value", "lower", "upper"):
        out[column] = pd.to_numeric(out[column], errors="coerce")
    return out.dropna(subset=["value"])


def _pair(both: pd.DataFrame, name: str) -> tuple[Value, Value] | None:
    """An indicator's two figures for everybody, where they are of one version and of two periods."""
    here = both[(both["indicator_id"] == name) & (both["group"] == "everyone")]
    if here.empty:
        return None
    row = here.iloc[0]
    if _unlike(row):
        return None
    pair = _value(row, "now"), _value(row, "before")
    return pair if all(v.known for v in pair) else None


def _value(row: pd.Series, when: str) -> Value:
    value = float(row[f"value_{when}"])
    if row[f"precision_{when}"] == FULL_COUNT:
        return Value(value, value, value)
    limits = [float(row[f"{c}_{when}"]) for c in ("lower", "upper")]
    exact = row[f"precision_{when}"]
    if isinstance(exact, str) and exact != INTERVAL:
        limits = [math.nan, math.nan]
    return Value(value, *limits)


def _unlike(row: pd.Series) -> tuple[str, str] | None:
    """Why the two figures of a row cannot be compared, or None."""
    if pd.isna(row["value_before"]):
        return NEW, ""
    if pd.isna(row["value_now"]):
        return GONE, ""
    if row["version_now"] != row["version_before"]:
        return NOT_COMPARABLE, "another version of the definition"
    if row["source_now"] != row["source_before"]:
        return NOT_COMPARABLE, "another source"
    if row["period_now"] == row["period_before"]:
        return SAME_PERIOD, ""
    return None


def _row(row: pd.Series, series: dict[str, tuple[Value, Value] | None]) -> dict:
    name = row["indicator_id"]
    shown = row["indicator_name_now"]
    out = {
        "indicator_id": name,
        "indicator_name": row["indicator_name_before"] if pd.isna(shown) else shown,
        "breakdown": row["breakdown"],
        "group": row["group"],
        "period_before": row["period_before"],
        "before": row["value_before"],
        "period_now": row["period_now"],
        "now": row["value_now"],
        "difference": np.nan,
        "lower": np.nan,
        "upper": np.nan,
        "reason": "",
        "reporting": "",
        "complaints": "",
    }
    unlike = _unlike(row)
    if unlike is not None:
        out["verdict"], out["reason"] = unlike
        return out
    now, before = _value(row, "now"), _value(row, "before")
    found = difference(now, before)
    out |= {"difference": found.value, "lower": found.lower, "upper": found.upper}
    recorded = row["source_now"] == "incidents"
    if recorded:
        for column, beside in (("reporting", REPORTING), ("complaints", COMPLAINTS)):
            out[column] = _direction_of(series[beside])
    evidence = series[REPORTING] if name in REPORTED else None
    out["verdict"] = verdict(indicator(name).direction, now, before, evidence)
    return out | _cautious(name, out["verdict"], found, recorded, evidence, now, before)


def _cautious(
    name: str,
    said: str,
    found: Value,
    recorded: bool,
    evidence: tuple[Value, Value] | None,
    now: Value,
    before: Value,
) -> dict:
    """What is left of a verdict, and why."""
    if said == CANNOT_TELL:
        known = now.known and before.known
        why = "a survey at both times is needed" if known else "precision not known"
        return {"verdict": said, "reason": why}
    if said == NO_VERDICT:
        return {"verdict": said, "reason": "neither more nor less is better"}
    if not recorded or name in ALWAYS_KNOWN or said == NO_CLEAR or evidence:
        return {"verdict": said}
    return {
        "verdict": HIGHER if found.value > 0 else LOWER,
        "reason": "records follow reporting, which was not measured at both times",
    }


def _direction_of(pair: tuple[Value, Value] | None) -> str:
    if pair is None:
        return "not measured"
    found = difference(*pair)
    if found.lower <= 0 <= found.upper:
        return NO_CLEAR
    return "up" if found.lower > 0 else "down"


def _as_if_reported_alike(
    now: Value, before: Value, reported: Value, reported_before: Value
) -> Value:
    """The change in what was recorded, less what a change in reporting alone explains, on the log scale."""
    recorded = difference(_log(now), _log(before))
    reporting = difference(_log(reported), _log(reported_before))
    return Value(
        recorded.value - reporting.value,
        recorded.lower - reporting.upper,
        recorded.upper - reporting.lower,
    )


def _log(value: Value) -> Value:
    least = 1e-12
    return Value(
        *(math.log(max(v, least)) for v in (value.value, value.lower, value.upper))
    )


def _number(name: str) -> int:
    return indicator(name).number
