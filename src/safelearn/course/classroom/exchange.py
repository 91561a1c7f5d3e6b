"""The folder through which a class hands out and hands in, with the rights that keep trainees apart.

nbgrader asks for a folder in which everybody may write. Without more, anybody could put another folder in the place
of the course's, or take away what somebody handed in. Here what lies in it can be moved by its owner alone, and
names in the folder of submissions can be read by the instructor alone.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from pathlib import Path

from safelearn.errors import SafelearnError
from safelearn.language import t

#: By folder: its rights. The first is the exchange itself, which belongs to whoever made it.
RIGHTS = {"": 0o755, "outbound": 0o755, "inbound": 0o3733, "feedback": 0o711}
ROOT = 0o1777


def open_exchange(root: Path, course_id: str, owner: str) -> None:
    """Make the exchange of a course, or set its rights again; what lies in it is not touched.

    Raises
    ------
    PermissionError
        If whoever asks may not.
    SafelearnError
        If somebody else has made a folder there.
    """
    root = Path(root)
    root.mkdir(mode=0o755, parents=True, exist_ok=True)
    root.chmod(ROOT)
    for name, rights in RIGHTS.items():
        folder = root / course_id / name
        if os.path.lexists(folder):
            if folder.is_symlink() or folder.owner() not in (owner, root.owner()):
                raise SafelearnError(
                    t("Somebody else has put something in the place of the exchange."),
                    where=str(folder),
                    remedy=t("See whose it is, and take it away as root."),
                )
        else:
            folder.mkdir()
        group = pwd.getpwnam(owner).pw_gid
        shutil.chown(folder, owner, group)
        folder.chmod(rights)


def faults(root: Path, course_id: str, owner: str) -> list[str]:
    """Names of the folders that are not there, are a link, are not the owner's, or have other rights."""
    root = Path(root)
    wrong = []
    if not root.is_dir() or stat.S_IMODE(root.stat().st_mode) != ROOT:
        wrong.append(str(root))
    for name, rights in RIGHTS.items():
        folder = root / course_id / name
        try:
            about = os.lstat(folder)
            fine = stat.S_ISDIR(about.st_mode) and folder.owner() == owner
            if not fine or stat.S_IMODE(about.st_mode) & 0o3777 != rights:
                wrong.append(str(folder))
        except (OSError, KeyError):
            wrong.append(str(folder))
    return wrong
