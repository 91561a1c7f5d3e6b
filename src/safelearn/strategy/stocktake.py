"""What was tried, what did it show, and where does nobody know anything?

The city's programmes and the practices of other places go in. Out come the same programmes with what their evaluation
can carry, and an evidence-gap map: for each topic and kind of prevention, how much was tried here, how much is known
elsewhere, and how strong the best design was. Levels are those of the Maryland scale (draft:25(c), draft:6).
"""

from __future__ import annotations

import pandas as pd

from safelearn.errors import Refused
from safelearn.language import mark, t

NEEDS = frozenset({"table:programmes"})
#: The scale of every level of evidence here, with its edition: other scales of the same name count differently.
SCALE = "Maryland Scientific Methods Scale, Sherman and others 1997"
#: What each level is.
LEVELS = {
    0: mark("not evaluated"),
    1: mark("goes together with, at one moment"),
    2: mark("before and after, nothing to compare with"),
    3: mark("before and after, with a comparable place or group"),
    4: mark("several units compared, other factors controlled"),
    5: mark("drawn by lot"),
}
#: The lowest level that can tell an effect from what would have happened anyway.
CAUSAL = 3
#: What a topic can be: both tables have `dimension`; only practices have `problem` from a closed list.
TOPICS = ("dimension", "problem")
PREVENTION = ("social", "situational", "community", "justice")
COLUMNS = ("programmes", "evaluated", "practices", "level", "agree", "state")


def stocktake(programmes: pd.DataFrame) -> pd.DataFrame:
    """Take stock of the city's programmes (draft:25(c)).

    Parameters
    ----------
    programmes : DataFrame
        The city's table.

    Returns
    -------
    DataFrame
        A row a programme, in the order given: `programme_id`, `name`, `topic` (its dimension), `prevention`, `level`
        (0 to 5), `result` as it was told, `verdict` and `missing`, the columns among effect, learned and reached that
        are empty, separated by commas.

        The verdict is what the design can carry: "not evaluated" (level 0), "says so, cannot show it" (a level under
        3, whatever the result), "no result given", or the result itself.

    Raises
    ------
    Refused
        If there is no programme.

    Notes
    -----
    Sherman, L. W. and others (1997), Preventing Crime: What Works, What Doesn't, What's Promising: a claim of what
    works needs level 3 or more, because below it nothing says what would have happened without the programme.
    """
    if programmes is None or programmes.empty:
        raise Refused(
            t("No programme is written down, so there is nothing to take stock of."),
            remedy=t("Fill in the table `programmes`.").replace("`", ""),
        )
    level = levels(programmes)
    result = _text(programmes, "result").replace("", "unknown")
    verdict = result.replace("unknown", "no result given")
    verdict = verdict.mask(level < CAUSAL, "says so, cannot show it")
    verdict = verdict.mask((level < CAUSAL) & (result == "unknown"), "no result given")
    verdict = verdict.mask(level == 0, "not evaluated")
    asked = ("effect", "learned", "reached")
    empty = pd.DataFrame({c: _text(programmes, c) == "" for c in asked})
    return pd.DataFrame(
        {
            "programme_id": _text(programmes, "programme_id"),
            "name": _text(programmes, "name"),
            "topic": _text(programmes, "dimension").replace("", "other"),
            "prevention": _text(programmes, "prevention"),
            "level": level,
            "result": result,
            "verdict": verdict,
            "missing": [
                ", ".join(c for c in asked if row[c]) for _, row in empty.iterrows()
            ],
        }
    ).reset_index(drop=True)


