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
from safelearn.evaluation import designs
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
from safelearn.evaluation.dispersion import CHANCE, DispersionBefore
from safelearn.evaluation.displacement import (
    DisplacementDifference,
    DisplacementQuotient,
    weighted_displacement_quotient,
)
from safelearn.evaluation.evidence import Design, Grade, grade
from safelearn.evaluation.interventions import (
    CONTROL,
    TREATED,
    TREATED_BUFFER,
    Intervention,
    Windows,
)
from safelearn.evaluation.panel import TrendsBefore
from safelearn.evaluation.power import detectable_ratio
from safelearn.evaluation.regression_to_mean import (
    RegressionToMean,
)
from safelearn.evaluation.synthetic_control import SyntheticControl
from safelearn.language import t

NEEDS = table.NEEDS

FEWER, MORE, UNCLEAR = "fewer", "more", "unclear"
SPREAD, MOVED = "spread", "moved"
#: With fewer cases in the treated areas, before and after together, nothing could be seen but a miracle.
FEWEST_CASES = 20


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
    mix : SyntheticControl or None
        Against the mix of the city's other areas that matched the treated ones before.
    alone_by_chance : RegressionToMean or None
        How far areas as high as these would have fallen by themselves.
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
    mix: SyntheticControl | None = None
    alone_by_chance: RegressionToMean | None = None
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
    def grade(self) -> Grade:
        """What a design like this can show, whatever it found."""
        areas = self.intervention.areas
        return grade(
            Design(
                treated_areas=len(areas[TREATED]),
                control_areas=len(areas.get(CONTROL, ())),
                assignment=self.intervention.assignment,
                parallel_before=self.parallel.parallel if self.parallel else None,
            )
        )

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """The limits of all designs that were used, each once."""
        designs = (self.main, self.clustered, self.difference, self.quotient, self.mix)
        said = [line for design in designs if design for line in design.cannot_say]
        return tuple(dict.fromkeys(said))


def assess(
    intervention: Intervention,
    counts: pd.DataFrame,
    months: Sequence[str],
    *,
    most: int = 24,
    areas: Sequence[str] = (),
    population: pd.Series | None = None,
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
    areas : sequence of str
        All areas of the city, to draw a mix from.
    population : Series, optional
        Residents by area, for areas unlike in size.

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
        "dispersion", lambda: designs.dispersion(intervention, counts, compared)
    )
    phi = dispersion or CHANCE
    alone = before_after(*pair[TREATED], dispersion=phi)
    found: dict[str, Any] = {}
    if intervention.has_control:
        panel = designs.before_after_panel(intervention, counts, compared)
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
                lambda: trends_before(
                    designs.quarters_before(intervention, counts, compared)
                ),
            ),
            "difference": tried("difference", lambda: designs.displacement(pair, phi)),
            "peak": tried(
                "peak", lambda: designs.peak(intervention, counts, compared, phi)
            ),
        }
        if TREATED_BUFFER in pair:
            found["quotient"] = tried(
                "quotient",
                lambda: weighted_displacement_quotient(
                    pair[TREATED], pair[CONTROL], pair[TREATED_BUFFER], dispersion=phi
                ),
            )
    if areas:
        wide = (intervention, counts, compared, list(areas), population)
        found["mix"] = tried("mix", lambda: designs.mix(*wide))
        found["alone_by_chance"] = tried(
            "alone_by_chance", lambda: designs.by_chance(*wide)
        )
    if found.get("controlled"):
        (tb, _), (cb, ca) = pair[TREATED], pair[CONTROL]
        found["detectable"] = detectable_ratio(
            tb, tb * ca / cb, control_before=cb, control_after=ca, dispersion=phi
        )
    return Assessment(
        intervention, compared, sums, phi, alone, **found, refused=refused
    )


def _side(lower: float, upper: float, none: float, words: tuple[str, str]) -> str:
    if upper < none:
        return words[0]
    return words[1] if lower > none else UNCLEAR
