"""What can a city give to another, so that both learn and nobody is exposed?

Figures that the city has already published go in, with what it would like to show and to learn; a small card comes
out, which a file carries to the other city. Figures for the whole city only, each with its interval, its definition
and its year; a figure that is hidden, not measured or not published is refused (draft:25(i), draft:27).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from safelearn.errors import Refused, SafelearnError
from safelearn.language import listing, t
from safelearn.strategy.matching import PROFILE
from safelearn.strategy.stocktake import stocktake

FORMAT = 1
KIND = "safelearn city card"
#: What a card says of a programme; nothing of who ran it or where.
PROGRAMME = ("name", "topic", "prevention", "level", "result", "verdict")


@dataclass(frozen=True)
class Figure:
    """One published figure of the whole city.

    Attributes
    ----------
    figure, name : str
        Its id in the catalogue of indicators, and its name in English.
    value, lower, upper : float or None
        The figure and its 95 % interval; None where none was published.
    unit, version, sdg : str
        Of the definition.
    year : int
        The last year that it speaks of.
    """

    figure: str
    name: str
    value: float
    lower: float | None
    upper: float | None
    unit: str
    version: str
    sdg: str
    year: int


@dataclass(frozen=True)
class Card:
    """What one city tells another.

    Attributes
    ----------
    city, country : str
    synthetic : bool
        An invented city, for training.
    published : str
        The day on which its figures were published.
    by : str
        The office that published them.
    figures : tuple of Figure
        In the order of the catalogue.
    not_given : mapping of str to str
        Figures that the city does not give, and why.
    programmes : tuple of mapping
        What it tried: `PROGRAMME`.
    offers, asks : tuple of str
        What it can show others, and what it would like to learn.
    contact : str
        An office.
    """

    city: str
    country: str
    synthetic: bool
    published: str
    by: str
    figures: tuple[Figure, ...]
    not_given: Mapping[str, str] = field(default_factory=dict)
    programmes: tuple[Mapping[str, Any], ...] = ()
    offers: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    contact: str = ""


def card(
    indicators: pd.DataFrame,
    *,
    city: str,
    country: str,
    published: str,
    by: str,
    synthetic: bool = False,
    only: Sequence[str] = (),
    programmes: pd.DataFrame | None = None,
    offers: Sequence[str] = (),
    asks: Sequence[str] = (),
    contact: str = "",
) -> Card:
    """Make a card of figures that were published (draft:25(i)).

    Parameters
    ----------
    indicators : DataFrame
        The published table of indicators (``indicators.csv``): indicator_id, indicator_name, version, sdg, breakdown,
        value, lower, upper, unit, period, status. Only rows of the whole city and of everyone are used.
    city, country, by, contact : str
        The city, two letters for its country, the office that published and the one that answers.
    published : str
        The day of publication, such as "2026-02-01".
    synthetic : bool
        Whether the city is invented.
    only : sequence of str
        Figures to give; all that were measured, unless given.
    programmes : DataFrame, optional
        The city's table of programmes; only name, topic, kind, level of evidence and result go on the card.
    offers, asks : sequence of str

    Returns
    -------
    Card

    Raises
    ------
    Refused
        If nothing was published, or a figure that is asked for is hidden or was not measured.
    """
    if not published:
        raise Refused(
            t("These figures were not published, so they do not go to another city."),
            remedy=t("Publish the diagnosis first: safelearn publish CITY FOLDER"),
        )
    whole = indicators[indicators["breakdown"].isin(["all", ""])]
    whole = whole.drop_duplicates("indicator_id").set_index("indicator_id", drop=False)
    missing = [name for name in only if name not in whole.index]
    measured = pd.to_numeric(whole["value"], errors="coerce").notna()
    hidden = [name for name in only if name in whole.index and not measured[name]]
    if missing or hidden:
        raise Refused(
            t(
                "These figures cannot be given, because they are hidden or were not measured: {names}.",
                names=listing([*missing, *hidden]),
            ),
            remedy=t("Leave them out, or give what was published."),
        )
    given = whole[measured & (whole.index.isin(list(only)) if only else True)]
    left = whole[~whole.index.isin(given.index)]
    why = left["status"].astype(str).where(~measured[left.index], "not chosen")
    told = () if programmes is None or programmes.empty else _programmes(programmes)
    return Card(
        city=city,
        country=country,
        synthetic=bool(synthetic),
        published=str(published),
        by=by,
        figures=tuple(_figure(row) for _, row in given.iterrows()),
        not_given=why.to_dict(),
        programmes=told,
        offers=tuple(offers),
        asks=tuple(asks),
        contact=contact,
    )


def to_json(made: Card) -> str:
    """The text of a card's file; the same card gives the same bytes."""
    content = {"format": FORMAT, "kind": KIND, **asdict(made)}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_card(path: str | Path) -> Card:
    """Read a card that another city gave.

    Raises
    ------
    SafelearnError
        If it is no card, or a figure in it cannot be: no number, or outside its own interval.
    """
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
        if content["kind"] != KIND or content["format"] != FORMAT:
            raise ValueError(content["kind"])
        figures = tuple(Figure(**row) for row in content["figures"])
        rest = {
            k: tuple(content[k]) if isinstance(content[k], list) else content[k]
            for k in Card.__dataclass_fields__
            if k != "figures"
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SafelearnError(
            t("This file is no card of a city."),
            where=str(path),
            remedy=t("Ask the other city to make it again."),
        ) from error
    for figure in figures:
        if not _possible(figure):
            raise SafelearnError(
                t("A figure on this card cannot be: it lies outside its own interval."),
                where=f"{path}: {figure.figure}",
                remedy=t("Ask the other city to make it again."),
            )
    return Card(figures=figures, **rest)


def profiles(cards: Sequence[Card]) -> pd.DataFrame:
    """The figures of several cards, as `matching.likeness` takes them."""
    rows = [
        {**asdict(figure), "city": one.city} for one in cards for figure in one.figures
    ]
    frame = pd.DataFrame(rows).reindex(columns=list(PROFILE))
    return frame.astype(dict.fromkeys(("value", "lower", "upper"), float))


def _figure(row: pd.Series) -> Figure:
    return Figure(
        figure=str(row["indicator_id"]),
        name=str(row["indicator_name"]),
        value=float(row["value"]),
        lower=_number(row["lower"]),
        upper=_number(row["upper"]),
        unit=str(row["unit"]),
        version=str(row["version"]),
        sdg=_text(row.get("sdg")),
        year=_year(row["period"]),
    )


def _programmes(table: pd.DataFrame) -> tuple[dict[str, Any], ...]:
    kept = stocktake(table)[list(PROGRAMME)].astype({"level": int})
    return tuple(kept.to_dict("records"))


def _possible(figure: Figure) -> bool:
    numbers = [figure.value, figure.lower, figure.upper]
    given = [n for n in numbers if n is not None]
    if figure.value is None or not all(
        isinstance(n, int | float) and math.isfinite(n) for n in given
    ):
        return False
    lower = figure.value if figure.lower is None else figure.lower
    upper = figure.value if figure.upper is None else figure.upper
    return lower <= figure.value <= upper


def _number(value: object) -> float | None:
    number = pd.to_numeric(value, errors="coerce")
    return None if pd.isna(number) else float(number)


def _year(period: object) -> int:
    """The last year of a period such as "2025" or "2024-07/2025-06"; 0 if it names none."""
    last = str(period).rsplit("/", 1)[-1][:4]
    return int(last) if last.isdigit() else 0


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)
