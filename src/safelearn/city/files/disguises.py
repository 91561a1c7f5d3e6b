"""What is a file in truth? In: its name and its first bytes. Out: the ending that its name should have.

Portals send web pages and text under the names of workbooks, because Excel opens them all the same, and people
rename files until something opens them. What the bytes say stands above what the name says.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath

from safelearn.city.files.marked_up import looks_marked_up
from safelearn.language import t

_TEXT = {".csv", ".tsv", ".tab", ".txt"}
_WORKBOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
_SIGNS = (
    (b"\xd0\xcf\x11\xe0", ".xls"),
    (b"PAR1", ".parquet"),
    (b"SQLite format 3\0", ".gpkg"),
    (b"fgb\x03", ".fgb"),
    (b"\x1f\x8b", ".gz"),
)
#: So much of a file shows what it is.
HEAD = 8192


def true_suffix(head: bytes, name: str, content: Path | bytes | None = None) -> str:
    """The ending, with its dot, that a file of these first bytes should have.

    Parameters
    ----------
    head : bytes
        The first `HEAD` bytes.
    name : str
        The file's name; its own ending is the answer where the bytes do not speak against it.
    content : path or bytes, optional
        The whole file, to look into what is an archive.
    """
    suffix = PurePosixPath(name).suffix.casefold()
    for sign, ending in _SIGNS:
        if head.startswith(sign):
            return suffix if _is_of(suffix, ending) else ending
    if head.startswith(b"PK\x03\x04"):
        return _archive(suffix, content)
    marked_up = looks_marked_up(head)
    if marked_up == "xml" or (marked_up and suffix not in {".kml"}):
        return ".xls" if marked_up == "xml" else ".html"
    if suffix in _WORKBOOKS and _is_text(head):
        return ".csv"
    if suffix in _TEXT and head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return ".json"
    return suffix


def said_of(suffix: str, true: str) -> tuple[str, ...]:
    """What to say of a file whose name is wrong, as sentences; nothing if it is right."""
    if suffix == true:
        return ()
    return (
        t(
            "The name of the file ends in {suffix}, but it is {kind} and was read as that.",
            suffix=suffix,
            kind=true.lstrip("."),
        ),
    )


def _is_of(suffix: str, ending: str) -> bool:
    """Whether these bytes may have another name: an .xlsx may be a locked one, a .geoparquet is a parquet."""
    families = {
        ".xls": _WORKBOOKS,
        ".parquet": {".parquet", ".geoparquet"},
        ".gpkg": {".gpkg", ".sqlite"},
    }
    return suffix in families.get(ending, {ending})


def _archive(suffix: str, content: Path | bytes | None) -> str:
    if suffix in (".zip", ".kmz") or content is None:
        return suffix
    try:
        with zipfile.ZipFile(
            content if isinstance(content, Path) else io.BytesIO(content)
        ) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, ValueError):
        # Damaged: whoever opens it will say so.
        return suffix
    if any(n.startswith("xl/workbook.") for n in names):
        return suffix if suffix in (".xlsx", ".xlsm", ".xlsb") else ".xlsx"
    if "content.xml" in names:
        return ".ods"
    return ".zip" if suffix in _TEXT | _WORKBOOKS else suffix


def _is_text(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    return bool(head.strip()) and not any(b < 9 or 13 < b < 32 for b in head)
