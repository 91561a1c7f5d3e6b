"""Which credentials no longer hold: a list that the issuer signs, and that names nobody.

The list is a W3C Bitstring Status List: a row of 131,072 bits, in which each credential has a place of its own drawn
by lot. Who has the list and a credential sees whether that one is revoked, and nothing of any other. It is the file
``credentials/revocations.jwt``, to be put on a page or handed on; whoever checks a credential needs no network.
"""

from __future__ import annotations

import base64
import gzip
import json
import secrets
import uuid
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.course.credentials import FOLDER
from safelearn.course.credentials.issuer import Issuer
from safelearn.course.credentials.proof import Signed, sign
from safelearn.course.grading.records import put
from safelearn.errors import SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LIST = f"{FOLDER}/revocations.jwt"
FILE = f"{FOLDER}/places.json"
#: The least that the standard allows, so that one bit says nothing of whose it is.
PLACES = 131_072


@dataclass
class Places:
    """What the instructor keeps: the list's own name, the places taken, and what was revoked.

    Attributes
    ----------
    revoked : dict
        By place: the credential's id, the day, and the reason, which is not published.
    """

    name: str
    taken: list[int]
    revoked: dict[str, dict[str, str]]


def read_places(course: Path, address: str = "") -> Places:
    """The places of a course's credentials; none are taken at first, of a list to be found at an address."""
    path = Path(course) / FILE
    if not path.is_file():
        return Places(address or f"urn:uuid:{uuid.uuid4()}", [], {})
    return Places(**json.loads(path.read_text(encoding="utf-8")))


def write_places(course: Path, places: Places) -> None:
    """Keep them."""
    text = json.dumps(vars(places), ensure_ascii=False, indent=1) + "\n"
    put(Path(course) / FILE, text)


def take(course: Path, issuer: Issuer) -> dict[str, str]:
    """Draw a place for a new credential; gives its ``credentialStatus``."""
    places = read_places(course, issuer.revocations_at)
    taken = set(places.taken)
    free = secrets.choice([n for n in range(PLACES) if n not in taken])
    places.taken.append(free)
    write_places(course, places)
    return {
        "id": f"{places.name}#{free}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(free),
        "statusListCredential": places.name,
    }


def revoke(
    course: Path, issuer: Issuer, credential: dict[str, Any], reason: str
) -> bool:
    """Revoke a credential; False if it was revoked before. `publish` makes it known."""
    places = read_places(course, issuer.revocations_at)
    status = credential["credentialStatus"]
    place = status["statusListIndex"]
    if status["statusListCredential"] != places.name or int(place) not in places.taken:
        raise SafelearnError(
            t("This credential was not issued in this course."),
            where=str(credential.get("id", "")),
        )
    if place in places.revoked:
        return False
    today = datetime.now(UTC).date().isoformat()
    places.revoked[place] = {"id": credential["id"], "on": today, "reason": reason}
    write_places(course, places)
    return True


def forget_reasons(course: Path, ids: set[str]) -> None:
    """Take out why these were revoked; that they are stays."""
    if not (Path(course) / FILE).is_file():
        return
    places = read_places(course)
    for row in places.revoked.values():
        if row["id"] in ids:
            row["reason"] = ""
    write_places(course, places)


def publish(course: Path, issuer: Issuer, key: Ed25519PrivateKey) -> Path:
    """Sign the list as it is now."""
    places = read_places(course, issuer.revocations_at)
    write_places(course, places)
    now = datetime.now(UTC).replace(microsecond=0)
    bits = bytearray(PLACES // 8)
    for place in map(int, places.revoked):
        bits[place // 8] |= 0x80 >> (place % 8)
    # Without the time in its head, so that the same list is the same text.
    packed = base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0))
    said = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": places.name,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "credentialSubject": {
            "id": f"{places.name}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": "u" + packed.decode("ascii").rstrip("="),
        },
        "iss": issuer.did,
        "sub": f"{places.name}#list",
        "jti": places.name,
        "nbf": int(now.timestamp()),
    }
    path = Path(course) / LIST
    put(path, sign(said, key) + "\n")
    return path


def is_revoked(credential: Signed, listed: Signed) -> bool:
    """Whether a list says that a credential is revoked.

    Raises
    ------
    SafelearnError
        If the list is not the one to which the credential points, or cannot be read.
    """
    try:
        status = credential.said["credentialStatus"]
        same = listed.said["id"] == status["statusListCredential"]
        if not same or listed.issuer != credential.issuer:
            raise SafelearnError(
                t("This list of revocations is not the one of this credential."),
                remedy=t("Ask the issuer for the list of the same course."),
            )
        encoded = listed.said["credentialSubject"]["encodedList"]
        packed = base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4))
        # Never more than a list has: a small file may unpack to fill the memory.
        bits = zlib.decompressobj(31).decompress(packed, PLACES // 8)
        place = int(status["statusListIndex"])
        if not (encoded[0] == "u" and 0 <= place < 8 * len(bits)):
            raise ValueError(place)
    except (KeyError, TypeError, ValueError, IndexError, zlib.error) as error:
        raise SafelearnError(
            t("The list of revocations cannot be read."),
            remedy=t("Ask the issuer for it again."),
        ) from error
    return bool(bits[place // 8] & (0x80 >> (place % 8)))
