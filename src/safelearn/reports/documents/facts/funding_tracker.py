"""For the funding tracker: how much of the money can be followed, and what is missing."""

from __future__ import annotations

from typing import Any

from safelearn.errors import Refused
from safelearn.evaluation.budget import (
    currency_of,
    funding_gap,
    funding_tracker,
    last_year,
)
from safelearn.language import number, percent, t
from safelearn.reports.documents.registers import Registers


def facts(registers: Registers) -> dict[str, Any]:
    """The latest year by mark, and the gap of every year."""
    out: dict[str, Any] = {"tags": [], "gaps": [], "currency": "", "year": ""}
    if not registers.has("budget"):
        return out
    budget = registers.frame("budget")
    words = {
        "safe spaces": t("Public space, light and transport"),
        "named area": t("A named area"),
        "named space": t("A named public space"),
        "named group": t("A named group"),
        "capital from loans": t("Loans"),
    }
    try:
        year = last_year(budget)
        tags = funding_tracker(budget)
        gaps = funding_gap(budget)
        out["currency"], out["year"] = currency_of(budget), str(year)
    except Refused:
        return out
    out["tags"] = [
        [words.get(r.tag, r.tag), number(r.approved), number(r.spent), percent(r.share)]
        for r in tags[tags["year"] == year].itertuples()
    ]
    out["gaps"] = [
        [
            str(r.year),
            number(r.required),
            number(r.approved),
            number(r.gap),
            percent(r.share),
            number(r.unknown),
        ]
        for r in gaps.itertuples()
    ]
    return out
