"""Files that something happened to: each is read with every row accounted for, or refused in a clear sentence.

A dozen sound files, of every kind that a city sends, are spoilt in the ways that files are spoilt: cut short, saved
in another encoding, opened and saved by another program, edited by hand, damaged on the way. What import makes of
each is held against what is known of it: rows read = rows used + rows set aside = rows in the file where they can
be counted, the table on disk holds the rows that are said to be in it, a refusal names a remedy and leaves the
city as it was, and nothing but a refusal is ever raised.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import random
import shutil
import tempfile
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CELLS = (
    "", " ", "NULL", "(null)", "NA", "N/A", "nan", "-", "--", "?", "0", "-1", "999", "1e309", "１２", "12,5",
    "1.234,5", "1'234", "31/02/2024", "00/00/0000", "2024-13-45", "24:00", "25:61", "9999-12-31",
    "0001-01-01", "45291", "45291.5", "1706745600000", "=1+1", "#REF!", "#N/A", "TRUE", "Ñandú", "Ã±andÃº",
    "日本語", "\u202eabc", "🙂", "a" * 5000, '"', "'", "line\nbreak", "tab\there", "\u00a0", "\ufeffx", "\x0b",
    "POINT (1 2)", "S 12° 5' 3\"", "<script>", "Total", "Fuente: x",
)  # fmt: skip


@dataclass(frozen=True)
class File:
    """A file to be brought in: what it is called, what is in it, and its records where they can be counted."""

    name: str
    content: bytes
    rows: int | None
    how: str


def prove(size: int, progress: Callable[[int, int], None]) -> dict[str, Any]:
    """Bring `size` spoilt files into a city."""
    warnings.simplefilter("ignore")
    failed: list[str] = []
    tried: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        city = _city(Path(folder) / "city")
        for seed in range(size):
            progress(seed + 1, size)
            rng = random.Random(seed)
            file = spoil(rng, rng.choice(_sound_files()))
            outcome = _bring_in(city, file, Path(folder) / "received")
            tried[outcome.partition(":")[0]] += 1
            if outcome.startswith("failed"):
                failed.append(f"file {seed} ({file.name}, {file.how}): {outcome[8:]}")
    wrong = tried.pop("failed", 0)
    return {"tried": {**dict(sorted(tried.items())), "failed": wrong}, "failed": failed}


def _bring_in(city: Path, file: File, inbox: Path) -> str:
    """What came of one file: ``used``, ``refused``, or ``failed: why``."""
    from safelearn.city.folder import City
    from safelearn.city.importing import import_file
    from safelearn.city.quality import check
    from safelearn.errors import SafelearnError

    shutil.rmtree(inbox, ignore_errors=True)
    inbox.mkdir()
    mine = inbox / "city"
    shutil.copytree(city, mine)
    path = inbox / file.name
    path.write_bytes(file.content)
    before = _state(mine)
    try:
        result = import_file(mine, path)
    except SafelearnError as error:
        if not error.what or not error.remedy:
            return f"failed: a refusal without a remedy: {error.what}"
        if _state(mine) != before:
            return f"failed: refused, but the city changed: {error.what}"
        return "refused"
    except Exception as error:
        return f"failed: {type(error).__name__}: {error}"[:300]
    aside = sum(result.set_aside.values())
    if result.rows_read != result.rows_used + aside:
        return f"failed: {result.rows_read} read, {result.rows_used} used, {aside} set aside"
    if file.rows is not None and result.rows_read != file.rows:
        return f"failed: {file.rows} rows in the file, {result.rows_read} read"
    opened = City.open(mine)
    try:
        check(opened).to_json()
    except Exception as error:
        return f"failed: then check stops: {type(error).__name__}: {error}"[:300]
    if result.table == "incidents":
        # A row that says that nothing happened is used, and adds no event.
        calm = opened.imports()[-1]["figures"].get("zero_weights", 0)
        there = len(opened.incidents()) + calm
        if there != result.rows_used:
            return f"failed: {result.rows_used} used, {there} in the table"
    if left := [p.name for p in mine.iterdir() if p.name.startswith(".")]:
        return f"failed: left behind: {left}"
    return "used"


def _state(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


# -- sound files ------------------------------------------------------------------------------------------


def _city(folder: Path) -> Path:
    """A city of nine square areas."""
    from safelearn.city.importing import import_file
    from safelearn.city.scaffold import new_city

    made = new_city(folder, name="Villa Cuadrada").folder
    squares = folder.parent / "areas.geojson"
    squares.write_bytes(_squares())
    import_file(made, squares)
    return made


def _squares() -> bytes:
    features = []
    for i in range(9):
        x, y = -70.03 + i % 3 * 0.01, -12.03 + i // 3 * 0.01
        ring = [[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]]
        features.append(
            {
                "type": "Feature",
                "properties": {
                    "area_id": f"{i + 1:03d}",
                    "area_name": f"Barrio {'ABCDEFGHI'[i]}",
                },
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _sound_files() -> list[tuple[str, list[list[str]]]]:
    """Tables as lists of rows, the header first."""
    rng = random.Random(1)
    events = [
        [
            "case number",
            "date",
            "time",
            "offence",
            "longitude",
            "latitude",
            "neighbourhood",
            "sex",
            "age",
        ]
    ]
    counts = [["area_id", "month", "offence", "count"]]
    people = [["area_id", "sex", "age_group", "population", "year"]]
    named = [["Fecha", "Delito", "Barrio", "Cantidad"]]
    for i in range(60):
        where = rng.randrange(9)
        x, y = (
            -70.03 + where % 3 * 0.01 + rng.random() / 100,
            -12.03 + where // 3 * 0.01 + rng.random() / 100,
        )
        day = f"{rng.randint(1, 28):02d}/{rng.randint(1, 12):02d}/2024"
        offence = rng.choice(["Robbery", "Burglary", "Assault", "Theft"])
        letter = "ABCDEFGHI"[where]
        events.append(
            [f"C{i:04d}", day, f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}", offence, f"{x:.5f}",
             f"{y:.5f}", f"Barrio {letter}", rng.choice("FM"), str(rng.randint(5, 80))]
        )  # fmt: skip
        counts.append(
            [
                f"{where + 1:03d}",
                f"2024-{i % 12 + 1:02d}",
                offence,
                str(rng.randint(1, 30)),
            ]
        )
        named.append([day, "Hurto", f"Barrio {letter}", str(rng.randint(1, 9))])
    for i in range(9):
        for sex in ("female", "male"):
            for group in ("0-14", "15-29", "30-59", "60+"):
                people.append(
                    [f"{i + 1:03d}", sex, group, str(rng.randint(50, 400)), "2023"]
                )
    return [
        ("events", events),
        ("counts", counts),
        ("named", named),
        ("people", people),
    ]


# -- what happens to files --------------------------------------------------------------------------------


def spoil(rng: random.Random, sound: tuple[str, list[list[str]]]) -> File:
    """One sound table, edited by some hand, saved by some program, and sometimes damaged on the way."""
    name, rows = sound[0], [list(row) for row in sound[1]]
    known, how = True, []
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        edit = rng.choice(_EDITS)
        if len(rows) < 3 or not rows[0]:
            break
        known &= edit(rng, rows)
        how.append(edit.__name__.strip("_"))
    save = rng.choice(_WAYS_TO_SAVE)
    suffix, content, kept = save(rng, rows)
    how.append(save.__name__.strip("_"))
    known &= kept
    if rng.random() < 0.3:
        damage = rng.choice(_DAMAGES)
        suffix, content = damage(rng, suffix, content)
        how.append(damage.__name__.strip("_"))
        known = False
    full = sum(any(cell.strip() for cell in row) for row in rows[1:])
    return File(f"{name}{suffix}", content, full if known else None, ", ".join(how))


def _strange_cells(rng: random.Random, rows: list[list[str]]) -> bool:
    for _ in range(rng.randint(1, 12)):
        row = rng.choice([r for r in rows[1:] if r] or [rows[0]])
        row[rng.randrange(len(row))] = rng.choice(CELLS)
    return False


def _strange_column(rng: random.Random, rows: list[list[str]]) -> bool:
    column, cell = rng.randrange(len(rows[0])), rng.choice(CELLS)
    for row in rows[1:]:
        row[column : column + 1] = [cell]
    return False


def _repeated_rows(rng: random.Random, rows: list[list[str]]) -> bool:
    rows += [list(rng.choice(rows[1:])) for _ in range(rng.randint(1, 5))]
    return True


def _shuffled_columns(rng: random.Random, rows: list[list[str]]) -> bool:
    order = rng.sample(range(len(rows[0])), len(rows[0]))
    rows[:] = [[row[i] for i in order if i < len(row)] for row in rows]
    return True


def _lost_column(rng: random.Random, rows: list[list[str]]) -> bool:
    column = rng.randrange(len(rows[0]))
    rows[:] = [row[:column] + row[column + 1 :] for row in rows]
    return True


def _spelt_headers(rng: random.Random, rows: list[list[str]]) -> bool:
    way = rng.choice(
        (str.upper, str.title, lambda s: f" {s} ", lambda s: s.replace(" ", "_"))
    )
    rows[0] = [way(cell) for cell in rows[0]]
    return True


def _blank_header(rng: random.Random, rows: list[list[str]]) -> bool:
    rows[0][rng.randrange(len(rows[0]))] = ""
    return False


def _twin_header(rng: random.Random, rows: list[list[str]]) -> bool:
    rows[0][:1] = rows[0][-1:]
    return False


def _titles(rng: random.Random, rows: list[list[str]]) -> bool:
    rows[:0] = [["Report of the office"], [], ["Year 2024"]][: rng.randint(1, 3)]
    return False


def _foot(rng: random.Random, rows: list[list[str]]) -> bool:
    rows.append(["Total", *[""] * (len(rows[0]) - 2), "1234"])
    rows.append(["Source: the office"])
    return False


def _long_rows(rng: random.Random, rows: list[list[str]]) -> bool:
    for row in rng.sample(rows[1:], min(3, len(rows) - 1)):
        row += ["x"] * rng.randint(1, 20)
    return False


def _short_rows(rng: random.Random, rows: list[list[str]]) -> bool:
    for row in rng.sample(rows[1:], min(3, len(rows) - 1)):
        del row[rng.randrange(1, max(len(row), 2)) :]
    return True


def _no_header(rng: random.Random, rows: list[list[str]]) -> bool:
    del rows[0]
    return False


def _only_the_header(rng: random.Random, rows: list[list[str]]) -> bool:
    del rows[1:]
    rows.append([""] * len(rows[0]))
    return False


def _one_record(rng: random.Random, rows: list[list[str]]) -> bool:
    del rows[2:]
    return False


def _blank_lines(rng: random.Random, rows: list[list[str]]) -> bool:
    for _ in range(rng.randint(1, 5)):
        rows.insert(rng.randrange(1, len(rows)), [""] * len(rows[0]))
    return False


_EDITS = (
    _strange_cells, _strange_cells, _strange_column, _repeated_rows, _shuffled_columns, _lost_column, _spelt_headers,
    _blank_header, _twin_header, _titles, _foot, _long_rows, _short_rows, _no_header, _only_the_header, _one_record,
    _blank_lines,
)  # fmt: skip


def _text(rng: random.Random, rows: list[list[str]]) -> tuple[str, bytes, bool]:
    separator = rng.choice((",", ";", "\t", "|"))
    out = io.StringIO()
    ends = rng.choice(("\n", "\r\n", "\r"))
    quoting = rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    csv.writer(
        out, delimiter=separator, lineterminator=ends, quoting=quoting
    ).writerows(rows)
    encoding = rng.choice(
        ("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")
    )
    text = out.getvalue()
    return rng.choice((".csv", ".txt", ".CSV")), text.encode(encoding, "replace"), True


def _packed(rng: random.Random, rows: list[list[str]]) -> tuple[str, bytes, bool]:
    suffix, content, kept = _text(rng, rows)
    return f"{suffix}.gz", gzip.compress(content, mtime=0), kept


def _workbook(rng: random.Random, rows: list[list[str]]) -> tuple[str, bytes, bool]:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append([_typed(rng, ILLEGAL_CHARACTERS_RE.sub("", cell)) for cell in row])
    if rng.random() < 0.3:
        book.create_sheet("Notes").append(["Nothing here"])
    out = io.BytesIO()
    book.save(out)
    return ".xlsx", out.getvalue(), True


def _typed(rng: random.Random, cell: str) -> Any:
    if (
        cell.isascii()
        and cell.isdigit()
        and not cell.startswith("0")
        and len(cell) < 12
    ):
        return int(cell)
    return f"'{cell}" if cell.startswith("=") else cell


def _parquet(rng: random.Random, rows: list[list[str]]) -> tuple[str, bytes, bool]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    width = len(rows[0])
    names = [cell or f"c{i}" for i, cell in enumerate(rows[0])]
    names = [f"{n} {i}" if n in names[:i] else n for i, n in enumerate(names)]
    body = [(row + [""] * width)[:width] for row in rows[1:]]
    table = pa.table({n: [row[i] for row in body] for i, n in enumerate(names)})
    out = io.BytesIO()
    pq.write_table(table, out)
    return ".parquet", out.getvalue(), False


def _objects(rng: random.Random, rows: list[list[str]]) -> tuple[str, bytes, bool]:
    records = [dict(zip(rows[0], row, strict=False)) for row in rows[1:]]
    return ".json", json.dumps(records).encode(), False


def _points(rng: random.Random, rows: list[list[str]]) -> tuple[str, bytes, bool]:
    features = [
        {
            "type": "Feature",
            "properties": dict(zip(rows[0], row, strict=False)),
            "geometry": {
                "type": "Point",
                "coordinates": [-70.02 + rng.random() / 50, -12.02 + rng.random() / 50],
            },
        }
        for row in rows[1:]
    ]
    return (
        ".geojson",
        json.dumps({"type": "FeatureCollection", "features": features}).encode(),
        False,
    )


_WAYS_TO_SAVE = (
    _text,
    _text,
    _text,
    _text,
    _packed,
    _workbook,
    _workbook,
    _parquet,
    _objects,
    _points,
)


def _cut_short(rng: random.Random, suffix: str, content: bytes) -> tuple[str, bytes]:
    return suffix, content[: rng.randrange(len(content) + 1)]


def _flipped_bytes(
    rng: random.Random, suffix: str, content: bytes
) -> tuple[str, bytes]:
    damaged = bytearray(content)
    for _ in range(rng.randint(1, 30)):
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
    return suffix, bytes(damaged)


def _zeros_inside(rng: random.Random, suffix: str, content: bytes) -> tuple[str, bytes]:
    at = rng.randrange(len(content))
    return suffix, content[:at] + b"\0" * rng.randint(1, 2000) + content[at:]


def _wrong_name(rng: random.Random, suffix: str, content: bytes) -> tuple[str, bytes]:
    return rng.choice(
        (
            ".csv",
            ".xlsx",
            ".xls",
            ".ods",
            ".zip",
            ".gpkg",
            ".shp",
            ".kml",
            ".json",
            ".doc",
            "",
        )
    ), content


def _twice_in_a_row(
    rng: random.Random, suffix: str, content: bytes
) -> tuple[str, bytes]:
    return suffix, content + content


def _spoilt_letters(
    rng: random.Random, suffix: str, content: bytes
) -> tuple[str, bytes]:
    try:
        return suffix, content.decode("utf-8").encode("cp1252", "replace").decode(
            "latin-1"
        ).encode("utf-8")
    except UnicodeDecodeError:
        return suffix, content


_DAMAGES = (_cut_short, _cut_short, _flipped_bytes, _flipped_bytes, _zeros_inside, _wrong_name, _twice_in_a_row,
            _spoilt_letters)  # fmt: skip
