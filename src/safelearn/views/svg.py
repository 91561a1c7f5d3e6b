"""A drawing as bytes that are the same on every run: SVG for the page, PNG for slides.

Coordinates are rounded to a tenth of a point, which nobody can see and which halves the file. Dates,
random ids and white space are left out, so that a report made twice from the same inputs is the same.
"""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: A line of words as matplotlib writes it: one group of glyphs, scaled.
_PLAIN_LINE = r"<g [^>]*scale\([^>]*>(?:(?!</?g[ >]).)*</g>"
_LINE_OF_WORDS = (
    r'<g [^>]*?transform="(?P<transform>[^"]*scale\((?P<scale>[\d.]+)[^"]*)"[^>]*>'
    r"(?P<glyphs>(?:(?!</?g[ >]).)*)</g>"
)
#: CSS pixels for a point.
PIXELS = 96 / 72


@dataclass(frozen=True)
class Picture:
    """An SVG document with its size in CSS pixels."""

    svg: str
    width: int
    height: int

    @property
    def uri(self) -> str:
        """The document as a data URI: the page asks nobody for it."""
        data = base64.b64encode(self.svg.encode("utf-8")).decode("ascii")
        return f"data:image/svg+xml;base64,{data}"


def picture(figure: Figure) -> Picture:
    """Write a figure as a small, deterministic SVG (call inside `style.context`)."""
    halos = _set_aside_halos(figure)
    buffer = io.StringIO()
    metadata = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(buffer, format="svg", metadata=metadata)
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.S)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"\s*\n\s*", " ", text)
    text = re.sub(r' d="(M[^"QCz]+z? *)+"', lambda m: _polyline(m[0]), text)
    text = re.sub(r'(?: d| x| y|transform)="[^"]+"', lambda m: _rounded(m[0]), text)
    text = re.sub(r"> <", "><", text)
    text = _with_halos(text, halos)
    text = re.sub(r'<g id="[^"]*"', "<g", text)
    for k, name in enumerate(sorted(set(re.findall(r'<path id="([^"]+)"', text)))):
        text = text.replace(f'"{name}"', f'"c{k}"').replace(f'"#{name}"', f'"#c{k}"')
    text = _brief(text)
    width, height = figure.get_size_inches() * 72 * PIXELS
    return Picture(text, round(width), round(height))


def _polyline(attribute: str) -> str:
    """Straight lines as steps from point to point in tenths: half the letters, and no drift."""
    out, here = [], (0, 0)
    for letter, x, y in re.findall(
        r"([MLz]) ?(-?[\d.e-]+)? ?(-?[\d.e-]+)?", attribute[4:]
    ):
        if letter == "z":
            out.append("z")
            continue
        there = (round(float(x) * 10), round(float(y) * 10))
        if letter == "M":
            out.append("M" + _tenths(*there))
        elif there != here:
            out.append("l" + _tenths(there[0] - here[0], there[1] - here[1]))
        here = there
    return f' d="{"".join(out)}"'


def _tenths(x: int, y: int) -> str:
    words = [
        f"{v / 10:g}".replace("0.", ".", 1) if abs(v) < 10 else f"{v / 10:g}"
        for v in (x, y)
    ]
    return words[0] + ("" if words[1].startswith("-") else " ") + words[1]


def _rounded(attribute: str) -> str:
    # Scale factors of glyphs (0.09) need their decimals; lengths in points do not.
    if "scale" in attribute or "matrix" in attribute:
        return attribute
    return re.sub(
        r"-?\d+\.\d+", lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), attribute
    )


def _brief(text: str) -> str:
    """The same drawing in fewer letters: a chart is mostly uses of glyphs."""
    text = re.sub(
        r'<use xlink:href="(#\w+)" transform="translate\(([-\d.]+) 0\)"/>',
        r'<use xlink:href="\1" x="\2"/>',
        text,
    )
    text = text.replace("xlink:href=", "href=")
    text = re.sub(
        r"translate\(([-\d.]+) ([-\d.]+)\)",
        lambda m: f"translate({float(m[1]):.2f} {float(m[2]):.2f})",
        text,
    )
    text = re.sub(
        r' d="([^"]+)" transform="scale\(0\.015625\)"',
        lambda m: f' d="{_glyph(m[1])}" transform="scale(.15625)"',
        text,
    )
    for k, name in enumerate(sorted(set(re.findall(r'<clipPath id="([^"]+)"', text)))):
        text = text.replace(name, f"k{k}")
    text = re.sub(r'style="[^"]+"', lambda m: re.sub(r"([:;]) ", r"\1", m[0]), text)
    # The PDF maker cuts a faint group to the box of its first glyphs; faint ink it draws whole.
    text = re.sub(
        r'<g style="[^"]*"', lambda m: m[0].replace(";opacity:", ";fill-opacity:"), text
    )
    return _without_bare_groups(text)


def _glyph(path: str) -> str:
    """An outline in tenths of the font's units, which is finer than any screen."""
    tenths = re.sub(r"-?\d+", lambda m: str(round(int(m[0]) / 10)), path)
    return re.sub(r" ?([A-Za-z]) ?", r"\1", tenths).replace(" -", "-")


def _without_bare_groups(text: str) -> str:
    out, open_groups, last = [], [], 0
    for tag in re.finditer(r"<g(?: [^>]*)?/?>|</g>", text):
        out.append(text[last : tag.start()])
        last = tag.end()
        if tag[0].endswith("/>"):
            continue  # a group of nothing
        if tag[0] == "</g>":
            keep = open_groups.pop()
        else:
            keep = tag[0] != "<g>"
            open_groups.append(keep)
        if keep:
            out.append(tag[0])
    return "".join(out) + text[last:]


def _set_aside_halos(figure: Figure) -> dict[str, tuple[str, float]]:
    """Take the halos off all words; matplotlib would write each letter's outline twice, in full."""
    from matplotlib.colors import to_hex
    from matplotlib.text import Text

    halos = {}
    for text in figure.findobj(Text):
        effects = text.get_path_effects()
        if effects and text.get_text():
            pen = effects[0]._gc
            name = f"halo{len(halos)}"
            halos[name] = (to_hex(pen["foreground"]), float(pen["linewidth"]))
            text.set_gid(name)
            text.set_path_effects([])
    return halos


def _with_halos(text: str, halos: dict[str, tuple[str, float]]) -> str:
    """Put each halo back as a second use of the same glyphs, stroked, under the words."""

    def twice(line: re.Match[str], colour: str, width: float) -> str:
        stroke = (
            f"fill:{colour};stroke:{colour};stroke-linejoin:round;"
            f"stroke-width:{width / float(line['scale']):.0f}"
        )
        under = (
            f'<g style="{stroke}" transform="{line["transform"]}">{line["glyphs"]}</g>'
        )
        return under + re.sub(r"<defs>.*?</defs>", "", line[0])

    def whole(words: re.Match[str]) -> str:
        pen = halos[words["name"]]
        lines = re.sub(_LINE_OF_WORDS, lambda m: twice(m, *pen), words["lines"])
        return f"<g>{lines}</g>"

    return re.sub(
        rf'<g id="(?P<name>halo\d+)">(?P<lines>({_PLAIN_LINE})+)</g>', whole, text
    )


def png(figure: Figure) -> bytes:
    """Write a figure as PNG on white, 200 dots per inch, without a date."""
    buffer = io.BytesIO()
    figure.savefig(
        buffer, format="png", dpi=200, facecolor="white", metadata={"Software": None}
    )
    return buffer.getvalue()
