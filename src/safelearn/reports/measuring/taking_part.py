"""Who takes part compared with who lives here, what was promised and kept, and who decided: released.

Counts of people in small groups are hidden like any count, with everything worked out from them; seats in a public body
are offices and are shown. What a group said or wanted is in other parts of the report. (draft:25(d).5, draft:19,
draft:20, draft:26(c).0, draft:26(f)(ii).4)
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.diagnosis.groups import BY_KEY, membership
from safelearn.errors import Refused, SafelearnError
from safelearn.estimates.survey import survey_design, survey_proportion
from safelearn.indicators.catalogue import residents
from safelearn.language import t
from safelearn.reports.measuring.scope import Scope
from safelearn.stakeholders.decisions import sum_up
from safelearn.stakeholders.feedback import rounds
from safelearn.stakeholders.inclusion import NO_RECORD, inclusion, seats, took_part
from safelearn.stakeholders.participation import NAMED
from safelearn.stakeholders.promises import promises, youth

#: Refugees, displaced people and migrants are one group here, as they are in the survey.
DISPLACED = "displaced"
_ONE_GROUP = dict.fromkeys(("refugees", "internally_displaced", "migrants"), DISPLACED)
#: Groups whose size a survey gives, by the section of the chapter on groups that measures it.
_FROM_SURVEY = {
    "persons_with_disabilities": "disability",
    "indigenous_peoples": "indigenous",
    DISPLACED: "displaced",
    "ethnic_or_religious_minorities": "minority",
}
#: Groups of whom a small number is held to the higher threshold.
_SENSITIVE = {
    *_FROM_SURVEY, "children", "girls", "persons_with_mental_health_conditions", "persons_with_addictions",
    "sexual_and_gender_minorities", "homeless",
}  # fmt: skip
#: Where people take part: the kinds of activity of each.
PLACES = {"meetings": None, "walks": ("safety_walk",)}
_DERIVED = ("share", "representation", "lower", "upper", "found")


def taking_part(scope: Scope) -> None:
    """The inclusion audit: meetings, walks, and seats on the latest committee."""
    table = scope.table("participation")
    if table is None or not len(table):
        return
    shares = population_shares(scope, set(table["group"].astype("str")))
    parts = []
    for where, kinds in PLACES.items():
        record = _grouped(took_part(table, kinds))
        try:
            parts.append(inclusion(record, shares).assign(where=where))
        except Refused as refused:
            scope.refused[f"inclusion_in_{where}"] = refused
    if parts:
        _release_counts(scope, pd.concat(parts, ignore_index=True))
    record = _grouped(seats(table))
    if len(record):
        _release_seats(scope, inclusion(record, shares, sample=False))


def population_shares(scope: Scope, on_record: set[str]) -> pd.DataFrame:
    """Each group's share of the residents: by the census where it can tell, else by the survey."""
    known = {name: (value, np.nan, np.nan) for name, value in residents(scope.city).shares.items()}  # fmt: skip
    known |= _survey_shares(scope)
    order = dict.fromkeys(_ONE_GROUP.get(g, g) for g in ("women", "men", *NAMED))
    more = {_ONE_GROUP.get(g, g) for g in on_record} | set(known)
    order |= dict.fromkeys(sorted(more - set(order) - {"everyone", "other"}))
    rows = [(g, *known.get(g, (np.nan,) * 3)) for g in order]
    return pd.DataFrame(rows, columns=["group", "share", "lower", "upper"])


def _survey_shares(scope: Scope) -> dict[str, tuple[float, float, float]]:
    survey = scope.table("survey")
    if survey is None or not len(survey):
        return {}
    if "year" in survey:
        survey = survey[survey["year"] == survey["year"].max()]
    try:
        design = survey_design(survey)
    except SafelearnError:
        return {}
    agreed = bool(scope.settings.consent.indigenous.strip())
    found = {}
    for code, key in _FROM_SURVEY.items():
        if BY_KEY[key].community and not agreed:
            continue
        member = membership(BY_KEY[key], survey)
        if member is None or member.notna().sum() == 0 or not member.any():
            continue
        one = survey_proportion(design, member.astype("Float64"))
        found[code] = (one.value, one.lower, one.upper)
    return found


def _grouped(record: pd.DataFrame) -> pd.DataFrame:
    return record.assign(group=record["group"].replace(_ONE_GROUP))


