"""Give a trainee their credential: only with their consent, and only when nothing of theirs still waits.

What is issued lies in ``credentials/issued/ID``: a record, the signed credential, and the page. The record is written
first, and the rest is made of it: whatever stops the command, the next call finishes what was begun and signs the
same text again, and never a second one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.course.classroom.folder import course_folder
from safelearn.course.credentials import FOLDER
from safelearn.course.credentials.badge import credential
from safelearn.course.credentials.certificate import ATTACHED, page
from safelearn.course.credentials.consent import person, read_consent
from safelearn.course.credentials.issuer import Issuer
from safelearn.course.credentials.proof import sign
from safelearn.course.credentials.revocations import read_places, take
from safelearn.course.credentials.standing import Standing, standing
from safelearn.course.grading.records import put
from safelearn.course.variants import checked
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from safelearn.course.reporting.marks import Marks

#: How long a credential holds unless it is said otherwise: until the next renewal.
DAYS = 365


@dataclass(frozen=True)
class Issued:
    """What a trainee gets.

    Attributes
    ----------
    name : str
        What the credential is called.
    signed : Path
        The credential.
    page : Path or None
        The certificate; None if it could not be made, for the reason in `no_page`.
    new : bool
        False if the same one was issued before.
    """

    name: str
    signed: Path
    page: Path | None
    no_page: str
    new: bool


def issue(
    course: Path,
    marks: Marks,
    issuer: Issuer,
    key: Ed25519PrivateKey,
    student: str,
    *,
    part: bool = False,
    days: int = DAYS,
) -> Issued:
    """Issue the credential of one trainee.

    Parameters
    ----------
    part : bool
        Also of a part of the role's path; the credential then says that it is one.
    days : int
        For how long it holds.

    Raises
    ------
    SafelearnError
        If the trainee has not agreed, work still waits, nothing was practised, or it is a part and was not asked for.
    """
    course = course_folder(course)
    person(course, student)
    consent = read_consent(course, student)
    if consent is None:
        raise SafelearnError(
            t("{id} has not agreed to a credential.", id=student),
            remedy=t(
                "Ask, and write the answer down with `safelearn course credential consent`."
            ),
        )
    found = standing(course, marks, student)
    _require_ready(found, part)
    now = datetime.now(UTC).replace(microsecond=0)
    until = now + timedelta(days=days)
    made = credential(found, issuer, consent, {}, now=now, until=until)
    before = _same(course, student, made, now)
    if before is None:
        status = take(course, issuer)
        made["credentialStatus"] = status
        path = _path(course, student, made)
        record = {"credential": made}
        put(path, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        before = path, record
    path, record = before
    signed = path.with_suffix(".jwt")
    new = not signed.is_file()
    text = sign(record["credential"], key) + "\n"
    if new or signed.read_text(encoding="utf-8") != text:
        put(signed, text)
    no_page = _certificate(path.with_suffix(".pdf"), record, text)
    return Issued(
        made["name"],
        signed,
        None if no_page else path.with_suffix(".pdf"),
        no_page,
        new,
    )


def issued_to(course: Path, student: str) -> list[dict[str, Any]]:
    """The credentials that were issued to a trainee, oldest first."""
    folder = Path(course) / FOLDER / "issued" / checked(student)
    records = sorted(folder.glob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8"))["credential"] for path in records]  # fmt: skip


def _require_ready(found: Standing, part: bool) -> None:
    who = found.person.id
    if found.open:
        raise SafelearnError(
            t("Not yet for {id}: {reasons}", id=who, reasons=" ".join(found.open)),
            remedy=t("Mark what waits in nbgrader's formgrader, or grade it, and try again."),
        )  # fmt: skip
    if not (found.practised or found.examined):
        raise SafelearnError(
            t("{id} has not practised any level yet.", id=who),
            remedy=t("A level counts from half of the points of its marked tasks on."),
        )
    if found.complete or part:
        return
    if not found.role:
        raise SafelearnError(
            t("It is not said whose path {id} follows.", id=who),
            remedy=t(
                "Say it with `safelearn course roster add DIR ID --path ROLE`, or issue a part with --part."
            ),
        )
    lacking = [
        t("{competency}, level {level}", competency=name, level=level)
        for name, level in found.lacking
    ]
    raise SafelearnError(
        t(
            "{id} has not finished the path. Not handed in or not practised: {names}.",
            id=who,
            names=listing([*found.missing, *lacking]),
        ),
        remedy=t("To issue what was practised as a part of the path, add --part."),
    )


def _same(
    course: Path, student: str, made: dict[str, Any], now: datetime
) -> tuple[Path, dict[str, Any]] | None:
    """The record of a credential that says the same, still holds and was not revoked."""
    revoked = read_places(course).revoked
    for path in sorted((course / FOLDER / "issued" / student).glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        old = record["credential"]
        if (
            _content(old) == _content(made)
            and old["credentialStatus"]["statusListIndex"] not in revoked
            and datetime.fromisoformat(old["validUntil"]) > now
        ):
            return path, record
    return None


def _content(made: dict[str, Any]) -> dict[str, Any]:
    """What it says, without the names and days that differ each time."""
    subject = {k: v for k, v in made["credentialSubject"].items() if k != "id"}
    return subject | {"issuer": made["issuer"]}


def _path(course: Path, student: str, made: dict[str, Any]) -> Path:
    name = f"{made['validFrom'][:10]}-{made['id'][-8:]}.json"
    return course / FOLDER / "issued" / student / name


def _certificate(path: Path, record: dict[str, Any], text: str) -> str:
    """Print the page unless it is there; gives the reason if it cannot be made."""
    from safelearn.reports.formats.pdf import to_pdf

    if path.is_file():
        return ""
    html = page(record["credential"])
    try:
        printed = to_pdf(html, attached={ATTACHED: text})
    except SafelearnError as error:
        return str(error)
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.write_bytes(printed)
    unfinished.replace(path)
    return ""
