"""What must go when the records may no longer be kept, and what may stay?

A city's folder goes in; files as received, former states, lists for review, logs and rows about single people and
events are gone afterwards, all of them or those before a day. What stays are counts by area, offence and month (in
which sexual and domestic violence has no area, and nobody has a sex or an age), tables that hold no person, the
records of imports without their files, and what was published. What raters thought of organisations, what was planned
with them, and who is tied to whom goes too; the register of their names stays. It cannot be taken back.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.city import contracts
from safelearn.city.folder import City
from safelearn.city.imports.history import FORMER, RECORDS, RETIRED, records, write_json
from safelearn.city.imports.history import change as changing
from safelearn.language import day, listing, number, t

if TYPE_CHECKING:
    import pandas as pd

#: Tables with a row a person or event, and the column that says when; a survey is known to its year.
OF_PEOPLE = {
    "incidents": "occurred_from",
    "survey": "year",
    "quotes": "collected_on",
    "feedback": "received_on",
    "ties": "observed_on",
}
#: Columns that go out of rows that stay, and the column that says when: opinions of organisations.
OPINIONS = {
    "stakeholders": (
        "assessed_on",
        ("power", "power_lowest", "power_highest", "interest", "interest_lowest", "interest_highest", "stance",
         "has_power", "has_legitimacy", "has_urgency", "conflict_of_interest", "engagement_goal", "engagement_channel",
         "engagement_owner", "engagement_due", "assessed_on"),
    ),
}  # fmt: skip
PURGED = "source/purged.json"
_KEPT = {Path(name).name for name in (RECORDS, RETIRED, PURGED)}
_WORKBOOK = "city.xlsx"


@dataclass(frozen=True)
class Purge:
    """What a purge deletes.

    Attributes
    ----------
    folder : Path
    before : date or None
        Only what is older; None for everything.
    rows : dict of str to int
        Rows by table.
    files : tuple of str
        Files by their place in the folder.
    """

    folder: Path
    before: date | None
    rows: dict[str, int]
    files: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to delete."""
        return not self.files and not any(self.rows.values())

    def sentences(self) -> list[str]:
        """What to ask, or to tell, before and after."""
        if self.empty:
            return [t("There is nothing to delete.")]
        until = t("before {day}", day=day(self.before)) if self.before else ""
        tables = [
            t("{table}: {n} rows {until}", table=name, n=number(n), until=until).strip()
            for name, n in self.rows.items()
            if n and name not in OPINIONS
        ]
        said = [t("Rows of {tables}.", tables=listing(tables))] if tables else []
        if any(self.rows.get(name) for name in OPINIONS):
            said.append(
                t(
                    "What raters thought of organisations, and what is planned with them."
                )
            )
        if self.files:
            said.append(t("Files: {files}.", files=listing(list(self.files))))
        return [
            *said,
            t(
                "Counts by area, offence and month stay, and so do the records of imports and the releases."
            ),
        ]


def planned(folder: str | Path, before: date | None = None) -> Purge:
    """What a purge would delete; nothing is changed.

    Raises
    ------
    SafelearnError
        If the folder is no city's.
    """
    city = City.open(folder)
    rows = {}
    for name, when in OF_PEOPLE.items():
        frame = city.table(name)
        if frame is not None:
            gone = _old(frame, when, before)
            # Counts of a former purge are rows of nobody.
            gone &= ~_counted(frame) if name == "incidents" else True
            rows[name] = int(gone.sum())
    for name, (when, columns) in OPINIONS.items():
        frame = city.table(name)
        if frame is not None:
            rows[name] = int(_opinions(frame, when, columns, before).sum())
    files = _files(city.folder, [name for name, n in rows.items() if n], before)
    return Purge(city.folder, before, rows, tuple(files))


def purge(folder: str | Path, before: date | None = None) -> Purge:
    """Delete what may no longer be kept (serves draft:26(f)(ii).10).

    Parameters
    ----------
    folder : path
        The city's folder.
    before : date, optional
        Delete only rows before this day, and every file as received from which such rows came; without it,
        everything about single people and events.

    Returns
    -------
    Purge
        What was deleted.

    Raises
    ------
    SafelearnError
        If another import is at work, or a file cannot be written: then the tables are as before.
    """
    plan = planned(folder, before)
    if plan.empty:
        return plan
    city = City.open(folder)
    with changing(city.folder) as staged:
        for name, n in plan.rows.items():
            if n:
                _without(city, name, before, staged)
        number_ = 1 + max((r["id"] for r in records(city.folder)), default=0)
        log = [*records(city.folder, PURGED), _entry(plan, city.folder)]
        path = staged.stage(PURGED)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, log)
        staged.commit(number_)
    for name in plan.files:
        (city.folder / name).unlink(missing_ok=True)
    # The former states hold the rows that have just been taken out.
    shutil.rmtree(city.folder / FORMER, ignore_errors=True)
    shutil.rmtree(city.folder / "review", ignore_errors=True)
    return plan


def _opinions(
    frame: pd.DataFrame, when: str, columns: Sequence[str], before: date | None
) -> pd.Series:
    """Rows that hold an opinion old enough to go."""
    held = frame[[c for c in columns if c in frame]].notna().any(axis=1)
    return held & _old(frame, when, before)


