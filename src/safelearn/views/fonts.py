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
import os
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from safelearn import resources
from safelearn.views import cutting

FAMILY = "Safelearn Sans"
#: Raised whenever `cutting` changes, so that what it made before is left alone.
RECIPE = "3"

#: Languages whose script is merged in; Latin, Greek and Cyrillic always are.
_SCRIPTS = {
    "ar": "Arabic",
    "fa": "Arabic",
    "he": "Hebrew",
    "ps": "Arabic",
    "ur": "Arabic",
}


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
        font = cutting.merged(paths, script, fallback[weight][0])
        cutting.rename(font, family, weight, RECIPE)
        cutting.save(font, ttf[weight], None)
        cutting.save(font, web[weight], kind)
    return Letters(family, source, ttf, web)


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
