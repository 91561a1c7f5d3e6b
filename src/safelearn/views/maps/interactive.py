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
from safelearn.views.maps.classes import Painted, breaks, colours, paint, written
from safelearn.views.maps.drawing import hatch_of
from safelearn.views.maps.shapes import shapes as prepared
from safelearn.views.released import released, texts, values
from safelearn.views.tables import Column, column_text

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from safelearn.disclosure.approval import Approved
    from safelearn.views.maps.shapes import Shapes
    from safelearn.views.marks import Stamp

#: Decimals of a degree: about a metre.
_DECIMALS = 5
#: Lines of the patterns on a square of 8 by 8, by matplotlib's hatch.
_PATTERN_LINES = {
    "////": "M-2 2L2 -2M-2 10L10 -2M6 10L10 6",
    "xxx": "M0 0L8 8M8 0L0 8",
    "---": "M0 2H8M0 6H8",
}


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
    document = frame(
        rates,
        boundaries,
        title=title,
        unit=unit,
        columns=columns,
        value=value,
        mark=mark,
        limits=limits,
        stamp=stamp,
        rate=rate,
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


def frame(
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
) -> str:
    """The document inside the frame, as HTML."""
    rates = released(rates)
    ready = prepared(boundaries)
    edges = list(breaks(values(rates, value)) if limits is None else limits)
    painted = paint(rates, ready.area_id, value, edges, mark)
    said = _said(rates, ready, columns)
    html, bounds = _folium(ready, painted, said, [c.title for c in columns])
    html = _inline_scripts(html)
    html = re.sub(
        r'<meta name="viewport".*?/>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        html,
        flags=re.S,
    )
    direction = "rtl" if language.is_right_to_left() else "ltr"
    html = html.replace(
        "<html>",
        f'<html lang="{language.current().replace("_", "-")}" dir="{direction}">',
    )
    html = html.replace(
        "<head>",
        f"<head><title>{escape(title)}</title><style>{_asset('frame.css')}</style>",
        1,
    )
    names = [
        ", ".join(f"{c.title}: {v}" for c, v in zip(columns, row, strict=True) if v)
        for row in said
    ]
    words = {
        "areas": names,
        "bounds": bounds,
        "zoomIn": t("Zoom in"),
        "zoomOut": t("Zoom out"),
    }
    behaviour = _asset("frame.js").replace("WORDS", _json(words), 1)
    parts = _patterns() + _key(edges, unit, stamp, rate)
    html = re.sub(
        r'(<div class="folium-map" id="map_1"\s*>)',
        lambda m: f'<main aria-label="{escape(title)}">{m[1]}',
        html,
        count=1,
    )
    html = html.replace("</body>", f"{parts}</main></body>", 1)
    return html.replace("</html>", f"<script>{behaviour}</script></html>", 1)


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


def _folium(
    ready: Shapes, painted: Painted, said: list[list[str]], heads: list[str]
) -> tuple[str, list[list[float]]]:
    import folium
    import geopandas as gpd

    features = []
    ground = gpd.GeoSeries(ready.polygons, crs=ready.crs).to_crs(4326)
    for k, (area, shape) in enumerate(zip(ready.area_id, ground, strict=True)):
        fill = painted.colour[k]
        hatch, _ = hatch_of(fill, painted.group[k], bool(painted.unstable[k]))
        if hatch:
            fill = f"url(#{_pattern_id(fill, hatch)})"
        properties = {f"c{i}": escape(words) for i, words in enumerate(said[k])}
        properties["style"] = {
            "fillColor": fill,
            "fillOpacity": 1,
            "color": "#FFFFFF",
            "weight": 1.2,
        }
        features.append(
            {
                "type": "Feature",
                "id": area,
                "properties": properties,
                "geometry": _rounded(shape.__geo_interface__),
            }
        )
    whole = folium.Map(tiles=None, zoom_control=False, attribution_control=False)
    whole.options["zoom_snap"] = 0.25
    whole.default_js, whole.default_css = _leaflet()
    layer = folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        smooth_factor=0.5,
        tooltip=folium.GeoJsonTooltip(
            [f"c{i}" for i in range(len(heads))],
            aliases=[escape(head) for head in heads],
            sticky=False,
        ),
    )
    layer.add_to(whole)
    west, south, east, north = ground.total_bounds.round(_DECIMALS).tolist()
    bounds = [[south, west], [north, east]]
    whole.fit_bounds(bounds)
    _count_ids(whole)
    return whole.get_root().render(), bounds


