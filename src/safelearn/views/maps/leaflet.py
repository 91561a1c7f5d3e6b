"""Areas as a Leaflet document without a single address in it.

A folium map is asked for its HTML; its scripts and styles come from the XStatic package and are written
out in full, and its random ids are replaced by counted ones.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from safelearn.language import NONE
from safelearn.views import style
from safelearn.views.maps.drawing import hatch_of

if TYPE_CHECKING:
    from folium import Map

    from safelearn.views.maps.classes import Painted
    from safelearn.views.maps.shapes import Shapes

#: Decimals of a degree: about a metre.
_DECIMALS = 5
#: Lines of the patterns on a square of 8 by 8, by matplotlib's hatch.
_PATTERN_LINES = {
    "////": "M-2 2L2 -2M-2 10L10 -2M6 10L10 6",
    "xxx": "M0 0L8 8M8 0L0 8",
    "---": "M0 2H8M0 6H8",
}


def leaflet_document(
    ready: Shapes, painted: Painted, said: list[list[str]], heads: list[str]
) -> tuple[str, list[list[float]]]:
    """The document and the bounds of the city (south west, north east).

    `said` holds the words of each area's tooltip, one for each of `heads`.
    """
    import folium
    import geopandas as gpd

    features = []
    ground = gpd.GeoSeries(ready.polygons, crs=ready.crs).to_crs(4326)
    for k, (area, shape) in enumerate(zip(ready.area_id, ground, strict=True)):
        fill = painted.colour[k]
        hatch, _ = hatch_of(fill, painted.group[k], bool(painted.unstable[k]))
        if hatch:
            fill = f"url(#{pattern_id(fill, hatch)})"
        properties = {f"c{i}": escape(w or NONE) for i, w in enumerate(said[k])}
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
    offline(whole)
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
    return _inline_scripts(whole.get_root().render()), bounds


def offline(drawn: Map) -> Map:
    """Give a folium map of its own making its scripts and styles, so that it opens where there is no network.

    Parameters
    ----------
    drawn : folium.Map
        Made with ``tiles=None``: pictures of streets come from the network. Shapes, tooltips and titles work; markers
        with icons, popups and folium's own keys ask for more scripts, and do not.

    Returns
    -------
    folium.Map
        The same map.
    """
    drawn.default_js, drawn.default_css = _leaflet()
    return drawn


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


def pattern_id(fill: str, hatch: str) -> str:
    kind = {"////": "unstable", "xxx": "none", "---": "hidden"}[hatch]
    return f"{kind}{fill.removeprefix('#')}"


def patterns() -> str:
    """One SVG pattern for each hatch on each class, in a drawing of no size."""
    fills = [(c, 0, True) for c in style.SEQUENTIAL]
    fills += [(style.NO_DATA, -1, False), (style.HIDDEN, -2, False)]
    out = []
    for fill, group, unstable in fills:
        hatch, ink = hatch_of(fill, group, unstable)
        out.append(
            f'<pattern id="{pattern_id(fill, hatch)}" width="8" height="8" '
            f'patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="{fill}"/>'
            f'<path d="{_PATTERN_LINES[hatch]}" stroke="{ink}" stroke-width="1.2" fill="none"/>'
            "</pattern>"
        )
    return (
        '<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>'
        + "".join(out)
        + "</defs></svg>"
    )
