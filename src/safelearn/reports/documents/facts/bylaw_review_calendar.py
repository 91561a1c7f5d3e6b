"""Which by-laws and what hangs on them are looked at again, when, and what they lack (draft:26(f)(ii).13)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from safelearn.language import listing
from safelearn.reports.documents.facts.wording import date_of, text
from safelearn.reports.documents.registers import Registers
from safelearn.strategy.review_calendar import (
    NO_INDICATOR,
    NO_OWNER,
    OVERDUE,
    by_laws,
    calendar,
)


def facts(registers: Registers) -> dict[str, Any]:
    reviews, mandates = registers.frame("reviews"), registers.frame("mandates")
    asked_on = _day(registers, reviews)
    laws = by_laws(reviews)
    late = laws.head(0)
    if asked_on is not None:
        found = calendar(reviews, on=asked_on.date())
        late = found[(found["state"] == OVERDUE) & (found["subject"] == "by_law")]
    return {
        "as_of": date_of(asked_on) if asked_on is not None else "",
        "overdue": listing([text(x) for x in late["title"]]),
        "no_indicator": _lacking(laws, NO_INDICATOR),
        "no_owner": _lacking(laws, NO_OWNER),
        "no_date": listing(
            [text(r["title"]) for r in laws.to_dict("records") if pd.isna(r["next_on"])]
        ),
        "bases": _bases(mandates, reviews),
    }


def _day(registers: Registers, reviews: pd.DataFrame) -> pd.Timestamp | None:
    """The day from which the calendar is seen: the last one that the folder knows, so that a copy stays the same."""
    period = registers.settings.period
    days = [pd.Timestamp(period[1])] if period else []
    done = pd.to_datetime(reviews["done_on"]).dropna()
    days += [done.max()] if len(done) else []
    return max(days) if days else None


def _lacking(laws: pd.DataFrame, what: str) -> str:
    rows = [r for r in laws.to_dict("records") if what in r["lacks"]]
    return listing([text(row["title"]) for row in rows])


def _bases(mandates: pd.DataFrame, reviews: pd.DataFrame) -> list[list[str]]:
    """Laws and agreements that tasks rest on and that no review names."""
    rows = mandates[mandates["legal_basis"].notna()]
    titles = " ".join(reviews["title"].dropna().astype("str")).casefold()
    lines = []
    for law, here in rows.groupby(rows["legal_basis"].astype("str"), sort=True):
        # "Municipal by-law 12 of 2020" is the "By-law 12 of 2020 on the observatory" of the reviews.
        short = " ".join(law.casefold().split()[-4:])
        if short not in titles:
            tasks = list(dict.fromkeys(here["task"].astype("str")))
            lines.append([text(law), "; ".join(text(x) for x in tasks)])
    return lines
