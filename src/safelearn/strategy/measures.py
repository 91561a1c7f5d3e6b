"""Does every measure of a strategy say why it should work, who pays, and what will show it? (draft:9, draft:25(m))

The table ``measures`` goes in, one row a measure. Out come the chain of each, from the problem over its cause and what
protects, the way it works and the lever that the city pulls, to the money and the indicator, with every link that is
missing; and what the strategy costs against what is secured (draft:24(c)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from safelearn.errors import Refused
from safelearn.language import t

NEEDS = frozenset({"table:measures"})
#: The links of the chain, in the order of reasoning, by column of the table.
LINKS = (
    "problem",
    "cause",
    "protective_factor",
    "mechanism",
    "lever",
    "cost",
    "indicator_id",
)
#: Levers that draft:9 names; the others of the table are ways to deliver.
NAMED_LEVERS = ("planning", "law", "finance")


@dataclass(frozen=True)
class Funding:
    """What a strategy costs and what is secured.

    Attributes
    ----------
    cost, funded, gap : float
        For all years together; the gap is summed over measures, so that money of one does not cover another.
    share : float
        Funded share of the cost, no measure counted above its own cost.
    currency : str
        Empty if the table names none.
    unfunded, uncosted : tuple of str
        Codes of measures with no money at all, and of those without a cost.
    """

    cost: float
    funded: float
    gap: float
    share: float
    currency: str
    unfunded: tuple[str, ...]
    uncosted: tuple[str, ...]


def build(
    name: str, prevention: str, dimension: str, links: Mapping[str, object]
) -> pd.DataFrame:
    """One measure as a row of the table, from what a workshop has written on its card (draft:25(m)).

    Parameters
    ----------
    name, prevention, dimension : str
        Required by the table.
    links : mapping
        Any of `LINKS` and further columns of the table; what is not known yet is left out, and `chains` names it.

    Raises
    ------
    ValueError
        For a column that the table does not have.
    """
    from safelearn.city.contracts import columns

    known = columns("measures")
    if stray := [c for c in links if c not in known]:
        raise ValueError(
            t("The table measures has no column {name}.", name=", ".join(stray))
        )
    row = {"name": name, "prevention": prevention, "dimension": dimension, **links}
    return pd.DataFrame([{c: row.get(c) for c in known}])


def chains(measures: pd.DataFrame) -> pd.DataFrame:
    """The chain of reasoning of each measure. Serves draft:9 and draft:25(m).

    Parameters
    ----------
    measures : DataFrame
        `measure_id`, `name` and the columns of `LINKS`; an absent column counts as missing everywhere.

    Returns
    -------
    DataFrame
        One row a measure in the order of the table: `measure_id`, `name`, the links, `missing` (tuple of names of
        links), `complete` (bool).

    Examples
    --------
    >>> row = {"measure_id": "M1", "name": "Lamps", "problem": "Fear", "cause": "Dark", "lever": "service"}
    >>> chains(pd.DataFrame([row]))["missing"].iloc[0]
    ('protective_factor', 'mechanism', 'cost', 'indicator_id')
    """
    frame = measures.reindex(columns=["measure_id", "name", *LINKS]).reset_index(
        drop=True
    )
    empty = frame[list(LINKS)].apply(lambda c: c.isna() | c.astype("str").eq(""))
    frame["missing"] = [
        tuple(link for link in LINKS if row[link]) for row in empty.to_dict("records")
    ]
    frame["complete"] = ~empty.any(axis=1)
    return frame


def funding(measures: pd.DataFrame) -> Funding:
    """What the strategy costs, what is secured, and for which measures nothing is (draft:24(c)).

    Parameters
    ----------
    measures : DataFrame
        `measure_id`, `cost`, `funded`, `currency`. An empty `funded` is no money.

    Raises
    ------
    Refused
        If no measure has a cost, or costs are in several currencies.

    Examples
    --------
    >>> rows = pd.DataFrame({"measure_id": ["M1", "M2"], "cost": [100.0, 50.0], "funded": [120.0, 10.0]})
    >>> found = funding(rows)
    >>> found.gap, round(found.share, 2)
    (40.0, 0.73)
    """
    frame = measures.reindex(columns=["measure_id", "cost", "funded", "currency"])
    costed = frame[frame["cost"].notna()]
    if costed.empty:
        raise Refused(
            t("No measure has a cost, so nobody can say what the strategy needs."),
            remedy=t("Fill in the column cost of the table measures."),
        )
    currencies = sorted(set(costed["currency"].dropna().astype(str)))
    if len(currencies) > 1:
        raise Refused(
            t("Costs in several currencies cannot be added up."),
            remedy=t("Write all amounts of the strategy in one currency."),
        )
    secured = costed["funded"].fillna(0.0)
    useful = secured.clip(upper=costed["cost"])
    cost, covered = float(costed["cost"].sum()), float(useful.sum())
    return Funding(
        cost=cost,
        funded=float(secured.sum()),
        gap=cost - covered,
        share=covered / cost if cost else float("nan"),
        currency=currencies[0] if currencies else "",
        unfunded=tuple(
            costed.loc[(secured <= 0) & (costed["cost"] > 0), "measure_id"].astype(str)
        ),
        uncosted=tuple(frame.loc[frame["cost"].isna(), "measure_id"].astype(str)),
    )
