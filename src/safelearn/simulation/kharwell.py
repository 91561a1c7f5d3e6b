"""Kharwell: a town that is told counts only, by ward and month, and has asked a few hundred residents.

A seed goes in; out come a table with one row a ward, month and crime head, outlines of the wards, residents at
two censuses, and a small survey. There is no victim, no day and no point in it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from safelearn.simulation import contents
from safelearn.simulation.contents import Contents
from safelearn.simulation.feelings import feel
from safelearn.simulation.records import write_down
from safelearn.simulation.small_towns import (
    Sheet,
    found_small_town,
    kinds,
    map_file,
    planted,
)
from safelearn.simulation.sources import Sent
from safelearn.simulation.streams import stream
from safelearn.simulation.survey import ask
from safelearn.simulation.town import Town

FOLDER, NAME, SEED = "kharwell", "Kharwell", 19_470_815
SHEET = Sheet((66.4, 12.2), turn=100.0, mirrored=True)
NAMES = {
    "West Zone": (
        "Tilak Ghat", "Machhi Bazar", "Old Customs", "Lal Darwaza", "Sangam Road",
        "Kumharwada",
    ),
    "Central Zone": (
        "Clock Tower", "Mill Compound", "Subhash Chowk", "Station East", "Nayapura",
        "Gulmohar",
    ),
    "East Zone": (
        "Shanti Vihar", "Rampur Tank", "Brick Kilns", "Azad Nagar", "Teachers Colony",
        "Indira Layout",
    ),
    "South Zone": (
        "Salt Pans", "Hill View", "Model Town", "Canal Side", "New Market", "Bhim Nagar",
    ),
}  # fmt: skip
HEADS = {
    "homicide": "Murder", "serious assault": "Grievous hurt", "assault": "Hurt",
    "domestic assault": "Cruelty by husband or his relatives",
    "threats": "Criminal intimidation", "sexual assault": "Sexual offences",
    "robbery": "Robbery", "residential burglary": "House breaking",
    "other burglary": "Burglary of shops", "theft from person": "Snatching and other theft",
    "vehicle theft": "Motor vehicle theft", "damage": "Mischief",
    "drugs": "Narcotics", "public order": "Public nuisance", "fraud": "Cheating",
}  # fmt: skip
CODES = {
    "Murder": "0101", "Grievous hurt": "020111", "Hurt": "020112",
    "Cruelty by husband or his relatives": "0201", "Criminal intimidation": "02012",
    "Sexual offences": "03", "Robbery": "0401", "House breaking": "05012",
    "Burglary of shops": "05011", "Snatching and other theft": "0502",
    "Motor vehicle theft": "05021", "Mischief": "0504", "Narcotics": "0601",
    "Public nuisance": "0801", "Cheating": "0701",
}  # fmt: skip
BLOCKS_A_ZONE = 14


def contents_of_the_city() -> Contents:
    """Everything that Kharwell's folder is made from."""
    codes = [f"W{number:02d}" for number in range(1, 25)]
    town = found_small_town(
        SEED,
        NAMES,
        codes,
        population=131_000,
        recorded=10_500,
        start="2023-01-01",
        records_only=False,
    )
    counts, mess = crime_heads(town)
    answers = small_survey(town)
    offices = {
        "areas": "Municipal Council, Town Planning",
        "population": "Census of 2011 and Council estimate of 2024",
        "incidents": "District Police, Records Branch",
        "survey": "Kharwell College, residents' survey",
    }
    text = contents.settings(
        NAME,
        offices=offices,
        language='"en"',
        timezone='"Asia/Kolkata"',
        unit='"ward"',
        period="[2023-01-01, 2025-12-31]",
    )
    return Contents(
        settings=text,
        source=contents.source(
            NAME,
            SEED,
            what="A town of 131,000 that is given counts and no records, as most towns are. Its college asked some "
            "hundreds of residents, which says more about harm than all its counts.",
            traps=(
                "One row is a ward, month and crime head, and stands for as many events as its last column says; "
                "ward totals stand between the wards.",
                "Two wards stopped sending figures: one for five months, one for good.",
                "No day, hour, victim or point is known, so nothing is said of them.",
                "The survey is small: most figures by ward cannot be given.",
            ),
        ),
        files=[
            Sent(
                "wards.geojson",
                "areas",
                map_file(
                    town, SHEET, code="ward_code", name="ward_name", parent="zone"
                ),
            ),
            Sent("population.csv", "population", population(town)),
            Sent("crime_heads_2023_2025.csv", "incidents", counts),
            Sent("survey_2025.csv", "survey", answers),
        ],
        truth=planted(town) | {"police_file": mess, "survey": _safe(town)},
        own={
            "crosswalks/generic.toml": "# The crime heads of the police of Kharwell -> ICCS.\nformat = 1\n[codes]\n"
            + "".join(f'"{label}" = "{code}"\n' for label, code in CODES.items())
        },
    )


