"""What has worked elsewhere, and which tools can a community take over?

A small inventory of practices and community tools, each read in the source it names (draft:25(j), draft:25(l),
draft:6). It can be searched by words, problem, kind of prevention and level of evidence, joined with the city's own
table of practices, and asked what has to be in place before a practice is taken over (draft:28). Its texts are data in
English, with the figures exactly as their sources print them.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from safelearn.guidelines.reading import unknown
from safelearn.language import mark, t

#: How much of a source was read.
READ = ("full text", "abstract", "excerpt")
#: Columns of the frame: those of the city's table `practices` first, then what only the inventory tells.
COLUMNS = (
    "practice_id",
    "kind",
    "name",
    "city",
    "country",
    "year",
    "problem",
    "prevention",
    "dimension",
    "inspire",
    "mechanism",
    "context",
    "sms_level",
    "effect_scale",
    "effect",
    "effect_lower",
    "effect_upper",
    "result",
    "equity",
    "cost",
    "licence",
    "scale_condition",
    "source",
    "addresses",
    "level_reason",
    "outcome",
    "printed",
    "better",
    "transfer",
    "address",
    "read",
)
#: Where words are looked for, and how much a word counts there.
SEARCHED = {
    "name": 3,
    "addresses": 3,
    "problem": 2,
    "mechanism": 2,
    "outcome": 2,
    "context": 1,
    "city": 1,
    "equity": 1,
    "transfer": 1,
    "scale_condition": 1,
    "dimension": 1,
}
#: What a city answers before it takes a practice over. "no" or no answer keeps it open.
QUESTIONS = {
    "same problem": mark(
        "Does your own diagnosis show the problem that this practice addresses?"
    ),
    "mechanism": mark("Can it work for the same reason in your city?"),
    "context": mark("Is what it rests on in place?"),
    "groups": mark(
        "Have those who did not gain elsewhere been asked what would serve them?"
    ),
    "harm": mark("Is it written down whom it could harm, and who watches?"),
    "means": mark("Are money and people found for longer than the trial lasted?"),
    "licence": mark("May it be copied and changed on the terms that it comes with?"),
    "measure": mark("Is it settled how you will know whether it works here?"),
}
ANSWERS = ("yes", "partly", "no")


@dataclass(frozen=True)
class Transfer:
    """What stands between a practice and the city.

    Attributes
    ----------
    ready : bool
        Every question is answered with yes or partly, and none is open.
    open, against, partly : tuple of str
        Keys of `QUESTIONS` without an answer, answered with no, and with partly.
    warnings : tuple of str
        What the evidence itself says against a copy, in sentences.
    """

    ready: bool
    open: tuple[str, ...]
    against: tuple[str, ...]
    partly: tuple[str, ...]
    warnings: tuple[str, ...]


@cache
def _rows() -> tuple[Mapping[str, object], ...]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["practice"])


def inventory() -> pd.DataFrame:
    """The bundled inventory (draft:25(j)).

    Returns
    -------
    DataFrame
        A row a practice, with `COLUMNS`. The first 23 are those of the city's table `practices`, so that both can be
        put together; `sms_level` is text as there, missing if there is none. `printed` is what the source prints,
        `read` how much of it was read.
    """
    rows = [
        {**row, "practice_id": row["id"], "sms_level": row.get("level")}
        for row in _rows()
    ]
    frame = pd.DataFrame(rows).reindex(columns=list(COLUMNS))
    frame["sms_level"] = (
        frame["sms_level"].astype("Int64").astype("str").replace("<NA>", None)
    )
    frame["year"] = frame["year"].astype("Int64")
    numbers = ("effect", "effect_lower", "effect_upper", "year", "sms_level")
    for column in frame.columns.difference(numbers):
        frame[column] = frame[column].astype("str").fillna("")
    return frame


def with_city(practices: pd.DataFrame | None) -> pd.DataFrame:
    """The city's own table and the inventory in one frame; a code that both use belongs to the city."""
    own = inventory()
    if practices is None or practices.empty:
        return own
    told = practices.assign(
        sms_level=practices.get("sms_level", pd.Series(dtype="str")),
        read="the city's table",
    )
    own = own[~own["practice_id"].isin(told["practice_id"].astype("str"))]
    both = [told.astype(object), own.astype(object)]
    return pd.concat(both, ignore_index=True).reindex(columns=list(COLUMNS))


