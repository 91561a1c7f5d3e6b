"""A smaller town on a sheet of its own: fewer neighbourhoods, other names, turned and laid in another sea.

A seed and a few lists of names go in, a `Town` comes out, as `town.found_town` makes it; and a `Sheet` says
where its points lie on Earth. What each town's offices send of it is told in a module a town.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely

from safelearn.simulation.geography import lay_out
from safelearn.simulation.offences import KEYS
from safelearn.simulation.town import Town, found_town
from safelearn.simulation.variant import neighbourhood_of


@dataclass(frozen=True)
class Sheet:
    """Where a town's drawing lies.

    Parameters
    ----------
    origin : (float, float)
        Longitude and latitude of the middle, in the open sea.
    turn : float
        Degrees against the clock.
    mirrored : bool
    """

    origin: tuple[float, float]
    turn: float = 0.0
    mirrored: bool = False

    def degrees(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Longitude and latitude (WGS 84) of points of the drawing, to the sixth decimal."""
        east, north = np.asarray(x) - 7000.0, np.asarray(y) - 7300.0
        if self.mirrored:
            east = -east
        angle = np.radians(self.turn)
        turned = east * np.cos(angle) - north * np.sin(angle)
        north = east * np.sin(angle) + north * np.cos(angle)
        longitude, latitude = self.origin
        metres = 111_320.0 * np.cos(np.radians(latitude))
        return (
            (longitude + turned / metres).round(6),
            (latitude + north / 110_900.0).round(6),
        )

    def outlines(self, town: Town) -> np.ndarray:
        """The neighbourhoods as polygons in degrees."""

        def moved(at: np.ndarray) -> np.ndarray:
            return np.column_stack(self.degrees(at[:, 0], at[:, 1]))

        return shapely.normalize(shapely.transform(town.geography.areas, moved))


def found_small_town(
    seed: int,
    names: Mapping[str, Sequence[str]],
    codes: Sequence[str],
    *,
    population: int,
    recorded: int,
    start: str,
    years: int = 3,
    records_only: bool = True,
) -> Town:
    """Found a town whose neighbourhoods carry these names.

    Parameters
    ----------
    names : mapping of str to sequence of str
        District -> its neighbourhoods.
    codes : sequence of str
        One a neighbourhood, in the order of the names.

    Notes
    -----
    Neighbours share a district: neighbourhoods are taken from west to east, and the names in their order.
    """
    flat = [(parent, name) for parent, known in names.items() for name in known]
    town = found_town(
        seed,
        geography=neighbourhood_of(lay_out(seed), len(flat)),
        population=population,
        recorded=recorded,
        start=start,
        years=years,
        own_places=True,
        records_only=records_only,
    )
    conditions = town.conditions.copy()
    order = np.lexsort((conditions["y"], conditions["x"].round(-3)))
    parents, called = (np.array(part, dtype=object) for part in zip(*flat, strict=True))
    conditions.loc[order, "area_id"] = np.array(codes, dtype=object)
    conditions.loc[order, "area_name"] = called
    conditions.loc[order, "parent"] = parents
    return replace(town, conditions=conditions)


def map_file(town: Town, sheet: Sheet, *, code: str, name: str, parent: str) -> bytes:
    """The neighbourhoods as GeoJSON, one feature a line, in the order of their codes.

    Parameters
    ----------
    code, name, parent : str
        What the town calls these columns.
    """
    shapes = sheet.outlines(town)
    features = [
        {
            "type": "Feature",
            "properties": {
                code: row.area_id,
                name: row.area_name,
                parent: row.parent,
            },
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for row, shape in zip(town.conditions.itertuples(), shapes, strict=True)
    ]
    features.sort(key=lambda feature: feature["properties"][code])
    lines = ",\n".join(json.dumps(f, separators=(",", ":")) for f in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'.encode()


def planted(town: Town) -> dict:
    """What can be found again in a file of records alone: places, seasons, trends, shares by area."""
    from safelearn.simulation.offences import OFFENCES
    from safelearn.simulation.truth import NOTE

    told = town.told
    return {
        "note": NOTE,
        "synthetic": True,
        "seed": town.plan.seed,
        "population": {
            "residents": len(town.residents),
            "by_area": _counts(town, town.residents.area),
        },
        "incidents": {
            "period": [town.plan.start, str(town.plan.days[-1].date())],
            "told_to_the_police": len(told),
            "by_offence": {
                o.key: {
                    "code": o.code,
                    "told_to_the_police": int((told["offence"] == i).sum()),
                    "season_peak_day_of_year": o.peak,
                    "season_swing": o.swing,
                    "yearly_change": o.trend,
                }
                for i, o in enumerate(OFFENCES)
            },
            "by_area": _counts(town, told["area"].to_numpy()),
        },
    }


def _counts(town: Town, area: np.ndarray) -> dict[str, int]:
    counts = np.bincount(area, minlength=len(town.conditions))
    pairs = zip(town.conditions["area_id"], counts, strict=True)
    return {code: int(n) for code, n in sorted(pairs)}


def kinds(town: Town, records: pd.DataFrame) -> np.ndarray:
    """The key of the offence of each record (`offences.KEYS`), in the order of the records."""
    assert len(records) == len(town.told)
    return np.array(KEYS, dtype=object)[town.told["offence"]]
