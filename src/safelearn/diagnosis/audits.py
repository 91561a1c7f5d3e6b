"""What did people see who walked the city's places, by day and after dark?

The table of audits goes in, one row a visit and rater; out come the share of design items that are met, by strategy
of ISO 22341, by kind of place and by light, the scores of the women's safety audit, the difference that darkness
makes, and how far two raters of one visit agree (draft:26(d).2, draft:26(f)(i).2). The places that were walked are a
sample of the city's places, so every interval comes from how places differ, not from how many boxes were ticked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.diagnosis.agreement import Agreement, cohen_kappa
from safelearn.errors import Refused
from safelearn.estimates.survey import (
    SurveyEstimate,
    means_by,
    proportions_by,
    survey_contrast,
    survey_design,
)
from safelearn.language import mark, t

NEEDS = frozenset({"table:audits"})

#: The ten strategies of ISO 22341 (six physical, four social) and the items of the audit form that ask for each.
PHYSICAL: dict[str, tuple[str, ...]] = {
    "surveillance": ("surveillance_natural", "surveillance_formal"),
    "access_control": ("access_control",),
    "territorial": ("territorial_clear",),
    "image": ("image_maintained",),
    "activity": ("activity_support",),
    "hardening": ("target_hardening",),
}
SOCIAL: dict[str, tuple[str, ...]] = {
    "cohesion": ("social_cohesion",),
    "connectivity": ("social_connectivity",),
    "culture": ("community_culture",),
    "threshold": ("threshold_capacity",),
}
STRATEGIES = PHYSICAL | SOCIAL
#: What a reader calls each strategy.
STRATEGY_NAMES = {
    "surveillance": mark("People see what happens"),
    "access_control": mark("Ways in and out are clear"),
    "territorial": mark("It is clear whose place it is"),
    "image": mark("The place is looked after"),
    "activity": mark("Many kinds of use"),
    "hardening": mark("Fittings withstand misuse"),
    "cohesion": mark("Users know each other"),
    "connectivity": mark("Groups work with the city"),
    "culture": mark("People share events and art"),
    "threshold": mark("No one use crowds out others"),
    "accessible": mark("Everybody gets through and can rest"),
}
#: Design for everybody: asked beside the ten strategies, and not part of them.
ACCESSIBLE = ("accessible_route", "accessible_information", "accessible_rest")
#: The women's safety audit, each from 0 (bad) to 3 (good).
SCORES = (
    "lighting", "openness", "visibility", "people", "women", "security", "footpath", "transport", "feeling",
)  # fmt: skip
SCORE_NAMES = {
    "lighting": mark("Lighting"),
    "openness": mark("Seeing ahead and around"),
    "visibility": mark("Being seen and heard"),
    "people": mark("People nearby"),
    "women": mark("Women, children and older persons are there"),
    "security": mark("Somebody who would help is near"),
    "footpath": mark("Room to walk"),
    "transport": mark("A safe stop is near"),
    "feeling": mark("Feeling safe"),
}
#: Fewest places for a figure, and fewest areas from which places are taken as drawn area by area.
FEWEST_PLACES, FEWEST_AREAS = 10, 10
LIGHTS = ("day", "dark")


def items(audits: pd.DataFrame) -> pd.DataFrame:
    """One row an item that was rated: place, area, kind of place, light, strategy, item, met, weight.

    Parameters
    ----------
    audits : DataFrame
        The table ``audits``.

    Returns
    -------
    DataFrame
        ``met`` is True for "yes"; "partly" is rated and not met; "does not apply" and empty answers are left out.
        ``weight`` counts each visit once, however many raters filled in a form.

    Notes
    -----
    The safety audit score is the number of items met over the number rated. The strategies: ISO 22341:2021,
    crime prevention through environmental design; the wording of the items is our own.
    """
    asked = {
        item: strategy for strategy, names in STRATEGIES.items() for item in names
    } | dict.fromkeys(ACCESSIBLE, "accessible")
    there = [item for item in asked if item in audits]
    kept = audits[["place_id", "area_id", "place_type", "light"]].assign(
        weight=_weights(audits)
    )
    long = pd.concat(
        [kept.assign(item=i, answer=audits[i].astype("object")) for i in there],
        ignore_index=True,
    )
    long = long[long["answer"].isin(["yes", "partly", "no"])]
    return long.assign(
        strategy=long["item"].map(asked), met=long["answer"] == "yes"
    ).drop(columns="answer")


def design_scores(audits: pd.DataFrame, *by: str) -> pd.DataFrame:
    """The share of design items met, by any of strategy, light and place_type.

    Parameters
    ----------
    audits : DataFrame
        The table ``audits``.
    by : str
        Columns to split by; without any, all ten strategies together. ``strategy`` also gives the items of design
        for everybody (``accessible``), which are in no other total.

    Returns
    -------
    DataFrame
        The columns of `by`, ``value, standard_error, lower, upper, n`` (items rated), ``places``.

    Raises
    ------
    Refused
        If fewer than ten places were walked.

    Notes
    -----
    A share with a logit interval by Taylor linearisation (`estimates.survey`), places being the clusters: or the
    areas, where places of ten areas or more were walked, because places of one area resemble each other.
    """
    long = items(audits)
    _enough(long)
    cluster = clusters(long)
    if "strategy" not in by:
        long = long[long["strategy"] != "accessible"]
    design = survey_design(
        long, stratum=None, psu=cluster, weight="weight", stratum_psus=None
    )
    keys = [long[name] for name in by] or [
        pd.Series("all", index=long.index, name="strategy")
    ]
    found = proportions_by(design, long["met"].to_numpy(dtype=float), keys)
    places = long.assign(**{key.name: key for key in keys})
    places = places.groupby([k.name for k in keys], observed=True)["place_id"].nunique()
    names = [key.name for key in keys]
    columns = [*names, "value", "standard_error", "lower", "upper", "n"]
    return found[columns].merge(
        places.rename("places").reset_index(), on=names, how="left"
    )


def darkness(audits: pd.DataFrame) -> SurveyEstimate:
    """How the share of items met after dark differs from that by day, in the places walked in both lights.

    Raises
    ------
    Refused
        If fewer than ten places were walked in both.

    Notes
    -----
    The difference of two shares that share their places: the covariance is in the interval.
    """
    long = items(audits)
    long = long[long["strategy"] != "accessible"]
    long = long[long["place_id"].isin(_in_both(long))]
    _enough(long)
    design = survey_design(
        long, stratum=None, psu=clusters(long), weight="weight", stratum_psus=None
    )
    return survey_contrast(
        design,
        long["met"].to_numpy(dtype=float),
        long["light"] == "dark",
        long["light"] == "day",
    )


def safety_scores(audits: pd.DataFrame, *by: str) -> pd.DataFrame:
    """Mean scores of the women's safety audit, 0 to 3, by item and any of light and place_type.

    Parameters
    ----------
    audits : DataFrame
        The table ``audits``.
    by : str
        Columns to split by beside the item. What a group of raters saw beside others: `diagnosis.walks`.

    Returns
    -------
    DataFrame
        ``item``, the columns of `by`, ``value, standard_error, lower, upper, n`` (ratings), ``places``.

    Raises
    ------
    Refused
        If fewer than ten places were walked.

    Notes
    -----
    The items follow the women's safety audits of METRAC and Women in Cities International, in nine questions of the
    kind that SafetiPin scores from 0 to 3. Means with Student's interval, clustered as `design_scores`.
    """
    there = [name for name in SCORES if f"score_{name}" in audits]
    kept = audits[["place_id", "area_id", "place_type", "light"]].assign(
        weight=_weights(audits)
    )
    long = pd.concat(
        [
            kept.assign(
                item=name, score=pd.to_numeric(audits[f"score_{name}"]).astype(float)
            )
            for name in there
        ],
        ignore_index=True,
    ).dropna(subset=["score"])
    _enough(long)
    design = survey_design(
        long, stratum=None, psu=clusters(long), weight="weight", stratum_psus=None
    )
    names = ["item", *by]
    found = means_by(design, long["score"].to_numpy(), [long[name] for name in names])
    places = long.groupby(names, observed=True)["place_id"].nunique()
    found = found[[*names, "value", "standard_error", "lower", "upper", "n"]]
    found = found.merge(places.rename("places").reset_index(), on=names, how="left")
    order = {name: k for k, name in enumerate(SCORES)}
    return found.sort_values(
        "item", key=lambda column: column.map(order), kind="stable", ignore_index=True
    )


@dataclass(frozen=True)
class Raters:
    """How far two raters of the same visit agree.

    Attributes
    ----------
    items : Agreement
        On yes, partly or no, over all items of all visits with two raters.
    scores : Agreement
        On the scores from 0 to 3, near ones counted in part (quadratic weights).
    stricter : float
        Mean score of the rater with the earlier letter less that of the later one: above 0, the later is stricter.
    visits : int
        Visits with two raters.
    """

    items: Agreement
    scores: Agreement
    stricter: float
    visits: int


def raters_agreement(audits: pd.DataFrame) -> Raters:
    """Agreement of the first two raters of each visit (same place, day and light).

    Raises
    ------
    Refused
        If fewer than ten visits have two raters.

    Notes
    -----
    Cohen's kappa, see `diagnosis.agreement`. Items and places are pooled; its interval takes the judgements as
    independent, so with few places it is on the narrow side.
    """
    visit = ["place_id", "visited_on", "light"]
    order = audits.sort_values([*visit, "rater"], kind="stable")
    turn = order.groupby(visit, observed=True).cumcount()
    first = order[turn == 0].set_index(visit)
    second = order[turn == 1].set_index(visit)
    both = first.index.intersection(second.index)
    if len(both) < FEWEST_PLACES:
        raise Refused(
            t("Raters can be compared from ten visits with two raters on."),
            remedy=t("Send walkers in pairs, each with a form of their own."),
        )
    first, second = first.loc[both], second.loc[both]
    names = [
        i
        for i in (*(i for s in STRATEGIES.values() for i in s), *ACCESSIBLE)
        if i in audits
    ]
    scale = ["no", "partly", "yes"]
    pairs = [
        np.concatenate([f[i].astype("object").to_numpy() for i in names])
        for f in (first, second)
    ]
    pairs = [
        pd.Series(pd.Categorical(p, categories=scale, ordered=True)) for p in pairs
    ]
    scored = [f"score_{name}" for name in SCORES if f"score_{name}" in audits]
    marks = [
        np.concatenate([pd.to_numeric(f[s]).to_numpy(dtype=float) for s in scored])
        for f in (first, second)
    ]
    return Raters(
        items=cohen_kappa(*pairs, weights="linear"),
        scores=cohen_kappa(
            pd.Series(marks[0]), pd.Series(marks[1]), weights="quadratic"
        ),
        stricter=float(np.nanmean(marks[0] - marks[1])),
        visits=len(both),
    )


def clusters(frame: pd.DataFrame) -> str:
    """What was drawn: areas, where places of ten or more were walked, else places."""
    return "area_id" if frame["area_id"].nunique() >= FEWEST_AREAS else "place_id"


def _weights(audits: pd.DataFrame) -> pd.Series:
    """One visit counts once: its raters share its weight."""
    visit = [audits[c].astype("str") for c in ("place_id", "visited_on", "light")]
    return 1 / audits.groupby(visit)["place_id"].transform("size")


def _in_both(long: pd.DataFrame) -> pd.Index:
    lights = long[long["light"].isin(LIGHTS)].groupby("place_id")["light"].nunique()
    return lights.index[lights == len(LIGHTS)]


def _enough(frame: pd.DataFrame) -> None:
    if frame["place_id"].nunique() < FEWEST_PLACES:
        raise Refused(
            t("Fewer than ten places were walked: too few to speak of the city."),
            remedy=t(
                "Walk more places, some of them drawn by lot, and keep the forms."
            ),
        )
