"""Of which kind is each area, in terms of the services that would fit it? (draft:26(b))

The same sources as for need go in; a few kinds come out, by rules that anybody can check: is recorded harm, the way
people live, or fear clearly above the rest of the city? An area is given a kind only if it keeps it when its figures
are drawn again; the others lie between kinds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from safelearn.errors import Refused
from safelearn.language import mark, t
from safelearn.strategy.sources import Profile

NEEDS = frozenset({"place:area", "population"})
BOTH, HARM, LIVING, FEAR, USUAL, BETWEEN, HIDDEN = (
    "harm and living conditions",
    "harm",
    "living conditions",
    "fear",
    "as elsewhere",
    "between kinds",
    "not placed",
)
#: What each kind asks for, in words of services.
SERVICES = {
    BOTH: mark(
        "Help after harm and services of daily life together: clinic, school, transport, light, housing"
    ),
    HARM: mark(
        "Safer places and journeys: light, lively streets, safe transport, help for those harmed"
    ),
    LIVING: mark(
        "Services of daily life: housing, water, school, work, transport; ask what is not reported"
    ),
    FEAR: mark(
        "What makes people feel safe: light, upkeep, company, information on what happens and what does not"
    ),
    USUAL: mark("The services that the whole city has"),
    BETWEEN: mark("To be decided with residents: the figures allow more than one kind"),
    HIDDEN: mark("Too little is known or may be shown"),
}
#: Standard deviations above the city's mean that count as above; how often an area must keep its kind; draws, seed.
ABOVE, STEADY, DRAWS, SEED = 0.5, 0.7, 2000, 27


@dataclass(frozen=True)
class Typology:
    """Kinds of areas.

    Attributes
    ----------
    areas : DataFrame
        `area_id` in code order, `kind`, and `steady`: the share of draws in which the area is of its likeliest kind.
    kept : float
        The share of areas that are of one kind in at least 70 % of the draws.
    adjusted_rand : float
        Mean agreement of a draw with the likeliest kinds, corrected for chance: 1 the same, 0 as by chance.
    """

    areas: pd.DataFrame
    kept: float
    adjusted_rand: float


def typology(profile: Profile, *, draws: int = DRAWS, seed: int = SEED) -> Typology:
    """Sort areas into a few kinds by fixed rules, and say how steady that is. Serves draft:26(b).

    Parameters
    ----------
    profile : Profile
        With at least ``conditions`` or ``fear`` beside ``records`` or ``victims``.
    draws, seed : int

    Returns
    -------
    Typology

    Raises
    ------
    Refused
        If only one side, harm or the context of harm, is known.

    Notes
    -----
    Harm is the mean of ``records`` and ``victims``, whichever is there. Above means half a standard deviation over the
    city's mean. Kinds follow in this order: harm and living conditions both above; harm above; living conditions above;
    fear above; none. Rules rather than clusters, because residents must be able to check why their area is of a kind.
    Adjusted Rand index: Hubert and Arabie (1985), Journal of Classification 2:193.
    """
    names = profile.sources
    harm = [names.index(s) for s in ("records", "victims") if s in names]
    if not harm or not {"conditions", "fear"} & set(names) or not profile.areas:
        raise Refused(
            t(
                "Kinds of areas need harm and something beside it: how people live, or how safe they feel."
            ),
            remedy=t("Add a survey, or figures on housing, work and services by area."),
        )
    drawn = profile.draws(draws, seed)
    codes = _kinds(drawn, names, harm)
    order = (BOTH, HARM, LIVING, FEAR, USUAL)
    shares = np.stack([(codes == k).mean(axis=0) for k in range(len(order))])
    likeliest, steady = shares.argmax(axis=0), shares.max(axis=0)
    kind = np.array(order, dtype=object)[likeliest]
    kind[steady < STEADY] = BETWEEN
    frame = pd.DataFrame({"area_id": profile.areas, "kind": kind, "steady": steady})
    hidden = pd.DataFrame({"area_id": profile.left_out, "kind": HIDDEN})
    frame = pd.concat([frame, hidden]).sort_values("area_id", ignore_index=True)
    some = codes[:: max(1, draws // 200)]
    rand = float(np.mean([adjusted_rand(likeliest, one) for one in some]))
    return Typology(frame, float((steady >= STEADY).mean()), rand)


def adjusted_rand(first: NDArray[np.int64], second: NDArray[np.int64]) -> float:
    """How far two ways to sort the same things agree, beyond chance.

    Examples
    --------
    >>> adjusted_rand(np.array([0, 0, 1, 1]), np.array([5, 5, 3, 3]))
    1.0
    """
    _, a = np.unique(first, return_inverse=True)
    _, b = np.unique(second, return_inverse=True)
    table = np.zeros((a.max() + 1, b.max() + 1))
    np.add.at(table, (a, b), 1)
    together = _pairs(table).sum()
    rows, columns = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    every = _pairs(np.array(float(len(a))))
    expected = rows * columns / every if every else 0.0
    most = (rows + columns) / 2
    if most == expected:
        return 1.0
    return float((together - expected) / (most - expected))


def _pairs(n: NDArray[np.float64]) -> NDArray[np.float64]:
    return n * (n - 1) / 2


def _kinds(
    values: NDArray[np.float64], names: tuple[str, ...], harm: list[int]
) -> NDArray[np.int64]:
    """The kind of each area in each draw, shape (draws, areas)."""
    nothing = np.zeros(values.shape[:2], dtype=bool)

    def above(name: str) -> NDArray[np.bool_]:
        return values[:, :, names.index(name)] > ABOVE if name in names else nothing

    harmed = values[:, :, harm].mean(axis=2) > ABOVE
    living, fear = above("conditions"), above("fear")
    return np.select([harmed & living, harmed, living, fear], [0, 1, 2, 3], default=4)
