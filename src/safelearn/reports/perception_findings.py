"""Sentences by rule on fear, avoidance and trust: said only as far as the intervals allow.

A difference is (value, lower, upper) in shares; where its interval holds zero, the sentence says that nothing is clear.
"""

from __future__ import annotations

from collections.abc import Mapping

from safelearn.diagnosis.fear_risk import FEARED_ONLY, HARMED_ONLY, QUADRANTS
from safelearn.language import number, percent, t, tn

Difference = tuple[float, float, float]


def _clear(difference: Difference | None) -> int:
    """1 if the first is clearly more, -1 if clearly less, 0 if neither or not known."""
    if difference is None:
        return 0
    _, lower, upper = difference
    return 1 if lower > 0 else -1 if upper < 0 else 0


def safe_after_dark(share: float, by_sex: Difference | None) -> str:
    """How many feel safe after dark, and whether women do less often."""
    said = percent(share, 0)
    clear = _clear(by_sex)
    if clear < 0:
        return t(
            "{share} of adults feel safe walking alone after dark, women less often than men",
            share=said,
        )
    if clear > 0:
        return t(
            "{share} of adults feel safe walking alone after dark, men less often than women",
            share=said,
        )
    if by_sex is None:
        return t("{share} of adults feel safe walking alone after dark", share=said)
    return t(
        "{share} of adults feel safe walking alone after dark, with no clear difference between women and men",
        share=said,
    )


def day_and_dark(difference: Difference) -> str:
    """Whether darkness takes safety away."""
    if _clear(difference) < 0:
        return t(
            "The same streets feel safe by day to many who do not feel safe there after dark"
        )
    return t("People feel about as safe after dark as by day")


def avoidance(share: float, by_sex: Difference | None) -> str:
    """How many stayed away from a place because of safety."""
    said = percent(share, 0)
    if _clear(by_sex) > 0:
        return t(
            "{share} of adults stayed away from a place to be safe, women more often than men",
            share=said,
        )
    return t("{share} of adults stayed away from a place to be safe", share=said)


def trust(neighbours_less_police: Difference) -> str:
    """Whether neighbours or the police are trusted by more people."""
    clear = _clear(neighbours_less_police)
    if clear > 0:
        return t("More people trust their neighbours than trust the police")
    if clear < 0:
        return t("More people trust the police than trust their neighbours")
    return t("About as many people trust the police as trust their neighbours")


def fear_and_risk(placed: Mapping[str, int], units: int, level: str) -> str:
    """In how many areas fear and harm part, and how many cannot be placed."""
    parted = placed[FEARED_ONLY] + placed[HARMED_ONLY]
    unclear = units - sum(placed[name] for name in QUADRANTS)
    if level == "district":
        if parted == 0:
            return t(
                "No district can be said to be feared more, or less, than it is harmed"
            )
        return tn(
            "In {n} of {total} districts fear and recorded harm part",
            "In {n} of {total} districts fear and recorded harm part",
            parted,
            total=number(units),
        )
    if parted == 0:
        return t("No area can be said to be feared more, or less, than it is harmed")
    return tn(
        "In {n} of {total} areas fear and recorded harm part; for {unclear} nothing can be said",
        "In {n} of {total} areas fear and recorded harm part; for {unclear} nothing can be said",
        parted,
        total=number(units),
        unclear=number(unclear),
    )
