"""What is known of each area's need, source by source, with how sure it is.

Released counts, answers of the survey and figures of other offices go in; for each source one value an area comes
out, higher where more services are needed, with its error. Offences that follow what police look for are in none of
them, and neither is sexual or domestic violence, which is never cut by area. All values are drawn towards the city's
by as much as they are uncertain, so that a small area is not called needy by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.errors import Refused
from safelearn.estimates.rates import empirical_bayes_interval, fit_prior
from safelearn.estimates.survey import proportions_by, survey_design
from safelearn.guidelines import offences
from safelearn.guidelines.catalogue import Direction, indicators
from safelearn.language import t

NEEDS = frozenset({"place:area", "population"})
#: Sections of the ICCS that are violence or property: what is taken, broken or done to somebody.
HARM = ("01", "02", "04", "05")
#: Figures of other offices that say how people live; those of the catalogue say which direction is better.
CONDITIONS = (
    "inadequate_housing",
    "secure_tenure",
    "basic_services",
    "neet",
    "public_transport_access",
)
#: Answers below which a figure of the survey is not used for an area on its own.
FEWEST_ANSWERS = 30
#: Share of the areas in which an offence must be shown to count here.
MOST_SHOWN = 0.9
#: Share of the areas that must have so many answers; else the survey speaks of districts only.
MOST_AREAS = 0.5


@dataclass(frozen=True)
class Source:
    """One source of need.

    Attributes
    ----------
    name : str
        ``records``, ``victims``, ``fear`` or ``conditions``.
    value, error : Series by area_id
        On a scale without limits (logarithm or log odds), higher where need is greater; NaN where not known.
    shared : Series by area_id
        Areas with the same label have the same figure (a district's), and so the same error.
    """

    name: str
    value: pd.Series
    error: pd.Series
    shared: pd.Series


def records_source(
    counts: pd.DataFrame, population: pd.DataFrame, *, years: float = 1.0
) -> Source:
    """Recorded violence and property offences a head, smoothed, without what police find by looking.

    Parameters
    ----------
    counts : DataFrame
        `area_id`, `offence`, `n` as released: sexual and domestic violence taken out, hidden counts missing.
    population : DataFrame
        `area_id`, `population`.
    years : float
        Length of the period.

    Returns
    -------
    Source
        The logarithm of the empirical Bayes rate over the offences that nine in ten areas show. An area in which one
        of these is hidden has no value: what is hidden must not move its place.

    Raises
    ------
    Refused
        If no such offence is shown by area.

    Notes
    -----
    Offences whose counts follow police work (drugs, public order, weapons) would send services where police already
    look (Lum and Isaac 2016, Significance 13:14); they are left out by `guidelines.offences.enforcement_driven`.
    """
    kept = counts[counts["offence"].astype(str).map(_is_harm)]
    shown = kept.groupby(kept["offence"].astype(str))["n"].agg(
        lambda n: n.notna().mean()
    )
    kept = kept[kept["offence"].isin(shown.index[shown >= MOST_SHOWN])]
    if kept.empty:
        raise Refused(
            t(
                "No violence or property offence has enough records to be shown by area."
            ),
            remedy=t("Choose a longer period, or larger areas."),
        )
    n = (
        kept.pivot(index="area_id", columns="offence", values="n")
        .astype(float)
        .sum(axis=1, skipna=False)
    )
    people = population.set_index(population["area_id"].astype(str))["population"]
    exposure = people.reindex(n.index).astype(float) * years
    known = n.notna() & (exposure > 0)
    found = empirical_bayes_interval(
        n[known].to_numpy(),
        exposure[known].to_numpy(),
        fit_prior(n[known], exposure[known]),
    )
    log = {
        k: np.log(np.maximum(getattr(found, k), 1e-12))
        for k in ("rate", "lower", "upper")
    }
    value = pd.Series(log["rate"], index=n.index[known]).reindex(n.index)
    error = pd.Series((log["upper"] - log["lower"]) / (2 * 1.96), index=n.index[known])
    return Source("records", value, error.reindex(n.index), _alone(n.index))


def survey_source(
    name: str, survey: pd.DataFrame, yes: pd.Series, areas: pd.DataFrame
) -> Source:
    """A share among the answers of a survey, for areas where enough people were asked and for districts elsewhere.

    Parameters
    ----------
    name : str
    survey : DataFrame
        One row a respondent, with `area_id` and the columns of the design.
    yes : Series of bool
        Whether each respondent has the need; missing where not asked.
    areas : DataFrame
        `area_id` and `parent`.

    Returns
    -------
    Source
        Log odds.

    Notes
    -----
    An area's few blocks say little about its own standard error, so all areas take p (1 - p) deff / n with the median
    of their design effects (a generalised variance function: Wolter 2007, Introduction to Variance Estimation, chapter
    7). Areas are then drawn towards the city by `shrunken`; one with fewer than 30 answers is taken for the middle of
    the city, as unknown as areas differ. Where fewer than half of the areas have 30, all have their district's figure.
    """
    design = survey_design(survey)
    ids = areas["area_id"].astype(str).to_numpy()
    where = survey["area_id"].astype("str")
    by_area = _log_odds(proportions_by(design, yes, where.rename("unit"))).reindex(ids)
    enough = by_area["n"] >= FEWEST_ANSWERS
    if enough.mean() >= MOST_AREAS:
        value, error = by_area["value"].where(enough), by_area["error"].where(enough)
        between = _between(value, error)
        value, error = shrunken(value, error)
        middle = float(value.mean())
        return Source(
            name, value.fillna(middle), error.fillna(np.sqrt(between)), _alone(ids)
        )
    parent = pd.Series(areas["parent"].astype("str").to_numpy(), index=ids)
    home = where.map(parent).rename("unit")
    if home.isna().all():
        raise Refused(
            t(
                "Too few people were asked in each area, and the areas belong to no districts."
            ),
            remedy=t("Say in the table of areas to which larger unit each belongs."),
        )
    found = _log_odds(proportions_by(design, yes, home))
    value, error = shrunken(found["value"], found["error"])
    return Source(name, parent.map(value), parent.map(error), parent)


def conditions_source(statistics: pd.DataFrame, areas: pd.DataFrame) -> Source:
    """How people live: shares from other offices, each against the city, and their mean.

    Parameters
    ----------
    statistics : DataFrame
        The city's table: indicator_id, area_id, group, period, numerator, denominator.
    areas : DataFrame
        `area_id`.

    Returns
    -------
    Source
        Standard deviations from the city's mean, over the indicators that an area has.

    Raises
    ------
    Refused
        If no indicator of `CONDITIONS` is known for most areas.
    """
    ids = areas["area_id"].astype(str)
    better = {i.id: i.direction == Direction.MORE_IS_BETTER for i in indicators()}
    values, errors = {}, {}
    for name in CONDITIONS:
        rows = statistics[
            (statistics["indicator_id"].astype(str) == name)
            & statistics["area_id"].notna()
            & (statistics["denominator"] > 0)
        ].sort_values("period", kind="stable")
        rows = rows.drop_duplicates("area_id", keep="last")
        if len(rows) <= len(ids) / 2:
            continue
        rows = rows.set_index(rows["area_id"].astype(str)).reindex(ids)
        yes = rows["numerator"].astype(float) + 0.5
        no = rows["denominator"].astype(float) - rows["numerator"].astype(float) + 0.5
        sign = -1.0 if better[name] else 1.0
        value, error = shrunken(
            sign * np.log(yes / no.clip(lower=0.5)),
            np.sqrt(1 / yes + 1 / no.clip(lower=0.5)),
        )
        spread = value.std(ddof=0)
        if not spread > 0:
            continue
        values[name], errors[name] = (value - value.mean()) / spread, error / spread
    if not values:
        raise Refused(
            t(
                "No figure on housing, schooling, work or services is known for most areas."
            ),
            remedy=t(
                "Add figures by area to the table statistics, with numerator and denominator."
            ),
        )
    value = pd.DataFrame(values).mean(axis=1)
    held = pd.DataFrame(errors)
    error = np.sqrt((held**2).sum(axis=1)) / held.notna().sum(axis=1).replace(0, np.nan)
    return Source("conditions", value, error, _alone(ids))


def shrunken(value: pd.Series, error: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Values drawn towards their mean by as much as they are uncertain, and what is left of their errors.

    Notes
    -----
    Normal empirical Bayes (Morris 1983, JASA 78:47): between-area variance A by moments, never below 0; a value keeps
    the part A / (A + error^2) of its distance from the mean. If A is 0, the source tells no area from another.

    Examples
    --------
    >>> value, error = shrunken(pd.Series([0.0, 2.0, 4.0]), pd.Series([1.0, 1.0, 1.0]))
    >>> value.tolist()
    [0.5, 2.0, 3.5]
    """
    between = _between(value, error)
    variance = error**2
    weight = 1 / (between + variance)
    known = value.notna() & error.notna()
    mean = (
        float((value * weight)[known].sum() / weight[known].sum())
        if known.any()
        else np.nan
    )
    kept = between / (between + variance)
    return mean + kept * (value - mean), np.sqrt(kept) * error


def _between(value: pd.Series, error: pd.Series) -> float:
    known = value.notna() & error.notna()
    if known.sum() < 2:
        return 0.0
    return max(0.0, float(value[known].var(ddof=1) - (error[known] ** 2).mean()))


def _log_odds(found: pd.DataFrame) -> pd.DataFrame:
    """Log odds of each unit, with the error that the units' middle design effect gives them."""
    found = found.set_index("unit")
    n = found["n"].astype(float)
    middle = float((found["value"] * n).sum() / n.sum())
    share = (found["value"] * n + middle) / (n + 1)  # never 0 or 1
    effect = found.loc[n >= FEWEST_ANSWERS, "design_effect"].median()
    effect = max(effect, 1.0) if effect == effect else 1.0
    odds = share * (1 - share)
    return pd.DataFrame(
        {
            "n": n,
            "value": np.log(share / (1 - share)),
            "error": np.sqrt(effect / (n * odds)),
        }
    )


def _is_harm(code: str) -> bool:
    if code not in offences.codes() or not code.startswith(HARM):
        return False
    return not (offences.is_sexual(code) or offences.enforcement_driven(code))


def _alone(ids: Sequence[str]) -> pd.Series:
    return pd.Series(list(ids), index=list(ids))


@dataclass(frozen=True)
class Profile:
    """Several sources side by side, on one scale: standard deviations from the city's mean.

    Attributes
    ----------
    areas : tuple of str
        Areas for which every source has a value, in code order.
    left_out : tuple of str
        The others: with a hidden count, or nothing known.
    sources : tuple of str
    value, error : ndarray, shape (areas, sources)
    shared : ndarray of int, shape (areas, sources)
        Areas with the same number have the same figure.
    """

    areas: tuple[str, ...]
    left_out: tuple[str, ...]
    sources: tuple[str, ...]
    value: NDArray[np.float64]
    error: NDArray[np.float64]
    shared: NDArray[np.int64]

    def draws(self, count: int, seed: int) -> NDArray[np.float64]:
        """What the values may be, shape (count, areas, sources): always the same for the same seed."""
        rng = np.random.default_rng(seed)
        out = np.empty((count, *self.value.shape))
        for j in range(len(self.sources)):
            each = rng.standard_normal((count, int(self.shared[:, j].max()) + 1))
            out[:, :, j] = (
                self.value[:, j] + self.error[:, j] * each[:, self.shared[:, j]]
            )
        return out


def profile(sources: Sequence[Source], areas: Sequence[str]) -> Profile:
    """Put sources on one scale and find the areas that all of them know.

    Parameters
    ----------
    sources : sequence of Source
    areas : sequence of str
        All areas of the city.

    Returns
    -------
    Profile
        Sources that tell no area from another are left out.
    """
    ids = sorted(map(str, areas))
    frames = [(s, s.value.reindex(ids), s.error.reindex(ids)) for s in sources]
    frames = [(s, v, e) for s, v, e in frames if v.std(ddof=0) > 1e-9]
    known = np.ones(len(ids), dtype=bool)
    for _, value, error in frames:
        known &= (value.notna() & error.notna()).to_numpy()
    held = [i for i, k in zip(ids, known, strict=True) if k]
    value, error, shared = [], [], []
    for source, v, e in frames:
        v, e = v[held], e[held]
        # By how much areas differ: what is seen of it, and what noise has taken away.
        spread = float(np.sqrt(v.var(ddof=0) + (e**2).mean())) or 1.0
        value.append((v - v.mean()) / spread)
        error.append(e / spread)
        shared.append(pd.factorize(source.shared.reindex(held).astype(str))[0])
    shape = (len(held), len(frames))
    return Profile(
        tuple(held),
        tuple(i for i, k in zip(ids, known, strict=True) if not k),
        tuple(s.name for s, _, _ in frames),
        np.array(value).T.reshape(shape),
        np.array(error).T.reshape(shape),
        np.array(shared, dtype=np.int64).T.reshape(shape),
    )
