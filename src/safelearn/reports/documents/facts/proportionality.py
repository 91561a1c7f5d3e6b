"""Whether stops fall on some groups more than their number explains (draft:26(f)(ii).8)."""

from __future__ import annotations

from typing import Any

from safelearn.estimates.contrasts import rate_ratio
from safelearn.language import NONE, number
from safelearn.reports.documents.facts.policing_record import pairs, stops, yearly
from safelearn.reports.documents.facts.residents import counted
from safelearn.reports.documents.facts.wording import with_limits, words
from safelearn.reports.documents.registers import Registers

MORE, FEWER, ALIKE = "more", "fewer", "alike"


def facts(registers: Registers) -> dict[str, Any]:
    rows = yearly(registers.frame("justice"))
    period, lines = stops(rows, registers)
    if not lines:
        return {"period": "", "equity": [], "no_residents": ""}
    table = pairs(rows, period)
    residents = counted(registers)
    everyone = table.loc[table["group"] == "everyone", "stops"]
    whole = float(everyone.iloc[0]) if len(everyone) else 0.0
    out, without = [], []
    for line, row in zip(lines, table.to_dict("records"), strict=True):
        people, rest = residents.get(row["group"], 0.0), residents.get("everyone", 0.0)
        shown = line["stops"] == number(row["stops"])
        said = {"rate": NONE, "ratio": NONE, "often": ""}
        if shown and people > 0:
            said["rate"] = number(1000 * row["stops"] / people, 1)
        elif row["group"] != "everyone":
            without.append(row["group"])
        if shown and 0 < people < rest and whole > row["stops"]:
            found = rate_ratio(
                row["stops"], people, whole - row["stops"], rest - people
            )
            said["ratio"] = with_limits(found.value, found.lower, found.upper, 2)
            said["often"] = (
                MORE if found.lower > 1 else FEWER if found.upper < 1 else ALIKE
            )
        out.append(line | said)
    return {
        "period": period,
        "equity": out,
        "no_residents": words("justice", "group", without),
    }
