"""What each intervention changed, where harm moved, how surely and at what cost: measured on records and released.

Serves draft:25(g) and draft:26(f)(iii).6. Counts of groups of areas leave through disclosure control; sexual and
domestic violence, which is not shown by area, is in none of them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from safelearn.city.population import population_by
from safelearn.errors import Refused
from safelearn.evaluation.assessment import Assessment, assess
from safelearn.evaluation.interventions import (
    TREATED,
    Intervention,
    before_and_after,
    check_roles,
    interventions,
    windows,
)
from safelearn.evaluation.money import cost_per_case_averted
from safelearn.evaluation.time_series import interrupted_time_series
from safelearn.language import t
from safelearn.reports.changes import recording_changed
from safelearn.reports.measuring.beside_diagnosis import (
    DIAGNOSIS_BY_AREA,
    months_published,
    must_not_give_away,
    must_not_undo_releases,
)
from safelearn.reports.measuring.evaluated import (
    Evaluated,
    Spent,
    chosen,
    stepped,
    without_small,
)
from safelearn.reports.measuring.scope import Scope

COUNTS, EFFECTS, SERIES = (
    "intervention_counts",
    "intervention_effects",
    "intervention_series",
)
MOST_MONTHS = 24
#: Upper limit of a ratio beyond which an interval says nothing.
MOST_OF_MIX = 10.0


def evaluations(scope: Scope) -> None:
    """Measure the interventions of the table; silent where it is missing."""
    table = scope.table("interventions")
    if table is None or not len(table):
        return
    every = interventions(table)
    if scope.cube is None or scope.period is None or scope.period.yearly:
        reason = Refused(
            t(
                "Interventions are evaluated on records that say the month and the area."
            ),
            remedy=t("Bring in recorded offences with their dates and places."),
        )
        scope.refused["evaluations"] = reason
        scope.release.results["evaluations"] = tuple(
            Evaluated(one, refused=reason) for one in every
        )
        return
    found, series = [], []
    for one in every:
        try:
            made, steps = _evaluated(scope, one)
        except Refused as refused:
            scope.refused[f"evaluation of {one.intervention_id}"] = refused
            made, steps = Evaluated(one, refused=refused), None
        found.append(made)
        if steps is not None:
            series.append(steps)
    scope.release.results["evaluations"] = tuple(found)
    scope.release.results.pop(DIAGNOSIS_BY_AREA, None)
    _let_out(scope, [made for made in found if made.found], series)


def _evaluated(
    scope: Scope, one: Intervention
) -> tuple[Evaluated, pd.DataFrame | None]:
    asked = str(scope.options.get("offences") or "").replace(",", " ").split()
    wanted = asked or list(one.offences)
    check_roles(one)
    months = list(scope.period.months)
    most = int(scope.options.get("months") or MOST_MONTHS)
    compared = windows(one, months, most=most)
    codes = chosen(scope.cube.axes["offence"], wanted, one.name)
    ends = compared.before[0], compared.after[-1]
    changed = tuple(c for c in codes if recording_changed(c, scope.settings, *ends))
    codes = tuple(code for code in codes if code not in changed)
    if not codes:
        raise Refused(
            t(
                "Recording changed in the months that would be compared for {name}.",
                name=one.name,
            ),
            remedy=t("Compare months of one way of recording, or ask in a survey."),
        )
    counts = scope.cube.by("area_id", "offence", "month", sensitive="none")
    counts = counts[counts["offence"].isin(codes)]
    counts = counts.groupby(["area_id", "month"], as_index=False)["n"].sum()
    least = scope.release.least
    shown = without_small(one, before_and_after(counts, one, compared), least)
    assessed = assess(
        shown,
        counts,
        months,
        most=most,
        areas=list(scope.areas["area_id"].astype("str")),
        population=_residents(scope),
    )
    step, steps = stepped(counts, shown, compared, least)
    told = [
        (areas, codes, side)
        for areas in shown.areas.values()
        for side in (compared.before, compared.after)
    ]
    if step:
        # Steps add up to years, and so to any year that a diagnosis shows by area.
        years = {scope.period.focus, *months_published(scope)}
        told += [(shown.areas[TREATED], codes, year) for year in sorted(years)]
    must_not_give_away(scope, told, one)
    must_not_undo_releases(scope, told, one)
    made = Evaluated(
        intervention=one,
        offences=codes,
        named=bool(wanted),
        changed=changed,
        found=assessed,
        step=step,
        spent=_spent(scope, one, assessed),
        without_neighbours=shown.areas.keys() != one.areas.keys(),
    )
    return _followed(scope, made, steps)


def _followed(
    scope: Scope, made: Evaluated, steps: pd.DataFrame
) -> tuple[Evaluated, pd.DataFrame | None]:
    """The series with what it would have been; without a model the counts stand alone."""
    if not made.step:
        return made, None
    out = steps[["month", "n"]].assign(
        intervention_id=made.intervention.intervention_id,
        intervention=made.intervention.name,
        expected=np.nan,
        expected_lower=np.nan,
        expected_upper=np.nan,
    )
    season = {1: 12, 3: 4}.get(made.step)
    try:
        series = interrupted_time_series(
            steps["n"],
            int((~steps["after"]).sum()),
            exposure=steps["days"],
            season=season,
            harmonics=1,
            slope=False,
        )
    except Refused as refused:
        made.found.refused["series"] = refused
        return made, out
    out["expected"] = series.expected
    out["expected_lower"] = series.expected_lower
    out["expected_upper"] = series.expected_upper
    return replace(made, series=series), out


def _residents(scope: Scope) -> pd.Series | None:
    """Residents by area; None where an area has none written down."""
    table = scope.table("population")
    if table is None:
        return None
    people = population_by(table, year=int(scope.period.focus[-1][:4]))
    people = people.set_index(people["area_id"].astype("str"))["population"]
    people = people.reindex(scope.areas["area_id"].astype("str"))
    return people if (people > 0).all() else None


def _spent(scope: Scope, one: Intervention, assessed: Assessment) -> Spent | None:
    """What the budget says of the programme in the calendar years that were compared whole."""
    budget = scope.table("budget")
    if budget is None or not one.programme_id or "programme_id" not in budget:
        return None
    after = pd.Series([month[:4] for month in assessed.compared.after])
    years = after.value_counts()
    whole = sorted(int(year) for year, n in years.items() if n == 12)
    rows = budget[
        (budget["programme_id"].astype("str") == one.programme_id)
        & budget["year"].isin(whole)
    ]
    currencies = sorted(set(rows["currency"].dropna().astype("str")))
    amount = float(rows["spent"].sum(min_count=1)) if len(rows) else float("nan")
    if len(whole) * 12 != len(after) or len(currencies) != 1 or not amount > 0:
        return None
    spent = Spent(amount, currencies[0], tuple(whole))
    if assessed.averted is None:
        return spent
    try:
        return replace(spent, a_case=cost_per_case_averted(amount, assessed.averted))
    except Refused as refused:
        assessed.refused["cost"] = refused
        return spent


def _let_out(scope: Scope, found: list[Evaluated], series: list[pd.DataFrame]) -> None:
    if not found:
        return
    sums = [
        made.found.sums.rename(
            columns={"before": "cases_before", "after": "cases_after"}
        ).assign(
            intervention_id=made.intervention.intervention_id,
            intervention=made.intervention.name,
        )
        for made in found
    ]
    keys = ["intervention_id", "intervention", "role"]
    note = t(
        "Sexual and domestic violence is in no count of this table: it is not shown by area."
    )
    scope.release.approve(
        COUNTS,
        pd.concat(sums)[[*keys, "areas", "cases_before", "cases_after"]],
        keys=keys,
        measures=["areas", "cases_before", "cases_after"],
        derived={"cases_before": [], "cases_after": []},
        title=t("Recorded cases before and after, by group of areas"),
        notes=[note],
    )
    keys = ["intervention_id", "intervention", "comparison", "scale"]
    measures = ["estimate", "lower", "upper"]
    scope.release.approve(
        EFFECTS,
        pd.DataFrame([line for made in found for line in _lines(made)]),
        keys=keys,
        measures=measures,
        derived={},
        title=t("What changed, by each design"),
        notes=[note],
    )
    if series:
        keys = ["intervention_id", "intervention", "month"]
        measures = ["n", "expected", "expected_lower", "expected_upper"]
        scope.release.approve(
            SERIES,
            pd.concat(series)[[*keys, *measures]],
            keys=keys,
            measures=measures,
            title=t("Recorded cases where the programme took place"),
            notes=[note],
        )


def _lines(made: Evaluated) -> list[dict]:
    """A row for each design that could be computed."""
    found = made.found
    key = {
        "intervention_id": made.intervention.intervention_id,
        "intervention": made.intervention.name,
    }
    rows = [("before and after", "ratio", _ends(found.alone, "ratio"))]
    if found.controlled:
        rows.append(
            ("against compared areas", "ratio", _ends(found.controlled, "ratio"))
        )
    if found.clustered:
        rows.append(("each area one fact", "ratio", _ends(found.clustered, "estimate")))
    # Where too few placebos leave the mix without limits, its p value is told in words.
    if found.mix and found.mix.upper < MOST_OF_MIX:
        rows.append(("against a mix of areas", "ratio", _ends(found.mix, "ratio")))
    if made.series:
        rows.append(
            ("against its own trend", "ratio", _ends(made.series.whole, "ratio"))
        )
    d = found.difference
    if d:
        here = d.local, d.local_lower, d.local_upper
        rows.append(("treated areas", "cases", here))
        if d.has_buffer:
            moved = d.displaced, d.displaced_lower, d.displaced_upper
            rows.append(("neighbouring areas", "cases", moved))
            rows.append(("together", "cases", _ends(d, "estimate")))
    if found.quotient:
        rows.append(("displacement", "quotient", _ends(found.quotient, "quotient")))
    return [
        key
        | {"comparison": design, "scale": scale}
        | dict(zip(("estimate", "lower", "upper"), ends, strict=True))
        for design, scale, ends in rows
    ]


def _ends(result, name: str) -> tuple[float, float, float]:
    return getattr(result, name), result.lower, result.upper
