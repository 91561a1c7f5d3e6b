"""What a trainee gets of an exam: the unsolved notebook and their own data, sealed until their code is told.

The instructor's side draws each trainee's data and seals them, with the notebook and the form of the answers, in one
file a trainee. No generator, no solution and nobody else's data are in it. The trainee's side opens it with a code of a
hundred bits, which follows from the private seed and is told when the exam begins.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safelearn.course import variants
from safelearn.course.authoring.build import NOTEBOOK, text_of, unsolved_notebook
from safelearn.course.classroom.folder import course_folder
from safelearn.course.classroom.roster import Roster, read_roster
from safelearn.course.exams.frozen import DATA, frozen, objects_of
from safelearn.course.exams.register import Exam, exam_of, module_of, window
from safelearn.course.modules import OPENED, Module
from safelearn.course.source import read_assignment
from safelearn.course.variants import Variant, checked
from safelearn.errors import SafelearnError
from safelearn.language import t

FOLDER, ENDING = "handout", ".exam"
#: Of a task, what its trainee may know: never the trap.
_OF_A_TASK = (
    "title", "level", "points", "competency", "clauses", "indicator", "answers", "rubric", "instead_of",
)  # fmt: skip
_OF_A_MODULE = ("id", "title", "competency", "needs", "hours", "clauses", "exam")
_NAMES = re.compile(r"assignment\.ipynb|module\.toml|exam\.json|data/\w+\.feather")
#: First words of a sealed file, before the part that only the code opens.
_FORMAT = "safelearn exam 1"


@dataclass(frozen=True)
class Opened:
    """What a trainee opened.

    Attributes
    ----------
    folder : Path
        With the notebook.
    about : dict
        What ``exam.json`` says: exam, title, trainee, opens, closes, zone.
    """

    folder: Path
    about: dict[str, Any]


def hand_out(
    course: Path,
    name: str,
    out: Path | None = None,
    *,
    on_trainee: Callable[[int, int, str], None] | None = None,
) -> list[Path]:
    """Write one sealed file for each trainee of the class.

    Parameters
    ----------
    out : Path, optional
        Where to; by default ``handout/EXAM`` in the course's folder.
    on_trainee : callable, optional
        Called as ``on_trainee(done, total, trainee)``.

    Raises
    ------
    SafelearnError
        If nobody is in the class, or a table cannot be handed out.
    """
    course = course_folder(course)
    exam = exam_of(course, name)
    module, roster, seed = module_of(exam), read_roster(course), exam.seed()
    people = [person.id for person in roster.present()]
    if not people:
        raise SafelearnError(
            t("Nobody is in the class, so there is nobody to hand the exam to."),
            where=str(course),
            remedy=t("Add people with `safelearn course roster add`."),
        )
    notebook = text_of(unsolved_notebook(read_assignment(module.folder)))
    folder = Path(out) if out else course / FOLDER / exam.name
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for done, who in enumerate(people):
        if on_trainee:
            on_trainee(done, len(people), who)
        own = variants.variant(module.name, who, seed.secret(who))
        about = _about(exam, module, roster, own)
        parts = {
            f"{NOTEBOOK}.ipynb": notebook.encode(),
            "module.toml": _described(module),
            OPENED: (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode(),
        }
        parts |= {
            f"{DATA}/{table}.feather": frozen(frame, table)
            for table, frame in own.tables.items()
        }
        path = folder / f"{who}{ENDING}"
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        unfinished.write_bytes(_sealed(about, parts, seed.code(who)))
        unfinished.replace(path)
        written.append(path)
    if on_trainee:
        on_trainee(len(people), len(people), "")
    return written


def codes(course: Path, name: str) -> dict[str, str]:
    """By trainee of the class, the code that opens what was handed out."""
    course = course_folder(course)
    seed = exam_of(course, name).seed()
    return {one.id: seed.code(one.id) for one in read_roster(course).present()}


def open_packet(packet: Path, code: str, into: Path) -> Opened:
    """Open a sealed file with its code, into a folder named after the exam (which may be the one where it lies).

    Raises
    ------
    SafelearnError
        If the code is not that of this file, the file is damaged, or the folder is there already.
    """
    packet = Path(packet)
    about, parts = _unsealed(packet, code)
    folder, lies = Path(into) / about["exam"], packet.resolve().parent
    if lies.name == about["exam"] and lies == Path(into).resolve():
        folder = lies  # as nbgrader's exchange brings it, and takes it back
    if (folder / OPENED).exists():
        raise SafelearnError(
            t("This exam was opened here already."),
            where=str(folder),
            remedy=t("Go on in this folder. Nothing is written over."),
        )
    (folder / DATA).mkdir(parents=True, exist_ok=True)
    # What says that the folder is open comes last, so that a broken-off command can be run again.
    for name in sorted(parts, key=lambda name: name == OPENED):
        target = folder / name
        if name != f"{NOTEBOOK}.ipynb" or not target.exists():
            target.write_bytes(parts[name])
    return Opened(folder, about)


def _about(exam: Exam, module: Module, roster: Roster, own: Variant) -> dict[str, Any]:
    opens, closes = (
        f"{when:%Y-%m-%d %H:%M}"
        for when in (
            window(exam, roster, own.trainee).opens,
            window(exam, roster, own.trainee).closes,
        )
    )
    return {
        "exam": exam.name,
        "title": module.title,
        "label": exam.label,
        "trainee": own.trainee,
        "fingerprint": own.fingerprint,
        "opens": opens,
        "closes": closes,
        "zone": roster.zone,
        "receipts": exam.receipts,
        "objects": {name: objects_of(frame) for name, frame in own.tables.items()},
    }


def _described(module: Module) -> bytes:
    """The module's description without what would help to solve it."""
    import tomllib

    import tomlkit

    data = tomllib.loads((module.folder / "module.toml").read_text(encoding="utf-8"))
    kept = {name: data[name] for name in _OF_A_MODULE if name in data}
    kept["tasks"] = {
        key: {name: task[name] for name in _OF_A_TASK if name in task}
        for key, task in data["tasks"].items()
    }
    return tomlkit.dumps(kept).encode()


