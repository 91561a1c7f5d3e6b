"""Words beside what they name, wherever the data leave room.

A label is tried at many places round its point; the one that covers least of what is drawn, and no other
label, is taken. So the same chart works for a city whose series falls and for one whose series rises.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from safelearn.views import style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ANGLES = np.deg2rad([90, 60, 120, 30, 150, 270, 300, 240, 330, 210, 0, 180])
_DISTANCES = (10, 20, 34, 50, 70, 95, 125)
#: Where on its leader line a label's line is looked at.
_WAY = np.linspace(0.1, 0.9, 12)[:, None]


def place(
    axes: Axes,
    points: Sequence[tuple[float, float]],
    words: Sequence[str],
    drawn: np.ndarray,
    avoid: Sequence[Any] = (),
) -> list[Any]:
    """Annotate points of `axes` without covering data or each other.

    Parameters
    ----------
    axes : Axes
        With its limits set.
    points : sequence of (x, y)
        In data coordinates.
    words : sequence of str
        One label a point.
    drawn : ndarray of shape (m, 2)
        Points of what must stay visible, in data coordinates, close together.
    avoid : sequence of Artist
        Words and lines that are there already.

    Returns
    -------
    list of Annotation
    """
    figure = axes.figure
    figure.draw_without_rendering()
    renderer = figure.canvas.get_renderer()
    pixel = figure.dpi / 72
    room = axes.get_window_extent(renderer)
    ink = axes.transData.transform(np.asarray(drawn, float).reshape(-1, 2))
    taken = [tuple(a.get_window_extent(renderer).padded(2).extents) for a in avoid]
    notes = []
    for point, text in zip(points, words, strict=True):
        note = axes.annotate(
            text,
            point,
            xytext=(0, 0),
            textcoords="offset points",
            ha="center",
            va="center",
            linespacing=1.2,
            path_effects=style.halo(),
            zorder=8,
            annotation_clip=False,
        )
        note.set_in_layout(False)
        box = note.get_window_extent(renderer)
        half = np.array([box.width, box.height]) / 2
        anchor = axes.transData.transform(point)
        best = min(
            product(_ANGLES, _DISTANCES),
            key=lambda where: _cost(where, half, anchor, pixel, room, ink, taken),
        )
        offset = _offset(best, half, pixel)
        centre = anchor + offset
        taken.append((*(centre - half), *(centre + half)))
        note.set_position(tuple(offset / pixel))
        if best[1] > _DISTANCES[0]:
            _leader(axes, point, offset, half, pixel)
            # The next label must not lie on this line.
            way = np.linspace(0.1, 1, 20)[:, None] * offset
            ink = np.vstack([ink, anchor + way])
        notes.append(note)
    return notes


def wrapped(text: str, width: int, lines: int = 2) -> str:
    """`text` on at most `lines` lines of about `width` letters, cut with an ellipsis if need be."""
    parts = textwrap.wrap(text, width, break_long_words=True) or [""]
    if len(parts) > lines:
        rest = " ".join(parts[lines - 1 :])
        parts = [*parts[: lines - 1], rest[: width - 1].rstrip() + "…"]
    return "\n".join(parts)


def _offset(where: tuple[float, float], half: np.ndarray, pixel: float) -> np.ndarray:
    # The distance is from the point to the nearest edge of the box, whatever its shape.
    angle, distance = where
    direction = np.array([np.cos(angle), np.sin(angle)])
    return direction * distance * pixel + np.sign(np.round(direction, 6)) * half


def _cost(where, half, anchor, pixel, room, ink, taken) -> float:
    offset = _offset(where, half, pixel)
    low, high = anchor + offset - half - 3 * pixel, anchor + offset + half + 3 * pixel
    outside = (
        max(room.x0 - low[0], 0)
        + max(high[0] - room.x1 - 6 * pixel, 0)
        + max(room.y0 - low[1], 0)
        + max(high[1] - room.y1 - 4 * pixel, 0)
    )
    covered = ((ink > low) & (ink < high)).all(axis=1).sum() if len(ink) else 0
    overlap = sum(
        max(0.0, min(high[0], x1) - max(low[0], x0))
        * max(0.0, min(high[1], y1) - max(low[1], y0))
        for x0, y0, x1, y1 in taken
    )
    crossed = 0
    if len(ink):
        # What the leader line would cross, its own end apart.
        steps = np.linspace(0.3, 1, 12)[:, None]
        path = anchor + steps * offset * max(
            0.0, 1 - np.min(half / np.abs(offset).clip(1))
        )
        near = np.abs(path[:, None, :] - ink[None, :, :]).max(axis=2) < 3 * pixel
        crossed = near.any(axis=1).sum()
    if taken:
        way = anchor + _WAY * offset
        boxes = np.array(taken)[:, None, :]
        inside = ((way > boxes[..., :2]) & (way < boxes[..., 2:])).all(axis=2)
        crossed += 3 * inside.any(axis=1).sum()
    return 40 * outside + 10 * overlap + 12 * covered + 4 * crossed + where[1]


def _leader(axes, point, offset, half, pixel) -> None:
    # From the point to the nearest spot on the edge of the box.
    scale = np.min((half + 2 * pixel) / np.abs(offset).clip(1e-9))
    end = offset * (1 - min(scale, 1.0)) / pixel
    line = axes.annotate(
        "",
        point,
        xytext=tuple(end),
        textcoords="offset points",
        arrowprops={
            "arrowstyle": "-",
            "color": style.INK2,
            "lw": 0.8,
            "shrinkA": 0,
            "shrinkB": 3,
        },
        annotation_clip=False,
        zorder=7,
    )
    line.set_in_layout(False)
