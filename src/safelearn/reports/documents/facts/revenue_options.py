"""How much of the money for safety is the city's own, and what would end with others' money (draft:26(f)(iii).1)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from safelearn.evaluation.budget import currency_of
from safelearn.language import percent
from safelearn.reports.documents.facts.wording import amount, text, word
from safelearn.reports.documents.registers import Registers

#: Levels whose money is not the city's to raise.
ABOVE = ("national", "regional")
OWN = "own_revenue"


def facts(registers: Registers) -> dict[str, Any]:
    budget = registers.frame("budget")
    rows = budget[~budget["level"].isin(ABOVE) & budget["approved"].notna()]
    if not len(rows):
        return {"sources": [], "outside": [], "year": "", "currency": ""}
    year = int(rows["year"].max())
    funded = rows["funding"].astype("str")
    outside = rows[(rows["year"] == year) & rows["funding"].notna() & (funded != OWN)]
    return {
        "currency": currency_of(rows),
        "year": str(year),
        "sources": [_year(int(y), here) for y, here in rows.groupby("year")],
        "outside": [
            [
                text(row["department"]),
                word("budget", "purpose", row["purpose"]),
                word("budget", "funding", row["funding"]),
                amount(row["approved"]),
            ]
            for row in outside.sort_values("line_id").to_dict("records")
        ],
    }


def _year(year: int, rows: pd.DataFrame) -> list[str]:
    own = rows.loc[rows["funding"].astype("str") == OWN, "approved"].sum()
    unsaid = rows.loc[rows["funding"].isna(), "approved"].sum()
    whole = rows["approved"].sum()
    others = whole - own - unsaid
    share = percent(own / whole) if whole > 0 else ""
    return [str(year), amount(own), amount(others), amount(unsaid), share]
