"""What should a person look at? In: rows set aside, names that are no area, offences nobody classified.

Out: files in ``review/``, which are never published: `set_aside.csv` (file, line, reason, remedy), `areas.xlsx`
and `offences.xlsx`, in which a person may confirm what a name means. What is confirmed there is used by the
next import.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from safelearn.city.crosswalk import Crosswalk
from safelearn.city.history import Change
from safelearn.city.places import KnownAreas
from safelearn.language import t

SET_ASIDE = "review/set_aside.csv"
AREAS = "review/areas.xlsx"
OFFENCES = "review/offences.xlsx"
_LIKENESS = 75.0


def confirmed(folder: Path, name: str) -> dict[str, str]:
    """What a person has confirmed in a review workbook: value -> code."""
    path = folder / name
    if not path.is_file():
        return {}
    from safelearn.city.spreadsheets import read_sheets

    rows = next(iter(read_sheets(path, name=path.name).values()))
    found = {}
    for row in rows[1:]:
        if len(row) >= 6 and row[0] and row[5]:
            found[row[0]] = row[5]
    return found


def write_set_aside(
    change: Change, rows: pd.DataFrame, *, forget: Iterable[str] = ()
) -> None:
    """Add rows set aside to the list, in place of those of the files in `forget`."""
    path = change.current(SET_ASIDE)
    kept = []
    if path.is_file():
        before = pd.read_csv(
            path, dtype="str", keep_default_na=False, encoding="utf-8-sig"
        )
        kept.append(before[~before["file"].isin(list(forget))])
    kept = [k for k in (*kept, rows.astype("str")) if len(k)]
    if not kept:
        if path.is_file():
            change.remove(SET_ASIDE)
        return
    # A byte-order mark, because spreadsheets take a CSV without one for another encoding.
    pd.concat(kept, ignore_index=True).to_csv(
        change.stage(SET_ASIDE), index=False, encoding="utf-8-sig", lineterminator="\n"
    )


def write_strange_areas(
    change: Change, strange: pd.DataFrame, areas: KnownAreas
) -> None:
    """List names and codes that are no area, each with the area most like it."""
    from rapidfuzz import fuzz, process

    from safelearn.city.headers import normalise

    names = [normalise(n) for n in areas.names]
    rows = []
    for value, count, kind in strange[["value", "rows", "kind"]].itertuples(
        index=False
    ):
        # Codes are not alike as names are: 0801 and 0810 are two places.
        found = (
            process.extractOne(
                normalise(value),
                names,
                scorer=fuzz.token_sort_ratio,
                score_cutoff=_LIKENESS,
            )
            if kind == "name"
            else None
        )
        near = (areas.codes[found[2]], areas.names[found[2]]) if found else ("", "")
        rows.append((value, kind, int(count), *near))
    heads = (
        t("As published"),
        t("Kind"),
        t("Rows"),
        t("Most like: code"),
        t("Most like: name"),
        t("Confirmed: code"),
    )
    _workbook(change, AREAS, heads, rows, confirmed(change.folder, AREAS))


def write_strange_offences(
    change: Change, strange: pd.DataFrame, crosswalk: Crosswalk
) -> None:
    """List labels without an ICCS code, each with the known label most like it."""
    rows = []
    for value, count in strange[["value", "rows"]].itertuples(index=False):
        near = crosswalk.nearest(value) or ("", "")
        rows.append((value, "label", int(count), near[1], near[0]))
    heads = (
        t("As published"),
        t("Kind"),
        t("Rows"),
        t("Most like: ICCS code"),
        t("Most like: label"),
        t("Confirmed: ICCS code"),
    )
    _workbook(change, OFFENCES, heads, rows, confirmed(change.folder, OFFENCES))


def _workbook(
    change: Change,
    name: str,
    heads: tuple[str, ...],
    rows: list[tuple],
    given: Mapping[str, str],
) -> None:
    if not rows and not given:
        return
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.append(heads)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    shown = {row[0] for row in rows}
    settled = [(v, "", "", "", "") for v in given if v not in shown]
    for row in (*rows, *settled):
        sheet.append((*row, given.get(row[0], "")))
    for column, width in zip("ABCDEF", (36, 8, 8, 18, 36, 18), strict=True):
        sheet.column_dimensions[column].width = width
    for column in "ADF":
        for cell in sheet[column]:
            cell.number_format = "@"  # text, so that codes keep their zeros
    sheet.freeze_panes = "A2"
    book.save(change.stage(name))