def _leaflet() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Leaflet as data URIs, which is how a folium map takes scripts; written out in full afterwards."""
    import base64
    from importlib.resources import files

    root = files("xstatic.pkg.leaflet") / "data"
    css = root.joinpath("leaflet.css").read_text(encoding="utf-8")
    # Pictures of controls that this map does not have.
    css = re.sub(r"background-image:\s*url\([^)]*\);?", "", css)
    css = re.sub(r"behavior:\s*url\([^)]*\);?", "", css)

    def uri(text: str, kind: str) -> str:
        return f"data:{kind};base64,{base64.b64encode(text.encode()).decode()}"

    script = root.joinpath("leaflet.js").read_text(encoding="utf-8")
    script = re.sub(r"//# sourceMappingURL=.*", "", script)
    return (
        [("leaflet", uri(script, "text/javascript"))],
        [("leaflet_css", uri(css, "text/css"))],
    )


def _inline_scripts(html: str) -> str:
    """Data URIs written out: a third shorter, and the page may then forbid every script from elsewhere."""
    import base64

    def plain(match: re.Match[str]) -> str:
        return base64.b64decode(match[1]).decode("utf-8")

    html = re.sub(
        r'<script src="data:text/javascript;base64,([^"]+)"></script>',
        lambda m: f"<script>{plain(m)}</script>",
        html,
    )
    return re.sub(
        r'<link rel="stylesheet" href="data:text/css;base64,([^"]+)"\s*/?>',
        lambda m: f"<style>{plain(m)}</style>",
        html,
    )


def _count_ids(element: Any) -> None:
    """Give every part of the map a counted id in place of a random one."""
    waiting, k = [element], 0
    while waiting:
        one = waiting.pop(0)
        k += 1
        one._id = str(k)
        waiting.extend(one._children.values())


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    def short(part: Any) -> Any:
        if isinstance(part, float | int):
            return round(part, _DECIMALS)
        return [short(p) for p in part]

    return {"type": geometry["type"], "coordinates": short(geometry["coordinates"])}


def _pattern_id(fill: str, hatch: str) -> str:
    kind = {"////": "unstable", "xxx": "none", "---": "hidden"}[hatch]
    return f"{kind}{fill.removeprefix('#')}"


def _patterns() -> str:
    """One SVG pattern for each hatch on each class, in a drawing of no size."""
    fills = [(c, 0, True) for c in style.SEQUENTIAL]
    fills += [(style.NO_DATA, -1, False), (style.HIDDEN, -2, False)]
    out = []
    for fill, group, unstable in fills:
        hatch, ink = hatch_of(fill, group, unstable)
        out.append(
            f'<pattern id="{_pattern_id(fill, hatch)}" width="8" height="8" '
            f'patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="{fill}"/>'
            f'<path d="{_PATTERN_LINES[hatch]}" stroke="{ink}" stroke-width="1.2" fill="none"/>'
            "</pattern>"
        )
    return (
        '<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>'
        + "".join(out)
        + "</defs></svg>"
    )


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
        f'fill="url(#{_pattern_id(fill, hatch_of(fill, group, unstable)[0])})"/></svg>'
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
        f'{across}<section class="key">{marked}<p>{escape(unit)}</p>'
        f'<div class="classes">{classes}</div><ul>{patterns}</ul></section>'
    )


def _asset(name: str) -> str:
    path = resources.templates() / "report" / "map" / name
    return path.read_text(encoding="utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")
