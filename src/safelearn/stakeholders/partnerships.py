"""Do police and justice work with the community as partners? (draft:26(e).0)

The register, the ties and the record of activities go in; out comes, for each office of police or justice, with how
many organisations of residents it exchanges anything, whether in both directions, and how much of it is laid down; the
share of community organisations that have such a partner; and the log of meetings that these offices held with
residents. Orders and money are no partnership, and a tie that only takes information is no exchange.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from safelearn.errors import Refused
from safelearn.estimates.intervals import ShareInterval, wilson_interval
from safelearn.language import t
from safelearn.stakeholders.network import WORKING

NEEDS = frozenset({"table:stakeholders", "table:ties"})
SECURITY = ("police", "justice")
COMMUNITY = (
    "ngo", "womens_organisation", "youth_organisation", "older_persons_organisation", "disability_organisation",
    "indigenous_organisation", "migrant_organisation", "residents_association", "informal_traders", "faith",
)  # fmt: skip


@dataclass(frozen=True)
class Partnerships:
    """How police and justice work with the community.

    Attributes
    ----------
    offices : DataFrame
        `stakeholder_id` of each office of police or justice, `partners` (community organisations with a working tie),
        `both_ways` (of these, how many give and get), `written` (how many are laid down), `conflicts` (ties of
        conflict: inside only).
    reached : ShareInterval
        The indicator: share of community organisations that work with at least one of the offices.
    community : int
        Community organisations in the register.
    meetings : DataFrame
        Activities held or hosted by one of the offices: `activity_id`, `activity`, `held_on`, `stakeholder_id`,
        `proposals`, `taken_up`.
    """

    offices: pd.DataFrame
    reached: ShareInterval
    community: int
    meetings: pd.DataFrame


def partnerships(
    register: pd.DataFrame,
    ties: pd.DataFrame,
    participation: pd.DataFrame | None = None,
) -> Partnerships:
    """Whether justice and security agencies have partners among residents.

    Parameters
    ----------
    register : DataFrame
        `stakeholder_id`, `type`.
    ties : DataFrame
        `from_id`, `to_id`, `tie`, and where held `formal`.
    participation : DataFrame, optional
        With `stakeholder_id`, the organisation that held an activity.

    Raises
    ------
    Refused
        If the register holds no office of police or justice, or no community organisation.

    Notes
    -----
    The register names organisations that somebody thought of; the interval (Wilson's) reads them as some of those that
    there are.

    Examples
    --------
    >>> offices = pd.DataFrame({"stakeholder_id": ["P", "A", "B"], "type": ["police", "ngo", "faith"]})
    >>> ties = pd.DataFrame({"from_id": ["P"], "to_id": ["A"], "tie": ["referral"]})
    >>> float(partnerships(offices, ties).reached.share)
    0.5
    """
    codes = register["stakeholder_id"].astype("str")
    types = register["type"].astype("str")
    security = codes[types.isin(SECURITY)].tolist()
    community = codes[types.isin(COMMUNITY)].tolist()
    if not security or not community:
        raise Refused(
            t("The register lacks either offices of police and justice, or organisations of residents."),
            remedy=t("Enter both, and ask each whom it works with."),
        )  # fmt: skip
    ends = ties.assign(
        from_id=ties["from_id"].astype("str"), to_id=ties["to_id"].astype("str")
    )
    out = ends[ends["from_id"].isin(security) & ends["to_id"].isin(community)]
    back = ends[ends["to_id"].isin(security) & ends["from_id"].isin(community)]
    across = pd.concat(
        [
            out.assign(office=out["from_id"], partner=out["to_id"], way="gives"),
            back.assign(office=back["to_id"], partner=back["from_id"], way="gets"),
        ]
    )
    kind = across["tie"].astype("str")
    working, conflict = across[kind.isin(WORKING)], across[kind == "conflict"]
    lines = []
    for office in security:
        mine = working[working["office"] == office]
        ways = mine.groupby("partner")["way"].nunique()
        written = mine[mine["formal"].astype("str") == "yes"] if "formal" in mine else mine[:0]  # fmt: skip
        lines.append(
            {
                "stakeholder_id": office,
                "partners": mine["partner"].nunique(),
                "both_ways": int((ways == 2).sum()),
                "written": written["partner"].nunique(),
                "conflicts": int((conflict["office"] == office).sum()),
            }
        )
    reached = wilson_interval(working["partner"].nunique(), len(community))
    return Partnerships(
        pd.DataFrame(lines), reached, len(community), _meetings(participation, security)
    )


def _meetings(participation: pd.DataFrame | None, security: list[str]) -> pd.DataFrame:
    columns = ["activity_id", "activity", "held_on", "stakeholder_id", "proposals", "taken_up"]  # fmt: skip
    if participation is None or "stakeholder_id" not in participation:
        return pd.DataFrame(columns=columns)
    rows = participation[participation["stakeholder_id"].astype("str").isin(security)]
    if rows.empty:
        return pd.DataFrame(columns=columns)
    counts = {
        "proposals": rows.get("proposals", pd.Series(0, index=rows.index)),
        "taken_up": rows.get("proposals_taken_up", pd.Series(0, index=rows.index)),
    }
    rows = rows.assign(**{name: c.fillna(0).astype(int) for name, c in counts.items()})
    by_activity = rows.groupby("activity_id", sort=False, observed=True)
    found = by_activity.agg(
        activity=("activity", "first"),
        held_on=("held_on", "first"),
        stakeholder_id=("stakeholder_id", "first"),
        proposals=("proposals", "sum"),
        taken_up=("taken_up", "sum"),
    )
    return found.reset_index()[columns]
