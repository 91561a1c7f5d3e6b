"""Hide small counts, and watch an attacker try to get them back.

A small invented table goes through `disclosure.suppression` as the counts of a report do, or with nothing hidden but
what is small, as one would by hand; then `disclosure.attack` tries, with the totals that stand beside it and, if one
likes, with a count that somebody else publishes.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd

from safelearn.disclosure.approval import Approved, approve
from safelearn.disclosure.attack import Breach, attack
from safelearn.disclosure.slices import ALL
from safelearn.disclosure.suppression import Protected, protect
from safelearn.errors import SafelearnError
from safelearn.language import between, number, t, tn
from safelearn.reports.names import offence_name
from safelearn.reports.widgets import pieces
from safelearn.reports.widgets.board import Board, choice, tick, whole_number

#: Ways to hide: nothing but small counts, also what would give them away, also knowing what others publish.
SMALL, SAFE, AWARE = "small", "safe", "aware"
_AREAS = ("north", "harbour", "market", "hill", "east")
_OFFENCES = ("0401", "0501", "0502", "0701")
#: Robbery, burglary, theft, fraud in five areas that do not exist.
_COUNTS = (
    (3, 21, 64, 9),
    (14, 2, 88, 12),
    (37, 33, 152, 4),
    (6, 17, 41, 7),
    (11, 26, 73, 15),
)
_UNIVERSE = "invented"


def disclosure_attack(counts: pd.DataFrame | None = None) -> Board:
    """Move the threshold, hide, and be attacked (draft:26(f)(ii).10, draft:25(d).6).

    Parameters
    ----------
    counts : DataFrame, optional
        Invented counts: `area_id`, `offence` (codes of the report) and `n`. The exercise tells what was hidden, so
        counts of real people do not belong in it.

    Returns
    -------
    Board
        Controls `threshold`, `way` (`SMALL`, `SAFE` or `AWARE`) and `elsewhere`.
    """
    exercise = _Exercise(_invented() if counts is None else counts)
    return Board(
        exercise.result,
        {
            "threshold": whole_number(t("Smallest count shown"), 5, 1, 30),
            "way": choice(
                t("What is hidden"),
                [
                    (t("small counts only"), SMALL),
                    (t("small counts, and what gives them away"), SAFE),
                    (t("the same, knowing what others publish"), AWARE),
                ],
            ),
            "elsewhere": tick(
                t("A hospital publishes one of the hidden counts itself")
            ),
        },
    )


@dataclass(frozen=True)
class Tried:
    """One way to hide, and what the attack made of it.

    Attributes
    ----------
    shown : DataFrame
        `area_id`, `offence` (`ALL` for totals), `n`, missing where it is hidden.
    small : int
        Hidden because they are small; the rest protects them.
    hidden : int
    leaked : tuple or None
        The cell that somebody else publishes.
    breaches : tuple of Breach
    """

    shown: pd.DataFrame
    small: int
    hidden: int
    leaked: tuple[tuple[str, str], ...] | None
    breaches: tuple[Breach, ...]


def tried(
    counts: pd.DataFrame, threshold: int, way: str, elsewhere: bool = False
) -> Tried:
    """Hide the small counts of a table in one way, and attack it.

    Parameters
    ----------
    counts : DataFrame
        `area_id`, `offence` and `n`.
    threshold : int
        The smallest count that is shown.
    way : str
        `SMALL`, `SAFE` or `AWARE`.
    elsewhere : bool
        Whether somebody else publishes one count that is hidden here to protect others.

    Returns
    -------
    Tried
    """
    everything = _with_totals(protect(counts, least=1, sensitive_least=1))
    safe = _with_totals(protect(counts, least=threshold, sensitive_least=threshold))
    leaked = _leaked(everything, safe, threshold) if elsewhere else None
    # A small total is small too; only what is small is hidden by hand.
    by_hand = everything.assign(
        n=everything["n"].mask(everything["n"].between(1, threshold - 1))
    )
    known = [leaked] if leaked else []
    aware = _with_totals(
        protect(counts, least=threshold, sensitive_least=threshold, known=known)
    )
    shown = {SMALL: by_hand, SAFE: safe, AWARE: aware}[way]
    true = everything["n"]
    totals = {}
    if leaked is not None:
        place = (everything[["area_id", "offence"]] == _columns(leaked)).all(axis=1)
        totals = {_UNIVERSE: {leaked: int(true[place].iloc[0])}}
    told = attack(
        [_approved(shown, threshold)],
        known_totals=totals,
        truth={"counts": true.astype(float)},
    )
    breaches = tuple(b for b in told if leaked is None or b.cell != leaked)
    hidden = shown["n"].isna()
    small = true.between(1, threshold - 1) & hidden
    return Tried(shown, int(small.sum()), int(hidden.sum()), leaked, breaches)


class _Exercise:
    """One table, attacked again and again."""

    def __init__(self, counts: pd.DataFrame) -> None:
        self.counts = counts[["area_id", "offence", "n"]].reset_index(drop=True)

    def result(self, threshold: int, way: str, elsewhere: bool) -> str:
        """The table as it would be published, and what the attacker says."""
        found = tried(self.counts, threshold, way, elsewhere)
        said = [_said(found)]
        if elsewhere and found.leaked is None:
            said.append(
                t("Nothing is hidden to protect others here, so the hospital's count adds nothing.")
            )  # fmt: skip
        return "".join(
            [
                pieces.finding(_finding(found)),
                pieces.note(" ".join(said)),
                _table(found),
                pieces.note(
                    t("Invented counts. Orange: what the attacker has worked out.")
                ),
                pieces.folded(
                    t("What the attacker says"),
                    pieces.bullets(b.sentence for b in found.breaches)
                    or pieces.lines([t("Nothing.")]),
                ),
            ]
        )


def _finding(found: Tried) -> str:
    if not found.hidden:
        return t("Nothing is hidden: whoever looks can see the small counts.")
    exact = sum(b.interval[0] == b.interval[1] for b in found.breaches)
    if not found.breaches:
        return tn(
            "The attacker gets nothing out of the {n} hidden count.",
            "The attacker gets nothing out of the {n} hidden counts.",
            found.hidden,
        )
    if exact == len(found.breaches):
        return t(
            "The attacker gets {exact} of {hidden} hidden counts back.",
            exact=number(exact),
            hidden=number(found.hidden),
        )
    return t(
        "The attacker gets {exact} of {hidden} hidden counts back, and narrows {more} down.",
        exact=number(exact),
        hidden=number(found.hidden),
        more=number(len(found.breaches) - exact),
    )


def _said(found: Tried) -> str:
    return t(
        "Hidden because they are small: {small}. Hidden to protect these: {more}.",
        small=number(found.small),
        more=number(found.hidden - found.small),
    )


def _table(found: Tried) -> str:
    """The published table; a cell that was got back says what it holds."""
    got = {tuple(sorted(b.cell)): b.interval for b in found.breaches}
    shown = found.shown.set_index(["area_id", "offence"])["n"]
    areas = list(dict.fromkeys(found.shown["area_id"]))
    offences = list(dict.fromkeys(found.shown["offence"]))
    areas.sort(key=lambda a: a == ALL)
    offences.sort(key=lambda o: o == ALL)

    def cell(area: str, offence: str) -> str:
        value = shown[area, offence]
        style = "text-align:right;padding:.25rem .8rem;border-bottom:1px solid #c9d2d8"
        if pd.notna(value):
            return f'<td style="{style}">{escape(number(int(value)))}</td>'
        at = tuple(
            sorted((k, v) for k, v in (("area_id", area), ("offence", offence)) if v != ALL)
        )  # fmt: skip
        if at == found.leaked:
            return f'<td style="{style}">{escape(t("told elsewhere"))}</td>'
        if at in got:
            low, high = got[at]
            words = number(low) if low == high else between(number(low), number(high))
            told = t("got back: {value}", value=words)
            return f'<td style="{style};background:#fbf0e6;color:#a8431b;font-weight:700">{escape(told)}</td>'
        return f'<td style="{style};opacity:.75">{escape(t("hidden"))}</td>'

    heads = "".join(
        f'<th scope="col" style="text-align:right;padding:.25rem .8rem">{escape(_named(o))}</th>'
        for o in offences
    )
    rows = "".join(
        f'<tr><th scope="row" style="text-align:left;padding-right:1rem;font-weight:{"700" if a == ALL else "400"}">'
        f"{escape(_named(a))}</th>{''.join(cell(a, o) for o in offences)}</tr>"
        for a in areas
    )
    return (
        '<table style="border-collapse:collapse;line-height:1.4;margin:.5rem 0">'
        f"<thead><tr><th></th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _named(code: str) -> str:
    """What an area or offence is called."""
    if code == ALL:
        return t("Total")
    names = {
        "north": t("North"), "harbour": t("Harbour"), "market": t("Market"), "hill": t("Hill"), "east": t("East"),
    }  # fmt: skip
    if code in names:
        return names[code]
    try:
        return offence_name(code)
    except (KeyError, SafelearnError):
        return code


def _with_totals(found: Protected) -> pd.DataFrame:
    """Cells, both totals and the grand total as one table; what is hidden is missing."""
    cells = found.cells[["area_id", "offence", "n"]]
    by_area = found.totals["area_id"].assign(offence=ALL)
    by_offence = found.totals["offence"].assign(area_id=ALL)
    whole = pd.DataFrame({"area_id": [ALL], "offence": [ALL], "n": [found.total]})
    parts = pd.concat([cells, by_area, by_offence, whole], ignore_index=True)
    return parts[["area_id", "offence", "n"]].astype({"n": "Int64"})


def _leaked(
    everything: pd.DataFrame, safe: pd.DataFrame, threshold: int
) -> tuple[tuple[str, str], ...] | None:
    """A cell that is hidden only to protect others: just what somebody else may well publish."""
    inside = (everything["area_id"] != ALL) & (everything["offence"] != ALL)
    merged = safe["n"].isna() & inside & (everything["n"] >= threshold)
    for row in everything[merged].itertuples():
        return (("area_id", row.area_id), ("offence", row.offence))
    return None


def _columns(cell: tuple[tuple[str, str], ...]) -> pd.Series:
    return pd.Series(dict(cell))


def _approved(shown: pd.DataFrame, threshold: int) -> Approved:
    return approve(
        "counts",
        shown,
        keys=["area_id", "offence"],
        measures=["n"],
        least=threshold,
        sensitive_least=threshold,
        universe=_UNIVERSE,
    )


def _invented() -> pd.DataFrame:
    rows = [
        (area, offence, n)
        for area, line in zip(_AREAS, _COUNTS, strict=True)
        for offence, n in zip(_OFFENCES, line, strict=True)
    ]
    return pd.DataFrame(rows, columns=["area_id", "offence", "n"])
