"""What changed where the city intervened, where did it move, and how far can that be believed?

One intervention and monthly counts by area go in; every design that the table allows is tried, each with the dispersion
that the time before showed, and what a design cannot do stands as its refusal. The answer to "did it work?" is that of
the strongest comparison the table allows, fixed here before any count is seen (draft:25(g), draft:25(o).2).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from safelearn.errors import Refused
from safelearn.evaluation import interventions as table
from safelearn.evaluation.comparison import (
    BeforeAfter,
    ControlledChange,
    DifferenceInDifferences,
    before_after,
    before_after_control,
    difference_in_differences,
    trends_before,
)
from safelearn.evaluation.dispersion import CHANCE, DispersionBefore, dispersion_before
from safelearn.evaluation.displacement import (
    DisplacementDifference,
    DisplacementQuotient,
    weighted_displacement_difference,
    weighted_displacement_quotient,
)
from safelearn.evaluation.interventions import (
    CONTROL,
    CONTROL_BUFFER,
    TREATED,
    TREATED_BUFFER,
    Intervention,
    Windows,
)
from safelearn.evaluation.panel import TrendsBefore
from safelearn.evaluation.power import detectable_ratio
from safelearn.language import t

NEEDS = table.NEEDS

FEWER, MORE, UNCLEAR = "fewer", "more", "unclear"
SPREAD, MOVED = "spread", "moved"
#: With fewer cases in the treated areas, before and after together, nothing could be seen but a miracle.
FEWEST_CASES = 20
#: Months that are looked at for a peak just before the start, and the months before these at the least.
PEAK = 12


@dataclass(frozen=True)
class Assessment:
    """What every design says of one intervention; None where it was not possible, with the reason in `refused`.

    Attributes
    ----------
    intervention : Intervention
    compared : Windows
    sums : DataFrame
        ``role``, ``areas``, ``before``, ``after``.
    dispersion : DispersionBefore
        How counts varied before, by month and area.
    alone : BeforeAfter
        The treated areas' own change; no evidence of an effect.
    controlled : ControlledChange or None
        Against the compared areas.
    clustered : DifferenceInDifferences or None
        The same as a ratio, each area one fact.
    parallel : TrendsBefore or None
        Whether treated and compared areas ran parallel before.
    difference : DisplacementDifference or None
        In cases, with the neighbours.
    quotient : DisplacementQuotient or None
    peak : ControlledChange or None
        The year before the start against the time before it: above 1, the areas were chosen at a peak.
    detectable : float or None
        The weakest fall that `controlled` would have seen four times in five: 0.8 is a fall by a fifth.
    refused : dict of str to Refused
        By design.
    """

    intervention: Intervention
    compared: Windows
    sums: pd.DataFrame
    dispersion: DispersionBefore
    alone: BeforeAfter
    controlled: ControlledChange | None = None
    clustered: DifferenceInDifferences | None = None
    parallel: TrendsBefore | None = None
    difference: DisplacementDifference | None = None
    quotient: DisplacementQuotient | None = None
    peak: ControlledChange | None = None
    detectable: float | None = None
    refused: dict[str, Refused] = field(default_factory=dict)

    @property
    def main(self) -> ControlledChange | BeforeAfter:
        """The comparison that answers: with compared areas where there are any."""
        return self.controlled or self.alone

    @property
    def verdict(self) -> str:
        """Fewer, more or unclear, from the interval of `main`; without compared areas always unclear."""
        if self.controlled is None:
            return UNCLEAR
        return _side(self.controlled.lower, self.controlled.upper, 1.0, (FEWER, MORE))

    @property
    def neighbours(self) -> str:
        """Whether harm moved next door (moved), the benefit spread (spread), or unclear; empty without neighbours."""
        found = self.difference
        if found is None or not found.has_buffer:
            return ""
        ends = found.displaced_lower, found.displaced_upper
        return _side(*ends, 0.0, (SPREAD, MOVED))

    @property
    def averted(self) -> tuple[float, float, float] | None:
        """Recorded cases fewer in the treated areas, with limits; None without comparison."""
        if self.controlled is None:
            return None
        found = self.controlled
        return found.prevented, found.prevented_lower, found.prevented_upper

    @property
    def averted_with_neighbours(self) -> tuple[float, float, float] | None:
        """The same with the neighbouring areas, less what moved there; None where they were not counted."""
        if self.difference is None or not self.difference.has_buffer:
            return None
        found = self.difference
        return -found.estimate, -found.upper, -found.lower

    @property
    def contradicted(self) -> bool:
        """Whether the comparison that takes each area as one fact leaves the answer open."""
        if self.clustered is None or self.verdict == UNCLEAR:
            return False
        ends = self.clustered.lower, self.clustered.upper
        return _side(*ends, 1.0, (FEWER, MORE)) != self.verdict

    @property
    def at_a_peak(self) -> bool:
        """Whether the treated areas stood out in the year before the start, so that a fall was to be expected."""
        return self.peak is not None and self.peak.lower > 1

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """The limits of all designs that were used, each once."""
        designs = (self.main, self.clustered, self.difference, self.quotient)
        said = [line for design in designs if design for line in design.cannot_say]
        return tuple(dict.fromkeys(said))


def assess(
    intervention: Intervention,
    counts: pd.DataFrame,
    months: Sequence[str],
    *,
    most: int = 24,
) -> Assessment:
    """Evaluate one intervention.

    Parameters
    ----------
    intervention : Intervention
    counts : DataFrame
        ``area_id``, ``month``, ``n``: the offences that should change.
    months : sequence of str
        Months that the records cover whole, in order.
    most : int
        At most so many months before and after are compared.

    Returns
    -------
    Assessment

    Raises
    ------
    Refused
        If no area is treated, too few months can be compared, or too few cases were recorded.
    """
    table.check_roles(intervention)
    compared = table.windows(intervention, months, most=most)
    sums = table.before_and_after(counts, intervention, compared)
    pair = {row.role: (row.before, row.after) for row in sums.itertuples(index=False)}
    if sum(pair[TREATED]) < FEWEST_CASES:
        raise Refused(
            t(
                "Too few cases were recorded where {name} took place to see any change.",
                name=intervention.name,
            ),
            remedy=t("Join offences or areas, or ask residents instead of records."),
        )
    refused: dict[str, Refused] = {}

    def tried(design: str, compute: Callable[[], Any]) -> Any:
        try:
            return compute()
        except Refused as error:
            refused[design] = error
            return None

    dispersion = tried(
        "dispersion", lambda: _dispersion(intervention, counts, compared)
    )
    phi = dispersion or CHANCE
    alone = before_after(*pair[TREATED], dispersion=phi)
    found: dict[str, Any] = {}
    if intervention.has_control:
        panel = _panel(intervention, counts, compared)
        found = {
            "controlled": tried(
                "controlled",
                lambda: before_after_control(
                    pair[TREATED], pair[CONTROL], dispersion=phi
                ),
            ),
            "clustered": tried(
                "clustered", lambda: difference_in_differences(panel, scale="ratio")
            ),
            "parallel": tried(
                "parallel",
                lambda: trends_before(_early(intervention, counts, compared)),
            ),
            "difference": tried("difference", lambda: _difference(pair, phi)),
            "peak": tried("peak", lambda: _peak(intervention, counts, compared, phi)),
        }
        if TREATED_BUFFER in pair:
            found["quotient"] = tried(
                "quotient",
                lambda: weighted_displacement_quotient(
                    pair[TREATED], pair[CONTROL], pair[TREATED_BUFFER], dispersion=phi
                ),
            )
    if found.get("controlled"):
        (tb, _), (cb, ca) = pair[TREATED], pair[CONTROL]
        found["detectable"] = detectable_ratio(
            tb, tb * ca / cb, control_before=cb, control_after=ca, dispersion=phi
        )
    return Assessment(
        intervention, compared, sums, phi, alone, **found, refused=refused
    )


def _difference(pair: dict[str, tuple[int, int]], phi: DispersionBefore):
    both = TREATED_BUFFER in pair and CONTROL_BUFFER in pair
    return weighted_displacement_difference(
        pair[TREATED],
        pair[CONTROL],
        pair[TREATED_BUFFER] if both else None,
        pair[CONTROL_BUFFER] if both else None,
        dispersion=phi,
    )


def _dispersion(
    intervention: Intervention, counts: pd.DataFrame, compared: Windows
) -> DispersionBefore:
    areas = [code for codes in intervention.areas.values() for code in codes]
    before = table.area_months(counts, areas, compared.earlier)
    if not intervention.has_control:
        # Without compared areas what moves all areas together is not taken out, so one series is asked.
        own = before[list(intervention.areas[TREATED])].sum(axis=1)
        return dispersion_before(own.to_numpy(), season=12)
    return dispersion_before(before)


def _panel(
    intervention: Intervention, counts: pd.DataFrame, compared: Windows
) -> pd.DataFrame:
    parts = []
    for late, months in ((False, compared.before), (True, compared.after)):
        parts.append(_rows(intervention, counts, months).assign(after=late))
    panel = pd.concat(parts, ignore_index=True)
    keys = ["area_id", "treated", "after"]
    return panel.groupby(keys, as_index=False)["n"].sum()


def _early(
    intervention: Intervention, counts: pd.DataFrame, compared: Windows
) -> pd.DataFrame:
    """The time before in quarters: single months of an area are mostly chance."""
    rows = _rows(intervention, counts, compared.earlier)
    number = {month: i // 3 for i, month in enumerate(compared.earlier)}
    rows["period"] = rows["month"].map(number)
    whole = len(compared.earlier) // 3
    rows = rows[rows["period"] < whole]
    return rows.groupby(["area_id", "treated", "period"], as_index=False)["n"].sum()


def _rows(
    intervention: Intervention, counts: pd.DataFrame, months: Sequence[str]
) -> pd.DataFrame:
    areas = [*intervention.areas[TREATED], *intervention.areas[CONTROL]]
    wide = table.area_months(counts, areas, months)
    wide.index.name, wide.columns.name = "month", "area_id"
    rows = wide.stack().rename("n").reset_index()
    rows["treated"] = rows["area_id"].isin(intervention.areas[TREATED])
    return rows


def _peak(
    intervention: Intervention,
    counts: pd.DataFrame,
    compared: Windows,
    phi: DispersionBefore,
) -> ControlledChange | None:
    last, former = compared.earlier[-PEAK:], compared.earlier[:-PEAK]
    if len(former) < PEAK:
        return None
    former = former[-(len(former) - len(former) % PEAK) :]
    pair = {}
    for role in (TREATED, CONTROL):
        n = table.area_months(counts, intervention.areas[role], compared.earlier)
        n = n.sum(axis=1)
        pair[role] = int(n.loc[list(former)].sum()), int(n.loc[list(last)].sum())
    # A peak correlates its own months: with that taken for chance, no peak would ever be seen.
    months_apart = DispersionBefore(phi.value, phi.df)
    return before_after_control(pair[TREATED], pair[CONTROL], dispersion=months_apart)


def _side(lower: float, upper: float, none: float, words: tuple[str, str]) -> str:
    if upper < none:
        return words[0]
    return words[1] if lower > none else UNCLEAR
