"""For the exchange brief: how large the city is."""

from __future__ import annotations

from typing import Any

from safelearn.language import number
from safelearn.reports.documents.registers import Registers


def facts(registers: Registers) -> dict[str, Any]:
    """Residents, the year of the figure, and the number of areas."""
    from safelearn.city.population import population_by

    out = {"residents": "", "year": "", "areas": ""}
    if registers.has("areas"):
        out["areas"] = number(len(registers.frame("areas")))
    if registers.has("population"):
        population = registers.frame("population")
        years = population["year"].dropna()
        whole = population_by(population, ())
        out["residents"] = number(whole["population"].iloc[0])
        out["year"] = "–".join(
            dict.fromkeys([str(int(years.min())), str(int(years.max()))])
        )
    return out
