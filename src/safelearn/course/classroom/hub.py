"""A classroom on JupyterHub: write the folder from which the hub of a course is started.

A course goes in, with its class; a folder comes out: the hub's configuration, the settings of trainees' and the
instructor's servers, a script that makes accounts, and a page for whoever runs it. Each trainee has an account of
the system: only that keeps them from each other's work, and everybody from the gradebook. What was changed by hand
is kept, and what we would have written stands beside it.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import sys
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from safelearn import resources
from safelearn.course.classroom.exchange import open_exchange
from safelearn.course.classroom.folder import course_folder
from safelearn.course.classroom.hub_page import page
from safelearn.course.classroom.roster import read_roster
from safelearn.errors import SafelearnError
from safelearn.language import listing, t

SETTINGS = "settings.json"
#: Written once, and never again: it is the administrator's.
OWN = "own_settings.py"
#: Fingerprints of what we wrote last, by which a change by hand is known.
_WRITTEN = ".written.json"
#: The first number of a person's account, and the one that stands for nobody.
_PEOPLE, _NOBODY = 1000, 65534
#: What is executed or read by others.
_FILES = (
    "jupyterhub_config.py",
    "accounts.sh",
    "trainee/nbgrader_config.py",
    "trainee/jupyter_server_config.json",
    "trainee/labconfig/page_config.json",
    "trainee/labconfig/default_setting_overrides.json",
    "instructor/nbgrader_config.py",
    "instructor/jupyter_server_config.json",
    "instructor/labconfig/default_setting_overrides.json",
)


@dataclass(frozen=True)
class Settings:
    """What a hub is made of.

    Attributes
    ----------
    course, exchange : str
        Folders.
    instructor : str
        The account that owns the course, and alone sees formgrader.
    python, instructor_python : str
        Whose packages the hub and the trainees use, and the instructor. Solutions are only with the second.
    group : str
        The group of the system that may log in.
    host, instructor_host : str
        The names under which the class reaches it, and the instructor (by default ``teach.`` and the first).
    memory_gb, idle_minutes : int
        Of one process of a trainee's; after which an unused server is closed.
    environment : dict
        What every server sees besides.
    """

    course: str
    course_id: str
    instructor: str
    python: str
    instructor_python: str
    exchange: str
    group: str
    host: str = "localhost"
    instructor_host: str = ""
    port: int = 8000
    memory_gb: int = 4
    idle_minutes: int = 60
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def door(self) -> str:
        """The instructor's name for the machine."""
        return self.instructor_host or f"teach.{self.host}"


@dataclass(frozen=True)
class Hub:
    """A folder that was written.

    Attributes
    ----------
    written, kept : tuple of str
        Files that are new or changed; files that somebody has changed by hand, with ours beside them.
    class_list : tuple of str
        Who gets an account.
    """

    folder: Path
    settings: Settings
    class_list: tuple[str, ...]
    written: tuple[str, ...]
    kept: tuple[str, ...]


def write_hub(course: Path, folder: Path, **chosen: Any) -> Hub:
    """Write the folder of a hub, or bring it up to date with the class.

    Parameters
    ----------
    course : Path
        A course of safelearn's.
    folder : Path
        Made if it is not there.
    **chosen
        Any of `Settings`; what was chosen before stays.

    Raises
    ------
    SafelearnError
        If the folder is no course, or holds something else.
    """
    course, folder = course_folder(course), Path(folder).resolve()
    settings = _settings(course, folder, chosen)
    names = tuple(p.id for p in read_roster(course).present() if account(p.id))
    texts = _texts(folder, settings, names)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "private").mkdir(mode=0o700, exist_ok=True)
    before = _json(folder / _WRITTEN)
    written, kept, prints = [], [], {}
    for name, text in texts.items():
        path = folder / name
        prints[name] = _print(text)
        old = path.read_text(encoding="utf-8") if path.is_file() else None
        if old == text or (name == OWN and old is not None):
            path.with_name(f"{path.name}.new").unlink(missing_ok=True)
            continue
        if old is not None and _print(old) != before.get(name):
            path = path.with_name(f"{path.name}.new")
            kept.append(name)
            prints[name] = before.get(name, "")
        else:
            written.append(name)
        _write(path, text)
    if os.geteuid() == 0 and _is_account(settings.instructor):
        # Only root can give the instructor folders that trainees cannot take away.
        open_exchange(Path(settings.exchange), settings.course_id, settings.instructor)
    _write(folder / _WRITTEN, json.dumps(prints, indent=1) + "\n")
    return Hub(folder, settings, names, tuple(written), tuple(kept))


