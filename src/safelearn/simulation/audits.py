"""What walkers saw: audits of places by day and after dark, twice where two raters walked together.

A town goes in, the audits table comes out. Each place has a quality that both raters look at; the second rater
is somewhat stricter, and dark lowers all scores, so that agreement between raters is neither perfect nor nil.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation.answers import draw
from safelearn.simulation.streams import stream
from safelearn.simulation.town import Town

PLACES, AREAS = 4, 16
#: How much lower the second rater scores, on the scale of a place's quality (standard deviation 1).
STRICTER = 0.35
APPROACHES = (
    "surveillance_natural", "surveillance_formal", "access_control",
    "territorial_clear", "image_maintained", "activity_support", "target_hardening",
    "social_cohesion", "social_connectivity", "community_culture",
    "threshold_capacity", "accessible_route", "accessible_information",
    "accessible_rest",
)  # fmt: skip
SCORES = (
    "lighting", "openness", "visibility", "people", "women", "security", "footpath",
    "transport", "feeling",
)  # fmt: skip
KINDS = {"street": 45, "open_space": 25, "public_transport": 20, "market": 10}
NAMES = {
    "street": "Corner", "open_space": "Square", "public_transport": "Bus stop",
    "market": "Street market",
}  # fmt: skip


def walk(town: Town) -> pd.DataFrame:
    """One row a visit and rater."""
    rng = stream(town.plan.seed, "audits")
    areas = np.sort(rng.permutation(len(town.conditions))[:AREAS])
    area = np.repeat(areas, PLACES)
    n = len(area)
    kind = draw(rng, KINDS, n)
    poor = town.conditions["deprivation"].to_numpy()[area]
    quality = -0.45 * poor + rng.normal(0, 1, n)
    code = town.conditions["area_id"].to_numpy()[area]
    name = town.conditions["area_name"].to_numpy()[area]
    number = np.tile(np.arange(1, PLACES + 1), len(areas))
    day = pd.Timestamp("2025-03-10") + pd.to_timedelta(rng.integers(0, 80, n), "D")
    double = rng.random(n) < 0.5
    rows = []
    for place in range(n):
        for light in ("day", "dark"):
            for rater in ("A", "B") if double[place] else ("A",):
                felt = (
                    quality[place] - 0.7 * (light == "dark") - STRICTER * (rater == "B")
                )
                rows.append(
                    {
                        "audit_id": f"U{len(rows) + 1:03d}",
                        "place_id": f"{code[place]}-{number[place]}",
                        "place_name": f"{NAMES[kind[place]]} {number[place]}, {name[place]}",
                        "area_id": code[place],
                        "place_type": kind[place],
                        "visited_on": str(day[place].date()),
                        "light": light,
                        "rater": rater,
                        "rater_group": "women" if rater == "A" else "youth",
                    }
                    | _seen(rng, felt, light)
                )
    return pd.DataFrame(rows)


def _seen(rng: np.random.Generator, felt: float, light: str) -> dict[str, object]:
    lamps = int(rng.integers(2, 9))
    share = np.clip(0.75 + 0.12 * felt, 0.1, 1)
    out: dict[str, object] = {
        "lamps": lamps,
        "lamps_working": int(rng.binomial(lamps, share)) if light == "dark" else None,
    }
    for item in APPROACHES:
        place = felt + rng.logistic(0, 0.55)
        out[item] = "yes" if place > 0.5 else "partly" if place > -0.5 else "no"
    for item in SCORES:
        place = felt + rng.logistic(0, 0.5)
        out[f"score_{item}"] = int(np.searchsorted([-1.3, 0.0, 1.3], place))
    return out
