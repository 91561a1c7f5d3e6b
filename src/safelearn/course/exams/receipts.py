"""What proves that a notebook was handed in, and when? A receipt, which only the instructor can make and anybody check.

A notebook goes in; out comes a short text with the hash of the file, the hash of what was written in it, the time by
the instructor's clock, and a signature (Ed25519) whose key follows from the private seed. The trainee's folder holds
the public half, and so does the course: both sides see whether a file is the one, and nobody makes a receipt alone.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from safelearn.course.authoring.build import NOTEBOOK
from safelearn.course.classroom.folder import course_folder, handed_in_at
from safelearn.course.exams.register import exam_of, read_exams, require_begun
from safelearn.course.exams.seed import Seed
from safelearn.course.grading.records import put
from safelearn.course.modules import OPENED, find_module
from safelearn.errors import SafelearnError
from safelearn.execution.handed_in import require_plain, require_readable
from safelearn.language import t

FOLDER = "receipts"
#: What the line that a program reads begins with.
_LINE = "safelearn-receipt:"


@dataclass(frozen=True)
class Receipt:
    """That a notebook was here.

    Attributes
    ----------
    label : str
        The course and the exam.
    file, work : str
        SHA-256 of the file, and of the text of its cells, which saving it again does not change.
    received : str
        When the instructor's machine first saw it, in UTC.
    handed_in : str
        When, by what came with it, in UTC; empty if nothing did. The trainee's side may have written it.
    """

    label: str
    trainee: str
    file: str
    work: str
    received: str
    handed_in: str

    @property
    def short(self) -> str:
        """The beginning of the file's hash, to read out, such as ``3f2a-91bc-77d0``."""
        return "-".join(self.file[i : i + 4] for i in (0, 4, 8))


def issue(course: Path, name: str) -> dict[str, Receipt]:
    """Give a receipt for each notebook that was handed in and has none yet.

    Returns
    -------
    dict
        By trainee, the receipt of what lies there now: also in ``receipts/EXAM/TRAINEE.txt``, to be passed on.
    """
    course = course_folder(course)
    exam = exam_of(course, name)
    require_begun(course, find_module(exam.name))
    seed = exam.seed()
    found = {}
    for path in sorted(course.glob(f"submitted/*/{exam.name}/{NOTEBOOK}.ipynb")):
        who = path.parents[1].name
        known = receipts_of(course, exam.name, who)
        try:
            require_plain(path.parent)
            file, work = hashes(path)
        except SafelearnError:
            continue  # a link or a bomb: it is set aside when it is graded
        receipt = next((one for one in known if one.file == file), None)
        if receipt is None:
            when = handed_in_at(path.parent)
            receipt = Receipt(
                exam.label,
                who,
                file,
                work,
                _second(datetime.now(UTC)),
                _second(when) if when else "",
            )
            rows = [asdict(one) for one in (*known, receipt)]
            put(_kept(course, exam.name, who), json.dumps(rows, indent=1) + "\n")
        put(_kept(course, exam.name, who).with_suffix(".txt"), text(receipt, seed))
        found[who] = receipt
    return found


def receipts_of(course: Path, name: str, trainee: str) -> list[Receipt]:
    """The receipts that a trainee was given for an exam, the oldest first."""
    path = _kept(course, name, trainee)
    if not path.is_file():
        return []
    return [Receipt(**row) for row in json.loads(path.read_text(encoding="utf-8"))]


def received(course: Path, name: str, trainee: str) -> datetime | None:
    """When what lies there now was first seen here; None if it has no receipt."""
    path = Path(course) / "submitted" / trainee / name / f"{NOTEBOOK}.ipynb"
    known = receipts_of(course, name, trainee)
    if not known:
        return None
    try:
        file, _ = hashes(path)
    except SafelearnError:
        return None
    own = next((one for one in known if one.file == file), None)
    return datetime.fromisoformat(own.received) if own else None


