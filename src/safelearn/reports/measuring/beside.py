"""What stands beside every change in records: whether people report as they did, and what they complain of.

Fewer records may mean less harm, or less trust; more complaints about the police make the second more likely. A survey
in two years says how reporting changed; one survey says how much is reported; without one, nobody knows.
"""

from __future__ import annotations

import pandas as pd

from safelearn.diagnosis.reporting_gap import VIOLENCE, reporting_change, told
from safelearn.disclosure.samples import LEAST_ANSWERS
from safelearn.estimates.survey import survey_design, survey_proportion
from safelearn.reports import reporting_findings as findings
from safelearn.reports.measuring.scope import Scope


def beside_records(scope: Scope, survey: pd.DataFrame | None) -> None:
    """Put the sentence ``beside_change`` among the released ones, wherever two years of records are compared."""
    if scope.period is None or not scope.period.before:
        return
    parts = [_reporting(scope, survey), _complaints(scope)]
    scope.release.sentences["beside_change"] = " ".join(filter(None, parts))


def _reporting(scope: Scope, survey: pd.DataFrame | None) -> str:
    if survey is None:
        return findings.reporting_unknown()
    design = survey_design(survey)
    changed = reporting_change(survey, design)
    if changed is not None and changed[2].n >= 2 * LEAST_ANSWERS:
        before, after, found = changed
        scope.release.approve_estimates(
            "reporting_change",
            pd.DataFrame(
                {
                    "harm": ["violence"],
                    "period": [f"{before} to {after}"],
                    "value": [found.value],
                    "lower": [found.lower],
                    "upper": [found.upper],
                    "n": [found.n],
                }
            ),
            keys=["harm", "period"],
            title=findings.title_of_change(),
        )
        return findings.reporting_changed(before, after, found.lower, found.upper)
    found = survey_proportion(design, told(survey, VIOLENCE, ever=True))
    if found.n < LEAST_ANSWERS:
        return findings.reporting_unknown()
    return findings.reporting_once(found.value, found.lower, found.upper)


def _complaints(scope: Scope) -> str:
    """Complaints about the police in the two years that are compared, from the register of justice."""
    justice, period = scope.table("justice"), scope.period
    if justice is None or (period.yearly and len(period.focus) != 1):
        return ""
    whole = justice["area_id"].isna() & justice["group"].eq("everyone")
    rows = justice[
        whole & justice["measure"].eq("complaints") & justice["sex"].eq("all")
    ]
    by_year = rows.groupby(rows["period"].astype("str"))["value"].sum()
    years = [months[-1][:4] for months in (period.before, period.focus)]
    if not set(years) <= set(by_year.index):
        return ""
    before, after = (float(by_year[y]) for y in years)
    if min(before, after) < scope.release.least:
        return ""
    return findings.complaints(before, after, *years)
