"""A reader who has everything a city published, and a computer: an attacker that knows nothing of the library.

It opens the files of a diagnosis (CSV, workbook, map layers, pages, documents), takes every number in them for what it
says about counts of events, and asks of each hidden count, by linear programmes over all cells of the city at once
(area x kind x month x sex x age), how small and how large it can be.
"""

from __future__ import annotations

import csv
import json
import math
import re
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack
from scipy.stats import chi2

HIDDEN = "hidden to protect people"
#: Columns of numbers that a count of events does not decide.
NOT_EVENTS = {
    "population_share",
    "population",
    "year",
    "households",
    "dwellings",
    "month",
}
SEXUAL, DOMESTIC = "sexual violence, whole city", "domestic violence, whole city"


class Cells:
    """All cells of a city: which of them a row of a published table adds up."""

    def __init__(self, **axes):
        self.axes = {name: list(values) for name, values in axes.items()}
        shape = [len(v) for v in self.axes.values()]
        grid = np.indices(shape).reshape(len(shape), -1)
        self.at = {
            name: np.array(values, dtype=object)[grid[k]]
            for k, (name, values) in enumerate(self.axes.items())
        }
        self.size = grid.shape[1]

    def where(self, **wanted):
        """The cells whose labels are among those wanted."""
        found = np.ones(self.size, dtype=bool)
        for name, values in wanted.items():
            values = values if isinstance(values, (set, list, tuple)) else [values]
            found &= np.isin(self.at[name], list(values))
        return found


class Reader:
    """What is known: sums of cells with a smallest and a largest value."""

    def __init__(self, cells):
        self.cells = cells
        self.known = {}

    def learns(self, cells, low, high):
        """The sum of some cells lies between two values; several facts about one sum narrow it down."""
        key = cells.tobytes()
        before = self.known.get(key, (cells, 0.0, math.inf))
        self.known[key] = (cells, max(before[1], low), min(before[2], high))

    def same(self, one, other):
        """Two sums of cells are equal, whatever they are."""
        row = one.astype(float) - other.astype(float)
        self.known[row.tobytes()] = (row, 0.0, 0.0)

    def intervals(self, wanted):
        """For each wanted sum the smallest and largest value that all facts together allow."""
        facts = list(self.known.values())
        if not facts:
            return [(0.0, math.inf)] * len(wanted)
        rows = csr_array(np.array([f[0] for f in facts], dtype=float))
        rows = rows.reshape((len(facts), self.cells.size))
        low = np.array([f[1] for f in facts])
        high = np.array([f[2] for f in facts])
        exact = low == high
        above = np.isfinite(high) & ~exact
        upper = vstack([rows[above], -rows[~exact]]).tocsr()
        right = np.concatenate([high[above], -low[~exact]])
        found = []
        for cells in wanted:
            ends = []
            for sign in (1.0, -1.0):
                answer = linprog(
                    sign * cells.astype(float),
                    A_eq=rows[exact] if exact.any() else None,
                    b_eq=low[exact] if exact.any() else None,
                    A_ub=upper if upper.shape[0] else None,
                    b_ub=right if upper.shape[0] else None,
                    bounds=(0, None),
                    method="highs",
                )
                if answer.status == 3:
                    ends.append(math.inf)
                    continue
                assert answer.status == 0, "the published tables contradict each other"
                ends.append(sign * answer.fun)
            found.append(tuple(ends))
        return found


def number(text):
    """A number as a reader sees it, or None: 1,234.5 or 12 %."""
    text = str(text).strip().replace("−", "-").replace(" ", "")
    if not re.fullmatch(
        r"-?\d{1,3}(,\d{3})*(\.\d+)?%?|-?\d+(\.\d+)?([eE][-+]?\d+)?%?", text
    ):
        return None
    return float(text.rstrip("%").replace(",", ""))


