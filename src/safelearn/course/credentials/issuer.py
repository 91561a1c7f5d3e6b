"""Who issues a course's credentials: a name, and a pair of keys.

The public half lies in the course's folder, in ``credentials/issuer.json``, and is for everybody. The private half
lies in the instructor's own settings, or wherever they say, outside the course's folder: who has it can issue
credentials in that name.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.course.classroom.folder import course_folder
from safelearn.course.credentials import FOLDER
from safelearn.course.credentials.proof import did_of, new_key, public
from safelearn.course.grading.records import put
from safelearn.errors import SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FILE = f"{FOLDER}/issuer.json"


@dataclass(frozen=True)
class Issuer:
    """Who issues.

    Attributes
    ----------
    did : str
        The public key as a name, ``did:key:...``.
    name, url : str
        What the instructor has said; the url may be empty.
    revocations_at : str
        Where the list of revocations is published; empty if it is handed on as a file.
    since : str
        When the key was made.
    """

    did: str
    name: str
    url: str
    revocations_at: str
    since: str


def make_issuer(
    course: Path,
    name: str,
    *,
    url: str = "",
    revocations_at: str = "",
    keep: Path | None = None,
) -> tuple[Issuer, Path]:
    """Make the keys of a course.

    Parameters
    ----------
    name : str
        Of the issuer, as it shall stand in each credential.
    url, revocations_at : str
        The issuer's page, and where its list of revocations will be found.
    keep : Path, optional
        The file for the private key, outside the course; by default in the instructor's own settings.

    Returns
    -------
    tuple of Issuer and Path
        The issuer, and where the private key is.

    Raises
    ------
    SafelearnError
        If the course has a key already, nobody is named, or the private key would lie in the course.
    """
    course = course_folder(course)
    if (course / FILE).exists() or (course / FOLDER / "places.json").exists():
        raise SafelearnError(
            t("This course has a key already, and credentials may hang on it."),
            where=str(course / FOLDER),
            remedy=t(
                "If the private key is lost, move this folder away and keep it: what was issued is checked with it. "
                "Then make a new key, and ask for consent again."
            ),
        )
    name = " ".join(name.split())
    if not name:
        raise SafelearnError(
            t("It was not said who issues."),
            remedy=t("Say it as --issuer 'City of X, Department of Y'."),
        )
    for address in (url, revocations_at):
        if address and not address.startswith(("https://", "http://")):
            raise SafelearnError(
                t("{text} is no address of a web page.", text=address),
                remedy=t("Write it whole, from https:// on."),
            )
    key = new_key()
    jwk = public(key)
    path = (Path(keep) if keep else _settings() / f"{_short(did_of(jwk))}.pem").resolve()  # fmt: skip
    if path.is_relative_to(course):
        raise SafelearnError(
            t("The private key must not lie in the course's folder, which is shared."),
            where=str(path),
            remedy=t("Name a file elsewhere with --keep, or leave it out."),
        )
    _write_private(path, key)
    issuer = Issuer(
        did_of(jwk), name, url, revocations_at, datetime.now(UTC).date().isoformat()
    )
    put(course / FILE, _profile(issuer, jwk))
    return issuer, path


def read_issuer(course: Path) -> Issuer:
    """The issuer of a course.

    Raises
    ------
    SafelearnError
        If no key was made yet.
    """
    path = course_folder(course) / FILE
    if not path.is_file():
        raise SafelearnError(
            t("There is no key yet with which this course could sign."),
            where=str(course),
            remedy=t("Make one with `safelearn course credential key`."),
        )
    return issuer_in(path)


def issuer_in(path: Path) -> Issuer:
    """The issuer that a public file describes."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        jwk = data["publicKeyJwk"]
        issuer = Issuer(
            data["id"],
            data["name"],
            data.get("url", ""),
            data.get("revocations", ""),
            data["since"],
        )
        if did_of(jwk) != issuer.did:
            raise ValueError(issuer.did)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SafelearnError(
            t("This file does not describe an issuer."),
            where=str(path),
            remedy=t("Ask the issuer for the file issuer.json."),
        ) from error
    return issuer


def private_key(issuer: Issuer, kept: Path | None = None) -> Ed25519PrivateKey:
    """The private half.

    Parameters
    ----------
    kept : Path, optional
        Where it is, if not in the instructor's own settings.

    Raises
    ------
    SafelearnError
        If it is not there, can be read by others, or belongs to another issuer.
    """
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    path = Path(kept) if kept else _settings() / f"{_short(issuer.did)}.pem"
    if not path.is_file():
        raise SafelearnError(
            t("The private key of {name} is not on this machine.", name=issuer.name),
            where=str(path),
            remedy=t("If you keep it elsewhere, name the file with --secret."),
        )
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise SafelearnError(
            t("Others can read the private key, and could issue in your name."),
            where=str(path),
            remedy=t("Take their right away: chmod 600 FILE. Then try again."),
        )
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
        ours = did_of(public(key)) == issuer.did  # type: ignore[arg-type]
    except (ValueError, TypeError, AttributeError) as error:
        raise SafelearnError(
            t("This file holds no private key."), where=str(path)
        ) from error
    if not ours:
        raise SafelearnError(
            t("This private key is not the one of {name}.", name=issuer.name),
            where=str(path),
        )
    return key  # type: ignore[return-value]


def profile(issuer: Issuer) -> dict[str, Any]:
    """The issuer, as a credential names it."""
    found: dict[str, Any] = {"id": issuer.did, "type": ["Profile"], "name": issuer.name}
    return found | ({"url": issuer.url} if issuer.url else {})


def _profile(issuer: Issuer, jwk: dict[str, str]) -> str:
    data = profile(issuer) | {"publicKeyJwk": jwk, "since": issuer.since}
    if issuer.revocations_at:
        data["revocations"] = issuer.revocations_at
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _write_private(path: Path, key: Ed25519PrivateKey) -> None:
    """Write the key for its owner's eyes alone, and never over another."""
    from cryptography.hazmat.primitives import serialization as form

    text = key.private_bytes(
        form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise SafelearnError(
            t("There is a file already, and a key must not be written over another."),
            where=str(path),
            remedy=t("Name another file with --keep."),
        ) from error
    with os.fdopen(handle, "wb") as file:
        file.write(text)


def _short(did: str) -> str:
    return did.removeprefix("did:key:")[:24]


def _settings() -> Path:
    from platformdirs import user_config_path

    return user_config_path("safelearn", appauthor=False) / "keys"
