"""May a point be passed on at all? Only moved far enough that nobody can tell whose it was, and never to the public.

Points in metres and the number of addresses around them go in; moved points come out, each at a random place in a
ring about its true one. The ring's inner edge holds eight addresses or more, so that the true address is one of many;
where few people live the ring is wide. The random numbers come from the operating system and are kept nowhere: whoever
has the moved points, the code and the rings still cannot move them back. Moved points are for exchange inside an
administration, under an agreement; reports show areas and grids.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from safelearn.errors import SafelearnError
from safelearn.language import number, t

#: Addresses that must lie nearer to the true place than the moved point can.
ADDRESSES = 8
#: The outer edge holds so many times the addresses of the inner one.
WIDTH = 6.0
#: Metres: no ring is narrower or wider, whatever the density.
NARROWEST, WIDEST = 50.0, 5_000.0
#: Persons that share an address where only residents are known.
PERSONS = 3.0


@dataclass(frozen=True)
class Masked:
    """Moved points, and what may be said about how they were moved.

    Attributes
    ----------
    points : DataFrame
        `x`, `y` in metres and `inner`, `outer`: the ring each was moved in.
    least_addresses : float
        The smallest number of addresses nearer to a true place than its moved point can be.
    """

    points: pd.DataFrame
    least_addresses: float

    @property
    def sentence(self) -> str:
        """What goes along with the points."""
        return t(
            "Each point was moved by {low} to {high} metres in a random direction. It lies in no building that "
            "anybody should look for.",
            low=number(self.points["inner"].min()),
            high=number(self.points["outer"].max()),
        )


def rings(
    density: ArrayLike, addresses: float = ADDRESSES
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Inner and outer edge of the ring for each density of addresses.

    Parameters
    ----------
    density : array_like of float
        Addresses per square kilometre around each point; where it is missing or 0, the widest ring is taken.
    addresses : float
        How many the inner edge must hold.

    Returns
    -------
    inner, outer : ndarray of float
        Metres. A circle of the inner edge holds `addresses`, one of the outer edge six times as many.

    Examples
    --------
    >>> [round(float(edge[0])) for edge in rings([1000.0])]
    [50, 124]
    >>> [round(float(edge[0])) for edge in rings([10.0])]
    [505, 1236]
    """
    per_metre = np.asarray(density, dtype=float) / 1e6
    if addresses < ADDRESSES:
        raise SafelearnError(
            t("A ring that holds fewer than {n} addresses hides nobody.", n=ADDRESSES),
            remedy=t("Leave the number as it is, or raise it."),
        )
    with np.errstate(divide="ignore", invalid="ignore"):
        inner = np.sqrt(addresses / (np.pi * per_metre))
    inner = np.where(np.isfinite(inner), inner, WIDEST / np.sqrt(WIDTH))
    inner = inner.clip(NARROWEST, WIDEST / np.sqrt(WIDTH))
    return inner, inner * np.sqrt(WIDTH)


def mask(
    points: pd.DataFrame,
    density: ArrayLike,
    *,
    audience: str = "internal",
    addresses: float = ADDRESSES,
) -> Masked:
    """Move points at random within rings (donut geomasking; serves draft:26(f)(ii).10).

    Parameters
    ----------
    points : DataFrame
        `x` and `y` in metres (a projected system), nothing else: what else is known of an event stays here.
    density : array_like of float
        Addresses per square kilometre around each point (residents / `PERSONS` where only these are known).
    audience : str
        "internal". The public is refused.
    addresses : float
        How many addresses the inner edge of each ring must hold; eight or more.

    Returns
    -------
    Masked

    Raises
    ------
    SafelearnError
        For the public, for points in degrees or without a place, and for columns beside the points.

    Notes
    -----
    The squared distance is uniform between the squared edges and the direction uniform, so that every place in the
    ring is equally likely. Hampton, K. H. et al. (2010), Mapping health data: improved privacy protection with donut
    method geomasking, American Journal of Epidemiology 172:1062. Moved points still show where many are: small
    clusters of sexual or domestic violence are never masked, they are not passed on.
    """
    if audience != "internal":
        raise SafelearnError(
            t("Points are never published, moved or not."),
            where="points",
            remedy=t("Show areas or a grid."),
        )
    stray = [str(c) for c in points if c not in ("x", "y")]
    if stray:
        raise SafelearnError(
            t("Points are passed on without anything else that is known of them."),
            where=stray[0],
            remedy=t("Give only the columns x and y."),
        )
    place = points[["x", "y"]].to_numpy(dtype=float)
    if not np.isfinite(place).all():
        raise SafelearnError(
            t("A point without a place cannot be moved."),
            remedy=t("Leave rows without coordinates out."),
        )
    if len(place) and np.abs(place).max() <= 360:
        raise SafelearnError(
            t("These points look like degrees; rings are measured in metres."),
            where="x, y",
            remedy=t("Project them first, for example to the zone of UTM."),
        )
    around = np.broadcast_to(np.asarray(density, dtype=float), len(place))
    inner, outer = rings(around, addresses)
    # Entropy of the operating system, never a seed that somebody could write down.
    chance = np.random.Generator(np.random.PCG64(np.random.SeedSequence()))
    squared = chance.uniform(inner**2, outer**2)
    angle = chance.uniform(0.0, 2 * np.pi, len(place))
    moved = place + np.sqrt(squared)[:, None] * np.column_stack(
        [np.cos(angle), np.sin(angle)]
    )
    # Whoever sees ten decimals looks for a house.
    out = pd.DataFrame(np.round(moved), columns=["x", "y"])
    out["inner"], out["outer"] = inner, outer
    held = np.pi * inner**2 * np.where(around > 0, around, np.nan) / 1e6
    least = float(np.nanmin(held)) if np.isfinite(held).any() else float("nan")
    order = chance.permutation(len(out))
    return Masked(out.iloc[order].reset_index(drop=True), least)
