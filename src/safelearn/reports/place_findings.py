"""Sentences by rule on places: what walks, lamps, streets and distances show, said only as far as they allow.

No sentence ranks areas or names one. Where an interval contains no difference, the sentence says that none is clear.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from safelearn.diagnosis.public_space import Upkeep
from safelearn.estimates.survey import SurveyEstimate
from safelearn.language import number, percent, sentence, t, tn, words


def darkness(apart: SurveyEstimate | None) -> str:
    """How design items are met after dark, beside by day."""
    if apart is None:
        return t("Places were walked, but not the same ones by day and after dark")
    if apart.upper < 0:
        return t(
            "The same places meet {points} in 100 items fewer after dark than by day",
            points=number(-100 * apart.value),
        )
    if apart.lower > 0:
        return t(
            "The same places meet {points} in 100 items more after dark than by day",
            points=number(100 * apart.value),
        )
    return t("Places cannot be told apart by day and after dark")


def lamps(share: float, above: int, below: int, areas: int) -> str:
    """How many lamps work, and whether areas differ."""
    head = t("{share} of the street lamps that were counted work", share=percent(share))
    if areas == 0:
        return head
    if above + below == 0:
        return t("{head}; no area can be told apart from that", head=head)
    return t(
        "{head}; {n} of {areas} areas differ clearly from that",
        head=head,
        n=words(above + below),
        areas=number(areas),
    )


def streets(values: pd.DataFrame) -> str:
    """What the streets are like on foot: the share with a pavement, or whatever was looked at first."""
    if "pavement" in values.index:
        return t(
            "{share} of the street length has room for people on foot",
            share=percent(float(values.loc["pavement", "value"])),
        )
    if "junctions" in values.index:
        return t(
            "A kilometre of street meets {n} junctions",
            n=number(float(values.loc["junctions", "value"]), 1),
        )
    return t("Streets were looked at on foot")


def upkeep(found: Upkeep) -> str:
    """How many spaces are kept well, the good news first."""
    if found.repairs == 0:
        return t(
            "{good} of {n} public spaces are in good condition",
            good=number(found.well_kept),
            n=number(found.spaces),
        )
    return tn(
        "{good} of {all} public spaces are in good condition; {n} repair waits",
        "{good} of {all} public spaces are in good condition; {n} repairs wait",
        found.repairs,
        good=number(found.well_kept),
        all=number(found.spaces),
    )


def open_space(mean: float, gini: float) -> str:
    """How much open space there is a head, and how evenly it is shared."""
    head = t("{m2} m² of open public space a head", m2=number(mean, 1))
    if gini < 0.2:
        return t("{head}, shared almost evenly among residents", head=head)
    if gini < 0.4:
        return t("{head}, shared somewhat unevenly among residents", head=head)
    return t("{head}, shared unevenly among residents", head=head)


def access(shares: Mapping[str, float]) -> str:
    """Who has what within a walk: open space first, else the kind that most people have."""
    if "open_space" in shares:
        return t(
            "{share} of residents live within 400 m of an open public space",
            share=percent(shares["open_space"]),
        )
    return t(
        "Up to {share} of residents live within a walk of a service",
        share=percent(max(shares.values())),
    )


def segregation(most: float, by_chance: float) -> str:
    """Whether groups live apart more than chance would have them."""
    if most < by_chance + 0.1:
        return t("The groups that were counted live among everybody else")
    if most < 0.3:
        return t("Some groups live somewhat apart from others")
    return t("Some groups live clearly apart from others")


def harassment(share: float, lower: float, upper: float) -> str:
    """Harassment in public transport, and whether women and men differ (women less men)."""
    head = t(
        "{share} of residents were harassed in public transport within a year",
        share=percent(share),
    )
    if lower > 0:
        return t("{head}, women more often than men", head=head)
    if upper < 0:
        return t("{head}, men more often than women", head=head)
    return t("{head}; women and men cannot be told apart", head=head)


def conditions(clear: int, hint: int, total: int) -> str:
    """How many conditions go together with recorded serious violence."""
    if clear == 0 and hint == 0:
        return t("No condition of areas can be told apart from chance")
    if clear == 0:
        return sentence(
            tn(
                "{some} of {total} conditions may go together with recorded violence; none is clear",
                "{some} of {total} conditions may go together with recorded violence; none is clear",
                hint,
                some=words(hint),
                total=words(total),
            )
        )
    return sentence(
        tn(
            "{some} of {total} conditions goes together clearly with recorded violence",
            "{some} of {total} conditions go together clearly with recorded violence",
            clear,
            some=words(clear),
            total=words(total),
        )
    )


def consequences(gave_up: float) -> str:
    """What insecurity does to the everyday life of people."""
    return t(
        "{share} of residents gave something up within a year because it did not feel safe",
        share=percent(gave_up),
    )
