"""The letters of a report: found on this machine, cut to what is needed, the same in charts and on the page.

Noto Sans is taken where the system has it, otherwise the DejaVu Sans that comes with matplotlib; nothing
is fetched, and no font file is copied into the project. Signs that Noto Sans lacks (minus, arrows, less
or equal) are merged in, and so is the script of the language, because matplotlib's SVG text draws boxes
where it must fall back to a second font. The result has its own family name, or a system copy without
those signs would be picked instead. Built once, then read from the user's cache.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn import resources

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FAMILY = "Safelearn Sans"
#: Raised whenever the recipe below changes, so that old caches are left alone.
RECIPE = "1"

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
_SIGNS = [*range(0x2190, 0x2194), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265]
_SCRIPTS = {"ar": "Arabic", "fa": "Arabic", "ps": "Arabic", "ur": "Arabic"} | {
    "he": "Hebrew"
}
_RANGES = {
    "": [],
    "Arabic": [*range(0x600, 0x700), *range(0x200C, 0x2010)],
    "Hebrew": [*range(0x590, 0x600)],
}

#: Kerning and accents for all, and what joins and shapes the letters of the other scripts.
_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "init", "medi", "fina", "isol"]
_FEATURES += ["rlig", "calt", "liga"]


@dataclass(frozen=True)
class Letters:
    """The two weights that a report uses, ready for matplotlib and for the page.

    Attributes
    ----------
    family : str
        The name that matplotlib knows them by.
    source : str
        Where the letters come from: ``Noto Sans`` or ``DejaVu Sans``.
    ttf, web : dict of int to Path
        By weight (400, 700): a TrueType file, and a woff2 or woff file for the page.
    """

    family: str
    source: str
    ttf: dict[int, Path]
    web: dict[int, Path]


def letters(language: str = "en") -> Letters:
    """The letters for a report in `language`, built if this machine has not built them yet."""
    return _letters(_SCRIPTS.get(language.split("_")[0], ""))


def register(language: str = "en") -> str:
    """Make the letters known to matplotlib and return their family name."""
    from matplotlib import font_manager

    found = letters(language)
    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for path in found.ttf.values():
        if str(path) not in known:
            font_manager.fontManager.addfont(str(path))
    return found.family


def css(language: str = "en") -> str:
    """``@font-face`` rules with the letters inside them, for the page's style sheet."""
    rules = []
    for weight, path in letters(language).web.items():
        kind = path.suffix.removeprefix(".")
        data = base64.b64encode(path.read_bytes()).decode("ascii")
        rules.append(
            f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};'
            f'src:url(data:font/{kind};base64,{data}) format("{kind}")}}'
        )
    return "".join(rules)


@lru_cache(maxsize=8)
def _letters(script: str) -> Letters:
    fallback = _dejavu()
    for source, files in (("Noto Sans", _noto(script)), ("DejaVu Sans", fallback)):
        if files is None:
            continue
        try:
            return _build(script, source, files, fallback)
        except (
            Exception
        ):  # a damaged or unusual system font must not cost a city its report
            if source == "DejaVu Sans":
                raise
    raise FileNotFoundError("DejaVuSans.ttf")  # matplotlib always ships it


def _build(
    script: str,
    source: str,
    files: dict[int, list[Path]],
    fallback: dict[int, list[Path]],
) -> Letters:
    family = f"{FAMILY} {script}".strip()
    kind = "woff2" if _has_brotli() else "woff"
    recipe = hashlib.sha256(f"{RECIPE} {family} {kind}".encode())
    for path in sorted({p for paths in files.values() for p in paths}):
        recipe.update(path.read_bytes())
    folder = _cache() / f"{source.split()[0].lower()}-{recipe.hexdigest()[:16]}"
    ttf = {w: folder / f"{w}.ttf" for w in files}
    web = {w: folder / f"{w}.{kind}" for w in files}
    for weight, paths in files.items():
        if ttf[weight].is_file() and web[weight].is_file():
            continue
        font = _merged(paths, script, fallback[weight][0])
        _rename(font, family, weight)
        _save(font, ttf[weight], None)
        _save(font, web[weight], kind)
    return Letters(family, source, ttf, web)


def _merged(paths: list[Path], script: str, signs_from: Path) -> TTFont:
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


def _rename(font: TTFont, family: str, weight: int) -> None:
    style = "Bold" if weight == 700 else "Regular"
    names = font["name"]
    names.names = []
    plain = family.replace(" ", "")
    for key, text in (
        (1, family),
        (2, style),
        (3, f"{family} {style} {RECIPE}"),
        (4, f"{family} {style}"),
        (6, f"{plain}-{style}"),
    ):
        names.setName(text, key, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["head"].modified = font["head"].created = (
        3_660_000_000  # the same bytes any day
    )


def _save(font: TTFont, path: Path, flavour: str | None) -> None:
    # Two reports may be built side by side: write beside, then move into place.
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


def _has_brotli() -> bool:
    from importlib.util import find_spec

    return any(find_spec(name) for name in ("brotli", "brotlicffi"))


def _cache() -> Path:
    try:
        folder = resources.cache() / "fonts"
        folder.mkdir(exist_ok=True)
    except OSError:  # a read-only home, as in a container
        folder = Path(tempfile.gettempdir()) / "safelearn-fonts"
        folder.mkdir(exist_ok=True)
    return folder


def _dejavu() -> dict[int, list[Path]]:
    from matplotlib import get_data_path

    folder = Path(get_data_path()) / "fonts" / "ttf"
    return {400: [folder / "DejaVuSans.ttf"], 700: [folder / "DejaVuSans-Bold.ttf"]}


def _noto(script: str) -> dict[int, list[Path]] | None:
    """Noto Sans in both weights, with the file of the script and the signs it lacks, or None."""
    found = _system_fonts()
    wanted: dict[int, list[Path]] = {}
    for weight, style in ((400, "Regular"), (700, "Bold")):
        names = [f"NotoSans-{style}.ttf"]
        names += [f"NotoSans{script}-{style}.ttf"] if script else []
        if not all(name in found for name in names):
            return None
        names += ["NotoSansMath-Regular.ttf"]
        wanted[weight] = [found[name] for name in names if name in found]
    return wanted


@lru_cache(maxsize=1)
def _system_fonts() -> dict[str, Path]:
    from matplotlib import font_manager

    folders = [*font_manager.X11FontDirectories, *font_manager.OSXFontDirectories]
    if os.name == "nt":
        folders.append(font_manager.win32FontDirectory())
    files: dict[str, Path] = {}
    for folder in map(Path, folders):
        if folder.is_dir():
            for path in sorted(folder.rglob("NotoSans*.ttf")):
                files.setdefault(path.name, path)
    return files
