"""Which conditions of areas go together with more recorded harm, and which with less?

Counts, residents and conditions by area go in; out comes a rate ratio for each condition: alone, beside how busy the
areas are, with its neighbours' level, and together with others, with intervals, with what is left over between
neighbours, and with how sure a reader may be (draft:5.2, draft:25(d).3, draft:25(d).2b). These are associations
between areas. They say neither that the condition causes the harm nor that people who live under it do harm or suffer
it: what holds between areas need not hold between persons (the ecological fallacy).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from safelearn.diagnosis.autocorrelation import Moran, moran
from safelearn.diagnosis.discoveries import false_discovery_rate
from safelearn.errors import Refused
from safelearn.estimates.negative_binomial import (
    NegativeBinomialFit,
    fit_negative_binomial,
)
from safelearn.language import number, t

NEEDS = frozenset({"place:area", "offence", "population", "table:statistics"})

#: Fewest areas and events for an association.
FEWEST_AREAS, FEWEST_EVENTS = 20, 100
#: How sure: clear, also with the other conditions; a hint that may be chance or another condition; not told apart.
CLEAR, HINT, UNCLEAR = "clear", "hint", "unclear"
#: From this correlation on an area's own level and its neighbours' are one thing, and are not told apart.
TOO_ALIKE = 0.9
ENDS = ("", "_lower", "_upper")
#: False discovery rate at which an association is called clear.
RATE = 0.05


@dataclass(frozen=True)
class Associations:
    """How conditions go with recorded harm between areas.

    Attributes
    ----------
    table : DataFrame
        One row a condition, in the order given: ``factor, areas, spread`` (one standard deviation between areas, in
        the condition's own unit), the rate ratio by one standard deviation ``alone, alone_lower, alone_upper``; the
        same beside the controls (``beside``); the same of the area's own level (``own``) and of its neighbours' mean
        level (``around``) in one model with the controls, missing where the two are too alike; the same with the
        controls and the other conditions (``together``), missing where it is not among them; ``q`` (false discovery
        rate of ``beside``), ``evidence``.
    together : tuple of str
        The conditions of the joint model.
    areas, events : int
        Of the joint model, or of all areas without one.
    dispersion : float
        How many times more the counts vary than chance alone would have them, given their means (joint model).
    pattern : Moran or None
        Whether what the joint model leaves unexplained is alike in areas that touch.
    """

    table: pd.DataFrame
    together: tuple[str, ...]
    areas: int
    events: float
    dispersion: float
    pattern: Moran | None


def associations(
    events: pd.Series,
    exposure: pd.Series,
    conditions: pd.DataFrame,
    *,
    controls: pd.DataFrame | None = None,
    together: Sequence[str] = (),
    neighbours: csr_array | None = None,
) -> Associations:
    """Rate ratios of conditions of areas.

    Parameters
    ----------
    events : Series
        Recorded events by area code.
    exposure : Series
        Residents x years by area code; areas without any are left out.
    conditions : DataFrame
        Index area code, one column a condition; missing where it was not measured.
    controls : DataFrame, optional
        Index area code: what every association is held beside (`conditions.activity`). Areas where one is missing
        are left out.
    together : sequence of str
        Columns for the joint model, chosen before any outcome was seen (`conditions.to_enter_together`).
    neighbours : csr_array, optional
        `neighbours.contiguity` in the order of `conditions`; without it nothing is said about neighbours.

    Returns
    -------
    Associations

    Raises
    ------
    Refused
        With fewer than 20 areas or 100 events, or if no condition differs between areas.

    Notes
    -----
    Negative binomial regression with the logarithm of exposure as offset (`estimates.negative_binomial`), conditions
    divided by their standard deviation between areas. The spatially lagged exposure is the mean level of the areas
    that touch (an SLX model: Halleck Vega, S. and Elhorst, J. P. (2015), Journal of Regional Science 55:339).
    Several conditions are tried, so ``beside`` is held against all of them (Benjamini and Hochberg 1995). Evidence:
    "clear" if the false discovery rate is at most 5 % and the interval with the others leaves 1 out on the same side;
    "hint" if the interval of ``beside`` leaves 1 out and that is all; else "unclear".
    On areas and persons: Robinson, W. S. (1950), American Sociological Review 15:351.
    """
    codes = conditions.index
    n = events.reindex(codes).fillna(0.0).to_numpy(dtype=float)
    base = exposure.reindex(codes).to_numpy(dtype=float)
    held = pd.DataFrame(index=codes) if controls is None else controls.reindex(codes)
    held = _standard(held).to_numpy(dtype=float)
    used = np.isfinite(base) & (base > 0) & np.isfinite(held).all(axis=1)
    if used.sum() < FEWEST_AREAS or n[used].sum() < FEWEST_EVENTS:
        raise Refused(
            t(
                "Associations need {areas} areas with residents and {events} recorded events; these data have "
                "{here} and {found}.",
                areas=number(FEWEST_AREAS),
                events=number(FEWEST_EVENTS),
                here=number(int(used.sum())),
                found=number(float(n[used].sum())),
            ),
            remedy=t("Use smaller areas, or more years."),
        )
    rows = []
    for factor in conditions:
        row = _one(conditions[factor], n, base, held, used, neighbours)
        if row is not None:
            rows.append({"factor": factor} | row)
    if not rows:
        raise Refused(
            t("No condition is known for 20 areas and differs between them."),
            remedy=t("Ask the statistics office for figures by area."),
        )
    out = pd.DataFrame(rows)
    out["q"] = false_discovery_rate(out.pop("p").to_numpy())
    joint = [key for key in together if key in set(out["factor"])]
    kept = used & conditions[joint].notna().all(axis=1).to_numpy()
    levels = _standard(conditions.loc[kept, joint]).to_numpy(dtype=float)
    fit = _fit(n, base, kept, levels, held[kept])
    for part, name in enumerate(("together", "together_lower", "together_upper")):
        found = {key: fit.ratio(1 + k)[part] for k, key in enumerate(joint)}
        out[name] = out["factor"].map(found).astype(float)
    out["evidence"] = [_evidence(row) for row in out.itertuples()]
    spread = (n[kept] - fit.fitted) ** 2 / fit.fitted
    return Associations(
        table=out,
        together=tuple(joint),
        areas=int(kept.sum()),
        events=float(n[kept].sum()),
        dispersion=max(1.0, float(spread.sum()) / fit.df),
        pattern=_pattern(fit, kept, neighbours),
    )


def _one(
    values: pd.Series,
    n: np.ndarray,
    base: np.ndarray,
    held: np.ndarray,
    used: np.ndarray,
    neighbours: csr_array | None,
) -> dict[str, float] | None:
    level = values.to_numpy(dtype=float, na_value=np.nan)
    kept = used & np.isfinite(level)
    spread = float(level[kept].std(ddof=1)) if kept.sum() >= FEWEST_AREAS else 0.0
    if not spread > 1e-12:
        return None
    z = (level - level[kept].mean()) / spread
    row: dict[str, float] = {"areas": int(kept.sum()), "spread": spread}
    row |= _ratio("alone", _fit(n, base, kept, z[kept]), 1)
    beside = _fit(n, base, kept, z[kept], held[kept])
    row |= _ratio("beside", beside, 1) | {"p": beside.p_value(1)}
    row |= {f"{name}{end}": np.nan for name in ("own", "around") for end in ENDS}
    around = _around(z, neighbours)
    if around is None:
        return row
    both = kept & np.isfinite(around)
    if (
        both.sum() < FEWEST_AREAS
        or abs(np.corrcoef(z[both], around[both])[0, 1]) > TOO_ALIKE
    ):
        return row
    next_door = (around[both] - around[both].mean()) / around[both].std(ddof=1)
    lagged = _fit(n, base, both, z[both], next_door, held[both])
    return row | _ratio("own", lagged, 1) | _ratio("around", lagged, 2)


def _fit(
    n: np.ndarray, base: np.ndarray, kept: np.ndarray, *terms: np.ndarray
) -> NegativeBinomialFit:
    design = np.column_stack([np.ones(int(kept.sum())), *terms])
    return fit_negative_binomial(n[kept], design, base[kept])


def _standard(frame: pd.DataFrame) -> pd.DataFrame:
    return (frame - frame.mean()) / frame.std(ddof=1)


def _around(z: np.ndarray, neighbours: csr_array | None) -> np.ndarray | None:
    """The mean of the neighbours' known levels; missing where none is known."""
    if neighbours is None:
        return None
    known = np.isfinite(z)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (neighbours @ np.where(known, z, 0.0)) / (neighbours @ known)


def _pattern(
    fit: NegativeBinomialFit, kept: np.ndarray, neighbours: csr_array | None
) -> Moran | None:
    if neighbours is None:
        return None
    unexplained = np.full(len(kept), np.nan)
    unexplained[kept] = fit.residuals
    try:
        return moran(unexplained, neighbours)
    except Refused:
        return None


def _ratio(name: str, fit: NegativeBinomialFit, term: int) -> dict[str, float]:
    value, lower, upper = fit.ratio(term)
    return {name: value, f"{name}_lower": lower, f"{name}_upper": upper}


def _evidence(row) -> str:
    if row.beside_lower <= 1 <= row.beside_upper:
        return UNCLEAR
    more = row.beside > 1
    also = row.together_lower > 1 if more else row.together_upper < 1
    return CLEAR if row.q <= RATE and also else HINT
