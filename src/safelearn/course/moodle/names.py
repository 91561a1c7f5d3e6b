"""What does the name of a file in Moodle's zip say? Whose it is, and what kind of thing was handed in.

Moodle's *Download all submissions* gives each trainee a folder, ``Ana Paz_12345_assignsubmission_file/answer.ipynb``
(up to 4.0 with one more ``_`` at its end), or, if whoever downloads wants no folders, one flat name with all of it. In
front of the name the group may stand. The number is the participant's in this one assignment; it is the same in the
grading worksheet, and by it Moodle finds whose the feedback is.
"""

from __future__ import annotations

import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from zipfile import ZipInfo

from safelearn.city.files.headers import normalise

_FORM = re.compile(
    r"(?P<name>.*?)_(?P<number>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?P<rest>.*)",
    re.S,
)
#: What Moodle takes out of a name before it makes a folder of it.
_CLEANED = re.compile(r"""[&<>"`'|:\\/\x00-\x1f]|\.\.+""")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
#: What computers put into folders by themselves.
_LITTER = {"__macosx", ".ds_store", "thumbs.db", "desktop.ini", ".ipynb_checkpoints"}


@dataclass(frozen=True)
class Place:
    """What Moodle wrote into the name of one file.

    Attributes
    ----------
    folder : str
        The trainee's folder, as the way back needs it.
    name : str
        The trainee's full name, perhaps with a group in front.
    number : str
        The participant's number.
    kind : str
        Of submission: ``file``, ``onlinetext``, ``comments``.
    file : str
        What the trainee called the file.
    """

    folder: str
    name: str
    number: str
    kind: str
    file: str


def place_of(path: str) -> Place | None:
    """What the path of a file in the zip says, or None if Moodle did not write it."""
    parts = [part for part in path.split("/") if part]
    for at, part in enumerate(parts):
        # The outermost is Moodle's; what stands deeper, or after it, is the trainee's and may look like anything.
        if found := _FORM.fullmatch(part):
            file = "/".join([found["rest"], *parts[at + 1 :]]).strip("/")
            folder = part[: found.start("rest")]
            return Place(folder, found["name"], found["number"], found["kind"], file)
    return None


def path_of(info: ZipInfo) -> str:
    """The path of an entry as it can be shown; some programs write UTF-8 and do not say so."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    # A name could tell a terminal to hide what stands before it.
    return _UNSEEN.sub("�", name.replace("\\", "/"))


def leads_out(path: str) -> bool:
    """Whether a path would leave the folder in which it is unpacked."""
    return (
        path.startswith("/")
        or ".." in PurePosixPath(path).parts
        or path[1:2] == ":"
        or "\0" in path
    )


def is_link(info: ZipInfo) -> bool:
    """Whether the entry is a link or something else that is no plain file."""
    mode = info.external_attr >> 16
    return bool(stat.S_IFMT(mode)) and not stat.S_ISREG(mode)


def is_litter(path: str) -> bool:
    """Whether a computer put it there by itself."""
    return any(
        part.casefold() in _LITTER or part.startswith("._") for part in path.split("/")
    )


def plain(name: str) -> str:
    """A person's name as it can be compared: as Moodle writes it into a folder, in any spelling."""
    return normalise(_CLEANED.sub("", name).replace("_", " "))
