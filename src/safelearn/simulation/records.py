"""What the police wrote down: the reported incidents as canonical records, clean, before any office spoilt
them.

True incidents go in, with the ones that were told marked; the canonical incidents table comes out. The
bundled city does not stop here: `police_file` turns these records into the export that a real office would
send, and import must make this table of it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
import pandas as pd

from safelearn.simulation.geography import to_degrees
from safelearn.simulation.offences import KEYS, OFFENCES
from safelearn.simulation.people import SEXES
from safelearn.simulation.plan import Plan
from safelearn.simulation.streams import stream
from safelearn.simulation.town import Town

SEX_UNKNOWN, AGE_UNKNOWN, DAY_ONLY = 0.02, 0.05, 0.025


def write_down(town: Town) -> pd.DataFrame:
    """The canonical records of those incidents that the police know of, in order of time."""
    rng = stream(town.plan.seed, "records")
    conditions, residents = town.conditions, town.residents
    buildings, incidents, plan = town.buildings, town.told, town.plan
    n, kind = len(incidents), incidents["offence"].to_numpy()
    person, building = incidents["person"].to_numpy(), incidents["building"].to_numpy()
    hurt = person >= 0
    x = buildings.x[building] + rng.uniform(-0.5, 0.5, n)
    y = buildings.y[building] + rng.uniform(-0.5, 0.5, n)
    longitude, latitude = to_degrees(x, y)
    start, end, precision = _when(rng, plan, incidents)
    sexual = kind == KEYS.index("sexual assault")
    sex_known = hurt & (rng.random(n) >= SEX_UNKNOWN)
    age_known = hurt & (rng.random(n) >= AGE_UNKNOWN)
    sex = np.where(sex_known, _words(SEXES)[residents.sex[person]], None)
    domestic = np.where(incidents["domestic"], "yes", "no").astype(object)
    violent = np.isin(kind, [i for i, k in enumerate(KEYS) if k in _MAY_BE_DOMESTIC])
    domestic[violent & (rng.random(n) < 0.06)] = "unknown"
    frame = pd.DataFrame(
        {
            "incident_id": _numbers(start),
            "occurred_from": start,
            "occurred_to": end,
            "time_precision": pd.Categorical(precision),
            "area_id": pd.Categorical(
                conditions["area_id"].to_numpy(object)[buildings.area[building]]
            ),
            "longitude": np.where(sexual, np.nan, longitude.round(5)),
            "latitude": np.where(sexual, np.nan, latitude.round(5)),
            "place_precision": pd.Categorical(
                _words(["exact", "area"])[sexual.astype(int)]
            ),
            "offence": pd.Categorical(_words(o.code for o in OFFENCES)[kind]),
            "offence_label": pd.Categorical(_words(o.label for o in OFFENCES)[kind]),
            "victim_sex": pd.Categorical(sex),
            "victim_age": pd.array(
                np.where(age_known, residents.age[person], -1), dtype="Int16"
            ),
            "relation": pd.Categorical(incidents["relation"].to_numpy(object)),
            "domestic": pd.Categorical(domestic),
            "mechanism": pd.Categorical(incidents["mechanism"].to_numpy(object)),
            "place_key": _keys(plan.seed, building),
            "place_type": pd.Categorical(incidents["place_type"].to_numpy(object)),
            "count": np.ones(n, dtype="int32"),
        }
    )
    frame.loc[~age_known, "victim_age"] = pd.NA
    return frame.astype({"incident_id": "str", "place_key": "str"})


_MAY_BE_DOMESTIC = ("assault", "domestic assault", "serious assault", "threats")


def _when(rng, plan: Plan, incidents: pd.DataFrame) -> tuple:
    """First and last possible moment, and how exactly the moment is known."""
    n = len(incidents)
    first = np.datetime64(plan.start, "s")
    moment = first + incidents["minute"].to_numpy().astype("timedelta64[m]")
    usual = np.array([o.interval for o in OFFENCES])[incidents["offence"]]
    length = usual * 60 * rng.lognormal(0, 0.6, n)
    since = (rng.random(n) * length).astype(int)
    minute = incidents["minute"].to_numpy()
    begin = np.maximum((minute - since) // 5 * 5, 0)
    finish = begin + np.maximum(length.astype(int) // 5 * 5, 15)
    finish = np.maximum(finish, minute)
    long = usual > 0
    begin = first + begin.astype("timedelta64[m]")
    finish = first + finish.astype("timedelta64[m]")
    start = np.where(long, begin, moment).astype("datetime64[s]")
    end = np.where(long, finish, np.datetime64("NaT")).astype("datetime64[s]")
    day_only = ~long & (rng.random(n) < DAY_ONLY)
    start[day_only] = start[day_only].astype("datetime64[D]").astype("datetime64[s]")
    return start, end, _words(["minute", "day"])[day_only.astype(int)]


def _words(words: Iterable[str]) -> np.ndarray:
    """As objects, of which every row holds the same few."""
    return np.array(list(words), dtype=object)


def _numbers(start: np.ndarray) -> np.ndarray:
    """File numbers as a police system gives them: the year and a running number."""
    years = start.astype("datetime64[Y]").astype(int) + 1970
    running = pd.Series(years).groupby(years).cumcount() + 1
    return np.array([f"{y}-{k:06d}" for y, k in zip(years, running, strict=True)])


def _keys(seed: int, building: np.ndarray) -> np.ndarray:
    """A scrambled key a door: equal for repeats, useless for finding the door."""
    doors, where = np.unique(building, return_inverse=True)
    secret = seed.to_bytes(8, "big")
    keys = [
        blake2b(int(d).to_bytes(4, "big"), key=secret, digest_size=6).hexdigest()
        for d in doors
    ]
    return np.array(keys, dtype=object)[where]
