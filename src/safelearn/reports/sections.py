"""What a city's data can and cannot say: every part of the report, what it needs, and whether the data have it.

Each measure declares what it needs of the data; `city.quality` says which needs a city's tables meet. This module
joins the two. The report shows the join as a table, ``city check`` prints it, and the manifest lists the refusals:
also those of measures that a later version brings, so that a city knows today what its data will never carry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safelearn.city.folder import City
from safelearn.diagnosis import concentration, timing, trends
from safelearn.estimates import rates
from safelearn.language import mark, t


@dataclass(frozen=True)
class Part:
    """One measure of the report: its name, what it tells, what it needs, and whether it is here yet."""

    measure: str
    title: str
    needs: frozenset[str]
    later: bool = False


@dataclass(frozen=True)
class Sayable:
    """Whether the data can carry one part: ``verdict`` and ``reason`` are ready to be shown."""

    measure: str
    title: str
    can: bool
    later: bool
    verdict: str
    reason: str


PARTS = (
    Part("counts", mark("How many offences are recorded"), frozenset({"time:month"})),
    Part("trends", mark("Whether records rise or fall"), trends.NEEDS),
    Part("timing", mark("At which hours offences happen"), timing.NEEDS),
    Part("rates_by_area", mark("Rates by area"), rates.NEEDS | {"place:area"}),
    Part("map", mark("Maps"), frozenset({"place:area", "boundaries"})),
    Part("concentration", mark("How concentrated offences are"), concentration.NEEDS),
    Part(
        "victims",
        mark("Who is harmed, by sex and age"),
        frozenset({"victim:sex", "victim:age"}),
    ),
    Part(
        "victim_rates",
        mark("The risk of each group"),
        frozenset({"victim:sex", "victim:age", "population:sex_age"}),
    ),
    Part(
        "near_repeat",
        mark("Whether offences repeat near each other"),
        frozenset({"time:day", "place:exact"}),
        later=True,
    ),
    Part(
        "hotspots",
        mark("Small places where offences gather"),
        frozenset({"time:month", "place:exact"}),
        later=True,
    ),
    Part("perception", mark("How safe people feel"), frozenset({"survey"}), later=True),
    Part(
        "reporting_gap",
        mark("What police never hear"),
        frozenset({"survey"}),
        later=True,
    ),
)


def sayable(city: City, met: Mapping | None = None) -> list[Sayable]:
    """Join the needs of every part with what the city's data meet.

    Parameters
    ----------
    city : City
        The city.
    met : mapping of need to `city.quality.Met`, optional
        What the data meet, where it is known already.

    Returns
    -------
    list of Sayable
        One for each part, in the order of the report.
    """
    if met is None:
        from safelearn.city.quality import needs_met

        met = needs_met(city)
    lines = []
    for part in PARTS:
        unmet = [met[need].reason for need in sorted(part.needs) if not met[need].met]
        reason = " ".join(dict.fromkeys(unmet))
        if unmet:
            verdict = t("No")
        elif part.later:
            verdict, reason = (
                t("Later"),
                t("The data allow it; a later version brings it."),
            )
        else:
            verdict = t("Yes")
        title = t(part.title)
        lines.append(
            Sayable(part.measure, title, not unmet, part.later, verdict, reason)
        )
    return lines


def refusals(lines: list[Sayable]) -> dict[str, str]:
    """The measures that the data cannot carry, with the reason: the manifest's ``refusals``."""
    return {line.measure: line.reason for line in lines if not line.can}
