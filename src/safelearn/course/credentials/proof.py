"""Who signed this, and was it changed? A statement goes in and a signed text comes out, and the other way round.

The text is a JSON Web Token signed with Ed25519 (``alg`` EdDSA), which Open Badges 3.0 allows as a proof. Its head
carries the public key, and the name of the issuer (``did:key``) is that key written in letters: who holds the text
needs nothing else to see that it is whole. Whose key it is, nobody can see from the text alone.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.errors import SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALGORITHM = "EdDSA"
#: Of a signed text: a credential has a few kilobytes, a list of revocations some twenty at most.
MOST = 1_000_000
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
#: What `did:key` puts before an Ed25519 key.
_ED25519 = b"\xed\x01"


@dataclass(frozen=True)
class Signed:
    """A signed text that was opened.

    Attributes
    ----------
    said : dict
        What is stated.
    issuer : str
        The ``did:key`` of the key that has signed it.
    """

    said: dict[str, Any]
    issuer: str


def jose() -> Any:
    """The library that signs, or a sentence that says how to get it."""
    try:
        import cryptography  # noqa: F401
        import jwt
    except ImportError as error:
        raise SafelearnError(
            t("What signs and checks credentials is not installed."),
            remedy=t("Install safelearn[credential]."),
        ) from error
    return jwt


def new_key() -> Ed25519PrivateKey:
    """A key that nobody has."""
    jose()
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate()


def public(key: Ed25519PrivateKey) -> dict[str, str]:
    """The public half, as a JSON Web Key."""
    jose()
    from jwt.algorithms import OKPAlgorithm

    found = OKPAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {name: found[name] for name in ("kty", "crv", "x")}


def did_of(jwk: dict[str, Any]) -> str:
    """The name that a public key is: ``did:key`` of an Ed25519 key."""
    from jwt.utils import base64url_decode

    code = _ED25519 + base64url_decode(jwk["x"])
    n, letters = int.from_bytes(code, "big"), ""
    while n:
        n, rest = divmod(n, 58)
        letters = _BASE58[rest] + letters
    return f"did:key:z{letters}"


def fingerprint(did: str) -> str:
    """A key in twenty signs, in groups of four, for two people to compare over the telephone."""
    digest = hashlib.sha256(did.encode()).hexdigest()[:20].upper()
    return " ".join(digest[i : i + 4] for i in range(0, 20, 4))


def sign(said: dict[str, Any], key: Ed25519PrivateKey) -> str:
    """Sign a statement; the same statement and key give the same text."""
    return jose().encode(said, key, algorithm=ALGORITHM, headers={"jwk": public(key)})


def read_signed(path: Path) -> Signed:
    """Open a signed text from a file, as `opened` does."""
    path = Path(path)
    if path.suffix.lower() == ".pdf":
        raise SafelearnError(
            t("A PDF is paper: what can be checked is the file attached to it."),
            where=str(path),
            remedy=t(
                "Open the PDF, save its attachment, which ends in .jwt, and check that."
            ),
        )
    if not path.is_file():
        raise SafelearnError(t("There is no such file."), where=str(path))
    if path.stat().st_size > MOST:
        raise _nothing_signed(str(path))
    text = path.read_text(encoding="utf-8", errors="replace").strip()
    return opened(text, str(path))


def opened(text: str, where: str = "") -> Signed:
    """Open a signed text and see that it is whole.

    Only the algorithm and the kind of key that we sign with are taken: a text cannot choose how it is checked.

    Raises
    ------
    SafelearnError
        If it is none, was changed after it was signed, or names another issuer than the key it is signed with.
    """
    jwt = jose()
    from jwt import PyJWTError
    from jwt.algorithms import OKPAlgorithm

    try:
        jwk = jwt.get_unverified_header(text)["jwk"]
        if (jwk["kty"], jwk["crv"]) != ("OKP", "Ed25519") or "d" in jwk:
            raise KeyError("jwk")
        key = OKPAlgorithm.from_jwk(json.dumps(jwk))
        issuer = did_of(jwk)
    except (PyJWTError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise _nothing_signed(where) from error
    try:
        # Until when it holds is said by `verify`, in words: an old credential is no forged one.
        said = jwt.decode(text, key, algorithms=[ALGORITHM], options=_WHOLE_ONLY)
    except (PyJWTError, TypeError, ValueError, RecursionError) as error:
        raise SafelearnError(
            t("It was changed after it was signed, or damaged on its way."),
            where=where,
            remedy=t("Do not rely on it. Ask whoever gave it to you for the file."),
        ) from error
    named = said.get("issuer")
    named = named.get("id") if isinstance(named, dict) else named
    if not named == said.get("iss") == issuer:
        raise SafelearnError(
            t("It names another issuer than the one who has signed it."),
            where=where,
            remedy=t("Do not rely on it."),
        )
    return Signed(said, issuer)


_WHOLE_ONLY = {
    "verify_signature": True, "verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False,
}  # fmt: skip


def _nothing_signed(where: str) -> SafelearnError:
    return SafelearnError(
        t("This file is no credential, or it is damaged."),
        where=where,
        remedy=t("A credential is a text in one line, in a file that ends in .jwt."),
    )
