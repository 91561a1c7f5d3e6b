"""Which events have a place of their own, of which kind, and of which areas nothing more may be said.

What is measured on points starts here: offences against persons and property, no sexual or domestic violence, nothing
that follows what police look for.
"""

from __future__ import annotations

import pandas as pd

from safelearn.city.cube import UNCLASSIFIED
from safelearn.disclosure.slices import NO_AREA
from safelearn.guidelines import offences
from safelearn.reports.measuring.counts import ALL
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.names import is_by_police
from safelearn.reports.release import OTHER

#: Sections of the classification whose offences have a place: against persons and property.
PLACED = ("01", "02", "04", "05")


def placed_rows(scope: Scope) -> pd.DataFrame:
    """Events of the span with a point of their own, by kind of offence: `offence`, `year`, `longitude`, ...

    Kinds are groups of the classification (level 3), or its divisions where the source says no more. Sexual and
    domestic violence, offences that follow what police look for and offences without a place are left out. Events
    that nobody has classified are a kind of their own. Several victims of one event are one event: rows of one kind
    at one point at the same minute are counted once.
    """
    frame = scope.incidents
    month = frame["occurred_from"].dt.strftime("%Y-%m")
    kept = month.isin(scope.period.span) & frame["longitude"].notna()
    kept &= frame["place_precision"].astype("str").eq("exact")
    kept &= frame["domestic"].astype("str").ne("yes")
    found = frame.loc[kept]
    codes = found["offence"].astype("object").where(found["offence"].notna(), None)
    kinds = {c: kind_of(c) if c else UNCLASSIFIED for c in codes.unique()}
    found = found.assign(offence=codes.map(kinds), year=month[kept].str[:4])
    found = found[found["offence"] != ""]
    timed = found["time_precision"].isin(["minute", "hour"])
    same = found.duplicated(["offence", "occurred_from", "longitude", "latitude"])
    return found[~(same & timed)]


def kind_of(code: str) -> str:
    """The kind of offence that a code is mapped as; empty where it is not mapped."""
    if not code.startswith(PLACED) or code.startswith("03") or is_by_police(code):
        return ""
    known = offences.codes()
    return next((c for c in (code[:5], code[:4]) if c in known), "")


def hidden_areas(scope: Scope, offence: str) -> set[str]:
    """Areas of which the table by area hides the count of this kind, or of all offences."""
    frame = scope.release.shared["by_area"]
    section = offences.section(offence)
    section = section if section in set(frame["offence"]) else OTHER
    gone = frame["offence"].isin([section, ALL]) & frame["n"].isna()
    return set(frame.loc[gone, "area_id"].astype("str")) - set(NO_AREA)