def population(town: Town) -> bytes:
    """Residents by ward at the census and by the Council's estimate, with a thousands mark, as offices print it."""
    rng = stream(town.plan.seed, "census")
    now = np.bincount(town.residents.area, minlength=len(town.conditions))
    before = np.round(now / rng.uniform(1.02, 1.45, len(now))).astype(int)
    rows = town.conditions.assign(now=now, before=before).sort_values("area_id")
    lines = ["Ward code,Ward name,2011,2024"]
    lines += [
        f'{r.area_id},{r.area_name},"{r.before:,}","{r.now:,}"'
        for r in rows.itertuples()
    ]
    lines.append(f'Total,,"{before.sum():,}","{now.sum():,}"')
    return ("\n".join(lines) + "\n").encode()


def crime_heads(town: Town) -> tuple[bytes, dict[str, int]]:
    """Counts by ward, month and crime head, zeros included, and what the office did to them."""
    records = write_down(town)
    table = pd.DataFrame(
        {
            "ward": records["area_id"].astype("str"),
            "month": records["occurred_from"].dt.strftime("%Y-%m"),
            "head": [HEADS[k] for k in kinds(town, records)],
        }
    )
    counts = table.value_counts().rename("n")
    months = pd.period_range("2023-01", "2025-12", freq="M").astype(str)
    codes = sorted(town.conditions["area_id"])
    every = pd.MultiIndex.from_product(
        [codes, months, list(dict.fromkeys(HEADS.values()))],
        names=["ward", "month", "head"],
    )
    counts = counts.reindex(every, fill_value=0).reset_index()
    silent = (counts["ward"] == codes[8]) & counts["month"].between(
        "2024-03", "2024-07"
    )
    silent |= (counts["ward"] == codes[17]) & (counts["month"] >= "2025-07")
    lost = int(counts.loc[silent, "n"].sum())
    counts = counts[~silent]
    names = town.conditions.set_index("area_id")["area_name"]
    # The office leaves out most of the noughts, and keeps some.
    kept = counts[(counts["n"] > 0) | (counts["head"].isin(["Murder", "Robbery"]))]
    lines = ["Ward code,Ward,Month,Crime head,Cases"]
    totals = 0
    for ward, rows in kept.groupby("ward", sort=True):
        lines += [
            f"{ward},{names[ward]},{r.month},{r.head},{r.n}" for r in rows.itertuples()
        ]
        lines.append(f"{ward},Total {names[ward]},,,{rows['n'].sum()}")
        totals += 1
    return ("\n".join(lines) + "\n").encode(), {
        "rows": len(kept) + totals,
        "events": int(kept["n"].sum()),
        "totals rows": totals,
        "events of wards that sent nothing": lost,
    }


def small_survey(town: Town) -> bytes:
    """A survey with few blocks a zone; weights stand for all adults."""
    from safelearn.city.contracts import columns

    whole = ask(town, feel(town))
    drawn = []
    for _, zone in whole.groupby("stratum", sort=True):
        blocks = np.sort(zone["psu"].unique())
        kept = blocks[:: max(1, len(blocks) // BLOCKS_A_ZONE)][:BLOCKS_A_ZONE]
        few = zone[zone["psu"].isin(kept)]
        factor = zone["weight"].sum() / few["weight"].sum()
        drawn.append(few.assign(weight=(few["weight"] * factor).round(3)))
    few = pd.concat(drawn, ignore_index=True)
    few["respondent_id"] = [f"R{number:04d}" for number in range(1, len(few) + 1)]
    few = few[list(columns("survey"))]
    return few.to_csv(index=False, lineterminator="\n").encode()


def _safe(town: Town) -> dict[str, float]:
    adults = feel(town)
    return {
        "share_safe_after_dark": round(float((adults["walk_dark"] >= 2).mean()), 4),
        "adults": len(adults),
    }
