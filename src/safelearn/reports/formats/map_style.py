"""How a map layer looks when QGIS opens it: the classes, colours and hatches of the report's own map.

The style is kept twice, as QGIS writes it (QML) and as the open standard for other programs (SLD 1.1). Areas are
painted by rules, so that what is hidden, unstable or unknown is as plain on the map as what is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from safelearn.disclosure.approval import HIDDEN
from safelearn.views import style
from safelearn.views.maps.classes import colours, is_dark, written
from safelearn.views.maps.legend import pattern_words

#: Hatches: the angles of their lines. Degrees, counter-clockwise from the horizontal.
UNSTABLE, UNKNOWN, COVERED = (45,), (45, 135), (0,)
#: Distance of the lines of a hatch and their width, millimetres.
_DISTANCE, _LINE = 1.8, 0.25
#: Names of the same hatches in SLD.
_SLD_MARK = {UNSTABLE: "slash", UNKNOWN: "x", COVERED: "horline"}


@dataclass(frozen=True)
class Rule:
    """Which areas are painted how, and what the legend calls it.

    Attributes
    ----------
    label : str
    field, lower, upper : str, float or None, float or None
        Areas whose value is at least `lower` and below `upper`; without both, those that have none.
    mark : str
        Areas that carry this mark; combined with the limits.
    fill, hatch, ink : str, tuple of int, str
        Colour of the ground (empty: none), angles of the lines and their colour.
    """

    label: str
    field: str
    lower: float | None = None
    upper: float | None = None
    mark: str = ""
    missing: bool = False
    fill: str = ""
    hatch: tuple[int, ...] = ()
    ink: str = ""


def rules(field: str, limits: Sequence[float], marks: str = "mark") -> list[Rule]:
    """The rules of a map of rates.

    Parameters
    ----------
    field : str
        The column that is mapped.
    limits : sequence of float
        Limits of the classes, as `safelearn.views.maps.breaks` gives them.
    marks : str
        The column with "unstable", "hidden to protect people" and so on.
    """
    unstable, unknown, covered = pattern_words(True)
    edges = [None, *limits, None]
    words = written(list(limits))
    made = []
    for k, colour in enumerate(colours(limits)):
        label = _between(words, k, len(limits))
        made.append(Rule(label, field, edges[k], edges[k + 1], fill=colour))
    dark = [k for k, colour in enumerate(colours(limits)) if is_dark(colour)]
    turn = edges[dark[0]] if dark else None
    hatched = {"field": field, "mark": "unstable", "hatch": UNSTABLE}
    made.append(Rule(unstable, upper=turn, ink=style.UNSTABLE_HATCH, **hatched))
    if turn is not None:
        made.append(Rule(unstable, lower=turn, ink=style.PAPER, **hatched))
    return [
        *made,
        Rule(
            unknown,
            field,
            missing=True,
            fill=style.NO_DATA,
            hatch=UNKNOWN,
            ink=style.NO_DATA_HATCH,
        ),
        Rule(
            covered,
            field,
            mark=HIDDEN,
            missing=True,
            fill=style.HIDDEN,
            hatch=COVERED,
            ink=style.HIDDEN_HATCH,
        ),
    ]


def _between(words: Sequence[str], k: int, last: int) -> str:
    from safelearn.language import span, t

    if not words:
        return t("all areas")
    if k == 0:
        return t("below {limit}", limit=words[0])
    if k == last:
        return t("{limit} and more", limit=words[-1])
    return span(words[k - 1], words[k])


def qml(made: Sequence[Rule]) -> str:
    """The style as QGIS 3 writes and reads it.

    Notes
    -----
    A rule-based renderer draws a feature with every rule that it meets, in order: the hatch of unstable areas lies
    over their class. Properties are written in both spellings, of QGIS 3.20 and later and of those before.
    """
    listed = "".join(
        f'<rule key="{{{k:08d}-0000-4000-8000-000000000000}}" symbol="{k}" '
        f"label={quoteattr(rule.label)} filter={quoteattr(_expression(rule))}/>"
        for k, rule in enumerate(made)
    )
    symbols = "".join(_symbol(str(k), rule) for k, rule in enumerate(made))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
        '<qgis version="3.28.0-Firenze" styleCategories="Symbology">'
        '<renderer-v2 type="RuleRenderer" forceraster="0" symbollevels="0" enableorderby="0" '
        'referencescale="-1"><rules key="{00000000-0000-4000-8000-000000000001}">'
        f"{listed}</rules><symbols>{symbols}</symbols></renderer-v2>"
        "<blendMode>0</blendMode><featureBlendMode>0</featureBlendMode>"
        "<layerGeometryType>2</layerGeometryType></qgis>\n"
    )


def _expression(rule: Rule) -> str:
    field = f'"{rule.field}"'
    parts = []
    if rule.missing:
        parts.append(f"{field} IS NULL")
        same = "=" if rule.mark else "<>"
        parts.append(f"coalesce(\"mark\", '') {same} '{HIDDEN}'")
    else:
        parts.append(f"{field} IS NOT NULL")
        if rule.mark:
            parts.append(f"\"mark\" = '{rule.mark}'")
    if rule.lower is not None:
        parts.append(f"{field} >= {rule.lower:.12g}")
    if rule.upper is not None:
        parts.append(f"{field} < {rule.upper:.12g}")
    return " AND ".join(parts)


def _symbol(name: str, rule: Rule) -> str:
    layers = []
    if rule.fill:
        layers.append(
            _layer(
                "SimpleFill",
                {
                    "color": _rgba(rule.fill),
                    "joinstyle": "bevel",
                    "outline_color": _rgba(style.PAPER),
                    "outline_style": "solid",
                    "outline_width": "0.26",
                    "outline_width_unit": "MM",
                    "style": "solid",
                },
            )
        )
    for angle in rule.hatch:
        at = f"@{name}@{len(layers)}"
        line = {
            "capstyle": "square",
            "joinstyle": "bevel",
            "line_color": _rgba(rule.ink),
            "line_style": "solid",
            "line_width": str(_LINE),
            "line_width_unit": "MM",
        }
        layers.append(
            _layer(
                "LinePatternFill",
                {
                    "angle": str(angle),
                    "color": _rgba(rule.ink),
                    "distance": str(_DISTANCE),
                    "distance_unit": "MM",
                    "line_width": str(_LINE),
                    "line_width_unit": "MM",
                    "offset": "0",
                    "offset_unit": "MM",
                },
                _container(at, "line", _layer("SimpleLine", line)),
            )
        )
    return _container(name, "fill", "".join(layers))


def _container(name: str, kind: str, inside: str) -> str:
    return (
        f'<symbol name="{name}" type="{kind}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f"{inside}</symbol>"
    )


def _layer(kind: str, properties: dict[str, str], inside: str = "") -> str:
    options = "".join(
        f'<Option type="QString" name="{name}" value="{value}"/>'
        for name, value in properties.items()
    )
    older = "".join(
        f'<prop k="{name}" v="{value}"/>' for name, value in properties.items()
    )
    return (
        f'<layer class="{kind}" enabled="1" locked="0" pass="0">'
        f'<Option type="Map">{options}</Option>{older}{inside}</layer>'
    )


def _rgba(colour: str) -> str:
    return ",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)) + ",255"


def sld(name: str, made: Sequence[Rule]) -> str:
    """The same style for programs that know Styled Layer Descriptors 1.1."""
    listed = "".join(_sld_rule(rule) for rule in made)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<StyledLayerDescriptor version="1.1.0" '
        'xmlns="http://www.opengis.net/sld" xmlns:ogc="http://www.opengis.net/ogc" '
        'xmlns:se="http://www.opengis.net/se"><NamedLayer>'
        f"<se:Name>{escape(name)}</se:Name><UserStyle><se:Name>{escape(name)}</se:Name>"
        f"<se:FeatureTypeStyle>{listed}</se:FeatureTypeStyle></UserStyle></NamedLayer>"
        "</StyledLayerDescriptor>\n"
    )


def _sld_rule(rule: Rule) -> str:
    fills = []
    if rule.fill:
        fills.append(
            f"<se:PolygonSymbolizer><se:Fill>{_svg('fill', rule.fill)}</se:Fill><se:Stroke>"
            f"{_svg('stroke', style.PAPER)}{_svg('stroke-width', '1')}</se:Stroke></se:PolygonSymbolizer>"
        )
    if rule.hatch:
        fills.append(
            "<se:PolygonSymbolizer><se:Fill><se:GraphicFill><se:Graphic><se:Mark><se:WellKnownName>"
            f"{_SLD_MARK[rule.hatch]}</se:WellKnownName><se:Stroke>{_svg('stroke', rule.ink)}</se:Stroke>"
            "</se:Mark><se:Size>7</se:Size></se:Graphic></se:GraphicFill></se:Fill></se:PolygonSymbolizer>"
        )
    return (
        f"<se:Rule><se:Name>{escape(rule.label)}</se:Name><ogc:Filter>{_sld_filter(rule)}</ogc:Filter>"
        f"{''.join(fills)}</se:Rule>"
    )


def _sld_filter(rule: Rule) -> str:
    def compare(kind: str, field: str, value: object) -> str:
        return (
            f"<ogc:{kind}><ogc:PropertyName>{field}</ogc:PropertyName>"
            f"<ogc:Literal>{escape(str(value))}</ogc:Literal></ogc:{kind}>"
        )

    empty = f"<ogc:PropertyIsNull><ogc:PropertyName>{rule.field}</ogc:PropertyName></ogc:PropertyIsNull>"
    covered = compare("PropertyIsEqualTo", "mark", HIDDEN)
    if rule.missing:
        parts = [empty, covered if rule.mark else f"<ogc:Not>{covered}</ogc:Not>"]
    else:
        parts = [f"<ogc:Not>{empty}</ogc:Not>"]
        if rule.mark:
            parts.append(compare("PropertyIsEqualTo", "mark", rule.mark))
    if rule.lower is not None:
        parts.append(
            compare("PropertyIsGreaterThanOrEqualTo", rule.field, f"{rule.lower:.12g}")
        )
    if rule.upper is not None:
        parts.append(compare("PropertyIsLessThan", rule.field, f"{rule.upper:.12g}"))
    return parts[0] if len(parts) == 1 else f"<ogc:And>{''.join(parts)}</ogc:And>"


def _svg(name: str, value: str) -> str:
    return f'<se:SvgParameter name="{name}">{value}</se:SvgParameter>'
