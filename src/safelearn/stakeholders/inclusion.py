"""Does each group of the city take part as it lives here? (draft:25(d).5, draft:15, draft:26(f)(ii).4)

A record of who came to what (or sits where, or was asked) goes in with each group's share of the residents; out comes
its share among those who took part over its share of the city, with an interval, and the groups of which nobody is on
record. Belonging is what people said of themselves: never inferred from a name. A ratio of one says that as many came
as live here, not that they were heard: that is another measure (`participation`, `promises`).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.estimates.intervals import wilson_interval
from safelearn.estimates.survey import survey_design, survey_ratio
from safelearn.estimates.survey_intervals import t_deviate
from safelearn.language import t

NEEDS = frozenset({"table:participation"})
#: Below four fifths of its share of the city, a group counts as too few (as in the rule on selection rates of the
#: Uniform Guidelines on Employee Selection Procedures, 1978).
FEWER_BELOW = 0.8
#: What is found of a group.
NO_RECORD, NO_SHARE, FEWER, PERHAPS, ENOUGH = (
    "no_record",
    "no_share",
    "fewer",
    "perhaps_fewer",
    "as_many",
)
_Z = 1.959963984540054
#: Meetings that hold a number of seats say who decides, not who came.
SEATED = "committee"


def took_part(
    participation: pd.DataFrame,
    kinds: tuple[str, ...] | None = None,
    without: tuple[str, ...] = (SEATED,),
) -> pd.DataFrame:
    """Who came to what: `activity_id`, `group`, `n`.

    Parameters
    ----------
    participation : DataFrame
        The table ``participation``.
    kinds, without : tuple of str
        Kinds of activity to look at, and to leave out.
    """
    kind = participation["kind"].astype("str")
    rows = participation[~kind.isin(without) & (kind.isin(kinds) if kinds else True)]
    out = rows[["activity_id", "group"]].astype("str")
    return out.assign(n=rows["participants"].astype(float)).reset_index(drop=True)


def seats(participation: pd.DataFrame) -> pd.DataFrame:
    """The seats of the latest committee: `activity_id`, `group`, `n`; empty without one (draft:26(f)(ii).4)."""
    if "seats" not in participation:
        return pd.DataFrame(columns=["activity_id", "group", "n"])
    rows = participation[participation["kind"].astype("str") == SEATED]
    rows = rows.dropna(subset=["seats"])
    rows = rows[rows["held_on"] == rows["held_on"].max()]
    out = rows[["activity_id", "group"]].astype("str")
    return out.assign(n=rows["seats"].astype(float)).reset_index(drop=True)


def inclusion(
    record: pd.DataFrame, shares: pd.DataFrame, *, sample: bool = True
) -> pd.DataFrame:
    """Each group's share among those who took part, over its share of the city.

    Parameters
    ----------
    record : DataFrame
        `activity_id`, `group`, `n`. Groups overlap (a young woman is counted with women and with youth), so everybody
        is the women and the men together, or the row ``everyone``.
    shares : DataFrame
        `group`, `share` of the residents from 0 to 1, and where it comes from a survey its `lower` and `upper`. Every
        group that must be looked at has a row; a share that nobody knows is missing.
    sample : bool
        Whether the activities stand for others that might have been held. Seats do not: there the interval holds
        the ratios under which a lot of as many seats could have given this one.

    Returns
    -------
    DataFrame
        In the order of `shares`: `group`, `n` (who took part, all activities), `share`, `population_share`, `ratio`,
        `lower`, `upper` and `found`: ``no_record`` (nobody of the group is on record), ``no_share`` (nobody knows how
        many live here), ``fewer`` (the whole interval lies below 0.8), ``perhaps_fewer`` (the ratio does), ``as_many``.

    Raises
    ------
    Refused
        If no activity says how many came in all.

    Notes
    -----
    Who comes to one meeting comes together, so activities are the units: the share is a ratio estimator over them with
    Taylor's variance (`estimates.survey.survey_ratio`), and its interval Student's on the logarithm, widened by the
    error of the share of residents where a survey gives it. Where nobody of a group came to any of them, and for
    seats, the limits are Wilson's, on the number of people divided by the other groups' median design effect.

    Examples
    --------
    >>> came = pd.DataFrame({"activity_id": "A", "group": ["women", "men", "youth"], "n": [30.0, 50.0, 4.0]})
    >>> city = pd.DataFrame({"group": ["youth", "migrants"], "share": [0.2, 0.1]})
    >>> inclusion(came, city, sample=False)[["group", "ratio", "found"]].values.tolist()
    [['youth', 0.25, 'fewer'], ['migrants', nan, 'no_record']]
    """
    came = record.pivot_table(
        index="activity_id", columns="group", values="n", aggfunc="sum", observed=True
    )
    everyone = _everyone(came)
    came, everyone = came[everyone > 0], everyone[everyone > 0]
    if not len(came):
        raise Refused(
            t("No activity says how many took part in all."),
            remedy=t("Count women and men in every activity, beside the other groups."),
        )
    found = [_one(came, everyone, row, sample) for row in shares.to_dict("records")]
    out = pd.DataFrame(found)
    spread = out["effect"][out["effect"] > 1]
    effect = float(spread.median()) if len(spread) else 1.0
    by_lot = out["n"].notna() & ((out["n"] == 0) | out["lower"].isna())
    for i in out.index[by_lot & out["population_share"].gt(0)]:
        people = everyone.sum() / (effect if sample else 1.0)
        limits = wilson_interval(out.loc[i, "share"] * people, people)
        known = out.loc[i, "population_share"]
        out.loc[i, ["lower", "upper"]] = float(limits.lower) / known, float(limits.upper) / known  # fmt: skip
    out["found"] = _found(out)
    return out.drop(columns="effect")


def _everyone(came: pd.DataFrame) -> pd.Series:
    """How many took part in each activity, whatever their group."""
    known = [c for c in ("women", "men") if c in came]
    both = came[known].sum(axis=1, min_count=2) if len(known) == 2 else np.nan
    whole = came.get("everyone", np.nan)
    found = pd.Series(both, index=came.index, dtype=float)
    return found.fillna(pd.Series(whole, index=came.index, dtype=float)).fillna(0.0)


def _one(
    came: pd.DataFrame, everyone: pd.Series, row: dict, sample: bool
) -> dict[str, object]:
    group, known = row["group"], float(row["share"])
    out = {
        "group": group, "n": np.nan, "share": np.nan, "population_share": known, "ratio": np.nan,
        "lower": np.nan, "upper": np.nan, "effect": np.nan,
    }  # fmt: skip
    if group not in came or came[group].isna().all():
        return out
    here = came[group].fillna(0.0)
    out["n"] = float(here.sum())
    out["share"] = share = float(here.sum() / everyone.sum())
    out["ratio"] = share / known if known > 0 else np.nan
    if not sample or len(came) < 2 or not 0 < share < 1:
        return out
    units = survey_design(pd.DataFrame({"psu": range(len(came))}))
    found = survey_ratio(units, here, everyone)
    simple = share * (1 - share) / everyone.sum()
    out["effect"] = found.standard_error**2 / simple
    # No better than if each had come alone: few meetings can look alike by chance.
    error = np.sqrt(max(found.standard_error**2, simple)) / share
    own = _log_error(row)
    half = float(t_deviate(len(came) - 1)) * np.hypot(error, own)
    out["lower"], out["upper"] = (out["ratio"] * np.exp(s * half) for s in (-1, 1))
    return out


def _log_error(row: dict) -> float:
    """The standard error of the logarithm of a share that comes from a survey; 0 for a census."""
    lower, upper = (float(row.get(end, np.nan)) for end in ("lower", "upper"))
    if not (lower > 0 and upper > lower):
        return 0.0
    return float(np.log(upper / lower) / (2 * _Z))


def _found(out: pd.DataFrame) -> np.ndarray:
    return np.select(
        [
            out["n"].isna(),
            ~(out["population_share"] > 0),
            out["upper"] < FEWER_BELOW,
            out["ratio"] < FEWER_BELOW,
        ],
        [NO_RECORD, NO_SHARE, FEWER, PERHAPS],
        ENOUGH,
    )
