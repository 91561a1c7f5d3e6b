"""What kinds of harm this city knows: how often, where, when, to whom, and how often the police hear of it.

Data, not code: one `Offence` a kind. Every number here is a truth that the data can be checked against, and
each is written into the truth file. The rates are invented, of a size that a coastal city of half a million
might have; they describe no real place.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Offence:
    """One kind of harm.

    Parameters
    ----------
    key, code, label : str
        Our name, the ICCS code, and the words of the police system.
    recorded : float
        Expected records in the bundled city's five years.
    reported : float
        Share of what happens to men in formal neighbourhoods that the police hear of.
    women : float
        The same for women, as a multiple of `reported`.
    resident, busy, night : float
        Shares of the risk that follow residents, daytime visitors and nightlife (their sum is 1).
    slope : float
        Log risk by one standard deviation of deprivation.
    peak, swing : float
        Day of the year of most events, and the swing around the mean (0.2: from 0.8 to 1.2).
    trend : float
        Yearly change of the risk as a factor.
    hours : tuple of (weight, centre, spread)
        When in the day; weekdays is a factor a day, Monday first.
    befalls : str
        ``person``, ``household`` or ``place``.
    female : float
        Women among the victims; ages is (from, to, weight) of the most exposed ages, the rest weigh 1.
    near_home : float
        Share of the victims who live where it happens.
    interval : float
        Median hours between the last time all was well and the discovery; 0 where the moment is known.
    """

    key: str
    code: str
    label: str
    recorded: float
    reported: float
    resident: float
    busy: float
    night: float
    slope: float
    peak: float
    swing: float
    trend: float
    hours: tuple[tuple[float, float, float], ...]
    weekdays: tuple[float, ...] = (1, 1, 1, 1, 1, 1, 1)
    women: float = 1.0
    befalls: str = "person"
    female: float = 0.5
    ages: tuple[tuple[int, int, float], ...] = ((15, 60, 3.0),)
    near_home: float = 0.5
    interval: float = 0.0
    domestic: float = 0.0


_EVENING = ((0.75, 20.5, 2.8), (0.25, 13.5, 3.5))
_NIGHT = ((0.7, 23.5, 2.6), (0.3, 18.0, 4.0))
_DAY = ((0.65, 13.0, 2.9), (0.35, 18.5, 2.2))
_HOME = ((0.65, 21.0, 2.6), (0.35, 14.0, 4.0))
_WEEKEND = (0.8, 0.78, 0.82, 0.9, 1.15, 1.4, 1.35)
_WORKING = (1.06, 1.05, 1.05, 1.06, 1.12, 0.98, 0.68)
_OFFICE = ((0.6, 11.0, 2.0), (0.4, 16.5, 2.0))

OFFENCES = (
    Offence(
        "homicide", "0101", "Intentional homicide", 290, 1.0, 0.75, 0.05, 0.2, 0.55,
        15, 0.12, 0.97, _NIGHT, (0.85, 0.8, 0.85, 0.95, 1.1, 1.3, 1.35),
        female=0.12, ages=((15, 30, 7.0), (30, 45, 4.0)), near_home=0.65,
    ),
    Offence(
        "serious assault", "020111", "Serious assault", 3000, 0.52, 0.6, 0.1, 0.3, 0.4,
        15, 0.16, 0.98, _NIGHT, _WEEKEND, women=0.50, female=0.26,
        ages=((15, 30, 6.0), (30, 45, 3.5)), near_home=0.6,
    ),
    Offence(
        "assault", "020112", "Assault", 5400, 0.22, 0.5, 0.2, 0.3, 0.25, 15, 0.18, 1.0,
        _EVENING, _WEEKEND, women=0.50, female=0.38,
        ages=((15, 30, 5.0), (30, 50, 3.0)), near_home=0.55,
    ),
    Offence(
        "domestic assault", "020112", "Assault", 5200, 0.20, 1, 0, 0, 0.28,
        350, 0.14, 1.02, _HOME, (0.92, 0.88, 0.88, 0.92, 0.98, 1.18, 1.24),
        women=0.50, female=0.80, ages=((18, 40, 5.0), (40, 60, 3.0)), near_home=1.0,
        domestic=1.0,
    ),
    Offence(
        "threats", "02012", "Threats", 3400, 0.16, 0.8, 0.1, 0.1, 0.25, 20, 0.05, 1.03,
        _HOME, women=0.50, female=0.52, near_home=0.7, domestic=0.3,
    ),
    Offence(
        "sexual assault", "0301", "Sexual violence", 1500, 0.11, 0.6, 0.2, 0.2, 0.15,
        20, 0.15, 1.05, _EVENING, (0.9, 0.9, 0.9, 0.95, 1.05, 1.15, 1.15),
        women=0.50, female=0.87, ages=((12, 18, 6.0), (18, 35, 6.0)), near_home=0.6,
        domestic=0.35,
    ),
    Offence(
        "robbery", "0401", "Robbery", 7600, 0.30, 0.45, 0.4, 0.15, 0.22, 25, 0.15, 1.03,
        _EVENING, (0.98, 0.95, 0.95, 0.98, 1.12, 1.08, 0.94), female=0.40,
        ages=((15, 30, 4.0), (30, 60, 2.5)), near_home=0.45,
    ),
    Offence(
        "residential burglary", "05012", "Burglary of a dwelling", 6800, 0.55, 1, 0, 0,
        0.06, 20, 0.18, 0.96, _DAY, (1.0, 1.0, 1.0, 1.0, 1.08, 1.05, 0.87),
        befalls="household", near_home=1.0, interval=7.0,
    ),
    Offence(
        "other burglary", "05011", "Burglary of other premises", 2300, 0.72,
        0.3, 0.6, 0.1, 0.05, 200, 0.08, 0.97, ((1.0, 2.5, 2.4),),
        (1.1, 0.9, 0.9, 0.9, 0.95, 1.05, 1.2), befalls="place", interval=10.0,
    ),
    Offence(
        "theft from person", "050221", "Theft from the person", 9400, 0.13,
        0.2, 0.7, 0.1, -0.05, 30, 0.24, 1.02, _DAY, _WORKING, female=0.56,
        ages=((15, 30, 3.0), (30, 75, 2.2)), near_home=0.3,
    ),
    Offence(
        "vehicle theft", "05021", "Theft of a vehicle", 4400, 0.92, 0.6, 0.3, 0.1, -0.1,
        190, 0.10, 0.99, ((0.8, 22.0, 3.0), (0.2, 14.0, 3.0)), befalls="household",
        near_home=0.7, interval=8.0,
    ),
    Offence(
        "damage", "0504", "Damage to property", 3900, 0.26, 0.7, 0.15, 0.15, 0.18,
        40, 0.10, 1.0, _NIGHT, (0.9, 0.9, 0.9, 0.95, 1.1, 1.2, 1.05),
        befalls="household", near_home=0.8, interval=9.0,
    ),
    Offence(
        "drugs", "0601", "Controlled drugs", 2400, 1.0, 0.5, 0.2, 0.3, 0.6, 100, 0.05,
        1.0, _EVENING, (0.9, 1.05, 1.1, 1.1, 1.2, 0.95, 0.7), befalls="place",
    ),
    Offence(
        "public order", "0801", "Public order", 2300, 1.0, 0.3, 0.3, 0.4, 0.2, 20, 0.2,
        1.0, _NIGHT, _WEEKEND, befalls="place",
    ),
    Offence(
        "fraud", "0701", "Fraud", 2700, 0.15, 0.75, 0.25, 0, -0.25, 340, 0.05, 1.10,
        _OFFICE, (1.2, 1.15, 1.1, 1.1, 1.05, 0.8, 0.6), female=0.51,
        ages=((25, 90, 3.0),), near_home=0.8,
    ),
)  # fmt: skip
KEYS = tuple(offence.key for offence in OFFENCES)
#: Offences that are counted when somebody looks for them, not when somebody is hurt.
ENFORCEMENT = frozenset({"drugs", "public order"})


def position(key: str) -> int:
    """Where an offence stands in `OFFENCES`."""
    return KEYS.index(key)


def week(offence: Offence) -> np.ndarray:
    """Share of the offence in each of the 168 hours of a week, Monday 0:00 first."""
    hour = np.arange(24) + 0.5
    day = np.full(24, 0.12 / 24)
    for weight, centre, spread in offence.hours:
        away = np.abs(hour - centre)
        away = np.minimum(away, 24 - away)
        bump = np.exp(-(away**2) / (2 * spread**2))
        day += 0.88 * weight * bump / bump.sum()
    hours = np.outer(offence.weekdays, day).ravel()
    return hours / hours.sum()


def exposure(offence: Offence, sex: np.ndarray, age: np.ndarray) -> np.ndarray:
    """Relative risk of each person (women count as sex 0), before neighbourhood and luck."""
    years = np.arange(age.max(initial=0) + 1)
    by_age = np.ones(len(years))
    for low, high, weight in offence.ages:
        by_age[(years >= low) & (years < high)] = weight
    by_age[years < 10] *= 0.15
    return np.outer([offence.female, 1 - offence.female], by_age)[sex, age]
