"""Which of the files that somebody handed in is the notebook? Also from a zip in the zip, and never by a guess.

One trainee's files go in; the one notebook's bytes come out, with a word on each of the others. If there is none, or if
two hold the assignment, that is said with a remedy.
"""

from __future__ import annotations

import io
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from safelearn.course.grading.preflight import preflight
from safelearn.course.modules import Module
from safelearn.course.moodle.names import is_link, is_litter, leads_out, path_of
from safelearn.errors import SafelearnError
from safelearn.execution.handed_in import BYTES, FILES, NOTEBOOK
from safelearn.language import number, t

#: Some browsers hang an ending of their own on a notebook.
ENDINGS = (".ipynb", ".ipynb.json", ".ipynb.txt")
#: What goes wrong when an entry is damaged, locked, or packed in a way that Python does not know.
_DAMAGED = (
    BadZipFile,
    LargeZipFile,
    RuntimeError,
    NotImplementedError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
)


class Unclear(Exception):
    """It is not certain which file counts.

    Attributes
    ----------
    files : list of str
        Which are meant.
    rest : list of (str, str)
        The others, each with a word on it.
    """

    def __init__(
        self, said: str, remedy: str, files: list[str], rest: list[tuple[str, str]]
    ) -> None:
        super().__init__(said)
        self.said, self.remedy, self.files, self.rest = said, remedy, files, rest


def notebook_in(
    zipped: ZipFile, files: list[tuple[str, ZipInfo]], module: Module, course: Path
) -> tuple[str, bytes, list[tuple[str, str]]]:
    """The notebook among one trainee's files.

    Returns
    -------
    str, bytes, list of (str, str)
        Its name and its bytes; and each other file with why it is not needed.

    Raises
    ------
    Unclear
        If there is none, or more than one, or a file cannot be read.
    """
    if len(files) > FILES:
        raise Unclear(
            t("More than {n} files were handed in.", n=number(FILES)),
            t("Ask for the notebook alone."),
            [path for path, _ in files],
            [],
        )
    rest = [
        (path, t("Only the notebook is graded."))
        for path, _ in files
        if not path.lower().endswith((*ENDINGS, ".zip"))
    ]
    works: dict[str, bytes] = {}
    for path, info in files:
        low = path.lower()
        if low.endswith((*ENDINGS, ".zip")):
            data = _read(zipped, info, path, rest)
            if low.endswith(".zip"):
                works.update(_within(path, data, rest))
            else:
                works[path] = data
    if not works:
        raise Unclear(
            t("There is no notebook among what was handed in."),
            t("Ask for the file that ends in .ipynb."),
            [path for path, _ in files],
            [],
        )
    same: dict[bytes, str] = {}
    for path, data in sorted(works.items()):
        if data in same:
            rest.append((path, t("It is the same as {file}.", file=same[data])))
        same.setdefault(data, path)
    if len(same) > 1:
        same = _of_module(same, module, course, rest)
    ((data, path),) = same.items()
    return path, data, rest


def _of_module(
    same: dict[bytes, str], module: Module, course: Path, rest: list[tuple[str, str]]
) -> dict[bytes, str]:
    """Of several notebooks the only one that holds the assignment's tasks."""
    own = {data: path for data, path in same.items() if _fits(data, module, course)}
    if len(own) != 1:
        said = (
            t(
                "Several notebooks hold the assignment, and it is not known which counts."
            )
            if own
            else t(
                "None of the notebooks can be read as {assignment}.",
                assignment=module.name,
            )
        )
        remedy = t(
            "Ask which one counts, and take the other out of the zip, or let it be handed in alone."
        )
        raise Unclear(said, remedy, sorted(own.values() or same.values()), rest)
    left = sorted(path for data, path in same.items() if data not in own)
    rest += [(path, t("It is not the notebook of this assignment.")) for path in left]
    return own


def _fits(data: bytes, module: Module, course: Path) -> bool:
    with tempfile.TemporaryDirectory(prefix="sl-") as folder:
        path = Path(folder) / "assignment.ipynb"
        path.write_bytes(data)
        try:
            preflight(path, module.id, course)
        except SafelearnError:
            return False
    return True


def _within(
    path: str, data: bytes, rest: list[tuple[str, str]]
) -> Iterator[tuple[str, bytes]]:
    """The notebooks of a zip that somebody handed in; of a zip in that one, none."""
    try:
        inner = ZipFile(io.BytesIO(data))
    except _DAMAGED:
        raise _unread(path, rest) from None
    infos = [info for info in inner.infolist() if not info.is_dir()]
    if len(infos) > FILES or sum(info.file_size for info in infos) > BYTES:
        raise _large(path, rest)
    found = False
    for info in infos:
        name = path_of(info)
        shown = f"{path} → {name}"
        if (
            name.lower().endswith(ENDINGS)
            and not is_litter(name)
            and not is_link(info)
            and not leads_out(name)
        ):
            found = True
            yield shown, _read(inner, info, shown, rest)
        else:
            rest.append((shown, t("Only the notebook is graded.")))
    rest.append(
        (path, t("It was unpacked.") if found else t("There is no notebook in it."))
    )


def _read(
    zipped: ZipFile, info: ZipInfo, path: str, rest: list[tuple[str, str]]
) -> bytes:
    """The bytes of an entry, if they are no more than a notebook may have."""
    if info.file_size > NOTEBOOK:
        raise _large(path, rest)
    try:
        with zipped.open(info) as file:
            data = file.read(NOTEBOOK + 1)
    except _DAMAGED:
        raise _unread(path, rest) from None
    if len(data) > NOTEBOOK:
        raise _large(path, rest)
    return data


def _large(path: str, rest: list[tuple[str, str]]) -> Unclear:
    return Unclear(
        t("What was handed in is too large: {name}.", name=path.rpartition("/")[2]),
        t("Ask the trainee to clear the outputs and to hand in the notebook alone."),
        [path],
        rest,
    )


def _unread(path: str, rest: list[tuple[str, str]]) -> Unclear:
    return Unclear(
        t("It is damaged or locked by a password, and cannot be unpacked."),
        t("Ask for the notebook itself."),
        [path],
        rest,
    )
