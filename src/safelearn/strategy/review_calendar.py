"""When is which by-law, plan, institution and system looked at again, by whom, and with which figure?

The dates of several registers go in (reviews, mandates, technology, decisions); out comes one calendar in the order
of days, with what is overdue and what comes soon (draft:13.2), and what each by-law lacks for scrutiny after it was
made: a date, somebody who answers, an indicator that says whether it works (draft:26(f)(ii).13).
"""

from __future__ import annotations

from datetime import date

import pandas as pd

NEEDS = frozenset({"table:reviews"})
OVERDUE, SOON, LATER, DONE, NO_DATE = "overdue", "soon", "later", "done", "no date"
#: Days before its date from which a review counts as soon.
AHEAD = 90
NO_OWNER, NO_INDICATOR, NOT_AGAIN = "no owner", "no indicator", "not reviewed again"


def calendar(
    reviews: pd.DataFrame | None,
    *,
    on: date,
    mandates: pd.DataFrame | None = None,
    technology: pd.DataFrame | None = None,
    decisions: pd.DataFrame | None = None,
    ahead: int = AHEAD,
) -> pd.DataFrame:
    """All reviews in the order of their dates. Serves draft:13.2.

    Parameters
    ----------
    reviews, mandates, technology, decisions : DataFrame, optional
        The tables of these names; of the last three the dates in `review_on`.
    on : date
        The day of asking.
    ahead : int
        Days that count as soon.

    Returns
    -------
    DataFrame
        `due_on` (NaT if none), `state` (``overdue``, ``soon``, ``later``, ``done``, ``no date``), `source` (table),
        `code`, `subject`, `title`, `owner`. A review that is done and names its next date stands once, with that date.
    """
    parts = [_reviews(reviews)]
    parts += [
        _dated(mandates, "mandates", "task_id", "task", "stakeholder_id"),
        _dated(technology, "technology", "technology_id", "name", "stakeholder_id"),
        _dated(decisions, "decisions", "decision_id", "question", "decided_by"),
    ]
    frame = pd.concat([p for p in parts if p is not None and len(p)] or [_empty()])
    day, limit = pd.Timestamp(on), pd.Timestamp(on) + pd.Timedelta(days=ahead)
    due = frame["due_on"]
    state = pd.Series(LATER, index=frame.index, dtype="str")
    state = state.mask(due <= limit, SOON).mask(due < day, OVERDUE)
    state = state.mask(due.isna(), NO_DATE).mask(frame["done"].astype(bool), DONE)
    frame = frame.assign(state=state.to_numpy()).drop(columns="done")
    order = ["due_on", "state", "source", "code", "subject", "title", "owner"]
    return frame[order].sort_values(
        ["due_on", "source", "code"], na_position="last", ignore_index=True
    )


def by_laws(reviews: pd.DataFrame) -> pd.DataFrame:
    """What each by-law lacks for scrutiny after it was made. Serves draft:26(f)(ii).13.

    Returns
    -------
    DataFrame
        One row a by-law: `review_id`, `title`, `owner`, `due_on`, `done_on`, `next_on`, `status`, `indicator_id`,
        `lacks` (tuple: ``no date``, ``no owner``, ``no indicator``, ``not reviewed again``).
    """
    rows = _columns(reviews)
    rows = rows[rows["subject"] == "by_law"].reset_index(drop=True)
    rows["lacks"] = [
        tuple(
            word
            for lacking, word in (
                (pd.isna(r["due_on"]) and pd.isna(r["next_on"]), NO_DATE),
                (r["owner"] == "", NO_OWNER),
                (r["indicator_id"] == "", NO_INDICATOR),
                (pd.notna(r["done_on"]) and pd.isna(r["next_on"]), NOT_AGAIN),
            )
            if lacking
        )
        for r in rows.to_dict("records")
    ]
    return rows[
        [
            "review_id", "title", "owner", "due_on", "done_on", "next_on", "status", "indicator_id", "lacks",
        ]
    ]  # fmt: skip


def _reviews(reviews: pd.DataFrame | None) -> pd.DataFrame | None:
    if reviews is None:
        return None
    rows = _columns(reviews)
    again = rows["done_on"].notna() & rows["next_on"].notna()
    return pd.DataFrame(
        {
            "due_on": rows["due_on"].where(~again, rows["next_on"]),
            "done": rows["done_on"].notna() & ~again,
            "source": "reviews",
            "code": rows["review_id"],
            "subject": rows["subject"],
            "title": rows["title"],
            "owner": rows["owner"],
        }
    )


def _columns(reviews: pd.DataFrame) -> pd.DataFrame:
    dates = ["due_on", "done_on", "next_on"]
    words = ["review_id", "subject", "title", "owner", "status", "indicator_id"]
    rows = reviews.reindex(columns=[*words, *dates]).reset_index(drop=True)
    for column in words:
        rows[column] = rows[column].astype("str").where(rows[column].notna(), "")
    for column in dates:
        rows[column] = pd.to_datetime(rows[column])
    return rows


def _dated(
    table: pd.DataFrame | None, source: str, code: str, title: str, owner: str
) -> pd.DataFrame | None:
    if table is None or "review_on" not in table:
        return None
    rows = table[table["review_on"].notna()].reindex(
        columns=[code, title, owner, "review_on", "part"]
    )
    if source == "mandates":
        # One line a task: whoever answers for it reviews it, or else the first who does it.
        rows = rows.assign(_other=rows["part"] != "accountable")
        rows = rows.sort_values([code, "_other"], kind="stable").drop_duplicates(code)
    text = rows[[code, title, owner]].astype("str").where(rows[[code, title, owner]].notna(), "")  # fmt: skip
    return pd.DataFrame(
        {
            "due_on": pd.to_datetime(rows["review_on"]),
            "done": False,
            "source": source,
            "code": text[code],
            "subject": source,
            "title": text[title],
            "owner": text[owner],
        }
    )


def _empty() -> pd.DataFrame:
    words = ["source", "code", "subject", "title", "owner"]
    return pd.DataFrame(
        {"due_on": pd.to_datetime([]), "done": [], **{w: [] for w in words}}
    )
