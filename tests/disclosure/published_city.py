"""A diagnosis of a real size, read again from its published files: the year's counts by area and by month at once.

The cells of a big city are too many to look at whole. What its tables say falls into blocks that only meet in the
totals of each kind of offence, so the unknowns here are the cells by area and those by month, tied by these totals.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import numpy as np

from safelearn.city.folder import City
from safelearn.guidelines import offences


def reader():
    """The module `reader` beside this file."""
    name = "disclosure_reader"
    if name not in sys.modules:
        path = Path(__file__).with_name("reader.py")
        spec = importlib.util.spec_from_file_location(name, path)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def found(city, out, least=5, sensitive_least=10):
    """Hidden counts that a reader of all files can narrow down, in words; and how many hidden ones were tried."""
    read = reader()
    tables = read.csv_tables(out / "tables")
    focus = json.loads((out / "manifest.json").read_text("utf-8"))["period"]["focus"]
    months = {r["month"] for r in tables["counts_by_month"]}
    months = sorted(m for m in months if focus[0] <= m <= focus[1])
    true = _truth(City.open(city), months)
    places = sorted({r["area_id"] for r in tables["counts_by_area"]})
    kinds = sorted({r["offence"] for r in tables["counts_by_month"]} - {"all"})
    names = [("area", a, o) for a in places for o in kinds]
    names += [("month", m, o) for m in months for o in kinds]
    at = {name: k for k, name in enumerate(names)}
    x = np.array([true.get(name, 0) for name in names])
    city_ = _Named(at)
    known = read.Reader(city_)
    problems, wanted = _every_copy(read, tables, out), {}
    apart = {r["offence"] for r in tables["counts_by_area"]} - {"all", "other"}
    groups = {"all": kinds, "other": [k for k in kinds if k not in apart]}
    for name, row, members in _rows(tables, places, months, groups, city_):
        text = row["n"]
        if text == read.HIDDEN:
            label = (
                f"{name} {row.get('area_id', row.get('month', ''))} {row['offence']}"
            )
            sensitive = row["offence"].startswith("03")
            sensitive |= row.get("area_id") in (read.SEXUAL, read.DOMESTIC)
            wanted[label] = (members, sensitive)
            told = read.counts_from_figures(row, 100_000)
            if told is not None:
                known.learns(members, *told)
        elif read.number(text) is not None:
            n = read.number(text)
            assert n == x[members].sum(), f"{name} {row} is not {x[members].sum()}"
            known.learns(members, n, n)
    for kind in kinds:
        known.same(
            city_.where(("area", a, kind) for a in places),
            city_.where(("month", m, kind) for m in months),
        )
        if kind.startswith("03"):
            # Sexual violence stands in its own row only, as the notes of the tables say.
            rest = city_.where(("area", a, kind) for a in places if a != read.SEXUAL)
            known.learns(rest, 0, 0)
    _learn_priors(read, tables, known, city_, groups)
    labels = list(wanted)
    ranges = known.intervals([wanted[label][0] for label in labels])
    for label, (low, high) in zip(labels, ranges, strict=True):
        members, sensitive = wanted[label]
        n, limit = int(x[members].sum()), sensitive_least if sensitive else least
        wide = high > limit - 1 - 1e-6 or low < 1e-6
        if 1 <= n < limit and (low > 1 + 1e-6 or not wide):
            problems.append(f"{label}: {n} is known to be {low:.2f} to {high:.2f}")
    return problems, len(labels)


class _Named:
    """Cells by name, in the form that the reader takes."""

    def __init__(self, at):
        self.at, self.size = at, len(at)

    def where(self, names):
        found = np.zeros(self.size, dtype=bool)
        for name in names:
            if name in self.at:
                found[self.at[name]] = True
        return found


def _truth(city, months):
    """The year's counts by area and by month, worked out from the rows."""
    read = reader()
    rows = city.incidents()
    known = rows["time_precision"].astype("str") != "year"
    month = rows["occurred_from"].dt.strftime("%Y-%m")
    rows, month = rows[known & month.isin(months)], month[known & month.isin(months)]
    first = ~(rows["incident_id"].notna() & rows.duplicated("incident_id"))
    found = {}
    for code, area, domestic, n, when in zip(
        rows["offence"].astype(object)[first],
        rows["area_id"].astype(object)[first],
        rows["domestic"].astype(object)[first],
        rows["count"][first],
        month[first],
        strict=True,
    ):
        kind = offences.section(code) if isinstance(code, str) else "unclassified"
        place = area if isinstance(area, str) else ""
        if kind.startswith("03"):
            place = read.SEXUAL
        elif domestic == "yes":
            place = read.DOMESTIC
        for name in (("area", place, kind), ("month", when, kind)):
            found[name] = found.get(name, 0) + int(n)
    return found


