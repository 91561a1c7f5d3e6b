"""Who gives what to whom, drawn as a net: one point an organisation, one line a tie. For the city's own office.

A tie of conflict is dashed, one of orders or money thin, and one by which offices work together heavy, so that nothing
needs colour. Points stand where their ties pull them; near means nothing but that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

import numpy as np

from safelearn.views import labels, style
from safelearn.views.released import released, texts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from safelearn.disclosure.approval import Approved

#: How a kind of tie is drawn: the ones by which offices work together, orders and money, conflict.
_LINES = {
    "working": {"color": style.BLUE, "lw": 1.3, "alpha": 0.75},
    "means": {"color": style.CONTEXT, "lw": 0.9, "alpha": 0.8},
    "conflict": {"color": style.ORANGE, "lw": 1.6, "ls": (0, (3, 2))},
}
_KIND = {"command": "means", "money": "means", "conflict": "conflict"}


def ties(
    edges: Approved,
    actors: Approved,
    *,
    words: tuple[str, str, str],
    alone: str,
    bold: Collection[str] = (),
) -> Callable[[bool], Figure]:
    """Draw the net.

    Parameters
    ----------
    edges : Approved
        `from_id`, `to_id`, `tie`.
    actors : Approved
        `stakeholder_id`, one row an organisation.
    words : (str, str, str)
        What a heavy, a thin and a dashed line are.
    alone : str
        What is said of points without a tie, which stand in a row below.
    bold : collection of str
        Codes to be drawn large.
    """
    edges, actors = released(edges), released(actors)
    codes = texts(actors, "stakeholder_id")
    lines = [
        (a, b, _KIND.get(tie, "working"))
        for a, b, tie in zip(
            texts(edges, "from_id"), texts(edges, "to_id"), texts(edges, "tie"), strict=True
        )
        if a in codes and b in codes
    ]  # fmt: skip
    at, single = _places(codes, lines)

    def draw(narrow: bool) -> Figure:
        figure, axes = style.frame(narrow, 5.6, 4.4)
        axes.set_axis_off()
        axes.set_xlim(-1.12, 1.12)
        axes.set_ylim(-1.3 if single else -1.12, 1.12)
        for a, b, kind in lines:
            (x0, y0), (x1, y1) = at[a], at[b]
            axes.plot([x0, x1], [y0, y1], zorder=1, **_LINES[kind])
        for code, (x, y) in at.items():
            large = code in bold
            axes.plot(
                x, y, "o", ms=13 if large else 8, color=style.BLUE if large else "white",
                mec=style.INK, mew=1, zorder=3,
            )  # fmt: skip
            axes.annotate(
                code, (x, y), xytext=(0, 9 if large else 6), textcoords="offset points", ha="center",
                fontsize=6 if narrow else 8, weight="bold" if large else "normal",
                path_effects=style.halo(), zorder=5,
            ).set_in_layout(False)  # fmt: skip
        if single:
            axes.text(-1.1, -1.2, alone, va="center", fontsize=8.5, color=style.INK2)
        _legend(axes, words, {kind for *_, kind in lines}, narrow)
        return figure

    return draw


def _places(
    codes: Sequence[str], lines: Sequence[tuple[str, str, str]]
) -> tuple[dict[str, tuple[float, float]], list[str]]:
    """Where points stand: those with ties as springs would put them, those without in a row below."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(codes)
    graph.add_edges_from((a, b) for a, b, kind in lines if kind != "conflict")
    single = [code for code in codes if graph.degree[code] == 0]
    graph.remove_nodes_from(single)
    found = networkx.kamada_kawai_layout(graph) if len(graph) else {}
    points = np.array(list(found.values())).reshape(-1, 2)
    if len(points):
        # The layout is free to turn: its longer side lies across.
        points = points - points.mean(axis=0)
        points = points @ np.linalg.svd(points, full_matrices=False)[2].T
        points = points / np.maximum(np.abs(points).max(axis=0), 1e-9)
        points[:, 1] *= 0.95
    at = {
        code: (float(x), float(y)) for code, (x, y) in zip(found, points, strict=True)
    }
    for k, code in enumerate(single):
        at[code] = (-0.55 + 0.16 * k, -1.2)
    return at, single


def _legend(axes, words, drawn: Collection[str], narrow: bool) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], label=labels.wrapped(text, 44, 1), **_LINES[kind])
        for kind, text in zip(_LINES, words, strict=True)
        if kind in drawn
    ]
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=1 if narrow else 3, frameon=False,
        borderaxespad=0.1, handletextpad=0.5, fontsize=style.SIZE,
    )  # fmt: skip
