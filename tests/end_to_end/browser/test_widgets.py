"""Every exercise in JupyterLab in a real browser: moved with keys, and its answer read."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from safelearn.resources import bundled_city

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.needs("python:playwright")]
MINUTE = 60_000
CELLS = """
from safelearn.reports import widgets

widgets.disclosure_attack()
---
widgets.smoothing()
---
widgets.sample_planner()
---
widgets.ballot()
---
widgets.budget()
---
widgets.stakeholder_grid("office")
---
widgets.map_explorer("city")
"""
ATTACK, SMOOTHING, PLANNER, BALLOT, BUDGET, GRID, MAP = range(7)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A notebook with all exercises, a city to look at and the register of one to write to."""
    folder, source = tmp_path_factory.mktemp("widgets"), bundled_city("puerto-sereno")
    for name, files in {
        "city": ("city.toml", "areas.csv", "areas.geojson", "population.csv", "incidents.parquet"),
        "office": ("city.toml", "areas.csv"),
    }.items():  # fmt: skip
        (folder / name).mkdir()
        for file in files:
            shutil.copy(source / file, folder / name / file)
    register = pd.read_csv(source / "stakeholders.csv", dtype=str).head(6)
    register.to_csv(folder / "office" / "stakeholders.csv", index=False)
    cells = [nbformat.v4.new_code_cell(c.strip()) for c in CELLS.split("---")]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}  # fmt: skip
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "all.ipynb")  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def page(folder, tmp_path_factory, lab_in_chromium, run_all):
    from playwright.sync_api import expect

    private = tmp_path_factory.mktemp("private")
    with lab_in_chromium(folder, private, first="all.ipynb", height=5500) as page:
        run_all(page)
        expect(page.locator(".safelearn-board")).to_have_count(7, timeout=2 * MINUTE)
        yield page


def board(page, which: int):
    return page.locator(".safelearn-board").nth(which)


def reads(part, text: str) -> bool:
    """Wait until an answer says so."""
    part.get_by_text(text).first.wait_for(timeout=MINUTE)
    return True


def pressed(control, *keys: str) -> None:
    """Move a control that has the keyboard, and only with keys."""
    control.focus()
    for key in keys:
        control.press(key)


def chosen(control, *keys: str) -> None:
    """Choose from a list with keys: a closed list leaves the arrows to JupyterLab, so it is opened first."""
    pressed(control, "Space", *keys, "Enter")


def test_the_threshold_moves_cells_hide_and_the_attacker_is_stopped(page):
    attack = board(page, ATTACK)
    assert reads(attack, "The attacker gets 3 of 3 hidden counts back.")
    pressed(attack.get_by_label("Smallest count shown"), "ArrowDown", "ArrowDown")
    assert reads(attack, "The attacker gets 1 of 1 hidden counts back.")
    chosen(attack.get_by_label("What is hidden"), "ArrowDown")
    assert reads(attack, "The attacker gets nothing out of the 4 hidden counts.")
    pressed(attack.get_by_label("A hospital publishes"), "Space")
    assert reads(attack, "told elsewhere")


def test_more_residents_keep_more_of_their_own_rate(page):
    smoothing = board(page, SMOOTHING)
    before = smoothing.get_by_text("of its own rate is kept").inner_text()
    pressed(smoothing.get_by_label("Residents"), *["ArrowUp"] * 9)
    smoothing.get_by_text(before).wait_for(state="detached", timeout=MINUTE)
    after = smoothing.get_by_text("of its own rate is kept").inner_text()
    kept = [int(text.split("%")[0].split()[-1]) for text in (before, after)]
    assert kept[1] > kept[0]


def test_another_question_asks_for_other_figures(page):
    planner = board(page, PLANNER)
    assert reads(planner, "Ask 721 people")
    chosen(planner.get_by_label("What is planned"), "ArrowDown")
    assert reads(planner, "percentage points or more would be seen")
    answers = planner.get_by_label("Answers in each survey")
    assert not planner.get_by_label("People there are").is_visible()
    pressed(answers, "ArrowUp")
    assert answers.input_value() == "420"


def test_a_paper_is_handed_in(page):
    ballot = board(page, BALLOT)
    chosen(ballot.get_by_label("I vote as one of"), "End")
    chosen(ballot.get_by_label("First", exact=True), "ArrowDown")
    assert reads(ballot, "4 papers wait")
    pressed(ballot.get_by_role("button", name="Hand the paper in"), "Enter")
    assert reads(ballot, "1 paper was handed in here.")


def test_more_money_reaches_further(page):
    budget = board(page, BUDGET)
    assert reads(budget, "900,000 of 1,000,000 is given out")
    pressed(budget.get_by_label("Money to give out"), "ArrowUp", "ArrowUp")
    assert reads(budget, "of 1,200,000 is given out")


def test_the_grid_is_written_to_the_folder_and_taken_back(page, folder):
    grid, file = board(page, GRID), folder / "office" / "stakeholders.csv"
    before = file.read_bytes()
    chosen(grid.get_by_label("Stance"), "ArrowDown")
    assert reads(grid, "stance Supports → Neutral")
    pressed(grid.get_by_role("button", name="Write to the city's folder"), "Enter")
    assert reads(grid, "Written to stakeholders.csv:")
    assert b"neutral" in file.read_bytes().splitlines()[1]
    pressed(grid.get_by_role("button", name="Take the last change back"), "Enter")
    assert reads(grid, "the folder is as it was before it")
    assert file.read_bytes() == before


def test_the_map_turns_to_another_offence_and_group(page):
    explorer = board(page, MAP)
    picture = explorer.locator("img")
    first = picture.get_attribute("src")
    chosen(explorer.get_by_label("Who was harmed"), "ArrowDown")
    assert reads(explorer, "Smoothed rates reach from")
    assert picture.get_attribute("src") != first
    chosen(explorer.get_by_label("Offence"), "ArrowDown")
    assert reads(explorer, "finer figures would point at people")


def test_while_the_controls_live_the_static_answer_is_put_away(page):
    static = page.locator(".safelearn-static")
    assert static.count() == 7
    assert not any(static.nth(k).is_visible() for k in range(7))
