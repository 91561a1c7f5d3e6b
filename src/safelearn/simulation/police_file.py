"""The export that the police sent: clean records put through an office, with what offices do to data.

Records go in; out come the file's rows as text and the number of rows that each kind of mess was done to. The
import must find every one of them again: the numbers go into the truth file, and a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from safelearn.simulation.streams import stream
from safelearn.simulation.town import Town

COLUMNS = (
    "Case No", "Date from", "Time from", "Date to", "Time to", "Offence",
    "Neighbourhood code", "Address", "Longitude", "Latitude", "Place", "Victim sex",
    "Victim age", "Relationship", "Domestic", "Weapon",
)  # fmt: skip
PROFILE = """\
# How the police of Puerto Sereno export their records.
format = 1
name = "puerto-sereno-police"
title = "Police of Puerto Sereno (invented)"
table = "incidents"
crosswalk = "puerto-sereno-police"

[match]
must = ["case no", "date from", "neighbourhood code"]
signature = [
  "case no", "date from", "time from", "date to", "time to", "offence", "neighbourhood code", "address",
  "longitude", "latitude", "place", "victim sex", "victim age", "relationship", "domestic", "weapon",
]

[columns]
incident_id = ["case no"]
from_date = ["date from"]
from_time = ["time from"]
to_date = ["date to"]
to_time = ["time to"]
offence_label = ["offence"]
area_id = ["neighbourhood code"]
address = ["address"]
longitude = ["longitude"]
latitude = ["latitude"]
place_type = ["place"]
victim_sex = ["victim sex"]
victim_age = ["victim age"]
relation = ["relationship"]
domestic = ["domestic"]
mechanism = ["weapon"]

[values.relation]
"""
CROSSWALK_HEAD = """\
# The words of the police of Puerto Sereno for offences -> ICCS.
format = 1
[codes]
"""
RELATION = {
    "intimate_partner": "Partner", "former_partner": "Former partner",
    "family": "Relative", "acquaintance": "Known to victim", "stranger": "Stranger",
    "authority": "Official", "unknown": "Not known",
}  # fmt: skip
WEAPON = {
    "firearm": "Gun", "sharp_object": "Knife", "blunt_object": "Blunt object",
    "bodily_force": "Hands", "strangulation": "Strangulation", "threat": "Threat only",
    "fire": "Fire",
}  # fmt: skip
PLACE = {
    "home": "Dwelling", "street": "Public road", "open_space": "Park or beach",
    "public_transport": "Bus or stop", "market": "Market", "school": "School",
    "workplace": "Workplace", "shop": "Shop", "entertainment": "Bar or restaurant",
    "institution": "Public office", "online": "Internet", "other": "Other place",
}  # fmt: skip
STREETS = (
    "Jr. Los Pinos", "Calle del Muelle", "Av. Bolivar", "Jr. San Martin Viejo",
    "Calle Larga", "Psje. Las Flores", "Jr. El Ancla", "Calle Real", "Jr. Las Gaviotas",
    "Av. del Sur", "Calle del Horno", "Jr. Buenavista", "Psje. La Cruz", "Calle Nueva",
    "Jr. Los Cedros", "Av. Circunvalacion", "Calle Sal", "Jr. La Merced", "Calle Olmos",
    "Psje. El Pozo", "Jr. Los Remos", "Calle Arenal", "Jr. Santa Ana", "Av. del Norte",
)  # fmt: skip
SPELT_WRONGLY = {"Robbery": "Robery", "Theft from the person": "Theft fom person"}
BAD_DATES = ("00/00/0000", "31/02/2023", "32/13/2022", "s/d")
#: Outside the sheet: the default point of the police system when a clerk clicked nowhere.
DEFAULT_POINT = (-77.9, -13.2)


@dataclass(frozen=True)
class Export:
    """A file as the police sent it.

    Attributes
    ----------
    rows : DataFrame of str
    mess : dict of str to int
        Rows by what was done to them.
    """

    rows: pd.DataFrame
    mess: dict[str, int]


def profile() -> str:
    """The profile by which the export is read, as TOML."""
    parts = [PROFILE]
    parts += [f'"{word.lower()}" = "{code}"\n' for code, word in RELATION.items()]
    for name, words in (("mechanism", WEAPON), ("place_type", PLACE)):
        parts.append(f"\n[values.{name}]\n")
        parts += [f'"{word.lower()}" = "{code}"\n' for code, word in words.items()]
    return "".join(parts)


def crosswalk(records: pd.DataFrame) -> str:
    """The offence crosswalk of the export, as TOML."""
    known = records[["offence_label", "offence"]].drop_duplicates().astype("str")
    lines = [f'"{r.offence_label}" = "{r.offence}"\n' for r in known.itertuples()]
    return CROSSWALK_HEAD + "".join(sorted(lines))


def export(town: Town, records: pd.DataFrame) -> Export:
    """Turn canonical records (`records.write_down`, one a reported incident) into the police's file."""
    rng = stream(town.plan.seed, "police file")
    n = len(records)
    day_only = (records["time_precision"] == "day").to_numpy()
    start, end = records["occurred_from"].dt, records["occurred_to"].dt
    rows = pd.DataFrame(
        {
            "Case No": records["incident_id"],
            "Date from": start.strftime("%d/%m/%Y"),
            "Time from": start.strftime("%H:%M").where(~day_only, ""),
            "Date to": end.strftime("%d/%m/%Y").fillna(""),
            "Time to": end.strftime("%H:%M").fillna(""),
            "Offence": records["offence_label"].astype("str"),
            "Neighbourhood code": records["area_id"].astype("str"),
            "Address": _addresses(town),
            "Longitude": _comma(records["longitude"]),
            "Latitude": _comma(records["latitude"]),
            "Place": records["place_type"].map(PLACE).astype("str").fillna(""),
            "Victim sex": records["victim_sex"].map({"female": "F", "male": "M"}),
            "Victim age": records["victim_age"].astype("str").replace("<NA>", ""),
            "Relationship": records["relation"].map(RELATION).astype("str").fillna(""),
            "Domestic": records["domestic"].map({"yes": "Y", "no": "N", "unknown": ""}),
            "Weapon": records["mechanism"].map(WEAPON).astype("str").fillna(""),
        }
    )
    rows = rows.astype("str").replace({"nan": "", "<NA>": ""}).fillna("")
    mess = {"rows without an hour": int(day_only.sum())}
    _spoil_places(rng, rows, records, mess)
    _spoil_words(rng, rows, records, mess)
    rows = _spoil_numbers(rng, rows, mess)
    mess["rows"] = len(rows)
    mess["reported incidents"] = n
    return Export(rows[list(COLUMNS)], mess)


