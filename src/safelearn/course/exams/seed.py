"""The private seed: what nobody can compute who has only the public code.

A file that only the instructor has goes in. Everything of an exam that must not be guessed comes out of it by HMAC:
the secret from which one trainee's data are drawn, the code that opens what that trainee was given, the key that signs
receipts, the choice of questions. One of these gives neither another nor the seed.
"""

from __future__ import annotations

import base64
import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from safelearn.errors import SafelearnError
from safelearn.language import t

#: Fewer bytes could be tried one after the other.
LEAST = 32
#: Letters of a code: a hundred bits.
_LETTERS = 20


@dataclass(frozen=True)
class Seed:
    """The seed of one exam in one course.

    Attributes
    ----------
    data : bytes
        What the file holds.
    label : str
        The course and the exam: another one has other data from the same file.
    """

    data: bytes
    label: str

    def derived(self, purpose: str, trainee: str = "") -> bytes:
        """Thirty-two bytes for one purpose, and for one trainee."""
        message = "\0".join((self.label, purpose, trainee)).encode()
        return hmac.digest(self.data, message, "sha256")

    @property
    def fingerprint(self) -> str:
        """Tells this seed from another, and nothing of it."""
        return self.derived("fingerprint").hex()[:12]

    def secret(self, trainee: str) -> str:
        """From which this trainee's data are drawn."""
        return self.derived("data", trainee).hex()

    def code(self, trainee: str) -> str:
        """What this trainee types to open what was given out, such as ``K7QM-2ABC-...``."""
        text = base64.b32encode(self.derived("code", trainee)).decode()[:_LETTERS]
        return "-".join(text[i : i + 4] for i in range(0, _LETTERS, 4))


def read_seed(path: Path, label: str) -> Seed:
    """The seed in a file.

    Raises
    ------
    SafelearnError
        If there is none, or so little in it that it could be guessed.
    """
    try:
        data = Path(path).read_bytes().strip()
    except OSError as error:
        raise SafelearnError(
            t("The seed of the exam cannot be read."),
            where=str(path),
            remedy=t(
                "Put the file back where it was: without it nobody's data can be drawn."
            ),
        ) from error
    if len(data) < LEAST or len(set(data)) < LEAST // 4:
        raise SafelearnError(
            t("This seed could be guessed."),
            where=str(path),
            remedy=t(
                "Name a file that is not there yet: it is made, with {n} random bytes.",
                n=LEAST,
            ),
        )
    return Seed(data, label)


def make_seed(path: Path) -> None:
    """Write a new seed, which only its owner may read."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(secrets.token_hex(LEAST) + "\n", encoding="utf-8", newline="\n")


def open_to_others(path: Path) -> bool:
    """Whether other users of this machine can read a file or folder."""
    path = Path(path).resolve()
    ways = (folder.stat().st_mode & 0o001 for folder in path.parents)
    return os.name == "posix" and bool(path.stat().st_mode & 0o004) and all(ways)


def repository_of(path: Path) -> Path | None:
    """The repository in which a file or folder lies, if it does."""
    path = Path(path).resolve()
    return next((p for p in (path, *path.parents) if (p / ".git").exists()), None)


def require_private(path: Path) -> None:
    """See that a file or folder lies in no repository, from which it could be published.

    Raises
    ------
    SafelearnError
        If it does.
    """
    if folder := repository_of(path):
        raise SafelearnError(
            t("What belongs to an exam must not lie in a repository."),
            where=str(Path(path).resolve()),
            remedy=t(
                "Move it to a folder of your own outside {folder}, so that nobody publishes it by mistake.",
                folder=folder,
            ),
        )
