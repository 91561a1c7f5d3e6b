"""What does one case of an offence cost? A table with its country, year and currency goes in, one price list comes out.

Prices of harm belong to a place and a year. This module never mixes two currencies or two price years by itself, and
never takes a price from one country to another in silence: it refuses, unless an index or a rate of exchange is stated
with its source, and then says so beside every figure. A version, made from the prices and all that was done to them,
goes into the record of a report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from safelearn.errors import Refused, SafelearnError
from safelearn.language import listing, t

NEEDS = frozenset({"table:unit_costs"})
COLUMNS = [
    "offence", "label", "cost", "lower", "upper", "country", "price_year", "currency", "restated", "source",
]  # fmt: skip


@dataclass(frozen=True)
class PriceIndex:
    """How prices moved in one currency.

    Attributes
    ----------
    currency : str
    levels : mapping of int to float
        The level of each year; only ratios matter.
    source : str
        Office and series.
    """

    currency: str
    levels: Mapping[int, float]
    source: str


@dataclass(frozen=True)
class Transfer:
    """How much money of one country buys what one unit of another's buys, in one year.

    Attributes
    ----------
    country : str
        Where the price was found; empty if the table does not say.
    currency, into : str
        From which currency into which.
    year : int
    factor : float
        Units of `into` for one unit of `currency`: purchasing power parity, not the rate at a bank.
    source : str
    """

    country: str
    currency: str
    into: str
    year: int
    factor: float
    source: str


@dataclass(frozen=True)
class UnitCosts:
    """Prices of one currency and one year.

    Attributes
    ----------
    table : DataFrame
        `COLUMNS`; ``country``, ``price_year`` and ``currency`` are those of the study, ``restated`` says whether its
        price was changed.
    country, currency : str
    price_year : int
    version : str
        Twelve signs made from the prices and conversions: another price, another version.
    notes : tuple of str
        What was done to the prices, in sentences.
    """

    table: pd.DataFrame
    country: str
    currency: str
    price_year: int
    version: str
    notes: tuple[str, ...] = ()

    def of(self, offence: str) -> tuple[float, float, float]:
        """Cost of a case with its limits (both the cost itself where the study gives none).

        Raises
        ------
        Refused
            If the table has no price for it; that of a wider or narrower kind is not taken.
        """
        return self.mean({offence: 1})

    def mean(self, cases: Mapping[str, float]) -> tuple[float, float, float]:
        """Mean cost of a case in a mix of offences, with its limits.

        Parameters
        ----------
        cases : mapping of str to float
            Cases of each offence, by ICCS code.

        Raises
        ------
        Refused
            If an offence has no price, or there are no cases.
        """
        priced = self.table.set_index("offence")
        absent = [code for code in cases if code not in priced.index]
        whole = float(sum(cases.values()))
        if absent or whole <= 0:
            raise Refused(
                t(
                    "No unit cost is known for: {offences}.",
                    offences=listing(absent or list(cases)),
                ),
                remedy=t("Add the missing rows, each with its study, to unit_costs."),
            )
        shares = pd.Series(cases, dtype=float) / whole
        rows = priced.loc[list(cases), ["cost", "lower", "upper"]]
        # The limits of a study move together: what it values too high, it values too high for all.
        cost, lower, upper = (float((rows[c] * shares).sum()) for c in rows)
        return cost, lower, upper


def unit_costs(
    table: pd.DataFrame,
    *,
    currency: str,
    price_year: int,
    country: str = "",
    index: Sequence[PriceIndex] = (),
    transfers: Sequence[Transfer] = (),
) -> UnitCosts:
    """The city's unit costs in one currency and one year's prices. Serves draft:26(f)(iii).6.

    Parameters
    ----------
    table : DataFrame
        The table ``unit_costs``.
    currency, price_year, country
        What is asked for; `country` in two letters.
    index, transfers
        How prices of another year or country may be used.

    Returns
    -------
    UnitCosts

    Raises
    ------
    Refused
        If a row is in another currency, year or country and nothing says how to bring it over.
    SafelearnError
        If an offence stands there twice, or a price lies outside its limits.

    Notes
    -----
    A price of another country is brought to the transfer's year by its own currency's index, multiplied by the
    transfer's factor, and brought to the year asked for by the index of the currency asked for. That values harm as
    the first country does: what people would pay to avoid it depends on incomes, so say it or use a local study.
    """
    _sound(table)
    notes: dict[str, None] = {}
    rows = []
    for row in table.to_dict("records"):
        factor = _factor(row, currency, price_year, country, index, transfers, notes)
        cost = float(row["cost"])
        low, high = (_or(row.get(c), cost) for c in ("cost_lower", "cost_upper"))
        rows.append(
            {
                "offence": str(row["offence"]),
                "label": _text(row.get("label")),
                "cost": factor * cost,
                "lower": factor * low,
                "upper": factor * high,
                "country": _text(row.get("country")),
                "price_year": int(row["price_year"]),
                "currency": str(row["currency"]),
                "restated": factor != 1,
                "source": _text(row.get("source")),
            }
        )
    frame = pd.DataFrame(rows, columns=COLUMNS)
    held = frame.to_csv(index=False, lineterminator="\n") + "\n".join(notes)
    held += f"{country} {currency} {price_year}"
    version = hashlib.sha256(held.encode("utf-8")).hexdigest()[:12]
    return UnitCosts(frame, country, currency, price_year, version, tuple(notes))


def _factor(
    row: dict,
    currency: str,
    year: int,
    country: str,
    index: Sequence[PriceIndex],
    transfers: Sequence[Transfer],
    notes: dict[str, None],
) -> float:
    """By how much a row's price is multiplied, with the sentences that say so."""
    own, then = str(row["currency"]), int(row["price_year"])
    place = _text(row.get("country"))
    abroad = bool(country and place and country != place)
    if own == currency and not abroad:
        return _over_years(own, then, year, index, notes)
    there = [
        x
        for x in transfers
        if (x.country, x.currency, x.into) == (place, own, currency)
    ]
    if not there:
        raise Refused(
            t(
                "Unit costs in {first} of {place} are not used as if they were in {second} of {country}.",
                first=own,
                place=place or t("no country named"),
                second=currency,
                country=country or t("this city"),
            ),
            remedy=t(
                "Use a study of this country, or state a purchasing power parity with its year and source."
            ),
        )
    way = there[0]
    before = _over_years(own, then, way.year, index, notes)
    after = _over_years(currency, way.year, year, index, notes)
    notes[
        t(
            "Costs of {place} in {first} were taken over at {factor} {second} each ({source}, {year}): harm is valued "
            "as it is there.",
            place=place or t("no country named"),
            first=own,
            factor=f"{way.factor:g}",
            second=currency,
            source=way.source,
            year=str(way.year),
        )
    ] = None
    return before * way.factor * after


