"""The indicators a city can choose from: what is counted, over what, and what the figure may not be used for.

Definitions only, from ``indicators.toml``: nothing is computed here. `indicators` is the list that a city
draws from for clause draft:25(g); `by_goal` shows which of the global goals of draft:26(a) a choice reaches.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from safelearn.guidelines.reading import read, unknown
from safelearn.language import t

#: The goals that draft:26(a) links with goal 11.
GOALS = (1, 3, 4, 5, 8, 10, 11, 16)


class Direction(StrEnum):
    """What a change of an indicator means for safety."""

    MORE_IS_BETTER = "+"
    LESS_IS_BETTER = "-"
    NEITHER = "0"
    #: A rise may mean better reporting: no verdict without evidence from a survey.
    NEEDS_SURVEY = "0*"
    TOWARDS_ONE = "->1"


@dataclass(frozen=True)
class Indicator:
    """The definition of one indicator.

    Attributes
    ----------
    number : int
        Its place in the catalogue, 1 to 62.
    id : str
        Its name in tables and code.
    english, english_caveat : str
        Its name and its caution, in English; `name` and `caveat` speak the reader's language.
    version : str
        The version of the definition: figures of two versions are not one series.
    numerator, denominator : str
    multiplier : int
        Numerator / denominator * multiplier is the figure, where it is a ratio.
    age_base, reference_period, unit : str
    source, disaggregation : tuple of str
    direction : Direction
    minimum_n : int
        The least number of `minimum_of` (events, respondents, items or records) for a figure.
    clause : str
        The clause that it serves first.
    sdg, iccs : tuple of str
        Codes in the global goals and in the crime classification.
    iso : str
        The number of an ISO standard that has such an indicator; empty if none is known.
    checked_in : str
        Where the definition was read; empty if it is unverified.
    """

    number: int
    id: str
    english: str
    version: str
    numerator: str
    denominator: str
    multiplier: int
    age_base: str
    reference_period: str
    source: tuple[str, ...]
    disaggregation: tuple[str, ...]
    unit: str
    direction: Direction
    minimum_of: str
    minimum_n: int
    clause: str
    english_caveat: str
    sdg: tuple[str, ...] = ()
    iccs: tuple[str, ...] = ()
    iso: str = ""
    checked_in: str = ""

    @property
    def name(self) -> str:
        return t(self.english)

    @property
    def caveat(self) -> str:
        return t(self.english_caveat)

    @property
    def checked(self) -> bool:
        """Whether the definition was compared with its published source."""
        return bool(self.checked_in)


@cache
def indicators() -> tuple[Indicator, ...]:
    """The 62 indicators, in the order of the catalogue (draft:25(g))."""
    content = read("indicators")
    least = content["minimum_n"]
    return tuple(_indicator(row, least) for row in content["indicator"])


def indicator(indicator_id: str) -> Indicator:
    """The indicator of this id, such as ``feels_safe_after_dark``; an unknown id is an error."""
    known = {i.id: i for i in indicators()}
    if indicator_id not in known:
        what = t("There is no indicator {id}.", id=indicator_id)
        raise unknown(what, indicator_id, list(known))
    return known[indicator_id]


def by_goal(chosen: tuple[Indicator, ...] | None = None) -> dict[int, tuple[str, ...]]:
    """Which indicators speak to each global goal that draft:26(a) names.

    Parameters
    ----------
    chosen : tuple of Indicator, optional
        A city's own choice; all of the catalogue unless given.

    Returns
    -------
    dict
        Goal number to ids. A goal that nothing speaks to is there too, empty: the gap is the finding.
    """
    chosen = indicators() if chosen is None else chosen
    return {
        goal: tuple(
            i.id
            for i in chosen
            if any(code.split(".")[0] == str(goal) for code in i.sdg)
        )
        for goal in GOALS
    }


def _indicator(row: dict, least: dict[str, int]) -> Indicator:
    fields = dict(row)
    return Indicator(
        english=fields.pop("name"),
        english_caveat=fields.pop("caveat"),
        direction=Direction(fields.pop("direction")),
        minimum_n=least[fields["minimum_of"]],
        **{k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()},
    )
