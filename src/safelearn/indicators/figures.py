"""One figure of one indicator: what every source gives to the catalogue, whatever it was counted from.

A figure says how exactly it is known. An interval comes from a sample or from the chance in counts; a full count (a
census, a year's accounts) needs none; of anything else the precision is not known, and nothing may be said of its
changes. What could not be measured is a figure too: without a value, and with the reason.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from safelearn.guidelines.catalogue import Indicator, indicator

EVERYONE, ALL = "everyone", "all"
#: How exactly a value is known.
INTERVAL, FULL_COUNT, UNKNOWN = "interval", "full count", "not known"
#: Why there is a value, or none.
MEASURED = "measured"
TOO_FEW = "too few"
HIDDEN = "hidden"
NO_TABLE = "table missing"
NOT_ASKED = "not asked"
NOT_IN_RECORDS = "not in the records"
NO_ROW = "no row in the table"
BY_AREA = "given by area"
NONE_FOUND = "none found"
REFUSED = "refused"
LATER = "comes later"
STATUSES = (
    MEASURED,
    TOO_FEW,
    HIDDEN,
    NO_TABLE,
    NOT_ASKED,
    NOT_IN_RECORDS,
    NO_ROW,
    BY_AREA,
    NONE_FOUND,
    REFUSED,
    LATER,
)


@dataclass(frozen=True)
class Figure:
    """The value of an indicator for a group, or why there is none.

    Attributes
    ----------
    indicator_id : str
    value, lower, upper : float
        In the indicator's unit; NaN without a value or without an interval.
    n : float
        Events, answers, items or records that it rests on.
    group, breakdown : str
        Whom it is about, and what they are split by (``all`` for everybody).
    period, source : str
        ``2025``, ``2025-01/2025-12``; the table that it comes from.
    precision : str
        `INTERVAL`, `FULL_COUNT` or `UNKNOWN`.
    periods : int
        For how many periods the source gives the same figure.
    split : bool
        Whether the source gives it for parts of the city or of the residents too.
    status : str
        One of `STATUSES`.
    needs : str
        For a figure without a value: the table, question or column that it lacks, as named in the city's folder.
    unit : str
        Where it differs from the catalogue's (a currency).
    """

    indicator_id: str
    value: float = math.nan
    lower: float = math.nan
    upper: float = math.nan
    n: float = math.nan
    group: str = EVERYONE
    breakdown: str = ALL
    period: str = ""
    source: str = ""
    precision: str = UNKNOWN
    periods: int = 1
    split: bool = False
    status: str = MEASURED
    needs: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        for name in ("value", "lower", "upper", "n"):
            # Plain numbers, whatever library they came from.
            object.__setattr__(self, name, float(getattr(self, name)))

    @property
    def measured(self) -> bool:
        """Whether it has a value."""
        return self.status == MEASURED

    @property
    def definition(self) -> Indicator:
        """What the catalogue says of it."""
        return indicator(self.indicator_id)

    def checked(self, least: int = 1) -> Figure:
        """The same figure, without its value if it rests on too little.

        Parameters
        ----------
        least : int
            The smallest count of people that the city shows.
        """
        if not self.measured:
            return self
        fewest = max(self.definition.minimum_n, least)
        if math.isnan(self.value) or self.n < fewest:
            return self.without(TOO_FEW, str(fewest))
        return self

    def without(self, status: str, needs: str = "") -> Figure:
        """The same line without a value, and why."""
        return replace(
            self,
            value=math.nan,
            lower=math.nan,
            upper=math.nan,
            n=math.nan,
            precision=UNKNOWN,
            status=status,
            needs=needs or self.needs,
        )


def missing(indicator_id: str, status: str, needs: str = "") -> Figure:
    """The line of an indicator that could not be measured."""
    return Figure(indicator_id, status=status, needs=needs)