def account(name: str) -> bool:
    """Whether an id can be the name of an account: JupyterHub and the systems know only such names alike."""
    return re.fullmatch(r"[a-z][a-z0-9._-]{0,31}", name) is not None


def _settings(course: Path, folder: Path, chosen: dict[str, Any]) -> Settings:
    old = _json(folder / SETTINGS)
    if folder.is_dir() and any(folder.iterdir()) and not old:
        raise SafelearnError(
            t("This folder holds something else than a hub of safelearn's."),
            where=str(folder),
            remedy=t("Name an empty folder with --out."),
        )
    if old and old["course"] != str(course):
        raise SafelearnError(
            t(
                "This folder is the hub of another course: {course}.",
                course=old["course"],
            ),
            where=str(folder),
            remedy=t("Name another folder with --out, and another --port."),
        )
    unknown = set(old) - {one.name for one in fields(Settings)}
    if unknown:
        raise SafelearnError(
            t("The hub has no setting called {names}.", names=listing(sorted(unknown))),
            where=str(folder / SETTINGS),
            remedy=t("Correct or delete that line."),
        )
    name = _course_id(course)
    values = {
        "instructor": _owner(course),
        "python": sys.executable,
        "instructor_python": sys.executable,
        "exchange": "/srv/nbgrader/exchange",
        "group": "hub-" + re.sub(r"[^a-z0-9_-]", "-", name.lower())[:28],
        **old,
        **{key: value for key, value in chosen.items() if value not in (None, "")},
        "course": str(course),
        "course_id": name,
    }
    if values["instructor"] and system_account(values["instructor"]):
        raise SafelearnError(
            t("{name} is an account of the system itself.", name=values["instructor"]),
            remedy=t("Name the account of the person who teaches, with --instructor."),
        )
    return Settings(**values)


def _texts(folder: Path, settings: Settings, names: tuple[str, ...]) -> dict[str, str]:
    """Every file of the folder, by name."""
    source = resources.templates() / "hub"
    texts = {
        name: (source / name).read_text(encoding="utf-8") for name in (*_FILES, OWN)
    }
    known = {"course_id": settings.course_id, "exchange": settings.exchange}
    texts["trainee/course.json"] = _text(known)
    texts["instructor/course.json"] = _text({**known, "course": settings.course})
    texts[SETTINGS] = _text(asdict(settings))
    texts["class.txt"] = "".join(f"{name}\n" for name in names)
    texts["group.txt"] = f"{settings.group}\n"
    texts["Caddyfile"] = _doors(settings)
    texts["README.md"] = page(settings, folder)
    return texts


def _doors(settings: Settings) -> str:
    """Caddy's file: encryption, and a name of their own for the instructor.

    A trainee's server sends whatever its trainee likes. Under one name, a page of theirs could act as an instructor
    who follows a link to it. Caddy's own interface is off, since every account of the machine could give it orders.
    """
    template = (resources.templates() / "hub" / "Caddyfile").read_text(encoding="utf-8")
    for key in ("host", "door", "instructor", "port"):
        template = template.replace(f"<{key}>", str(getattr(settings, key)))
    return template


def _course_id(course: Path) -> str:
    """The id that nbgrader_config.py says: read and not run, since root asks and the file is the instructor's."""
    text = (course / "nbgrader_config.py").read_text(encoding="utf-8")
    for line in ast.walk(ast.parse(text)):
        if (
            isinstance(line, ast.Assign)
            and ast.unparse(line.targets[0]).endswith("CourseDirectory.course_id")
            and isinstance(line.value, ast.Constant)
        ):
            return str(line.value.value)
    return course.name


def persons(number: int) -> bool:
    """Whether the number of an account is a person's."""
    return number >= _PEOPLE and number != _NOBODY


def system_account(name: str) -> bool:
    """Whether an account is there, and no person's: nobody may log in as root."""
    import pwd

    return any(
        one.pw_name == name and not persons(one.pw_uid) for one in pwd.getpwall()
    )


def _owner(course: Path) -> str:
    """Whose the course is, if it is a person's."""
    import pwd

    try:
        owner = pwd.getpwuid(course.stat().st_uid)
    except KeyError:
        return ""
    return owner.pw_name if persons(owner.pw_uid) else ""


def _is_account(name: str) -> bool:
    import pwd

    return any(one.pw_name == name for one in pwd.getpwall())


def _json(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _print(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _write(path: Path, text: str) -> None:
    """Written beside and moved, readable for all: trainees' servers read some of it, and none is secret."""
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.fresh")
    fresh.write_text(text, encoding="utf-8", newline="\n")
    fresh.chmod(0o644)
    fresh.replace(path)
