"""What is planted: everything about a simulated city that an analyst should be able to find again.

A seed and the conditions go in, a `Plan` comes out: hot spots, feared and unfeared places, the intervention
and its neighbours. The plan is written into the truth file; no measure may read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import shapely

from safelearn.simulation.geography import Geography, neighbours
from safelearn.simulation.streams import stream

#: Name, kilometres east and north, radius in metres, factor by offence.
HOT_SPOTS = (
    ("H1", "market hall", 5.76, 8.33, 150, {"theft from person": 9.0, "robbery": 4.0}),
    ("H2", "bus station", 6.75, 8.35, 150, {"theft from person": 7.0, "robbery": 6.0}),
    ("H3", "bars by the bay", 3.95, 9.1, 140, {"assault": 8.0, "serious assault": 8.0}),
    ("H4", "port gate", 2.85, 11.15, 180, {"assault": 6.0, "robbery": 5.0}),
    ("H5", "promenade", 2.45, 6.25, 170, {"theft from person": 6.0, "robbery": 3.0}),
    ("H6", "shopping centre", 7.5, 5.35, 180, {"vehicle theft": 9.0}),
    ("H7", "long stairs", 11.2, 5.5, 150, {"robbery": 6.0, "serious assault": 5.0}),
)  # fmt: skip
#: Offences that are rarer than feared, or commoner, in the places where fear and danger part.
UNEXPECTED = (
    "homicide", "serious assault", "assault", "domestic assault", "threats", "robbery",
    "theft from person", "residential burglary",
)  # fmt: skip


@dataclass(frozen=True)
class HotSpot:
    """A small place where some offences are `factors` times as frequent a door as around it."""

    id: str
    what: str
    x: float
    y: float
    radius: float
    factors: dict[str, float]


@dataclass(frozen=True)
class NearRepeat:
    """Burglaries that set off others nearby and soon after.

    Parameters
    ----------
    offspring : float
        Mean number of burglaries that one burglary sets off.
    same_home : float
        Share of these that hit the same home again.
    distance : float
        Standard deviation of the others' distance east and north, metres.
    delay : float
        Mean days until they happen (exponential).
    """

    offspring: float = 0.25
    same_home: float = 0.35
    distance: float = 90.0
    delay: float = 9.0


@dataclass(frozen=True)
class Intervention:
    """A programme that began one day in some areas, prevented a share of harm, and moved a part of it.

    Parameters
    ----------
    effect : float
        Factor on the offences in treated areas from the start on.
    displaced : float
        Share of what was prevented that happens in the buffer instead.
    """

    start: str
    treated: tuple[int, ...]
    buffer: tuple[int, ...]
    control: tuple[int, ...]
    control_buffer: tuple[int, ...]
    offences: tuple[str, ...] = ("robbery", "serious assault", "assault")
    effect: float = 0.65
    displaced: float = 0.20


@dataclass(frozen=True)
class RecordingChange:
    """From one day on, an offence is reported more easily: records grow, and nothing else does.

    Parameters
    ----------
    factor : float
        On the share that is reported.
    """

    start: str
    offence: str = "fraud"
    factor: float = 1.5


@dataclass(frozen=True)
class Plan:
    """Everything planted in one city."""

    seed: int
    start: str
    years: int
    recorded: int
    hot_spots: tuple[HotSpot, ...]
    feared_safe: tuple[int, ...]
    unsafe_unfeared: tuple[int, ...]
    intervention: Intervention
    recording_change: RecordingChange
    near_repeat: NearRepeat = NearRepeat()
    informal_reporting: float = 0.55
    safe_factor: float = 0.4
    unsafe_factor: float = 2.2
    lumps: float = 0.03
    area_noise: float = 0.12

    @cached_property
    def days(self) -> pd.DatetimeIndex:
        """Every day of the period."""
        first = pd.Timestamp(self.start)
        last = first + pd.DateOffset(years=self.years) - pd.Timedelta(days=1)
        return pd.date_range(first, last, freq="D")

    @cached_property
    def months(self) -> np.ndarray:
        """The month of each day, from 0 on."""
        days = self.days
        return ((days.year - days.year[0]) * 12 + days.month - 1).to_numpy()


def plan_city(
    geography: Geography,
    conditions: pd.DataFrame,
    seed: int,
    *,
    start: str = "2021-01-01",
    years: int = 5,
    recorded: int = 60_000,
    own_hot_spots: bool = False,
) -> Plan:
    """Choose by seed what is planted where.

    Parameters
    ----------
    recorded : int
        Expected number of records in the whole period.
    own_hot_spots : bool
        Move the hot spots to places of the seed's own.
    """
    rng = stream(seed, "plan")
    spots = np.array([[x, y] for _, _, x, y, _, _ in HOT_SPOTS]) * 1000
    if own_hot_spots:
        spots = _own_spots(stream(seed, "hot spots"), geography, len(spots))
    hot_spots = tuple(
        HotSpot(i, what, float(x), float(y), float(r), f)
        for (i, what, _, _, r, f), (x, y) in zip(HOT_SPOTS, spots, strict=False)
    )
    intervention = _intervention(rng, geography, conditions, start, years)
    taken = set(intervention.treated) | set(intervention.buffer)
    free = ~conditions.index.isin(taken) & (conditions["residents"] > 3000)
    formal = conditions["settlement"] == "formal"
    # Where visitors are hurt, residents' own danger says little of the place.
    quiet = (conditions["busy"] < 0.3) & (conditions["nightlife"] < 0.15)
    poor, rich = (conditions["deprivation"].rank(pct=True) > q for q in (0.45, 0.55))
    n = max(2, round(len(conditions) / 15))
    feared = _some(rng, np.flatnonzero(free & formal & quiet & poor), n)
    free &= ~conditions.index.isin(feared)
    unsafe = _some(rng, np.flatnonzero(free & formal & quiet & ~rich), n)
    return Plan(
        seed=seed,
        start=start,
        years=years,
        recorded=recorded,
        hot_spots=hot_spots,
        feared_safe=feared,
        unsafe_unfeared=unsafe,
        intervention=intervention,
        recording_change=RecordingChange(_months_on(start, 6 * years)),
    )


def _months_on(start: str, months: int) -> str:
    return str((pd.Timestamp(start) + pd.DateOffset(months=months)).date())


def _some(rng: np.random.Generator, from_: np.ndarray, n: int) -> tuple[int, ...]:
    chosen = rng.choice(from_, min(n, len(from_)), replace=False)
    return tuple(sorted(int(c) for c in chosen))


def _own_spots(rng, geography: Geography, n: int) -> np.ndarray:
    """Places well inside different neighbourhoods."""
    chosen = rng.permutation(len(geography.areas))[:n]
    middle = shapely.get_coordinates(shapely.point_on_surface(geography.areas[chosen]))
    return middle + rng.normal(0, 60, middle.shape)


def _near(geography: Geography, border: float = 400.0) -> dict[int, set[int]]:
    """Neighbourhoods that touch along more than a corner: `border` metres and more."""
    near: dict[int, set[int]] = {i: set() for i in range(len(geography.areas))}
    for a, b, long in zip(*neighbours(geography.areas), strict=True):
        if long >= border:
            near[int(a)].add(int(b))
            near[int(b)].add(int(a))
    return near


def _intervention(rng, geography, conditions, start, years) -> Intervention:
    """Treat a clump of deprived areas, let what surrounds it be the buffer, compare with their like."""
    near = _near(geography)
    formal = conditions["settlement"] == "formal"
    crowded = conditions["residents"] / conditions["hectares"]
    fit = formal & (conditions["residents"] > conditions["residents"].median())
    fit &= conditions["deprivation"] > 0
    best = crowded.where(fit if fit.any() else formal).sort_values(ascending=False)
    treated = [int(best.index[rng.integers(0, 2)])]
    wanted = max(2, round(len(conditions) / 20))
    while len(treated) < wanted:
        edge = set().union(*(near[t] for t in treated)) - set(treated)
        edge = [e for e in sorted(edge) if formal[e]]
        if not edge:
            break
        treated.append(max(edge, key=lambda e: crowded[e]))
    buffer = sorted(set().union(*(near[t] for t in treated)) - set(treated))
    like = conditions["deprivation"].iloc[treated].mean()
    unlike = (conditions["deprivation"] - like).abs() - 0.2 * crowded.rank(pct=True)
    free = set(conditions.index[formal]) - set(treated) - set(buffer)
    apart = [i for i in unlike.sort_values().index if i in free]
    control: list[int] = []
    for area in apart:
        if len(control) < wanted and not near[int(area)] & set(treated):
            control.append(int(area))
    around = set().union(*(near[c] for c in control)) - {*treated, *buffer, *control}
    return Intervention(
        start=_months_on(start, 12 * years * 3 // 5),
        treated=tuple(sorted(treated)),
        buffer=tuple(buffer),
        control=tuple(sorted(control)),
        control_buffer=tuple(sorted(around)),
    )
