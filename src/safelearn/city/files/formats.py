"""What does a received file hold? In: any file a city has. Out: a `Source`: every cell as text, as published.

Nothing is guessed about meaning here. Cells stay text, so that leading zeros, "NULL" and decimal commas
survive until a profile says what they are. Archives are opened, the one data file inside is picked, and
every choice made on the way (encoding, separator, sheet, member) is put in `Source.notes`.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from safelearn.city.files.disguises import HEAD, said_of, true_suffix
from safelearn.city.files.sources import Chunk, Source
from safelearn.city.files.streams import Opener, inside_gz, inside_zip
from safelearn.errors import SafelearnError
from safelearn.language import listing, t, tn

__all__ = ["Chunk", "Source", "must_be_a_file", "read_source"]
TEXT = {".csv", ".tsv", ".tab", ".txt"}
WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".html", ".htm"}
RECORDS = {".json", ".geojson", ".jsonl", ".ndjson", ".geojsonl"}
GEOGRAPHIC = {".gpkg", ".fgb", ".kml", ".shp"}
COLUMNAR = {".parquet", ".geoparquet"}
ARCHIVES = {".zip", ".gz", ".kmz"}
KNOWN = TEXT | WORKBOOKS | RECORDS | GEOGRAPHIC | COLUMNAR | ARCHIVES


@dataclass(frozen=True)
class _Told:
    """What a person or a profile says of a file."""

    encoding: str | None
    sheet: str | None
    separator: str | None
    known: Callable[[Sequence[str]], bool] | None


def read_source(
    path: str | Path,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    separator: str | None = None,
    known: Callable[[Sequence[str]], bool] | None = None,
) -> Source:
    """Read any file that a city may have received, as text.

    Parameters
    ----------
    path : path
        One of the types that `_readable` lists, or a zip or gz of one of them. What it holds stands above
        what its name says.
    encoding : str, optional
        Of a text file. Without it: a byte-order mark, else UTF-8, else Windows-1252, said in the notes.
    sheet : str, optional
        Of a workbook, or the layer of a map. Without it, the one that holds the table, said in the notes.
    separator : str, optional
        Of a text file. Without it, the one that splits the first lines most evenly.
    known : callable, optional
        Whether these names of columns are those of a file that a profile describes: it tells the sheet of
        records from one of explanations.

    Raises
    ------
    SafelearnError
        If the file is missing, a folder, empty, damaged, of an unknown kind or without a header.
    """
    from safelearn.city.files.tidying import tidied

    return tidied(_opened(Path(path), _Told(encoding, sheet, separator, known)))


def _opened(path: Path, told: _Told) -> Source:
    must_be_a_file(path)
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    claimed = path.suffix.casefold()
    suffix = true_suffix(head, path.name, path)
    notes = said_of(claimed, suffix)
    if suffix not in KNOWN:
        raise _unknown(path.name)
    if suffix in (".zip", ".kmz"):
        return _from_zip(path, told, notes)
    if suffix == ".gz":
        return _from_gz(path, told)
    return _read(path, path, suffix, path.name, told, notes)


def _read(
    content: Path | bytes,
    text: Path | Opener,
    suffix: str,
    name: str,
    told: _Told,
    notes: tuple[str, ...],
) -> Source:
    """A file of a kind; one of text is read from `text`, block by block."""
    if suffix in TEXT:
        from safelearn.city.files.delimited import read_delimited

        return read_delimited(
            text,
            name=name,
            encoding=told.encoding,
            separator=told.separator,
            notes=notes,
        )
    if isinstance(content, bytes) and not content:
        raise _empty(name)
    if suffix in WORKBOOKS:
        from safelearn.city.files.spreadsheets import read_workbook

        return read_workbook(
            content, name=name, sheet=told.sheet, notes=notes, known=told.known
        )
    if suffix in RECORDS:
        from safelearn.city.files.json_records import read_json

        return read_json(content, name=name, encoding=told.encoding, notes=notes)
    if suffix in GEOGRAPHIC:
        from safelearn.city.files.geographic import read_geographic

        return read_geographic(
            content,
            name=name,
            layer=told.sheet,
            encoding=told.encoding,
            notes=notes,
            known=told.known,
        )
    if suffix in COLUMNAR:
        from safelearn.city.files.columnar import read_columnar

        return read_columnar(content, name=name, notes=notes)
    raise _unknown(name)


def _from_gz(path: Path, told: _Told) -> Source:
    inner = path.name.removesuffix(
        path.suffix if path.suffix.casefold() == ".gz" else ""
    )
    name = f"{path.name}: {inner}"
    opened = inside_gz(path)
    try:
        with opened() as stream:
            head = stream.read(HEAD)
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(path.name) from error
    suffix = true_suffix(head, inner)
    content = b"" if suffix in TEXT else _gunzip(path)
    suffix = true_suffix(head, inner, content) if content else suffix
    return _read(content, opened, suffix, name, told, ())


def _from_zip(path: Path, told: _Told, notes: tuple[str, ...]) -> Source:
    try:
        with zipfile.ZipFile(path) as archive:
            held = [
                m.filename
                for m in archive.infolist()
                if not m.is_dir()
                and not m.filename.startswith("__MACOSX")
                and not PurePosixPath(m.filename).name.startswith(".")
            ]
        found = _tables_among(held, path.name, told.sheet)
        if len(found) > 1:
            return _several(path, found, told, notes)
        if len(held) > 1 and path.suffix.casefold() != ".kmz":
            notes = (
                *notes,
                t(
                    "Read {member}, the only table in {file}.",
                    member=found[0],
                    file=path.name,
                ),
            )
        return _member(path, found[0], told, notes)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise _damaged(path.name) from error
    except RuntimeError as error:
        raise SafelearnError(
            t("The archive is locked with a password or packed in a way unknown here."),
            where=path.name,
            remedy=t("Unpack it yourself, then import the file that was inside."),
        ) from error


def _member(path: Path, chosen: str, told: _Told, notes: tuple[str, ...]) -> Source:
    """One file in a zip."""
    name = f"{path.name}: {chosen}"
    with zipfile.ZipFile(path) as archive:
        with archive.open(chosen) as stream:
            head = stream.read(HEAD)
        suffix = true_suffix(head, chosen)
        if suffix == ".shp":
            from safelearn.city.files.geographic import read_geographic

            return read_geographic(
                path, name=name, member=chosen, encoding=told.encoding, notes=notes
            )
        data = b"" if suffix in TEXT else archive.read(chosen)
    suffix = true_suffix(head, chosen, data) if data else suffix
    notes = (*notes, *said_of(PurePosixPath(chosen).suffix.casefold(), suffix))
    return _read(data, inside_zip(path, chosen), suffix, name, told, notes)


def _several(
    path: Path, names: list[str], told: _Told, notes: tuple[str, ...]
) -> Source:
    """Tables of one kind in a zip: those with the same columns, if it is clear which are meant."""
    from safelearn.city.files.joining import by_columns, joined

    told = replace(told, sheet=None)
    sources = [_member(path, name, told, ()) for name in sorted(names)]
    groups = by_columns(sources)
    meant = [g for g in groups if told.known and told.known(g[0].columns)]
    if (len(groups) > 1 and len(meant) != 1) or sources[0].kind == "geographic":
        raise SafelearnError(
            t(
                "The archive holds several tables: {names}.",
                names=listing([*sorted(names)[:8], *(["…"] if len(names) > 8 else [])]),
            ),
            where=path.name,
            remedy=t("Unpack it and import them one by one, or name one with --sheet."),
        )
    group = meant[0] if len(groups) > 1 else groups[0]
    said = [
        tn(
            "Read {n} file of the archive.",
            "Read {n} files of the archive one below the other: they have the same columns.",
            len(group),
        )
    ]
    others = [s.name.partition(": ")[2] for s in sources if s not in group]
    if others:
        said.append(
            tn(
                "{n} file of the archive has other columns and was not read, such as {name}.",
                "{n} files of the archive have other columns and were not read, such as {name}.",
                len(others),
                name=others[0],
            )
        )
    return joined(group, path.name, (*notes, *said))


def _tables_among(names: list[str], where: str, wanted: str | None) -> list[str]:
    """The files of an archive that may be the table; plain text counts only where nothing better is there."""
    suffixes = {name: PurePosixPath(name).suffix.casefold() for name in names}
    able = [n for n, s in suffixes.items() if s in KNOWN - ARCHIVES]
    called = [
        n for n in able if wanted in (n, PurePosixPath(n).name, PurePosixPath(n).stem)
    ]
    if called:
        return called[:1]
    shapes = [n for n in able if suffixes[n] == ".shp"]
    better = [n for n in able if suffixes[n] not in (".txt", ".html", ".htm")]
    for found in (shapes, better, able):
        if found:
            return found
    raise SafelearnError(
        t("The archive holds no table that can be read."),
        where=where,
        remedy=_readable(),
    )


def _gunzip(path: Path) -> bytes:
    try:
        return gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(path.name) from error


def must_be_a_file(path: Path) -> None:
    """Raise if there is nothing to read: no such file, a folder, or an empty file."""
    if path.is_dir():
        raise SafelearnError(
            t("This is a folder, not a file."),
            where=str(path),
            remedy=t("Name one file in it."),
        )
    if not path.is_file():
        raise SafelearnError(
            t("There is no such file."),
            where=str(path),
            remedy=t("Check the name and the folder; put names with spaces in quotes."),
        )
    try:
        with path.open("rb") as stream:
            first = stream.read(1)
    except OSError as error:
        raise SafelearnError(
            t("The file cannot be opened: {why}.", why=error.strerror or error),
            where=str(path),
            remedy=t("Close it in other programs and check that you may read it."),
        ) from error
    if not first:
        raise _empty(path.name)


def _empty(name: str) -> SafelearnError:
    return SafelearnError(
        t("The file is empty: it holds no row."),
        where=name,
        remedy=t("Ask for the file again, or export it again."),
    )


def _damaged(name: str) -> SafelearnError:
    return SafelearnError(
        t("The file is damaged and cannot be opened."),
        where=name,
        remedy=t("Download or copy it again: it was probably cut short on the way."),
    )


def _unknown(name: str) -> SafelearnError:
    return SafelearnError(
        t("This type of file is not known."), where=name, remedy=_readable()
    )


def _readable() -> str:
    kinds = (
        "csv, tsv, tab, txt, xlsx, xlsm, xlsb, xls, ods, html, json, jsonl, parquet, gpkg, geojson, kml, kmz, "
        "fgb, shp, zip, gz"
    )
    return t("These types can be read: {kinds}.", kinds=kinds)
