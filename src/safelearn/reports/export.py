"""What lies beside the report: tables, workbook, map layer, indicators and the manifest.

Everything here is written from approved tables only. The same inputs give the same bytes in ``tables/``; the
manifest says which inputs, parameters and versions they were, what was refused and what was hidden.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from safelearn.disclosure.approval import Approved
from safelearn.language import t

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

    from safelearn.reports.evidence import Evidence

#: Number of significant digits in exported tables: enough for any use, few enough to be the same everywhere.
DIGITS = 10
#: Time stamp of files that are made the same way each time.
_FIXED_TIME = "2000-01-01T00:00:00Z"


def write(evidence: Evidence, out: str | Path = "") -> Path:
    """Write everything that lies beside the report, and say where.

    Parameters
    ----------
    evidence : Evidence
        What may be said about the city.
    out : path
        The folder; by default ``NAME-diagnosis`` in the current folder.
    """
    from safelearn.indicators import exchange
    from safelearn.reports.manifest import manifest, seal
    from safelearn.reports.processing import write_processing

    folder = Path(out or f"{evidence.slug}-diagnosis")
    folder.mkdir(parents=True, exist_ok=True)
    write_tables(evidence.tables, folder / "tables")
    heading = [evidence.settings.name, t("Tables of the safety diagnosis.")]
    if evidence.settings.synthetic:
        heading.append(
            t("Invented city: nothing in these tables ever happened. Do not cite.")
        )
    write_workbook(evidence.tables, folder / "workbook.xlsx", heading)
    if evidence.boundaries is not None and "rates_by_area" in evidence.tables:
        write_map_layer(
            evidence.boundaries, evidence.tables["rates_by_area"], folder / "areas.gpkg"
        )
    indicators = _only_approved(evidence.tables["indicators"])
    exchange.write(indicators.frame, folder / "indicators.csv")
    parameters = {
        "language": evidence.language,
        "audience": evidence.audience,
        "year": evidence.period.focus[0][:4] if evidence.period else "",
    }
    write_processing(evidence, folder)
    write_json(manifest(evidence, parameters), folder / "manifest.json")
    seal(folder)
    return folder


def write_tables(tables: Mapping[str, Approved], folder: Path) -> None:
    """One CSV a table, under its fixed name."""
    folder.mkdir(parents=True, exist_ok=True)
    for approved in tables.values():
        frame = _only_approved(approved).csv_frame()
        frame.to_csv(
            folder / f"{approved.name}.csv",
            index=False,
            encoding="utf-8",
            lineterminator="\n",
            float_format=f"%.{DIGITS}g",
        )


def write_workbook(
    tables: Mapping[str, Approved], path: Path, heading: list[str]
) -> None:
    """All tables as sheets of one workbook, behind a sheet that says what they are."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    front = book.active
    front.title = t("About")
    for line in [*heading, ""]:
        front.append([line])
    front["A1"].font = Font(bold=True, size=14)
    front.append([t("Sheet"), t("What it holds"), t("What is hidden")])
    for cell in front[front.max_row]:
        cell.font = Font(bold=True)
    for approved in tables.values():
        front.append([approved.name[:31], approved.title, approved.threshold])
        sheet = book.create_sheet(approved.name[:31])
        frame = _only_approved(approved).csv_frame()
        sheet.append([str(c) for c in frame.columns])
        for row in frame.itertuples(index=False):
            sheet.append([_cell(v) for v in row])
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.freeze_panes = "B2"
        for i, column in enumerate(frame.columns, start=1):
            longest = max(
                [len(str(column)), *(len(str(v)) for v in frame[column].head(200))]
            )
            sheet.column_dimensions[get_column_letter(i)].width = min(44, longest + 2)
    for letter, width in (("A", 30), ("B", 60), ("C", 70)):
        front.column_dimensions[letter].width = width
    from datetime import datetime

    book.properties.creator = "safelearn"
    book.properties.created = book.properties.modified = datetime.fromisoformat(
        _FIXED_TIME[:-1]
    )
    book.save(path)


def write_map_layer(boundaries: GeoDataFrame, rates: Approved, path: Path) -> None:
    """The areas with their published rates, one layer an offence, for QGIS.

    Hidden values are empty there and their ``mark`` says so: a layer's number column cannot hold words.
    """
    import os

    frame = _only_approved(rates).frame
    # GDAL stamps the file with the time it is made, unless it is told one.
    os.environ["OGR_CURRENT_DATE"] = _FIXED_TIME
    try:
        for offence, rows in frame.groupby("offence", sort=False):
            layer = boundaries[["area_id", "geometry"]].merge(
                rows, on="area_id", how="left"
            )
            layer.to_file(
                path, layer=f"rates_{offence}", driver="GPKG", engine="pyogrio"
            )
    finally:
        del os.environ["OGR_CURRENT_DATE"]


def write_json(content: dict[str, Any], path: Path) -> None:
    """A file that programs read and people can."""
    text = json.dumps(
        content, ensure_ascii=False, indent=1, sort_keys=False, default=str
    )
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _only_approved(table: Approved) -> Approved:
    if not isinstance(table, Approved):
        raise TypeError(
            t("Only tables that disclosure control has approved are exported.")
        )
    return table


def _cell(value: Any) -> Any:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    return value.item() if hasattr(value, "item") else value
