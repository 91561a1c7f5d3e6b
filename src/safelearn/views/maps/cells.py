"""Small places on a map: cells in which offences gather, a map for each kind of offence, in one figure.

Cells carry classes and no numbers. An area whose counts are hidden is hatched whole, so that it does not look like
one where nothing happens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from safelearn.language import sentence
from safelearn.views import labels, style
from safelearn.views.maps.drawing import HIDDEN_HATCH, _limits, _path
from safelearn.views.maps.scale import scale_bar
from safelearn.views.maps.shapes import shapes as prepared
from safelearn.views.released import hidden_words, released, texts

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from safelearn.diagnosis.grid import Grid
    from safelearn.disclosure.approval import Approved
    from safelearn.views.maps.shapes import Box, Shapes

#: Colours of the classes in order, dark to light with orange apart; each also has an edge, so that it shows in grey.
COLOURS = (style.SEQUENTIAL[4], style.ORANGE, style.SEQUENTIAL[1], style.SEQUENTIAL[2])
_GAP = 0.16
#: Inches: the tallest map where it stands alone, beside one other, or among more.
_TALLEST = (4.4, 3.6, 2.9)
#: Inches over each map for two lines of words, and for three on a phone.
_TITLE, _TITLE_NARROW = 0.36, 0.5
_LINE = 0.23


def cells(
    table: Approved,
    boundaries: GeoDataFrame | Shapes,
    grid: Grid,
    *,
    panels: Mapping[str, str],
    words: Mapping[str, str],
    covered: Mapping[str, Sequence[str]],
    value: str = "pattern",
) -> Callable[[bool], Figure]:
    """Draw the cells of a table, one map an offence.

    Parameters
    ----------
    table : Approved
        ``offence``, ``cell`` (row and column with a full stop between) and the class of each cell.
    boundaries : GeoDataFrame or Shapes
        Areas in EPSG:4326, or what `safelearn.views.maps.shapes` made of them.
    grid : Grid
        The grid that the cells are of.
    panels : mapping of offence to words
        The maps and what stands over each, in order.
    words : mapping of class to words
        The key, in order: at most four.
    covered : mapping of offence to areas
        Areas whose counts are hidden.
    value : str
        The column that is drawn.
    """
    table, ready = released(table), prepared(boundaries)
    fills = dict(zip(words, COLOURS, strict=False))
    offence, cell, kind = (texts(table, c) for c in ("offence", "cell", value))
    at = np.array([[int(part) for part in c.split(".")] for c in cell]).reshape(-1, 2)
    boxes = grid.boxes(at[:, 0] * grid.ground.shape[1] + at[:, 1])
    boxes = _moved(boxes, grid.crs, ready.crs)
    window = _window(ready, boxes)
    some_hidden = any(covered.get(code) for code in panels)

    def draw(narrow: bool) -> Figure:
        full = style.NARROW if narrow else style.WIDE
        heading = _TITLE_NARROW if narrow else _TITLE
        across = min(2 if narrow else 3, len(panels))
        width = (full - _GAP * (across - 1)) / across
        ratio = (window[3] - window[1]) / (window[2] - window[0])
        tall = min(width * ratio, _TALLEST[min(len(panels), 3) - 1])
        down = int(np.ceil(len(panels) / across))
        # The key is at least as wide as its longest words.
        columns = 1 if narrow else 2
        lines = int(np.ceil((len(words) + some_hidden) / columns))
        total = down * (tall + heading) + lines * _LINE + 0.2
        figure = style.sheet(narrow, total)
        figure.set_layout_engine("none")
        for k, (code, title) in enumerate(panels.items()):
            row, column = divmod(k, across)
            left = column * (width + _GAP)
            top = row * (tall + heading)
            said = labels.wrapped(title, int(width * 14), 3 if narrow else 2)
            figure.text(
                left / full,
                1 - top / total,
                said,
                weight="bold",
                va="top",
                fontsize=8.5,
            )
            box = (
                left / full,
                1 - (top + heading + tall) / total,
                width / full,
                tall / total,
            )
            axes = figure.add_axes(box)
            rows = [i for i, name in enumerate(offence) if name == code]
            _map(axes, ready, window, covered.get(code, ()))
            for i in rows:
                axes.add_patch(_square(boxes[i], fills.get(kind[i], COLOURS[0])))
            if k == 0:
                scale_bar(axes, ready)
        _key(figure, words, fills, some_hidden, lines, columns)
        return figure

    return draw


def _window(ready: Shapes, boxes: Any) -> Box:
    """The dense core, if all cells lie in it; else the whole city, with room for the scale bar."""
    import shapely

    core = ready.core
    if core is not None and (
        not len(boxes) or shapely.contains(shapely.box(*core), boxes).all()
    ):
        return core
    west, south, east, north = ready.bounds
    return west, south - 0.08 * (north - south), east, north


def _moved(boxes: Any, source: str, target: Any) -> Any:
    """Cells in the system of the map."""
    import shapely
    from pyproj import CRS, Transformer

    if not len(boxes) or CRS(source) == CRS(target):
        return boxes
    change = Transformer.from_crs(source, target, always_xy=True)
    return shapely.transform(
        boxes, lambda xy: np.column_stack(change.transform(xy[:, 0], xy[:, 1]))
    )


def _map(axes: Axes, ready: Shapes, window: Box, covered: Sequence[str]) -> None:
    from matplotlib.patches import PathPatch

    gone = set(covered)
    for code, polygon in zip(ready.area_id, ready.polygons, strict=True):
        path = _path(polygon)
        if path is None:
            continue
        hatch = {"hatch": HIDDEN_HATCH} if code in gone else {}
        axes.add_patch(PathPatch(path, fc=style.PANEL, ec=style.RULE, lw=0.4, zorder=1))
        if hatch:
            axes.add_patch(
                PathPatch(
                    path, fc="none", ec=style.HIDDEN_HATCH, lw=0, zorder=2, **hatch
                )
            )
    edge = _path(ready.outline)
    if edge is not None:
        axes.add_patch(PathPatch(edge, fc="none", ec=style.INK2, lw=0.6, zorder=3))
    _limits(axes, window, framed=window == ready.core)
    # Under the left edge of its words.
    axes.set_anchor("NW")


def _square(box: Any, fill: str) -> Any:
    from matplotlib.patches import Polygon

    return Polygon(
        np.asarray(box.exterior.coords), fc=fill, ec=style.INK, lw=0.25, zorder=5
    )


def _key(figure, words, fills, some_hidden, lines, columns) -> None:
    from matplotlib.patches import Rectangle

    wide, high = figure.get_size_inches()
    axes = figure.add_axes((0, 0, 1, 1), zorder=6)
    axes.set_axis_off()
    axes.set_xlim(0, wide)
    axes.set_ylim(high, 0)
    entries = [
        (text, {"fc": fills[kind], "ec": style.INK}) for kind, text in words.items()
    ]
    if some_hidden:
        ink = style.HIDDEN_HATCH
        looks = {"fc": style.PANEL, "ec": ink, "hatch": HIDDEN_HATCH}
        entries.append((sentence(hidden_words()), looks))
    top = high - lines * _LINE - 0.02
    for k, (text, looks) in enumerate(entries):
        column, row = divmod(k, lines)
        x, y = 0.02 + column * wide / columns, top + row * _LINE
        axes.add_patch(Rectangle((x, y), 0.24, 0.15, lw=0.4, **looks))
        axes.text(x + 0.32, y + 0.075, text, va="center")
