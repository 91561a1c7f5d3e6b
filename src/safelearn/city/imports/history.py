"""What was imported, and how is the last import taken back?

An import changes several files of a city (a table, the copy in ``source/``, the record, the review), and
either all of them change or none. New files are written beside the old ones in a hidden folder. Then a
journal is written and the files change places, the old ones moving to ``source/former/``. If that is cut
short, by a power cut at worst, the journal says how to go back; and because the former files stay, `undo` is
the same way back, and restores them byte for byte.
"""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safelearn.city.imports.locking import alone, at_work
from safelearn.errors import SafelearnError
from safelearn.language import again, recipe, t

RECORDS = "source/imports.json"
RETIRED = "source/retired.json"
FORMER = "source/former"
_STAGING = ".importing-"
_JOURNAL = "journal.json"
#: So many imports can be taken back; older former files are removed.
DEPTH = 5


@dataclass(frozen=True)
class Undone:
    """What `undo` took back.

    Attributes
    ----------
    file, table : str
        The import that is no more.
    kept : tuple of str
        Files changed by hand since, whose later state was put into ``review/``.
    """

    file: str
    table: str
    kept: tuple[str, ...] = ()

    def sentences(self) -> list[str]:
        """What to tell the user."""
        said = [
            t(
                "Took back the import of {file} ({table}): the folder is as it was before it.",
                file=self.file,
                table=self.table,
            )
        ]
        said += [
            t(
                "{file} had been changed by hand since; that state is kept in review.",
                file=k,
            )
            for k in self.kept
        ]
        return said


class Change:
    """The files that one import is about to change."""

    def __init__(self, folder: Path, staging: Path) -> None:
        self.folder = folder
        self._staging = staging
        self._staged: dict[str, Path | None] = {}

    def stage(self, name: str) -> Path:
        """Where to write the new state of the file `name` (its path inside the city's folder)."""
        known = self._staged.get(name)
        if known is not None:
            return known
        path = self._staging / f"{len(self._staged)}{Path(name).suffix}"
        self._staged[name] = path
        return path

    def scratch(self, name: str) -> Path:
        """Where to write what is only needed until the change is made."""
        return self._staging / f"scratch-{name}"

    def remove(self, name: str) -> None:
        """Let the file `name` be gone after the change."""
        self._staged[name] = None

    def current(self, name: str) -> Path:
        """The file as this change will leave it, to read from."""
        return self._staged.get(name) or self.folder / name

    def commit(self, number: int) -> None:
        """Let all staged files take their places, or none."""
        former = self.folder / FORMER / f"{number:04d}"
        if former.exists():
            shutil.rmtree(former)
        former.mkdir(parents=True)
        entries = [
            {
                "path": name,
                "existed": (self.folder / name).is_file(),
                # Only tables are looked at again, to see whether a person has changed them since.
                "after": sha256(new) if new and "/" not in name else None,
            }
            for name, new in self._staged.items()
        ]
        _write_journal(former, "applying", entries)
        try:
            for i, (name, new) in enumerate(self._staged.items()):
                target = self.folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                if target.is_file():
                    target.replace(former / str(i))
                if new:
                    new.replace(target)
            _write_journal(former, "done", entries)
        except BaseException:
            _roll_back(self.folder, former)
            raise
        for old in sorted((self.folder / FORMER).iterdir())[:-DEPTH]:
            shutil.rmtree(old, ignore_errors=True)


@contextmanager
def change(folder: Path) -> Iterator[Change]:
    """A change of a city's files that leaves nothing behind if it is stopped.

    Raises
    ------
    SafelearnError
        If the disk is full, a file cannot be written, or the user stops it. The folder is then as before.
    """
    nothing = t("Nothing in the city's folder was changed.")
    try:
        with alone(folder):
            recover(folder)
            # Nobody else is at work here: these were left by imports that were cut short.
            for left in folder.glob(f"{_STAGING}*"):
                shutil.rmtree(left, ignore_errors=True)
            staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
            try:
                yield Change(folder, staging)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
    except KeyboardInterrupt as error:
        raise SafelearnError(t("You stopped the import."), remedy=nothing) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
        if full:
            what = t("The disk is full.")
            remedy = t("Free some space and import the file again.")
        else:
            what = t("A file cannot be written: {why}.", why=error.strerror or error)
            remedy = t("Close it in other programs and check that you may write there.")
        raise SafelearnError(
            what,
            where=str(error.filename or folder) if not full else str(folder),
            remedy=f"{remedy} {nothing}",
        ) from error


def recover(folder: Path) -> bool:
    """Go back to the state before an import that was cut short; whether there was one."""
    found = _cut_short(folder)
    for former in found:
        _roll_back(folder, former)
    return bool(found)


