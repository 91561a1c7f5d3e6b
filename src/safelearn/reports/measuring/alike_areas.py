"""Whether neighbouring areas have like rates, and which stand together, from released rates only.

Nothing hidden goes in, so nothing hidden can come out; areas without a shown rate are no neighbours.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.diagnosis.autocorrelation import local_moran, moran
from safelearn.diagnosis.discoveries import false_discovery_rate
from safelearn.diagnosis.hotspots import CLEAR, gi_star_areas
from safelearn.diagnosis.neighbours import SLIVER, contiguity
from safelearn.errors import Refused
from safelearn.language import t
from safelearn.reports import hot_spot_findings as findings
from safelearn.reports.measuring.scope import Scope


def alike_areas(scope: Scope) -> None:
    """Measure, and let out what may be shown (draft:25(d).2)."""
    rates = scope.release.tables.get("smoothed_rates_by_area")
    outlines = scope.outlines
    if rates is None or outlines is None:
        return
    near = contiguity(outlines, gap=SLIVER)
    lines = []
    for offence in scope.release.results["mapped"]:
        frame = rates.where(offence=offence).frame.set_index("area_id")
        rate = frame["rate"].reindex(outlines["area_id"]).to_numpy(dtype=float)
        try:
            whole, each = moran(rate, near), local_moran(rate, near)
            score = gi_star_areas(rate, near)
        except Refused as refused:
            scope.refused["alike_areas"] = refused
            return
        clear = each["q"].to_numpy() <= CLEAR
        kind = np.where(clear, each["kind"], "")
        group = _group(score)
        for area, k, g in zip(outlines["area_id"], kind, group, strict=True):
            lines.append((str(area), frame["area_name"].get(area, ""), offence, k, g))
        scope.release.results[f"moran:{offence}"] = (
            round(whole.i, 2),
            round(whole.p, 4),
        )
        scope.release.sentences[f"alike:{offence}"] = findings.alike(
            whole.i, whole.p <= CLEAR, int((group != "").sum())
        )
    if "hot_spots" not in scope.release.cards:
        scope.release.card("hot_spots")
    names = ["area_id", "area_name", "offence", "moran", "gi_star"]
    scope.release.approve(
        "groups_of_areas",
        pd.DataFrame(lines, columns=names).sort_values(
            ["offence", "area_id"], ignore_index=True
        ),
        keys=names[:3],
        measures=names[3:],
        derived={},
        title=t("Areas that stand together with their neighbours"),
        notes=[
            t(
                "From the rates that are shown. Empty: no clear group, or no rate. Clear: a false discovery rate of 5%."
            )
        ],
        model="hot_spots",
    )


def _group(score: np.ndarray) -> np.ndarray:
    """Whether an area and its neighbours together lie clearly above or below the others."""
    from scipy import special

    q = false_discovery_rate(2 * special.ndtr(-np.abs(score)))
    words = np.where(score > 0, "above", "below").astype(object)
    return np.where(np.isfinite(q) & (q <= CLEAR), words, "")