def _rows(tables, places, months, groups, city):
    for name in ("counts_by_area", "rates_by_area", "smoothed_rates_by_area"):
        for row in tables.get(name, []):
            kinds = groups.get(row["offence"], [row["offence"]])
            yield name, row, city.where(("area", row["area_id"], k) for k in kinds)
    for name in ("counts_by_month", "trend"):
        for row in tables.get(name, []):
            if row["month"] in months:
                full = {"offence": "all"} | row
                kinds = groups["all"] if full["offence"] == "all" else [full["offence"]]
                yield name, full, city.where(("month", row["month"], k) for k in kinds)
    for row in tables.get("counts_by_offence", []):
        kinds = groups["all"] if row["offence"] == "all" else [row["offence"]]
        members = city.where(("month", m, k) for m in months for k in kinds)
        yield "counts_by_offence", row, members


def _learn_priors(read, tables, known, city, groups):
    rates = tables.get("rates_by_area", [])
    for kind in {r["offence"] for r in rates}:
        rows = [r for r in rates if r["offence"] == kind]
        told = read.prior_of_the_others(rows, 100_000)
        if told is not None:
            gone = [r["area_id"] for r in rows if r["n"] == read.HIDDEN]
            kinds = groups.get(kind, [kind])
            members = city.where(("area", a, k) for a in gone for k in kinds)
            known.learns(members, *told)


def _every_copy(read, tables, out):
    """Figures that stand beside a hidden count in any of the files."""
    books = {"csv": tables, "xlsx": read.workbook_tables(out / "workbook.xlsx")}
    if (out / "areas.gpkg").is_file():
        books["gpkg"] = read.map_tables(out / "areas.gpkg")
    found = [
        f"{book}: {name} row {k} shows {column} beside a hidden count"
        for book, held in books.items()
        for name, k, column in read.betrayed_by_the_row(held)
    ]
    for name, rows in books["xlsx"].items():
        for k, (row, same) in enumerate(zip(rows, tables.get(name, []), strict=False)):
            lost = [c for c, v in same.items() if v == read.HIDDEN]
            found += [
                f"xlsx: {name} row {k} shows {c}"
                for c in lost
                if read.number(row.get(c, "")) is not None
            ]
    page = out / "diagnosis.html"
    if page.is_file():
        seen = read.page(page.read_text("utf-8"))
        assert len(seen.tables) > 5
        found += [
            f"html: {place} {what}" for place, what in read.betrayed_on_the_page(seen)
        ]
        found += [f"html: {text}" for text in _told_in_words(read, seen.texts, tables)]
    if (out / "diagnosis.docx").is_file():
        seen = read.Page()
        seen.tables = read.document(out / "diagnosis.docx")
        found += [
            f"docx: {place} {what}" for place, what in read.betrayed_on_the_page(seen)
        ]
    return found


def _told_in_words(read, texts, tables):
    """Sentences, captions and labels that name an area and a number that no table shows for it."""
    import re

    names = {r["area_id"]: r["area_name"] for r in tables["counts_by_area"]}
    hidden = {
        (r["area_id"], r["offence"])
        for r in tables["counts_by_area"]
        if r["n"] == read.HIDDEN
    }
    lost = {a for a, _ in hidden if a and a not in (read.SEXUAL, read.DOMESTIC)}
    for text in texts:
        named = [a for a in lost if len(names[a]) > 3 and names[a] in text]
        if len(named) == 1 and re.search(r"\brecord|\boffence|\bevent", text):
            rest = text.replace(names[named[0]], "").replace(named[0], "")
            if re.search(r"\b[1-9]\b(?! of)", rest):
                yield text[:120]
