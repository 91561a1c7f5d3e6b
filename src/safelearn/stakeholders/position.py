"""How much can each organisation move, how much does it want to, and whose claim is heard least?

Raters' scores of power and interest go in with their lowest and highest; out come the four fields of the grid, with how
sure each place in it is, and the eight kinds of salience under names that offend nobody. Scores are opinions of the
people in the room: all of this stays inside the city's office, but the kinds of salience. (draft:25(b), draft:15)
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from safelearn.errors import Refused, SafelearnError
from safelearn.language import mark, t

NEEDS = frozenset({"table:stakeholders"})
#: The middle of the scale from 1 to 5: more than this is much.
CUT = 3.0
FIELDS = {
    (True, True): "work_closely",
    (True, False): "win_over",
    (False, True): "keep_informed",
    (False, False): "look_again",
}
#: What each field asks for; the fourth is "monitor" in the books, and often holds those who are heard least.
FIELD_NAMES = {
    "work_closely": mark("Much power, much interest: decide together"),
    "win_over": mark("Much power, little interest: win over"),
    "keep_informed": mark("Little power, much interest: inform, and lend it weight"),
    "look_again": mark("Little power, little interest: ask why, and look again"),
}
#: Power, legitimacy, urgency. The books call these dormant, discretionary, demanding, dominant, dangerous, dependent
#: and definitive; a public list does not call anybody dangerous.
SALIENCE = {
    (True, True, True): "all_three",
    (True, True, False): "power_and_legitimacy",
    (True, False, True): "power_and_urgency",
    (False, True, True): "legitimacy_and_urgency",
    (True, False, False): "power",
    (False, True, False): "legitimacy",
    (False, False, True): "urgency",
    (False, False, False): "none",
}
SALIENCE_NAMES = {
    "all_three": mark("Can act, has a recognised part, and its concern is urgent"),
    "power_and_legitimacy": mark("Can act and has a recognised part"),
    "power_and_urgency": mark("Can act, and its concern is urgent"),
    "legitimacy_and_urgency": mark("Has a recognised part and an urgent concern, and needs an ally who can act"),
    "power": mark("Can act"),
    "legitimacy": mark("Has a recognised part"),
    "urgency": mark("Its concern is urgent"),
    "none": mark("Not counted among those with a part so far"),
}  # fmt: skip


@dataclass(frozen=True)
class Grid:
    """The power-interest grid.

    Attributes
    ----------
    actors : DataFrame
        `stakeholder_id`, `power`, `interest`, their `_lowest` and `_highest`, `field`, `sure` (no rater's score lies on
        the other side of the cut) and `spread` (the wider of the two spans of scores, in points).
    unrated : tuple of str
    overlooked : tuple of str
        Organisations that speak for a group of residents and lie in the field that is easily forgotten.
    cut : float
    """

    actors: pd.DataFrame
    unrated: tuple[str, ...]
    overlooked: tuple[str, ...]
    cut: float

    @property
    def unsure(self) -> int:
        """Organisations whose place in the grid depends on whom one asks."""
        return int((~self.actors["sure"]).sum())


def grid(register: pd.DataFrame, cut: float = CUT) -> Grid:
    """Place each rated organisation, and say where raters disagree.

    Parameters
    ----------
    register : DataFrame
        `stakeholder_id`, `power`, `interest` (1 to 5), and where held `power_lowest` and so on, and `group`.
    cut : float
        More than this is much. By default the middle of the scale; another one moves organisations, so say why.

    Raises
    ------
    Refused
        Where nobody was rated.
    SafelearnError
        If one of the three columns is missing.

    Notes
    -----
    Mendelow, A. L. (1991), Environmental scanning: the impact of the stakeholder concept. A place is `sure` only if the
    whole span of the raters' scores lies on one side of the cut; without a span one score is all there is, and no place
    is sure.

    Examples
    --------
    >>> rows = pd.DataFrame({"stakeholder_id": ["a", "b"], "power": [4.0, 2.0], "interest": [5.0, 1.0]})
    >>> grid(rows).actors["field"].tolist()
    ['work_closely', 'look_again']
    """
    for column in ("stakeholder_id", "power", "interest"):
        if column not in register:
            raise SafelearnError(
                t("The register of organisations lacks the column {column}.", column=column),
                remedy=t("It needs: {columns}.", columns="stakeholder_id, power, interest"),
            )  # fmt: skip
    rated = register["power"].notna() & register["interest"].notna()
    rows = register[rated]
    if rows.empty:
        raise Refused(
            t("No organisation has scores of power and interest."),
            remedy=t("Let at least three people score each organisation from 1 to 5, and write down the span."),
        )  # fmt: skip
    out = pd.DataFrame({"stakeholder_id": rows["stakeholder_id"].astype("str")})
    sure = pd.Series(True, index=rows.index)
    spread = pd.Series(0.0, index=rows.index)
    for axis in ("power", "interest"):
        out[axis] = rows[axis].astype(float)
        for end in ("lowest", "highest"):
            name = f"{axis}_{end}"
            given = rows[name].astype(float) if name in rows else float("nan")
            out[name] = given
        low, high = out[f"{axis}_lowest"], out[f"{axis}_highest"]
        sure &= (low > cut) | (high <= cut)
        spread = spread.combine((high - low).fillna(0), max)
    out["field"] = [
        FIELDS[pair]
        for pair in zip(out["power"] > cut, out["interest"] > cut, strict=True)
    ]
    out["sure"], out["spread"] = sure, spread
    speaks = rows["group"].astype("str") if "group" in rows else None
    forgotten = out["field"] == "look_again"
    if speaks is not None:
        forgotten &= rows["group"].notna() & (speaks != "everyone")
    else:
        forgotten &= False
    return Grid(
        actors=out.reset_index(drop=True),
        unrated=tuple(register.loc[~rated, "stakeholder_id"].astype("str")),
        overlooked=tuple(out.loc[forgotten, "stakeholder_id"]),
        cut=cut,
    )


def salience(register: pd.DataFrame) -> pd.DataFrame:
    """The kind of each organisation by power, legitimacy and urgency, under a neutral name.

    Parameters
    ----------
    register : DataFrame
        `stakeholder_id`, `has_power`, `has_legitimacy`, `has_urgency` (yes or no).

    Returns
    -------
    DataFrame
        `stakeholder_id` and `salience`, a value of `SALIENCE`; rows with an answer missing are left out. Who is
        ``legitimacy_and_urgency`` is right and pressed, and depends on others to act: it needs an ally.

    Notes
    -----
    Mitchell, R. K., Agle, B. R. and Wood, D. J. (1997), Academy of Management Review 22:853.
    """
    asked = ["has_power", "has_legitimacy", "has_urgency"]
    rows = register.dropna(subset=asked)
    said = rows[asked].astype("str") == "yes"
    kinds = [SALIENCE[tuple(map(bool, line))] for line in said.to_numpy()]
    return pd.DataFrame(
        {
            "stakeholder_id": rows["stakeholder_id"].astype("str").to_numpy(),
            "salience": kinds,
        }
    )