def _sealed(about: dict[str, Any], parts: dict[str, bytes], code: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    shown = {name: about[name] for name in ("exam", "trainee", "opens", "zone")}
    head = json.dumps({"format": _FORMAT, **shown}, ensure_ascii=False)
    return head.encode() + b"\n" + _lock(code).encrypt(buffer.getvalue())


def _unsealed(packet: Path, code: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    from cryptography.fernet import InvalidToken

    try:
        head, _, token = packet.read_bytes().partition(b"\n")
        shown = json.loads(head)
        if shown["format"] != _FORMAT:
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SafelearnError(
            t("This file is no exam of safelearn."),
            where=str(packet),
            remedy=t(
                "Take the file that your instructor gave you; its name ends in {ending}.",
                ending=ENDING,
            ),
        ) from error
    try:
        data = _lock(code).decrypt(token)
    except InvalidToken:
        raise SafelearnError(
            t("This code does not open this file."),
            where=t(
                "The file is for {trainee}; the exam begins on {time} ({zone}).",
                trainee=shown.get("trainee", "–"),
                time=shown.get("opens", "–"),
                zone=shown.get("zone", "–"),
            ),
            remedy=t(
                "Compare the code with what you were told: five groups of four letters and digits. It is told "
                "when the exam begins, and each trainee has another one."
            ),
        ) from None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        # Anybody can seal a file: none is written but those that an exam has, and only into its folder.
        parts = {
            name: archive.read(name)
            for name in archive.namelist()
            if _NAMES.fullmatch(name)
        }
    about = json.loads(parts[OPENED])
    return {**about, "exam": checked(about["exam"])}, parts


def _lock(code: str) -> Any:
    """The lock of a code, however it was typed: 0 for O, 1 for I and 8 for B are no letters of it."""
    from cryptography.fernet import Fernet

    plain = "".join(code.upper().split()).replace("-", "")
    plain = plain.translate(str.maketrans("018", "OIB"))
    digest = hashlib.sha256(f"{_FORMAT}/{plain}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
