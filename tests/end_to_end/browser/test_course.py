"""A trainee in JupyterLab: from the start page to module 5, two tasks answered, validated, handed in, and graded."""

from __future__ import annotations

import shutil

import nbformat
import pytest

from safelearn.course.authoring.survivors import INSIDE
from safelearn.course.classroom.new import new_course
from safelearn.course.grading.batch import grade
from safelearn.course.key import assignment_of
from safelearn.course.workspace import prepare

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.needs("python:playwright"),
    pytest.mark.filterwarnings("ignore"),
]
MINUTE = 60_000
MODULE = "05_rates"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return prepare(tmp_path_factory.mktemp("trainee") / "mine", role="planner").folder


@pytest.fixture(scope="module")
def page(folder, lab_in_chromium):
    private = folder.parent / "private"
    who = {"SAFELEARN_TRAINEE": "ana"}
    with lab_in_chromium(
        folder, private, first="start.ipynb", height=16_000, **who
    ) as page:
        yield page


def test_from_the_start_page_to_a_mark(page, folder, tmp_path, monkeypatch):
    from playwright.sync_api import expect

    page.get_by_text("Your path as Urban planner").wait_for(timeout=MINUTE)
    page.locator(f'.jp-RenderedMarkdown a[href*="{MODULE}/assignment"]').click()
    cells = page.locator(".jp-NotebookPanel:visible .jp-Notebook > * .jp-Cell")
    notebook = folder / MODULE / "assignment.ipynb"
    names = [cell.id for cell in nbformat.read(notebook, as_version=4).cells]
    expect(cells).to_have_count(len(names), timeout=MINUTE)

    # One task solved, and one with a declared mistake.
    assignment = assignment_of("m05")
    (right,) = (
        "\n".join(INSIDE.findall(cell.source))
        for cell in assignment.cells
        if cell.role == "answer" and cell.task == "m05-t1"
    )
    slip = assignment.mistakes["m05-t7"][0]
    for task, code in (("m05-t1", right), ("m05-t7", slip.code)):
        cells.nth(names.index(f"{task}-answer")).locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(code)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    last = cells.nth(len(names) - 1)
    expect(last).to_contain_text("2 of 10 tasks have answers", timeout=2 * MINUTE)
    # The right one and the wrong one read alike: form is all that can be seen here.
    for task in ("m05-t1", "m05-t7"):
        expect(cells.nth(names.index(task))).to_contain_text(
            "judged after you hand in", timeout=MINUTE
        )

    page.get_by_role("button", name="Validate").locator("visible=true").click()
    dialog = page.locator(".jp-Dialog")
    expect(dialog).to_contain_text("Form only, not judged", timeout=2 * MINUTE)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(2000)

    # What is on the disk now is handed in.
    course = tmp_path / "course"
    new_course(course, [MODULE])
    handed_in = course / "submitted" / "ana" / MODULE
    handed_in.mkdir(parents=True)
    shutil.copy(notebook, handed_in / "assignment.ipynb")
    (record,) = grade(course, MODULE)
    marks = {task.task: task for task in record.tasks}
    assert marks["m05-t1"].points == marks["m05-t1"].most
    assert marks["m05-t7"].points < marks["m05-t7"].most
    assert slip.name in marks["m05-t7"].mistakes
    others = [task for task in record.tasks if task.task not in ("m05-t1", "m05-t7")]
    assert len(others) == 8 and not any(task.points for task in others)


def test_the_start_page_follows_the_work(page):
    from playwright.sync_api import expect

    page.locator(".lm-TabBar-tab", has_text="start.ipynb").first.click()
    panel = page.locator(".jp-NotebookPanel:visible")
    panel.locator(".jp-Cell").first.click()
    page.keyboard.press("Shift+Enter")
    expect(panel.locator(".jp-RenderedMarkdown").first).to_contain_text(
        "2 of 12", timeout=MINUTE
    )