def evidence_gaps(
    programmes: pd.DataFrame | None,
    practices: pd.DataFrame | None,
    topic: str = "dimension",
) -> pd.DataFrame:
    """Map what is known and what is not (draft:25(c)).

    Parameters
    ----------
    programmes, practices : DataFrame or None
        The city's own tables; `practices` may also be the bundled inventory (`practices.frame`), or both together.
    topic : {"dimension", "problem"}
        What a row of the map is. Programmes tell their problem in free words, so by problem only practices count.

    Returns
    -------
    DataFrame
        A row a topic and kind of prevention that any row of either table names, topics in alphabetical order and
        kinds as in `PREVENTION`, so that it can be drawn as a grid without a hole:

        `programmes`, tried here; `evaluated`, of these, at level 3 or more; `practices`, known elsewhere at level 3
        or more; `level`, the highest of both, missing if nobody has any; `agree`, whether those at level 3 or more
        gave one and the same result; `state`:

        - "known here": a programme of the city was evaluated well enough;
        - "known elsewhere": only practices of others were;
        - "tried, not known": something runs, or is told of, and no design can say what it does;
        - "nothing": no row at all.

    Raises
    ------
    Refused
        If there is neither a programme nor a practice.

    Notes
    -----
    Maps of this kind: Snilstveit, B. and others (2016), Journal of Clinical Epidemiology 79:120. An empty cell says
    that nobody here has looked, not that nothing exists.
    """
    if topic not in TOPICS:
        raise ValueError(f"topic is dimension or problem, not {topic}")
    rows = [_rows(practices, topic, "practices")]
    if topic == "dimension":
        rows.append(_rows(programmes, topic, "programmes"))
    told = pd.concat([r for r in rows if r is not None and len(r)] or [pd.DataFrame()])
    if told.empty:
        raise Refused(
            t("Neither programmes nor practices are written down, so no gap shows."),
            remedy=t("Fill in the table `programmes`.").replace("`", ""),
        )
    topics = sorted(told["topic"].unique())
    grid = pd.MultiIndex.from_product(
        [topics, PREVENTION], names=["topic", "prevention"]
    )
    groups = dict(tuple(told.groupby(["topic", "prevention"])))
    cells = [_cell(groups.get(key, told.iloc[:0])) for key in grid]
    return pd.DataFrame(cells, index=grid).reset_index().astype({"level": "Int64"})


def levels(table: pd.DataFrame) -> pd.Series:
    """The level of evidence of each row, 0 where none is told."""
    given = table["sms_level"] if "sms_level" in table else pd.Series(index=table.index)
    return pd.to_numeric(given, errors="coerce").fillna(0).astype(int)


def level_name(level: int) -> str:
    """What a level is, in the reader's language."""
    return t(LEVELS[int(level)])


def _rows(table: pd.DataFrame | None, topic: str, which: str) -> pd.DataFrame | None:
    if table is None or table.empty:
        return None
    kept = pd.DataFrame(
        {
            "which": which,
            "topic": _text(table, topic).replace("", "other"),
            "prevention": _text(table, "prevention"),
            "level": levels(table),
            "result": _text(table, "result").replace("", "unknown"),
        }
    )
    return kept[kept["prevention"].isin(PREVENTION)]


def _cell(rows: pd.DataFrame) -> dict[str, object]:
    """What the rows of one cell say together."""
    if rows.empty:
        empty = {"programmes": 0, "evaluated": 0, "practices": 0, "level": pd.NA}
        return {**empty, "agree": False, "state": "nothing"}
    here = rows["which"] == "programmes"
    sure = rows["level"] >= CAUSAL
    state = "tried, not known"
    if (sure & ~here).any():
        state = "known elsewhere"
    if (sure & here).any():
        state = "known here"
    return {
        "programmes": int(here.sum()),
        "evaluated": int((here & sure).sum()),
        "practices": int((~here & sure).sum()),
        "level": int(rows["level"].max()),
        "agree": bool(sure.any()) and rows.loc[sure, "result"].nunique() == 1,
        "state": state,
    }


def _text(table: pd.DataFrame, column: str) -> pd.Series:
    if column not in table:
        return pd.Series("", index=table.index, dtype="str")
    return table[column].astype("str").fillna("").str.strip()
