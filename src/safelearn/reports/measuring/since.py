"""What changed since the report before this one: recorded offences and indicators, released with their verdicts.

The earlier report's focus period and this one's are compared in this report's own series, so that a correction of the
records is not taken for a change. Verdicts keep the report's rules: none on offences that police find by looking for
them, none across a change in recording, none where a month is hidden, and none between two versions of a definition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from safelearn.diagnosis import trends
from safelearn.errors import Refused, SafelearnError
from safelearn.indicators.change import non_regression
from safelearn.language import t
from safelearn.reports.changes import recording_changed
from safelearn.reports.measuring.counts import ALL
from safelearn.reports.measuring.records import CHANGED
from safelearn.reports.names import is_by_police, offence_name

if TYPE_CHECKING:
    from safelearn.reports.measuring.scope import Scope
    from safelearn.reports.previous import Earlier

#: Verdicts beside those of `trends`: why there is none.
POLICE, OVERLAP, SAME, UNKNOWN = "refused", "overlap", "same period", "cannot be told"
RECORDS, INDICATORS = "changes_in_records", "changes_in_indicators"
_NUMBERS = ("before", "now", "difference", "lower", "upper")


def since(scope: Scope, before: Earlier | None) -> None:
    """Let out the two tables of the chapter "What changed"; nothing without an earlier report."""
    if before is None:
        return
    _records(scope, before)
    changed_indicators(scope, before)


def _records(scope: Scope, before: Earlier) -> None:
    release, period = scope.release, scope.period
    then = before.tables.get("counts_by_offence")
    here = release.tables.get("counts_by_offence")
    if period is None or here is None or then is None or before.focus is None:
        return
    now = here.frame.set_index("offence")["n"]
    was = then.set_index("offence")["n"] if "n" in then else pd.Series(dtype=float)
    months = release.tables["counts_by_month"].frame
    rows = []
    for code in now.index:
        row = {"offence": code, "offence_name": offence_name(code), "n": now[code]}
        row["before"] = pd.to_numeric(was.get(code), errors="coerce")
        found, verdict = _compared(code, months, before.focus, scope)
        row["verdict"] = verdict
        for column in ("ratio", "lower", "upper"):
            row[column] = getattr(found, column) if found is not None else float("nan")
        rows.append(row)
    frame = pd.DataFrame(rows)
    frame["before"] = frame["before"].round().astype("Int64")
    derived = ["ratio", "lower", "upper", "verdict"]
    release.approve(
        RECORDS,
        frame[["offence", "offence_name", "before", "n", *derived]],
        keys=["offence", "offence_name"],
        measures=["before", "n", *derived],
        derived={"n": derived, "before": derived},
        title=t("Recorded offences, now and in the report before"),
    )


def _compared(
    code: str, months: pd.DataFrame, then: tuple[str, str], scope: Scope
) -> tuple[trends.Change | None, str]:
    """The change of an offence between the two focus periods, and the verdict or why there is none."""
    period = scope.period
    now = (period.focus[0], period.focus[-1])
    if then == now:
        return None, SAME
    if is_by_police(code):
        return None, POLICE
    kinds = [code] if code != ALL else [o for o in months["offence"] if o != ALL]
    first, last = min(then[0], now[0]), max(then[1], now[1])
    if any(recording_changed(k, scope.settings, first, last) for k in set(kinds)):
        return None, CHANGED
    if not then[1] < now[0]:
        return None, OVERLAP
    own = months.loc[months["offence"] == code, ["month", "n"]]
    if period.yearly or len(own) == 0 or own["n"].isna().any():
        return None, UNKNOWN
    ends = (
        f"{period.months[0]}-01",
        str(pd.Period(period.months[-1], "M").end_time.date()),
    )
    try:
        found = trends.change_between(trends.monthly_series(own, ends), then, now)
    except (Refused, SafelearnError):
        return None, UNKNOWN
    return found, found.verdict


def changed_indicators(scope: Scope, before: Earlier) -> None:
    """What became of each indicator since an earlier report (draft:22)."""
    measured = scope.release.results.get("indicators")
    if measured is None or before.indicators is None:
        return
    needed = {"indicator_id", "version", "value", "precision", "source", "period"}
    if not needed <= set(before.indicators):
        scope.refused["changes_in_indicators"] = Refused(
            t("The indicators of the report before this one lack some columns."),
            remedy=t("Make that diagnosis again with this version to compare with it."),
        )
        return
    found = non_regression(measured.table, before.indicators)
    if found.empty:
        return
    scope.release.approve(
        INDICATORS,
        found,
        keys=[c for c in found if c not in _NUMBERS],
        measures=list(_NUMBERS),
        derived={},
        police=False,
        title=t("Indicators, now and in the report before"),
    )
