"""What does a received file hold? In: any file a city has. Out: a `Source`: every cell as text, as published.

Nothing is guessed about meaning here. Cells stay text, so that leading zeros, "NULL" and decimal commas
survive until a profile says what they are. Archives are opened, the one data file inside is picked, and
every choice made on the way (encoding, separator, sheet, member) is put in `Source.notes`.
"""

from __future__ import annotations

import gzip
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from safelearn.city.sources import Chunk, Source
from safelearn.city.streams import inside_gz, inside_zip
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

__all__ = ["Chunk", "Source", "must_be_a_file", "read_source"]
TEXT = {".csv", ".tsv", ".tab", ".txt"}
WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods"}
GEOGRAPHIC = {".gpkg", ".geojson", ".json", ".fgb", ".kml", ".shp"}
COLUMNAR = {".parquet"}
ARCHIVES = {".zip", ".gz"}
KNOWN = TEXT | WORKBOOKS | GEOGRAPHIC | COLUMNAR | ARCHIVES


def read_source(
    path: str | Path,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    separator: str | None = None,
) -> Source:
    """Read any file that a city may have received, as text.

    Parameters
    ----------
    path : path
        csv, tsv, tab, txt, xlsx, xls, ods, parquet, gpkg, geojson, json, kml, fgb, shp, or a zip or gz of
        one of them.
    encoding : str, optional
        Of a text file. Without it: a byte-order mark, else UTF-8, else Windows-1252, said in the notes.
    sheet : str, optional
        Of a workbook. Without it, the sheet with most filled rows.
    separator : str, optional
        Of a text file. Without it, the one that splits the first lines most evenly.

    Raises
    ------
    SafelearnError
        If the file is missing, a folder, empty, damaged, of an unknown kind or without a header.
    """
    from safelearn.city.tidying import tidied

    return tidied(_opened(Path(path), encoding, sheet, separator))


def _opened(
    path: Path, encoding: str | None, sheet: str | None, separator: str | None
) -> Source:
    must_be_a_file(path)
    suffix = path.suffix.casefold()
    if suffix not in KNOWN:
        raise _unknown(path.name)
    if suffix == ".zip":
        return _from_zip(path, encoding, sheet, separator)
    if suffix == ".gz":
        return _from_gz(path, encoding, sheet, separator)
    if suffix in TEXT:
        from safelearn.city.delimited import read_delimited

        return read_delimited(
            path, name=path.name, encoding=encoding, separator=separator
        )
    return _in_one_piece(path, suffix, path.name, sheet, ())


def _in_one_piece(
    content: Path | bytes,
    suffix: str,
    name: str,
    sheet: str | None,
    notes: tuple[str, ...],
) -> Source:
    """A file that its own library opens."""
    if isinstance(content, bytes) and not content:
        raise _empty(name)
    if suffix in WORKBOOKS:
        from safelearn.city.spreadsheets import read_workbook

        return read_workbook(content, name=name, sheet=sheet, notes=notes)
    if suffix in GEOGRAPHIC:
        from safelearn.city.geographic import read_geographic

        return read_geographic(content, name=name, notes=notes)
    if suffix in COLUMNAR:
        from safelearn.city.columnar import read_parquet_source

        return read_parquet_source(content, name=name, notes=notes)
    raise _unknown(name)


def _from_gz(
    path: Path, encoding: str | None, sheet: str | None, separator: str | None
) -> Source:
    inner = path.name[: -len(path.suffix)]
    suffix = PurePosixPath(inner).suffix.casefold()
    name = f"{path.name}: {inner}"
    if suffix in TEXT:
        from safelearn.city.delimited import read_delimited

        return read_delimited(
            inside_gz(path), name=name, encoding=encoding, separator=separator
        )
    return _in_one_piece(_gunzip(path), suffix, name, sheet, ())


def _from_zip(
    path: Path, encoding: str | None, sheet: str | None, separator: str | None
) -> Source:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [
                m
                for m in archive.infolist()
                if not m.is_dir()
                and not m.filename.startswith("__MACOSX")
                and not PurePosixPath(m.filename).name.startswith(".")
            ]
            chosen = _choose([m.filename for m in members], path.name)
            notes: tuple[str, ...] = ()
            if len(members) > 1:
                notes = (
                    t(
                        "Read {member}, the only table in {file}.",
                        member=chosen,
                        file=path.name,
                    ),
                )
            name = f"{path.name}: {chosen}"
            suffix = PurePosixPath(chosen).suffix.casefold()
            if suffix == ".shp":
                from safelearn.city.geographic import read_geographic

                inside = f"/vsizip/{path.resolve().as_posix()}/{chosen}"
                return read_geographic(inside, name=name, notes=notes)
            if suffix in TEXT:
                from safelearn.city.delimited import read_delimited

                return read_delimited(
                    inside_zip(path, chosen),
                    name=name,
                    encoding=encoding,
                    separator=separator,
                    notes=notes,
                )
            data = archive.read(chosen)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _damaged(path.name) from error
    except (RuntimeError, NotImplementedError) as error:
        raise SafelearnError(
            t("The archive is locked with a password or packed in a way unknown here."),
            where=path.name,
            remedy=t("Unpack it yourself, then import the file that was inside."),
        ) from error
    return _in_one_piece(data, suffix, name, sheet, notes)


def _choose(names: list[str], where: str) -> str:
    """The one data file of an archive; plain text counts only where nothing better is there."""
    by_suffix = {name: PurePosixPath(name).suffix.casefold() for name in names}
    shapes = [n for n, s in by_suffix.items() if s == ".shp"]
    better = [
        n for n, s in by_suffix.items() if s in KNOWN - ARCHIVES - {".txt", ".shp"}
    ]
    for found in (shapes, better, [n for n, s in by_suffix.items() if s == ".txt"]):
        if len(found) == 1:
            return found[0]
        if found:
            raise SafelearnError(
                t(
                    "The archive holds several tables: {names}.",
                    names=listing(sorted(found)),
                ),
                where=where,
                remedy=t("Unpack it and import them one by one."),
            )
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
        "csv, tsv, tab, txt, xlsx, xls, ods, parquet, gpkg, geojson, json, kml, fgb, "
        "shp, zip, gz"
    )
    return t("These types can be read: {kinds}.", kinds=kinds)
