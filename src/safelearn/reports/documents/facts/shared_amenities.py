"""Which public buildings stand empty, and where to ask first (draft:26(f)(ii).6)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from safelearn.language import NONE, number, percent
from safelearn.reports.documents.facts.wording import text, word
from safelearn.reports.documents.registers import NOT_BY_AREA, Registers

#: Buildings that a city can open by agreement; others are for those who run them to offer.
PUBLIC = ("school", "library", "community_centre", "sports", "culture", "youth_centre")
#: So many fit on a page.
MOST = 20
STEPS = (10, 20, 30, 40, 50, 60)


def facts(registers: Registers) -> dict[str, Any]:
    rows = registers.chosen("assets")
    rows = rows[rows["type"].isin(PUBLIC)]
    there = rows[rows["hours_available"].notna() & rows["hours_used"].notna()].copy()
    unknown = len(rows) - len(there)
    there["free"] = (there["hours_available"] - there["hours_used"]).clip(lower=0)
    areas = registers.frame("areas").set_index("area_id")
    code = there["area_id"].astype("str")
    there["parent"] = code.map(areas["parent"].astype("str").to_dict())
    named = ~there["group"].astype("str").isin(NOT_BY_AREA) & there["area_id"].notna()
    able, least = there[named & (there["free"] >= STEPS[0])], STEPS[0]
    for step in STEPS:
        if len(able) > MOST:
            able, least = there[named & (there["free"] >= step)], step
    able = able.sort_values(["area_id", "asset_id"])
    names = registers.names("area_id")
    return {
        "kinds": _sums(there, "type", lambda k: word("assets", "type", k)),
        "districts": _sums(there.dropna(subset=["parent"]), "parent", str),
        "unknown": number(unknown) if unknown else "",
        "least": number(least),
        "more": number(len(able) - MOST) if len(able) > MOST else "",
        "candidates": [
            [
                text(row["name"]),
                word("assets", "type", row["type"]),
                names.get(str(row["area_id"]), str(row["area_id"])),
                number(row["free"]),
                word("assets", "open_after_dark", row["open_after_dark"]),
                word("assets", "accessible", row["accessible"]),
            ]
            for row in able.head(MOST).to_dict("records")
        ],
    }


def _sums(there: pd.DataFrame, by: str, say: Any) -> list[list[str]]:
    lines = []
    for key, here in there.groupby(there[by].astype("str"), sort=False):
        able, used = here["hours_available"].sum(), here["hours_used"].sum()
        lines.append(
            [
                say(key),
                number(len(here)),
                number(able),
                number(used),
                number(here["free"].sum()),
                percent(used / able) if able > 0 else NONE,
            ]
        )
    return lines
