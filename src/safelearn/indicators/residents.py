"""What else do residents say about their safety: the survey indicators that are no SDG, and the list of them all.

Like `sdg`, each function takes the table ``survey`` and gives 1, 0 or missing, one a respondent. `QUESTIONS` says for
every indicator of the catalogue that comes from the survey which function counts it and which questions it needs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from safelearn.indicators import sdg
from safelearn.indicators.answers import RECENT, aged, among, either, lacking, said

AVOIDED = ("avoided_place", "avoided_time", "avoided_transport")


@dataclass(frozen=True)
class Question:
    """How a survey indicator is counted.

    Attributes
    ----------
    yes : callable
        ``yes(frame)`` gives 1, 0 or missing, one a respondent.
    columns : tuple of str
        Questions that it cannot do without.
    sensitive : bool
        Sexual violence and violence by a partner: shown for the whole city and by sex, never finer.
    """

    yes: Callable[[pd.DataFrame], pd.Series]
    columns: tuple[str, ...]
    sensitive: bool = False


def robbed(frame: pd.DataFrame) -> pd.Series:
    """Robbed in the last 12 months (ICCS 0401): persons, not robberies. Denominator: all adults who were asked."""
    return among(said(frame, "robbery", *RECENT), aged(frame, 18))


def stolen_from(frame: pd.DataFrame) -> pd.Series:
    """Something carried was stolen without force, in the last 12 months. Denominator: all adults who were asked."""
    return among(said(frame, "theft_from_person", *RECENT), aged(frame, 18))


def avoided(frame: pd.DataFrame) -> pd.Series:
    """Stayed away from a place, an hour or public transport for fear, in the last 12 months.

    Denominator: all adults who were asked any of the three.
    """
    asked = [c for c in AVOIDED if c in frame]
    return among(either(*(said(frame, c, "yes") for c in asked)), aged(frame, 18))


def trusts_police(frame: pd.DataFrame) -> pd.Series:
    """Trusts the police a lot or some (the upper two of four answers).

    Denominator: all adults who were asked, with those who do not know.
    """
    return among(said(frame, "trust_police", "a_lot", "some"), aged(frame, 18))


def reported_physical(frame: pd.DataFrame) -> pd.Series:
    """SDG 16.3.1 for physical violence (`sdg.reported`)."""
    return sdg.reported(frame, "physical")


def reported_sexual(frame: pd.DataFrame) -> pd.Series:
    """SDG 16.3.1 for sexual violence (`sdg.reported`)."""
    return sdg.reported(frame, "sexual")


#: Every indicator of the catalogue that the survey can give.
QUESTIONS = {
    "physical_violence_prevalence": Question(sdg.physical_violence, ("assault",)),
    "sexual_violence_prevalence": Question(
        sdg.sexual_violence, ("sexual_violence",), sensitive=True
    ),
    "psychological_violence_prevalence": Question(
        sdg.psychological_violence, ("threat",)
    ),
    "feels_safe_after_dark": Question(sdg.safe_after_dark, ("walk_dark",)),
    "feels_safe_by_day": Question(sdg.safe_by_day, ("walk_day",)),
    "reporting_rate_physical": Question(
        reported_physical, ("assault", "assault_told", "robbery", "robbery_told")
    ),
    "reporting_rate_sexual": Question(
        reported_sexual, ("sexual_violence", "sexual_violence_told"), sensitive=True
    ),
    "sexual_harassment_prevalence": Question(
        sdg.sexual_harassment, ("harassed_sexual",)
    ),
    "non_sexual_harassment_prevalence": Question(
        sdg.other_harassment, ("harassed_other",)
    ),
    "any_harassment_prevalence": Question(
        sdg.any_harassment, ("harassed_sexual", "harassed_other")
    ),
    "intimate_partner_violence": Question(
        sdg.partner_violence,
        ("ever_partnered", *sdg.PARTNER_FORMS),
        sensitive=True,
    ),
    "non_partner_sexual_violence": Question(
        sdg.non_partner_sexual_violence, ("nonpartner_sexual",), sensitive=True
    ),
    "childhood_sexual_violence": Question(
        sdg.childhood_sexual_violence, ("childhood_sexual",), sensitive=True
    ),
    "robbery_prevalence": Question(robbed, ("robbery",)),
    "personal_theft_prevalence": Question(stolen_from, ("theft_from_person",)),
    "avoidance": Question(avoided, AVOIDED[:2]),
    "trust_in_police": Question(trusts_police, ("trust_police",)),
    "service_satisfaction": Question(
        sdg.satisfied, ("service_used", "service_satisfied")
    ),
    "bribery_prevalence": Question(sdg.bribery, ("official_contact", "bribe")),
    "dispute_resolution_access": Question(
        sdg.dispute_helped, ("dispute", "dispute_help")
    ),
    "discrimination_prevalence": Question(sdg.discriminated, ("discriminated",)),
    "inclusive_decisions_belief": Question(sdg.has_a_say, ("has_say",)),
    "secure_tenure": Question(sdg.secure_tenure, ("tenure",)),
}


def not_asked(frame: pd.DataFrame | None, indicator_id: str) -> list[str]:
    """The questions that an indicator needs and that nobody was asked."""
    return lacking(frame, QUESTIONS[indicator_id].columns)
