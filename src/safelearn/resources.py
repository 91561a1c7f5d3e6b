"""Where the things that are not code lie: curriculum, bundled cities, templates, and the user's cache.

In a checkout they are the folders beside ``src``; in an installed wheel they lie inside the package. Nothing
else in safelearn looks for them, and nothing is ever written there.
"""

from __future__ import annotations

from pathlib import Path

from safelearn.errors import SafelearnError

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parents[1]


def is_checkout() -> bool:
    """Whether this is a checkout with sources, solutions included, and not an installed wheel."""
    return (_CHECKOUT / "pyproject.toml").is_file() and (
        _CHECKOUT / "curriculum"
    ).is_dir()


def curriculum() -> Path:
    """The modules of the course."""
    return _folder("curriculum")


def datasets() -> Path:
    """The bundled cities."""
    return _folder("datasets")


def templates() -> Path:
    """Notebook, report, instrument and document templates, and the translations."""
    return _folder("templates")


def bundled_city(name: str) -> Path:
    """The folder of a bundled city.

    Raises
    ------
    SafelearnError
        If no city of that name is bundled.
    """
    from safelearn.language import listing, t

    folder = datasets() / name
    if not (folder / "city.toml").is_file():
        known = sorted(p.parent.name for p in datasets().glob("*/city.toml"))
        raise SafelearnError(
            t("There is no bundled city called {name}.", name=name),
            remedy=t("The bundled cities are: {names}.", names=listing(known)),
        )
    return folder


def cache() -> Path:
    """The user's own cache folder, made if it is missing."""
    from platformdirs import user_cache_path

    return user_cache_path("safelearn", appauthor=False, ensure_exists=True)


def _folder(name: str) -> Path:
    root = _CHECKOUT if is_checkout() else _PACKAGE / "_resources"
    return root / name
