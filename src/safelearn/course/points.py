"""Points as people read them."""

from __future__ import annotations

from safelearn.language import number


def in_words(points: float) -> str:
    """With as many decimals as they need: ``3``, ``0.6``, a quarter of a point as ``0.25``."""
    digits = next((n for n in (0, 1) if round(points, n) == round(points, 2)), 2)
    return number(points, digits)
