"""Inside the machine of its own: start the hub, teach a class in the browser, write down what did not hold.

Called by hub.py, with a folder and the number of trainees.
"""

from __future__ import annotations

import json
import os
import shutil
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
import nbformat
from hub_machine import INSTALLED, INSTRUCTOR, SECRET, furnish, run
from playwright.sync_api import Page, expect, sync_playwright

from safelearn.course.authoring.survivors import INSIDE
from safelearn.course.key import assignment_of

COURSE, HUB = Path(f"/home/{INSTRUCTOR}/our-course"), Path("/srv/hub")
EXCHANGE = Path("/srv/nbgrader/exchange")
ADDRESS = "http://127.0.0.1:8000"
MODULE, RIGHT_IN, WRONG_IN, ESSAY = "05_rates", "m05-t1", "m05-t7", "m05-t11"
TEXT = "The rate says how often it happens to one of many; the count says how much work there is."
POINTS = 4
MINUTE = 60_000


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
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )

        def come(who: str) -> Page:
            context = browser.new_context(viewport={"width": 1400, "height": 1000})
            return step(
                f"{who} logs in", lambda: login(context.new_page(), who, passwords[who])
            )

        hub_attacks.at_the_door(proof, browser, ADDRESS, names[0])
        teacher = come(INSTRUCTOR)
        step("released", lambda: in_formgrader(proof, teacher, "release"))
        pages = {who: come(who) for who in names}
        for n, (who, page) in enumerate(pages.items()):
            step(f"{who} fetches", lambda page=page: assignments(page, "Fetch"))
            step(
                f"{who} works",
                lambda who=who, page=page, n=n: work(proof, who, page, n),
            )
            step(f"{who} submits", lambda page=page: assignments(page, "Submit"))
            proof.picture(page, f"{who}-submitted")
        hub_attacks.from_a_terminal(proof, names[0], names[1], COURSE, EXCHANGE, HUB)
        hub_attacks.in_the_browser(proof, pages[names[1]], ADDRESS, names[0])
        hub = step(
            "the hub starts anew",
            lambda: _again(proof, hub, [teacher, *pages.values()]),
        )
        step("collected", lambda: in_formgrader(proof, teacher, "collect"))
        hub_attacks.after_collecting(proof, names[0], names[1], COURSE)
        step("autograded", lambda: autograde(proof, teacher, names))
        step("read by hand", lambda: by_hand(proof, teacher, names))
        for what in ("generate-feedback", "release-feedback"):
            step(what, lambda what=what: in_formgrader(proof, teacher, what))
        for who, page in pages.items():
            step(f"{who} reads", lambda who=who, page=page: read(proof, who, page))
        _marks(proof, names)
        browser.close()
    hub.terminate()
    hub.wait(timeout=30)


def _course(room: Path, names: list[str]) -> None:
    people = room / "class.csv"
    lines = "".join(f"{name},{name.title()},Invented\n" for name in names)
    people.write_text(f"id,first name,last name\n{lines}", encoding="utf-8")
    command = (sys.executable, "-m", "safelearn", "course", "new", str(COURSE), MODULE)
    run(*command, "--roster", str(people), who=INSTRUCTOR)


def _written(proof: Proof) -> None:
    """The command says what is missing, the script makes it, and then nothing is missing."""
    command = [
        *(sys.executable, "-m", "safelearn", "course", "hub", str(COURSE), "--json"),
        *("--out", str(HUB), "--python", str(INSTALLED / "bin" / "python")),
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


def _again(proof: Proof, hub: subprocess.Popen, pages: list[Page]) -> subprocess.Popen:
    """Stop the hub and start it: the servers go on, though JupyterLab may have missed the hub for a moment."""
    before = _servers()
    hub.terminate()
    hub.wait(timeout=30)
    hub = _started(proof.room)
    proof.holds("all servers go on while the hub is away", _servers() == before != [])
    for page in pages:
        page.wait_for_timeout(3000)
        dismiss = page.locator(".jp-Dialog").get_by_role("button", name="Dismiss")
        if dismiss.count():
            dismiss.first.click()
    return hub


def _servers() -> list[str]:
    """The processes of single servers, by number."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            words = entry.read_bytes().split(b"\0")
            if b"jupyterhub.singleuser" in words and b"prlimit" not in words:
                found.append(entry.parent.name)
    return sorted(found)


def login(page: Page, who: str, password: str) -> Page:
    page.goto(f"{ADDRESS}/hub/login")
    page.fill("#username_input", who)
    page.fill("#password_input", password)
    page.click("#login_submit")
    page.wait_for_selector("#jp-main-dock-panel", timeout=2 * MINUTE)
    return page


def menu(page: Page, item: str) -> None:
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    page.get_by_role("menuitem", name=item, exact=True).click()


def assignments(page: Page, button: str) -> None:
    """Press a button of the trainee's list of assignments, and wait until the list has changed."""
    menu(page, "Assignment List")
    follows = {"Fetch": "Submit", "Submit": "Fetch Feedback"}.get(button)
    page.get_by_role("button", name=button, exact=True).first.click(timeout=MINUTE)
    if follows:
        page.get_by_role("button", name=follows, exact=True).first.wait_for(
            timeout=MINUTE
        )


def work(proof: Proof, who: str, page: Page, number: int) -> None:
    """Answer one task rightly and one with a declared mistake, every second trainee the other way round; write."""
    # So tall that the notebook keeps every cell in the page.
    page.set_viewport_size({"width": 1280, "height": 16_000})
    page.goto(f"{ADDRESS}/user/{who}/lab/tree/{MODULE}/assignment.ipynb?reset")
    notebook = nbformat.read(f"/home/{who}/{MODULE}/assignment.ipynb", as_version=4)
    names = [cell.id for cell in notebook.cells]
    cells = page.locator(".jp-NotebookPanel:visible .jp-Notebook > * .jp-Cell")
    expect(cells).to_have_count(len(names), timeout=2 * MINUTE)
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=2 * MINUTE)
    right, wrong = (RIGHT_IN, WRONG_IN) if number % 2 == 0 else (WRONG_IN, RIGHT_IN)
    given = {
        right: solution(right),
        wrong: assignment_of("m05").mistakes[wrong][0].code,
    }
    for task, code in given.items():
        cells.nth(names.index(f"{task}-answer")).locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(code)
    essay = cells.nth(names.index(ESSAY))
    essay.dblclick()
    essay.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(TEXT)
    page.keyboard.press("Shift+Enter")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    last = cells.nth(len(names) - 1)
    expect(last).to_contain_text("2 of 10 tasks have answers", timeout=2 * MINUTE)
    expect(page.get_by_text(f"The city of {who}")).to_be_visible()
    page.get_by_role("button", name="Validate").locator("visible=true").click()
    expect(page.locator(".jp-Dialog")).to_contain_text(
        "Form only, not judged", timeout=2 * MINUTE
    )
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 1400, "height": 1000})
    proof.picture(page, f"{who}-validated")
    page.keyboard.press("Control+s")
    until = time.monotonic() + 30
    while TEXT not in Path(f"/home/{who}/{MODULE}/assignment.ipynb").read_text("utf-8"):
        if time.monotonic() > until:
            raise RuntimeError("the notebook was not saved")
        page.wait_for_timeout(300)


