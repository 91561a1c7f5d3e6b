"""The registers that people fill in: who has a part, who answers for what, what was tried, what could go wrong.

Their sentences are written by hand, one file a register in the folder ``registers``; scores that raters would
give are drawn. A table's name goes in, its rows come out with the contract's columns. Three things are planted:
a broker whom everything between city hall and the neighbourhoods passes through, a department that nobody is
tied to, and a group of residents that no organisation speaks for and nobody has invited.
"""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pandas as pd

from safelearn.simulation.streams import stream
from safelearn.simulation.town import Town

#: ISO 4217 keeps this code for tests: no amount here can be mistaken for money.
CURRENCY = "XTS"
INVENTED = "Invented for this dataset; no study behind it"
BROKER, ISOLATED, MISSING = "S31", "S08", "persons_with_disabilities"
UNANSWERED_TASK = "T08"
WRITTEN = (
    "stakeholders", "ties", "mandates", "technology", "unit_costs", "practices",
    "programmes", "measures", "targets", "harms", "reviews", "decisions",
)  # fmt: skip


def written(name: str) -> pd.DataFrame:
    """The rows of a register as they were written down, everything text."""
    path = files("safelearn.simulation") / "registers" / f"{name}.csv"
    with path.open(encoding="utf-8") as file:
        return pd.read_csv(file, dtype="str", keep_default_na=False)


def stakeholders(town: Town) -> pd.DataFrame:
    """The register of stakeholders, with the spread of five raters' scores."""
    rng = stream(town.plan.seed, "stakeholders")
    frame = written("stakeholders")
    for score in ("power", "interest"):
        middle = frame[score].astype(int).to_numpy()
        raters = middle[:, None] + rng.integers(-1, 2, (len(frame), 5))
        raters = raters.clip(1, 5)
        frame[score] = np.median(raters, axis=1)
        frame[f"{score}_lowest"] = raters.min(axis=1)
        frame[f"{score}_highest"] = raters.max(axis=1)
    strong, keen = frame["power"] >= 3.5, frame["interest"] >= 3.5
    frame["engagement_goal"] = np.select(
        [strong & keen, strong, keen],
        ["Decide together", "Win its support", "Give it a say"],
        "Keep it informed",
    )
    frame["engagement_channel"] = np.where(strong, "Safety committee", "Working group")
    frame["engagement_owner"] = "Safety Observatory"
    frame["engagement_due"] = "2026-03-31"
    frame["assessed_on"] = "2025-05-22"
    frame["source"] = "Rating workshop of the safety committee"
    return frame


def ties(town: Town) -> pd.DataFrame:
    """Who gives what to whom."""
    frame = written("ties")
    days = stream(town.plan.seed, "ties").integers(0, 60, len(frame))
    start = pd.Timestamp("2025-04-01")
    frame["observed_on"] = [
        str((start + pd.Timedelta(days=int(d))).date()) for d in days
    ]
    frame["source"] = "Interviews for the map of ties"
    return frame


def mandates(town: Town) -> pd.DataFrame:
    """Tasks and who answers for them; for one task nobody does."""
    frame = written("mandates")
    frame["currency"] = np.where(frame["budget"] != "", CURRENCY, "")
    return frame


def technology(town: Town) -> pd.DataFrame:
    """Systems that watch, sort or decide."""
    return written("technology").assign(currency=CURRENCY)


def unit_costs(town: Town) -> pd.DataFrame:
    """What one offence costs, in money that does not exist."""
    return written("unit_costs").assign(
        currency=CURRENCY, price_year=2024, source=INVENTED
    )


def practices(town: Town) -> pd.DataFrame:
    """What is said to have worked elsewhere."""
    frame = written("practices").assign(currency=CURRENCY, source=INVENTED)
    return frame


def measures(town: Town) -> pd.DataFrame:
    """The measures of the strategy."""
    return written("measures").assign(currency=CURRENCY)


def harms(town: Town) -> pd.DataFrame:
    """What could go wrong for whom."""
    return written("harms")


def reviews(town: Town) -> pd.DataFrame:
    """What has to be looked at again."""
    return written("reviews")


def decisions(town: Town) -> pd.DataFrame:
    """Who decided what with whom."""
    activity = {"K01": "A01", "K02": "A02", "K03": "A05", "K06": "A08", "K10": "A13"}
    frame = written("decisions")
    return frame.assign(activity_id=frame["decision_id"].map(activity).fillna(""))
