"""How sure are we? A mark from 0 to 3 by rule: the weakest of precision, coverage and measurement.

A finding's mark is computed, never chosen. Precision is the relative standard error of the estimate, coverage the
share of records that could be used, measurement whether the figure changes with who reports. The reason that stands
beside the mark names the weakest of the three.
"""

from __future__ import annotations

from dataclasses import dataclass

from safelearn.language import percent, t

#: Relative standard error up to which an estimate is strong, fair.
PRECISION = (0.10, 0.25)
#: Share of usable records from which coverage is strong, fair.
COVERAGE = (0.95, 0.85)


@dataclass(frozen=True)
class Certainty:
    """A mark (0 to 3) and the sentence that says what limits it."""

    level: int
    reason: str


def certainty(
    *,
    relative_error: float,
    coverage: float = 1.0,
    reporting: str = "depends",
    synthetic: bool = False,
    what: str = "",
) -> Certainty:
    """Grade one finding.

    Parameters
    ----------
    relative_error : float
        Relative standard error of the estimate; NaN counts as unknown, which is thin.
    coverage : float
        Share of the records that the estimate could use.
    reporting : {"independent", "checked", "depends"}
        Whether the figure depends on who reports: it does not (deaths), it does and a second source agrees,
        or it does.
    synthetic : bool
        Whether an invented or illustrative input stands behind it.
    what : str
        What was used, for the reason of a strong mark ("593 deaths, all dated").

    Returns
    -------
    Certainty
    """
    precision_level = _at_most(relative_error, PRECISION)
    coverage_level = _at_least(coverage, COVERAGE)
    measurement_level = {"independent": 3, "checked": 2, "depends": 1}[reporting]
    level = min(
        precision_level, coverage_level, measurement_level, 1 if synthetic else 3
    )
    if synthetic:
        reason = t("the data are invented and describe no real place")
    elif level == 3:
        reason = what or t("precise, complete, and not changed by who reports")
    elif measurement_level == level:
        reason = (
            t("it changes with who reports; a second source agrees")
            if level == 2
            else t("records show what was reported and recorded, not what happened")
        )
    elif coverage_level == level:
        reason = t("only {share} of the records could be used", share=percent(coverage))
    else:
        reason = t("few events, so the figure is not precise")
    return Certainty(level, reason)


def _at_most(value: float, limits: tuple[float, float]) -> int:
    return 3 if value <= limits[0] else 2 if value <= limits[1] else 1


def _at_least(value: float, limits: tuple[float, float]) -> int:
    return 3 if value >= limits[0] else 2 if value >= limits[1] else 1
