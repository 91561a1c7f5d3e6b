"""Inside the machine of its own: start the hub, teach a class in the browser, write down what did not hold.

Called by hub.py, with a folder and the number of trainees.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import traceback
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import hub_attacks
import hub_pages as at
from hub_machine import INSTALLED, INSTRUCTOR, SECRET, furnish, run
from hub_pages import CLASS, ESSAY, MODULE, POINTS, TEACHER
from playwright.sync_api import Page, sync_playwright

COURSE, HUB = Path(f"/home/{INSTRUCTOR}/our-course"), Path("/srv/hub")
EXCHANGE = Path("/srv/nbgrader/exchange")
#: Where the hub itself listens.
ADDRESS = "http://127.0.0.1:8000"


class Proof:
    """What was tried, and what did not hold."""

    def __init__(self, room: Path) -> None:
        self.room = room
        self.steps = self.attacks = 0
        self.failed: list[str] = []
        self._began = time.monotonic()

    def step(self, what: str, do: Callable[[], Any]) -> Any:
        """One step of the class, without which there is no next one."""
        self.steps += 1
        try:
            return do()
        except Exception as error:
            traceback.print_exc()
            self.failed.append(f"{what}: {str(error).splitlines()[0][:200]}")
            raise
        finally:
            print(f"{time.monotonic() - self._began:6.1f} {what}", flush=True)

    def holds(self, what: str, held: bool, told: object = "") -> None:
        """One thing that must be so."""
        self.attacks += 1
        if not held:
            self.failed.append(f"{what}: {str(told)[:200]}".rstrip(": "))

    def picture(self, page: Page, name: str) -> None:
        page.screenshot(path=str(self.room / f"{name}.png"))

    def written(self) -> dict[str, Any]:
        tried = {"steps": self.steps, "checks": self.attacks}
        return {"tried": tried, "failed": self.failed}


def teach(proof: Proof, size: int) -> None:
    """The whole of it."""
    names = [f"trainee{n:02d}" for n in range(1, size + 1)]
    step = proof.step
    step("a machine of its own", lambda: furnish(proof.room))
    step("a course with a class", lambda: _course(proof.room, names))
    step("the hub's folder", lambda: _written(proof))
    passwords = _passwords()
    hub = step("the hub is up", lambda: _started(proof.room))
    caddy = step("caddy is up", lambda: _encrypted(proof.room))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )

        def come(who: str) -> Page:
            # The certificate is the machine's own.
            context = browser.new_context(
                viewport={"width": 1400, "height": 1000}, ignore_https_errors=True
            )
            door = TEACHER if who == INSTRUCTOR else CLASS
            password = passwords[who]
            return step(
                f"{who} logs in",
                lambda: at.login(context.new_page(), door, who, password),
            )

        hub_attacks.at_the_door(proof, browser, CLASS, names[0])
        teacher = come(INSTRUCTOR)
        step("released", lambda: at.in_formgrader(proof, teacher, "release"))
        pages = {who: come(who) for who in names}
        for n, (who, page) in enumerate(pages.items()):
            step(f"{who} fetches", lambda page=page: at.assignments(page, "Fetch"))
            step(
                f"{who} works",
                lambda who=who, page=page, n=n: at.work(proof, who, page, n),
            )
            step(f"{who} submits", lambda page=page: at.assignments(page, "Submit"))
            proof.picture(page, f"{who}-submitted")
            lesson = Path(f"/home/{who}/lessons/{MODULE}/lesson.ipynb")
            proof.holds(f"{who} has the lessons", lesson.is_file())
        hub_attacks.from_a_terminal(proof, names[0], names[1], COURSE, EXCHANGE, HUB)
        hub_attacks.in_the_browser(proof, pages[names[1]], teacher, names)
        hub = step(
            "the hub starts anew",
            lambda: _again(proof, hub, [teacher, *pages.values()]),
        )
        step("collected", lambda: at.in_formgrader(proof, teacher, "collect"))
        hub_attacks.after_collecting(proof, names[0], names[1], COURSE)
        step("autograded", lambda: at.autograde(proof, teacher, names))
        step("read by hand", lambda: at.by_hand(proof, teacher, names))
        for what in ("generate-feedback", "release-feedback"):
            step(what, lambda what=what: at.in_formgrader(proof, teacher, what))
        for n, (who, page) in enumerate(pages.items()):
            step(
                f"{who} reads",
                lambda who=who, page=page, n=n: at.read(proof, who, page, n),
            )
        _marks(proof, names)
        browser.close()
    for server in (caddy, hub):
        server.terminate()
        server.wait(timeout=30)


def _course(room: Path, names: list[str]) -> None:
    people = room / "class.csv"
    lines = "".join(f"{name},{name.title()},Invented\n" for name in names)
    people.write_text(f"id,first name,last name\n{lines}", encoding="utf-8")
    command = (sys.executable, "-m", "safelearn", "course", "new", str(COURSE), MODULE)
    run(*command, "--roster", str(people), who=INSTRUCTOR)


def _written(proof: Proof) -> None:
    """The command says what is missing, the script makes it, and then nothing is missing."""
    command = [
        *(str(INSTALLED / "bin" / "python"), "-m", "safelearn", "course", "hub"),
        *(str(COURSE), "--json", "--out", str(HUB), "--instructor-python"),
        sys.executable,
    ]
    first = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)
    proof.holds(
        "accounts are missing, and nothing else",
        len(first["missing"]) == 1,
        first["missing"],
    )
    run("sh", str(HUB / "accounts.sh"))
    (HUB / "own_settings.py").write_text(
        (HUB / "own_settings.py").read_text("utf-8") + "c.Spawner.debug = True\n"
    )
    second = json.loads(run(*command))
    proof.holds("nothing is missing then", second["missing"] == [], second["missing"])
    proof.holds(
        "and nothing is written again", second["written"] == [], second["written"]
    )
    own = (HUB / "own_settings.py").read_text("utf-8")
    proof.holds("what the administrator wrote is kept", "debug" in own)


def _passwords() -> dict[str, str]:
    lines = (HUB / "private" / "passwords.csv").read_text("utf-8").split()
    return dict(line.split(",") for line in lines) | {INSTRUCTOR: SECRET}


def _started(room: Path) -> subprocess.Popen:
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    command = [
        str(INSTALLED / "bin/python"),
        "-m",
        "jupyterhub",
        "-f",
        str(HUB / "jupyterhub_config.py"),
    ]
    with (room / "hub.txt").open("ab") as log:
        hub = subprocess.Popen(
            command,
            cwd=HUB / "private",
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    until = time.monotonic() + 90
    while time.monotonic() < until and hub.poll() is None:
        with (
            suppress(OSError),
            urllib.request.urlopen(f"{ADDRESS}/hub/login", timeout=5) as answer,
        ):
            if answer.status == 200:
                return hub
        time.sleep(0.5)
    raise RuntimeError("the hub does not answer")


def _encrypted(room: Path) -> subprocess.Popen:
    """Caddy, with the file that the hub's folder has."""
    environment = {"PATH": os.environ["PATH"], "XDG_DATA_HOME": str(room / "caddy")}
    command = [
        "caddy",
        "run",
        "--config",
        str(HUB / "Caddyfile"),
        "--adapter",
        "caddyfile",
    ]
    with (room / "caddy.txt").open("wb") as log:
        caddy = subprocess.Popen(
            command, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    until = time.monotonic() + 30
    while time.monotonic() < until and caddy.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", 443), 5):
            return caddy
        time.sleep(0.3)
    raise RuntimeError("caddy does not answer")


def _again(proof: Proof, hub: subprocess.Popen, pages: list[Page]) -> subprocess.Popen:
    """Stop the hub and start it: the servers go on, though JupyterLab may have missed the hub for a moment."""
    before = _servers()
    hub.terminate()
    hub.wait(timeout=30)
    hub = _started(proof.room)
    proof.holds("all servers go on while the hub is away", _servers() == before != [])
    for page in pages:
        page.wait_for_timeout(3000)
        at.dismiss(page)
    return hub


def _servers() -> list[str]:
    """The processes of single servers, by number."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = entry.read_bytes().split(b"\0")
            ours = {b"jupyterhub.singleuser", b"safelearn.course.classroom.desk"}
            if ours & set(words) and b"prlimit" not in words:
                found.append(entry.parent.name)
    return sorted(found)


def _marks(proof: Proof, names: list[str]) -> None:
    """The gradebook says what the work was worth."""
    question = (
        "import json,sys;from safelearn.course.classroom.api import opened;from pathlib import Path\n"
        "with opened(Path(sys.argv[1])) as book:\n"
        " print(json.dumps({s.student.id: {g.name: [g.auto_score, g.manual_score, g.max_score]"
        " for n in s.notebooks for g in n.grades} for s in book.assignment_submissions(sys.argv[2])}))"
    )
    marks = json.loads(
        run(sys.executable, "-c", question, str(COURSE), MODULE, who=INSTRUCTOR)
    )
    proof.holds(
        "the gradebook has the class and nobody else",
        sorted(marks) == names,
        sorted(marks),
    )
    for n, who in enumerate(names):
        own = marks.get(who, {})
        right, wrong = at.tasks(n)
        auto, _, most = own.get(right, [0, 0, 1])
        proof.holds(f"{who} earns all of {right}", auto == most, own.get(right))
        auto, _, most = own.get(wrong, [1, 0, 1])
        proof.holds(f"{who} loses points in {wrong}", auto < most, own.get(wrong))
        proof.holds(
            f"{who} has the points for the essay",
            own.get(ESSAY, [0, 0])[1] == POINTS,
            own.get(ESSAY),
        )


def main() -> None:
    proof = Proof(Path(sys.argv[1]))
    try:
        teach(proof, int(sys.argv[2]))
    except Exception as error:
        traceback.print_exc()
        if not proof.failed:
            proof.failed.append(f"The class broke off: {error!r}"[:300])
    text = json.dumps(proof.written(), indent=1)
    (proof.room / "result.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
