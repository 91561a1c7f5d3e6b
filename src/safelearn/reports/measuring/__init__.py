"""Measure, then ask for release: one module a chapter, each given the city's `scope.Scope`.

Nothing here draws or words a page; chapters take what was released.
"""

from __future__ import annotations

from safelearn.errors import Refused
from safelearn.reports.measuring.accounts import accounts
from safelearn.reports.measuring.actors import actors
from safelearn.reports.measuring.alike_areas import alike_areas
from safelearn.reports.measuring.causes import causes
from safelearn.reports.measuring.context import context
from safelearn.reports.measuring.demands import demands
from safelearn.reports.measuring.evaluations import evaluations
from safelearn.reports.measuring.futures import futures
from safelearn.reports.measuring.groups import groups
from safelearn.reports.measuring.hot_spots import hot_spots
from safelearn.reports.measuring.indicator_list import indicator_list
from safelearn.reports.measuring.monitoring import monitoring
from safelearn.reports.measuring.near_repeats import near_repeats
from safelearn.reports.measuring.need import need
from safelearn.reports.measuring.options import options
from safelearn.reports.measuring.perceptions import perceptions
from safelearn.reports.measuring.priorities import priorities
from safelearn.reports.measuring.registers import registers
from safelearn.reports.measuring.repeats import repeats
from safelearn.reports.measuring.responses import money_spent, responses
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.measuring.spaces import spaces
from safelearn.reports.measuring.stakes import stakes
from safelearn.reports.measuring.under_reporting import under_reporting

#: By template, in the order of the report. Indicators read what the others released, and options read the indicators.
DIAGNOSIS = (
    context,
    actors,
    hot_spots,
    near_repeats,
    alike_areas,
    perceptions,
    under_reporting,
    repeats,
    groups,
    spaces,
    causes,
    responses,
    priorities,
    demands,
    need,
    registers,
    indicator_list,
    options,
)
PARTS = {
    "diagnosis": DIAGNOSIS,
    "stakeholders": (actors, stakes),
    "evaluation": (evaluations, money_spent, accounts, monitoring),
    "scenarios": (futures,),
}


def measure(scope: Scope, template: str = "diagnosis") -> None:
    """Run every part of a template; one that refuses leaves its sentence, and the others go on."""
    for part in PARTS[template]:
        try:
            part(scope)
        except Refused as refused:
            scope.refused[part.__name__] = refused