def _release_counts(scope: Scope, found: pd.DataFrame) -> None:
    disclosure = scope.release.disclosure
    found = found.rename(columns={"ratio": "representation"})
    nobody = found["found"] == NO_RECORD
    found["n"] = found["n"].where(~nobody, 0.0)
    least = np.where(found["group"].isin(_SENSITIVE), disclosure.sensitive_threshold, scope.release.least)  # fmt: skip
    small = (found["n"] > 0) & (found["n"] < least)
    # Women and men are everybody together: one of them hidden alone would be the rest.
    for where in found["where"].unique():
        both = (found["where"] == where) & found["group"].isin(["women", "men"])
        small |= both & bool(small[both].any())
    measures = [
        "n",
        "share",
        "population_share",
        "representation",
        "lower",
        "upper",
        "found",
    ]
    scope.release.approve(
        "inclusion",
        found[["where", "group", *measures]],
        keys=["where", "group"],
        measures=measures,
        hidden=small.to_numpy(),
        derived={"n": _DERIVED},
        police=False,
        title=t("Who takes part, compared with who lives here"),
        notes=[
            t("Groups overlap: a young woman counts with women and with youth, if both were written down.")
        ],
    )  # fmt: skip


def _release_seats(scope: Scope, found: pd.DataFrame) -> None:
    found = found.rename(columns={"n": "seats", "ratio": "representation"})
    found["seats"] = found["seats"].fillna(0.0)
    measures = ["seats", "share", "population_share", "representation", "lower", "upper", "found"]  # fmt: skip
    # A seat in a public body is an office and not a private matter: small numbers stay.
    scope.release.approve(
        "seat_shares",
        found[["group", *measures]],
        keys=["group"],
        measures=measures,
        derived={},
        police=False,
        title=t("Seats on the committee, compared with who lives here"),
    )


def young_people(scope: Scope) -> None:
    """Children and young people through the four phases (draft:20)."""
    table = scope.table("participation")
    if table is None or not len(table):
        return
    found = youth(table)
    few = found["participants"].between(1, scope.release.disclosure.sensitive_threshold - 1)  # fmt: skip
    scope.release.approve(
        "youth_by_phase",
        found,
        keys=["phase"],
        measures=["activities", "with_young", "participants", "proposals", "taken_up", "actual"],
        hidden=few.to_numpy(),
        derived={"participants": ()},
        police=False,
        title=t("Children and young people in each phase of the work"),
    )  # fmt: skip


def promised(scope: Scope) -> None:
    """What was promised and what came of it, by group and by phase."""
    table = scope.table("participation")
    if table is None or not len(table):
        return
    found = promises(table, scope.table("decisions"))
    scope.release.approve(
        "promises_by_group",
        found.groups,
        keys=["group"],
        measures=[c for c in found.groups if c != "group"],
        derived={},
        police=False,
        title=t("Promises to each group, and what became of its proposals"),
    )
    scope.release.approve(
        "promises_by_phase",
        found.phases,
        keys=["group", "phase"],
        measures=["promised", "actual", "borne_out"],
        derived={},
        police=False,
        title=t("The part that each group was promised, and the part it had"),
    )
    scope.release.results["promises"] = {
        "rows": found.rows,
        "unsupported": found.unsupported,
    }


def decided(scope: Scope) -> None:
    """The log of decisions, by phase (draft:25(o).1)."""
    from safelearn.reports.measuring.actors import as_of

    table = scope.table("decisions")
    if table is None or not len(table):
        return
    found = sum_up(table, as_of(scope))
    scope.release.approve(
        "decisions_by_phase",
        found.phases,
        keys=["phase"],
        measures=["decisions", "shaped", "changed", "dissent"],
        derived={},
        police=False,
        title=t("Decisions in each phase, and who shaped them"),
    )
    scope.release.results["decision_log"] = {
        "decisions": found.decisions,
        "share": float(found.shaped.share),
        "lower": float(found.shaped.lower),
        "upper": float(found.shaped.upper),
        "overdue": len(found.overdue),
        "without_review": found.without_review,
    }


def answered(scope: Scope) -> None:
    """Rounds of feedback: what the city did with answers, not who gave them (draft:15.2)."""
    table = scope.table("feedback")
    if table is None or not len(table):
        return
    found = rounds(table)
    scope.release.approve(
        "feedback_rounds",
        found.rename(columns={"open": "still_open"}),
        keys=["round"],
        measures=["n", "answered", "days", "share", "lower", "upper", "still_open"],
        derived={},
        police=False,
        title=t("Rounds of feedback, and what they changed"),
    )
