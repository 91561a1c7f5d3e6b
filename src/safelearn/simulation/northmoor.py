"""Northmoor: a town whose police publish each event with its month only, moved to a common point of the street.

A seed goes in; out come one file a year in the layout of data.police.uk, outlines of small areas, and residents
by year. Violence and sexual offences are one category, anti-social behaviour has no identifier, fraud is absent.
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import pandas as pd
import shapely

from safelearn.simulation import contents
from safelearn.simulation.contents import Contents
from safelearn.simulation.records import write_down
from safelearn.simulation.small_towns import (
    Sheet,
    found_small_town,
    kinds,
    map_file,
    planted,
)
from safelearn.simulation.sources import Sent, packed
from safelearn.simulation.streams import stream
from safelearn.simulation.town import Town

FOLDER, NAME, SEED = "northmoor", "Northmoor", 18_290_929
SHEET = Sheet((-19.5, 57.2), turn=-35.0)
NAMES = {
    "Harbour": ("Northmoor 001", "Northmoor 002"),
    "Castle": ("Northmoor 003", "Northmoor 004"),
    "Moorside": ("Northmoor 005", "Northmoor 006"),
    "Weirfield": ("Northmoor 007", "Northmoor 008"),
}
LETTERS = "ABCD"
CATEGORIES = {
    "homicide": "Violence and sexual offences",
    "serious assault": "Violence and sexual offences",
    "assault": "Violence and sexual offences",
    "domestic assault": "Violence and sexual offences",
    "threats": "Violence and sexual offences",
    "sexual assault": "Violence and sexual offences",
    "robbery": "Robbery",
    "residential burglary": "Burglary",
    "other burglary": "Burglary",
    "theft from person": "Theft from the person",
    "vehicle theft": "Vehicle crime",
    "damage": "Criminal damage and arson",
    "drugs": "Drugs",
    "public order": "Public order",
}
STREETS = (
    "Mill Lane", "Station Road", "Quay Street", "Chapel Hill", "The Crescent",
    "Weir Street", "Tannery Row", "Moor Road", "School Lane", "Back Street",
    "Bridge Street", "Foundry Lane", "Cross Street", "Park View", "Heather Close",
    "Sandpit Lane", "Supermarket", "Parking Area", "Nightclub", "Petrol Station",
)  # fmt: skip
OUTCOMES = (
    "Investigation complete; no suspect identified", "Unable to prosecute suspect",
    "Under investigation", "Awaiting court outcome", "Local resolution",
)  # fmt: skip
HEADER = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude",
    "Location", "LSOA code", "LSOA name", "Crime type", "Last outcome category",
    "Context",
)  # fmt: skip


def contents_of_the_city() -> Contents:
    """Everything that Northmoor's folder is made from."""
    names = {
        parent: tuple(f"{part}{letter}" for part in parts for letter in LETTERS)
        for parent, parts in NAMES.items()
    }
    codes = [f"X010{number:05d}" for number in range(1, 33)]
    town = found_small_town(
        SEED, names, codes, population=61_000, recorded=13_000, start="2023-01-01"
    )
    rows, mess = street_level(town)
    text = contents.settings(
        NAME,
        offices={
            "areas": "Statistics office, small areas of 2021",
            "population": "Statistics office, mid-year estimates",
            "incidents": "Northmoor Constabulary",
        },
        language='"en"',
        timezone='"Europe/London"',
        unit='"small area"',
        period="[2023-01-01, 2025-12-31]",
    )
    years = sorted({month[:4] for month in rows["Month"]})
    police = [
        Sent(
            f"{year}-northmoor-street.csv.gz",
            "incidents",
            packed(
                rows[rows["Month"].str.startswith(year)].to_csv(
                    index=False, lineterminator="\r\n"
                )
            ),
        )
        for year in years
    ]
    return Contents(
        settings=text,
        source=contents.source(
            NAME,
            SEED,
            what="A town of 61,000 whose police publish every event, and take care that nobody is found: the day is "
            "left out and the point is moved. Areas and months can be trusted; streets and hours cannot.",
            traps=(
                "Each event is known to its month only, and lies on one of some hundreds of points that many share.",
                "Violence and sexual offences are one category, so neither can be told apart.",
                "Anti-social behaviour has no identifier, and two of its rows alike are two events.",
                "A few rows have no place; some lie outside the town. Fraud is not published at all.",
                "There is one file a year: each adds to those before.",
            ),
        ),
        files=[
            Sent(
                "small_areas.geojson",
                "areas",
                map_file(town, SHEET, code="LSOA21CD", name="LSOA21NM", parent="ward"),
            ),
            Sent("population.csv", "population", estimates(town)),
            *police,
        ],
        truth=planted(town) | {"police_file": mess},
    )