def solution(task: str) -> str:
    """The author's answer to a task."""
    cells = assignment_of("m05").cells
    (found,) = (
        "\n".join(INSIDE.findall(c.source))
        for c in cells
        if c.role == "answer" and c.task == task
    )
    return found


def formgrader(page: Page) -> Any:
    """The frame of formgrader, at its list of assignments."""
    if not page.locator("iframe").count():
        menu(page, "Formgrader")
    frame = page.frame_locator("iframe").first
    frame.get_by_role("link", name="Manage Assignments").first.click(timeout=MINUTE)
    frame.locator("td.release").first.wait_for(timeout=MINUTE)
    return frame


def in_formgrader(proof: Proof, page: Page, what: str) -> None:
    """Press one of the buttons in the row of the assignment."""
    frame = formgrader(page)
    frame.locator(f"td.{what} a").first.click(timeout=MINUTE)
    _done(proof, page, frame, what)


def _done(proof: Proof, page: Page, frame: Any, what: str) -> None:
    """Wait for formgrader's word that it succeeded."""
    box = frame.locator(".modal.in")
    expect(box.locator(".modal-body")).to_contain_text("uccess", timeout=4 * MINUTE)
    proof.picture(page, what)
    box.locator("button.close").first.click()
    expect(frame.locator(".modal-backdrop")).to_have_count(0, timeout=MINUTE)


def autograde(proof: Proof, page: Page, names: list[str]) -> None:
    """Press the lightning of each trainee."""
    for who in names:
        frame = formgrader(page)
        frame.locator("td.num-submissions a").first.click(timeout=MINUTE)
        row = frame.locator("tr", has=frame.locator("td.student-id", has_text=who))
        row.locator("td.autograde a").first.click(timeout=MINUTE)
        _done(proof, page, frame, f"autograde-{who}")


def by_hand(proof: Proof, page: Page, names: list[str]) -> None:
    """Give every essay its points."""
    for number in range(1, len(names) + 1):
        frame = formgrader(page)
        frame.get_by_role("link", name="Manual Grading").click()
        frame.get_by_role("link", name=MODULE).click(timeout=MINUTE)
        frame.get_by_role("link", name="assignment", exact=True).last.click(
            timeout=MINUTE
        )
        frame.get_by_role("link", name=f"Submission #{number}", exact=True).click(
            timeout=MINUTE
        )
        box = frame.locator(f"input.score[id='{ESSAY}']")
        expect(frame.get_by_text(TEXT)).to_be_visible(timeout=MINUTE)
        box.fill(str(POINTS), timeout=MINUTE)
        box.press("Tab")
        page.wait_for_timeout(1500)
        proof.picture(page, f"by-hand-{number}")
        # Out of the frame's page for one submission, which has no menu.
        frame.locator("a[href*='formgrader/gradebook']").first.click()
        frame.get_by_role("link", name="Manage Assignments").first.wait_for(
            timeout=MINUTE
        )


def read(proof: Proof, who: str, page: Page) -> None:
    """Fetch the feedback and read it in JupyterLab: the points, and what went wrong; never the right answer."""
    assignments(page, "Fetch Feedback")
    page.locator("a", has_text="view feedback").first.click(timeout=MINUTE)
    item = page.locator(".jp-DirListing-item")
    item.filter(has_text="assignment.html").last.dblclick(timeout=MINUTE)
    page.locator("iframe").last.wait_for(timeout=MINUTE)
    frame = page.frame_locator("iframe").last
    expect(frame.locator("body")).to_contain_text(
        f"Score: {float(POINTS)} / 6.0", timeout=MINUTE
    )
    proof.picture(page, f"{who}-feedback")


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
        right, wrong = (RIGHT_IN, WRONG_IN) if n % 2 == 0 else (WRONG_IN, RIGHT_IN)
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
