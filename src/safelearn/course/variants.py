"""Whose data is this? Every trainee works on a city of their own, drawn from their id.

A trainee's id goes in, tables come out, the same ones on the trainee's machine and on the grader's: seeds
are tried in a fixed order until the module's lesson can be seen in the data (`lesson_holds`), which needs the
data alone and no answer. There is no default identity: two people who share one share their answers.

The data of an exam do not follow from an id: they come from a secret of that trainee's, which only the grader has, or
ready made from the folder that the trainee was given.
"""

from __future__ import annotations

import hashlib
import hmac
import importlib.util
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safelearn.course.forms import Hint
from safelearn.course.modules import Module, find_module
from safelearn.errors import SafelearnError
from safelearn.language import t

if TYPE_CHECKING:
    import pandas as pd

#: Part of every seed, so that the same trainee has other data in another course.
COURSE = "safelearn"
MOST_TRIES = 200
#: Where the grader's sandbox finds the secret from which this trainee's exam is drawn.
SECRET = "SAFELEARN_EXAM"
#: The secret with which authors try an exam, and nobody sits one.
TRIAL = "a trial of the authors"

_override: ContextVar[str] = ContextVar("trainee", default="")
_secret: ContextVar[str] = ContextVar("secret", default="")


@dataclass(frozen=True)
class Variant:
    """A trainee's own data for one module.

    Attributes
    ----------
    tables : dict of DataFrame
        Also reached as attributes: ``city.incidents``. Each is a copy of its own.
    fingerprint : str
        Twelve characters that tell these data from all others.
    tries : int
        How many seeds were tried.
    """

    module: str
    trainee: str
    tables: dict[str, pd.DataFrame]
    fingerprint: str
    tries: int

    def __getattr__(self, name: str) -> Any:
        tables = self.__dict__.get("tables", {})
        if name in tables:
            return tables[name].copy()
        raise AttributeError(
            t(
                "There is no table {name}. There are: {names}.",
                name=name,
                names=", ".join(sorted(tables)) or "–",
            )
        )

    def __repr__(self) -> str:
        return t(
            "The city of {trainee} · data {fingerprint}",
            trainee=self.trainee,
            fingerprint=self.fingerprint,
        )


def my_city(module: str) -> Variant:
    """The data of whoever runs this, for the assignment of a module such as ``m05``.

    Raises
    ------
    SafelearnError
        If it is not known who that is.
    """
    asked = find_module(module)
    return _of_exam(asked) if asked.exam else variant(asked.name, trainee())


@lru_cache(maxsize=8)
def variant(module: str, trainee: str, secret: str = "") -> Variant:
    """The data of one trainee for one module; those of an exam are drawn from the trainee's secret."""
    folder = find_module(module).folder
    code = _code(folder / "variant.py")
    for attempt in range(MOST_TRIES):
        seed = _seed(find_module(module), trainee, attempt, secret)
        tables = code.draw(seed)
        if code.lesson_holds(tables):
            return Variant(module, trainee, tables, fingerprint_of(tables), attempt + 1)
    raise SafelearnError(
        t(
            "No data for {trainee} show what module {module} teaches.",
            trainee=trainee,
            module=module,
        ),
        remedy=t("Tell the authors of the course: `lesson_holds` is too strict."),
    )


def trainee() -> str:
    """The id of whoever runs this: the one under which the work is handed in.

    JupyterHub knows it; elsewhere ``SAFELEARN_TRAINEE`` or the answer given to ``safelearn lab`` does.
    """
    for name in (
        _override.get(),
        os.environ.get("JUPYTERHUB_USER", ""),
        os.environ.get("SAFELEARN_TRAINEE", ""),
        _saved(),
    ):
        if name:
            return checked(name)
    raise Hint(
        t("It is not known who you are, so there are no data of your own yet."),
        remedy=t(
            "Start again with `safelearn lab --trainee YOUR-ID`, the id under which you hand in."
        ),
    )


def checked(name: str) -> str:
    """The id itself, if it can be the name of a folder."""
    name = name.strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}", name):
        raise Hint(
            t("{name} cannot be the id of a trainee.", name=repr(name)),
            remedy=t("Use letters, digits, and . _ @ - after the first character."),
        )
    return name


def remember(name: str) -> None:
    """Keep the answer of ``safelearn lab`` for the next time."""
    path = _saved_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(checked(name) + "\n", encoding="utf-8", newline="\n")


@contextmanager
def as_trainee(name: str, secret: str = "") -> Iterator[None]:
    """Be this trainee inside the block (the grader's side); in an exam with this secret, else on trial."""
    token, hidden = _override.set(checked(name)), _secret.set(secret or TRIAL)
    try:
        yield
    finally:
        _override.reset(token)
        _secret.reset(hidden)


def _of_exam(module: Module) -> Variant:
    """From the grader's secret, or from the folder that the trainee opened."""
    if secret := _secret.get() or os.environ.get(SECRET, ""):
        return variant(module.name, trainee(), secret)
    from safelearn.course.exams.frozen import read_opened

    about, tables = read_opened(module.folder)
    given = Variant(about["exam"], about["trainee"], tables, about["fingerprint"], 1)
    try:
        who = trainee()
    except Hint:
        who = given.trainee
    if who != given.trainee:
        raise Hint(
            t(
                "These are the data of {other}, and you are {trainee}.",
                other=given.trainee,
                trainee=who,
            ),
            remedy=t("Work in the folder that was opened with your own code."),
        )
    return given


def _seed(module: Module, trainee: str, attempt: int, secret: str) -> int:
    """What one attempt is drawn from: for an exam too many numbers to try them all."""
    if module.exam:
        if not secret:
            raise Hint(t("An exam is not drawn from an id."), where=module.id)
        key = f"{module.id}/{trainee}/{attempt}".encode()
        drawn = hmac.digest(secret.encode(), key, "sha256")
        return int.from_bytes(drawn[:8], "big") >> 1
    key = f"{COURSE}/{module.id}/{trainee}/{attempt}".encode()
    return int.from_bytes(hashlib.sha256(key).digest()[:4], "big")


def _saved_file() -> Path:
    from platformdirs import user_config_path

    return user_config_path("safelearn", appauthor=False) / "trainee.txt"


def _saved() -> str:
    try:
        return _saved_file().read_text(encoding="utf-8").strip()
    except OSError:
        return ""


@lru_cache(maxsize=32)
def _code(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"_variant_{path.parent.name}", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise SafelearnError(
            t("The module has no data of its own."),
            where=str(path),
            remedy=t(
                "It needs a file variant.py with the functions `draw` and `lesson_holds`."
            ),
        )
    code = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(code)
    return code


def fingerprint_of(tables: dict[str, pd.DataFrame]) -> str:
    """Twelve characters that tell these tables from all others."""
    # Six decimals: the last bits of a float may differ between processors, the data do not.
    digest = hashlib.sha256()
    for name in sorted(tables):
        text = tables[name].to_csv(index=False, float_format="%.6f")
        digest.update(f"{name}\n{text}".encode())
    return digest.hexdigest()[:12]
