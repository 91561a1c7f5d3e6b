"""What a city's data can and cannot say: every part of the report, what it needs, and whether the data have it.

Each measure declares what it needs of the data; `city.quality` says which needs a city's tables meet, and which
problems touch a need that is met. This module joins them: yes, with care, or no, because of what, and what would
help. The report shows the join as a table, ``city check`` prints it, and the manifest lists the refusals: also those
of measures that a later version brings, so that a city knows today what its data will never carry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safelearn.city.checks.problems import Problem
from safelearn.city.folder import City
from safelearn.diagnosis import (
    access,
    audits,
    concentration,
    fear_risk,
    groups,
    hotspots,
    lighting,
    near_repeat,
    perception,
    public_space,
    reporting_gap,
    risk_factors,
    streets,
    timing,
    trends,
)
from safelearn.estimates import rates
from safelearn.evaluation import (
    allocation,
    budget,
    interventions,
    justice_scorecard,
)
from safelearn.language import mark, t
from safelearn.stakeholders import inclusion, network, register
from safelearn.strategy import (
    demands,
    logframe,
    need,
    priorities,
    roles,
    stocktake,
    theory_of_change,
)


@dataclass(frozen=True)
class Part:
    """One measure of the report: its name, what it tells, what it needs, and whether it is here yet."""

    measure: str
    title: str
    needs: frozenset[str]
    later: bool = False


@dataclass(frozen=True)
class Sayable:
    """Whether the data can carry one part.

    Attributes
    ----------
    measure, title : str
    can : bool
        All its needs are met.
    later : bool
        A later version brings it.
    verdict, reason, remedy : str
        Ready to be shown: yes, with care or no; because of what; what would help.
    care : bool
        A problem touches what it needs, so that it must be read with care.
    problems : tuple of str
        Codes of the problems behind the verdict, for programs.
    """

    measure: str
    title: str
    can: bool
    later: bool
    verdict: str
    reason: str
    remedy: str = ""
    care: bool = False
    problems: tuple[str, ...] = ()

    @property
    def why(self) -> str:
        """Reason and remedy, in one."""
        return " ".join(filter(None, (self.reason, self.remedy)))


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
        near_repeat.NEEDS,
    ),
    Part(
        "hotspots",
        mark("Small places where offences gather"),
        hotspots.NEEDS | {"offence"},
    ),
    Part("perception", mark("How safe people feel"), perception.NEEDS),
    Part("fear_risk", mark("Where fear and harm part"), fear_risk.NEEDS),
    Part("reporting_gap", mark("What police never hear"), reporting_gap.NEEDS),
    Part("groups", mark("What each group lives through"), groups.NEEDS),
    Part("audits", mark("How places work, by walks"), audits.NEEDS),
    Part("lighting", mark("Streets and their lamps"), lighting.NEEDS | streets.NEEDS),
    Part("public_space", mark("Open public space"), public_space.NEEDS),
    Part(
        "access",
        mark("What lies within a walk"),
        access.NEEDS | {"table:services"},
    ),
    Part(
        "risk_factors",
        mark("What goes together with harm, and what protects"),
        risk_factors.NEEDS,
    ),
    Part("register", mark("Who acts for safety"), register.NEEDS),
    Part("network", mark("Who works with whom, and who does not"), network.NEEDS),
    Part("inclusion", mark("Who takes part, and who is missing"), inclusion.NEEDS),
    Part("stocktake", mark("What was tried, and what is known of it"), stocktake.NEEDS),
    Part(
        "safety_spending",
        mark("Whether money goes where living is harder"),
        budget.NEEDS | allocation.NEEDS | {"table:statistics"},
    ),
    Part("evaluations", mark("What an intervention changed"), interventions.NEEDS),
    Part(
        "justice_scorecard",
        mark("How police and justice treat people"),
        justice_scorecard.NEEDS,
    ),
    Part("priorities", mark("What each group puts first"), priorities.NEEDS),
    Part("demands", mark("What residents ask for, and who is answered"), demands.NEEDS),
    Part("need", mark("Where services are needed first"), need.NEEDS),
    Part("roles", mark("Who answers for which task"), roles.NEEDS),
    Part(
        "theory_of_change",
        mark("By which way each measure should reach its aim"),
        theory_of_change.NEEDS,
    ),
    Part("logframe", mark("Aims, measures, sources and risks"), logframe.NEEDS),
)


def sayable(
    city: City,
    met: Mapping | None = None,
    problems: Iterable[Problem] | None = None,
) -> list[Sayable]:
    """Join the needs of every part with what the city's data meet, and with their problems.

    Parameters
    ----------
    city : City
        The city.
    met : mapping of need to `city.quality.Met`, optional
        What the data meet, where it is known already.
    problems : iterable of Problem, optional
        What `city.quality.check` found, where it is known already.

    Returns
    -------
    list of Sayable
        One for each part, in the order of the report.
    """
    if met is None:
        from safelearn.city.quality import needs_met

        met = needs_met(city)
    if problems is None:
        from safelearn.city.quality import check

        problems = check(city).problems
    grave = [p for p in problems if p.severity != "note"]
    return [_judged(part, met, grave) for part in PARTS]


def _judged(part: Part, met: Mapping, grave: list[Problem]) -> Sayable:
    title = t(part.title)
    unmet = [met[need] for need in sorted(part.needs) if not met[need].met]
    touching = [p for p in grave if part.needs & set(p.fails or ())]
    codes = tuple(dict.fromkeys(p.code for p in touching))
    if unmet:
        reason, remedy = (
            _joined(getattr(m, k) for m in unmet) for k in ("reason", "remedy")
        )
        return Sayable(
            part.measure,
            title,
            False,
            part.later,
            t("No"),
            reason,
            remedy,
            False,
            codes,
        )
    reason, remedy = (
        _joined(getattr(p, k) for p in touching) for k in ("sentence", "remedy")
    )
    care = bool(touching)
    verdict = t("With care") if care else t("Yes")
    if part.later:
        verdict = t("Later")
        allowed = t("The data allow it; a later version brings it.")
        reason = _joined([allowed, reason])
    return Sayable(
        part.measure, title, True, part.later, verdict, reason, remedy, care, codes
    )


def _joined(sentences: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, sentences)))


def refusals(lines: list[Sayable]) -> dict[str, str]:
    """The measures that the data cannot carry, with the reason: the manifest's ``refusals``."""
    return {line.measure: line.reason for line in lines if not line.can}
