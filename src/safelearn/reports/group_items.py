"""What the chapter on groups asks of the survey: each figure's name, how it is counted, and what it needs.

The counting is that of `indicators.sdg` and `indicators.residents`, so that a group's figure and the city's are one
definition. Norms, tolerance, trust and bribery (draft:10.2, draft:11.2) stand in a list of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from safelearn.indicators import residents, sdg
from safelearn.indicators.answers import aged, among, either, lacking, said
from safelearn.language import mark

AGREES = ("agree", "strongly_agree")
DISAGREES = ("disagree", "strongly_disagree")
TRUSTS = ("a_lot", "some")


@dataclass(frozen=True)
class Item:
    """One figure of the survey.

    Attributes
    ----------
    key : str
    label : str
        As a row of a chart is called; translate when shown.
    yes : callable
        ``yes(survey)`` gives 1, 0, or missing for who was not asked.
    columns : tuple of str
        Questions it cannot do without.
    """

    key: str
    label: str
    yes: Callable[[pd.DataFrame], pd.Series]
    columns: tuple[str, ...]


def _adults(column: str, *answers: str) -> Callable[[pd.DataFrame], pd.Series]:
    """Adults who gave one of these answers, among all who were asked."""
    return lambda survey: among(said(survey, column, *answers), aged(survey, 18))


def attacked_or_robbed(survey: pd.DataFrame) -> pd.Series:
    """Attacked or robbed in the last 12 months, each person once. Denominator: all adults who were asked."""
    return either(sdg.physical_violence(survey), residents.robbed(survey))


#: Compared between each group and everyone else: first what is strong, then what people suffer.
ITEMS = (
    Item("safe_after_dark", mark("Feel safe walking after dark"), sdg.safe_after_dark, ("walk_dark",)),
    Item("trusts_police", mark("Trust the police"), residents.trusts_police, ("trust_police",)),
    Item("trusts_neighbours", mark("Trust their neighbours"), _adults("trust_neighbours", *TRUSTS),
         ("trust_neighbours",)),
    Item("has_say", mark("Have a say"), sdg.has_a_say, ("has_say",)),
    Item("took_part", mark("Took part in safety work"), _adults("took_part", "yes"), ("took_part",)),
    Item("told", mark("Told an authority, if harmed"), residents.reported_physical,
         ("assault", "assault_told", "robbery", "robbery_told")),
    Item("attacked", mark("Attacked or robbed in 12 months"), attacked_or_robbed, ("assault", "robbery")),
    Item("harassed", mark("Harassed in 12 months"), sdg.any_harassment, ("harassed_sexual", "harassed_other")),
    Item("avoided", mark("Stayed away for safety"), residents.avoided, residents.AVOIDED),
    Item("discriminated", mark("Treated worse in 12 months"), sdg.discriminated, ("discriminated",)),
)  # fmt: skip
#: Looked at where two groups meet.
CROSSED_ITEMS = ("safe_after_dark", "harassed")
#: Norms, living together, trust and bribery: each counted so that more is better, but for bribery.
NORMS = (
    Item("no_partner_violence", mark("Nobody deserves to be hit by a partner"),
         _adults("norm_partner_violence", *DISAGREES), ("norm_partner_violence",)),
    Item("no_street_harassment", mark("Comments in the street do harm"),
         _adults("norm_street_harassment", *DISAGREES), ("norm_street_harassment",)),
    Item("step_in", mark("People here would step in"), _adults("norm_step_in", *AGREES), ("norm_step_in",)),
    Item("lawful", mark("The law is to be obeyed"), _adults("norm_lawful", *AGREES), ("norm_lawful",)),
    Item("help", mark("Neighbours help each other"), _adults("cohesion_help", *AGREES), ("cohesion_help",)),
    Item("newcomers", mark("Newcomers are welcome"), _adults("cohesion_newcomers", *AGREES),
         ("cohesion_newcomers",)),
    Item("trust_neighbours", mark("Trust their neighbours"), _adults("trust_neighbours", *TRUSTS),
         ("trust_neighbours",)),
    Item("trust_police", mark("Trust the police"), residents.trusts_police, ("trust_police",)),
    Item("trust_courts", mark("Trust the courts"), _adults("trust_courts", *TRUSTS), ("trust_courts",)),
    Item("trust_city", mark("Trust the city government"), _adults("trust_city", *TRUSTS), ("trust_city",)),
    Item("bribe", mark("Met a bribe, of those who dealt with officials"), sdg.bribery,
         ("official_contact", "bribe")),
)  # fmt: skip
BY_KEY = {item.key: item for item in (*ITEMS, *NORMS)}


def answers(
    survey: pd.DataFrame, items: tuple[Item, ...]
) -> tuple[dict[str, pd.Series], list[str]]:
    """The answers to each item that was asked, and the keys of those that were not."""
    asked = {i.key: i.yes(survey) for i in items if not lacking(survey, i.columns)}
    return asked, [i.key for i in items if i.key not in asked]
