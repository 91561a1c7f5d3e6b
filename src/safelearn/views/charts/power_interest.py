"""The grid of power and interest: each organisation where raters put it, with the span of their scores.

Spans that cross the cut are grey: whoever is there stands on the line, and no field is theirs. Inside a field nobody is
above another. It is for the city's own office.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import number
from safelearn.views import labels, style
from safelearn.views.released import released, texts, values

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved


def power_interest(
    table: Approved,
    *,
    cut: float,
    fields: tuple[str, str, str, str],
    axes_words: tuple[str, str],
    chosen: str = "",
) -> Callable[[bool], Figure]:
    """Draw one point an organisation, named by its code.

    Parameters
    ----------
    table : Approved
        `stakeholder_id`, `power` and `interest` from 1 to 5 with `_lowest` and `_highest`, and `sure`.
    cut : float
        More than this is much.
    fields : four str
        What each field is called: top left, top right, bottom left, bottom right.
    axes_words : (str, str)
        What runs across (interest) and up (power).
    chosen : str, optional
        The code of an organisation that stands out.
    """
    table = released(table)
    x, y = values(table, "interest"), values(table, "power")
    sure = np.array([word == "yes" for word in texts(table, "sure")])
    codes = texts(table, "stakeholder_id")
    spans = [
        (values(table, f"{axis}_lowest"), values(table, f"{axis}_highest"))
        for axis in ("interest", "power")
    ]

    def draw(narrow: bool) -> Figure:
        figure, axes = style.frame(narrow, 5.6, 4.8)
        axes.set_xlim(0.6, 5.4)
        # Above and below the scale there is room for what the fields are called.
        axes.set_ylim(0.05, 5.95)
        axes.grid(visible=False)
        axes.axvline(cut, color=style.INK, lw=1, zorder=1)
        axes.axhline(cut, color=style.INK, lw=1, zorder=1)
        ticks = np.arange(1, 6)
        axes.set_xticks(ticks, [number(v) for v in ticks])
        axes.set_yticks(ticks, [number(v) for v in ticks])
        axes.set_xlabel(axes_words[0])
        axes.set_ylabel(axes_words[1])
        corners = _fields(axes, fields, narrow)
        across, up = _apart(x, y, cut)
        for k in range(len(codes)):
            out = codes[k] == chosen
            colour = style.ORANGE if out else style.BLUE if sure[k] else style.CONTEXT
            line = {
                "color": colour,
                "lw": 2 if out else 1.1 if sure[k] else 0.8,
                "alpha": 1 if out else 0.75 if sure[k] else 0.4,
            }
            axes.plot([spans[0][0][k], spans[0][1][k]], [up[k]] * 2, zorder=2, **line)
            axes.plot([across[k]] * 2, [spans[1][0][k], spans[1][1][k]], zorder=2, **line)  # fmt: skip
            fill = colour if sure[k] else "white"
            axes.plot(
                across[k],
                up[k],
                "o",
                ms=8 if out else 5,
                color=fill,
                mec=colour,
                zorder=4,
            )
        if narrow:
            _codes_of_fields(axes, across, up, codes)
        else:
            labels.place(axes, list(zip(across, up, strict=True)), codes, np.c_[across, up], corners)  # fmt: skip
        return figure

    return draw


def _apart(x: np.ndarray, y: np.ndarray, cut: float) -> tuple[np.ndarray, np.ndarray]:
    """Scores are whole numbers, so many points fall on one another: those stand round it, in their order.

    A point on the cut counts as little, so none of these is moved over it.
    """
    across, up = x.astype(float).copy(), y.astype(float).copy()
    places: dict[tuple[float, float], list[int]] = {}
    for k, point in enumerate(zip(x, y, strict=True)):
        places.setdefault(point, []).append(k)
    for same in places.values():
        if len(same) < 2:
            continue
        first, last = _turns(across[same[0]] == cut, up[same[0]] == cut)
        turn = np.linspace(first, last, len(same), endpoint=last - first < 2 * np.pi)
        reach = 0.11 + 0.02 * len(same)
        across[same] += reach * np.cos(turn)
        up[same] += reach * np.sin(turn)
    return across, up


def _turns(on_upright: bool, on_level: bool) -> tuple[float, float]:
    """From which to which angle points may be moved, so that left and below of the cut stay so."""
    half = np.pi / 2
    if on_upright and on_level:
        return 2 * half, 3 * half
    if on_upright:
        return half, 3 * half
    return (2 * half, 4 * half) if on_level else (0.0, 4 * half)


def _codes_of_fields(axes, across, up, codes) -> None:
    """On a phone codes stand right beside their points, small."""
    for x, y, code in zip(across, up, codes, strict=True):
        axes.annotate(
            code, (x, y), xytext=(3, 2), textcoords="offset points", fontsize=6.5, path_effects=style.halo()
        ).set_in_layout(False)  # fmt: skip


def _fields(axes, words: tuple[str, str, str, str], narrow: bool) -> list:
    at = ((0.012, 0.988), (0.988, 0.988), (0.012, 0.012), (0.988, 0.012))
    return [
        axes.text(
            *place, labels.wrapped(text, 18 if narrow else 34, 4), transform=axes.transAxes,
            ha="left" if place[0] < 0.5 else "right", va="top" if place[1] > 0.5 else "bottom",
            color=style.INK2, style="italic", path_effects=style.halo(), zorder=7,
            fontsize=7.5 if narrow else style.SIZE,
        )
        for place, text in zip(at, words, strict=True)
    ]  # fmt: skip