def estimates(town: Town) -> bytes:
    """Residents at the middle of each year."""
    rng = stream(town.plan.seed, "estimates")
    now = np.bincount(town.residents.area, minlength=len(town.conditions))
    rows = []
    for i, code in enumerate(town.conditions["area_id"]):
        growth = rng.normal(1.004, 0.006, 2)
        level = now[i] / growth.prod()
        for year, factor in zip((2023, 2024, 2025), (1.0, *growth), strict=True):
            level *= factor
            rows.append((code, year, round(level)))
    frame = pd.DataFrame(rows, columns=["LSOA code", "Year", "Population"])
    frame = frame.sort_values(["LSOA code", "Year"])
    return frame.to_csv(index=False, lineterminator="\n").encode()


def street_level(town: Town) -> tuple[pd.DataFrame, dict[str, int]]:
    """The events as published, and what was done to them."""
    rng = stream(town.plan.seed, "office")
    records = write_down(town)
    kind = kinds(town, records)
    published = kind != "fraud"
    building = town.told["building"].to_numpy()[published]
    kind = kind[published]
    n = len(kind)
    label = np.array([CATEGORIES[k] for k in kind], dtype=object)
    unruly = (kind == "public order") & (rng.random(n) < 0.75)
    label[unruly] = "Anti-social behaviour"
    block = town.buildings.block[building]
    longitude, latitude, street = _anchors(town)
    placed = pd.DataFrame(
        {
            "Longitude": longitude[block],
            "Latitude": latitude[block],
            "Location": street[block],
        }
    )
    code = town.conditions["area_id"].to_numpy()[town.buildings.area[building]]
    name = dict(
        zip(town.conditions["area_id"], town.conditions["area_name"], strict=True)
    )
    month = records["occurred_from"].dt.strftime("%Y-%m").to_numpy()[published]
    secret = town.plan.seed.to_bytes(8, "big")
    numbers = [
        blake2b(i.to_bytes(4, "big"), key=secret, digest_size=32).hexdigest()
        for i in range(n)
    ]
    rows = pd.DataFrame(
        {
            "Crime ID": np.where(unruly, "", numbers),
            "Month": month,
            "Reported by": "Northmoor Constabulary",
            "Falls within": "Northmoor Constabulary",
            "Longitude": [f"{v:.6f}" for v in placed["Longitude"]],
            "Latitude": [f"{v:.6f}" for v in placed["Latitude"]],
            "Location": "On or near " + placed["Location"].astype("str"),
            "LSOA code": code,
            "LSOA name": [name[c] for c in code],
            "Crime type": label,
            "Last outcome category": np.where(
                unruly, "", np.array(OUTCOMES, dtype=object)[rng.integers(0, 5, n)]
            ),
            "Context": "",
        }
    )
    nowhere = rng.random(n) < 0.012
    rows.loc[nowhere, ["Longitude", "Latitude", "LSOA code", "LSOA name"]] = ""
    rows.loc[nowhere, "Location"] = "No Location"
    rows = rows.sort_values("Month", kind="stable", ignore_index=True)
    return rows[list(HEADER)], {
        "rows": n,
        "rows without a place": int(nowhere.sum()),
        "rows without an identifier": int(unruly.sum()),
        "frauds not published": int((~published).sum()),
    }


def _anchors(town: Town) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The point of each block on which its events are published, and the street it names."""
    blocks = town.geography.blocks
    inside = shapely.point_on_surface(blocks)
    at = shapely.get_coordinates(inside)
    # One point serves several blocks around it, as long as they lie in one area.
    group = pd.Series(town.geography.block_area).astype(str)
    cell = (at / 190).astype(int)
    key = group + "/" + pd.Series(cell[:, 0].astype(str)) + "/" + cell[:, 1].astype(str)
    first = key.drop_duplicates().index.to_numpy()
    codes, _ = pd.factorize(key)
    longitude, latitude = SHEET.degrees(at[first, 0], at[first, 1])
    street = np.array(STREETS, dtype=object)[np.arange(len(first)) % len(STREETS)]
    return longitude[codes], latitude[codes], street[codes]
