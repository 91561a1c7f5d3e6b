"""What readers know before this report: an earlier release, and totals that others publish.

The earlier tables and files with totals go in; cuts of this report's counts that are known come out, year by year, and
blocks of the earlier release that are repeated as they were. A year is repeated where corrections since then are so
few that two releases beside each other would point at single events.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from safelearn.disclosure.matrices import Cut
from safelearn.disclosure.slices import ALL, SEXUAL, thresholds

if TYPE_CHECKING:
    from safelearn.disclosure.clues import Clue
    from safelearn.reports.elsewhere import Total
    from safelearn.reports.previous import Earlier

#: Universes of a report's counts (see `reports.release`).
FOCUS, BEFORE, OTHER = "focus", "before", "other"
#: A correction of a year's total by more than this is shown, though some cells then differ by a few.
NOTABLE = 0.02
NOT_AT_ALL, LITTLE, MUCH = range(3)


@dataclass
class KnownBefore:
    """What an earlier release and others have told.

    Attributes
    ----------
    earlier : Earlier or None
    totals : sequence of Total
        From files named with `--also`.
    repeated : list of str
        Universes that are shown as the earlier release has them, though a few events were corrected since.
    """

    earlier: Earlier | None = None
    totals: Sequence[Total] = ()
    repeated: list[str] = field(default_factory=list)

    def cuts(self, months: Sequence[str]) -> set[Cut]:
        """The cells and totals of a year that readers have, whatever their value."""
        return set(self._earlier(months)) | {total.cut for total in self._of(months)}

    def clues(
        self, universe: str, months: Sequence[str], codes: Iterable[str]
    ) -> tuple[list[Clue], list[Clue]]:
        """The same for the attack: what the earlier release tells, and what others tell."""
        from safelearn.disclosure.clues import Clue

        earlier = [
            Clue(((universe, "n", cut),), n, n)
            for cut, n in self._earlier(months).items()
        ]
        elsewhere = []
        for total in self._of(months):
            parts = total.parts(list(codes))
            elsewhere.append(
                Clue(tuple((universe, "n", cut) for cut in parts), total.n, total.n)
            )
        return earlier, elsewhere

    def _of(self, months: Sequence[str]) -> list[Total]:
        return [total for total in self.totals if total.of(months)]

    def _earlier(self, months: Sequence[str]) -> dict[Cut, int]:
        found: dict[Cut, int] = {}
        if self.earlier is None:
            return found
        by_month = _counts(self.earlier, "counts_by_month", ["month", "offence"])
        if by_month is not None:
            own = by_month[by_month["month"].isin(months)]
            found |= _shown(own, ["month", "offence"])
        ends = (months[0], months[-1])
        wanted = []
        if self.earlier.focus == ends:
            wanted.append(("counts_by_area", ["area_id", "offence"], "n"))
            wanted.append(("counts_by_offence", ["offence"], "n"))
        elif self.earlier.before == ends:
            wanted.append(("counts_by_offence", ["offence"], "before"))
        for name, keys, count in wanted:
            frame = _counts(self.earlier, name, keys, count)
            found |= _shown(frame, keys) if frame is not None else {}
        return found

    def repeats(
        self,
        universe: str,
        by_month: pd.DataFrame,
        by_area: pd.DataFrame | None,
        least: tuple[int, int],
    ) -> Repeated | None:
        """The year as the earlier release has it, if it is to be repeated.

        Parameters
        ----------
        universe : str
            "focus", "before" or a year.
        by_month, by_area : DataFrame
            This report's true counts of the year: month and offence; area and offence where the year has them.
        least : (int, int)
            Thresholds.
        """
        if self.earlier is None:
            return None
        block = _block(self.earlier, universe, by_month, by_area is not None)
        corrected = block.corrected(by_month, by_area, least) if block else MUCH
        if corrected == MUCH:
            return None
        if corrected == LITTLE:
            self.repeated.append(universe)
        return block.above(least)


@dataclass(frozen=True)
class Repeated:
    """One year of an earlier release: by month, in all by offence, and by area; hidden counts are missing."""

    by_month: pd.DataFrame
    by_offence: pd.DataFrame | None
    by_area: pd.DataFrame | None

    def corrected(
        self,
        by_month: pd.DataFrame,
        by_area: pd.DataFrame | None,
        least: tuple[int, int],
    ) -> int:
        """How much the year differs by now: not at all, in cells by a few events and as a whole by little, or much."""
        now = _with_all(by_month, "month")
        apart = [_apart(now, self.by_month, ["month", "offence"], least)]
        if by_area is not None and self.by_area is not None:
            kept = set(self.by_area["offence"])
            pooled = by_area.assign(
                offence=by_area["offence"].where(by_area["offence"].isin(kept), OTHER)
            )
            areas = _with_all(
                pooled.groupby(["area_id", "offence"], as_index=False)["n"].sum(),
                "area_id",
            )
            apart.append(_apart(areas, self.by_area, ["area_id", "offence"], least))
        total = int(by_month["n"].sum())
        was = _total(self.by_month, self.by_offence)
        if was is None or abs(total - was) > NOTABLE * max(was, 1):
            return MUCH
        return max(apart)

    def above(self, least: tuple[int, int]) -> Repeated:
        """The same under today's thresholds, where these are higher than they were."""

        def kept(frame: pd.DataFrame | None) -> pd.DataFrame | None:
            if frame is None:
                return None
            limit = thresholds(frame, *least)
            small = frame["n"].between(1, limit - 1).fillna(False).astype(bool)
            return frame.assign(n=frame["n"].mask(small))

        return Repeated(*map(kept, (self.by_month, self.by_offence, self.by_area)))


