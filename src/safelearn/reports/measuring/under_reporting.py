"""What police never hear: who told whom, and recorded offences beside those the survey estimates, released.

Serves draft:25(d).1 and draft:11. The recorded side is split into adults and children and by sex inside totals that are
shown already, so it is protected as their parts (`disclosure.parts`); a hidden part has no share.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from safelearn.city.times.months import in_months
from safelearn.diagnosis import perception
from safelearn.diagnosis.perception import CITY
from safelearn.diagnosis.reporting_gap import (
    HARMS,
    VIOLENCE,
    Harm,
    comparable,
    estimated_events,
    share_recorded,
    told,
    told_shares,
)
from safelearn.disclosure.samples import LEAST_ANSWERS
from safelearn.errors import Refused
from safelearn.estimates.survey import (
    SurveyDesign,
    latest_round,
    proportions_by,
    survey_contrast,
    survey_design,
)
from safelearn.guidelines import offences
from safelearn.indicators import sdg
from safelearn.language import t
from safelearn.reports import reporting_findings as findings
from safelearn.reports.measuring.beside import beside_records
from safelearn.reports.measuring.perceptions import (
    ESTIMATE,
    without_remainders,
)
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.release import FOCUS

SENSITIVE = tuple(h.harm for h in HARMS if h.sensitive)
#: From this mean weight on, weights are people and not shares.
PEOPLE = 1.5
SEXES = ("female", "male")
TOGETHER = "assault_or_threat"


def under_reporting(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
    survey = scope.table("survey")
    if survey is None or len(survey) == 0:
        beside_records(scope, None)
        return
    beside_records(scope, survey)
    survey = latest_round(survey)
    design = survey_design(survey)
    sex = perception.groups(survey).get("sex")
    by_sex = {} if sex is None else {"sex": sex}
    try:
        _told(scope, survey, design, by_sex)
    except Refused as refused:
        scope.refused["told_police"] = refused
    _forms(scope, survey, design, by_sex)
    _reasons(scope, survey, design, by_sex)
    try:
        _records(scope, survey, design, sex)
    except Refused as refused:
        scope.refused["recorded_and_estimated"] = refused


def _told(
    scope: Scope, survey: pd.DataFrame, design: SurveyDesign, by_sex: Mapping
) -> None:
    """Victims of any time who told the police of the latest event: by sex, kind of settlement and district."""
    areas = scope.areas.set_index("area_id")
    home = survey["area_id"].astype(object)
    places = {
        name: home.map(areas[column].astype(object))
        for name, column in (("settlement", "settlement"), ("district", "parent"))
        if column in areas and areas[column].nunique() > 1
    }
    frame = told_shares(survey, design, {**by_sex, **places}, ever=True)
    # By place, the kinds of harm together: single kinds have too few victims in most places.
    by_place = frame["breakdown"].isin(list(places))
    frame = frame[~by_place | (frame["harm"] == "violence")]
    frame, thin = without_remainders(frame, "harm")
    scope.release.results["too_few_victims"] = thin
    table = scope.release.approve_estimates(
        "told_police",
        frame[["harm", "breakdown", "group", *ESTIMATE]],
        keys=["harm", "breakdown", "group"],
        sensitive=frame["harm"].isin(SENSITIVE),
        title=t("Victims who told the police"),
    )
    shown = table.where(harm="violence", breakdown=CITY).frame
    if shown.empty or shown["value"].isna().any():
        return
    apart = None
    if by_sex:
        women, men = ((by_sex["sex"] == s).to_numpy() for s in SEXES)
        yes = told(survey, VIOLENCE, ever=True)
        if min((~np.isnan(yes[g])).sum() for g in (women, men)) >= LEAST_ANSWERS:
            found = survey_contrast(design, yes, women, men)
            row = {"harm": "violence", "difference": "women less men", "n": found.n}
            row |= {"value": found.value, "lower": found.lower, "upper": found.upper}
            scope.release.approve_estimates(
                "told_police_differences",
                pd.DataFrame([row]),
                keys=["harm", "difference"],
                title=t("Difference between women and men in telling the police"),
            )
            apart = (found.value, found.lower, found.upper)
    scope.release.sentences["told_police"] = findings.told(
        float(shown["value"].iloc[0]), apart
    )


def _forms(
    scope: Scope, survey: pd.DataFrame, design: SurveyDesign, by_sex: Mapping
) -> None:
    """SDG 16.3.1, each form of violence apart: victims of the last 12 months who told any authority."""
    city = pd.Series(CITY, survey.index)
    parts = []
    for form, pairs in sdg.FORMS.items():
        if perception.lacking(survey, [q for pair in pairs for q in pair]):
            continue
        yes = sdg.reported(survey, form)
        for name, group in {CITY: city, **by_sex}.items():
            part = proportions_by(design, yes, group.rename("group"))
            part.insert(0, "breakdown", name)
            part.insert(0, "form", form)
            parts.append(part)
    if not parts:
        return
    frame = pd.concat(parts, ignore_index=True)
    scope.release.approve_estimates(
        "reported_by_form",
        frame[["form", "breakdown", "group", *ESTIMATE]],
        keys=["form", "breakdown", "group"],
        sensitive=frame["form"].eq("sexual"),
        title=t("Victims of the last 12 months who told an authority (SDG 16.3.1)"),
    )


def _reasons(
    scope: Scope, survey: pd.DataFrame, design: SurveyDesign, by_sex: Mapping
) -> None:
    if perception.lacking(survey, ["not_told_reason"]):
        return
    shares = perception.shares_of_answers(survey, "not_told_reason", by_sex, design)
    shares = without_remainders(shares)[0]
    scope.release.approve_estimates(
        "not_told_reasons",
        shares[["answer", "breakdown", "group", *ESTIMATE]],
        keys=["answer", "breakdown", "group"],
        title=t("Why victims told nobody"),
    )


def _records(
    scope: Scope, survey: pd.DataFrame, design: SurveyDesign, sex: pd.Series | None
) -> None:
    """Recorded events beside those that the survey estimates for the same year."""
    incidents, period = scope.incidents, scope.period
    if incidents is None or period is None or "by_year" not in scope.release.shared:
        return
    _same_year(survey, period.focus)
    rows = incidents[in_months(incidents, period.focus)]
    recorded = recorded_parts(scope, rows)
    codes = set(rows["offence"].dropna().astype("str"))
    adults = _adults(survey, design, sex)
    city = pd.Series(CITY, survey.index, name="group")
    parts = []
    for harm in HARMS:
        if not comparable(codes, harm) or _covered(harm, codes):
            continue
        if harm.household:
            people = _households(scope)
            cuts = [(CITY, city, people)] if people else []
        else:
            cuts = [(CITY, city, {CITY: adults[CITY]})]
            if sex is not None:
                by = {s: adults[s] for s in SEXES if s in adults}
                cuts.append(("sex", sex.rename("group"), by))
        for breakdown, group, people in cuts:
            estimated = estimated_events(survey, design, harm, group, people)
            n = estimated["group"].map(lambda g, h=harm: _n(recorded, h, g))
            shares = share_recorded(n, estimated)
            part = pd.concat([estimated, shares], axis=1).assign(recorded=n)
            parts.append(part.assign(harm=harm.harm, breakdown=breakdown))
    if not parts:
        raise Refused(
            t(
                "Recorded offences and the survey do not speak of the same kinds of harm."
            ),
            remedy=t(
                "Code records as finely as the survey asks, with the list of offences."
            ),
        )
    frame = pd.concat(parts, ignore_index=True)
    frame["recorded"] = frame["recorded"].astype("Float64").astype(float)
    # A few respondents' harm times their weights is a large number on thin ice.
    frame["n"] = frame["n"].where(frame["positive"] >= scope.release.least, 0)
    numbers = ["recorded", "estimated", "estimated_lower", "estimated_upper"]
    frame[numbers[1:]] = frame[numbers[1:]].map(_two_figures)
    for column in ("value", "lower", "upper"):
        frame[column] = frame[column].round(3)
    table = scope.release.approve_estimates(
        "recorded_and_estimated",
        frame[["harm", "breakdown", "group", *numbers, *ESTIMATE]],
        keys=["harm", "breakdown", "group"],
        within=["harm", "breakdown", "group"],
        sensitive=frame["harm"].isin(SENSITIVE),
        measures=[*numbers, "value", "lower", "upper"],
        title=t("Recorded offences beside those that the survey estimates"),
    )
    shown = table.where(breakdown=CITY).frame.dropna(subset=["value"])
    scope.release.sentences["recorded"] = findings.recorded(
        int((shown["upper"] < 0.5).sum()), len(shown)
    )


def _covered(harm: Harm, codes: set[str]) -> bool:
    """Assault and threats together only where the records do not tell them apart."""
    if harm.harm != TOGETHER:
        return False
    return all(comparable(codes, h) for h in HARMS if h.harm in ("assault", "threat"))


def _same_year(survey: pd.DataFrame, focus: tuple[str, ...]) -> None:
    """Refuse to compare a survey with records of another year."""
    asked, recorded = int(survey["year"].max()), int(focus[-1][:4])
    if asked and asked not in (recorded, recorded + 1):
        raise Refused(
            t(
                "The survey of {asked} asks about other months than the records of {recorded}, so they are not "
                "compared.",
                asked=str(asked),
                recorded=str(recorded),
            ),
            remedy=t("Diagnose the year in which people were asked: --year."),
        )


def recorded_parts(scope: Scope, rows: pd.DataFrame) -> pd.DataFrame:
    """Recorded events of the year by section, kind of harm, sex, and whether the victim is known to be a child.

    Returns
    -------
    DataFrame
        ``section, harm, sex, child, n``, protected; all parts of each section, zeros included.
    """
    years = scope.release.shared["by_year"]
    totals = years.loc[years["period"] == FOCUS, ["offence", "n"]]
    totals = totals.rename(columns={"offence": "section"})
    kinds = {}
    for code in rows["offence"].dropna().astype("str").unique():
        found = [
            h.harm for h in HARMS if h.harm != TOGETHER and code.startswith(h.codes)
        ]
        kinds[code] = (offences.section(code), found[0] if found else "rest")
    wanted = {section for section, harm in kinds.values() if harm != "rest"}
    code = rows["offence"].astype("str")
    frame = pd.DataFrame(
        {
            "section": code.map({c: s for c, (s, _) in kinds.items()}),
            "harm": code.map({c: h for c, (_, h) in kinds.items()}),
            "sex": rows["victim_sex"]
            .astype(object)
            .where(rows["victim_sex"].isin(SEXES), "rest"),
            "child": (rows["victim_age"] < 18).fillna(False).astype(bool),
            "n": rows["count"].to_numpy(),
        }
    )
    frame = frame[frame["section"].isin(wanted)]
    households = [h.harm for h in HARMS if h.household]
    whole = frame["harm"].isin([*households, "rest"])
    frame.loc[whole, "sex"], frame.loc[whole, "child"] = "rest", False
    counts = frame.groupby(["section", "harm", "sex", "child"], as_index=False)[
        "n"
    ].sum()
    counts = _with_zeros(counts, households)
    return scope.release.protect_parts(
        counts, totals[totals["section"].isin(wanted)], "section"
    )


def _with_zeros(counts: pd.DataFrame, households: list[str]) -> pd.DataFrame:
    rows = []
    for (section, harm), part in counts.groupby(["section", "harm"]):
        sexes, children = (*SEXES, "rest"), (False, True)
        if harm in households or harm == "rest":
            sexes, children = ("rest",), (False,)
        n = part.set_index(["sex", "child"])["n"]
        rows += [
            (section, harm, sex, child, int(n.get((sex, child), 0)))
            for sex in sexes
            for child in children
        ]
    return pd.DataFrame(rows, columns=["section", "harm", "sex", "child", "n"])


def _n(recorded: pd.DataFrame, harm: Harm, group: str) -> object:
    """Recorded events of one harm against adults, or against adults of one sex; missing if a part is hidden."""
    if harm.harm == TOGETHER:
        rows = recorded[recorded["section"].isin(harm.codes)]
    else:
        rows = recorded[recorded["harm"] == harm.harm]
    rows = rows[~rows["child"]]
    if group in SEXES:
        rows = rows[rows["sex"] == group]
        if not _sex_known(recorded, harm):
            return pd.NA
    return rows["n"].sum(skipna=False) if len(rows) else pd.NA


def _sex_known(recorded: pd.DataFrame, harm: Harm) -> bool:
    """Whether the sex of nearly all recorded victims is known; else the records of one sex are too few."""
    rows = recorded[(recorded["harm"] == harm.harm) & ~recorded["child"]]
    n = rows.groupby("sex")["n"].sum(min_count=1).astype("Float64").fillna(0)
    return n.sum() > 0 and n.get("rest", 0) <= 0.1 * n.sum()


def _adults(
    survey: pd.DataFrame, design: SurveyDesign, sex: pd.Series | None
) -> dict[str, float]:
    """Adults that the survey stands for, in all and by sex."""
    weights = pd.Series(design.weights, survey.index)
    if weights.mean() < PEOPLE:
        raise Refused(
            t(
                "The survey's weights do not count people, so it gives no number of events."
            ),
            remedy=t("Give each respondent the number of adults that they stand for."),
        )
    found = {CITY: float(weights.sum())}
    return found if sex is None else found | weights.groupby(sex).sum().to_dict()


def _households(scope: Scope) -> dict[str, float]:
    """Households of the city, where the table of residents counts them for every area."""
    population = scope.table("population")
    if population is None or "households" not in population:
        return {}
    rows = population[(population["sex"] == "all") & (population["age_group"] == "all")]
    rows = rows[rows["year"] == rows["year"].max()]
    if rows.empty or rows["households"].isna().any():
        return {}
    return {CITY: float(rows["households"].sum())}


def _two_figures(value: float) -> float:
    """A number as exactly as such an estimate is known."""
    if not np.isfinite(value) or value <= 0:
        return value
    return float(round(value, 1 - int(np.floor(np.log10(value)))))
