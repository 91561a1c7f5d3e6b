"""Cutting and joining fonts: only the characters that reports use, from as few files as it takes."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

_LATIN_GREEK_CYRILLIC = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x1A0, 0x1A2),
    *range(0x1AF, 0x1B1),
    *range(0x218, 0x21C),
    0x259,
    *range(0x300, 0x30D),
    0x323,
    *range(0x327, 0x329),
    *range(0x386, 0x3CF),
    *range(0x400, 0x460),
    *range(0x490, 0x4C0),
    *range(0x1E80, 0x1E86),
    0x1E9E,
    *range(0x1EA0, 0x1EFA),
    *range(0x2000, 0x2030),
    *range(0x2030, 0x203B),
    0x2060,
    *range(0x2066, 0x206A),
    *range(0x2070, 0x209D),
    *range(0x20A0, 0x20C0),
    0x2122,
]
#: Arrows, minus, almost equal, not equal, at most, at least.
_SIGNS = [*range(0x2190, 0x2194), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265]
_RANGES = {
    "": [],
    "Arabic": [*range(0x600, 0x700), *range(0x200C, 0x2010)],
    "Hebrew": [*range(0x590, 0x600)],
}
#: Of an em: the height of a line above and below its base.
_ABOVE, _BELOW = 0.93, 0.24
#: The same bytes on any day, in seconds since 1904.
_DATE = 3_660_000_000
#: Kerning and accents for all, and what joins and shapes the letters of the other scripts.
_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "init", "medi", "fina", "isol"]
_FEATURES += ["rlig", "calt", "liga"]


def merged(paths: list[Path], script: str, signs_from: Path) -> TTFont:
    """One font from several.

    Parameters
    ----------
    paths : list of Path
        The base first, then the file of the script and one with mathematical signs, if there are any.
    script : str
        The name in that file's name ("Arabic"), or empty.
    signs_from : Path
        A last resort for signs that none of them has.
    """
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont, scaleUpem

    base = TTFont(paths[0], recalcTimestamp=False)
    wanted = [*_LATIN_GREEK_CYRILLIC, *_SIGNS, *_RANGES[script]]
    missing = set(_SIGNS) - set(base.getBestCmap())
    parts = [_subset(base, wanted)]
    for path in [*paths[1:], signs_from]:
        font = TTFont(path, recalcTimestamp=False)
        is_script = script != "" and script in path.name
        take = _RANGES[script] if is_script else sorted(missing)
        take = [c for c in take if c in font.getBestCmap()]
        missing -= set(take)
        if take:
            cut = _subset(font, take, shaping=is_script)
            if cut["head"].unitsPerEm != base["head"].unitsPerEm:
                scaleUpem.scale_upem(cut, base["head"].unitsPerEm)
            parts.append(cut)
    if len(parts) == 1:
        return parts[0]
    return Merger().merge([_bytes(part) for part in parts])


def _subset(font: TTFont, characters: list[int], shaping: bool = True) -> TTFont:
    from fontTools.subset import Options, Subsetter

    options = Options(hinting=False, notdef_outline=True, name_IDs=["*"])
    options.layout_features = _FEATURES if shaping else []
    options.drop_tables += ["MATH", "DSIG", "FFTM", "STAT", "meta", "kern"]
    if not shaping:
        options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    return font


def rename(font: TTFont, family: str, weight: int, recipe: str) -> None:
    """Give a font its own family name, and the same dates on any day."""
    style = "Bold" if weight == 700 else "Regular"
    names = font["name"]
    names.names = []
    plain = family.replace(" ", "")
    for key, text in (
        (1, family),
        (2, style),
        (3, f"{family} {style} {recipe}"),
        (4, f"{family} {style}"),
        (6, f"{plain}-{style}"),
    ):
        names.setName(text, key, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    _even_lines(font)
    font["head"].modified = font["head"].created = _DATE


def _even_lines(font: TTFont) -> None:
    """The same height of a line in every script and weight.

    Noto's own lines are tall enough for the tallest letters of a script: rows of a chart would drift away
    from their marks, more so in Arabic than in English.
    """
    em = font["head"].unitsPerEm
    above, below = round(_ABOVE * em), round(_BELOW * em)
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = above, -below, 0
    metrics = font["OS/2"]
    metrics.sTypoAscender, metrics.sTypoDescender, metrics.sTypoLineGap = (
        above,
        -below,
        0,
    )
    if metrics.version >= 4:
        metrics.fsSelection |= 1 << 7  # use these and no others


def save(font: TTFont, path: Path, flavour: str | None) -> None:
    """Write a font, as woff2 or woff if `flavour` says so.

    Two reports may be built side by side, so it is written beside its place and then moved there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    font.flavor = flavour
    font.recalcTimestamp = False
    handle, name = tempfile.mkstemp(dir=path.parent)
    os.close(handle)
    font.save(name)
    Path(name).replace(path)


def _bytes(font: TTFont) -> Any:
    buffer = io.BytesIO()
    font.save(buffer)
    buffer.seek(0)
    return buffer
