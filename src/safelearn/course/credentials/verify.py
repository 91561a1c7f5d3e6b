"""May this credential be relied on? What a file shows, and what it cannot show, without any network.

A signed credential goes in, with the issuer's public file and the list of revocations where there are any. Out comes
what was found, question by question. Without the issuer's file nobody can see who signed; without the list nobody can
see whether it was revoked; and the verdict never says more than was seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from safelearn.course.credentials.badge import is_rehearsal
from safelearn.course.credentials.certificate import holder, statements
from safelearn.course.credentials.consent import hash_of
from safelearn.course.credentials.issuer import issuer_in
from safelearn.course.credentials.proof import Signed, fingerprint, read_signed
from safelearn.course.credentials.revocations import is_revoked
from safelearn.errors import SafelearnError
from safelearn.language import day, t, tn

#: By how much two clocks may differ.
LEEWAY = timedelta(minutes=10)


@dataclass(frozen=True)
class Finding:
    """One question and its answer: True, False, or None where it could not be seen."""

    question: str
    holds: bool | None
    sentence: str


@dataclass(frozen=True)
class Verified:
    """What was found.

    Attributes
    ----------
    credential : dict
        What it says.
    findings : tuple of Finding
        ``signature, issuer, validity, revocation``; ``rehearsal`` if it is one, and ``holder`` if it was asked.
    """

    credential: dict[str, Any]
    findings: tuple[Finding, ...]

    @property
    def reliable(self) -> bool:
        """Whether the signature is the named issuer's and nothing speaks against it."""
        found = {f.question: f.holds for f in self.findings}
        return bool(found["signature"] and found["issuer"]) and False not in found.values()  # fmt: skip

    def verdict(self) -> str:
        """All of it in one sentence."""
        found = {f.question: f.holds for f in self.findings}
        if False in found.values():
            return t("Do not rely on it.")
        if not found["issuer"]:
            return t("It is whole, but who signed it was not shown: do not rely on it yet.")  # fmt: skip
        if found["revocation"] is None:
            return t("It is genuine and holds, unless it was revoked: that was not looked up.")  # fmt: skip
        return t("It is genuine and holds.")


def verify(
    path: Path,
    *,
    issuer: Path | None = None,
    revocations: Path | None = None,
    holder_says: str = "",
    now: datetime | None = None,
) -> Verified:
    """Check a credential.

    Parameters
    ----------
    path : Path
        The signed credential.
    issuer : Path, optional
        The issuer's public file, from the issuer.
    revocations : Path, optional
        The issuer's list.
    holder_says : str
        The name or the code of whoever shows it.
    now : datetime, optional
        The moment for which it is asked.

    Raises
    ------
    SafelearnError
        If it is no credential, was changed, or names another issuer than its signer.
    """
    signed = read_signed(path)
    said = signed.said
    _require_badge(said, path)
    now = now or datetime.now(UTC)
    findings = [
        Finding("signature", True, t("Nothing in it was changed since it was signed.")),
        _signer(signed, issuer),
        _in_time(said, now),
        _revocation(signed, revocations, now),
    ]
    if is_rehearsal(said):
        text = t("It is a rehearsal: nobody in it exists, and no mark was earned.")
        findings.append(Finding("rehearsal", False, text))
    if holder_says:
        findings.append(_held_by(said, holder_says))
    return Verified(said, tuple(findings))


def plain(text: str) -> str:
    """A text of somebody we do not know, as it may be printed: in one line, and nothing that moves the terminal."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))[:600]


def _signer(signed: Signed, issuer: Path | None) -> Finding:
    name = plain(str(signed.said["issuer"].get("name", "")))
    key = fingerprint(signed.issuer)
    if issuer is None:
        return Finding(
            "issuer",
            None,
            t(
                "It says that {name} has issued it. Anybody can write that: get the file issuer.json from {name} and "
                "give it with --key. The key is {key}.",
                name=name,
                key=key,
            ),
        )
    known = issuer_in(issuer)
    if known.did != signed.issuer:
        return Finding(
            "issuer",
            False,
            t(
                "It was not signed with the key of {name}. Its key is {key}.",
                name=known.name,
                key=key,
            ),
        )
    return Finding(
        "issuer",
        True,
        t(
            "It was signed with the key of {name}: {key}.",
            name=known.name,
            key=key,
        ),
    )


def _in_time(said: dict[str, Any], now: datetime) -> Finding:
    start, end = (datetime.fromisoformat(said[k]) for k in ("validFrom", "validUntil"))
    since, until = day(start.date()), day(end.date())
    if now > end:
        text = t("It has expired: it held from {start} to {end}.", start=since, end=until)  # fmt: skip
        return Finding("validity", False, text)
    if now + LEEWAY < start:
        text = t("It does not hold yet: it begins on {start}.", start=since)
        return Finding("validity", False, text)
    text = t("It holds from {start} to {end}.", start=since, end=until)
    return Finding("validity", True, text)


def _revocation(signed: Signed, path: Path | None, now: datetime) -> Finding:
    if path is None:
        where = signed.said["credentialStatus"]["statusListCredential"]
        text = t(
            "Whether it was revoked was not looked up: get the list from {place} and give it with --revocations.",
            place=plain(where) if where.startswith("http") else t("the issuer"),
        )
        return Finding("revocation", None, text)
    listed = read_signed(path)
    revoked = is_revoked(signed, listed)
    made = datetime.fromisoformat(listed.said["validFrom"])
    age = (now - made).days
    if revoked:
        return Finding(
            "revocation",
            False,
            t("It was revoked: so says the list of {day}.", day=day(made.date())),
        )
    if now + LEEWAY < made:
        return Finding(
            "revocation", None, t("The list of revocations is of a day that has not come yet.")
        )  # fmt: skip
    return Finding(
        "revocation",
        True,
        t("By the list of {day} it was not revoked.", day=day(made.date()))
        + " "
        + (
            tn(
                "The list is {n} day old: what was revoked since is not in it.",
                "The list is {n} days old: what was revoked since is not in it.",
                age,
            )
            if age > 0
            else t("The list is of today.")
        ),
    )


def _held_by(said: dict[str, Any], claim: str) -> Finding:
    who = said["credentialSubject"]["identifier"][0]
    if who["hashed"]:
        same = f"sha256${hash_of(claim, who['salt'])}" == who["identityHash"]
        yes, no = (
            t("The code belongs to it: who has the code is its holder."),
            t("The code does not belong to it."),
        )
    else:
        same = " ".join(claim.split()).casefold() == who["identityHash"].casefold()
        yes, no = (
            t("It was issued to {name}.", name=plain(who["identityHash"])),
            t(
                "It was issued to somebody else: {name}.",
                name=plain(who["identityHash"]),
            ),
        )
    return Finding("holder", same, yes if same else no)


def _require_badge(said: dict[str, Any], path: Path) -> None:
    """See that all is there that we read: another's badge may be sound and yet say other things."""
    try:
        if "OpenBadgeCredential" not in said["type"]:
            raise KeyError("type")
        claims = said["iss"], said["jti"], said["sub"]
        named = said["issuer"]["id"], said["id"], said["credentialSubject"]["id"]
        if claims != named:
            raise KeyError("claims")
        holder(said)
        statements(said)
        _in_time(said, datetime.now(UTC))
        str(said["credentialStatus"]["statusListCredential"])
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, StopIteration) as error:  # fmt: skip
        raise SafelearnError(
            t("It is signed, but it is no credential of a course of safelearn."),
            where=str(path),
            remedy=t("Check it with a verifier for Open Badges 3.0."),
        ) from error
