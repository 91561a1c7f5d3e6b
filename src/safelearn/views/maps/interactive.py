"""The map on a screen: the same areas, classes and hatches, with each area's numbers at the touch of a key.

A document of its own inside the page, with every script and style in it: Leaflet comes from the XStatic
package, there are no tiles, and nothing is asked of the network. Areas are reached with the Tab key and
named for screen readers. Ids are counted, not drawn at random, so that the same input gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from safelearn import language, resources
from safelearn.language import t
from safelearn.views import style
from safelearn.views.maps import legend
from safelearn.views.maps.classes import breaks, colours, paint, written
from safelearn.views.maps.drawing import hatch_of
from safelearn.views.maps.leaflet import leaflet_document, pattern_id, patterns
from safelearn.views.maps.shapes import shapes as prepared
from safelearn.views.released import released, texts, values
from safelearn.views.tables import Column, column_text

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from safelearn.disclosure.approval import Approved
    from safelearn.views.maps.shapes import Shapes
    from safelearn.views.marks import Stamp


def interactive(
    rates: Approved,
    boundaries: GeoDataFrame | Shapes,
    *,
    title: str,
    unit: str,
    columns: Sequence[Column],
    value: str = "eb",
    mark: str | None = "mark",
    limits: Sequence[float] | None = None,
    stamp: Stamp | None = None,
    rate: bool = True,
) -> Markup:
    """A map to explore, inside ``<details>``; on paper the static map stands for it.

    Parameters
    ----------
    rates : Approved
        One row an area, with ``area_id``.
    boundaries : GeoDataFrame or Shapes
    title : str
        What the map shows, for its frame.
    unit : str
        The words over the key.
    columns : sequence of Column
        What a tooltip says, as in the table behind the figure: the interval and the note belong in it.
        The first names the area.
    value, mark, limits
        As in `safelearn.views.maps.pair`; pass the same limits.
    stamp : Stamp, optional
        For synthetic or illustrative data.
    rate : bool
        Whether the value is a rate of events: then the key speaks of unstable areas.
    """
    rates = released(rates)
    ready = prepared(boundaries)
    edges = list(breaks(values(rates, value)) if limits is None else limits)
    painted = paint(rates, ready.area_id, value, edges, mark)
    said = _said(rates, ready, columns)
    heads = [column.title for column in columns]
    html, bounds = leaflet_document(ready, painted, said, heads)
    document = _dressed(html, title, patterns() + _key(edges, unit, stamp, rate))
    document = document.replace(
        "</html>", f"<script>{_behaviour(heads, said, bounds)}</script></html>", 1
    )
    return Markup(
        '<details class="numbers screen-only"><summary>{}</summary>'
        '<iframe class="frame" loading="lazy" sandbox="allow-scripts" title="{}" srcdoc="{}">'
        '</iframe><p class="fig-src">{}</p></details>'
    ).format(
        t("Explore the map"),
        title,
        Markup(escape(document)),
        t(
            "Point at an area, touch it, or move to it with the Tab key. The same numbers are in the "
            "table behind the figure."
        ),
    )


def _dressed(html: str, title: str, parts: str) -> str:
    """The Leaflet document with its language, title, look and key; zooming by hand stays allowed."""
    direction = "rtl" if language.is_right_to_left() else "ltr"
    code = language.current().replace("_", "-")
    head = f"<head><title>{escape(title)}</title><style>{_asset('frame.css')}</style>"
    html = re.sub(
        r'<meta name="viewport".*?/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        html,
        flags=re.S,
    )
    html = html.replace("<html>", f'<html lang="{code}" dir="{direction}">', 1)
    html = html.replace("<head>", head, 1)
    html = re.sub(
        r'(<div class="folium-map" id="map_1"\s*>)',
        lambda m: f'<main aria-label="{escape(title)}">{m[1]}',
        html,
        count=1,
    )
    return html.replace("</body>", f"{parts}</main></body>", 1)


def _behaviour(
    heads: list[str], said: list[list[str]], bounds: list[list[float]]
) -> str:
    areas = [
        ", ".join(f"{h}: {v}" for h, v in zip(heads, row, strict=True) if v)
        for row in said
    ]
    words = {
        "areas": areas,
        "bounds": bounds,
        "zoomIn": t("Zoom in"),
        "zoomOut": t("Zoom out"),
    }
    return _asset("frame.js").replace("WORDS", _json(words), 1)


def _said(rates: Approved, ready: Shapes, columns: Sequence[Column]) -> list[list[str]]:
    """The words of each area's tooltip, in the order of the shapes."""
    row_of = {area: row for row, area in enumerate(texts(rates, "area_id"))}
    written_by_column = [column_text(rates, column) for column in columns]
    rows = []
    for area, name in zip(ready.area_id, ready.area_name, strict=True):
        row = row_of.get(area)
        if row is None:
            rows.append([name, *["–"] * (len(columns) - 1)])
        else:
            rows.append([words[row] for words in written_by_column])
    return rows


def _key(limits: Sequence[float], unit: str, stamp: Stamp | None, rate: bool) -> str:
    fills = colours(limits)
    words = written(limits)
    classes = "".join(
        f'<span style="background:{fill}"></span>'
        + (f"<b>{escape(words[k])}</b>" if k < len(words) else "")
        for k, fill in enumerate(fills)
    )
    kinds = [
        (style.SEQUENTIAL[1], 1, True),
        (style.NO_DATA, -1, False),
        (style.HIDDEN, -2, False),
    ][0 if rate else 1 :]
    patterns = "".join(
        f'<li><svg width="28" height="16" aria-hidden="true"><rect width="28" height="16" '
        f'fill="url(#{pattern_id(fill, hatch_of(fill, group, unstable)[0])})"/></svg>'
        f"{escape(said)}</li>"
        for said, (fill, group, unstable) in zip(
            legend.pattern_words(rate), kinds, strict=True
        )
    )
    marked = across = ""
    if stamp is not None:
        marked = f'<p class="stamp">{escape(t(stamp.words))}</p>'
        across = (
            f'<div class="across" aria-hidden="true">{escape(t(stamp.across))}</div>'
        )
    return (
        f'{across}<section class="key">{marked}<h1>{escape(unit)}</h1>'
        f'<div class="classes">{classes}</div><ul>{patterns}</ul></section>'
    )


def _asset(name: str) -> str:
    path = resources.templates() / "report" / "map" / name
    return path.read_text(encoding="utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
