"""What lies beside the report: tables, workbook, map layer, indicators and the manifest.

Everything here is written from approved tables only. The same inputs give the same bytes in ``tables/``; the
manifest says which inputs, parameters and versions they were, what was refused and what was hidden.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.disclosure.approval import Approved
from safelearn.language import t
from safelearn.reports.formats.map_layer import write_map_layer
from safelearn.reports.formats.workbook import Cover, workbook
from safelearn.reports.names import offence_name
from safelearn.reports.templates import DIAGNOSIS

if TYPE_CHECKING:
    from safelearn.reports.evidence import Evidence

#: Number of significant digits in exported tables: enough for any use, few enough to be the same everywhere.
DIGITS = 10


def write(evidence: Evidence, out: str | Path = "") -> Path:
    """Write everything that lies beside the report, and say where.

    Parameters
    ----------
    evidence : Evidence
        What may be said about the city.
    out : path
        The folder; by default ``NAME-TEMPLATE`` in the current folder.
    """
    from safelearn.indicators import exchange
    from safelearn.reports.manifest import manifest, seal
    from safelearn.reports.processing import write_processing

    folder = Path(out or f"{evidence.slug}-{evidence.template}")
    folder.mkdir(parents=True, exist_ok=True)
    write_tables(evidence.tables, folder / "tables")
    (folder / "workbook.xlsx").write_bytes(workbook(evidence.tables, _cover(evidence)))
    if evidence.boundaries is not None and "rates_by_area" in evidence.tables:
        write_map_layer(
            evidence.boundaries,
            evidence.tables["rates_by_area"],
            folder / "areas.gpkg",
            name_of=offence_name,
            note=" ".join(_stamps(evidence)),
        )
    if "indicators" in evidence.tables:
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


def _stamps(evidence: Evidence) -> list[str]:
    """What every sheet and layer says of itself: that the city is invented, that the file is internal."""
    said = []
    if evidence.settings.synthetic:
        said.append(
            t("Invented city: nothing in these tables ever happened. Do not cite.")
        )
    if evidence.audience == "internal":
        said.append(
            t(
                "Internal: for {recipient}. Not for publication.",
                recipient=evidence.recipient,
            )
        )
    return said


def _cover(evidence: Evidence) -> Cover:
    """The first sheet of the workbook."""
    lines = [
        t(
            "Each sheet is one table of the report. The grey names over its headings are those of the CSV files, "
            "for programs."
        ),
        t(
            "A value that is not there was not measured. A hidden value says so; it cannot be worked out from the "
            "others."
        ),
    ]
    if evidence.period:
        lines.append(t("Period: {period}.", period=evidence.period.name("months")))
    return Cover(
        title=t("{city}: tables of the safety diagnosis", city=evidence.settings.name)
        if evidence.template == DIAGNOSIS
        else t("{city}: tables of the report", city=evidence.settings.name),
        stamp=" ".join(_stamps(evidence)),
        lines=lines,
        sources=[(i.table, i.source, i.period) for i in evidence.inventory],
    )


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