def search(
    practices: pd.DataFrame,
    words: str = "",
    *,
    problem: str = "",
    prevention: str = "",
    kind: str = "",
    level: int = 0,
) -> pd.DataFrame:
    """Search the inventory (draft:25(j), draft:25(l)).

    Parameters
    ----------
    practices : DataFrame
        From `inventory` or `with_city`.
    words : str
        Any words; those of less than three letters are ignored, accents and capitals do not matter, and a word also
        finds those that begin like it ("light" finds "lights").
    problem, prevention, kind : str
        Codes of the table `practices`.
    level : int
        Lowest level on the Maryland scale.

    Returns
    -------
    DataFrame
        The rows that fit, with a column `fit`: for words, what share of them was found, each weighed by where. The
        best fit first, then the stronger evidence, then the code.

    Raises
    ------
    SafelearnError
        If a code is not in the list of those that the rows use.

    Examples
    --------
    >>> search(inventory(), "vacant land")["practice_id"].tolist()[0]
    'vacant-land-philadelphia'
    """
    found = practices.copy()
    asked = {"problem": problem, "prevention": prevention, "kind": kind}
    for column, code in asked.items():
        if code:
            known = sorted(set(practices[column].astype("str")) - {"", "nan"})
            _must_be(code, known)
            found = found[found[column] == code]
    strength = pd.to_numeric(found["sms_level"], errors="coerce").fillna(0)
    if level:
        found, strength = found[strength >= level], strength[strength >= level]
    wanted = [w for w in plain(words).split() if len(w) > 2]
    fit = pd.Series(1.0, index=found.index)
    if wanted:
        fit = found.apply(lambda row: _fit(row, wanted), axis=1).astype(float)
        if found.empty:
            fit = pd.Series(dtype=float)
        found, strength = found[fit > 0], strength[fit > 0]
        fit = fit[fit > 0]
    order = found.assign(fit=fit, _level=strength)
    order = order.sort_values(
        ["fit", "_level", "practice_id"], ascending=[False, False, True]
    )
    return order.drop(columns="_level").reset_index(drop=True)


def transferability(
    practice: Mapping[str, object], answers: Mapping[str, str] | None = None
) -> Transfer:
    """Whether a practice can be taken over, by a checklist that people answer (draft:28).

    Parameters
    ----------
    practice : mapping
        A row of the inventory.
    answers : mapping of str to str
        Keys of `QUESTIONS` to "yes", "partly" or "no"; what is left out stays open.

    Returns
    -------
    Transfer

    Raises
    ------
    SafelearnError
        If an answer is none of the three, or belongs to no question.
    """
    answers = dict(answers or {})
    for key, answer in answers.items():
        _must_be(key, list(QUESTIONS))
        _must_be(answer, list(ANSWERS))
    asked = [q for q in QUESTIONS if q != "licence" or practice["kind"] != "practice"]
    left = tuple(q for q in asked if q not in answers)
    against = tuple(q for q in asked if answers.get(q) == "no")
    partly = tuple(q for q in asked if answers.get(q) == "partly")
    return Transfer(
        not left and not against, left, against, partly, _warnings(practice)
    )


def _warnings(practice: Mapping[str, object]) -> tuple[str, ...]:
    level = pd.to_numeric(practice.get("sms_level"), errors="coerce")
    result = practice.get("result")
    found = []
    if result == "harmed":
        found.append(t("It did harm where it was studied: do not take it over."))
    if result == "no_effect":
        found.append(t("Where it was studied it had no effect."))
    if pd.isna(level) or level < 3:
        found.append(
            t(
                "No study with a comparable place or group shows an effect: try it small, and measure."
            )
        )
    lower, upper = practice.get("effect_lower"), practice.get("effect_upper")
    middle = 1.0 if practice.get("effect_scale") == "ratio" else 0.0
    if pd.notna(lower) and pd.notna(upper) and lower <= middle <= upper:
        found.append(t("The interval of its effect also allows for no effect."))
    if practice.get("kind") == "community_tool" and not practice.get("licence"):
        found.append(t("Its licence is not known: ask before you copy it."))
    return tuple(found)


def _fit(row: pd.Series, wanted: list[str]) -> float:
    """The share of the words that were found, weighed by where they stand."""
    best = dict.fromkeys(wanted, 0)
    for column, weight in SEARCHED.items():
        for word in set(plain(str(row[column])).split()):
            for asked in wanted:
                if word.startswith(asked):
                    best[asked] = max(best[asked], weight)
    most = max(SEARCHED.values())
    return sum(best.values()) / (most * len(wanted))


def plain(text: str) -> str:
    """Words without capitals, accents and signs."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r"[^\w]+", " ", letters.replace("_", " ")).strip()


def _must_be(code: str, known: list[str]) -> None:
    if code not in known:
        what = t("{code} is not one of the codes that can be asked for.", code=code)
        raise unknown(what, code, known)
