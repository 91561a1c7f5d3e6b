"""Who gives what to whom, who stands between others, and who stands alone? (draft:25(b))

The register of organisations and their ties go in; for each organisation come out how many ties it gives and gets, how
many others it deals with, and how often the shortest way between two others leads through it. Ties of conflict are
left out of everything here: they are nobody's business but the city's own. A list of ties is never complete, so how
firm the first place is comes out too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from safelearn.errors import Refused
from safelearn.language import t

if TYPE_CHECKING:
    import networkx

NEEDS = frozenset({"table:stakeholders", "table:ties"})
CONFLICT = "conflict"
#: Ties by which offices work together; orders and money alone are no conversation.
WORKING = ("information", "referral", "cooperation")
#: A share of draws from which an organisation may stand in the middle.
_MAY_BE_FIRST = 0.1
_DRAWS, _LEFT_OUT = 100, 0.1


@dataclass(frozen=True)
class Network:
    """Who deals with whom.

    Attributes
    ----------
    actors : DataFrame
        One row an organisation of the register, in its order: `stakeholder_id`, `gives` and `gets` (ties without
        conflict), `partners` (other organisations it deals with), `between` (betweenness: pairs of others whose
        shortest way leads through it, undirected, not normalised), `splits` (without it, some could no longer reach
        each other), and `first` (share of the draws in which no other has a larger betweenness).
    alone : tuple of str
        Organisations without any tie.
    kinds : DataFrame
        `tie`, `ties`, and of these `written` (laid down in an agreement) and `sourced` (with a date and a source).
    strangers : tuple of str
        Ends of ties that are not in the register.
    """

    actors: pd.DataFrame
    alone: tuple[str, ...]
    kinds: pd.DataFrame
    strangers: tuple[str, ...]

    @property
    def brokers(self) -> tuple[str, ...]:
        """Who may stand in the middle, likeliest first: first in at least a tenth of the draws."""
        likely = self.actors[self.actors["first"] >= _MAY_BE_FIRST]
        likely = likely.sort_values(["first", "between"], ascending=False)
        return tuple(likely["stakeholder_id"])


def network(register: pd.DataFrame, ties: pd.DataFrame, *, seed: int = 1) -> Network:
    """Centrality of each organisation, and how firm it is.

    Parameters
    ----------
    register : DataFrame
        `stakeholder_id`.
    ties : DataFrame
        `from_id`, `to_id`, `tie`, and optionally `formal`, `observed_on`, `source`.
    seed : int
        Of the draws.

    Returns
    -------
    Network

    Raises
    ------
    Refused
        Without a tie between organisations of the register.

    Notes
    -----
    Betweenness: Freeman, L. C. (1977), Sociometry 40:35, by Brandes' algorithm (networkx); ties count once whatever
    their kind, direction and strength. The method of asking is Net-Map: Schiffer, E. and Hauck, J. (2010), Field
    Methods 22:231. For `first`, a tenth of the ties is left out at random, 100 times: ties that nobody mentioned in an
    interview are the rule (Borgatti, S. P., Carley, K. M. and Krackhardt, D. (2006), Social Networks 28:124).

    Examples
    --------
    >>> path = pd.DataFrame({"from_id": list("ABC"), "to_id": list("BCD"), "tie": "information"})
    >>> network(pd.DataFrame({"stakeholder_id": list("ABCD")}), path).actors["between"].tolist()
    [0.0, 2.0, 2.0, 0.0]
    """
    import networkx

    names = register["stakeholder_id"].astype("str").tolist()
    peaceful = ties[ties["tie"].astype("str") != CONFLICT]
    ends = peaceful[["from_id", "to_id"]].astype("str")
    known = ends.isin(names).all(axis=1)
    strangers = sorted(set(ends.to_numpy().ravel()) - set(names))
    inside = ends[known & (ends["from_id"] != ends["to_id"])]
    if not len(inside):
        raise Refused(
            t("No tie joins two organisations of the register."),
            remedy=t("Ask each organisation whom it gets information, money, orders and referrals from."),
        )  # fmt: skip
    whole = _graph(names, inside.drop_duplicates().to_numpy())
    between = networkx.betweenness_centrality(whole, normalized=False)
    splits = set(networkx.articulation_points(whole))
    first = _first(names, inside.drop_duplicates().to_numpy(), seed)
    actors = pd.DataFrame(
        {
            "stakeholder_id": names,
            "gives": inside["from_id"].value_counts().reindex(names, fill_value=0).to_numpy(),
            "gets": inside["to_id"].value_counts().reindex(names, fill_value=0).to_numpy(),
            "partners": [whole.degree[name] for name in names],
            "between": [between[name] for name in names],
            "splits": [name in splits for name in names],
            "first": first,
        }
    )  # fmt: skip
    alone = tuple(actors.loc[actors["partners"] == 0, "stakeholder_id"])
    return Network(actors, alone, _kinds(peaceful[known]), tuple(strangers))


def working_ties(ties: pd.DataFrame) -> pd.DataFrame:
    """The pairs that inform, refer to or work with each other: `first`, `second`, whatever the direction, once each."""
    rows = ties[ties["tie"].astype("str").isin(WORKING)]
    ends = np.sort(rows[["from_id", "to_id"]].astype("str").to_numpy(dtype=object))
    pairs = pd.DataFrame(ends, columns=["first", "second"]).drop_duplicates()
    return pairs[pairs["first"] != pairs["second"]].reset_index(drop=True)


def _graph(names: list[str], pairs: np.ndarray) -> networkx.Graph:
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from(pairs.tolist())
    return graph


def _first(names: list[str], pairs: np.ndarray, seed: int) -> np.ndarray:
    """In which share of the draws each has the largest betweenness; a tie at the top is shared."""
    import networkx

    random = np.random.default_rng(seed)
    times = np.zeros(len(names))
    for _ in range(_DRAWS):
        kept = pairs[random.random(len(pairs)) >= _LEFT_OUT]
        found = networkx.betweenness_centrality(_graph(names, kept), normalized=False)
        values = np.array([found[name] for name in names])
        if values.max() > 0:
            top = np.isclose(values, values.max())
            times[top] += 1 / top.sum()
    return times / _DRAWS


def _kinds(ties: pd.DataFrame) -> pd.DataFrame:
    def marked(column: str, test) -> pd.Series:
        return test(ties[column]) if column in ties else pd.Series(False, index=ties.index)  # fmt: skip

    told = ties.assign(
        written=marked("formal", lambda c: c.astype("str") == "yes"),
        sourced=marked("observed_on", pd.Series.notna) & marked("source", pd.Series.notna),
    )  # fmt: skip
    by_kind = told.groupby(told["tie"].astype("str"), sort=False)
    found = by_kind.agg(
        ties=("from_id", "size"), written=("written", "sum"), sourced=("sourced", "sum")
    )
    return found.rename_axis("tie").reset_index()