def csv_tables(folder):
    """Every table as rows of text by column."""
    found = {}
    for path in sorted(Path(folder).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found


def workbook_tables(path):
    """The same from the workbook: the sheet's rows under the row that holds the plain names of the columns."""
    from openpyxl import load_workbook

    found = {}
    for sheet in load_workbook(path, read_only=True, data_only=True):
        rows = [
            ["" if v is None else str(v) for v in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        for k, row in enumerate(rows):
            names = [name for name in row if name]
            plain = [re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names]
            if len(names) > 1 and all(plain):
                # Under the plain names stand those for people.
                body = [dict(zip(row, line, strict=False)) for line in rows[k + 2 :]]
                found[sheet.title] = body
                break
    return found


def map_tables(path):
    """The attributes of every layer of the map, and of whatever else its file holds."""
    import sqlite3

    found = {}
    with sqlite3.connect(path) as base:
        names = [
            n
            for (n,) in base.execute(
                "select name from sqlite_master where type='table'"
            )
            if not n.startswith(("gpkg_", "rtree_", "sqlite_"))
        ]
        for name in names:
            columns = [c[1] for c in base.execute(f'pragma table_info("{name}")')]
            kept = [c for c in columns if c not in ("geom", "geometry", "fid")]
            quoted = ", ".join(f'"{c}"' for c in kept)
            found[name] = [
                {c: "" if v is None else str(v) for c, v in zip(kept, row, strict=True)}
                for row in base.execute(f'select {quoted} from "{name}"')
            ]
    return found


class Page(HTMLParser):
    """The tables of a page, its interactive maps, and every other text that a reader or a screen reader meets."""

    def __init__(self):
        super().__init__()
        self.tables, self.texts, self.maps = [], [], []
        self._row = self._cell = None
        self._skip = 0

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("alt", "aria-label", "title", "data-tip") and value:
                self.texts.append(value)
            if name == "srcdoc":
                self.maps.append(_features(value))
        if tag in ("script", "style"):
            self._skip += 1
        elif tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._cell = []

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._skip -= 1
        elif tag in ("td", "th") and self._cell is not None:
            self._row.append(" ".join("".join(self._cell).split()))
            self._cell = None
        elif tag == "tr" and self._row is not None:
            self.tables[-1].append(self._row)
            self._row = None

    def handle_data(self, data):
        if self._skip:
            return
        if self._cell is not None:
            self._cell.append(data)
        elif data.strip():
            self.texts.append(data.strip())


def _features(inner):
    """What an interactive map knows of each area: its code, the words of its card, and its colour."""
    found = []
    for hit in re.finditer(r'"id": "([^"]+)", "properties": (\{.*?\}\})', inner):
        held = json.loads(hit[2])
        colour = held.pop("style")["fillColor"]
        found.append((hit[1], list(held.values()), colour))
    return found


def page(text):
    found = Page()
    found.feed(text)
    return found


def document(path):
    """The tables of a Word document."""
    import zipfile
    from xml.etree import ElementTree

    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(path) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    return [
        [
            ["".join(t.text or "" for t in cell.iter(f"{space}t")) for cell in row.iter(f"{space}tc")]
            for row in table.iter(f"{space}tr")
        ]
        for table in body.iter(f"{space}tbl")
    ]  # fmt: skip


def betrayed_on_the_page(seen):
    """What a page shows of areas whose count is hidden: figures in their rows, on their cards, or a class of colour.

    A row or card is judged by its own words: where one of its figures is hidden, none that is made of it may stand
    there.
    """
    found = []
    for table in seen.tables:
        if not table or "Code" not in table[0][:1]:
            continue
        for row in table[1:]:
            if len(row) == len(table[0]) and HIDDEN in row:
                shown = [
                    head
                    for head, value in zip(table[0], row, strict=True)
                    if number(value) is not None and head not in ("Code", "Residents")
                ]
                found += [(row[0], head) for head in shown]
    for features in seen.maps:
        gone = {colour for _, words, colour in features if HIDDEN in words}
        told = {colour for _, words, colour in features if HIDDEN not in words}
        found += [
            ("map", colour) for colour in gone & told if len(told) > 1 and len(gone) > 1
        ]
        for code, words, _ in features:
            if HIDDEN in words and any(number(w) is not None for w in words[1:]):
                found.append(("map", code))
    return found


def betrayed_by_the_row(tables):
    """Rows with a hidden count that still show a figure made from it, as (table, row, column)."""
    found = []
    for name, rows in tables.items():
        for k, row in enumerate(rows):
            if row.get("n") != HIDDEN:
                continue
            for column, value in row.items():
                made = column not in NOT_EVENTS and not column.endswith(
                    ("_id", "_name")
                )
                made &= column not in ("offence", "parent", "sex", "age_group", "group")
                if made and column != "before" and number(value) is not None:
                    found.append((name, k, column))
    return found


def byar(n):
    """Byar's limits of a count, from the published formula (Breslow and Day 1987)."""
    z = 1.959964
    low = n * (1 - 1 / (9 * n) - z / (3 * math.sqrt(n))) ** 3 if n else 0.0
    high = (n + 1) * (1 - 1 / (9 * (n + 1)) + z / (3 * math.sqrt(n + 1))) ** 3
    return low, high


def exact_poisson(n):
    """Garwood's limits, for figures that carry these."""
    low = chi2.ppf(0.025, 2 * n) / 2 if n else 0.0
    return low, chi2.ppf(0.975, 2 * n + 2) / 2


def counts_from_figures(row, per):
    """The counts a row's rate or interval can come from, though its count is hidden."""
    people = number(row.get("population", ""))
    if not people:
        return None
    rate = number(row.get("rate", ""))
    if rate is not None:
        n = rate * people / per
        return math.floor(n), math.ceil(n)
    for column, side in (("lower", 0), ("upper", 1)):
        shown = number(row.get(column, ""))
        if shown is None:
            continue
        target = shown * people / per
        possible = [
            n
            for n in range(2000)
            if min(abs(limits(n)[side] - target) for limits in (byar, exact_poisson))
            < 0.3
        ]
        if possible:
            return possible[0], possible[-1]
    return None


def prior_of_the_others(rows, per):
    """What the smoothed rates of the shown areas tell of the hidden ones together, or None.

    A smoothed rate lies between the area's own rate and the prior's mean, the nearer to the mean the fewer people the
    area has: weight = people / (people + pull). Two unknowns, many areas. If the mean is not that of the shown areas,
    hidden counts went into it, and their sum is what is missing.
    """
    shown = [
        (number(r["n"]), number(r["population"]), number(r["rate"]), number(r["eb"]))
        for r in rows
        if r.get("n") not in (HIDDEN, "", None)
    ]
    shown = [s for s in shown if None not in s and s[1] > 0]
    hidden = [
        number(r["population"])
        for r in rows
        if r.get("n") == HIDDEN and number(r.get("population", "")) is not None
    ]
    if len(shown) < 3 or not hidden:
        return None
    n, people, rate, eb = np.array(shown).T
    if not (rate > 0).any():
        return None
    years = np.median((n / np.where(rate > 0, rate, np.nan) / people * per)[rate > 0])
    b = people * years / per
    x, y = eb, b * (eb - rate)
    if np.ptp(x) < 1e-9 * max(abs(x).max(), 1e-300):
        return None
    slope, start = np.polyfit(x, y, 1)
    if slope >= 0 or not np.allclose(
        start + slope * x, y, rtol=1e-4, atol=1e-4 * abs(y).max()
    ):
        return None
    mean = -start / slope
    if abs(mean - n.sum() / b.sum()) <= 1e-6 * mean:
        return None
    missing = mean * (b.sum() + sum(hidden) * years / per) - n.sum()
    return (
        (round(missing), round(missing))
        if abs(missing - round(missing)) < 0.05
        else None
    )
