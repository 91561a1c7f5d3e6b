"""Collect what was handed in through nbgrader's exchange, and nothing that is not the trainee's own.

nbgrader follows a link in a submission with the instructor's rights: to the solutions, the gradebook, another's
work. It takes a folder with somebody else's name on it, and the hour that stands in the folder's name; and one
folder that it cannot read ends the collecting for all. Here only plain files are taken that belong to the account
under whose name they came; what was changed later than it says came later; and nobody's work stops another's.
"""

from __future__ import annotations

import os
import pwd
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader.exchange.default.collect import ExchangeCollect

from safelearn.execution.handed_in import BYTES, FILES
from safelearn.language import t

#: Handing in takes less; a clock that is off, too.
_PATIENCE = timedelta(minutes=10)
#: Says what of a submission was left where it is.
LEFT = "left-out.txt"
#: So many of them are named.
MOST = 50


class Collect(ExchangeCollect):
    """nbgrader's own, with other eyes for whose work it is and when it came."""

    def init_src(self) -> None:
        """Choose the newest of each trainee among the folders that are theirs."""
        super().init_src()
        self.src_records = [r for r in self.src_records if r["username"]]

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """Copy one submission; if that fails, say so and let the others be copied."""
        try:
            came = _came(Path(src), self._path_to_record(src)["said"])
            left = take(Path(src), Path(dest), self._account(src))
            _write(Path(dest, "timestamp.txt"), f"{came:%Y-%m-%d %H:%M:%S.%f} UTC")
            if not Path(dest, "submission_secret.txt").is_file():
                # Without one, nbgrader could give nobody their feedback.
                _write(Path(dest, "submission_secret.txt"), secrets.token_hex(64))
        except (OSError, RuntimeError) as error:
            self.log.error(
                t("{name} was not collected: {error}", name=src, error=error)
            )
            return
        if left:
            self.log.warning(
                t("Of {name} was left out: {files}", name=src, files="; ".join(left))
            )
            _write(Path(dest, LEFT), "\n".join(left) + "\n")

    def _path_to_record(self, path: str) -> dict[str, Any]:
        """What a folder's name says, with the hour that its files say; no name if it is not to be believed."""
        none = {"username": "", "filename": "", "timestamp": datetime.min}
        try:
            record = super()._path_to_record(path)
            about = os.lstat(path)
            owner = pwd.getpwuid(about.st_uid).pw_name
            said = record["timestamp"]
            own = not self.check_owner or owner == record["username"]
            if stat.S_ISDIR(about.st_mode) and own:
                return record | {"said": said, "timestamp": _came(Path(path), said)}
        except Exception as error:  # whatever it is, it is this folder's and no other's
            self.log.error(
                t("{name} was not collected: {error}", name=path, error=error)
            )
            return none
        self.log.error(
            t(
                "{name} was not collected: it belongs to {owner}. Ask {owner} why.",
                name=path,
                owner=owner,
            )
        )
        return none

    def _account(self, path: str) -> int | None:
        """Whose files they must be, or None where all trainees are one account."""
        return os.lstat(path).st_uid if self.check_owner else None


def take(source: Path, target: Path, owner: int | None) -> list[str]:
    """Copy the plain files of a submission, without following anything.

    Parameters
    ----------
    owner : int or None
        The number of the account whose files they must be; None for any.

    Returns
    -------
    list of str
        What was left out, and why.
    """
    left: list[str] = []
    files = size = 0
    target.mkdir(parents=True)
    # By descriptor: between a look and the copy, its owner could put a link in the place of a file.
    for at, folders, names, descriptor in os.fwalk(source, onerror=_refuse):
        inside = Path(at).relative_to(source)
        for name in [*names, *(f for f in folders if _is_link(f, descriptor))]:
            where = inside / name
            with _opened(name, descriptor) as number:
                about = None if number is None else os.fstat(number)
                if about is None or not stat.S_ISREG(about.st_mode):
                    left.append(t("{name} is a link or no file", name=where))
                elif owner is not None and about.st_uid != owner:
                    left.append(t("{name} belongs to somebody else", name=where))
                elif files == FILES or size + about.st_size > BYTES:
                    left.append(
                        t("{name} is more than a submission may hold", name=where)
                    )
                else:
                    files, size = files + 1, size + about.st_size
                    (target / inside).mkdir(parents=True, exist_ok=True)
                    with os.fdopen(os.dup(number), "rb") as file:
                        (target / where).write_bytes(file.read(about.st_size))
    return left[:MOST]


def _is_link(name: str, folder: int) -> bool:
    about = os.stat(name, dir_fd=folder, follow_symlinks=False)
    return stat.S_ISLNK(about.st_mode)


@contextmanager
def _opened(name: str, folder: int) -> Iterator[int | None]:
    """A file of a folder by its descriptor, or None for a link; a pipe is not waited for."""
    try:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        number = os.open(name, flags, dir_fd=folder)
    except OSError:
        yield None
        return
    try:
        yield number
    finally:
        os.close(number)


def _came(folder: Path, said: datetime) -> datetime:
    """When a submission came: as it says, unless a file of it was changed clearly later."""
    newest = max(
        (
            os.lstat(Path(at, name)).st_ctime
            for at, _, names in os.walk(folder)
            for name in names
        ),
        default=0,
    )
    newest = max(newest, os.lstat(folder).st_ctime)
    changed = datetime.fromtimestamp(newest, UTC).replace(tzinfo=None)
    return changed if abs(changed - said) > _PATIENCE else said


def _refuse(error: OSError) -> None:
    raise error


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
