"""For the referral directory: whom each kind of service reaches, of those known to need it."""

from __future__ import annotations

from typing import Any

from safelearn.city.contracts import labels
from safelearn.language import NONE, number, t
from safelearn.reports.documents.facts.saying import share_of
from safelearn.reports.documents.registers import VICTIMS, Registers


def facts(registers: Registers) -> dict[str, Any]:
    """One line a kind of service, all services of it together; small numbers hidden."""
    if not registers.has("services"):
        return {"coverage": []}
    services = registers.frame("services")
    counted = services.dropna(subset=["people_identified", "people_served"])
    counted = counted[counted["type"].isin(VICTIMS)]
    if not len(counted):
        return {"coverage": []}
    sums = counted.groupby("type", observed=True)[
        ["people_identified", "people_served"]
    ].sum()
    shown = registers.protected(sums, True)
    words = {code: t(label) for code, label in labels("services", "type").items()}
    lines = []
    for (kind, row), seen in zip(
        sums.iterrows(), shown.itertuples(index=False), strict=True
    ):
        open_ = seen.people_served == number(row["people_served"])
        shares = share_of(row["people_served"], row["people_identified"])
        lines.append([words[kind], *seen, *(shares if open_ else (NONE, NONE))])
    return {"coverage": lines}
