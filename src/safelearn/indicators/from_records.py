"""What do the records of police say: rates and shares of the catalogue, from numbers that were released.

Released counts and the residents behind them go in; figures with Byar's or Wilson's intervals come out. A count that
disclosure control has hidden gives no indicator, nor does a sum with a hidden part. What depends on victims reporting
(direction ``0*``) is a number here and never a verdict: see `change`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from safelearn.diagnosis.repeat_victimisation import repeat_at_places
from safelearn.estimates.intervals import byar_interval
from safelearn.indicators.figures import (
    HIDDEN,
    INTERVAL,
    NONE_FOUND,
    NOT_IN_RECORDS,
    REFUSED,
    Figure,
    missing,
)

if TYPE_CHECKING:
    from safelearn.city.cube import CountCube
    from safelearn.disclosure.approval import Approved

NEEDS = frozenset({"time:month"})
SOURCE = "incidents"
#: Indicator of the catalogue -> beginnings of the ICCS codes whose recorded rate it is. ISO 37120 counts property
#: crime without force (its list has not been verified): section 05 of the classification, without robbery.
RATES = {
    "intentional_homicide_rate": ("0101",),
    "robbery_rate": ("0401",),
    "serious_assault_rate": ("020111",),
    "property_crime_rate": ("05",),
}
BURGLARY = "05012"
#: Classes below those of the report's table of offences.
DETAIL = ("020111", BURGLARY)
#: What counts as a violent offence: killing, assault, sexual violence and robbery.
VIOLENT = ("0101", "0102", "02011", "03", "0401")
#: Fewest burglaries with a place key, as a share, for repeats to be counted.
KEYED = 0.8


def record_figures(
    tables: Mapping[str, Approved],
    *,
    period: str,
    years: float,
    periods: int = 1,
    residents: float | None = None,
    women: float | None = None,
    dwellings: float | None = None,
    incidents: pd.DataFrame | None = None,
    cube: CountCube | None = None,
    months: tuple[str, ...] = (),
    least: int = 5,
    sensitive_least: int = 10,
    results: Mapping[str, Any] | None = None,
) -> list[Figure]:
    """Every indicator that records can give.

    Parameters
    ----------
    tables : mapping of str to Approved
        The report's tables; ``counts_by_offence`` is used, and ``rates_by_area`` for what is split by area.
    period : str
        What the counts are of.
    years : float
        Its length.
    periods : int
        Complete years in the records.
    residents, women, dwellings : float, optional
        What the rates are of; without one its rates are refused.
    incidents : DataFrame, optional
        The rows of the period, for repeats at one address.
    cube : CountCube, optional
        With `months`, for victims by sex.
    months : tuple of str
        The period's months.
    least, sensitive_least : int
        Smallest counts shown.
    results : mapping, optional
        Results computed from released numbers: concentration, near repeat.
    """
    offences = tables.get("counts_by_offence")
    if offences is None:
        return []
    counts = offences.frame.set_index("offence")["n"]
    common = {"period": period, "source": SOURCE, "periods": periods}
    counts = _with_detail(counts, cube, months, least)
    areas = tables.get("rates_by_area")
    by_area = set() if areas is None else set(areas.frame["offence"])
    found = []
    for name, codes in RATES.items():
        split = any(code.startswith(codes) for code in by_area)
        more = common | {"split": split}
        found.append(_rate(name, counts, codes, residents, years, 100_000, **more))
    dwelt = _rate(
        "residential_burglary_rate",
        counts,
        (BURGLARY,),
        dwellings,
        years,
        1000,
        **common,
    )
    found.append(dwelt if dwellings else _lacks(dwelt, "population.dwellings"))
    found.append(_repeats(incidents, counts, least, common))
    found.append(
        _against_women(cube, months, counts, women, years, sensitive_least, common)
    )
    found += _results(results or {}, counts, common)
    found += _near_repeats(tables.get("near_repeat_reach"), periods)
    return [f.checked(least) for f in found]


def _with_detail(
    counts: pd.Series, cube: CountCube | None, months: tuple[str, ...], least: int
) -> pd.Series:
    """The released counts, and those of two finer classes that the catalogue asks for.

    A finer count is given only where its parent is shown and the rest of the parent is 0 or no small count: then it
    tells nothing that the parent hides.
    """
    if cube is None:
        return counts
    more = {}
    for code in DETAIL:
        parent = next((c for c in counts.index if code.startswith(str(c))), None)
        kinds = [o for o in cube.axes["offence"] if o.startswith(code)]
        if parent is None or parent == code or not kinds or pd.isna(counts[parent]):
            continue
        n = int(cube.by(offence=kinds, month=list(months))["n"].sum())
        rest = int(counts[parent]) - n
        shown = all(part == 0 or part >= least for part in (n, rest))
        more[code] = n if shown else pd.NA
    return pd.concat([counts, pd.Series(more, dtype="Int64")]) if more else counts


def codes_of(counts: pd.Series, codes: tuple[str, ...]) -> list[str]:
    """The released offences that belong to these classes, none of them inside another."""
    found = [str(c) for c in counts.index if str(c).startswith(codes)]
    return [c for c in found if not any(c != o and c.startswith(o) for o in found)]


def _rate(
    name: str,
    counts: pd.Series,
    codes: tuple[str, ...],
    base: float | None,
    years: float,
    per: int,
    **common: Any,
) -> Figure:
    parts = codes_of(counts, codes)
    if not parts:
        return missing(name, NOT_IN_RECORDS, ", ".join(codes))
    n = counts[parts]
    if n.isna().any():
        return missing(name, HIDDEN)
    if not base:
        return missing(name, REFUSED, "population")
    events = float(n.sum())
    found = byar_interval(events, base * years, per)
    return Figure(
        name,
        found.rate,
        found.lower,
        found.upper,
        n=events,
        precision=INTERVAL,
        **common,
    )


def _lacks(figure: Figure, needs: str) -> Figure:
    return figure.without(REFUSED, needs) if figure.status == REFUSED else figure


def _repeats(
    incidents: pd.DataFrame | None, counts: pd.Series, least: int, common: dict
) -> Figure:
    """Share of residential burglaries that followed another at the same address within the period."""
    name = "repeat_burglary_share"
    if incidents is None or "place_key" not in incidents:
        return missing(name, REFUSED, "incidents.place_key")
    codes = incidents["offence"].astype("object").fillna("")
    here = incidents[codes.str.startswith(BURGLARY)]
    total = int(here["count"].sum())
    keyed = here[here["place_key"].notna()]
    known = int(keyed["count"].sum())
    if total == 0:
        return missing(name, NOT_IN_RECORDS, BURGLARY)
    if known < KEYED * total:
        return missing(name, REFUSED, "incidents.place_key")
    if counts[codes_of(counts, (BURGLARY,))].isna().any() or 0 < total - known < least:
        return missing(name, HIDDEN)
    found = repeat_at_places(keyed)
    repeated = found.events - found.targets
    if 0 < repeated < least or 0 < found.targets < least:
        return missing(name, HIDDEN)
    share = found.following
    return Figure(
        name,
        100 * float(share.share),
        100 * float(share.lower),
        100 * float(share.upper),
        n=found.events,
        precision=INTERVAL,
        **common,
    )


def _against_women(
    cube: CountCube | None,
    months: tuple[str, ...],
    counts: pd.Series,
    women: float | None,
    years: float,
    least: int,
    common: dict,
) -> Figure:
    """Recorded violent offences with a female victim per 100,000 women.

    Given only where every violent offence is shown for all victims together, so that the women among them tell nothing
    of a hidden kind.
    """
    name = "violence_against_women_rate"
    if cube is None:
        return missing(name, REFUSED, "incidents.victim_sex")
    kinds = [o for o in cube.axes["offence"] if o.startswith(VIOLENT)]
    here = cube.by("sex", offence=kinds, month=list(months)) if kinds else None
    if here is None or here["n"].sum() == 0:
        return missing(name, NOT_IN_RECORDS, ", ".join(VIOLENT))
    by_sex = here.set_index("sex")["n"]
    if by_sex.get("female", 0) == 0:
        return missing(name, REFUSED, "incidents.victim_sex")
    if counts[codes_of(counts, VIOLENT)].isna().any():
        return missing(name, HIDDEN)
    events = float(by_sex["female"])
    if events < least or 0 < by_sex.sum() - events < least:
        return missing(name, HIDDEN)
    if not women:
        return missing(name, REFUSED, "population.sex")
    found = byar_interval(events, women * years, 100_000)
    return Figure(
        name,
        found.rate,
        found.lower,
        found.upper,
        n=events,
        precision=INTERVAL,
        **common,
    )


def _results(
    results: Mapping[str, Any], counts: pd.Series, common: dict
) -> list[Figure]:
    """Indices that other parts of the report have computed from released numbers."""
    found = []
    concentrated = results.get("concentration")
    if concentrated is None:
        found.append(missing("crime_concentration", REFUSED, "incidents.area_id"))
    else:
        whole = counts.get("all")
        found.append(
            Figure(
                "crime_concentration",
                concentrated.generalised,
                n=float(whole) if pd.notna(whole) else float(counts.dropna().max()),
                **common,
            )
        )
    return found


def _near_repeats(table: Approved | None, periods: int) -> list[Figure]:
    """Pairs of burglaries near each other in space and time, over those expected by chance; all years together."""
    name = "near_repeat_ratio"
    if table is None:
        return []
    rows = table.frame
    rows = rows[rows["offence"].astype("str").str.startswith(BURGLARY)]
    rows = rows[rows["ratio"].notna()]
    if rows.empty:
        return [missing(name, NONE_FOUND)]
    row = rows.iloc[0]
    return [
        Figure(
            name,
            row["ratio"],
            row["lower"],
            row["upper"],
            n=float(row["events"]),
            source=SOURCE,
            precision=INTERVAL,
            periods=periods,
        )
    ]
