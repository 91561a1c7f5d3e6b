"""What the city is made of between its houses: streets, public spaces, places that help, services.

A town goes in, four tables come out. What is good is shared out as it is in most cities: more of it, and better
kept, where people are better off.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation.answers import draw, draw_each, yes
from safelearn.simulation.drawing import ZONES
from safelearn.simulation.geography import to_degrees
from safelearn.simulation.streams import stream
from safelearn.simulation.town import Town

STREETS_AN_AREA = 9


def streets(town: Town) -> pd.DataFrame:
    """A sample of street segments in every neighbourhood, sides of blocks."""
    rng = stream(town.plan.seed, "streets")
    area = np.repeat(np.arange(len(town.conditions)), STREETS_AN_AREA)
    n, poor = len(area), town.conditions["deprivation"].to_numpy()[area]
    steep = np.array([ZONES[z].bend for z in town.conditions["zone"]])[area] >= 50
    size = np.array([ZONES[z].block for z in town.conditions["zone"]])[area]
    length = size[np.arange(n), rng.integers(0, 2, n)] * rng.uniform(0.75, 1.25, n)
    kind = draw_each(
        rng,
        {
            "main": 0.14, "secondary": 0.22,
            "residential": np.where(steep, 0.34, 0.50),
            "alley": np.where(poor > 0.8, 0.14, 0.05),
            "stairs": np.where(steep, 0.14, 0.0),
            "path": np.where(steep, 0.05, 0.02),
            "pedestrian": 0.04,
        },
    )  # fmt: skip
    lamps = rng.poisson(length / np.where(poor > 0.8, 70, 38))
    works = np.clip(0.93 - 0.10 * poor + rng.normal(0, 0.05, n), 0.3, 1)
    busy = town.conditions["busy"].to_numpy()[area]
    wide = {"main": 24, "secondary": 15, "residential": 10, "pedestrian": 9}
    return pd.DataFrame(
        {
            "segment_id": [f"W{number:04d}" for number in range(1, n + 1)],
            "area_id": town.conditions["area_id"].to_numpy()[area],
            "street_class": kind,
            "length_m": length.round(0),
            "width_m": (pd.Series(kind).map(wide).fillna(3) * rng.uniform(0.8, 1.2, n))
            .round(1)
            .to_numpy(),
            "pavement": draw_each(
                rng,
                {
                    "both_sides": 0.55 * np.exp(-0.5 * poor),
                    "one_side": 0.25,
                    "none": 0.12 * np.exp(0.6 * poor),
                    "shared": 0.08,
                },
            ),
            "accessible": draw_each(
                rng,
                {
                    "yes": 0.4 * np.exp(-0.5 * poor) * ~steep,
                    "partly": 0.3,
                    "no": 0.3 + 0.4 * steep,
                },
            ),
            "lamps": lamps,
            "lamps_working": rng.binomial(lamps, works),
            "active_frontage": rng.beta(2 + 4 * busy, 3, n).round(2),
            "land_uses": 1 + rng.poisson(0.6 + 1.6 * busy),
            "gated": yes(rng, 0.01 + 0.06 * (poor < -1)),
            "crossings": rng.poisson(np.where(kind == "main", 1.1, 0.2)),
            "junctions": rng.integers(2, 5, n),
            "transit_stop": yes(rng, np.where(kind == "main", 0.45, 0.05)),
            "cycleway": yes(rng, np.where(poor < -0.8, 0.14, 0.02)),
            "speed_limit": np.select(
                [kind == "main", kind == "secondary", kind == "residential"],
                [60, 40, 30],
                10,
            ),
        }
    )


def spaces(town: Town) -> pd.DataFrame:
    """Public spaces: fewer and worse kept where people are poorer."""
    rng = stream(town.plan.seed, "spaces")
    poor = town.conditions["deprivation"].to_numpy()
    each = 1 + rng.poisson(1.9 * np.exp(-0.35 * poor))
    area = np.repeat(np.arange(len(poor)), each)
    n, need = len(area), poor[area]
    sea = np.isin(
        town.conditions["zone"].to_numpy()[area], ["sea front", "south beach"]
    )
    odds = {
        "square": 24, "park": 22, "playground": 20, "sports": 16,
        "waterfront": np.where(sea, 18, 0), "market": 3, "street_market": 4,
        "open_street": 2, "informal": np.where(need > 0.8, 16, 1),
    }  # fmt: skip
    kind = draw_each(rng, odds)
    size = {"park": 9000, "waterfront": 12000, "sports": 5200, "square": 2600}
    area_m2 = pd.Series(kind).map(size).fillna(1100).to_numpy() * rng.lognormal(
        0, 0.6, n
    )
    state = np.clip(np.round(2.1 - 0.55 * need + rng.normal(0, 0.7, n)), 0, 3).astype(
        int
    )
    seen = rng.poisson(6 + 5 * state)
    women = rng.binomial(seen, 0.30 + 0.06 * state)
    longitude, latitude = _somewhere(rng, town, area)
    return pd.DataFrame(
        {
            "space_id": [f"P{number:03d}" for number in range(1, n + 1)],
            "name": _named(kind, area, town),
            "type": kind,
            "area_id": town.conditions["area_id"].to_numpy()[area],
            "longitude": longitude,
            "latitude": latitude,
            "area_m2": area_m2.round(-1),
            "owner": np.where(kind == "informal", "unclear", "city"),
            "open_to_all": draw(rng, {"yes": 86, "partly": 10, "no": 4}, n),
            "open_street_hours": np.where(kind == "open_street", 6.0, np.nan),
            "lit": draw_each(
                rng, {"yes": 0.6 - 0.2 * need.clip(-1, 2), "partly": 0.3, "no": 0.2}
            ),
            "accessible": draw(rng, {"yes": 40, "partly": 35, "no": 25}, n),
            "shade": draw(rng, {"yes": 30, "partly": 40, "no": 30}, n),
            "toilets": yes(rng, np.full(n, 0.16)),
            "condition": state,
            "repairs_open": rng.poisson(1.0 + 1.2 * (3 - state)),
            "women_seen": women,
            "men_seen": seen - women,
            "children_seen": rng.poisson(np.where(kind == "playground", 9, 2)),
            "traders_seen": rng.poisson(np.where(kind == "street_market", 12, 0.7)),
            "counted_on": _days(rng, n, "2025-09-01", 60),
        }
    )


ASSETS = {
    "school": ("School", 18), "nursery": ("Nursery", 9), "library": ("Reading room", 4),
    "health": ("Health post", 8), "community_centre": ("Community hall", 9),
    "sports": ("Sports ground", 10), "market": ("Market", 4), "faith": ("Parish hall", 8),
    "culture": ("House of culture", 4), "women_centre": ("Women's house", 3),
    "youth_centre": ("Youth house", 4), "association": ("Residents' association", 11),
    "informal_group": ("Street committee", 8),
}  # fmt: skip


def assets(town: Town) -> pd.DataFrame:
    """Places and groups that make a neighbourhood strong; poor ones have groups where others have halls."""
    rng = stream(town.plan.seed, "assets")
    poor = town.conditions["deprivation"].to_numpy()
    area = np.repeat(np.arange(len(poor)), 3 + rng.poisson(2.2, len(poor)))
    n, need = len(area), poor[area]
    kind = draw_each(
        rng,
        {
            k: w * np.exp((0.5 if "group" in k or k == "association" else -0.1) * need)
            for k, (_, w) in ASSETS.items()
        },
    )
    group = pd.Series(kind).map(
        {
            "school": "children",
            "nursery": "children",
            "women_centre": "women",
            "youth_centre": "youth",
            "sports": "youth",
        }
    )
    open_hours = rng.integers(25, 90, n).astype(float)
    longitude, latitude = _somewhere(rng, town, area)
    consent = np.where(kind == "informal_group", "yes", "not_needed").astype(object)
    hidden = (kind == "informal_group") & (rng.random(n) < 0.4)
    consent[hidden] = "no"
    return pd.DataFrame(
        {
            "asset_id": [f"C{number:03d}" for number in range(1, n + 1)],
            "name": _named(kind, area, town, {k: v for k, (v, _) in ASSETS.items()}),
            "type": kind,
            "area_id": town.conditions["area_id"].to_numpy()[area],
            "longitude": np.where(hidden, np.nan, longitude),
            "latitude": np.where(hidden, np.nan, latitude),
            "group": group.fillna("everyone").to_numpy(),
            "hours_available": open_hours,
            "hours_used": (open_hours * rng.beta(3, 2, n)).round(0),
            "open_after_dark": yes(rng, np.full(n, 0.35)),
            "accessible": draw(rng, {"yes": 35, "partly": 35, "no": 30}, n),
            "consent": consent,
        }
    )


SERVICES = (
    ("police_station", "Police station", "S11", 8, 0, ""),
    ("fire_station", "Fire station", "S16", 4, 0, ""),
    ("health_centre", "Health centre", "S14", 14, 900, ""),
    ("hospital", "Hospital", "S14", 2, 5200, ""),
    ("victim_support", "Women's route to help", "S06", 3, 260, "women"),
    ("shelter", "Shelter", "S06", 2, 45, "women"),
    ("hotline", "Help line", "S06", 1, 1900, "women"),
    ("legal_aid", "Legal aid office", "S30", 3, 210, ""),
    ("mediation", "Justice of the peace", "S13", 5, 160, ""),
    ("mental_health", "Mental health centre", "S14", 2, 700, ""),
    ("drug_treatment", "Treatment centre", "S14", 1, 240, ""),
    ("youth", "Youth house", "S07", 6, 380, "youth"),
    ("social", "Social services office", "S04", 6, 850, ""),
)


def services(town: Town) -> pd.DataFrame:
    """Where people find help. A shelter's place is written nowhere."""
    rng = stream(town.plan.seed, "services")
    people = town.conditions["residents"].to_numpy()
    busy = people * np.exp(-0.35 * town.conditions["deprivation"].to_numpy())
    rows = []
    for kind, name, owner, number, served, group in SERVICES:
        places = rng.choice(len(people), number, replace=False, p=busy / busy.sum())
        for turn, place in enumerate(np.sort(places), start=1):
            hidden = kind in ("shelter", "hotline")
            used = int(rng.poisson(served)) if served else None
            rows.append(
                {
                    "name": name if number == 1 or hidden else f"{name} {turn}",
                    "type": kind,
                    "stakeholder_id": owner,
                    "area": -1 if hidden else int(place),
                    "confidential": "yes" if kind == "shelter" else "no",
                    "group": group,
                    "around_the_clock": "yes"
                    if kind in ("police_station", "fire_station", "hospital", "shelter")
                    else "no",
                    "free": "yes",
                    "accessible": str(
                        rng.choice(["yes", "partly", "no"], p=[0.5, 0.3, 0.2])
                    ),
                    "languages": "es en" if kind in ("legal_aid", "hotline") else "es",
                    "year": 2025,
                    "people_identified": None if not used else int(used * 1.35),
                    "people_served": used,
                }
            )
    frame = pd.DataFrame(rows)
    area = frame.pop("area").to_numpy()
    longitude, latitude = _somewhere(rng, town, np.maximum(area, 0))
    known = area >= 0
    codes = town.conditions["area_id"].to_numpy(dtype=object)[np.maximum(area, 0)]
    frame.insert(
        0, "service_id", [f"V{number:03d}" for number in range(1, len(frame) + 1)]
    )
    frame["area_id"] = np.where(known, codes, None)
    frame["longitude"] = np.where(known, longitude, np.nan)
    frame["latitude"] = np.where(known, latitude, np.nan)
    return frame.astype({"people_identified": "Int64", "people_served": "Int64"})


def _somewhere(rng, town: Town, area: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A building's place in each row's neighbourhood, in degrees."""
    first = town.buildings.first
    span = first[area + 1] - first[area]
    at = first[area] + (rng.random(len(area)) * span).astype(int)
    longitude, latitude = to_degrees(town.buildings.x[at], town.buildings.y[at])
    return longitude.round(5), latitude.round(5)


def _named(kind, area, town: Town, words: dict[str, str] | None = None) -> list[str]:
    """The kind of place and its neighbourhood, numbered where there are several."""
    place = town.conditions["area_name"].to_numpy()[area]
    word = [(words or {}).get(k, k.replace("_", " ").capitalize()) for k in kind]
    plain = pd.Series([f"{w}, {p}" for w, p in zip(word, place, strict=True)])
    turn = plain.groupby(plain).cumcount() + 1
    return [p if t == 1 else f"{p} ({t})" for p, t in zip(plain, turn, strict=True)]


def _days(rng, n: int, start: str, span: int) -> list[str]:
    first = pd.Timestamp(start)
    return [
        str((first + pd.Timedelta(days=int(d))).date())
        for d in rng.integers(0, span, n)
    ]
