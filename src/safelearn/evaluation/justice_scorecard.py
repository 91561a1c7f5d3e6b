"""How do police and justice treat the people they serve? The table ``justice`` goes in, a scorecard comes out.

Serves draft:24(h), draft:26(e).1, draft:26(e).2, draft:26(e).4, draft:26(f)(ii).7 and draft:26(f)(ii).8.
Shares and rates of the last period stand beside those of the period before, by group where the city counts by group.
Most of them get no verdict: a rise of complaints can mean trust, a rise of clearance can mean that hard cases are not
recorded (the ``0*`` rule).
Whether a group is stopped or subjected to force more than others is a ratio with its interval, never a cause.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from safelearn.estimates.contrasts import Value, difference, rate_ratio
from safelearn.estimates.intervals import byar_interval, wilson_interval
from safelearn.language import mark

NEEDS = frozenset({"table:justice"})
EVERYONE, ALL = "everyone", "all"
SHARE, RATE = "share", "rate"
BETTER, WORSE, NO_CLEAR = "better", "worse", "no clear change"
NO_VERDICT, NO_EARLIER = "no verdict", "no earlier figure"


@dataclass(frozen=True)
class Line:
    """One line of the scorecard: what over what, and what may be said of its change.

    Attributes
    ----------
    name, words : str
    above, below : str
        Measures of the table; `below` is empty where it is residents.
    kind : {"share", "rate"}
        Whether what is above is part of what is below.
    per : float
    direction : {"+", "-", "0*"}
        ``0*``: neither more nor less is better without other evidence.
    caution : str
    """

    name: str
    words: str
    above: str
    below: str
    kind: str
    per: float
    direction: str
    caution: str


#: No line is judged alone; those with ``0*`` are not judged at all.
LINES = (
    Line("clearance", mark("Offences cleared"), "offences_cleared", "offences_recorded", SHARE, 1, "0*",
         mark("It rises when hard cases are not recorded.")),
    Line("stops", mark("Stops per 1,000 residents"), "stops", "", RATE, 1000, "0*",
         mark("Police decide on stops: they say where police look.")),
    Line("stops_with_result", mark("Stops that found something"), "stops_with_result", "stops", SHARE, 1, "0*",
         mark("It depends on whom police stop, and on what counts as a result.")),
    Line("force", mark("Use of force per 1,000 arrests"), "force_used", "arrests", RATE, 1000, "0*",
         mark("It rises when officers begin to write force down.")),
    Line("complaints", mark("Complaints per 1,000 officers"), "complaints", "officers", RATE, 1000, "0*",
         mark("More complaints can mean more trust that complaining helps.")),
    Line("complaints_upheld", mark("Complaints upheld"), "complaints_upheld", "complaints", SHARE, 1, "0*",
         mark("Who decides on a complaint decides on this figure.")),
    Line("unsentenced", mark("Detainees without a sentence"), "detainees_unsentenced", "detainees", SHARE, 1, "-",
         mark("A count of one day; people held for years weigh most.")),
    Line("legal_aid", mark("Legal aid given to those who asked"), "legal_aid_given", "legal_aid_asked", SHARE, 1, "+",
         mark("Those who never asked are not in it.")),
    Line("mediation", mark("Mediations that ended in an agreement"), "mediations_settled", "mediations", SHARE, 1, "0*",
         mark("An agreement is no proof that it was fair, least of all between unequals.")),
    Line("restorative", mark("Restorative programmes completed"), "restorative_completed", "restorative_started",
         SHARE, 1, "+", mark("It says nothing on what became of those who left.")),
    Line("reoffending", mark("Reoffended within two years"), "reoffended_in_2_years", "restorative_completed",
         SHARE, 1, "0*",
         mark("Only what police record, of those who completed, with nobody to compare them with: no effect.")),
)  # fmt: skip
#: Decisions of police that can fall on one group more than on others.
ENFORCEMENT = ("stops", "arrests", "force_used")


def scorecard(
    justice: pd.DataFrame, *, residents: float | None = None, least: int = 5
) -> pd.DataFrame:
    """Shares and rates of the last period and of the one before. Serves draft:24(h).

    Parameters
    ----------
    justice : DataFrame
        The table ``justice``: period, measure, area_id, offence, group, sex, value.
    residents : float, optional
        For rates over residents.
    least : int
        Lines that rest on fewer cases, or leave fewer in the rest or in everybody else, are not given.

    Returns
    -------
    DataFrame
        ``line``, ``group``, ``period``, ``n`` (cases above), ``of``, ``value``, ``lower``, ``upper``, the same with
        ``_before``, ``verdict`` and ``direction``. ``verdict`` is `BETTER`, `WORSE` or `NO_CLEAR` by the interval of
        the difference where a direction is agreed, else `NO_VERDICT`.

    Notes
    -----
    Wilson for shares, Byar for rates, differences by square-and-add (`estimates.contrasts.difference`). Figures are of
    the whole city: rows by area are left out where there are rows without.
    """
    rows = []
    for line in LINES:
        for group in _groups(justice, line.above):
            found = _line(justice, line, group, residents, least)
            if found is not None:
                rows.append(found)
    return pd.DataFrame(rows, columns=_COLUMNS)


def enforcement_equity(
    justice: pd.DataFrame, shares: Mapping[str, float], *, least: int = 5
) -> pd.DataFrame:
    """How much more often police act on a group than on everybody else. Serves draft:26(f)(ii).7, draft:26(f)(ii).8.

    Parameters
    ----------
    justice : DataFrame
        The table ``justice``, with `ENFORCEMENT` by group.
    shares : mapping of str to float
        Each group's share of the residents.
    least : int

    Returns
    -------
    DataFrame
        ``measure``, ``group``, ``period``, ``n``, ``ratio``, ``lower``, ``upper`` (a head of the group over a head of
        all others), ``found``, ``found_lower``, ``found_upper`` (stops with a result of the group over those of all
        others, a ratio; missing where not counted), ``verdict``: ``more``, ``less`` or ``no clear difference`` a head.

    Notes
    -----
    Rate ratio with its log interval (`estimates.contrasts.rate_ratio`). Residents are not those who are on the street
    when police are: a ratio asks for an explanation and is not one. Where a group is stopped more and less is found on
    them, suspicion was weaker (outcome test: Knowles, Persico and Todd 2001, Journal of Political Economy 109:203);
    equal finds do not clear anybody (Simoiu, Corbett-Davies and Goel 2017, Annals of Applied Statistics 11:1193).
    People who are stopped again and again make the interval too narrow.
    """
    rows = []
    for measure in ENFORCEMENT:
        for group in _groups(justice, measure):
            share = shares.get(group, math.nan)
            period = _periods(justice, measure, EVERYONE)[-1:]
            if group == EVERYONE or not period or not 0 < share < 1:
                continue
            own, whole = (
                _sum(justice, measure, g, period[0]) for g in (group, EVERYONE)
            )
            rest = whole - own
            if not (own >= least and rest >= least):
                continue
            ratio = rate_ratio(own, share, rest, 1 - share)
            finds = Value(math.nan, math.nan, math.nan)
            if measure == "stops":
                hit, hits = (
                    _sum(justice, "stops_with_result", g, period[0])
                    for g in (group, EVERYONE)
                )
                if hit >= least and hits - hit >= least:
                    finds = _share_ratio(hit, own, hits - hit, rest)
            rows.append(
                {
                    "measure": measure,
                    "group": group,
                    "period": period[0],
                    "n": own,
                    "ratio": ratio.value,
                    "lower": ratio.lower,
                    "upper": ratio.upper,
                    "found": finds.value,
                    "found_lower": finds.lower,
                    "found_upper": finds.upper,
                    "verdict": _side(ratio),
                }
            )
    names = ["measure", "group", "period", "n", "ratio", "lower", "upper"]
    return pd.DataFrame(
        rows, columns=[*names, "found", "found_lower", "found_upper", "verdict"]
    )


def support_coverage(services: pd.DataFrame, *, least: int = 5) -> pd.DataFrame:
    """Of the people a kind of service knows of, how many it served. Serves draft:26(e).1.

    Parameters
    ----------
    services : DataFrame
        The table ``services``: type, year, people_identified, people_served.

    Returns
    -------
    DataFrame
        ``type``, ``services``, ``people_identified``, ``people_served``, ``share``, ``lower``, ``upper``: the latest
        year of each type.

    Notes
    -----
    Wilson's interval. Who is known to two services counts twice; who is known to none is not in it, and most victims
    are not.
    """
    needed = ["people_identified", "people_served"]
    rows = (
        services.dropna(subset=needed) if set(needed) <= set(services) else services[:0]
    )
    found = []
    for kind, part in rows.groupby(rows["type"].astype(str), sort=True):
        if "year" in part and part["year"].notna().any():
            part = part[part["year"] == part["year"].max()]
        known, served = (float(part[c].sum()) for c in needed)
        if served > known or min(served, known - served) < least:
            continue
        share = wilson_interval(served, known)
        found.append(
            (kind, len(part), known, served, share.share, share.lower, share.upper)
        )
    return pd.DataFrame(
        found, columns=["type", "services", *needed, "share", "lower", "upper"]
    )


_COLUMNS = [
    "line", "group", "period", "n", "of", "value", "lower", "upper",
    "period_before", "n_before", "value_before", "lower_before", "upper_before", "verdict", "direction",
]  # fmt: skip


def _line(
    justice: pd.DataFrame, line: Line, group: str, residents: float | None, least: int
) -> dict | None:
    periods = _periods(justice, line.above, group)
    if line.below:
        held = set(_periods(justice, line.below, group))
        periods = [p for p in periods if p in held]
    elif group != EVERYONE or not residents:
        return None
    figures = []
    for period in periods[-2:]:
        above = _sum(justice, line.above, group, period)
        below = _sum(justice, line.below, group, period) if line.below else residents
        left = [below - above] if line.kind == SHARE else []
        if group != EVERYONE:
            left.append(_sum(justice, line.above, EVERYONE, period) - above)
        if not below or above < least or min(left, default=math.inf) < least:
            figures.append(None)
            continue
        if line.kind == SHARE:
            share = wilson_interval(above, below)
            value = Value(share.share, share.lower, share.upper)
        else:
            rate = byar_interval(above, below, line.per)
            value = Value(rate.rate, rate.lower, rate.upper)
        figures.append((period, above, below, value))
    if not figures or figures[-1] is None:
        return None
    period, n, of, now = figures[-1]
    out = {
        "line": line.name,
        "group": group,
        "period": period,
        "n": n,
        "of": of,
        "value": now.value,
        "lower": now.lower,
        "upper": now.upper,
        "verdict": NO_VERDICT if line.direction == "0*" else NO_EARLIER,
        "direction": line.direction,
    }
    before = figures[0] if len(figures) == 2 else None
    if before is None:
        return out
    was = before[3]
    out |= {
        "period_before": before[0],
        "n_before": before[1],
        "value_before": was.value,
        "lower_before": was.lower,
        "upper_before": was.upper,
    }
    if line.direction != "0*":
        out["verdict"] = _verdict(difference(now, was), line.direction)
    return out


def _verdict(found: Value, direction: str) -> str:
    if found.lower <= 0 <= found.upper:
        return NO_CLEAR
    return BETTER if (found.lower > 0) == (direction == "+") else WORSE


def _side(ratio: Value) -> str:
    if ratio.lower > 1:
        return "more"
    return "less" if ratio.upper < 1 else "no clear difference"


def _share_ratio(a: float, n: float, b: float, m: float) -> Value:
    """One share over another with its log interval (Katz and others 1978, Biometrics 34:469)."""
    ratio = (a / n) / (b / m)
    spread = math.exp(1.959964 * math.sqrt(1 / a - 1 / n + 1 / b - 1 / m))
    return Value(ratio, ratio / spread, ratio * spread)


def _groups(justice: pd.DataFrame, measure: str) -> list[str]:
    rows = justice[justice["measure"].astype(str) == measure]
    found = set(rows["group"].astype("object").fillna(EVERYONE).astype(str))
    return sorted(found, key=lambda g: (g != EVERYONE, g))


def _rows(justice: pd.DataFrame, measure: str, group: str) -> pd.DataFrame:
    """The rows of a measure and group that hold each case once: for both sexes and the whole city where there are."""
    rows = justice[justice["measure"].astype(str) == measure]
    rows = rows[rows["group"].astype("object").fillna(EVERYONE).astype(str) == group]
    both = rows["sex"].astype("object").fillna(ALL).astype(str) == ALL
    rows = rows[both] if both.any() else rows
    whole = rows["area_id"].isna()
    rows = rows[whole] if whole.any() else rows
    every = rows["offence"].isna()
    return rows[every] if every.any() else rows


def _periods(justice: pd.DataFrame, measure: str, group: str) -> list[str]:
    return sorted(_rows(justice, measure, group)["period"].astype(str).unique())


def _sum(justice: pd.DataFrame, measure: str, group: str, period: str) -> float:
    rows = _rows(justice, measure, group)
    rows = rows[rows["period"].astype(str) == period]
    return float(rows["value"].sum()) if len(rows) else math.nan
