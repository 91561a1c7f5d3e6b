"""With whom does the city want to work, how, and who sees to it by when? (draft:15, draft:19)

The register and the places in the grid go in; out come the engagement plan (organisation, goal, part, channel,
responsible role, day) with what each line lacks or has let pass, and the part that the grid suggests. The plan speaks
of winning over and holding off: it stays inside. What may be said in public is how far it has come.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from safelearn.stakeholders.position import Grid, salience
from safelearn.stakeholders.register import usable

NEEDS = frozenset({"table:stakeholders"})
_PARTS = (
    "engagement_goal",
    "engagement_channel",
    "engagement_owner",
    "engagement_due",
)
#: The part that each field of the grid suggests, on the spectrum of public participation. "look_again" is at least
#: asked: the books say to watch it, and those who are heard least are often found there.
SUGGESTED = {
    "work_closely": "collaborate",
    "win_over": "involve",
    "keep_informed": "involve",
    "look_again": "consult",
}


@dataclass(frozen=True)
class Plan:
    """The engagement plan.

    Attributes
    ----------
    lines : DataFrame
        `stakeholder_id`, `goal`, `channel`, `owner`, `due`, `suggested` (a part, or empty for who was not rated),
        `ally` (it needs an ally who can act) and `state`: ``whole``, ``incomplete`` (a goal without channel, role or
        day), ``none`` (no line at all), ``late`` (its day has passed).
    """

    lines: pd.DataFrame

    def count(self, state: str) -> int:
        """Organisations in a state."""
        return int((self.lines["state"] == state).sum())


def engagement_plan(
    register: pd.DataFrame, today: date, grid: Grid | None = None
) -> Plan:
    """Read the plan out of the register, and look it through.

    Parameters
    ----------
    register : DataFrame
        The table ``stakeholders``.
    today : date
    grid : Grid, optional
        Places in the power-interest grid, for the suggestion.

    Examples
    --------
    >>> rows = pd.DataFrame({"stakeholder_id": ["a"], "engagement_goal": ["A joint plan"]})
    >>> engagement_plan(rows, date(2025, 1, 1)).lines["state"].item()
    'incomplete'
    """
    held = register.reindex(columns=["stakeholder_id", *_PARTS])
    due = pd.to_datetime(held["engagement_due"])
    there = held[list(_PARTS)].notna()
    state = pd.Series("incomplete", index=held.index)
    state[there.all(axis=1)] = "whole"
    state[there.all(axis=1) & (due < pd.Timestamp(today))] = "late"
    state[~there.any(axis=1)] = "none"
    fields = {}
    if grid is not None:
        actors = grid.actors
        fields = dict(zip(actors["stakeholder_id"], actors["field"], strict=True))
    codes = held["stakeholder_id"].astype("str")
    allies: set[str] = set()
    if {"has_power", "has_legitimacy", "has_urgency"} <= set(register):
        kinds = salience(usable(register))
        pressed = kinds["salience"] == "legitimacy_and_urgency"
        allies = set(kinds.loc[pressed, "stakeholder_id"])
    return Plan(
        pd.DataFrame(
            {
                "stakeholder_id": codes,
                "goal": held["engagement_goal"],
                "channel": held["engagement_channel"],
                "owner": held["engagement_owner"],
                "due": due,
                "suggested": [SUGGESTED.get(fields.get(c, ""), "") for c in codes],
                "ally": [c in allies for c in codes],
                "state": state,
            }
        ).reset_index(drop=True)
    )
