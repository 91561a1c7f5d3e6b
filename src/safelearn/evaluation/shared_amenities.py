"""Do schools, halls and courts serve the neighbourhood when they stand empty? A timetable goes in, use comes out.

One row a facility and slot of the week: open or not, for whom, how many came. Serves draft:26(f)(ii).6, the use of
schools and other amenities for more than one purpose.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.errors import SafelearnError
from safelearn.language import t

NEEDS: frozenset[str] = frozenset()
OWN, SHARED, CLOSED = "own use", "open to the neighbourhood", "closed"
#: Below this share of its places taken, an open slot counts as hardly used.
HARDLY = 0.1


def utilisation(timetable: pd.DataFrame) -> pd.DataFrame:
    """Hours open to the neighbourhood, and how full they are, by facility. Serves draft:26(f)(ii).6.

    Parameters
    ----------
    timetable : DataFrame
        ``facility``, ``weekday``, ``slot``, ``hours`` (length of the slot), ``use`` (`OWN`, `SHARED` or `CLOSED`),
        ``places`` (how many it holds) and ``users`` (mean of the slots counted; missing if nobody counted).

    Returns
    -------
    DataFrame
        ``facility``, ``hours`` (of the week, in the timetable), ``own``, ``shared``, ``closed`` (hours), ``open_share``
        (shared hours of those that it does not need itself), ``filled`` (places taken in shared hours that were
        counted), ``hardly_used`` (shared hours with fewer than one place in ten taken), ``not_counted`` (shared hours).

    Raises
    ------
    SafelearnError
        If a slot stands there twice or its use is not one of the three.

    Notes
    -----
    A timetable is a full account: no interval. Users are people an hour, not different people; an empty slot may have
    the wrong hour, price or key rather than no demand.
    """
    _sound(timetable)
    rows = timetable.assign(
        hours=timetable["hours"].astype(float),
        users=pd.to_numeric(timetable["users"], errors="coerce").astype(float),
        places=pd.to_numeric(timetable["places"], errors="coerce").astype(float),
    )
    found = []
    for facility, part in rows.groupby("facility", sort=True):
        own, shared, closed = (
            float(part.loc[part["use"] == use, "hours"].sum())
            for use in (OWN, SHARED, CLOSED)
        )
        open_ = part[part["use"] == SHARED]
        counted = open_[open_["users"].notna() & (open_["places"] > 0)]
        offered = (counted["places"] * counted["hours"]).sum()
        taken = (counted["users"] * counted["hours"]).sum()
        few = counted["users"] < HARDLY * counted["places"]
        found.append(
            {
                "facility": facility,
                "hours": own + shared + closed,
                "own": own,
                "shared": shared,
                "closed": closed,
                "open_share": shared / (shared + closed) if shared + closed else np.nan,
                "filled": taken / offered if offered else np.nan,
                "hardly_used": float(counted.loc[few, "hours"].sum()),
                "not_counted": shared - float(counted["hours"].sum()),
            }
        )
    return pd.DataFrame(found)


def hours_for(timetable: pd.DataFrame, shares: dict[str, float]) -> pd.DataFrame:
    """Who has hours of their own, against their share of the residents.

    Parameters
    ----------
    timetable : DataFrame
        As above, with ``group``: whom a shared slot is kept for; empty for everybody.
    shares : dict of str to float
        Each group's share of the residents of the facilities' reach.

    Returns
    -------
    DataFrame
        ``group``, ``hours``, ``hour_share`` of all shared hours, ``resident_share``, ``ratio``; groups of `shares` with
        no hour of their own stand with 0.

    Notes
    -----
    Hours for everybody are nobody's own: where girls or older people do not come to them, a slot of their own is how
    they begin to (ask them at which hour).
    """
    open_ = timetable[timetable["use"] == SHARED]
    held = open_.groupby(open_["group"].astype("object").fillna("everyone").astype(str))
    hours = held["hours"].sum().astype(float)
    whole = float(hours.sum())
    groups = sorted({*shares, *hours.index})
    out = pd.DataFrame({"group": groups})
    out["hours"] = out["group"].map(hours).fillna(0.0)
    out["hour_share"] = out["hours"] / whole if whole else np.nan
    out["resident_share"] = out["group"].map(shares).astype(float)
    out["ratio"] = out["hour_share"] / out["resident_share"]
    return out


def _sound(timetable: pd.DataFrame) -> None:
    twice = timetable.duplicated(["facility", "weekday", "slot"])
    odd = ~timetable["use"].isin([OWN, SHARED, CLOSED])
    if twice.any() or odd.any():
        row = timetable[twice | odd].iloc[0]
        raise SafelearnError(
            t("A slot of the timetable stands there twice or has no known use."),
            where=f"{row['facility']}, {row['weekday']}, {row['slot']}",
            remedy=t(
                "Write each slot once: own use, open to the neighbourhood, or closed."
            ),
        )