def mend(folder: Path) -> bool:
    """`recover`, if there is need and nobody is at work; for those who are about to change the folder anyway."""
    if not _cut_short(folder) or at_work(folder):
        return False
    with alone(folder):
        return recover(folder)


def must_be_whole(folder: Path) -> None:
    """Raise if an import was cut short while files changed places, so that tables may not belong together.

    Nothing is written: whoever only looks at a city must not change it.
    """
    if not _cut_short(folder):
        return
    if at_work(folder):
        raise SafelearnError(
            t("An import is just writing its tables into this folder."),
            where=str(folder),
            remedy=t("Try again in a moment."),
        )
    raise SafelearnError(
        t("An import was cut short while it wrote its tables."),
        where=str(folder),
        remedy=t(
            "Run `safelearn city check` on this folder: it puts everything back as it was before that import."
        ),
    )


def _cut_short(folder: Path) -> list[Path]:
    """Former states whose journal does not say that all went well, the latest first."""
    return [
        former
        for former in sorted((folder / FORMER).glob("*"), reverse=True)
        if (_read_journal(former) or {}).get("state") != "done"
    ]


def records(folder: Path, name: str = RECORDS) -> list[dict[str, Any]]:
    """The records of the imports that today's tables rest on, the oldest first (`RETIRED`: the others)."""
    path = folder / name
    if not path.is_file():
        return []
    try:
        return [_spoken(r) for r in json.loads(path.read_text(encoding="utf-8"))]
    except ValueError as error:
        raise SafelearnError(
            t("The record of imports is damaged and cannot be read."),
            where=str(path),
            remedy=t("Restore the file from a copy, or import the files again."),
        ) from error


def storable(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records as they are stored: what was assumed in words, and how to say it in another language."""
    stored = []
    for record in found:
        how = [recipe(line) for line in record.get("assumptions", ())]
        stored.append(
            record | {"sayings": how}
            if any(isinstance(h, dict) for h in how)
            else record
        )
    return stored


def _spoken(stored: dict[str, Any]) -> dict[str, Any]:
    record = dict(stored)
    if "sayings" in record:
        record["assumptions"] = [again(line) for line in record.pop("sayings")]
    return record


def undo(city_folder: str | Path) -> Undone:
    """Take back the last import: every file it changed is as it was before, byte for byte.

    Raises
    ------
    SafelearnError
        If there is no import, or it lies too far back.
    """
    folder = Path(city_folder)
    with alone(folder):
        recover(folder)
        return _undo(folder)


def _undo(folder: Path) -> Undone:
    known = records(folder)
    if not known:
        raise SafelearnError(t("There is no import to take back."), where=str(folder))
    # One import may leave several records; areas that were drafted on its way are not what it was about.
    last = max(known, key=lambda r: (r["id"], r.get("profile") != "drafted"))
    former = folder / FORMER / f"{last['id']:04d}"
    journal = _read_journal(former)
    if journal is None:
        raise SafelearnError(
            t(
                "The import of {file} lies too far back to be taken back.",
                file=last["file"],
            ),
            where=str(folder),
            remedy=t(
                "Import a corrected file with --replace: it retires what the table had before."
            ),
        )
    kept = _keep_edited(folder, journal["files"])
    _write_journal(former, "applying", journal["files"])
    _roll_back(folder, former)
    return Undone(last["file"], last["table"], tuple(kept))


def sha256(path: Path) -> str:
    """The checksum by which a file is known again."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_json(path: Path, value: Any) -> None:
    """JSON that a person can read and that is the same for the same value."""
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def _keep_edited(folder: Path, files: list[dict[str, Any]]) -> list[str]:
    """Copy to review/ what a person has changed since the import, so that undo loses no work."""
    kept = []
    for entry in files:
        path = folder / entry["path"]
        table = "/" not in entry["path"]
        if table and path.is_file() and entry["after"] not in (None, sha256(path)):
            copy = folder / "review" / f"before-undo-{path.name}"
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, copy)
            kept.append(path.name)
    return kept


def _write_journal(former: Path, state: str, files: list[dict[str, Any]]) -> None:
    part = former / f"{_JOURNAL}.part"
    write_json(part, {"state": state, "files": files})
    part.replace(former / _JOURNAL)


def _read_journal(former: Path) -> dict[str, Any] | None:
    try:
        return json.loads((former / _JOURNAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _roll_back(folder: Path, former: Path) -> None:
    journal = _read_journal(former)
    for i, entry in reversed(list(enumerate(journal["files"] if journal else []))):
        target, old = folder / entry["path"], former / str(i)
        if old.is_file():
            old.replace(target)
        elif not entry["existed"]:
            target.unlink(missing_ok=True)
    shutil.rmtree(former, ignore_errors=True)
