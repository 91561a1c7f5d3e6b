"""What a machine still lacks before a hub can be started there safely: each with its remedy.

A hub's folder goes in. Nothing is changed, and nothing is asked of a network.
"""

from __future__ import annotations

import pwd
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from safelearn import resources
from safelearn.course.classroom.exchange import faults
from safelearn.course.classroom.hub import Hub, account, persons, system_account
from safelearn.course.classroom.roster import read_roster
from safelearn.execution.other_python import OtherPython, ask
from safelearn.execution.sandbox.walls import missing
from safelearn.language import listing, t

_HUB = ("jupyterhub", "pamela", "configurable_http_proxy", "jupyterhub_idle_culler")


@dataclass(frozen=True)
class Lack:
    """One thing that is missing or unsafe, and what helps."""

    what: str
    remedy: str


def lacks(hub: Hub) -> list[Lack]:
    """All that stands in the way, in the order in which to mend it."""
    asked = hub.settings
    trainees = ask(asked.python, _HUB)
    teacher = None
    if _person(asked.instructor):
        teacher = ask(asked.instructor_python, ("jupyterhub",), asked.instructor)
    return [
        *_python(asked.python, trainees),
        *(_teachers(teacher) if _person(asked.instructor) else ()),
        *_solutions(trainees, teacher),
        *_course(hub),
        *_people(hub),
        *_folder(hub.folder),
        *_tools(),
    ]


def reachable(path: Path) -> bool:
    """Whether every account of the machine can enter the folders that lead to it."""
    path = Path(path)
    try:
        return all(
            stat.S_IMODE(folder.stat().st_mode) & stat.S_IXOTH
            for folder in (*path.resolve().parents, *path.absolute().parents)
        )
    except OSError:
        return False


def _python(python: str, told: OtherPython | None) -> Iterator[Lack]:
    """The hub's and the trainees'."""
    install = t(
        "As root: python3 -m venv /opt/safelearn, then "
        "/opt/safelearn/bin/pip install 'safelearn[hub]', and name it with "
        "--python /opt/safelearn/bin/python."
    )
    if told is None:
        yield Lack(t("There is no Python at {path}.", path=python), install)
        return
    if told.lacks:
        packages = listing(list(told.lacks))
        yield Lack(
            t("The trainees' Python lacks {packages}.", packages=packages), install
        )
    closed = [p for p in told.prefixes if not reachable(Path(p) / "bin")]
    if closed:
        yield Lack(
            t("Other accounts cannot start the Python in {path}.", path=closed[0]),
            install,
        )


def _teachers(told: OtherPython | None) -> Iterator[Lack]:
    """The instructor's, in the checkout that has the solutions."""
    checkout = t(
        "Name the one of the checkout with --instructor-python FOLDER/.venv/bin/python. "
        "In the checkout: .venv/bin/pip install -e '.[hub]'."
    )
    if told is None or told.lacks:
        yield Lack(t("The instructor's Python lacks JupyterHub."), checkout)
    elif not any(Path(told.curriculum).glob("*/assignment.py")):
        yield Lack(
            t("The instructor's Python has no solutions, and could grade nothing."),
            checkout,
        )


def _solutions(*told: OtherPython | None) -> Iterator[Lack]:
    """Whether trainees could read how the tasks are solved."""
    places = {resources.curriculum(), *(Path(one.curriculum) for one in told if one)}
    for place in sorted(places):
        solved = next(place.glob("*/assignment.py"), None)
        if solved and reachable(solved) and solved.stat().st_mode & stat.S_IROTH:
            yield Lack(
                t("Every account can read the solutions in {path}.", path=place),
                t(
                    "Close the checkout for others: chmod o-rwx {path}. "
                    "Trainees need only the package that is installed.",
                    path=place.parent,
                ),
            )


def _person(name: str) -> bool:
    """Whether this is the account of a person."""
    try:
        return persons(pwd.getpwnam(name).pw_uid)
    except KeyError:
        return False


def _course(hub: Hub) -> Iterator[Lack]:
    asked = hub.settings
    if not _person(asked.instructor):
        yield Lack(
            t("The course belongs to no person's account."),
            t(
                "Make an account for the instructor, give it the course with chown -R, "
                "and name it with --instructor."
            ),
        )
        return
    if Path(asked.course).stat().st_uid != pwd.getpwnam(asked.instructor).pw_uid:
        yield Lack(
            t("The course is not {instructor}'s.", instructor=asked.instructor),
            f"chown -R {asked.instructor} {asked.course}",
        )
    if reachable(Path(asked.course) / "gradebook.db"):
        yield Lack(
            t("Every account can reach the gradebook."), f"chmod 700 {asked.course}"
        )
    if faults(Path(asked.exchange), asked.course_id, asked.instructor):
        yield Lack(
            t("The exchange is not there yet, or has other rights than it needs."),
            t("Run this command once more as root."),
        )


def _people(hub: Hub) -> Iterator[Lack]:
    present = read_roster(Path(hub.settings.course)).present()
    if not present:
        yield Lack(
            t("Nobody is in the class yet."),
            t("Read a list first, with `safelearn course roster add DIR --file`."),
        )
    odd = [p.id for p in present if not account(p.id)]
    if odd:
        yield Lack(
            t("These ids cannot be names of accounts: {names}.", names=listing(odd)),
            t(
                "Small letters, digits and . _ - after a first letter, 32 at most. Withdraw these people "
                "and add them under another id, before they begin."
            ),
        )
    people = {one.pw_name for one in pwd.getpwall()}
    system = [name for name in hub.class_list if system_account(name)]
    if system:
        yield Lack(
            t(
                "These are accounts of the system itself: {names}.",
                names=listing(system),
            ),
            t("Withdraw these people and add them under another id."),
        )
    if hub.settings.instructor in hub.class_list:
        yield Lack(
            t("The instructor is in the class too."),
            t("Withdraw the instructor; try the course under another account."),
        )
    new = [name for name in hub.class_list if name not in people]
    if new:
        yield Lack(
            t("These people have no account yet: {names}.", names=listing(new)),
            t("As root: sh {file}", file=hub.folder / "accounts.sh"),
        )


def _folder(folder: Path) -> Iterator[Lack]:
    """Root will run what stands in it."""
    for place in (folder, *folder.parents):
        about = place.stat()
        sticky = about.st_mode & stat.S_ISVTX and place != folder
        others = about.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not sticky
        if about.st_uid != 0 or others:
            yield Lack(
                t(
                    "Somebody else than root can change {path}, and would be root when the hub starts.",
                    path=place,
                ),
                t("Run this command as root, with --out /srv/hub."),
            )
            return


def _tools() -> Iterator[Lack]:
    if shutil.which("prlimit") is None:
        yield Lack(
            t(
                "The program prlimit is missing, which limits what a trainee's server may take."
            ),
            t("Install util-linux."),
        )
    if lacking := missing():
        yield Lack(
            t("Nothing could be graded here: there is no sandbox."),
            " ".join(lacking),
        )
