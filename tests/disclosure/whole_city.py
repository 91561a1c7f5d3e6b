"""A small city of which every single cell is known, diagnosed and read again from its published files.

Area x kind of event x month x sex x age: at most 8 x 4 x 6 x 2 x 3 cells. `made` writes its folder, `published` its
outputs as a diagnosis leaves them, and `found` says which hidden counts a reader of all of them can narrow down.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from safelearn import language
from safelearn.city.contracts import write_table
from safelearn.city.folder import City
from safelearn.reports import chapters
from safelearn.reports.evidence import gather
from safelearn.reports.export import write

MONTHS = [f"2024-{m:02d}" for m in range(1, 7)]
AGES = {"0-14": 9, "15-24": 20, "35-44": 40, "unknown": None}
SEXES = ("female", "male", "unknown")
#: Kind of event: its offence, its section in the report, and whether it is domestic.
KINDS = {
    "homicide": ("0101", "0101", "no"),
    "assault": ("02011", "0201", "no"),
    "at home": ("02011", "0201", "yes"),
    "sexual": ("0301", "0301", "no"),
    "robbery": ("0401", "0401", "no"),
    "burglary": ("05012", "0501", "no"),
    "theft": ("0502", "0502", "no"),
    "drugs": ("0601", "0601", "no"),
}
SECTIONS = {kind: section for kind, (_, section, _) in KINDS.items()}


def reader():
    """The module `reader` beside this file."""
    name = "disclosure_reader"
    if name not in sys.modules:
        path = Path(__file__).with_name("reader.py")
        spec = importlib.util.spec_from_file_location(name, path)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


def drawn(seed):
    """Axes and true counts of a random city, from nearly empty to busy."""
    rng = np.random.default_rng(seed)
    areas = ["", *[f"{k:02d}" for k in range(1, int(rng.integers(3, 9)))]]
    kinds = list(rng.choice(list(KINDS), int(rng.integers(2, 5)), replace=False))
    months = MONTHS[: int(rng.integers(3, 7))]
    if "at home" in kinds and "assault" not in kinds:
        # A reader does not know that there is no other violence of this kind.
        kinds[(list(kinds).index("at home") + 1) % len(kinds)] = "assault"
    sexes = list(rng.choice(SEXES, 2, replace=False))
    ages = list(rng.choice(list(AGES), 3, replace=False))
    cells = reader().Cells(area=areas, kind=kinds, month=months, sex=sexes, age=ages)
    size = {a: rng.gamma(1.0, 1.0) for a in areas}
    often = {k: rng.gamma(0.8, 1.0) for k in kinds}
    mean = np.array([size[a] for a in cells.at["area"]])
    mean *= np.array([often[k] for k in cells.at["kind"]])
    mean *= 10 ** rng.uniform(-1.2, 1.2) / max(mean.mean(), 1e-9)
    x = rng.poisson(
        np.minimum(mean, 200) * (rng.random(cells.size) < rng.uniform(0.4, 1))
    )
    people = {a: int(rng.integers(200, 20_000)) for a in areas if a}
    return cells, x, people


def made(folder, cells, x, people):
    """The city's folder: rows with these counts as weights."""
    folder.mkdir(parents=True)
    text = 'format = 1\nname = "Small"\ntimezone = "America/Lima"\nsynthetic = true\n'
    (folder / "city.toml").write_text(text, encoding="utf-8")
    areas = [a for a in cells.axes["area"] if a]
    pd.DataFrame(
        {
            "area_id": areas,
            "area_name": [f"Area {a}" for a in areas],
            "parent": ["North" if k % 2 else "South" for k in range(len(areas))],
        }
    ).to_csv(folder / "areas.csv", index=False)
    squares = [
        {
            "type": "Feature",
            "properties": {"area_id": a},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[k / 100, 0], [(k + 1) / 100, 0], [(k + 1) / 100, 0.01],
                                 [k / 100, 0.01], [k / 100, 0]]],
            },
        }
        for k, a in enumerate(areas)
    ]  # fmt: skip
    text = json.dumps({"type": "FeatureCollection", "features": squares})
    (folder / "areas.geojson").write_text(text, encoding="utf-8")
    rows = [
        (a, sex, group, people[a] // 4, 2024)
        for a, sex, group in product(areas, ("female", "male"), ("0-14", "15-64"))
    ]
    columns = ["area_id", "sex", "age_group", "population", "year"]
    pd.DataFrame(rows, columns=columns).to_csv(folder / "population.csv", index=False)
    at = np.flatnonzero(x)
    place = np.array([areas.index(a) if a else np.nan for a in cells.at["area"][at]])
    rng = np.random.default_rng(len(at))
    kinds = [KINDS[k] for k in cells.at["kind"][at]]
    frame = pd.DataFrame(
        {
            "occurred_from": pd.to_datetime([f"{m}-01" for m in cells.at["month"][at]]),
            "time_precision": "month",
            "area_id": [a or None for a in cells.at["area"][at]],
            "longitude": (place + rng.uniform(0.1, 0.9, len(at))) / 100,
            "latitude": np.where(
                np.isnan(place), np.nan, rng.uniform(0.001, 0.009, len(at))
            ),
            "place_precision": ["exact" if a else "none" for a in cells.at["area"][at]],
            "offence": [k[0] for k in kinds],
            "offence_label": [k[0] for k in kinds],
            "victim_sex": [None if s == "unknown" else s for s in cells.at["sex"][at]],
            "victim_age": [AGES[g] for g in cells.at["age"][at]],
            "domestic": [k[2] for k in kinds],
            "count": x[at],
        }
    )
    from safelearn.city import contracts

    empty = contracts.empty("incidents")
    frame = frame.reindex(columns=empty.columns)
    for column in empty:
        frame[column] = frame[column].astype(
            "category"
            if str(empty[column].dtype) == "category"
            else empty[column].dtype
        )
    write_table(frame, folder / contracts.file_name("incidents"), "incidents")
    write_table(_survey(areas, rng), folder / contracts.file_name("survey"), "survey")
    return City.open(folder)


def _survey(areas, rng):
    """Answers of residents, so that recorded offences stand beside estimated ones."""
    from safelearn.resources import bundled_city

    frame = City.open(bundled_city("puerto-sereno")).table("survey").head(600).copy()
    frame["year"], frame["area_id"] = 2024, rng.choice(areas, len(frame))
    for harm in ("assault", "robbery", "burglary", "sexual_violence"):
        yes = rng.random(len(frame)) < 0.5
        for column, one, other in (
            (harm, "last_12_months", "never"),
            (f"{harm}_told", "police", None),
        ):
            values = np.where(yes, one, other)
            frame[column] = pd.Series(values, index=frame.index).astype("category")
    return frame


def published(folder, out, *, pages=False):
    """Everything that a diagnosis of the city lets out, as files; the page too where it is asked for."""
    with language.use("en"):
        evidence = gather(folder)
        write(evidence, out)
        if pages:
            shown = [chapters.summary, chapters.offences, chapters.where, chapters.who]
            text = "".join(str(chapter(evidence)) for chapter in shown)
            (out / "diagnosis.html").write_text(text, encoding="utf-8")
    return out


def found(cells, x, people, out, least=5, sensitive_least=10):
    """Hidden counts that a reader of all files can narrow down, in words; and how many hidden ones were tried."""
    read = reader()
    csv = read.csv_tables(out / "tables")
    known = read.Reader(cells)
    wanted, problems = {}, []
    # A report leaves outermost months out that the records do not cover whole.
    covered = cells.where(month={r["month"] for r in csv.get("counts_by_month", [])})
    books = [csv, read.workbook_tables(out / "workbook.xlsx")]
    if (out / "areas.gpkg").is_file():
        books.append(read.map_tables(out / "areas.gpkg"))
    for tables in books:
        for name, k, column in read.betrayed_by_the_row(tables):
            problems.append(f"{name} row {k} shows {column} beside a hidden count")
    for name, sums in _sums(csv, cells):
        for row, members in sums:
            _learn(known, wanted, name, row, members & covered, x)
    for rows in _by_offence(csv.get("smoothed_rates_by_area", []), people):
        told = read.prior_of_the_others(rows, 100_000)
        if told is not None:
            gone = {r["area_id"] for r in rows if r["n"] == read.HIDDEN}
            members = _area_cells(cells, gone, rows[0]["offence"], csv)
            known.learns(members & covered, *told)
    _floors(known, wanted, csv, cells)
    names = list(wanted)
    ranges = known.intervals([wanted[n][0] for n in names])
    for name, (low, high) in zip(names, ranges, strict=True):
        members, sensitive = wanted[name]
        true = int(x[members].sum())
        limit = sensitive_least if sensitive else least
        small = 1 <= true < limit
        # What is hidden for its small parts may be shown elsewhere under another name, or be a sum of what is.
        _, least_known, most_known = known.known.get(members.tobytes(), (None, 0, 1))
        elsewhere = least_known == most_known or name.startswith(GAPS)
        exact = high - low < 1e-6 and true > 0 and not elsewhere
        # Of a count that may be nobody at all, nothing is known that a zero does not say as well.
        wide = high > limit - 1 - 1e-6 or low < 1e-6
        if (small and (low > 1 + 1e-6 or not wide)) or exact:
            problems.append(f"{name}: {true} is known to be {low:.2f} to {high:.2f}")
    return problems, len(names)


def _learn(known, wanted, name, row, members, x):
    read = reader()
    text = row["n"]
    label = f"{name} {[v for k, v in row.items() if k in KEYS]}"
    if text == read.HIDDEN:
        sensitive = row.get("offence", "").startswith("03") or row.get("area_id") in (
            read.SEXUAL,
            read.DOMESTIC,
        )
        sensitive |= "sensitive" in row or row.get("age_group", "") == "0-14"
        wanted[label] = (members, sensitive)
        told = read.counts_from_figures(row, 100_000)
        if told is not None:
            known.learns(members, *told)
        return
    n = read.number(text)
    if n is not None:
        assert n == x[members].sum(), f"{label} shows {n}"
        known.learns(members, n, n)


#: Tables of what is not known of the records.
GAPS = ("gaps", "sex_unknown", "age_unknown")
KEYS = ("area_id", "offence", "month", "sex", "age_group", "parent", "sensitive")


def _sums(csv, cells):
    """Which cells each row of each table of counts adds up."""
    yield (
        "by area",
        [
            (r, _area_cells(cells, {r["area_id"]}, r["offence"], csv))
            for r in csv.get("counts_by_area", [])
        ],
    )
    for name in ("rates_by_area", "smoothed_rates_by_area"):
        yield (
            name,
            [
                (r, _area_cells(cells, {r["area_id"]}, r["offence"], csv))
                for r in csv.get(name, [])
            ],
        )
    yield (
        "by month",
        [
            (r, cells.where(month=r["month"], kind=_kinds(cells, r["offence"])))
            for r in csv.get("counts_by_month", [])
        ],
    )
    yield "trend", [(r, cells.where(month=r["month"])) for r in csv.get("trend", [])]
    yield (
        "by offence",
        [
            (r, cells.where(kind=_kinds(cells, r["offence"])))
            for r in csv.get("counts_by_offence", [])
        ],
    )
    yield (
        "victims",
        [
            (r, cells.where(sex=r["sex"], age=r["age_group"]))
            for r in csv.get("victims_by_sex_and_age", [])
        ],
    )
    districts = {
        "": [""],
        "North": [a for k, a in enumerate(cells.axes["area"][1:]) if k % 2],
        "South": [a for k, a in enumerate(cells.axes["area"][1:]) if not k % 2],
    }
    yield (
        "districts",
        [
            (
                r,
                cells.where(
                    area=districts[r["parent"]], kind=_sensitive(cells, r["sensitive"])
                ),
            )
            for r in csv.get("sensitive_by_district", [])
        ],
    )
    yield (
        "gaps",
        [
            (
                r | {"n": r["no_coordinates"]},
                cells.where(area="", kind=_kinds(cells, r["offence"])),
            )
            for r in csv.get("missingness_by_offence", [])
        ],
    )
    for gap, hole in (
        ("sex_unknown", {"sex": "unknown"}),
        ("age_unknown", {"age": "unknown"}),
    ):
        yield (
            gap,
            [
                (
                    r | {"n": r[gap]},
                    cells.where(kind=_kinds(cells, r["offence"]), **hole),
                )
                for r in csv.get("missingness_by_offence", [])
            ],
        )
    yield (
        "recorded beside estimated",
        [
            (
                {"offence": f"{r['harm']} {r['group']}", "n": r["recorded"] or "none"},
                _recorded(cells, r["harm"], r["group"]),
            )
            for r in csv.get("recorded_and_estimated", [])
            if read_number(r["recorded"]) is not None
        ],
    )
    yield (
        "indicators",
        [
            (
                {"offence": r["indicator_id"], "n": str(float(r["n"]))},
                cells.where(kind=_of_indicator(cells, r["indicator_id"])),
            )
            for r in csv.get("indicators", [])
            if r["source"] == "incidents"
            and r["n"]
            and _of_indicator(cells, r["indicator_id"])
        ],
    )


def read_number(text):
    return reader().number(text)


def _recorded(cells, harm, group):
    """What the police recorded of a harm: against adults, or against homes."""
    code = {"assault": "02011", "robbery": "0401", "sexual_violence": "0301"}
    code |= {"burglary": "05012", "assault_or_threat": "0201", "threat": "02012"}
    kinds = [k for k in cells.axes["kind"] if KINDS[k][0].startswith(code[harm])]
    if harm == "burglary":
        return cells.where(kind=kinds)
    grown = [a for a in cells.axes["age"] if a != "0-14"]
    sexes = [group] if group in ("female", "male") else cells.axes["sex"]
    return cells.where(kind=kinds, age=grown, sex=sexes)


def _of_indicator(cells, name):
    begins = {
        "intentional_homicide_rate": ("0101",),
        "robbery_rate": ("0401",),
        "property_crime_rate": ("05",),
        "residential_burglary_rate": ("05012",),
    }.get(name)
    if begins is None:
        return []
    return [k for k in cells.axes["kind"] if KINDS[k][0].startswith(begins)]


def _kinds(cells, offence):
    return [k for k in cells.axes["kind"] if offence == "all" or SECTIONS[k] == offence]


def _sensitive(cells, word):
    return [
        k
        for k in cells.axes["kind"]
        if (word == "sexual") == (k == "sexual")
        and (word == "sexual" or k == "at home")
    ]


def _area_cells(cells, places, offence, csv):
    """Cells of a row by area: ordinary events of the place, or sensitive ones of the whole city."""
    read = reader()
    shown = {r["offence"] for r in csv.get("counts_by_area", [])} - {"all", "other"}
    kinds = _kinds(cells, offence)
    if offence == "other":
        kinds = [k for k in cells.axes["kind"] if SECTIONS[k] not in shown]
    special = {read.SEXUAL: "sexual", read.DOMESTIC: "domestic"}
    members = np.zeros(cells.size, dtype=bool)
    for place in places:
        if place in special:
            chosen = set(kinds) & set(_sensitive(cells, special[place]))
            members |= cells.where(kind=chosen)
        else:
            chosen = set(kinds) - {"sexual", "at home"}
            members |= cells.where(area=place, kind=chosen)
    return members


def _by_offence(rows, people):
    found = {}
    for row in rows:
        full = dict(row)
        if row["area_id"] in people:
            full.setdefault("population", str(people[row["area_id"]] // 4 * 4))
            found.setdefault(row["offence"], []).append(full)
    return list(found.values())


def _floors(known, wanted, csv, cells):
    """A hidden count is at least one, unless it stands in a line of which no count above zero is shown."""
    read = reader()
    for name, keys in (("counts_by_area", ("area_id", "offence")),
                       ("counts_by_month", ("month", "offence"))):  # fmt: skip
        rows = csv.get(name, [])
        talking = {
            (key, r[key])
            for r in rows
            for key in keys
            if (read.number(r["n"]) or 0) > 0 and "all" not in (r[keys[0]], r[keys[1]])
        }
        title = {"counts_by_area": "by area", "counts_by_month": "by month"}[name]
        for row in rows:
            if row["n"] != read.HIDDEN or "all" in (row[keys[0]], row[keys[1]]):
                continue
            if all((key, row[key]) in talking for key in keys):
                label = f"{title} {[v for k, v in row.items() if k in KEYS]}"
                known.learns(wanted[label][0], 1, np.inf)