def _without(city: City, name: str, before: date | None, staged: Any) -> None:
    frame = city.table(name)
    if name in OPINIONS:
        when, columns = OPINIONS[name]
        gone = _opinions(frame, when, columns, before)
        for column in columns:
            if column in frame:
                frame[column] = frame[column].mask(gone)
        file = staged.stage(contracts.file_name(name))
        contracts.write_table(frame, file, name)
        return
    gone = _old(frame, OF_PEOPLE[name], before)
    file = contracts.file_name(name)
    if name == "incidents":
        import pandas as pd

        counts = pd.concat([frame[~gone], aggregated(frame[gone])], ignore_index=True)
        contracts.write_table(_as(counts, frame), staged.stage(file), name)
    elif gone.all():
        staged.remove(file)
    else:
        contracts.write_table(frame[~gone], staged.stage(file), name)


def aggregated(incidents: pd.DataFrame) -> pd.DataFrame:
    """Incidents as counts by area, offence and month, in the same columns; no row of it is about one person.

    Sexual and domestic violence keeps its month and offence and loses its area.

    Parameters
    ----------
    incidents : DataFrame
        Canonical incidents.

    Returns
    -------
    DataFrame
        The columns area_id, offence, offence_label, occurred_from (first of the month or year), time_precision,
        place_precision, domestic and count; an event that has several rows counts once.
    """
    from safelearn.guidelines.offences import is_sexual

    frame = _events(incidents)
    yearly = frame["time_precision"].astype("str") == "year"
    month = frame["occurred_from"].dt.to_period("M").dt.to_timestamp()
    year = frame["occurred_from"].dt.to_period("Y").dt.to_timestamp()
    offence, label = (
        frame[name].astype("str").where(frame[name].notna(), None)
        for name in ("offence", "offence_label")
    )
    domestic = frame["domestic"].astype("str") == "yes"
    sexual = offence.map(lambda code: isinstance(code, str) and is_sexual(code))
    area = frame["area_id"].astype("str").where(frame["area_id"].notna(), None)
    area = area.mask(domestic | sexual.astype(bool), None)
    cells = frame.assign(
        occurred_from=month.where(~yearly, year).astype(frame["occurred_from"].dtype),
        time_precision=yearly.map({True: "year", False: "month"}),
        offence=offence,
        offence_label=label,
        area_id=area,
        domestic=domestic.map({True: "yes", False: "unknown"}),
    )
    keys = ["occurred_from", "time_precision", "area_id", "offence", "offence_label"]
    keys.append("domestic")
    out = cells.groupby(keys, dropna=False, observed=True, as_index=False)[
        "count"
    ].sum()
    out["place_precision"] = out["area_id"].notna().map({True: "area", False: "none"})
    return out


def _events(incidents: pd.DataFrame) -> pd.DataFrame:
    """One row an event: a victim's row beside another of the same event adds nothing to its count."""
    known = incidents["incident_id"].notna()
    again = known & incidents.duplicated(["incident_id"])
    return incidents[~again]


def _as(counts: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    """The same columns and types as before."""
    out = counts.reindex(columns=like.columns)
    for column in like:
        if str(like[column].dtype) == "category":
            out[column] = out[column].astype("category")
        else:
            out[column] = out[column].astype(like[column].dtype)
    return out.sort_values("occurred_from", kind="stable", ignore_index=True)


def _counted(incidents: pd.DataFrame) -> pd.Series:
    """Rows that are counts already: no identifier, no point, nobody's age or sex, and no day."""
    return (
        incidents["incident_id"].isna()
        & incidents["longitude"].isna()
        & incidents["victim_sex"].isna()
        & incidents["victim_age"].isna()
        & incidents["time_precision"].astype("str").isin(["month", "year"])
        & incidents["occurred_to"].isna()
    )


def _old(frame: pd.DataFrame, when: str, before: date | None) -> pd.Series:
    import pandas as pd

    everything = pd.Series(True, index=frame.index)
    if before is None:
        return everything
    if when not in frame:
        return ~everything
    values = frame[when]
    if pd.api.types.is_numeric_dtype(values):
        return (values < before.year).fillna(False).astype(bool)
    return (pd.to_datetime(values) < pd.Timestamp(before)).fillna(False).astype(bool)


def _files(folder: Path, tables: Sequence[str], before: date | None) -> list[str]:
    """Files as received, former states, lists for review and logs."""
    found = [path for path in (folder / "source").glob("*") if path.is_file()]
    if before is not None:
        # A file that holds one row that must go, goes whole; its other rows stay in the table.
        held = {r["source"] for r in records(folder) if r["table"] in tables}
        held |= {r["source"] for r in records(folder, RETIRED)}
        found = [p for p in found if f"source/{p.name}" in held]
    found = [path for path in found if path.name not in _KEPT]
    found += [path for path in (folder / "review").glob("*") if path.is_file()]
    found += [path for path in folder.rglob("*.log") if path.is_file()]
    if before is None and (folder / _WORKBOOK).is_file():
        found.append(folder / _WORKBOOK)
    places = sorted({path.relative_to(folder).as_posix() for path in found})
    return places


def _entry(plan: Purge, folder: Path) -> dict[str, Any]:
    """What the folder remembers of the purge: names and checksums, no content."""
    from safelearn.city.imports.history import sha256

    return {
        "purged_on": date.today().isoformat(),
        "before": plan.before.isoformat() if plan.before else "",
        "rows": plan.rows,
        "files": {
            name: sha256(folder / name)
            for name in plan.files
            if name.startswith("source/")
        },
    }
