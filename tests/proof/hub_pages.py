"""What a trainee and the instructor do in the browser, step by step as the pages of JupyterLab and formgrader are."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Page, expect

from safelearn.course.authoring.survivors import INSIDE
from safelearn.course.key import assignment_of

#: Caddy's names of this machine, as the hub's Caddyfile has them.
CLASS, TEACHER = "https://localhost", "https://teach.localhost"
MODULE, RIGHT_IN, WRONG_IN, ESSAY = "05_rates", "m05-t1", "m05-t7", "m05-t11"
TEXT = "The rate says how often it happens to one of many; the count says how much work there is."
POINTS = 4
MINUTE = 60_000


def login(page: Page, address: str, who: str, password: str) -> Page:
    page.goto(f"{address}/hub/login")
    page.fill("#username_input", who)
    page.fill("#password_input", password)
    page.click("#login_submit")
    page.wait_for_selector("#jp-main-dock-panel", timeout=2 * MINUTE)
    return page


def dismiss(page: Page) -> None:
    """Close what JupyterLab says of a hub that was away."""
    for _ in range(3):
        dialog = page.locator(".jp-Dialog")
        if dialog.count():
            print("JupyterLab says:", " ".join(dialog.first.inner_text().split())[:150])
            page.keyboard.press("Escape")
            page.wait_for_timeout(700)


def menu(page: Page, item: str) -> None:
    dismiss(page)
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


def work(proof: Any, who: str, page: Page, number: int) -> None:
    """Answer one task rightly, one with a declared mistake, and one in writing; validate and save."""
    # So tall that the notebook keeps every cell in the page.
    page.set_viewport_size({"width": 1280, "height": 16_000})
    page.goto(f"{CLASS}/user/{who}/lab/tree/{MODULE}/assignment.ipynb?reset")
    notebook = nbformat.read(f"/home/{who}/{MODULE}/assignment.ipynb", as_version=4)
    names = [cell.id for cell in notebook.cells]
    cells = page.locator(".jp-NotebookPanel:visible .jp-Notebook > * .jp-Cell")
    expect(cells).to_have_count(len(names), timeout=2 * MINUTE)
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=2 * MINUTE)
    right, wrong = tasks(number)
    given = {
        right: solution(right),
        wrong: slip(number).code,
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
    link = frame.get_by_role("link", name="Manage Assignments").first
    link.wait_for(timeout=MINUTE)
    # What is pressed on the page that is about to go would be lost.
    frame.locator("body").evaluate("body => { body.dataset.old = 'yes' }")
    link.click(timeout=MINUTE)
    frame.locator("body:not([data-old]) td.release").first.wait_for(timeout=MINUTE)
    return frame


def in_formgrader(proof: Any, page: Page, what: str) -> None:
    """Press one of the buttons in the row of the assignment."""
    frame = formgrader(page)
    frame.locator(f"td.{what} a").first.click(timeout=MINUTE)
    _done(proof, page, frame, what)


def _done(proof: Any, page: Page, frame: Any, what: str) -> None:
    """Wait for formgrader's word that it succeeded."""
    box = frame.locator(".modal.in")
    expect(box.locator(".modal-body")).to_contain_text("uccess", timeout=4 * MINUTE)
    proof.picture(page, what)
    box.locator("button.close").first.click()
    expect(frame.locator(".modal-backdrop")).to_have_count(0, timeout=MINUTE)


def autograde(proof: Any, page: Page, names: list[str]) -> None:
    """Press the lightning of each trainee."""
    for who in names:
        frame = formgrader(page)
        frame.locator("td.num-submissions a").first.click(timeout=MINUTE)
        row = frame.locator("tr", has=frame.locator("td.student-id", has_text=who))
        row.locator("td.autograde a").first.click(timeout=MINUTE)
        _done(proof, page, frame, f"autograde-{who}")


def by_hand(proof: Any, page: Page, names: list[str]) -> None:
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


def read(proof: Any, who: str, page: Page, number: int) -> None:
    """Fetch the feedback and read it in JupyterLab: the points, and what went wrong; never the right answer."""
    assignments(page, "Fetch Feedback")
    page.locator("a", has_text="view feedback").first.click(timeout=MINUTE)
    item = page.locator(".jp-DirListing-item")
    item.filter(has_text="assignment.html").last.dblclick(timeout=MINUTE)
    page.locator("iframe").last.wait_for(timeout=MINUTE)
    frame = page.frame_locator("iframe").last
    body = frame.locator("body")
    expect(body).to_contain_text(f"{POINTS} of 6 points", timeout=MINUTE)
    expect(body).to_contain_text(slip(number).message.split(".")[0])
    proof.picture(page, f"{who}-feedback")


def tasks(number: int) -> tuple[str, str]:
    """Which task this trainee solves, and which they get wrong: every second one the other way round."""
    return (RIGHT_IN, WRONG_IN) if number % 2 == 0 else (WRONG_IN, RIGHT_IN)


def slip(number: int) -> Any:
    """The declared mistake that this trainee makes."""
    return assignment_of("m05").mistakes[tasks(number)[1]][0]
