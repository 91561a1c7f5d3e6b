"""What residents ask for and who is answered, released (draft:25(d).3). The words of a demand never leave."""

from __future__ import annotations

import pandas as pd

from safelearn.language import t
from safelearn.reports import priority_findings
from safelearn.reports.measuring.priorities import IDENTITY
from safelearn.reports.measuring.scope import Scope
from safelearn.strategy.demands import demands_by

#: Asked for by few, and about what happens at home: for the whole city only.
NOT_BY_AREA = "domestic_violence"
#: Topics put together, because a district's topics one by one are too few people to show.
THEMES = {
    **dict.fromkeys(
        (
            "violence",
            "harassment",
            "robbery",
            "theft",
            "burglary",
            "drugs",
            "gangs",
            "disorder",
        ),
        "harm",
    ),
    **dict.fromkeys(("lighting", "public_space"), "places"),
    **dict.fromkeys(("transport", "traffic"), "journeys"),
    **dict.fromkeys(("services", "youth_opportunities", "housing"), "services"),
    "policing": "policing",
    "other": "other",
}
MEASURES = [
    "n",
    "supporters",
    "answered",
    "answered_share",
    "lower",
    "upper",
    "median_days",
]


def demands(scope: Scope) -> None:
    """Measure, and let out what may be shown."""
    register = scope.table("demands")
    if register is None or register.empty:
        return
    register = register[register["topic"].notna()]
    register = register.assign(group=_pooled(register["group"], scope))
    for by, title in (
        ("topic", t("Demands by topic")),
        ("channel", t("Demands by the way they came in")),
        ("group", t("Demands by who asks")),
        ("factor", t("Demands that name a risk, and demands that name what protects")),
    ):
        _one_way(scope, register, by, title)
    _by_district(scope, register)
    _heard(scope, register)
    every = demands_by(register.assign(all="all"), ["all"]).iloc[0]
    scope.release.results["demands"] = {
        "n": int(every["n"]),
        "answered_share": float(every["answered_share"]),
        "lower": float(every["lower"]),
        "upper": float(every["upper"]),
        "median_days": float(every["median_days"]),
        "first": f"{register['received_on'].min():%Y-%m-%d}",
        "last": f"{register['received_on'].max():%Y-%m-%d}",
    }
    scope.release.sentences["demands"] = priority_findings.answered(
        float(every["answered_share"]), float(every["median_days"])
    )


def _pooled(group: pd.Series, scope: Scope) -> pd.Series:
    """Groups that carry an identity stand under "other" where few of them asked."""
    group = group.astype("str")
    n = group.map(group.value_counts())
    few = group.isin(IDENTITY) & (n < scope.settings.disclosure.sensitive_threshold)
    return group.mask(few, "other")


def _one_way(scope: Scope, register: pd.DataFrame, by: str, title: str) -> None:
    """Demands by one column, small counts hidden with what would give them away."""
    found = demands_by(register, [by])
    found = found[found[by] != ""] if by == "factor" else found
    # The counts behind each other are settled in one table, whose total is shown.
    safe = scope.release.protect(found[[by, "n"]]).cells
    found = found.drop(columns="n").merge(safe[[by, "n"]], on=by)
    found["supporters"] = found["supporters"].astype("Int64")
    scope.release.approve(
        f"demands_by_{by}",
        found[[by, *MEASURES]],
        keys=[by],
        measures=MEASURES,
        title=title,
        police=False,
    )


def _by_district(scope: Scope, register: pd.DataFrame) -> None:
    """Themes by district; the topics' totals were settled before, so the parts of a theme protect each other."""
    areas = scope.areas
    if areas["parent"].isna().all():
        return
    ids = areas["area_id"].astype(str)
    parent = dict(zip(ids, areas["parent"].astype("str"), strict=True))
    rows = register[register["topic"] != NOT_BY_AREA]
    theme = rows["topic"].astype(str).map(THEMES)
    home = rows["area_id"].astype("str").map(parent).fillna("")
    counted = pd.crosstab(theme.rename("theme"), home.rename("parent"))
    counted = counted.stack().rename("n").reset_index()
    totals = scope.release.tables["demands_by_topic"].frame[["topic", "n"]]
    totals = totals[totals["topic"] != NOT_BY_AREA]
    by_theme = totals.groupby(totals["topic"].map(THEMES).rename("theme"))["n"]
    settled = by_theme.agg(lambda n: n.sum(skipna=False)).reset_index()
    safe = scope.release.protect_parts(counted, settled, "theme")
    scope.release.approve(
        "demands_by_district",
        safe[["parent", "theme", "n"]].sort_values(["parent", "theme"]),
        keys=["parent", "theme"],
        measures=["n"],
        title=t("Demands by district and theme"),
        police=False,
    )


def _heard(scope: Scope, register: pd.DataFrame) -> None:
    """Every lowest unit, and whether anything was asked for there: silence is not content (draft:16.1)."""
    n = register["area_id"].astype("str").value_counts()
    table = scope.areas[["area_id", "area_name", "settlement"]].copy()
    asked = table["area_id"].astype(str).map(n).fillna(0)
    table["demands"] = ["some" if k else "none on record" for k in asked]
    table["settlement"] = table["settlement"].astype("str").fillna("unknown")
    scope.release.approve(
        "areas_heard",
        table.sort_values("area_id"),
        keys=["area_id", "area_name"],
        measures=["settlement", "demands"],
        derived={},
        title=t("Areas from which demands are on record"),
        police=False,
    )
    scope.release.results["silent_areas"] = int((asked == 0).sum())