def _addresses(town: Town) -> list[str]:
    """An address for each door: same door, same address, and no address twice."""
    building = town.told["building"].to_numpy()
    block = town.buildings.block[building]
    street = np.array(STREETS, dtype=object)[block % len(STREETS)]
    return [
        f"{s} {b // len(STREETS)}-{d}"
        for s, b, d in zip(street, block, building, strict=True)
    ]


def _comma(degrees: pd.Series) -> list[str]:
    """Degrees as the office's computers write them; a masked place is zero."""
    return [f"{0 if np.isnan(v) else v:.5f}".replace(".", ",") for v in degrees]


def _some(rng, rows: np.ndarray, n: int) -> np.ndarray:
    return np.sort(rng.choice(rows, min(n, len(rows)), replace=False))


def _spoil_places(rng, rows, records, mess) -> None:
    """Points that were never taken, codes left out, and the default point of the system."""
    n = len(rows)
    pointed = np.flatnonzero(records["longitude"].notna().to_numpy())
    without = _some(rng, pointed, round(0.014 * n))
    rows.loc[without, ["Longitude", "Latitude"]] = ""
    nowhere = without[: round(0.6 * len(without))]
    rows.loc[nowhere, "Neighbourhood code"] = ""
    default = _some(rng, np.setdiff1d(pointed, without), round(0.0015 * n))
    longitude, latitude = DEFAULT_POINT
    rows.loc[default, "Longitude"] = f"{longitude:.5f}".replace(".", ",")
    rows.loc[default, "Latitude"] = f"{latitude:.5f}".replace(".", ",")
    mess["masked points (sexual offences)"] = int(records["longitude"].isna().sum())
    mess["rows without a point but with a code"] = len(without) - len(nowhere)
    mess["rows without a place"] = len(nowhere)
    mess["rows at the default point outside the city"] = len(default)


def _spoil_words(rng, rows, records, mess) -> None:
    """Sexes and offences as different clerks write them."""
    n = len(rows)
    for plain, other in (("F", "Female"), ("M", "male"), ("F", " f"), ("M", "MALE")):
        held = np.flatnonzero((rows["Victim sex"] == plain).to_numpy())
        rows.loc[_some(rng, held, round(0.004 * n)), "Victim sex"] = other
    unknown = np.flatnonzero((rows["Victim sex"] == "").to_numpy())
    rows.loc[_some(rng, unknown, round(0.02 * n)), "Victim sex"] = "Not known"
    for wrong in ("999", "-1"):
        blank = np.flatnonzero((rows["Victim age"] == "").to_numpy())
        chosen = _some(rng, blank, round(0.0012 * n))
        rows.loc[chosen, "Victim age"] = wrong
        mess[f"ages written as {wrong}"] = len(chosen)
    wrongly = 0
    for right, wrong in SPELT_WRONGLY.items():
        held = np.flatnonzero((rows["Offence"] == right).to_numpy())
        chosen = _some(rng, held, round(0.0005 * n))
        rows.loc[chosen, "Offence"] = wrong
        wrongly += len(chosen)
    padded = _some(rng, np.arange(n), round(0.01 * n))
    rows.loc[padded, "Offence"] = rows.loc[padded, "Offence"] + "  "
    blank = _some(rng, np.setdiff1d(np.arange(n), padded), round(0.0004 * n))
    spelt = rows.loc[blank, "Offence"].isin(SPELT_WRONGLY.values())
    blank = blank[~spelt.to_numpy()]
    rows.loc[blank, "Offence"] = ""
    mess["misspelt offences"] = wrongly
    mess["rows without an offence"] = len(blank)


def _spoil_numbers(rng, rows: pd.DataFrame, mess) -> pd.DataFrame:
    """Dates nobody can read, and rows that were sent twice."""
    n = len(rows)
    bad = _some(rng, np.arange(n), round(0.0006 * n))
    rows.loc[bad, "Date from"] = np.resize(np.array(BAD_DATES, dtype=object), len(bad))
    rows.loc[bad, ["Date to", "Time to"]] = ""
    good = np.setdiff1d(np.arange(n), bad)
    twice = _some(rng, good, round(0.0008 * n))
    mess["unreadable dates"] = len(bad)
    mess["rows sent twice"] = len(twice)
    order = np.sort(np.concatenate([np.arange(n), twice]), kind="stable")
    return rows.iloc[order].reset_index(drop=True)
