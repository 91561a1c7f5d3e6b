"""Was the part that people had the part that they were promised, and did it leave a trace? (draft:19, draft:26(c).0)

The record of activities goes in, with the log of decisions where there is one; for each group and phase come out the
part that was promised, the part as the group saw it, and the part that the record bears out: whoever is said to have
shaped something, without a proposal taken up or a decision that says so, was consulted. Children and young people have
their own tracker, phase by phase. (draft:20)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.estimates.intervals import wilson_interval
from safelearn.language import t
from safelearn.stakeholders.participation import LEVELS, PHASES

NEEDS = frozenset({"table:participation"})
#: Groups of draft:20.
YOUNG = ("girls", "children", "youth")
#: From here on the record must bear the part out.
_SHAPED = LEVELS.index("involve")


@dataclass(frozen=True)
class Promises:
    """What was promised, and what was kept.

    Attributes
    ----------
    groups : DataFrame
        `group`, `activities` that promised it a part, `kept` (how many kept it), `share` kept with `lower` and `upper`
        (Wilson), `proposals` and `taken_up` with `taken_share` and its limits.
    phases : DataFrame
        `group`, `phase`, and the middle (lower median) of `promised`, `actual` and `borne_out` as levels.
    unsupported : int
        Rows whose part the record does not bear out.
    rows : int
        Rows with a promised and an actual part.
    """

    groups: pd.DataFrame
    phases: pd.DataFrame
    unsupported: int
    rows: int


def promises(
    participation: pd.DataFrame, decisions: pd.DataFrame | None = None
) -> Promises:
    """Compare promised and actual parts, group by group and phase by phase.

    Parameters
    ----------
    participation : DataFrame
        `activity_id`, `group`, `phase`, `promised_level`, `actual_level`, and where held `proposals` and
        `proposals_taken_up`.
    decisions : DataFrame, optional
        `activity_id`, `group_involved`, `influence`.

    Returns
    -------
    Promises

    Raises
    ------
    Refused
        If no row says both what was promised and what came of it.

    Notes
    -----
    Levels are the spectrum of the International Association for Public Participation with "none" below it; the
    question whether a part is real is Arnstein's (1969, Journal of the American Institute of Planners 35:216). Groups
    of one activity are not independent of each other, so the interval of a group's share is over its activities and
    those of all groups are not added up.
    """
    level = {name: i for i, name in enumerate(LEVELS)}
    rows = participation.dropna(subset=["promised_level", "actual_level"])
    rows = rows[rows["participants"].fillna(1) > 0]
    if rows.empty:
        raise Refused(
            t("No activity says both which part people were promised and which they had."),
            remedy=t("Fill in the columns promised_level and actual_level, asking those who took part."),
        )  # fmt: skip
    held = rows[["activity_id", "group", "phase"]].astype("str").reset_index(drop=True)
    for name in ("promised", "actual"):
        held[name] = rows[f"{name}_level"].astype("str").map(level).to_numpy()
    for name in ("proposals", "proposals_taken_up"):
        values = rows[name] if name in rows else pd.Series(0, index=rows.index)
        held[name] = values.fillna(0).astype(float).to_numpy()
    borne = (held["proposals_taken_up"] > 0) | _decided(held, decisions, level)
    cap = np.where(borne, len(LEVELS), _SHAPED - 1)
    held["borne_out"] = np.minimum(held["actual"], cap)
    held["kept"] = held["actual"] >= held["promised"]
    groups = _groups(held)
    middle = held[held["phase"].isin(PHASES)].groupby(["group", "phase"], sort=False)
    named = ["promised", "actual", "borne_out"]
    phases = middle[named].quantile(0.5, interpolation="lower").astype(int)
    phases = phases.map(dict(enumerate(LEVELS)).get).reset_index()
    unsupported = int((held["borne_out"] < held["actual"]).sum())
    return Promises(groups, phases, unsupported, len(held))


def _decided(
    held: pd.DataFrame, decisions: pd.DataFrame | None, level: dict[str, int]
) -> pd.Series:
    """Whether a decision says that this group shaped it in this activity."""
    if decisions is None or "activity_id" not in decisions:
        return pd.Series(False, index=held.index)
    rank = decisions["influence"].astype("str").map(level)
    told = decisions[(rank >= _SHAPED) & decisions["activity_id"].notna()]
    pairs = set(
        zip(
            told["activity_id"].astype("str"),
            told["group_involved"].astype("str"),
            strict=True,
        )
    )
    return pd.Series(
        [
            bool(pairs & {(activity, group), (activity, "everyone")})
            for activity, group in zip(held["activity_id"], held["group"], strict=True)
        ],
        index=held.index,
    )


def _groups(held: pd.DataFrame) -> pd.DataFrame:
    by_group = held.groupby("group", sort=False)
    out = by_group.agg(
        activities=("kept", "size"),
        kept=("kept", "sum"),
        proposals=("proposals", "sum"),
        taken_up=("proposals_taken_up", "sum"),
    )
    kept = wilson_interval(out["kept"].to_numpy(), out["activities"].to_numpy())
    out["share"], out["lower"], out["upper"] = kept.share, kept.lower, kept.upper
    made = out["proposals"].to_numpy(dtype=float)
    for name in ("taken_share", "taken_lower", "taken_upper"):
        out[name] = np.nan
    some = made > 0
    taken = wilson_interval(out["taken_up"].to_numpy()[some], made[some])
    out.loc[some, ["taken_share", "taken_lower", "taken_upper"]] = np.column_stack(
        [taken.share, taken.lower, taken.upper]
    )
    return out.reset_index()


def youth(participation: pd.DataFrame) -> pd.DataFrame:
    """Children and young people in every phase: where they were, what they proposed, and what became of it (draft:20).

    Parameters
    ----------
    participation : DataFrame
        The table ``participation``.

    Returns
    -------
    DataFrame
        One row for each of the four phases, none left out: `phase`, `activities`, `with_young` (activities to which
        they came), `participants`, `proposals`, `taken_up`, and `actual`, the highest part that they had (``none``
        where nobody came).
    """
    lines = []
    for phase in PHASES:
        here = participation[participation["phase"].astype("str") == phase]
        rows = here[here["group"].astype("str").isin(YOUNG)]
        came = rows[rows["participants"].fillna(1) > 0]
        ranks = came["actual_level"].dropna().astype("str").map(LEVELS.index)
        highest = int(ranks.max()) if len(ranks) else (1 if len(came) else 0)
        lines.append(
            {
                "phase": phase,
                "activities": here["activity_id"].nunique(),
                "with_young": came["activity_id"].nunique(),
                "participants": int(came["participants"].fillna(0).sum()),
                "proposals": _sum(came, "proposals"),
                "taken_up": _sum(came, "proposals_taken_up"),
                "actual": LEVELS[highest],
            }
        )
    return pd.DataFrame(lines)


def _sum(rows: pd.DataFrame, column: str) -> int:
    return int(rows[column].fillna(0).sum()) if column in rows else 0
