"""Does the trainee want a credential, and under which name? Nothing is issued without a yes that was written down.

The consent of one trainee lies in ``credentials/consents/ID.json``: the sentences that were agreed to, when, and how
the credential shall name its holder, in clear or by a code that only the holder has. It is taken back by deleting it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from safelearn.course.classroom.folder import course_folder
from safelearn.course.classroom.roster import Person, read_roster
from safelearn.course.credentials import FOLDER
from safelearn.course.credentials.issuer import Issuer
from safelearn.course.grading.records import put
from safelearn.course.variants import checked
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

#: Letters and digits that nobody takes for one another.
_CLEAR = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True)
class Consent:
    """What a trainee has agreed to.

    Attributes
    ----------
    name : str
        As the trainee wants to be named; empty if a code shall stand for the name.
    hashed, salt : str
        Of the holder's code; empty if there is a name. The code itself is not kept.
    on : str
        The day.
    agreed : tuple of str
        The sentences that the trainee was shown.
    """

    student: str
    name: str
    hashed: str
    salt: str
    on: str
    agreed: tuple[str, ...]

    @property
    def identity(self) -> dict[str, object]:
        """The holder, as a credential names them."""
        who: dict[str, object] = {"type": "IdentityObject", "hashed": not self.name}
        if self.name:
            return who | {"identityHash": self.name, "identityType": "name"}
        return who | {
            "identityHash": f"sha256${self.hashed}",
            "identityType": "identifier",
            "salt": self.salt,
        }


def terms(issuer: Issuer, name: str) -> tuple[str, ...]:
    """What a trainee is asked to agree to."""
    named = (
        t("It names me: {name}.", name=name)
        if name
        else t("It does not name me: a code that only I have shows that it is mine.")
    )
    return (
        t(
            "I want a credential from {issuer} that says what I practised in this course, and what I was examined in.",
            issuer=issuer.name,
        ),
        named,
        t(
            "I get it as a file and on a page. It is sent to nobody else. Whoever I show it to can read all of it."
        ),
        t(
            "It can be revoked, by my wish too. The list of revocations names nobody."
        ),
        t(
            "I may take this back at any time. Nothing more is then issued; what I have stays until it is revoked "
            "or runs out."
        ),
    )  # fmt: skip


def record(
    course: Path, issuer: Issuer, student: str, name: str
) -> tuple[Consent, str]:
    """Write down that a trainee has agreed.

    Parameters
    ----------
    name : str
        As the trainee wants to be named; empty for a code.

    Returns
    -------
    tuple of Consent and str
        The consent, and the holder's code, which is not kept anywhere; empty if there is a name.
    """
    course = course_folder(course)
    person(course, student)
    name = " ".join(name.split())
    if len(name) > 120 or not name.isprintable():
        raise SafelearnError(t("This is too long for a name, or no text."))
    code = hashed = salt = ""
    if not name:
        code = "-".join(
            "".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(5)
        )
        salt = secrets.token_hex(8)
        hashed = hash_of(code, salt)
    today = datetime.now(UTC).date().isoformat()
    consent = Consent(student, name, hashed, salt, today, terms(issuer, name))
    text = json.dumps(asdict(consent), ensure_ascii=False, indent=1) + "\n"
    put(_path(course, student), text)
    return consent, code


def withdraw(course: Path, student: str) -> bool:
    """Take a consent back; whether there was one."""
    path = _path(course_folder(course), student)
    there = path.is_file()
    path.unlink(missing_ok=True)
    return there


def read_consent(course: Path, student: str) -> Consent | None:
    """What this trainee has agreed to, or None."""
    path = _path(Path(course), student)
    if not path.is_file():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    return Consent(**data | {"agreed": tuple(data["agreed"])})


def consenting(course: Path) -> list[str]:
    """Who has agreed, in the order of ids."""
    return sorted(p.stem for p in (Path(course) / FOLDER / "consents").glob("*.json"))


def person(course: Path, student: str) -> Person:
    """Somebody of the class.

    Raises
    ------
    SafelearnError
        If there is nobody of this id, or they have withdrawn.
    """
    people = {p.id: p for p in read_roster(course).present()}
    if student not in people:
        raise SafelearnError(
            t("{id} is not in the class.", id=student),
            remedy=t("The class is: {names}.", names=listing(sorted(people)))
            if people
            else t("Read a list first, with `safelearn course roster add DIR --file`."),
        )
    return people[student]


def hash_of(code: str, salt: str) -> str:
    """The holder's code as Open Badges hashes an identity: SHA-256 of the code and the salt after it."""
    return hashlib.sha256(f"{code.strip().upper()}{salt}".encode()).hexdigest()


def _path(course: Path, student: str) -> Path:
    # An id is no path: this is also where a consent is deleted.
    return course / FOLDER / "consents" / f"{checked(student)}.json"