def _block(
    earlier: Earlier, universe: str, by_month: pd.DataFrame, areas: bool
) -> Repeated | None:
    """The earlier release's tables of a year, if it has all that this report shows of it."""
    months = sorted(by_month["month"].unique())
    was = _counts(earlier, "counts_by_month", ["month", "offence"])
    if was is None:
        return None
    was = was[was["month"].isin(months)]
    same_kinds = set(was["offence"]) - {ALL} == set(by_month["offence"])
    if set(was["month"]) != set(months) or not same_kinds:
        return None
    ends = (months[0], months[-1])
    by_offence = by_area = None
    if earlier.focus == ends:
        by_offence = _counts(earlier, "counts_by_offence", ["offence"])
        by_area = _counts(earlier, "counts_by_area", ["area_id", "offence"])
    elif earlier.before == ends:
        by_offence = _counts(earlier, "counts_by_offence", ["offence"], "before")
    if (universe in (FOCUS, BEFORE) and by_offence is None) or (
        areas and by_area is None
    ):
        return None
    return Repeated(was, by_offence, by_area)


def _counts(
    earlier: Earlier, name: str, keys: list[str], count: str = "n"
) -> pd.DataFrame | None:
    frame = earlier.tables.get(name)
    if frame is None or not {*keys, count} <= set(frame):
        return None
    out = frame[keys].copy()
    out["n"] = pd.to_numeric(frame[count], errors="coerce").round().astype("Int64")
    return out


def _apart(
    now: pd.DataFrame, was: pd.DataFrame, keys: list[str], least: tuple[int, int]
) -> int:
    """How the cells that the earlier release shows differ; much only if none of them does by a few events."""
    both = now.merge(was, on=keys, suffixes=("", "_was"))
    limit = thresholds(both[keys], *least)
    apart = (both["n"].astype("Int64") - both["n_was"]).abs()
    if bool(apart.between(1, limit - 1).fillna(False).any()):
        return LITTLE
    return MUCH if bool((apart > 0).fillna(False).any()) else NOT_AT_ALL


def _with_all(frame: pd.DataFrame, key: str) -> pd.DataFrame:
    whole = frame.groupby(key, as_index=False)["n"].sum().assign(offence=ALL)
    return pd.concat([frame[[key, "offence", "n"]], whole[[key, "offence", "n"]]])


def _total(by_month: pd.DataFrame, by_offence: pd.DataFrame | None) -> int | None:
    if by_offence is not None:
        whole = by_offence.loc[by_offence["offence"] == ALL, "n"]
    else:
        whole = by_month.loc[by_month["offence"] == ALL, "n"]
    return int(whole.sum()) if len(whole) and whole.notna().all() else None


def _shown(frame: pd.DataFrame, keys: list[str]) -> dict[Cut, int]:
    """What the earlier release showed; not the offences that it added up, which may be others today."""
    counts = pd.to_numeric(frame["n"], errors="coerce")
    cells = frame[keys].astype("str").itertuples(index=False, name=None)
    found = {}
    for cell, n in zip(cells, counts, strict=True):
        cut = sorted((k, v) for k, v in zip(keys, cell, strict=True) if v != ALL)
        if pd.notna(n) and ("offence", OTHER) not in cut:
            found[tuple(cut)] = round(n)
    return found


def known_by_definition(totals: pd.Series) -> set[Cut]:
    """Sexual violence in the whole city is the sum of its offences: readers have it where these are shown."""
    sexual = totals[[str(code).startswith("03") for code in totals.index]]
    if not len(sexual) or sexual.isna().any():
        return set()
    row = ("area_id", SEXUAL)
    return {(row,), (row, ("offence", OTHER))}
