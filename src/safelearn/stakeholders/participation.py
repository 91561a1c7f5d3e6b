"""Which groups took part in which phase of the work, and how far were they heard?

The record of activities goes in; out comes, for each group and phase, the highest part that the group had in fact, as
it saw it. A group that was asked at the beginning and not when results were judged shows as a gap (draft:26(c).0).
"""

from __future__ import annotations

import pandas as pd

from safelearn.errors import Refused
from safelearn.language import t

NEEDS = frozenset({"table:participation"})
PHASES = ("diagnosis", "design", "implementation", "evaluation")
#: From nobody there to a decision in the group's hands: the spectrum of the International Association for Public
#: Participation, with "none" below it.
LEVELS = ("none", "inform", "consult", "involve", "collaborate", "empower")
#: Groups that draft:26(c) names, as the tables call them; without any of them the work is not everybody's.
NAMED = (
    "women",
    "girls",
    "children",
    "youth",
    "older_persons",
    "persons_with_disabilities",
    "persons_with_mental_health_conditions",
    "persons_with_addictions",
    "indigenous_peoples",
    "local_communities",
    "refugees",
    "internally_displaced",
    "migrants",
)


def never_there(participation: pd.DataFrame) -> list[str]:
    """The groups of `NAMED` of which nobody took part in anything."""
    came = participation[participation["participants"].fillna(1) > 0]
    return [group for group in NAMED if group not in set(came["group"])]


def phases(participation: pd.DataFrame) -> pd.DataFrame:
    """The highest level that each group reached in each phase.

    Parameters
    ----------
    participation : DataFrame
        `group`, `phase`, `participants` and `actual_level`, one row a group and activity.

    Returns
    -------
    DataFrame
        One row a group, in the order of its first activity: `group`, a column for each of `PHASES` (the level, ``none``
        where nobody of the group came), and `missing`, the number of phases without it.

    Raises
    ------
    Refused
        Without an activity that names its phase.

    Examples
    --------
    >>> rows = pd.DataFrame({"group": ["youth"], "phase": ["design"], "participants": [4], "actual_level": ["involve"]})
    >>> phases(rows)[["design", "evaluation", "missing"]].values.tolist()
    [['involve', 'none', 3]]
    """
    known = participation[participation["phase"].isin(PHASES)]
    if not len(known):
        raise Refused(
            t("No activity says to which phase of the work it belongs."),
            remedy=t("Fill in the column phase of the table participation."),
        )
    came = known["participants"].fillna(1) > 0
    rank = known["actual_level"].map({level: i for i, level in enumerate(LEVELS)})
    # Somebody came, and nobody wrote down how far they were heard: told, at least.
    rank = rank.fillna(LEVELS.index("inform")).where(came, 0).astype(int)
    groups = list(dict.fromkeys(known["group"]))
    highest = rank.groupby([known["group"].astype(str), known["phase"].astype(str)])
    table = highest.max().unstack("phase").reindex(index=groups, columns=list(PHASES))
    table = table.fillna(0).astype(int)
    out = table.apply(lambda column: column.map(dict(enumerate(LEVELS))))
    out["missing"] = (table == 0).sum(axis=1)
    return out.rename_axis("group").reset_index()
