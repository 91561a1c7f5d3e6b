"""Where: the smoothed rate beside the raw one, in the same classes.

A rate from few events jumps by chance; the smoothed map leans each area towards the city's rate, more so
where few people live. Read differences on the first map and check them on the second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from safelearn.language import t
from safelearn.views.maps.classes import breaks, paint
from safelearn.views.maps.layout import Map, layout
from safelearn.views.maps.shapes import shapes as prepared
from safelearn.views.released import released, values

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved
    from safelearn.views.maps.shapes import Shapes


def pair(
    rates: Approved,
    boundaries: GeoDataFrame | Shapes,
    *,
    unit: str,
    smoothed: str = "eb",
    raw: str = "rate",
    mark: str = "mark",
    limits: Sequence[float] | None = None,
    titles: tuple[str, str] | None = None,
) -> Callable[[bool], Figure]:
    """Draw two maps of one rate.

    Parameters
    ----------
    rates : Approved
        One row an area with ``area_id``, the two rates and the mark.
    boundaries : GeoDataFrame or Shapes
        Areas in EPSG:4326, or what `safelearn.views.maps.shapes` made of them.
    unit : str
        The rate with its unit and period, over the key.
    limits : sequence of float, optional
        Limits of the classes; by `breaks` of the smoothed rates otherwise.
    titles : tuple of str, optional
        Words over the two maps.
    """
    rates = released(rates)
    ready = prepared(boundaries)
    edges = list(breaks(values(rates, smoothed)) if limits is None else limits)
    names = titles or (t("Smoothed (empirical Bayes)"), t("Raw"))
    maps = [
        Map(name, paint(rates, ready.area_id, column, edges, mark))
        for name, column in zip(names, (smoothed, raw), strict=True)
    ]

    def draw(narrow: bool) -> Figure:
        return layout(ready, maps, edges, unit, narrow, rate=True)

    return draw