def _over_years(
    currency: str,
    first: int,
    last: int,
    index: Sequence[PriceIndex],
    notes: dict[str, None],
) -> float:
    if first == last:
        return 1.0
    for held in index:
        if held.currency == currency and {first, last} <= set(held.levels):
            notes[
                t(
                    "Prices of {first} were brought to {last} by {source}.",
                    first=str(first),
                    last=str(last),
                    source=held.source,
                )
            ] = None
            return held.levels[last] / held.levels[first]
    raise Refused(
        t(
            "Prices of {first} and of {last} in {currency} are not mixed.",
            first=str(first),
            last=str(last),
            currency=currency,
        ),
        remedy=t("State a price index for both years, with its source."),
    )


def _sound(table: pd.DataFrame) -> None:
    twice = table.loc[table["offence"].duplicated(), "offence"]
    if len(twice):
        raise SafelearnError(
            t("An offence has two unit costs, and one has to be chosen."),
            where=listing([str(c) for c in twice.unique()]),
            remedy=t("Keep one study an offence; a version holds one set of prices."),
        )
    low = table.get("cost_lower", table["cost"]).fillna(table["cost"])
    high = table.get("cost_upper", table["cost"]).fillna(table["cost"])
    wrong = (low > table["cost"]) | (high < table["cost"])
    if wrong.any():
        raise SafelearnError(
            t("A unit cost lies outside its own limits."),
            where=listing([str(c) for c in table.loc[wrong, "offence"]]),
            remedy=t("Look it up in the study again."),
        )


def _or(value: object, other: float) -> float:
    return other if value is None or pd.isna(value) else float(value)


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)
