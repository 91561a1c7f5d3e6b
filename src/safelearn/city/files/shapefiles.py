"""A shapefile is several files. In: the .shp, loose or in a zip. Out: whether all are there, and their encoding.

The .shp holds shapes only; names stand in the .dbf, whose encoding is said in a .cpg, or in one byte, or nowhere.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from safelearn.errors import SafelearnError
from safelearn.language import listing, t

#: What belongs to a shapefile; the first three it cannot do without.
PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg", ".qix", ".sbn", ".sbx", ".qpj")
_NEEDED = PARTS[:3]


def parts_of(path: Path) -> list[Path]:
    """The .shp and the files beside it that belong to it, in a fixed order."""
    beside = {
        p.suffix.casefold(): p
        for p in path.parent.iterdir()
        if p.stem == path.stem and p.is_file()
    }
    return [beside[suffix] for suffix in PARTS if suffix in beside]


@contextmanager
def in_one_file(path: Path) -> Iterator[Path]:
    """A loose shapefile as a zip of all its files, the same bytes each time; any other file as it is."""
    if path.suffix.casefold() != ".shp" or not path.is_file():
        yield path
        return
    must_be_complete(path, None)
    with tempfile.TemporaryDirectory() as folder:
        packed = Path(folder) / f"{path.stem}.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in parts_of(path):
                about = zipfile.ZipInfo(part.name, (1980, 1, 1, 0, 0, 0))
                about.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(about, part.read_bytes())
        yield packed


def must_be_complete(path: Path, member: str | None) -> None:
    """Raise if files are missing without which a shapefile has no shapes or no names."""
    names = _suffixes(path, member)
    stem = PurePosixPath(member or path.name).stem
    missing = [f"{stem}{suffix}" for suffix in _NEEDED if suffix not in names]
    if missing:
        raise SafelearnError(
            t(
                "A shapefile is several files, and these are missing: {names}.",
                names=listing(missing),
            ),
            where=path.name,
            remedy=t(
                "Put all files of that name into one folder, or into one zip, and import it again."
            ),
        )


def dbf_encoding(
    path: Path, member: str | None, told: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """The encoding of the names, None where the file itself says it, and what was assumed."""
    if told:
        return told, ()
    if ".cpg" in _suffixes(path, member):
        return None, ()
    data = _dbf(path, member)
    # Byte 29 is the number of a code page; 0 says nothing, and 0x57 what the machine had that day.
    if len(data) < 33 or data[29] not in (0, 0x57) or data.isascii():
        return None, ()
    rows = data[int.from_bytes(data[8:10], "little") :]
    try:
        rows.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = error.reason == "unexpected end of data"
        if not cut:
            return "cp1252", (
                t(
                    "The file does not say its encoding: it was read as Windows-1252 (Western European)."
                ),
            )
    return "utf-8", (t("The file does not say its encoding: it was read as UTF-8."),)


def _suffixes(path: Path, member: str | None) -> set[str]:
    if member is None:
        return {p.suffix.casefold() for p in parts_of(path)}
    base = PurePosixPath(member)
    with zipfile.ZipFile(path) as archive:
        return {
            PurePosixPath(n).suffix.casefold()
            for n in archive.namelist()
            if PurePosixPath(n).with_suffix("") == base.with_suffix("")
        }


def _dbf(path: Path, member: str | None) -> bytes:
    if member is None:
        (dbf,) = (p for p in parts_of(path) if p.suffix.casefold() == ".dbf")
        return dbf.read_bytes()
    base = PurePosixPath(member).with_suffix("")
    with zipfile.ZipFile(path) as archive:
        (dbf,) = (
            n
            for n in archive.namelist()
            if PurePosixPath(n).with_suffix("") == base
            and n.casefold().endswith(".dbf")
        )
        return archive.read(dbf)
