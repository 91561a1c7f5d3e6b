"""Which estimates from a survey may be shown, and how exactly may their number of answers be said?

Estimates with the number of answers behind them go in; the same lines come out, those from too few answers without a
value. A respondent is one of a sample that nobody else knows, so the danger is less that a line gives a person away
than that a reader takes a few answers for a finding; both are kept off by the same rule. What is left out can be worked
out roughly by taking the shown groups from their total, so what is left out together holds thirty answers as well:
then subtraction gives nothing that would not have been shown. Sexual and partner violence is shown for the whole city
by sex only, and identity (migration, disability, indigenous peoples, gender) never by area.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from safelearn.disclosure.slices import FINE_PLACES, IDENTITY
from safelearn.errors import SafelearnError
from safelearn.language import mark, number, t

#: Fewest answers that a line is shown from, and from which on nothing is said about their number.
LEAST_ANSWERS, ENOUGH_ANSWERS = 30, 50
#: What the column `mark` says. Exported as these English words.
FEW, TOO_FEW = mark("few answers"), mark("too few answers")
#: Numbers of answers are released to the nearest of these.
ROUNDED_TO = 5
#: Values of a key that stand for everybody.
EVERYBODY = frozenset({"", "all", "city", "everyone"})
#: Keys that say where people live.
PLACES = FINE_PLACES | {"parent", "district", "settlement", "area", "stratum"}
#: Keys whose values name the cut itself.
NAMED = ("breakdown", "disaggregation")
#: Keys that say what was asked, and not who answered.
QUESTIONS = frozenset(
    {"measure", "indicator", "indicator_id", "item", "question", "form", "answer", "year"}
    | {"period", "unit", "offence", "harm"}
)  # fmt: skip


def showable(
    frame: pd.DataFrame,
    *,
    keys: Sequence[str],
    within: Sequence[str] | None = None,
    sensitive: bool | Sequence[bool] = False,
    measures: Sequence[str] = ("value", "lower", "upper"),
) -> pd.DataFrame:
    """Estimates as they may be shown.

    Parameters
    ----------
    frame : DataFrame
        `keys`, `measures` and ``n``, the number of answers; other columns (such as ``positive``) are left out.
        Keys may be columns of their own (``sex``), or ``breakdown`` with the name of the cut ("sex",
        "disability", "area", "sex and age") and ``group`` with its value.
    keys : sequence of str
        Columns that say which line a row is.
    within : sequence of str, optional
        Keys that lines with one total share; by default all but the last.
    sensitive : bool or sequence of bool
        Whether the lines, or which of them, are on sexual or partner violence.
    measures : sequence of str
        Columns of estimates.

    Returns
    -------
    DataFrame
        `keys`, `measures`, ``n`` (float, to the nearest five, missing where hidden) and ``mark``: empty,
        "few answers" (below fifty) or "too few answers" (hidden).

    Raises
    ------
    SafelearnError
        If sensitive lines are cut by more than sex, or identity by area.

    Notes
    -----
    In each set of lines with one total, the smallest shown line is hidden too until the hidden ones together rest on
    thirty answers. Thirty is the floor of the U.S. National Center for Health Statistics, Data Presentation
    Standards for Proportions (2017).

    Examples
    --------
    >>> lines = pd.DataFrame({"sex": ["female", "male"], "value": [0.4, 0.6], "n": [212, 41]})
    >>> showable(lines, keys=["sex"], measures=["value"]).values.tolist()
    [['female', 0.4, 210.0, ''], ['male', 0.6, 40.0, 'few answers']]
    """
    keys, measures = list(keys), list(measures)
    frame = frame.reset_index(drop=True)
    delicate = np.broadcast_to(np.asarray(sensitive, dtype=bool), len(frame))
    _check_cuts(frame, keys, delicate)
    n = frame["n"].astype(float).fillna(0)
    hidden = n < LEAST_ANSWERS
    shared = keys[:-1] if within is None else list(within)
    number_of = frame.groupby(shared, dropna=False).ngroup() if shared else 0 * n
    for _, rows in n.groupby(number_of):
        hidden[rows.index] = _with_company(rows, hidden[rows.index])
    out = frame[[*keys, *measures]].copy()
    for measure in measures:
        if pd.api.types.is_numeric_dtype(out[measure]):
            out[measure] = out[measure].astype(float)
        out[measure] = out[measure].mask(hidden)
    rounded = (n / ROUNDED_TO).round() * ROUNDED_TO
    out["n"] = rounded.mask(hidden)
    out["mark"] = np.select([hidden, n < ENOUGH_ANSWERS], [TOO_FEW, FEW], "")
    return out


def sample_sentence() -> str:
    """What readers are told about hidden estimates."""
    return t(
        "Estimates from fewer than {least} answers are not shown, nor others that would give them away; numbers "
        "of answers are rounded to the nearest {base}.",
        least=number(LEAST_ANSWERS),
        base=number(ROUNDED_TO),
    )


def _with_company(n: pd.Series, hidden: pd.Series) -> pd.Series:
    """Hide the smallest shown lines until what is hidden together holds enough answers, or nothing is left."""
    hidden = hidden.copy()
    while hidden.any() and n[hidden].sum() < LEAST_ANSWERS and not hidden.all():
        hidden[n[~hidden].idxmin()] = True
    return hidden


def _check_cuts(frame: pd.DataFrame, keys: list[str], sensitive: np.ndarray) -> None:
    cuts = _cuts(frame, keys)
    place = np.array([bool(c & PLACES) for c in cuts], dtype=bool)
    identity = np.array([any(IDENTITY.search(w) for w in c) for c in cuts], dtype=bool)
    if (place & identity).any():
        raise SafelearnError(
            t("Answers on identity are never shown by area."),
            where=", ".join(sorted(cuts[int(np.argmax(place & identity))])),
            remedy=t("Show them for the whole city, from the survey."),
        )
    fine = np.array([bool(c - {"sex"}) for c in cuts], dtype=bool) & sensitive
    if fine.any():
        raise SafelearnError(
            t(
                "Answers on sexual and partner violence are shown for the whole city, by sex only."
            ),
            where=", ".join(sorted(cuts[int(np.argmax(fine))])),
            remedy=t("Leave out the other breakdowns."),
        )


def _cuts(frame: pd.DataFrame, keys: list[str]) -> list[set[str]]:
    """The names of what each row is cut by: keys that hold more than everybody, and the words of `breakdown`."""
    found: list[set[str]] = [set() for _ in range(len(frame))]
    for key in keys:
        if key in QUESTIONS or key == "group":
            continue
        for row, value in enumerate(frame[key].fillna("").astype("str")):
            if value in EVERYBODY:
                continue
            if key in NAMED:
                found[row] |= {part.strip() for part in value.split(" and ")}
            else:
                found[row].add(key)
    return found
