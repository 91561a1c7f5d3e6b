"""One measure on one map, such as people per square kilometre: what the city looks like before any crime."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from safelearn.views.maps.classes import breaks, paint
from safelearn.views.maps.layout import Map, layout
from safelearn.views.maps.shapes import shapes as prepared
from safelearn.views.released import released, values

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved
    from safelearn.views.maps.shapes import Shapes


def single(
    table: Approved,
    boundaries: GeoDataFrame | Shapes,
    *,
    value: str,
    unit: str,
    limits: Sequence[float] | None = None,
    mark: str | None = None,
    rate: bool = False,
) -> Callable[[bool], Figure]:
    """Draw one map.

    Parameters
    ----------
    table : Approved
        One row an area with ``area_id`` and `value`.
    boundaries : GeoDataFrame or Shapes
        Areas in EPSG:4326, or what `safelearn.views.maps.shapes` made of them.
    value : str
        The column that is drawn.
    unit : str
        What it is, with its unit, over the key.
    limits : sequence of float, optional
        Limits of the classes; by `breaks` otherwise.
    mark : str, optional
        The column that says "unstable", for a rate of events.
    rate : bool
        Whether the value is a rate of events: then the key speaks of unstable areas.
    """
    table = released(table)
    ready = prepared(boundaries)
    edges = list(breaks(values(table, value)) if limits is None else limits)
    painted = paint(table, ready.area_id, value, edges, mark)

    def draw(narrow: bool) -> Figure:
        return layout(ready, [Map("", painted)], edges, unit, narrow, rate=rate)

    return draw
