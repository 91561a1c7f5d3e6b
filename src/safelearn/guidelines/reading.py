"""Read one of the vocabulary's own files, which lie beside this one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from safelearn.errors import SafelearnError
from safelearn.language import listing, t


def read(name: str) -> dict[str, Any]:
    """The content of ``NAME.toml``."""
    path = Path(__file__).with_name(f"{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def unknown(what: str, given: str, known: list[str]) -> SafelearnError:
    """The error for a name that is not in the vocabulary, with the nearest that are.

    `what` is a whole sentence, already translated.
    """
    from difflib import get_close_matches

    near = get_close_matches(str(given), known, n=3, cutoff=0.5)
    remedy = t("The nearest known are: {names}.", names=listing(near)) if near else ""
    return SafelearnError(what, remedy=remedy)
