"""The catalogue in the order a reader asks: seven themes, and the words for groups, units and reasons.

Codes of the tables go in, sentences in the reader's language come out; nothing is computed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from safelearn.guidelines.catalogue import Indicator
from safelearn.indicators import figures
from safelearn.language import mark, t


@dataclass(frozen=True)
class Theme:
    """A part of the catalogue: its key, its title, and its indicators in the order they are shown."""

    key: str
    title: str
    indicators: tuple[str, ...]


THEMES = (
    Theme(
        "violence",
        mark("Violence"),
        (
            "intentional_homicide_rate",
            "conflict_related_deaths",
            "physical_violence_prevalence",
            "psychological_violence_prevalence",
            "sexual_violence_prevalence",
            "intimate_partner_violence",
            "non_partner_sexual_violence",
            "childhood_sexual_violence",
            "violent_discipline",
            "any_harassment_prevalence",
            "sexual_harassment_prevalence",
            "non_sexual_harassment_prevalence",
            "serious_assault_rate",
            "violence_against_women_rate",
            "firearm_injury_rate",
            "assault_attendance_rate",
            "trafficking_victims",
        ),
    ),
    Theme(
        "property",
        mark("Robbery, theft and burglary"),
        (
            "robbery_prevalence",
            "robbery_rate",
            "personal_theft_prevalence",
            "residential_burglary_rate",
            "repeat_burglary_share",
            "vehicle_theft_rate",
            "property_crime_rate",
            "crime_concentration",
            "near_repeat_ratio",
        ),
    ),
    Theme(
        "feeling",
        mark("How safe people feel"),
        (
            "feels_safe_after_dark",
            "feels_safe_by_day",
            "avoidance",
            "fear_risk_gap",
        ),
    ),
    Theme(
        "justice",
        mark("Trust, justice and help for victims"),
        (
            "trust_in_police",
            "reporting_rate_physical",
            "reporting_rate_sexual",
            "bribery_prevalence",
            "service_satisfaction",
            "dispute_resolution_access",
            "victim_support_coverage",
            "response_time",
            "clearance_rate",
            "complaints_upheld",
            "stop_disparity",
            "unsentenced_detainees",
            "police_officers",
        ),
    ),
    Theme(
        "inclusion",
        mark("Equality and having a say"),
        (
            "discrimination_prevalence",
            "hate_offence_rate",
            "inclusive_decisions_belief",
            "seat_share_ratio",
            "participation_structures",
        ),
    ),
    Theme(
        "conditions",
        mark("Homes, streets, work and health"),
        (
            "inadequate_housing",
            "secure_tenure",
            "basic_services",
            "open_public_space",
            "public_transport_access",
            "street_lighting",
            "safety_audit_score",
            "road_death_rate",
            "neet",
            "school_services",
            "occupational_injury_rate",
        ),
    ),
    Theme(
        "means",
        mark("Means of the work"),
        (
            "safety_investment",
            "safety_budget_execution",
            "competent_practitioners",
        ),
    ),
)

GROUPS = {
    "everyone": mark("Everyone"),
    "women": mark("Women"),
    "men": mark("Men"),
    "youth": mark("Young people up to 24"),
    "aged_25_59": mark("People of 25 to 59"),
    "older_persons": mark("People of 60 and over"),
    "persons_with_disabilities": mark("Persons with disabilities"),
    "informal_residents": mark("Residents of informal settlements"),
    "children": mark("Children"),
    "girls": mark("Girls"),
    "at_street": mark("In the street"),
    "at_open_space": mark("In parks and squares"),
    "at_public_transport": mark("On public transport"),
    "at_market": mark("At the market"),
    "at_school": mark("At school"),
    "at_workplace": mark("At work"),
    "at_online": mark("Online"),
    "national": mark("National government"),
    "regional": mark("Regional government"),
    "metropolitan": mark("Metropolitan government"),
    "city": mark("City"),
    "district": mark("Districts"),
    "neighbourhood": mark("Neighbourhoods"),
}


def group_words(group: str) -> str:
    """A group as a reader calls it; a word that is not known is shown without its underscores."""
    return t(GROUPS[group]) if group in GROUPS else group.replace("_", " ").capitalize()


def unit_words(unit: str) -> str:
    """A unit in the reader's language."""
    money = re.fullmatch(r"([A-Z]{3}) per resident", unit)
    return t("{currency} per resident", currency=money[1]) if money else t(unit)


def reason(status: str, needs: str, one: Indicator) -> str:
    """Why an indicator has no figure, in a sentence."""
    if status == figures.TOO_FEW:
        least = needs or str(one.minimum_n)
        said = {
            "events": t("Fewer than {least} cases: too few for a figure.", least=least),
            "respondents": t(
                "Fewer than {least} answers: too few for a figure.", least=least
            ),
        }
        other = t("It rests on fewer than {least}: too few for a figure.", least=least)
        return said.get(one.minimum_of, other)
    sentences = {
        figures.HIDDEN: t("A count that it needs is hidden to protect people."),
        figures.NO_TABLE: t("The table {table} is not in the folder.", table=needs),
        figures.NOT_ASKED: t("The survey did not ask: {column}.", column=needs),
        figures.NOT_IN_RECORDS: t(
            "The records hold no such offence ({code}).", code=needs
        ),
        figures.NO_ROW: t("The table {table} has no row for it.", table=needs),
        figures.BY_AREA: t("It compares areas: the whole city has no figure."),
        figures.NONE_FOUND: t("It was looked for, and none was found."),
        figures.REFUSED: t("The data lack {column}.", column=needs),
        figures.LATER: t("A later version computes it."),
    }
    return sentences[status]