def text(receipt: Receipt, seed: Seed) -> str:
    """The receipt as it is passed on: sentences for people, and a line for programs."""
    payload = json.dumps(asdict(receipt), sort_keys=True).encode()
    signed = f"{_line(payload)}.{_line(_private(seed).sign(payload))}"
    lines = [
        t("Receipt for {trainee}: {exam}", trainee=receipt.trainee, exam=receipt.label),
        t("Notebook {short}, received on {time}.", short=receipt.short, time=_said(receipt.received)),
        t("Keep this file, and a copy of the notebook as you handed it in. Both can be checked later:"),
        "  safelearn course exam verify RECEIPT.txt assignment.ipynb",
        "",
        _LINE + signed,
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def public_key(seed: Seed) -> str:
    """The half by which receipts are verified."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    raw = _private(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return raw.hex()


def verify(receipt: Path, notebook: Path, course: Path | None = None) -> list[str]:
    """What a receipt says of a notebook, in sentences.

    Parameters
    ----------
    course : Path, optional
        The instructor's course; without it the key is taken from the folder in which the notebook lies.

    Raises
    ------
    SafelearnError
        If the receipt is none, was changed, or is of another notebook.
    """
    payload, signature = _parsed(receipt)
    said = Receipt(**json.loads(payload))
    for key, label in _keys(notebook, course):
        if label == said.label and _signed(key, payload, signature):
            break
    else:
        raise SafelearnError(
            t("This receipt is not genuine, or of another exam."),
            where=str(receipt),
            remedy=t("Ask the instructor to look up what the course has kept."),
        )
    file, work = hashes(notebook)
    about = t(
        "The receipt is genuine: {exam}, {trainee}, received on {time}.",
        exam=said.label,
        trainee=said.trainee,
        time=_said(said.received),
    )
    if file == said.file:
        return [about, t("The notebook is the very file that was received.")]
    if work and work == said.work:
        return [
            about,
            t("The notebook was saved again, but its cells hold what was received."),
        ]
    raise SafelearnError(
        t("The receipt is genuine, but it is not of this notebook."),
        where=t(
            "The receipt is for {one}, the notebook is {other}.",
            one=said.short,
            other=f"{file[:4]}-{file[4:8]}-{file[8:12]}",
        ),
        remedy=t("Look for the copy that was handed in."),
    )


def hashes(notebook: Path) -> tuple[str, str]:
    """Of a notebook's file, and of the text in its cells (empty if it is no notebook).

    Raises
    ------
    SafelearnError
        If it is not there, is a link, or is larger than any notebook.
    """
    path = Path(notebook)
    if path.is_symlink() or not path.is_file():
        raise SafelearnError(t("There is no such notebook."), where=str(path))
    require_readable(path)
    data = path.read_bytes()
    try:
        cells = json.loads(data)["cells"]
        texts = [[c["cell_type"], "".join(c["source"])] for c in cells]
        work = hashlib.sha256(json.dumps(texts).encode()).hexdigest()
    except (ValueError, KeyError, TypeError, RecursionError):
        work = ""
    return hashlib.sha256(data).hexdigest(), work


def _kept(course: Path, name: str, trainee: str) -> Path:
    return Path(course) / FOLDER / name / f"{trainee}.json"


def _keys(notebook: Path, course: Path | None) -> list[tuple[str, str]]:
    """Public keys, with the exam that each is for."""
    if course is not None:
        exams = read_exams(course_folder(course)).values()
        return [(exam.receipts, exam.label) for exam in exams]
    try:
        text = (Path(notebook).parent / OPENED).read_text(encoding="utf-8")
        given: dict[str, Any] = json.loads(text)
        return [(given["receipts"], given["label"])]
    except (OSError, ValueError, KeyError, TypeError):
        raise SafelearnError(
            t("The notebook does not lie in the folder of an exam."),
            where=str(notebook),
            remedy=t(
                "Put it back where you worked on it, or, as the instructor, name the course with --course."
            ),
        ) from None


def _private(seed: Seed) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed.derived("receipts"))


def _signed(key: str, payload: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            signature, payload
        )
    except (InvalidSignature, ValueError):
        return False
    return True


def _parsed(path: Path) -> tuple[bytes, bytes]:
    try:
        lines = Path(path).read_text(encoding="utf-8").split()
        line = next(word for word in lines if word.startswith(_LINE))
        payload, signature = (
            base64.urlsafe_b64decode(part)
            for part in line.removeprefix(_LINE).split(".")
        )
        Receipt(**json.loads(payload))
    except (OSError, ValueError, StopIteration, TypeError) as error:
        raise SafelearnError(
            t("This file is no receipt."),
            where=str(path),
            remedy=t("It is a text whose last line begins with {line}", line=_LINE),
        ) from error
    return payload, signature


def _line(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


def _second(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds")


def _said(when: str) -> str:
    return f"{datetime.fromisoformat(when):%Y-%m-%d %H:%M:%S} UTC"
