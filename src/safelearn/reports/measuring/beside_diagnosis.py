"""What do the sums of an evaluation give away beside what the diagnosis shows by area, now and in its releases?

A sum over a few areas, less what a diagnosis shows of them, is what it hides. So the sums that an evaluation tells are
attacked together with the diagnosis before anything leaves, and an evaluation that would give a count away is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from safelearn.disclosure.clues import Clue
from safelearn.errors import Refused, SafelearnError
from safelearn.evaluation.interventions import Intervention
from safelearn.language import t
from safelearn.reports.known_before import FOCUS, OTHER, KnownBefore
from safelearn.reports.measuring import counts as counting
from safelearn.reports.measuring.scope import Scope
from safelearn.reports.release import Release

if TYPE_CHECKING:
    from safelearn.reports.previous import Earlier

#: Sums that an evaluation tells: areas, offences, months.
Told = Sequence[tuple[Sequence[str], Sequence[str], Sequence[str]]]
#: Where the diagnosis made for the attack is kept until all interventions are measured.
DIAGNOSIS_BY_AREA = "diagnosis by area"


def must_not_give_away(
    scope: Scope,
    told: Told,
    one: Intervention,
) -> None:
    """Attack the diagnosis of the same city with what the evaluation tells beside it.

    Parameters
    ----------
    scope : Scope
    told : sequence of (areas, offences, months)
        Sums that are told.
    one : Intervention

    Raises
    ------
    Refused
        If a count that the diagnosis hides by area could be worked out.
    """
    focus = set(scope.period.focus)
    told = [(areas, codes) for areas, codes, months in told if set(months) == focus]
    if not told:
        return
    release = diagnosis_by_area(scope)
    shown = release.shared["by_area"]
    kept = set(shown["offence"])
    pooled = [o for o in scope.cube.axes["offence"] if o not in kept]
    counts = scope.cube.by("area_id", "offence", "month", sensitive="none")
    counts = counts[counts["month"].isin(focus)]
    clues = []
    for areas, codes in told:
        rows = counts["area_id"].isin(areas) & counts["offence"].isin(codes)
        n = int(counts.loc[rows, "n"].sum())
        cells = {(a, c if c in kept else OTHER) for a in areas for c in codes}
        parts = tuple(
            (FOCUS, "n", (("area_id", area), ("offence", code)))
            for area, code in sorted(cells)
        )
        whole = set(codes) >= set(pooled) or not set(codes) & set(pooled)
        clues.append(Clue(parts, n, n if whole else float("inf")))
    try:
        release.attack(clues)
    except SafelearnError:
        raise _gives_away(one) from None


def must_not_undo_releases(scope: Scope, told: Told, one: Intervention) -> None:
    """The same for what was published: sums of its months must leave two hidden counts or more, and not small ones.

    Raises
    ------
    Refused
        If what is told, less what a release shows, is a hidden count or a small sum of some.
    """
    counts = scope.cube.by("area_id", "offence", "month", sensitive="none")
    for before in _published(scope):
        table = before.tables["counts_by_area"].assign(
            hidden=before.hidden["counts_by_area"]["n"]
        )
        kept = set(table["offence"])
        for areas, codes, months in told:
            if set(months) != _months_of(before):
                continue
            pooled = {c for c in scope.cube.axes["offence"] if c not in kept}
            if set(codes) & pooled and not set(codes) >= pooled:
                continue
            own = {c if c in kept else OTHER for c in codes}
            cells = table[table["area_id"].isin(areas) & table["offence"].isin(own)]
            rows = counts["month"].isin(months) & counts["area_id"].isin(areas)
            n = int(counts.loc[rows & counts["offence"].isin(codes), "n"].sum())
            left = n - pd.to_numeric(cells["n"]).sum()
            hidden = int(cells["hidden"].sum())
            if hidden == 1 or (hidden and left < scope.release.least):
                raise _gives_away(one)


def months_published(scope: Scope) -> list[tuple[str, ...]]:
    """The months that each release of the diagnosis shows by area."""
    return [tuple(sorted(_months_of(before))) for before in _published(scope)]


def _published(scope: Scope) -> list[Earlier]:
    """Releases of this city's diagnosis that show counts by area."""
    from safelearn.reports.previous import read_earlier, releases

    read = [read_earlier(folder) for folder in releases(scope.city.folder)]
    return [r for r in read if r.focus and "counts_by_area" in r.tables]


def _months_of(before: Earlier) -> set[str]:
    first, last = before.focus
    return {str(m) for m in pd.period_range(first, last, freq="M")}


def _gives_away(one: Intervention) -> Refused:
    return Refused(
        t(
            "The counts of {name}, beside those of the diagnosis, would give hidden counts away.",
            name=one.name,
        ),
        remedy=t("Choose larger groups of areas, or fewer kinds of offences."),
    )


def diagnosis_by_area(scope: Scope) -> Release:
    """What the diagnosis of this city releases by month and by area, made once and kept out of the report."""
    own = scope.release
    made = own.results.get(DIAGNOSIS_BY_AREA)
    if made is None:
        made = Release(
            own.disclosure, own.audience, overrides=own.overrides, known=KnownBefore()
        )
        made.share_counts(
            counting.by_month(scope.cube, scope.period),
            counting.by_area(scope.cube, scope.period),
            scope.period,
        )
        frame = made.shared["by_area"]
        made.approve(
            "counts_by_area",
            frame[["area_id", "offence", "n"]],
            keys=["area_id", "offence"],
            measures=["n"],
            universe=FOCUS,
        )
        own.results[DIAGNOSIS_BY_AREA] = made
    return made
