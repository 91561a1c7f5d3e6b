"""For the consultation plan: who came so far, beside who lives here."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from safelearn.city.contracts import labels
from safelearn.errors import Refused
from safelearn.language import listing, number, percent, t
from safelearn.reports.documents.facts.saying import sure
from safelearn.reports.documents.registers import CHILDREN, Registers
from safelearn.stakeholders.inclusion import inclusion, took_part
from safelearn.stakeholders.participation import NAMED, never_there
from safelearn.strategy.consultation import AGES, SEXES


def facts(registers: Registers) -> dict[str, Any]:
    """Groups with their ratio, and those of which nobody came."""
    words = {c: t(w) for c, w in labels("participation", "group").items()}
    first = ["women", "youth", "older_persons", "persons_with_disabilities", "migrants"]
    out: dict[str, Any] = {"voices": [], "absent": "", "reason": ""}
    out["first"] = [words[group] for group in first]
    if not registers.has("participation"):
        return out
    record = registers.frame("participation")
    absent = never_there(record)
    out["absent"] = listing([words[group] for group in absent])
    if absent:
        out["first"] = [words[group] for group in absent[:8]]
    if not registers.has("population"):
        return out
    try:
        found = inclusion(took_part(record), shares(registers.frame("population")))
    except Refused as refusal:
        return out | {"reason": str(refusal)}
    found = found[found["n"].notna()]
    shown = registers.protected(
        found[["n"]].rename(columns={"n": "participants"}),
        found["group"].isin(CHILDREN).to_numpy(),
    )["participants"]
    for row, n in zip(found.to_dict("records"), shown, strict=True):
        seen = n == number(row["n"])
        out["voices"].append(
            [
                words.get(row["group"], row["group"]),
                n,
                percent(row["share"]) if seen else n,
                percent(row["population_share"]),
                number(row["ratio"], 2) if seen else n,
                sure(row["lower"], row["upper"], 2) if seen else n,
            ]
        )
    return out


def shares(population: pd.DataFrame) -> pd.DataFrame:
    """The share of residents of each group that a census can count: `group`, `share`."""
    from safelearn.city.population import population_by

    rows = {}
    for group, sex in SEXES.items():
        people = population_by(population, ("sex",)).set_index("sex")["population"]
        rows[group] = people.get(sex, np.nan) / people.sum()
    try:
        ages = population_by(population, ("age_group",)).set_index("age_group")
    except Refused:
        ages = None
    for group, (youngest, oldest) in AGES.items():
        if ages is None:
            rows[group] = np.nan
            continue
        first = ages.index.str.extract(r"(\d+)", expand=False).astype(float)
        inside = (first >= youngest) & (first <= oldest)
        rows[group] = ages["population"][inside].sum() / ages["population"].sum()
    for group in NAMED:
        rows.setdefault(group, np.nan)
    return pd.DataFrame({"group": list(rows), "share": list(rows.values())})
