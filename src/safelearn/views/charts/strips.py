"""Very many areas on a page: each an upright line at its rate, in code order, with the city's own line across."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from safelearn.language import t
from safelearn.views import labels, style
from safelearn.views.charts import axes as ax
from safelearn.views.released import hidden_words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Areas in one strip, on a page and on a phone.
_WIDE, _NARROW = 140, 70


@dataclass(frozen=True)
class Rows:
    """Areas with their values, intervals and marks, in the order in which they stand.

    `words` say why a hidden row has no value.
    """

    names: list[str]
    value: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    raw: np.ndarray
    unstable: np.ndarray
    hidden: np.ndarray
    colours: list[str]
    words: list[str]

    def part(self, keep: slice) -> Rows:
        """Some of the rows."""
        return Rows(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))


def strips(rows: Rows, narrow, unit, reference, share, end) -> Figure:
    count = len(rows.names)
    most = _NARROW if narrow else _WIDE
    panels = int(np.ceil(count / most))
    each = int(np.ceil(count / panels))
    figure, axes = style.frame(narrow, 2.1 * panels + 0.3, nrows=panels, squeeze=False)
    for k, one in enumerate(axes[:, 0]):
        part = rows.part(slice(k * each, (k + 1) * each))
        at = np.arange(len(part.names))
        for muted, colour in ((False, style.BLUE), (True, style.CONTEXT)):
            keep = (part.unstable == muted) & np.isfinite(part.value)
            one.vlines(
                at[keep],
                part.lower[keep],
                part.upper[keep],
                color=colour,
                lw=1.3,
                ls=(0, (1.2, 1)) if muted else "-",
            )
            one.plot(
                at[keep],
                part.value[keep],
                "o",
                ms=2.6,
                mew=0.9,
                mec=colour,
                color="white" if muted else colour,
            )
        for gone, sign in (
            (part.hidden, "×"),
            (~part.hidden & np.isnan(part.value), "–"),
        ):
            for x in at[gone]:
                one.text(
                    x, end * 0.02, sign, ha="center", va="bottom", color=style.INK2
                )
        ax.count_axis(one, "y", end, 4, share=share, whole=False)
        one.set_xlim(-1, each)
        one.set_xticks([])
        ends = t("{first} to {last}", first=part.names[0], last=part.names[-1])
        one.set_xlabel(labels.wrapped(ends, 50 if narrow else 110, 1), loc="left")
        if reference:
            one.axhline(reference[0], color=style.INK, lw=1)
        if k == 0:
            line = t("Line: {words}", words=reference[1]) if reference else ""
            ax.unit_above(one, f"{unit}\n{line}" if narrow and line else unit)
            if line and not narrow:
                one.set_title(line, loc="right")
    if rows.hidden.any() or np.isnan(rows.value).any():
        figure.supxlabel(
            t("× {hidden} · – no rate", hidden=hidden_words()),
            fontsize=style.SIZE,
            color=style.INK2,
            x=0.02,
            ha="left",
        )
    return figure
